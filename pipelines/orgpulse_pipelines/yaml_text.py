"""YAML files of the platform, read by the parser in C where there is one: a start reads hundreds of them."""

from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:
    """The content of a YAML text; raises :class:`yaml.YAMLError` if it is not well formed."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
