"""Which steps are tried again by themselves: those whose cause may be gone in a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import dagster as dg

from orgpulse_platform.errors import OrgPulseError

KAFKA_RETRY: Final = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
"""For steps that talk to Kafka: a broker that fails over is back within seconds."""
DISK_RETRY: Final = dg.RetryPolicy(max_retries=1, delay=2)
"""For steps that write files: shared storage can fail for a moment."""


@contextmanager
def no_retry_unless(*transient: type[OrgPulseError]) -> Iterator[None]:
    """Let Dagster try again after these errors only: others, such as a failed check, would come again."""
    try:
        yield
    except transient:
        raise
    except OrgPulseError as error:
        raise dg.Failure(error.message, allow_retries=False) from error
