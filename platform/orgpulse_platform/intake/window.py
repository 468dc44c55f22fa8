"""The latest identities and where Kafka keeps them, so that an event sent again is not stored again.

It lives in memory only, and holds no identity: their digests are keyed with a key that ends with the process.
"""

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Final

from orgpulse_platform.intake.delivery import Acknowledged, Outcome

DIGEST_BYTES: Final = 16


class Window:
    """Remembers the latest acknowledged events; the oldest is forgotten first."""

    def __init__(self, remembered: int) -> None:
        self._most = remembered
        self._key = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, Acknowledged] = OrderedDict()
        self._waiting: dict[bytes, Outcome] = {}

    def once(self, source: str, id: str, send: Callable[[], Outcome]) -> Outcome:
        """The outcome of the first event with this identity, or of ``send``, called if there was none.

        An event that comes again while its first is on its way shares its fate. One that failed is forgotten.
        """
        digest = self._digest(source, id)
        known = self._known.get(digest)
        if known is not None:
            self._known.move_to_end(digest)
            return _settled_with(known)
        outcome = self._waiting.get(digest)
        if outcome is None:
            outcome = self._waiting[digest] = send()
            outcome.add_done_callback(partial(self._settled, digest))
        return outcome

    def __len__(self) -> int:
        return len(self._known)

    def _settled(self, digest: bytes, outcome: Outcome) -> None:
        del self._waiting[digest]
        if outcome.cancelled() or outcome.exception() is not None:
            return
        self._known[digest] = outcome.result()
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    def _digest(self, source: str, id: str) -> bytes:
        message = f"{len(source)}:{source}{id}".encode()
        return hashlib.blake2b(message, key=self._key, digest_size=DIGEST_BYTES).digest()


def _settled_with(acknowledged: Acknowledged) -> Outcome:
    outcome: Outcome = asyncio.get_running_loop().create_future()
    outcome.set_result(acknowledged)
    return outcome
