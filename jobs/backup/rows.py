"""Whole tables as lines of plain JSON, out of one database and into another, whichever the engines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, MetaData, Numeric, Table, func, null, select, text

BATCH = 1000
KEPT_OUT = frozenset({"alembic_version", "leadership"})
"""Tables about the database itself: which schema it has, and which process leads."""
REFERENCE = frozenset({"units", "programmes"})
"""Tables that every start fills from the CSV files: a database with nothing else in it is empty."""
SPAN = 1 << 256


@dataclass(frozen=True)
class Sum:
    """How many rows a table has and a figure of all their contents, the same in whatever order they are read."""

    rows: int = 0
    digest: int = 0

    def plus(self, *lines: str) -> Sum:
        values = (int.from_bytes(hashlib.sha256(line.encode()).digest(), "big") for line in lines)
        return Sum(self.rows + len(lines), (self.digest + sum(values)) % SPAN)


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they are in this database, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in KEPT_OUT]


def is_empty(connection: Connection) -> bool:
    """Whether nothing has happened in this database yet."""
    tables = [table for table in tables_of(connection) if table.name not in REFERENCE]
    return not any(connection.scalar(select(func.count()).select_from(table)) for table in tables)


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """A line with the names of the columns, then one for each row: a JSON list."""
    yield _encode([column.name for column in table.columns])
    for rows in connection.execute(select(table).execution_options(yield_per=BATCH)).partitions():
        for row in rows:
            yield _encode(tuple(row))


def fill(connection: Connection, table: Table, lines: Iterable[str]) -> Sum:
    """Insert what `lines_of` gave into an empty table. Columns the table doesn't have any more are left out."""
    lines = iter(lines)
    names = [str(name) for name in json.loads(next(lines))]
    columns = {column.name: column for column in table.columns}
    readers = [(place, name, _reader(columns[name].type, connection.dialect.name))
               for place, name in enumerate(names) if name in columns]  # fmt: skip
    total = Sum()
    while batch := list(islice(lines, BATCH)):
        total = total.plus(*batch)
        rows = [json.loads(line) for line in batch]
        if any(len(row) != len(names) for row in rows):
            raise ValueError("a row has more or fewer values than there are columns")
        connection.execute(table.insert(), [{name: read(row[place]) for place, name, read in readers} for row in rows])
    return total


def sum_of(connection: Connection, table: Table) -> Sum:
    """The same figure `fill` returns, of what a table holds now."""
    total, lines = Sum(), lines_of(connection, table)
    next(lines)
    while batch := list(islice(lines, BATCH)):
        total = total.plus(*batch)
    return total


def continue_numbering(connection: Connection, tables: Iterable[Table]) -> None:
    """Have new rows numbered after the copied ones. SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            highest = connection.scalar(select(func.max(column))) if sequence else None
            if highest is not None:
                connection.execute(text("SELECT setval(:sequence, :value)"), {"sequence": sequence, "value": highest})


def _plain(value: Any) -> str:
    """What JSON has no form of: moments in UTC, days, and decimal figures."""
    match value:
        case datetime():
            # SQLite holds moments in UTC without saying so.
            return f"{value.isoformat()}+00:00" if value.tzinfo is None else value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    raise TypeError(f"{type(value).__name__} can't be backed up")


_encode = json.JSONEncoder(default=_plain).encode


def _reader(kind: Any, dialect: str) -> Callable[[Any], Any]:
    """What turns a value of JSON into one of this column."""
    match kind:
        case JSON():
            return lambda value: null() if value is None else value
        case DateTime() if dialect == "sqlite":
            return lambda value: None if value is None else datetime.fromisoformat(value).replace(tzinfo=None)
        case DateTime():
            return lambda value: None if value is None else datetime.fromisoformat(value)
        case Date():
            return lambda value: None if value is None else date.fromisoformat(value)
        case Numeric():
            return lambda value: Decimal(value) if isinstance(value, str) else value
        case _:
            return lambda value: value
