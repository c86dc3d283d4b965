"""One process per SQLite database: what makes leases in memory and a single sender right."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import IO


class AlreadyRunning(RuntimeError):
    """Another process holds the database."""


class ProcessLock:
    """A file beside the database, locked by the operating system: freed when the process ends, however it ends."""

    def __init__(self, database_path: Path) -> None:
        self.path = database_path.with_name(database_path.name + ".lock")
        self._file: IO[str] | None = None

    def __enter__(self) -> ProcessLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            _lock(file)
        except OSError as error:
            file.seek(0)
            holder = file.read(20).strip() or "unknown"
            file.close()
            raise AlreadyRunning(
                f"another Kawal process (pid {holder}) is using {self.path.with_suffix('').name}; stop it first, "
                "or use PostgreSQL to run several"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


if os.name == "nt":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        # A byte far behind the pid, so that the pid stays readable for the message.
        file.seek(1024)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
