"""After a rotation of keys the warehouse still sees one person, whichever key an event was protected by."""

from datetime import UTC, date, datetime

import pytest
from protected_events import POSITION, batch, event

from orgpulse_pipelines.landing import pseudonyms
from orgpulse_pipelines.landing.pseudonyms import current_key, pseudonym_columns, renew_warehouse
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring import load_keyring
from orgpulse_platform.keyring.document import PSEUDONYM, Use
from orgpulse_platform.keyring.rotation import rotate
from orgpulse_schemas.cloudevents import structured
from orgpulse_schemas.registry import all_contracts
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection

COMPLETION = all_contracts()["org.training.completion.recorded.v1"]


class People:
    """Completions of courses, protected as a worker protects them, and landed."""

    def __init__(self, connection, settings, land):
        self.connection, self.settings, self._land = connection, settings, land
        self.offset = 0
        self.opened = 0
        create_landing_tables(connection, "training")

    def keyring(self):
        self.opened += 1
        return load_keyring(self.settings.folder.keyring)

    def rotate(self):
        rotate(self.settings, Use(PSEUDONYM, "person"))
        return load_keyring(self.settings.folder.keyring)

    def completed(self, person, number, keyring=None):
        data = {
            "personnel_id": person,
            "course_id": "C001",
            "completed_on": date(2019, 6, 1),
            "language": "FR",
        }
        time = datetime(2019, 6, 1, tzinfo=UTC)
        value = structured(
            id=str(number), source=COMPLETION.system.uri, type=COMPLETION.event_type, time=time, data=data
        )
        protection = Protection(keyring or load_keyring(self.settings.folder.keyring))
        made = protection(RawRecord(COMPLETION.raw_topic, 0, number, 1_577_836_800_000, [], value))
        assert made.reason is None
        return made.value

    def land(self, *values):
        events = batch(*values, topic="events.training", first_offset=self.offset)
        landed = self._land(events, family="training", open_keyring=self.keyring)
        self.offset += len(values)
        stage_family(self.connection, "training")
        return landed

    def found(self):
        """The people in landing and in staging."""
        return [
            {
                person
                for (person,) in self.connection.execute(
                    f"select personnel_id from {schema}.{COMPLETION.name}"
                ).fetchall()
            }
            for schema in ("landing", "staging")
        ]


@pytest.fixture
def people(connection, settings, keyring, land):
    return People(connection, settings, land)


def test_without_a_rotation_no_keyring_is_opened(people):
    people.land(people.completed("P000001", 1), people.completed("P000002", 2))
    people.land(people.completed("P000001", 3))
    assert people.opened == 0


def test_a_person_before_and_after_a_rotation_is_one_person(people, keyring):
    people.land(people.completed("P000001", 1), people.completed("P000002", 2))
    rotated = people.rotate()
    landed = people.land(people.completed("P000001", 3))
    one, two = rotated.pseudonym("person", "P000001"), rotated.pseudonym("person", "P000002")
    assert people.found() == [{one, two}, {one, two}]
    assert landed.notices == ["The keys were rotated: pseudonyms were renewed in 4 rows."]
    assert keyring.pseudonym("person", "P000001") != one


def test_events_from_before_the_rotation_are_renewed_as_they_land(people, keyring):
    people.land(people.completed("P000001", 1))
    rotated = people.rotate()
    people.land(people.completed("P000001", 2))
    people.land(people.completed("P000001", 3, keyring), people.completed("P000002", 4, keyring))
    expected = {rotated.pseudonym("person", person) for person in ("P000001", "P000002")}
    assert people.found() == [expected, expected]


def test_a_warehouse_that_is_built_anew_from_events_of_several_keys_sees_one_person(people, keyring):
    rotated = people.rotate()
    newest = people.rotate()
    people.land(
        *(people.completed("P000001", number, ring) for number, ring in enumerate((newest, keyring, rotated)))
    )
    assert people.found() == [{newest.pseudonym("person", "P000001")}] * 2


def test_an_event_that_was_sent_again_after_the_rotation_is_still_the_same_event(people):
    people.land(people.completed("P000001", 1))
    people.rotate()
    people.land(people.completed("P000001", 1))
    rows = people.connection.execute(f"select count(*) from staging.{COMPLETION.name}").fetchone()
    assert rows == (1,)


def test_without_the_keyring_nothing_of_the_batch_lands(people, land):
    people.land(people.completed("P000001", 1))
    before = people.found()
    people.rotate()
    events = batch(people.completed("P000001", 2), topic="events.training", first_offset=1)
    with pytest.raises(KeyringError):
        land(events, family="training")
    assert people.found() == before


def test_a_keyring_that_lacks_the_newest_key_renews_nothing(people, keyring):
    people.land(people.completed("P000001", 1))
    before = people.found()
    people.rotate()
    newer = people.completed("P000001", 2)
    people.keyring = lambda: keyring
    with pytest.raises(KeyringError, match="lacks the key"):
        people.land(newer)
    assert people.found() == before


def test_a_renewal_that_was_interrupted_is_finished_by_the_next(people, monkeypatch):
    people.land(people.completed("P000001", 1))
    rotated = people.rotate()
    renew, calls = pseudonyms._renew, []

    def dies(connection, column, keyring, where):
        if column.table.startswith("staging.") and not calls:
            calls.append(column)
            raise KeyboardInterrupt
        return renew(connection, column, keyring, where)

    monkeypatch.setattr(pseudonyms, "_renew", dies)
    with pytest.raises(KeyboardInterrupt):
        renew_warehouse(people.connection, rotated)
    landing, staging = people.found()
    assert landing != staging
    people.land(people.completed("P000001", 2))
    assert people.found() == [{rotated.pseudonym("person", "P000001")}] * 2
    assert current_key(people.connection, "person") == "person-2"
    assert renew_warehouse(people.connection, rotated) == 0


def test_a_table_that_was_renewed_is_a_new_version_for_what_is_made_of_it(people):
    people.land(people.completed("P000001", 1))
    version = "select version from meta.table_version where table_name = 'staging." + COMPLETION.name + "'"
    before = people.connection.execute(version).fetchone()
    renew_warehouse(people.connection, people.rotate())
    assert people.connection.execute(version).fetchone() > before


def test_families_without_people_need_no_keyring(connection, land):
    land(batch(event(POSITION, 1)))
    assert current_key(connection, "person") is None


def test_every_pseudonym_of_every_contract_is_in_a_column_that_is_renewed():
    named = {(one.table, one.name) for one in pseudonym_columns()}
    for about in all_contracts().values():
        for field in about.fields:
            if field.treatment.kind.value == "pseudonymise":
                assert (f"landing.{about.name}", field.name) in named
