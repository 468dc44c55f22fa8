"""Every grade that the contracts know belongs to a group."""

from typing import get_args

import duckdb
from small_warehouse import fill

from orgpulse_schemas.fields import Grade


def test_every_grade_of_the_contracts_is_in_a_group() -> None:
    (known, *_) = get_args(Grade)
    with duckdb.connect() as connection:
        fill(connection, ["core.dim_grade"], {})
        listed = connection.execute("select grade from core.dim_grade").fetchall()
    assert {grade for (grade,) in listed} == set(get_args(known))
