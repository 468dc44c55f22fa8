"""What the pages about the data say of fields and publications."""

from whole_dashboard import whole

from orgpulse_pipelines.dashboard.data_pages.personal_data import personal_data
from orgpulse_pipelines.dashboard.data_pages.releases import changes
from orgpulse_pipelines.dashboard.render import words_of
from orgpulse_pipelines.data_map.record import COLUMNS, COMMENT, DATA_MAP
from orgpulse_pipelines.indicators.tables import replace_table

EN = words_of("en")


def test_the_data_map_names_who_receives_what_is_made_of_a_field():
    connection = whole()
    row = dict.fromkeys(COLUMNS) | {
        "contract": "hr_appointment_made_v1", "field": "person_id", "category": "identifier",
        "safeguards": "pseudonymised", "published": ["core.a.b", "core.a.c"],
        "recipients_outside": ["A donor"],
    }  # fmt: skip
    replace_table(connection, DATA_MAP, COMMENT, COLUMNS, [row])
    fields = personal_data(connection, EN).charts[-1]
    assert fields.summary == "What is made of personal fields goes to: A donor."
    assert "core.a.b, core.a.c" in fields.rows[0]


def test_a_changed_figure_says_by_what_newest_first():
    connection = whole()
    connection.executemany(
        "insert into indicators.history values ('coverage', '2019', ?, ?, ?, '')",
        [
            ("20260101T000000000000Z", 1, 3),
            ("20260201T000000000000Z", 1, 4),
            ("20260301T000000000000Z", 2, None),
        ],
    )
    rows = [row[2:] for row in changes(connection, EN).rows]
    assert rows == [
        ("2019", "4.0", "No data", "A new version of the definition"),
        ("2019", "3.0", "4.0", "New or corrected events"),
    ]


def test_a_figure_that_was_published_once_has_not_changed():
    connection = whole()
    connection.execute(
        "insert into indicators.history values ('coverage', '2019', '20260101T000000000000Z', 1, 3, '')"
    )
    assert changes(connection, EN).rows == ()
