"""What stands below a name is what the pages say about it."""

from orgpulse_platform.reference_pages.docstrings import attribute_docstrings
from orgpulse_schemas import privacy
from orgpulse_schemas.contract import About
from orgpulse_schemas.privacy import PersonalData, TreatmentKind


def test_every_class_and_treatment_of_a_field_says_what_it_means() -> None:
    assert attribute_docstrings(PersonalData).keys() == set(PersonalData.__members__)
    assert attribute_docstrings(TreatmentKind).keys() == set(TreatmentKind.__members__)


def test_names_of_a_module_and_annotated_names_of_a_class_are_read() -> None:
    assert "age band" in attribute_docstrings(privacy)["AGE_BAND"]
    assert attribute_docstrings(About)["owner"].startswith("Unit of the organisation")
