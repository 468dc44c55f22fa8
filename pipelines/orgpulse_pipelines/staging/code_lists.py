"""Countries and languages as dimensions: the code lists of the contracts, with names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, get_args

import duckdb
import pyarrow as pa

from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_schemas.codes.iso import country_names, language_name
from orgpulse_schemas.fields import Language


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A dimension that no event makes: a code list of the contracts, one row a code."""

    name: str
    """``schema.table``"""
    comment: str
    columns: dict[str, str]
    """Meaning by column, the code first."""
    rows: Callable[[], Iterator[tuple[str, ...]]]

    def create(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Replace the table by what the contracts of this version allow."""
        listed = pa.table(dict(zip(self.columns, map(list, zip(*self.rows(), strict=True)), strict=True)))
        with sql_errors(self.name), transaction(connection):
            connection.execute("create schema if not exists core")
            connection.register("listed", listed)
            connection.execute(f"create or replace table {self.name} as from listed")
            connection.unregister("listed")
            comment_on(connection, self.name, self.comment, self.columns)


def _countries() -> Iterator[tuple[str, ...]]:
    return ((code, *named) for code, named in country_names().items())


def _languages() -> Iterator[tuple[str, ...]]:
    codes, *_ = get_args(Language)
    return ((code, *language_name(code)) for code in get_args(codes))


COUNTRIES: Final = CodeTable(
    "core.dim_country",
    "Countries and territories that a contract may name, Member State or not; core.dim_member_state says who "
    "is one, since when and in which region. Grain: one row per country. Owner: Information management.",
    {
        "country": "Country after ISO 3166-1, three letters.",
        "country_2": "The same in two letters.",
        "name": "Short name in English after ISO 3166-1.",
    },
    _countries,
)
LANGUAGES: Final = CodeTable(
    "core.dim_language",
    "Official languages of the United Nations, in which trainings are held and documents are written. "
    "Grain: one row per language. Owner: Information management.",
    {
        "language": "Language after ISO 639-1, two letters in upper case.",
        "language_3": "The same after ISO 639-3, three letters in lower case.",
        "name": "Name in English.",
    },
    _languages,
)
CODE_TABLES: Final = (COUNTRIES, LANGUAGES)


def create_code_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace them all."""
    for table in CODE_TABLES:
        table.create(connection)
