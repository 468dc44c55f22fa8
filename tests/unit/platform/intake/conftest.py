"""A real intake whose Kafka is away."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from intake_harness import IntakeClient, completion, running_intake

from orgpulse_platform.intake.logs import OWN
from orgpulse_platform.settings import IntakeSettings, KafkaSettings, Settings


@pytest.fixture
def intake_settings() -> IntakeSettings:
    return IntakeSettings(acknowledge_ms=2_000)


@pytest.fixture
def intake(
    settings: Settings, intake_settings: IntakeSettings, caplog: pytest.LogCaptureFixture
) -> Iterator[IntakeClient]:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger=OWN)
    kafka = KafkaSettings(bootstrap_servers="127.0.0.1:1", request_timeout_ms=1_000)
    with running_intake(settings.model_copy(update={"kafka": kafka, "intake": intake_settings})) as client:
        yield client


@pytest.fixture
def good_event() -> dict[str, Any]:
    return completion()
