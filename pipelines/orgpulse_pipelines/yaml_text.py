"""YAML files of the platform, read by the parser in C where there is one: a start reads hundreds of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Stated = TypeVar("Stated", bound=BaseModel)


def parse_yaml(text: str) -> Any:
    """The content of a YAML text; raises :class:`yaml.YAMLError` if it is not well formed."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders


def read_stated(path: Path, model: type[Stated], refused: Callable[[str], Exception]) -> Stated:
    """What a file states; raises what ``refused`` makes of the file's name and the first mistake in it."""
    try:
        return model.model_validate(parse_yaml(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise refused(f"{path.name}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise refused(f"{path.name} is not well-formed YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
    place = "".join(f", {part}" if number == 0 else f".{part}" for number, part in enumerate(first["loc"]))
    raise refused(f"{path.name}{place}: {first['msg']}")
