"""Reading the example files."""

from orgpulse_schemas.example_files import example_folders, examples_of
from orgpulse_schemas.reasons import Reason, Violation


def test_type_without_folder_has_no_examples() -> None:
    assert examples_of("org.hr.appointment.made.v99") == ()


def test_passing_example_expects_no_violation() -> None:
    passing = next(e for e in examples_of("org.hr.appointment.made.v1") if e.name == "pass_staff_member")
    assert passing.violation is None


def test_failing_example_states_the_record_and_its_violation() -> None:
    empty = next(e for e in examples_of("org.hr.separation.recorded.v1") if e.name == "fail_empty_record")
    assert (empty.value, empty.violation) == (b"", Violation(Reason.EMPTY))


def test_folders_are_named_by_event_type() -> None:
    assert all(folder.startswith("org.") for folder in example_folders())
