"""Principles as data: each names its controls, each control its code and the tests that prove it."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

PRINCIPLES: Final = Path(__file__).with_suffix(".yaml")
"""The principles in the organisation's order."""
CodePlace = Annotated[str, Field(pattern=r"^(schemas|platform|streams|pipelines)/[\w/.]+(::\w+)?$")]
"""A file or folder of the repository, or a name that a module defines: ``path`` or ``path::name``."""
TestId = Annotated[str, Field(pattern=r"^tests/[\w/.]+/test_\w+\.py(::Test\w+)?::test_\w+$")]
"""A test as pytest names it, without parameters: ``path::function`` or
``path::Class::function``."""


class Control(BaseModel):
    """Something in the platform that keeps a principle."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str = Field(min_length=20)
    """What it does, for people who do not read code."""
    code: tuple[CodePlace, ...] = Field(min_length=1)
    tests: tuple[TestId, ...] = Field(min_length=1)
    """Tests that fail when it no longer does it."""


class Principle(BaseModel):
    """A principle that the organisation adopted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=4)
    asks: str = Field(min_length=20)
    """What it asks of the platform, in our own words."""
    controls: tuple[Control, ...] = ()
    organisational: str | None = Field(default=None, min_length=40)
    """What only people can do, and why no code can do it for them."""

    @model_validator(mode="after")
    def _is_kept_by_somebody(self) -> "Principle":
        if not self.controls and self.organisational is None:
            raise ValueError(
                f"{self.title} has neither a control nor a written reason why it is organisational"
            )
        return self


@cache
def load_principles(path: Path = PRINCIPLES) -> tuple[Principle, ...]:
    """The principles; raises :class:`pydantic.ValidationError` for one that nothing and nobody keeps."""
    stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(map(Principle.model_validate, stated))
