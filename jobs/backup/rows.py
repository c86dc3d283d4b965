"""Whole tables as lines of plain JSON, out of one database and into another, whichever the engines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
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

    def plus(self, line: str) -> Sum:
        value = int.from_bytes(hashlib.sha256(line.encode()).digest())
        return Sum(self.rows + 1, (self.digest + value) % SPAN)


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
    yield json.dumps([column.name for column in table.columns])
    for row in connection.execute(select(table).execution_options(yield_per=BATCH)):
        yield json.dumps([_plain(value) for value in row])


def fill(connection: Connection, table: Table, lines: Iterable[str]) -> Sum:
    """Insert what `lines_of` gave into an empty table. Columns the table doesn't have any more are left out."""
    lines = iter(lines)
    names = [str(name) for name in json.loads(next(lines))]
    total, batch = Sum(), []
    for line in lines:
        total = total.plus(line)
        values = dict(zip(names, json.loads(line), strict=True))
        batch.append({column.name: _typed(column.type, values.get(column.name), connection.dialect.name)
                      for column in table.columns if column.name in values})  # fmt: skip
        if len(batch) >= BATCH:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)
    return total


def sum_of(connection: Connection, table: Table) -> Sum:
    """The same figure `fill` returns, of what a table holds now."""
    total, lines = Sum(), lines_of(connection, table)
    next(lines)
    for line in lines:
        total = total.plus(line)
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


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return aware.isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def _typed(kind: Any, value: Any, dialect: str) -> Any:
    if value is None:
        return null() if isinstance(kind, JSON) else None
    match kind:
        case DateTime():
            moment = datetime.fromisoformat(value)
            return moment.replace(tzinfo=None) if dialect == "sqlite" else moment
        case Date():
            return date.fromisoformat(value)
        case Numeric() if isinstance(value, str):
            return Decimal(value)
        case _:
            return value
