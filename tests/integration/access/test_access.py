"""Access, tried with the wrong identity on a real Apache Kafka that asks everybody who they are."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from kafka import TopicPartition
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType
from kafka.errors import KafkaError
from typer.testing import CliRunner

from orgpulse_platform.access.errors import AccessDiffersError, NoAuthorizerError
from orgpulse_platform.access.policy import kafka_grants
from orgpulse_platform.broker.apache import ApacheKafka
from orgpulse_platform.broker.java import find_java
from orgpulse_platform.broker.kafka_files import kafka_jars
from orgpulse_platform.broker.ports import free_ports
from orgpulse_platform.cli.main import build_app
from orgpulse_platform.clients import admin_client, broker_errors, consumer, producer
from orgpulse_platform.errors import AccessDeniedError, OrgPulseError
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import KafkaSettings, Settings, StreamSettings
from orgpulse_platform.topic_admin import committed_offsets, create_topics
from orgpulse_platform.topics import raw_topics
from orgpulse_schemas.families.training.courses import CompletionRecorded
from orgpulse_streams.run import run_streams

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]
GROUP = "locked-streams"
PRINCIPALS = sorted({grant.principal for grant in kafka_grants(GROUP)})
OWN, OTHER = "raw.training.pr-2", "raw.hr.pe-3"
TOPICS = (OWN, OTHER, "events.hr", "rejected.hr")
PATIENCE_S = 20
LOCKED = """
listeners=SASL_PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=SASL_PLAINTEXT://127.0.0.1:{port}
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
inter.broker.listener.name=SASL_PLAINTEXT
listener.security.protocol.map=SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule \
 required username="admin" password="admin-secret" {users};
"""


class Locked:
    """The broker, and the settings of each identity."""

    def __init__(self, folder: Path, bootstrap: str) -> None:
        self._folder, self._bootstrap = folder, bootstrap

    def settings(self, principal: str, password: str | None = None) -> Settings:
        secret = self._folder / f"{principal}.password"
        secret.touch(mode=0o600)
        secret.write_text(f"{password or f'{principal}-secret'}\n")
        kafka = KafkaSettings(
            bootstrap_servers=self._bootstrap,
            security_protocol="SASL_PLAINTEXT",
            sasl_mechanism="PLAIN",
            sasl_username=principal,
            sasl_password_file=secret,
            partitions=1,
            request_timeout_ms=10_000,
        )
        return Settings(
            state=self._folder / "state", kafka=kafka, streams=StreamSettings(group=GROUP, stall_seconds=60)
        )

    def orgpulse(self, *arguments: str) -> Any:
        kafka = self.settings("admin").kafka
        environment = {
            "ORGPULSE_STATE": str(self._folder / "state"),
            "ORGPULSE_STREAMS__GROUP": GROUP,
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": self._bootstrap,
            "ORGPULSE_KAFKA__SECURITY_PROTOCOL": kafka.security_protocol,
            "ORGPULSE_KAFKA__SASL_MECHANISM": kafka.sasl_mechanism,
            "ORGPULSE_KAFKA__SASL_USERNAME": "admin",
            "ORGPULSE_KAFKA__SASL_PASSWORD_FILE": str(kafka.sasl_password_file),
        }
        return CliRunner().invoke(build_app(), ["access", *arguments], env=environment)


@pytest.fixture(scope="module")
def locked(kafka: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    """A broker with SASL and an authorizer, topics with a record each, and access as applied."""
    folder = tmp_path_factory.mktemp("locked")
    port, controller = free_ports(2)
    log = folder / "broker.log"
    apache = ApacheKafka(find_java(), kafka_jars(kafka.local.broker.cache, folder / "maven.log"))
    command = apache.command(folder, port, log)
    users = " ".join(f'user_{name}="{name}-secret"' for name in ("admin", *PRINCIPALS))
    with (folder / "server.properties").open("a") as properties:
        properties.write(LOCKED.format(port=port, controller=controller, users=users))
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, start_new_session=True)
    try:
        ready = Locked(folder, f"127.0.0.1:{port}")
        wait_until_it_answers(ready, process, log)
        admin = ready.settings("admin")
        create_topics(admin.kafka)
        with closing(producer(admin.kafka)) as sender:
            for topic in TOPICS:
                sender.send(topic, value=b"{}", key=b"k")
            sender.flush()
        assert ready.orgpulse("apply").exit_code == 0
        yield ready
    finally:
        process.kill()
        process.wait(30)


def wait_until_it_answers(ready: Locked, process: subprocess.Popen[bytes], log: Path) -> None:
    kafka = ready.settings("admin").kafka.model_copy(update={"request_timeout_ms": 2_000})
    deadline = time.monotonic() + 120
    while True:
        try:
            admin_client(kafka).close()
            return
        except OrgPulseError:
            assert process.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() < deadline, log.read_text()[-3000:]
            time.sleep(0.3)


def may(principal: str, right: str, topic: str) -> bool:
    return any(
        grant.principal == principal
        and grant.right in (right, "erase")
        and grant.kind == "topic"
        and (topic.startswith(grant.name) if grant.prefixed else topic == grant.name)
        for grant in kafka_grants(GROUP)
    )


def can_read(kafka: KafkaSettings, topic: str, patience_s: float) -> bool:
    with closing(consumer(kafka)) as reader:
        try:
            partition = TopicPartition(topic, 0)
            reader.assign([partition])
            reader.seek(partition, 0)
            deadline = time.monotonic() + patience_s
            while time.monotonic() < deadline:
                if reader.poll(timeout_ms=200):
                    return True
        except KafkaError:
            pass
    return False


def can_write(kafka: KafkaSettings, topic: str, patience_s: float) -> bool:
    with closing(producer(kafka, max_block_ms=int(patience_s * 1000), linger_ms=0)) as sender:
        try:
            sender.send(topic, value=b"{}").get(timeout=patience_s)
        except KafkaError:
            return False
        return True


@pytest.mark.parametrize("principal", ["pr-2", *(one for one in PRINCIPALS if one.startswith("orgpulse-"))])
def test_every_identity_can_do_what_it_may_and_nothing_else(locked: Locked, principal: str) -> None:
    kafka = locked.settings(principal).kafka
    found, expected = {}, {}
    for topic in TOPICS:
        for right, try_it in (("read", can_read), ("write", can_write)):
            allowed = may(principal, right, topic)
            expected[topic, right] = allowed
            found[topic, right] = try_it(kafka, topic, PATIENCE_S if allowed else 1)
    assert found == expected


def test_only_who_erases_can_cut_a_topic(locked: Locked) -> None:
    def cut(principal: str) -> None:
        with closing(admin_client(locked.settings(principal).kafka)) as admin:
            admin.delete_records({TopicPartition(OTHER, 0): 1})

    for principal in ("orgpulse-streams", "orgpulse-pipelines", "orgpulse-replay"):
        with pytest.raises(KafkaError):
            cut(principal)
    cut("orgpulse-protection")


def test_only_who_counts_sees_how_far_the_streams_are(locked: Locked) -> None:
    pipelines = locked.settings("orgpulse-pipelines").kafka
    assert isinstance(committed_offsets(pipelines, GROUP, raw_topics()), dict)
    with pytest.raises(AccessDeniedError), broker_errors(pipelines):
        committed_offsets(locked.settings("orgpulse-intake").kafka, GROUP, [OWN])


def test_a_wrong_password_is_refused_and_not_repeated(locked: Locked) -> None:
    wrong = locked.settings("orgpulse-streams", "Zanzibar").kafka
    with pytest.raises(OrgPulseError) as refused:
        admin_client(wrong.model_copy(update={"request_timeout_ms": 2_000})).close()
    assert "Zanzibar" not in f"{refused.value} {wrong!r}"


def test_what_is_granted_beyond_the_policy_is_found_and_taken_away(locked: Locked) -> None:
    everybody = ACL(
        "User:*", "*", ACLOperation.READ, ACLPermissionType.ALLOW, ResourcePattern(ResourceType.TOPIC, OWN)
    )
    assert locked.orgpulse("check").exit_code == 0
    with closing(admin_client(locked.settings("admin").kafka)) as admin:
        admin.create_acls([everybody])
    checked = locked.orgpulse("check")
    assert isinstance(checked.exception, AccessDiffersError)
    assert f"surplus: User:* may read topic {OWN}" in checked.stdout
    assert locked.orgpulse("apply", "--remove-surplus").exit_code == 0
    assert locked.orgpulse("check").exit_code == 0


def test_a_cluster_that_asks_nobody_is_named_as_such(kafka: Any, tmp_path: Path) -> None:
    environment = kafka.environment(tmp_path)
    answer = CliRunner().invoke(build_app(), ["access", "check"], env=environment)
    assert isinstance(answer.exception, NoAuthorizerError)


def test_the_whole_way_works_with_an_identity_for_each_step(locked: Locked) -> None:
    streams = locked.settings("orgpulse-streams")
    create_keyring(streams.folder.keyring)
    payload = CompletionRecorded(
        personnel_id="P000001", course_id="C001", completed_on=date(2019, 6, 1), language="FR"
    )
    with Publisher(locked.settings("pr-2").kafka) as publisher:
        publisher.publish(payload, time=datetime(2019, 6, 1, tzinfo=UTC))
    run_streams(streams, until_drained=True)
    assert can_read(locked.settings("orgpulse-pipelines").kafka, "events.training", PATIENCE_S)
