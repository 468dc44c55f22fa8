"""The original of a rejected event as one frame of bytes: value, key and headers, nothing left out.

A frame is a byte that states its form and, perhaps compressed, the parts one after the other: value, key, and
for each header its name and value. Before each part stands its length in four bytes, -1 for a part that is
null.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple, NoReturn

from orgpulse_platform.topics import LARGEST_REJECTED

ENVELOPE_BYTES: Final = 10_000
"""More than a rejected event needs beside its original."""
LARGEST_FRAME: Final = (LARGEST_REJECTED - ENVELOPE_BYTES) * 3 // 4
"""Largest frame whose encrypted form, in base64, still fits into a rejected event."""
PLAIN: Final = b"\x01"
DEFLATED: Final = b"\x02"
_NULL: Final = -1
_LENGTH: Final = struct.Struct(">i")


class Original(NamedTuple):
    """A raw record as it was published. Holds personal data: never log it."""

    value: bytes | None
    key: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()

    def __repr__(self) -> str:
        return "Original(...)"


class DamagedOriginalError(ValueError):
    """Bytes that are no frame."""


def pack(original: Original) -> bytes | None:
    """The frame of an original; nothing if even compressed it is larger than a rejected event can be.

    A record of a size that Kafka takes uncompressed always fits.
    """
    content = b"".join(_parts(original))
    if len(content) < LARGEST_FRAME:
        return PLAIN + content
    deflated = zlib.compress(content)
    return DEFLATED + deflated if len(deflated) < LARGEST_FRAME else None


def unpack(frame: bytes) -> Original:
    """The original in a frame; raises :class:`DamagedOriginalError`."""
    parts = list(_read(_content(frame)))
    value, key, *rest = parts if len(parts) >= 2 else _damaged()
    if len(rest) % 2:
        _damaged()
    names = (name.decode("utf-8", "surrogatepass") if name is not None else _damaged() for name in rest[::2])
    try:
        return Original(value, key, tuple(zip(names, rest[1::2], strict=True)))
    except UnicodeDecodeError:
        pass  # it holds the name
    raise DamagedOriginalError


def _parts(original: Original) -> Iterator[bytes]:
    yield from _part(original.value)
    yield from _part(original.key)
    for name, content in original.headers:
        yield from _part(name.encode("utf-8", "surrogatepass"))
        yield from _part(content)


def _part(content: bytes | None) -> Iterator[bytes]:
    yield _LENGTH.pack(_NULL if content is None else len(content))
    yield content or b""


def _content(frame: bytes) -> bytes:
    match frame[:1]:
        case b"\x01":
            return frame[1:]
        case b"\x02":
            try:
                return zlib.decompress(frame[1:])
            except zlib.error:
                pass
    raise DamagedOriginalError


def _read(content: bytes) -> Iterator[bytes | None]:
    at = 0
    while at < len(content):
        if at + _LENGTH.size > len(content):
            _damaged()
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        if length == _NULL:
            yield None
            continue
        if length < 0 or at + length > len(content):
            _damaged()
        yield content[at : at + length]
        at += length


def _damaged() -> NoReturn:
    raise DamagedOriginalError
