"""What was suppressed stays so from build to build, as long as hardly anybody more or less is counted.

Two publications that follow each other are two sets of sums about nearly the same people: a number that the
first one hides could follow from its totals and what the second one shows of the others. So whatever was
hidden of an indicator and period stays hidden, until the whole organisation counts so many rows more or less
that nobody can take the other parts for unchanged.
"""

from dataclasses import dataclass
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.evaluation import CELL
from orgpulse_pipelines.indicators.measuring import ORGANISATION
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

SHARE: Final = 0.1
"""Share of the rows behind the whole organisation's figure that must come or go before it counts as new."""
WITHHELD: Final = "measured.withheld"
REFERENCE: Final = "measured.reference"
_PERIOD: Final = (
    Column("indicator_id", "VARCHAR", "Identity of the indicator."),
    Column("version", "INTEGER", "Version of the definition."),
    Column("label", "VARCHAR", "Name of the period."),
)
_WITHHELD: Final = (
    *_PERIOD,
    Column("dimension", "VARCHAR", "What the organisation is divided by."),
    Column("member", "VARCHAR", "Part of the organisation."),
    Column("inside", "BOOLEAN", "Whether it is withheld from internal readers, too."),
)
_REFERENCE: Final = (
    *_PERIOD,
    Column("counted", "BIGINT", "Rows behind the whole organisation's figure when some were first hidden."),
    Column("limits", "VARCHAR", "The limits of the audiences by which they were hidden."),
)
_LASTING: Final = f"""
    create or replace temp table lasting as
    select reference.*
    from {REFERENCE} as reference
    join {CELL} as cell using (indicator_id, version, label)
    where (cell.dimension, cell.member) = {ORGANISATION} and reference.limits = $limits
      and abs(greatest(cell.numerator_rows, cell.denominator_rows) - reference.counted)
        < greatest($people, {SHARE} * reference.counted)
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Lasting:
    """Figures that stay hidden, by ``cell_id``."""

    inside: frozenset[int]
    """From all readers."""
    outside: frozenset[int]
    """From the public."""


def still_withheld(connection: duckdb.DuckDBPyConnection, audiences: Audiences) -> Lasting:
    """What the build before hid, of indicators and periods that count nearly the same people."""
    ensure_table(connection, WITHHELD, _WITHHELD, "Suppressed figures. Grain: one row per figure.")
    ensure_table(connection, REFERENCE, _REFERENCE, "Since when. Grain: one row per indicator and period.")
    connection.execute(_LASTING, {"limits": repr(audiences), "people": audiences.public.people})
    rows = connection.execute(
        f"select cell.cell_id, withheld.inside from {WITHHELD} as withheld "  # noqa: S608
        "join temp.lasting using (indicator_id, version, label) "
        f"join {CELL} as cell using (indicator_id, version, label, dimension, member)"
    ).fetchall()
    return Lasting(
        frozenset(cell_id for cell_id, inside in rows if inside), frozenset(cell_id for cell_id, _ in rows)
    )


def remember_withheld(connection: duckdb.DuckDBPyConnection, audiences: Audiences) -> None:
    """Note what is hidden now; belongs after the suppression and into its transaction."""
    connection.execute(f"delete from {WITHHELD}")  # noqa: S608
    connection.execute(
        f"insert into {WITHHELD} "  # noqa: S608
        "select indicator_id, version, label, dimension, member, suppression <> 'none' "
        f"from {CELL} where not shown_to_public"
    )
    connection.execute(
        f"""
        create or replace temp table lasting as
        from temp.lasting
        union all
        select
          indicator_id, version, label, greatest(cell.numerator_rows, cell.denominator_rows), $limits
        from {CELL} as cell
        anti join temp.lasting using (indicator_id, version, label)
        where (cell.dimension, cell.member) = {ORGANISATION}
          and (indicator_id, version, label) in (select (indicator_id, version, label) from {WITHHELD})
        """,  # noqa: S608 - made of constants
        {"limits": repr(audiences)},
    )
    connection.execute(f"delete from {REFERENCE}")  # noqa: S608
    connection.execute(f"insert into {REFERENCE} from temp.lasting")
