"""Evidence says what was done and names nobody, and an altered one is known."""

import pytest

from orgpulse_pipelines.subjects.errors import EvidenceError, RequestReferenceError
from orgpulse_pipelines.subjects.evidence import Evidence, check_reference, read_evidence
from orgpulse_pipelines.subjects.finding import Finding
from orgpulse_pipelines.subjects.subject import subject_of
from orgpulse_platform.erased import open_register

FOUND = [Finding("landing", "landing.x", 3, "unlinks"), Finding("folders", "a.csv", -1, "by hand")]


def test_each_run_stands_there_also_one_that_was_cut_off(settings):
    register = open_register(settings.folder)
    Evidence(settings.folder, "DSR-1", register).begin(FOUND)
    second = Evidence(settings.folder, "DSR-1", register)
    second.begin(FOUND[:1])
    second.end([])
    first, last = read_evidence(second.path, register)["runs"]
    assert (first["found"], first["ended_at"]) == ({"landing": 3, "folders": 1}, None)
    assert (last["found"], last["left"]) == ({"landing": 3}, {})
    assert last["ended_at"] is not None


def test_altered_evidence_is_refused(settings):
    register = open_register(settings.folder)
    evidence = Evidence(settings.folder, "DSR-1", register)
    evidence.begin(FOUND)
    evidence.path.write_text(evidence.path.read_text().replace('"landing": 3', '"landing": 0'))
    with pytest.raises(EvidenceError):
        read_evidence(evidence.path, register)


@pytest.mark.parametrize("reference", ["", "../x", "two words", "about-P000042", "x" * 70])
def test_reference_that_names_a_person_or_a_path_is_refused(keyring, reference):
    with pytest.raises(RequestReferenceError):
        check_reference(reference, subject_of(keyring, "P000042"))
