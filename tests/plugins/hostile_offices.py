"""A source system that gives offices names which no page may take for anything but text."""

from typing import Any

import orjson
from canary_search import MARK, PERSON

NAMES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "=cmd|' /C calc'!A0",
    "{{ 7 * 7 }} ${alert(4)} {% raw %} <!--",
    "مكتب نيروبي الإقليمي",
    '\u202eeciffO\u202c Office, "quoted"\r\n+1',
    "&lt;b&gt;Bureau&lt;/b&gt; \u2028 L'Œuvre",
    f"Office of the {'very ' * 50}far field",
    "Unbreakable" * 25,
)
_OFFICE = b'"org.reference.organisation_unit.registered.v1"'
_APPRAISAL = b'"org.hr.appraisal.completed.v1"'


class HostileSource:
    """Every third office that has figures has one of the names, until each is used; remarks on people
    are marked."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._met: dict[str, int] = {}

    def __call__(self, value: bytes) -> bytes:
        if _OFFICE in value:
            event = orjson.loads(value)
            self._rename(event["data"])
            return orjson.dumps(event)
        if _APPRAISAL in value:
            event = orjson.loads(value)
            event["data"]["comments"] = f"{MARK} wrote this to {PERSON}"
            return orjson.dumps(event)
        return value

    def _rename(self, office: dict[str, Any]) -> None:
        if office["unit_type"] == "sub_office":  # its figures are those of its country's office
            return
        number = self._met.setdefault(office["unit_id"], len(self._met))
        if number % 3 == 0 and number // 3 < len(NAMES):
            self.names[office["unit_id"]] = office["name"] = NAMES[number // 3]
