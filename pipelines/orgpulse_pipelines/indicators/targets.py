"""Targets and baselines: configuration that leaders set, kept apart from what an indicator means."""

from decimal import Decimal
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from orgpulse_pipelines.indicators.errors import TargetsError

TARGETS: Final = Path(__file__).parent / "targets.yaml"
"""The targets that ship with the platform, for an organisation that has set none."""


class Target(BaseModel):
    """What is aimed at, and what it is measured from. Values are in the indicator's unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: Decimal | None = None
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    """How far a value may miss the target and still count as near."""
    baseline: Decimal | None = None
    """A value set by people, where the figures do not reach back."""
    baseline_period: str | None = None
    """Name of the period whose own figure is the baseline."""
    source: str = Field(min_length=5)
    """Who set it, or which standard it comes from."""

    @model_validator(mode="after")
    def _one_baseline(self) -> "Target":
        if self.baseline is not None and self.baseline_period is not None:
            raise ValueError("a baseline is a value or the figure of a period, not both")
        return self


NO_TARGET: Final = Target(source="None is set.")
_FILE: Final = TypeAdapter(dict[str, Target])


def load_targets(path: Path | None = None) -> dict[str, Target]:
    """Targets by indicator, from the organisation's file or the shipped one; raises :class:`TargetsError`."""
    path = path or TARGETS
    try:
        return _FILE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except OSError as error:
        raise TargetsError(f"{path}: {error.strerror}") from None
    except yaml.YAMLError:
        raise TargetsError(f"{path} is not well-formed YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise TargetsError(f"{path}, {place}: {first['msg']}") from None
