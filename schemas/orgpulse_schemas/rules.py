"""Rules between the fields of one event. They name the fields that contradict each other, never a value.

A rule's docstring says in its first line what must hold: documents show it.
"""

from typing import Any, Final

from pydantic import BaseModel, model_validator
from pydantic_core import PydanticCustomError

CONTRADICTION: Final = "fields_contradict"
"""Code of the error for fields that are right one by one and cannot be true together."""


def contradiction(rule: str) -> PydanticCustomError:
    """The error of a broken rule, for a contract that checks a rule of its own; the rule repeats no value."""
    return PydanticCustomError(CONTRADICTION, "{rule}", {"rule": rule})


def require_order(lower: str, upper: str) -> Any:
    """A model validator: the field ``lower`` is not after, or above, ``upper``, where both are given.

    For two days, two moments or two numbers.
    """

    def check(self: BaseModel) -> BaseModel:
        first: Any = getattr(self, lower)
        second: Any = getattr(self, upper)
        if first is not None and second is not None and first > second:
            raise contradiction(f"{lower} lies beyond {upper}")
        return self

    check.__doc__ = f"`{lower}` does not lie beyond `{upper}`."
    return model_validator(mode="after")(check)


def require_exactly_one(*names: str) -> Any:
    """A model validator: exactly one of the optional fields is given."""

    def check(self: BaseModel) -> BaseModel:
        if _given(self, names) != 1:
            raise contradiction(f"exactly one of {', '.join(names)} is to be given")
        return self

    check.__doc__ = f"Exactly one of {_listed(names)} is given."
    return model_validator(mode="after")(check)


def require_at_least_one(*names: str) -> Any:
    """A model validator: at least one of the optional fields is given."""

    def check(self: BaseModel) -> BaseModel:
        if not _given(self, names):
            raise contradiction(f"at least one of {', '.join(names)} is to be given")
        return self

    check.__doc__ = f"At least one of {_listed(names)} is given."
    return model_validator(mode="after")(check)


def _given(payload: BaseModel, names: tuple[str, ...]) -> int:
    return sum(getattr(payload, name) is not None for name in names)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
