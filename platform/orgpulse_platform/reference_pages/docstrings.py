"""What the code says about its names, where it says it: in the text below each."""

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from types import ModuleType


@cache
def attribute_docstrings(owner: type | ModuleType) -> dict[str, str]:
    """The text that stands below each assignment of a class or a module, by the assigned name."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    body = tree.body
    if isinstance(owner, type) and isinstance(tree.body[0], ast.ClassDef):
        body = tree.body[0].body
    found: dict[str, str] = {}
    for statement, following in pairwise(body):
        name, said = _assigned(statement), _text(following)
        if name and said:
            found[name] = inspect.cleandoc(said)
    return found


def _assigned(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return None


def _text(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(said))):
            return said
        case _:
            return None
