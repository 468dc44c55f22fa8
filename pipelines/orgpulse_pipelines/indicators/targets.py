"""Targets and baselines: configuration that leaders set, kept apart from what an indicator means."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from orgpulse_pipelines.indicators.definition import GRAINS, Grain
from orgpulse_pipelines.indicators.errors import TargetsError
from orgpulse_pipelines.yaml_text import parse_yaml

TARGETS: Final = Path(__file__).parent / "targets.yaml"
"""The targets that ship with the platform, for an organisation that has set none."""


class Aim(BaseModel):
    """What is aimed at, and what it is measured from. Values are in the indicator's unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: Decimal | None = None
    tolerance: Decimal | None = Field(default=None, ge=0)
    """How far a value may miss the target and still count as near; zero where nothing says otherwise."""
    baseline: Decimal | None = None
    """A value set by people, where the figures do not reach back."""


class TargetException(Aim):
    """Another aim for a part of the organisation, or for some time; what it leaves out stays as it is."""

    dimension: str = "organisation"
    member: str = "all"
    first_day: date = date.min
    """First day of the periods for which it holds: a period is judged by its last day."""
    last_day: date = date.max

    @model_validator(mode="after")
    def _says_where(self) -> "TargetException":
        if (self.dimension == "organisation") != (self.member == "all"):
            raise ValueError("a dimension needs a member, such as dimension: region, member: africa")
        return self


class Target(Aim):
    """The aim of an indicator, with what differs for parts of the organisation and for some time."""

    baseline_period: str | None = None
    """Name of the period whose own figure is the baseline."""
    source: str = Field(min_length=5)
    """Who set it, or which standard it comes from."""
    periods: tuple[Grain, ...] = GRAINS
    """Periods that the target is meant for; for what adds up over time, such as a year's revenue, the year
    alone unless this says otherwise."""
    exceptions: tuple[TargetException, ...] = ()

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
        return _FILE.validate_python(parse_yaml(path.read_text(encoding="utf-8")) or {})
    except OSError as error:
        raise TargetsError(f"{path}: {error.strerror}") from None
    except yaml.YAMLError:
        raise TargetsError(f"{path} is not well-formed YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise TargetsError(f"{path}, {place}: {first['msg']}") from None
