"""However few lines memory may hold, they come back sorted and complete."""

from hypothesis import given
from hypothesis import strategies as st

from orgpulse_platform.simulator.sorting import Sorter

lines = st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=60)


@given(lines, st.integers(min_value=1, max_value=70))
def test_lines_come_back_sorted_whatever_a_run_holds(taken, run):
    sorter = Sorter(None, run)
    for line in taken:
        sorter.add(line)

    assert list(sorter) == sorted(taken)
    sorter.close()
