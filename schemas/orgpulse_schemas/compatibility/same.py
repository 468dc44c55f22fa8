"""Whether two schemas say the same, also where they refer to themselves."""

from typing import Any

from orgpulse_schemas.compatibility.document import LIST, MAP, ONE, Schema, text_of


class Sameness:
    """Compares schemas word by word; ``table`` holds what references lead to."""

    def __init__(self, table: dict[str, Schema]) -> None:
        self._table = table

    def __call__(self, left: Schema, right: Schema) -> bool:
        """Whether the schemas are spelt the same; references are followed."""
        return self._same(left, right, frozenset())

    def _same(self, left: Schema, right: Schema, assumed: frozenset[tuple[str, str]]) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return left is right
        return left.keys() == right.keys() and all(
            self._same_keyword(keyword, left[keyword], right[keyword], assumed) for keyword in left
        )

    def _same_keyword(self, keyword: str, left: Any, right: Any, assumed: frozenset[tuple[str, str]]) -> bool:
        if keyword in ("$ref", "$dynamicRef"):
            return self._same_target(left, right, assumed)
        if keyword in ONE:
            return self._same(left, right, assumed)
        if keyword in LIST:
            pairs = zip(left, right, strict=False)
            return len(left) == len(right) and all(self._same(*pair, assumed) for pair in pairs)
        if keyword in MAP:
            return left.keys() == right.keys() and all(
                self._same(left[name], right[name], assumed) for name in left
            )
        if keyword == "enum":
            return sorted(map(text_of, left)) == sorted(map(text_of, right))
        return text_of(left) == text_of(right)

    def _same_target(self, left: str, right: str, assumed: frozenset[tuple[str, str]]) -> bool:
        if left == right or (left, right) in assumed:
            return True
        if left not in self._table or right not in self._table:
            return False
        return self._same(self._table[left], self._table[right], assumed | {(left, right)})
