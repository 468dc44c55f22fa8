"""Every setting, read from environment variables that start with ``ORGPULSE_``."""

import os
from functools import cached_property
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from orgpulse_platform.errors import SettingsError
from orgpulse_platform.state import StateFolder


class KafkaSettings(BaseModel):
    """How the platform uses Kafka."""

    bootstrap_servers: str | None = None
    """``host:port`` list of an existing cluster; without it a local broker is started."""
    security_protocol: str = Field(default="PLAINTEXT", pattern="^(PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL)$")
    """How clients reach the cluster; without SASL it does not know who they are."""
    sasl_mechanism: str = Field(default="SCRAM-SHA-512", pattern="^(PLAIN|SCRAM-SHA-256|SCRAM-SHA-512)$")
    """How clients prove who they are."""
    sasl_username: str | None = None
    """Who the process is on the cluster, such as ``orgpulse-streams``."""
    sasl_password: SecretStr | None = None
    """Its password; a file is better, since the services inherit the environment."""
    sasl_password_file: Path | None = None
    """A file with the password, mode 600."""
    ssl_ca_file: Path | None = None
    """Certificates that the cluster's own is checked against; without it those of the system."""
    partitions: int = Field(default=3, ge=1, le=1000)
    """Partitions of a topic that the platform creates."""
    replication_factor: int = Field(default=1, ge=1, le=9)
    """Copies of every partition of a topic that the platform creates."""
    raw_retention_hours: int = Field(default=72, ge=1)
    """How long raw topics keep events with personal data, in hours."""
    rejected_retention_hours: int = Field(default=336, ge=1)
    """How long rejected events are kept for replay, in hours."""
    request_timeout_ms: int = Field(default=15_000, ge=1_000)
    """How long a client waits for Kafka before it reports that the broker is unavailable, in milliseconds."""


class AccessSettings(BaseModel):
    """Who may reach the files of the state folder beside their owner."""

    readers: str | None = None
    """Name of the system's group whose members may read the publications; without it nobody else may."""


class KeyringSettings(BaseModel):
    """Where the keys come from. No setting holds a key."""

    source: str = Field(default="file", pattern="^(file|folder|environment|command)$")
    """``file``, ``folder`` (a file for each key), ``environment`` (the variable ORGPULSE_KEYRING_DOCUMENT) or
    ``command`` (the client of a secret store)."""
    file: Path | None = None
    """The keyring file; without it ``keyring.json`` in the state folder."""
    folder: Path | None = None
    """The folder in which a secret store mounts the keys."""
    command: str | None = None
    """A command that writes the keyring to its standard output; it runs without a shell."""


class BrokerSettings(BaseModel):
    """Which local broker is started where no cluster is named."""

    kind: str = Field(default="auto", pattern="^(auto|apache|embedded)$")
    """``auto`` takes Apache Kafka where Java and Maven can be had, else the embedded broker."""
    port: int = Field(default=0, ge=0, le=65535)
    """Loopback port of the broker; 0 takes a free one."""
    cache: Path = Field(default_factory=lambda: Path.home() / ".cache" / "orgpulse")
    """Where the jars of Apache Kafka are kept, outside of the project."""


class StreamSettings(BaseModel):
    """How stream workers run."""

    group: str = Field(default="orgpulse-streams", min_length=1)
    """Kafka consumer group of the workers."""
    batch_size: int = Field(default=1000, ge=1, le=10_000)
    """Most events that are protected and sent together."""
    max_rejected_ratio: float = Field(default=0.5, gt=0, le=1)
    """Share of rejected events, over the last ``rejected_window`` events, at which a worker stops."""
    rejected_window: int = Field(default=5_000, ge=100)
    """How many recent events the rejected ratio is measured over."""
    session_timeout_ms: int = Field(default=6_000, ge=6_000)
    """How long Kafka waits for a silent worker before others take over its partitions, in milliseconds."""
    send_attempts: int = Field(default=5, ge=1)
    """How often a worker tries to send a batch before it gives up and leaves it unacknowledged."""
    rapid_restarts: int = Field(default=6, ge=0)
    """How often in a row a worker that ends soon after its start is started again."""
    stall_seconds: int = Field(default=120, ge=1)
    """How long `--until-drained` waits without any progress before it fails, in seconds."""


class IntakeSettings(BaseModel):
    """How the HTTP intake takes events."""

    events_per_second: float = Field(default=500, gt=0)
    """Events a second that one source system may send in the long run."""
    burst: int = Field(default=5_000, ge=1)
    """Events that a source system may send at once after a pause."""
    acknowledge_ms: int = Field(default=10_000, ge=2_000)
    """How long an event may wait for Kafka before its sender is told to try again, in milliseconds."""
    remembered: int = Field(default=100_000, ge=0)
    """How many of the latest events are recognised when they are sent again."""


class WarehouseSettings(BaseModel):
    """How the warehouse is built and published."""

    memory_limit: str = "2GB"
    """Memory that DuckDB may use."""
    threads: int = Field(default=2, ge=1)
    """Threads that DuckDB may use."""
    build_at_lag: int = Field(default=5_000, ge=1)
    """While the services run: how many events may wait on Kafka before a build starts at once."""
    build_after_minutes: int = Field(default=5, ge=1)
    """While the services run: how long events may wait on Kafka before a build starts, in minutes."""
    keep_publications: int = Field(default=5, ge=1)
    """How many of the newest publications are kept."""
    keep_days: int = Field(default=7, ge=0)
    """Of how many of the latest days with publications (UTC) the last one is kept besides."""
    retention_as_of: AwareDatetime | None = None
    """When builds judge whose retention has ended, for a rehearsal on a copy; empty for now."""
    internal_threshold: int = Field(default=5, ge=1)
    """Smallest number of people that a figure for internal readers may count."""
    public_threshold: int = Field(default=10, ge=1)
    """The same for readers outside the organisation; at least as many as inside."""
    internal_dominance: float = Field(default=10, ge=0)
    """How closely internal readers may at most estimate what a single person gave, in percent of it."""
    public_dominance: float = Field(default=20, ge=0)
    """The same for readers outside the organisation; at least as much as inside."""
    targets: Path | None = None
    """Targets and baselines of the organisation; without it the ones that ship with the platform."""
    frameworks: Path | None = None
    """Folder of frameworks that score the indicators; without it the ones that ship with the platform."""
    exports: Path | None = None
    """Folder of the definitions of exports for others; without it the ones that ship with the platform."""


class SubjectSettings(BaseModel):
    """Where requests of people for their data look besides Kafka and the state folder."""

    folders: str = ""
    """Inboxes, spools of publishers and saved exports: paths with a colon between them (on Windows ``;``)."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The folders."""
        return tuple(Path(part) for part in self.folders.split(os.pathsep) if part)


class Settings(BaseSettings):
    """All settings. A nested one is reached with two underscores: ``ORGPULSE_KAFKA__PARTITIONS``."""

    model_config = SettingsConfigDict(
        env_prefix="ORGPULSE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,  # an empty ORGPULSE_STATE would make the working directory the state folder
        extra="ignore",
        enable_decoding=False,  # ORGPULSE_KAFKA='{…}' would be a second way to say the same
    )

    state: Path = Path(".orgpulse")
    """Folder of everything the platform keeps; removing it starts afresh."""
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    """How much is logged."""
    kafka: KafkaSettings = KafkaSettings()
    access: AccessSettings = AccessSettings()
    keyring: KeyringSettings = KeyringSettings()
    broker: BrokerSettings = BrokerSettings()
    streams: StreamSettings = StreamSettings()
    intake: IntakeSettings = IntakeSettings()
    warehouse: WarehouseSettings = WarehouseSettings()
    subjects: SubjectSettings = SubjectSettings()

    @cached_property
    def folder(self) -> StateFolder:
        """The state folder."""
        return StateFolder(self.state.resolve())


def load_settings() -> Settings:
    """Read the settings from the environment; raises :class:`SettingsError` naming the wrong one."""
    try:
        return Settings()
    except ValidationError as error:  # it holds what was entered, perhaps a password in the wrong place
        first = error.errors(include_url=False, include_input=False)[0]
    name = "ORGPULSE_" + "__".join(str(part) for part in first["loc"]).upper()
    raise SettingsError(f"{name}: {first['msg']}")
