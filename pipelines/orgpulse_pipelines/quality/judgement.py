"""One plain word for a measure: from a share and the thresholds that are data beside the code."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

THRESHOLDS: Final = Path(__file__).parent / "thresholds.yaml"


class Word(StrEnum):
    """What a measure says."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


class Threshold(BaseModel):
    """Shares between 0 and 1; a share above one of them gets its word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    look: float = Field(ge=0, le=1)
    bad: float = Field(ge=0, le=1)

    def word(self, share: float) -> Word:
        """The word for a share."""
        if share > self.bad:
            return Word.BAD
        return Word.LOOK if share > self.look else Word.GOOD


class Thresholds(BaseModel):
    """The threshold of each measure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    completeness: Threshold
    late: Threshold
    orphans: Threshold
    rejections: Threshold
    freshness: Threshold


@cache
def load_thresholds() -> Thresholds:
    """The thresholds that ship with the platform."""
    return Thresholds.model_validate(yaml.safe_load(THRESHOLDS.read_text(encoding="utf-8")))
