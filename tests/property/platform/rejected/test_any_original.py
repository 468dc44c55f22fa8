"""Whatever a record holds, its frame gives it back."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgpulse_platform.rejected.original import (
    LARGEST_FRAME,
    DamagedOriginalError,
    Original,
    pack,
    unpack,
)

BYTES = st.none() | st.binary(max_size=200)
ORIGINALS = st.builds(
    Original,
    value=BYTES,
    key=BYTES,
    headers=st.lists(st.tuples(st.text(max_size=20), BYTES), max_size=5).map(tuple),
)


@given(original=ORIGINALS)
def test_nothing_of_an_original_is_lost(original: Original) -> None:
    frame = pack(original)
    assert frame is not None
    assert unpack(frame) == original


@given(original=ORIGINALS, content=st.data())
def test_a_frame_that_was_cut_or_changed_is_an_original_or_refused_but_never_a_crash(
    original: Original, content: st.DataObject
) -> None:
    frame = bytearray(pack(original) or b"")
    at = content.draw(st.integers(0, len(frame) - 1))
    frame[at] = content.draw(st.integers(0, 255))
    cut = bytes(frame[: content.draw(st.integers(0, len(frame)))])
    try:
        unpack(cut)
    except DamagedOriginalError as error:
        assert str(error) == ""  # noqa: PT017 - it must not repeat what it could not read


@given(frame=st.binary(max_size=300))
def test_any_bytes_are_an_original_or_refused(frame: bytes) -> None:
    try:
        unpack(frame)
    except DamagedOriginalError:
        return


@pytest.mark.parametrize("key", [None, b"k"])
def test_an_original_that_is_too_large_is_compressed_if_that_helps(key: bytes | None) -> None:
    large = Original(b"x" * (LARGEST_FRAME * 3), key)
    frame = pack(large)
    assert frame is not None
    assert len(frame) < LARGEST_FRAME
    assert unpack(frame) == large
    assert pack(Original(os.urandom(LARGEST_FRAME + 1), key)) is None


def test_an_original_shows_nothing_when_it_is_printed() -> None:
    assert "canary" not in repr(Original(b"canary", b"canary", (("canary", b"canary"),)))
