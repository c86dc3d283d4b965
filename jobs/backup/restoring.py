"""An archive, or another database, becomes the database: into a new place first, and only when all of it is right."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from delivery.leadership import LOCK_CLASS
from delivery.process_lock import AlreadyRunning, ProcessLock
from jobs.backup.archive import BackupError, Manifest, load, open_archive, read_manifest, unpack_files
from jobs.backup.rows import Sum, continue_numbering, fill, is_empty, lines_of, sum_of, tables_of
from models.database import copying_engine
from models.schema import run_migrations, version


def restore(path: Path, url: str, files: Path, *, now: datetime, overwrite: bool = False) -> Manifest:
    """Bring database and files to what the archive holds. Raises BackupError; then nothing is changed.

    Refuses while a bot runs on the database, and when there is something in it or in the folder, unless `overwrite`:
    then the files there are, and the SQLite database, are moved aside under a name with `now`.
    """
    aside = f".before-{now:%Y%m%d-%H%M%S}"
    with open_archive(path) as archive, stopped(url):
        manifest = read_manifest(archive)
        if files.exists() and any(files.iterdir()) and not overwrite:
            raise BackupError(f"{files} sudah berisi; pakai --overwrite untuk menggantinya (yang lama disisihkan)")
        fresh = files.with_name(files.name + ".restoring")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True, mode=0o700)
        unpack_files(archive, fresh)
        if make_url(url).drivername.startswith("sqlite"):
            _restore_sqlite(archive, _path_of(url), aside, overwrite=overwrite)
        else:
            _restore_postgres(archive, url, overwrite=overwrite)
        if files.exists():
            files.rename(files.with_name(files.name + aside)) if any(files.iterdir()) else files.rmdir()
        fresh.rename(files)
    return manifest


def copy_database(source: str, target: str) -> dict[str, Sum]:
    """Copy every row into an empty database, which may be of the other engine. Raises BackupError; then it is left empty.

    The bot must not run: what it did in the meantime would be missing.
    """
    with stopped(source), stopped(target):
        reading, writing = copying_engine(source), copying_engine(target)
        try:
            with reading.execution_options(reads_only=True).begin() as old, writing.begin() as new:
                schema = version(old)
                if schema is None:
                    raise BackupError("basis data asal masih kosong")
                if version(new) is not None and not is_empty(new):
                    raise BackupError("basis data tujuan sudah berisi; kosongkan dahulu, atau pilih yang lain")
                _drop_everything(new)
                run_migrations(new, schema)
                sums = {}
                by_name = {table.name: table for table in tables_of(old)}
                for table in tables_of(new):
                    sums[table.name] = fill(new, table, lines_of(old, by_name[table.name]))
                    if sum_of(new, table) != sums[table.name]:
                        raise BackupError(f"isi tabel {table.name} berubah saat disalin")
                continue_numbering(new, tables_of(new))
            return sums
        finally:
            reading.dispose()
            writing.dispose()


@contextmanager
def stopped(url: str) -> Iterator[None]:
    """Make sure that no bot runs on the database, on SQLite for as long as the block runs. Raises BackupError."""
    busy = "bot sedang berjalan pada basis data ini; hentikan dahulu"
    if make_url(url).drivername.startswith("sqlite"):
        try:
            with ProcessLock(_path_of(url)):
                yield
        except AlreadyRunning:
            raise BackupError(busy) from None
        return
    engine = copying_engine(url)
    try:
        with engine.connect() as connection:
            running = connection.scalar(
                text(
                    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
                    " WHERE datname = current_database() AND locktype = 'advisory' AND granted"
                    " AND classid IN (:leader, :processes)"
                ),
                {"leader": LOCK_CLASS, "processes": LOCK_CLASS + 1},
            )
    except OperationalError as problem:
        raise BackupError(f"basis data tidak dapat dibuka: {str(problem.orig).splitlines()[0]}") from None
    finally:
        engine.dispose()
    if running:
        raise BackupError(busy)
    yield


def _restore_sqlite(archive: zipfile.ZipFile, path: Path, aside: str, *, overwrite: bool) -> None:
    if path.exists() and not overwrite and not _is_empty_file(path):
        raise BackupError(f"{path} sudah berisi; pakai --overwrite untuk menggantinya (yang lama disisihkan)")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".restoring")
    for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
        leftover.unlink(missing_ok=True)
    engine = copying_engine(f"sqlite:///{fresh}")
    try:
        with engine.begin() as connection:
            load(connection, archive)
            run_migrations(connection, "head")
        with engine.connect() as connection:
            # Everything into the one file that is about to be renamed.
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    fresh.chmod(0o600)
    for ending in ("", "-wal", "-shm"):
        old = Path(f"{path}{ending}")
        if old.exists():
            old.rename(f"{path}{aside}{ending}")
    fresh.replace(path)
    Path(f"{fresh}-wal").unlink(missing_ok=True)
    Path(f"{fresh}-shm").unlink(missing_ok=True)


def _restore_postgres(archive: zipfile.ZipFile, url: str, *, overwrite: bool) -> None:
    engine = copying_engine(url)
    try:
        with engine.begin() as connection:
            if version(connection) is not None and not is_empty(connection) and not overwrite:
                raise BackupError("basis data sudah berisi; pakai --overwrite untuk menggantinya")
            _drop_everything(connection)
            load(connection, archive)
            continue_numbering(connection, tables_of(connection))
            run_migrations(connection, "head")
    finally:
        engine.dispose()


def _drop_everything(connection: Connection) -> None:
    """In the same transaction as what follows: if that fails, everything is still there."""
    metadata = MetaData()
    metadata.reflect(connection)
    metadata.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS audit_is_append_only()"))


def _is_empty_file(path: Path) -> bool:
    engine = copying_engine(f"sqlite:///{path}")
    try:
        with engine.execution_options(reads_only=True).begin() as connection:
            return is_empty(connection)
    finally:
        engine.dispose()


def _path_of(url: str) -> Path:
    database = make_url(url).database
    if not database:
        raise BackupError("database.url harus menunjuk ke sebuah berkas")
    return Path(database)
