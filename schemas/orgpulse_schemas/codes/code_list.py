"""A list of codes that fields share: what it is called, where its codes come from, which there are."""

from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

NOT_IN_CODE_LIST: Final = "not_in_code_list"
"""Code of the error for a text that is no code of the list."""


@dataclass(frozen=True)
class CodeList:
    """Annotates a field's type with the list that its values are taken from.

    A text is checked against the codes. The schema of the field holds them all: source systems can check with
    it, and a code that a later edition of the list lacks is seen as a breaking change.
    """

    title: str
    source: str
    """Who keeps the list, and through what the platform gets it: one sentence."""
    codes: tuple[str, ...] = ()
    """Every code in the list's order; empty where the type itself names them."""
    _known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", frozenset(self.codes))

    def __contains__(self, code: str) -> bool:
        return code in self._known

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        return core_schema.no_info_after_validator_function(self._check, schema) if source is str else schema

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler(schema)
        return {**written, "enum": list(self.codes)} if written == {"type": "string"} else written

    def _check(self, code: str) -> str:
        if code not in self:
            raise PydanticCustomError(NOT_IN_CODE_LIST, "not a code of the list")
        return code
