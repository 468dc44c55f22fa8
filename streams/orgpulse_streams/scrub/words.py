"""The words of ``words.yaml``, as sets and as parts of patterns."""

from functools import cache
from pathlib import Path
from typing import Final

import yaml

_FILE: Final = Path(__file__).with_name("words.yaml")


@cache
def _blocks() -> dict[str, str]:
    blocks: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return blocks


def words(*names: str) -> frozenset[str]:
    """The words of the named blocks."""
    return frozenset(word for name in names for word in _blocks()[name].split())


def any_of(name: str) -> str:
    """A pattern for the words of a block, or for its lines where it has several."""
    block = _blocks()[name]
    return f"(?:{'|'.join(block.splitlines() if chr(10) in block else block.split())})"
