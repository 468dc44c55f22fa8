"""A source system that publishes for ever and notes each receipt, until it is killed.

Arguments: address of Kafka, spool folder, file of the notes, number of the first event.
"""

import os
import sys
import time
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from orgpulse_platform.publisher import Event, SpoolFullError, SpoolingPublisher
from orgpulse_platform.settings import KafkaSettings
from orgpulse_schemas.families.training.courses import CompletionRecorded

NOON = datetime(2019, 6, 30, 12, tzinfo=UTC)
KEYS = 7
BATCHES = (1, 5, 1, 1, 20)


def event(number: int) -> Event:
    payload = CompletionRecorded(
        personnel_id=f"P{number % KEYS:06d}", course_id="C001", completed_on=date(2019, 6, 30), language="EN"
    )
    return Event(payload, NOON, f"c-{number}")


def main(address: str, folder: str, notes: str, first: int) -> None:
    kafka = KafkaSettings(bootstrap_servers=address, request_timeout_ms=4_000)
    note = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with SpoolingPublisher(kafka, Path(folder), patience_s=4, room_s=1) as publisher:
        os.write(note, b"open\n")
        for turn in count():
            size = BATCHES[turn % len(BATCHES)]
            events = [event(number) for number in range(first, first + size)]
            try:
                receipts = publisher.publish_many(events)
            except SpoolFullError:
                continue
            lines = [f"{receipt.id[2:]} {receipt.kept_by}\n" for receipt in receipts]
            os.write(note, "".join(lines).encode())
            first += size
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
