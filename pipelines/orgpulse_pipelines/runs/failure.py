"""What a failed build means to people: our own error if one lies underneath, never a foreign message."""

from collections.abc import Iterator

from orgpulse_pipelines.errors import BuildFailedError, CheckFailedError, DiskFullError
from orgpulse_pipelines.warehouse.failures import is_disk_full
from orgpulse_platform.errors import OrgPulseError


def explain(error: BaseException, failed_checks: list[str], run_id: str) -> OrgPulseError:
    """The error to raise for a run that ended with ``error``."""
    if failed_checks:
        return CheckFailedError("; ".join(failed_checks))
    for cause in _causes(error):
        if isinstance(cause, OrgPulseError):
            return cause
        if is_disk_full(str(cause)):
            return DiskFullError("the records of Dagster")
    return BuildFailedError(f"{type(error).__name__}; Dagster's run {run_id} has the details")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and whatever it came from, each once: Dagster lets errors come from each other."""
    seen = list[BaseException]()
    cause: BaseException | None = error
    while cause is not None and not any(cause is known for known in seen):
        yield cause
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__
