"""aiosqlite under SQLAlchemy with one trip to the database's thread for a statement.

The stock adapter makes four (make a cursor, execute, fetch, close), each of which costs more than the statement itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)

DRIVER = "sqlite+onetrip"


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Holds sqlite3's own cursor. It is closed without a trip: nothing is under way on it by then."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def _make_new_cursor(self, connection: Any) -> Any:
        return connection._conn.cursor()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        return await self._in_thread(self._cursor.execute, operation, () if parameters is None else parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        return await self._in_thread(self._cursor.executemany, operation, seq_of_parameters)

    async def _in_thread(self, execute: Callable[..., Any], operation: Any, parameters: Any) -> Any:
        cursor: Any = self._cursor

        def trip() -> Any:
            execute(operation, parameters)
            return cursor.fetchall() if cursor.description else ()

        async with self._adapt_connection._execute_mutex:
            connection: Any = self._connection
            self._rows = deque(await connection._execute(trip))
        return cursor


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor


class _Dbapi(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arguments: Any, **named: Any) -> AsyncAdapt_aiosqlite_connection:
        return _Connection(self, super().connect(*arguments, **named)._connection)


class OneTripDialect(SQLiteDialect_aiosqlite):
    """`sqlite+onetrip`, for files."""

    driver = "onetrip"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        return _Dbapi(__import__("aiosqlite"), __import__("sqlite3"))


registry.register("sqlite.onetrip", __name__, "OneTripDialect")
