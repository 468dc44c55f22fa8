"""Errors of the pipelines that people meet. None of them repeats a value of an event."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError, StateFolderError


@dataclass
class ModelDefinitionError(OrgPulseError):
    """A model's folder is not well formed."""

    guidance = "Correct the model's `query.sql` or `meta.yaml` and build again; nothing was changed."


@dataclass
class ModelBuildError(OrgPulseError):
    """A model's query failed."""

    guidance = (
        "Run the model's query by hand on a copy of the warehouse to see the values concerned: they are not "
        "repeated here. The last publication stays in place."
    )


@dataclass
class CheckFailedError(OrgPulseError):
    """A blocking check found rows that break its rule."""

    guidance = (
        "The last publication stays in place. Look at the check's query in the model's `meta.yaml`, correct "
        "the model or the source, and build again."
    )


@dataclass
class WarehouseBusyError(OrgPulseError):
    """The warehouse is being written by another process."""

    guidance = (
        "One build at a time: wait until it ends (`orgpulse build` or the Dagster service). "
        "`orgpulse sql` reads the published file and never has to wait."
    )


@dataclass
class WarehouseVersionError(OrgPulseError):
    """The warehouse is a file of another version."""

    guidance = (
        "Use the version of OrgPulse that wrote it, or move the warehouse folder away and run `orgpulse "
        "build`: it is built anew from Kafka as far back as the topics reach. Nothing was changed."
    )


@dataclass
class WarehouseDamagedError(OrgPulseError):
    """The warehouse cannot be read."""

    guidance = (
        "Move the warehouse folder away and run `orgpulse build`: it is built anew from Kafka as far back as "
        "the topics reach. Nothing was changed and the last publication stays readable."
    )


@dataclass
class DiskFullError(StateFolderError):
    """The state folder's disk is full or cannot be written."""

    guidance = (
        "Free space, or choose another folder with ORGPULSE_STATE, and build again: the load goes on where "
        "it stood and the last publication is intact."
    )


@dataclass
class ForeignClusterError(OrgPulseError):
    """The state folder belongs to another Kafka cluster."""

    guidance = (
        "Point ORGPULSE_KAFKA__BOOTSTRAP_SERVERS to the cluster it was loaded from, or choose another folder "
        "with ORGPULSE_STATE. If the cluster was replaced on purpose, `orgpulse build --adopt-cluster` loads "
        "the new one beside what is there. Nothing was changed."
    )


@dataclass
class RebuildError(OrgPulseError):
    """This cannot be made anew."""

    guidance = (
        "`orgpulse rebuild --help` tells what can be named; `--dry-run` shows what would be made anew. "
        "Every `orgpulse build` makes indicators and publication. Nothing was changed."
    )


@dataclass
class BuildFailedError(OrgPulseError):
    """The build failed."""

    guidance = "The last publication stays in place. Correct the cause and run `orgpulse build` again."


@dataclass
class PublicationError(OrgPulseError):
    """The publication could not be verified."""

    guidance = "The last publication stays in place. Run `orgpulse build` again."


@dataclass
class NothingPublishedError(OrgPulseError):
    """Nothing has been published yet."""

    guidance = "Run `orgpulse build` first."


@dataclass
class QueryError(OrgPulseError):
    """The query failed."""

    guidance = '`orgpulse sql "from meta.columns"` lists every table and column with its meaning.'


@dataclass
class UnbalancedError(OrgPulseError):
    """Not every event is accounted for."""

    guidance = (
        "Look at the rows marked in the table: `orgpulse reconcile --json` has every figure. If stream "
        "workers are still behind, let them finish and build again."
    )
