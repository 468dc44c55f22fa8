"""Finds what templates and code of the dashboard say to readers."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

DASHBOARD: Final = Path(__file__).parents[1]
"""Folder of the code and the templates that speak to readers."""

_JINJA: Final = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
_KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "text": None,
    "plural": (1, 2),
}
"""Calls whose literal arguments are messages; the last two are the methods of the words."""


def interface_messages(folder: Path = DASHBOARD) -> Catalog:
    """The messages of the templates and of the code in a folder."""
    catalogue = Catalog()
    found = extract_from_dir(
        folder,
        method_map=[("**.py", f"{__name__}:python_calls"), ("templates/**.html", "jinja2.ext:babel_extract")],
        options_map={"templates/**.html": _JINJA},
        keywords=_KEYWORDS,
    )
    for _, _, message, _, context in found:
        catalogue.add(message, context=context)
    return catalogue


def python_calls(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """The calls of a module that say something, as Babel takes them: line, name, literal arguments, comments.

    Babel's own method sees no call inside an f-string before Python 3.12.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in keywords:
            yield node.lineno, name, tuple(map(_literal, node.args)), []


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(argument: ast.expr) -> str | None:
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None
