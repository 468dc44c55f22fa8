"""Single values, judged by the validator itself: what a list of values allows is compared exactly."""

from collections.abc import Iterable
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from orgpulse_schemas.compatibility.document import IN_PLACE, Conjunction, Schema, subschemas, text_of

_FORMATS: Final = FormatChecker()


class Judge:
    """Says whether a value meets a schema, where the validator can tell."""

    def __init__(self, table: dict[str, Schema]) -> None:
        self._table = table
        resources = ((address, DRAFT202012.create_resource(schema)) for address, schema in table.items())
        self._registry: Registry[Any] = Registry().with_resources(resources)
        self._exact: dict[str, bool] = {}

    def can_judge(self, schema: Schema) -> bool:
        """Whether nothing in the schema is beyond the validator: unknown formats, unresolved references."""
        text = text_of(schema)
        if text not in self._exact:
            self._exact[text] = True  # a reference to itself adds nothing
            self._exact[text] = self._is_exact(schema)
        return self._exact[text]

    def _is_exact(self, schema: Schema) -> bool:
        if isinstance(schema, bool):
            return True
        if "$dynamicRef" in schema or schema.get("format", "date") not in _FORMATS.checkers:
            return False
        if "$ref" in schema:
            target = self._table.get(schema["$ref"])
            if target is None or self._never_ends(target, {schema["$ref"]}) or not self.can_judge(target):
                return False
        return all(self.can_judge(part) for part in subschemas(schema))

    def _never_ends(self, schema: Schema, seen: set[str]) -> bool:
        """Whether a reference leads back to itself about the same value: a validator would not return."""
        if isinstance(schema, bool):
            return False
        reference = schema.get("$ref")
        if reference in seen:
            return True
        if reference in self._table and self._never_ends(self._table[reference], {*seen, reference}):
            return True
        return any(self._never_ends(part, seen) for part in subschemas(schema, IN_PLACE))

    def meets(self, value: Any, schema: Schema) -> bool:
        """Whether a value meets a schema that can be judged."""
        validator = Draft202012Validator(schema, registry=self._registry, format_checker=_FORMATS)
        return bool(validator.is_valid(value))

    def values_of(self, schemas: Conjunction) -> list[Any] | None:
        """The only values that meet all schemas, if one of them lists them."""
        for schema in schemas:
            if isinstance(schema, dict) and "enum" in schema:
                return self.left(schema["enum"], schemas)
        return None

    def left(self, values: Iterable[Any], schemas: Conjunction) -> list[Any]:
        """The values that no schema is known to refuse."""
        judges = [schema for schema in schemas if self.can_judge(schema)]
        return [value for value in values if all(self.meets(value, schema) for schema in judges)]
