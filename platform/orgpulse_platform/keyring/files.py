"""A keyring in a file that only its owner can reach."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring.document import KeyringDocument, new_document, parse_document
from orgpulse_platform.keyring.keyring import Keyring


def load_keyring(path: Path) -> Keyring:
    """Read a keyring file; raises :class:`KeyringError` if it is missing, readable by others or damaged."""
    return keyring_of(read_private(path), str(path))


def create_keyring(path: Path) -> Keyring:
    """Write a new keyring with random keys, never over an existing one; raises :class:`KeyringError`."""
    write_new(path, new_document())
    return load_keyring(path)


def keyring_of(content: bytes, name: str) -> Keyring:
    """The keyring in a document; raises :class:`KeyringError` if it is damaged or lacks a key."""
    document = document_of(content, name)
    if document.missing:
        missing = document.missing[0]
        raise KeyringError(f"{name} has no key for {missing}; `orgpulse keyring rotate {missing}` adds one")
    return Keyring(document)


def document_of(content: bytes, name: str) -> KeyringDocument:
    """The document, perhaps without a key that the platform needs; raises :class:`KeyringError`."""
    document = parse_document(content)
    if document is None:
        raise KeyringError(f"{name} is no keyring file")
    return document


def read_private(path: Path) -> bytes:
    """The content of a file that nobody but its owner can reach; raises :class:`KeyringError`."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read()
    except OSError as error:
        raise KeyringError(f"{path}: {error.strerror}") from None
    if mode & 0o077:
        raise KeyringError(f"{path} can be read by others; run `chmod 600` on it")
    return content


def write_new(path: Path, document: KeyringDocument) -> None:
    """Write a keyring to a path where nothing stands, whole or not at all; raises :class:`KeyringError`."""
    with _folder(path), _written_beside(path, document) as written:
        try:
            os.link(written, path)  # unlike a rename it replaces nothing
        except FileExistsError:
            raise KeyringError(f"{path} exists already") from None


def change(path: Path, make: Callable[[KeyringDocument], KeyringDocument]) -> None:
    """Replace a keyring by what becomes of it, one process after the other; raises :class:`KeyringError`."""
    with _folder(path):
        document = make(document_of(read_private(path), str(path)))
        with _written_beside(path, document) as written:
            written.replace(path)


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """The folder of a keyring, made where it is missing, and nobody else's until this ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise KeyringError(f"{path.parent}: {error.strerror}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        with suppress(OSError):  # not every file system can; the file itself is on disk
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _written_beside(path: Path, document: KeyringDocument) -> Iterator[Path]:
    """The document on disk under another name, which is gone at the end unless it was renamed."""
    written: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
        written = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(document.text())
            file.flush()
            os.fsync(file.fileno())
        yield written
    except OSError as error:
        raise KeyringError(f"{path}: {error.strerror}") from None
    finally:
        if written is not None:
            written.unlink(missing_ok=True)
