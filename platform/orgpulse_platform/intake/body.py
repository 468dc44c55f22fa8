"""Reading a request's body: never more of it than may be, whatever its headers say."""

import asyncio

from starlette.requests import Request

from orgpulse_platform.intake.limits import BODY_S, Room
from orgpulse_platform.intake.problems import Problem, ProblemError

BUSY_S = 1.0
"""After how many seconds a sender may try again when the intake is full."""


async def read_body(request: Request, most: int, room: Room) -> bytes:
    """The body, at most ``most`` bytes, for which room was taken: the caller gives back its length.

    Raises :class:`ProblemError` as soon as the body is too large, too slow, or there is no room for it.
    """
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:12]) > most:
        raise ProblemError(Problem.TOO_LARGE)
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.stream():
                if size + len(chunk) > most:
                    raise ProblemError(Problem.TOO_LARGE)
                if not room.take(len(chunk)):
                    raise ProblemError(Problem.BUSY, retry_after_s=BUSY_S)
                size += len(chunk)
                chunks.append(chunk)
    except BaseException as error:
        room.give_back(size)
        if isinstance(error, TimeoutError):
            raise ProblemError(Problem.TOO_SLOW) from None
        raise
    return b"".join(chunks)
