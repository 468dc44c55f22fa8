import pytest
from kafka.partitioner.default import murmur2

from orgpulse_streams.partitioning import partition_for


@pytest.mark.parametrize("key", [b"", b"U0001", b"J00042", "person-1~æøå".encode(), b"x" * 300])
def test_key_goes_where_the_default_partitioner_of_other_clients_puts_it(key: bytes) -> None:
    assert partition_for(key, range(7)) == (murmur2(key) & 0x7FFFFFFF) % 7


def test_record_without_key_goes_anywhere() -> None:
    assert {partition_for(None, [0, 1, 2]) for _ in range(200)} == {0, 1, 2}
