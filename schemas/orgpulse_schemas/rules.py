"""Rules between the fields of one event, and their error codes. No message ever repeats a value."""

from datetime import date
from typing import Any

from pydantic import BaseModel, model_validator
from pydantic_core import PydanticCustomError


def require_order(earlier: str, later: str) -> Any:
    """A model validator: the date ``earlier`` is not after the date ``later``, where both are given."""

    def check(self: BaseModel) -> BaseModel:
        first: date | None = getattr(self, earlier)
        second: date | None = getattr(self, later)
        if first is not None and second is not None and first > second:
            raise PydanticCustomError(
                "dates_out_of_order", "{earlier} is after {later}", {"earlier": earlier, "later": later}
            )
        return self

    return model_validator(mode="after")(check)
