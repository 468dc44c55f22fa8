"""Tables of contracts: they follow what passes protection, also where it passes no longer."""

import duckdb

from orgpulse_pipelines.warehouse.contract_tables import contract_columns, ensure_contract_table
from orgpulse_schemas.registry import all_contracts

SEPARATION = all_contracts()["org.hr.separation.recorded.v1"]
TABLE = f"landing.{SEPARATION.name}"


def columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for name, *_ in connection.execute(f"describe {TABLE}").fetchall()]


def test_values_of_a_field_that_no_longer_passes_are_removed_from_what_was_landed() -> None:
    with duckdb.connect() as connection:
        for _ in range(2):
            ensure_contract_table(connection, TABLE, contract_columns(SEPARATION), "Separations.", SEPARATION)
            assert columns(connection) == [column.name for column in contract_columns(SEPARATION)]
            connection.execute(f"alter table {TABLE} add column reason varchar")
            connection.execute(f"insert into {TABLE} (personnel_id, reason) values ('x', 'retirement')")
        ensure_contract_table(connection, TABLE, contract_columns(SEPARATION), "Separations.", SEPARATION)
        assert "reason" not in columns(connection)
        assert connection.execute(f"select count(*) from {TABLE}").fetchone() == (2,)
