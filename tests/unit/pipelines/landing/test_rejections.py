"""Rejected events land without their originals."""

from protected_events import ARRIVED_MS, POSITION, batch, rejection

TOPIC = "rejected.hr"


def test_a_rejection_lands_with_reason_and_place_but_without_the_original(connection, land):
    landed = land(batch(rejection(POSITION, 3, "missing_field"), topic=TOPIC, first_offset=9))
    row = connection.execute(
        'select reason, path, contract, family, origin, topic, "offset", key_id from landing.rejected'
    ).fetchone()
    columns = [name for (name, *_) in connection.execute("describe landing.rejected").fetchall()]
    assert landed.rejected == 1
    assert row == (
        "missing_field",
        "/data/grade",
        POSITION.event_type,
        "hr",
        f"raw.hr.pe-3/0/3@{ARRIVED_MS}",
        TOPIC,
        9,
        "rejected-1",
    )
    assert "original" not in columns


def test_a_rejection_without_a_reason_is_quarantined(connection, land):
    value = rejection(POSITION, 3).replace(b'"reason"', b'"cause"')
    landed = land(batch(value, rejection(POSITION, 4), topic=TOPIC))
    assert (landed.rejected, landed.quarantined) == (1, 1)
