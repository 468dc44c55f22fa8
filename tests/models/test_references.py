"""Numbers that nothing registers are shown, whatever table names them: tested the moment one is added."""

import re

from sql_cases import all_models

_PAIR = re.compile(r"'(core\.\w+)'(?: as table_name)?, '(\w+)'")
_REGISTER = re.compile(r"select '(\w+)'(?: as column_name)?, \w+(?: as number)? from (core\.\w+)")
LOOKED_UP = {
    ("core.dim_partner_person", "unit_id"),
    ("core.fact_attendance", "course_id"),
    ("core.fact_attendance", "unit_id"),
    ("core.fact_psea_attendance", "unit_id"),
}
"""Columns that stem from another reference of the same table, which is looked at itself."""


def test_every_reference_to_a_registered_number_is_looked_at() -> None:
    query = next(one.sql for one in all_models() if one.name == "marts.unresolved_reference")
    registers = set[tuple[str, str]]((table, column) for column, table in _REGISTER.findall(query))
    registered = {column for _, column in registers}
    refer = {
        (model.name, column)
        for model in all_models()
        for column in model.metadata.columns
        if model.schema == "core" and column in registered
    }
    assert set(_PAIR.findall(query)) == refer - registers - LOOKED_UP
