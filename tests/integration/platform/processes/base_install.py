"""Runs code, or the command line, as after `pip install orgpulse`: what extras bring cannot be imported.

python base_install.py -c CODE
python base_install.py ARGUMENTS OF ORGPULSE
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from importlib.util import find_spec
from typing import Any

from packaging.requirements import Requirement


def canonical(name: str) -> str:
    """The name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_by(name: str, extras: frozenset[str], found: set[tuple[str, frozenset[str]]]) -> None:
    """Add a distribution and all that it requires on this machine."""
    if (name, extras) in found:
        return
    found.add((name, extras))
    try:
        required = [Requirement(text) for text in requires(name) or []]
    except PackageNotFoundError:  # another version of Python needs it
        return
    for one in required:
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras | {""}):
            installed_by(canonical(one.name), frozenset(one.extras), found)


class OnlyBase:
    """Refuses the packages of all other distributions."""

    def __init__(self) -> None:
        found: set[tuple[str, frozenset[str]]] = set()
        installed_by("orgpulse", frozenset(), found)
        base = {name for name, _ in found}
        self.refused = {
            package
            for package, distributions in packages_distributions().items()
            if not base & {canonical(name) for name in distributions}
        }

    def find_spec(self, name: str, *_: Any) -> None:
        """As an import of something that is not installed."""
        if name.partition(".")[0] in self.refused:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


if __name__ == "__main__":
    only_base = OnlyBase()
    expected = {"faust", "aiokafka", "dagster", "duckdb", "pyarrow", "sqlglot", "starlette", "uvicorn", "h11"}
    assert expected <= only_base.refused, expected - only_base.refused
    assert all(find_spec(name) is not None for name in expected), "the test proves nothing without them"
    for name in [name for name in sys.modules if name.partition(".")[0] in only_base.refused]:
        del sys.modules[name]
    sys.meta_path.insert(0, only_base)  # type: ignore[arg-type]
    if sys.argv[1:2] == ["-c"]:
        exec(sys.argv[2], {"__name__": "__main__"})
    else:
        from orgpulse_platform.cli.main import run

        run()
