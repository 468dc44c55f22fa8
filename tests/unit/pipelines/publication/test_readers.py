"""Many analysts read in processes of their own while publications come and go."""

import subprocess
import sys
from contextlib import ExitStack

READERS = 8
READER = """
import sys
from pathlib import Path

import duckdb

with duckdb.connect(str(Path(sys.argv[1]).resolve()), read_only=True) as connection:
    for _ in sys.stdin:
        print(*connection.execute("select count(*) from core.thing").fetchone(), flush=True)
"""


def ask(reader):
    reader.stdin.write("?\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()


def test_many_readers_keep_their_snapshot_and_stop_no_publication(small):
    small.publish()
    path = str(small.settings.folder.published)
    with ExitStack() as stack:
        readers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", READER, path],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(READERS)
        ]
        assert [ask(reader) for reader in readers] == ["3"] * READERS
        small.build(range(1, 8))
        for _ in range(2):
            small.publish()
            assert [ask(reader) for reader in readers] == ["3"] * READERS
        for reader in readers:
            reader.stdin.close()
    assert small.published_ids() == [1, 2, 3, 4, 5, 6, 7]
