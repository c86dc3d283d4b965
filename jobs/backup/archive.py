"""The archive: a ZIP with a manifest, each table as JSON lines, and the files as they are."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import uuid4

from sqlalchemy import Connection

from delivery.faults import fault_point
from jobs.backup.rows import BATCH, Sum, fill, lines_of, sum_of, tables_of
from models.database import copying_engine
from models.schema import newest, run_migrations, version

FORMAT = 1
MANIFEST = "manifest.json"


class BackupError(Exception):
    """The backup can't be made, or isn't one that can be restored; the text is Indonesian and says what to do."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. `schema` is the revision of the tables; `digest` of a table as in rows.Sum."""

    format: int
    made_at: str
    schema: str
    engine: str
    tables: dict[str, Sum]
    files: int
    bytes: int

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def make_backup(
    url: str, files: Path, target: Path, *, now: datetime, stop: Callable[[], bool] = lambda: False
) -> Manifest:
    """Write the archive, prove it by restoring it beside, and only then give it its name. Raises BackupError, OSError.

    Blocks for as long as it takes; `stop` is asked now and then whether to give up.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _must_fit(files, target.parent)
    part = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        # It holds everything anybody told the bot: only the owner may read it.
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
            manifest = _write(out, url, files, now, stop)
            out.flush()
            os.fsync(out.fileno())
        prove(part, stop)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(out: IO[bytes], url: str, files: Path, now: datetime, stop: Callable[[], bool]) -> Manifest:
    engine = copying_engine(url)
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            with engine.execution_options(reads_only=True).connect() as connection, connection.begin():
                schema = version(connection)
                if schema is None:
                    raise BackupError("basis data ini masih kosong, jadi belum ada yang dicadangkan")
                sums = {table.name: _write_table(archive, connection, table, stop) for table in tables_of(connection)}
            fault_point("backup.writing")
            count, size = _write_files(archive, files, stop)
            manifest = Manifest(FORMAT, now.isoformat(), schema, engine.dialect.name, sums, count, size)
            archive.writestr(MANIFEST, manifest.as_json())
    finally:
        engine.dispose()
    return manifest


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Any, stop: Callable[[], bool]) -> Sum:
    total = Sum()
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
        lines = lines_of(connection, table)
        member.write(next(lines).encode() + b"\n")
        while batch := list(islice(lines, BATCH)):
            if stop():
                raise BackupError("pencadangan dihentikan")
            total = total.plus(*batch)
            member.write("\n".join([*batch, ""]).encode())
    return total


def _write_files(archive: zipfile.ZipFile, files: Path, stop: Callable[[], bool]) -> tuple[int, int]:
    """Photos and documents are compressed already, so they are stored as they are."""
    count = size = 0
    for path in sorted(files.rglob("*")) if files.exists() else []:
        if stop():
            raise BackupError("pencadangan dihentikan")
        if not path.is_file() or path.name.endswith(".part"):
            continue
        try:
            name = f"files/{path.relative_to(files).as_posix()}"
            archive.write(path, name, compress_type=zipfile.ZIP_STORED)
        except FileNotFoundError:
            # Old papers are tidied away while the backup runs; evidence never is.
            continue
        count, size = count + 1, size + archive.getinfo(name).file_size
    return count, size


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Raises BackupError for what is no archive of ours, or of a newer version."""
    try:
        said = json.loads(archive.read(MANIFEST))
        sums = {name: Sum(**kept) for name, kept in said.pop("tables").items()}
        manifest = Manifest(tables=sums, **said)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError, zipfile.BadZipFile):
        raise BackupError("berkas ini bukan cadangan Kawal, atau rusak") from None
    if manifest.format != FORMAT or manifest.schema > newest():
        raise BackupError("cadangan ini dibuat oleh Kawal yang lebih baru; perbarui program ini dahulu")
    return manifest


def open_archive(path: Path) -> zipfile.ZipFile:
    """Raises BackupError for a file that is missing, cut off, or something else."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BackupError(f"{path}: berkas tidak ada") from None
    except zipfile.BadZipFile:
        raise BackupError(f"{path}: bukan cadangan Kawal, atau terpotong") from None


def load(connection: Connection, archive: zipfile.ZipFile, stop: Callable[[], bool] = lambda: False) -> None:
    """Make the archive's tables in an empty database and fill them; what arrives is compared with what was copied.

    Ends at the archive's own schema. Raises BackupError.
    """
    manifest = read_manifest(archive)
    run_migrations(connection, manifest.schema)
    tables = tables_of(connection)
    missing = {name for name, kept in manifest.tables.items() if kept.rows} - {table.name for table in tables}
    if missing:
        raise BackupError(f"cadangan ini berisi tabel yang tidak dikenal: {', '.join(sorted(missing))}")
    for table in tables:
        if stop():
            raise BackupError("pencadangan dihentikan")
        if table.name not in manifest.tables:
            continue
        try:
            with archive.open(f"tables/{table.name}.jsonl") as member:
                filled = fill(connection, table, _lines(member))
        except (zipfile.BadZipFile, KeyError, ValueError, StopIteration):
            raise BackupError(f"tabel {table.name} dalam cadangan ini rusak") from None
        if not filled == sum_of(connection, table) == manifest.tables[table.name]:
            raise BackupError(f"isi tabel {table.name} tidak sama dengan saat dicadangkan")


def prove(path: Path, stop: Callable[[], bool] = lambda: False) -> Manifest:
    """Restore the archive into a database that is thrown away, and check each piece of evidence by its SHA-256."""
    with open_archive(path) as archive, tempfile.TemporaryDirectory(dir=path.parent, prefix=".prove-") as folder:
        engine = copying_engine(f"sqlite:///{folder}/proof.sqlite")
        try:
            with engine.begin() as connection:
                load(connection, archive, stop)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise BackupError("cadangan ini berisi baris yang merujuk ke baris yang tidak ada")
                rows = connection.exec_driver_sql(
                    "SELECT path, sha256 FROM evidence WHERE path IS NOT NULL AND sha256 IS NOT NULL"
                ).all()
        finally:
            engine.dispose()
        for stored, digest in rows:
            if stop():
                raise BackupError("pencadangan dihentikan")
            if _digest(archive, f"files/{stored}") != digest:
                raise BackupError(f"bukti {stored} hilang atau berubah sejak disimpan")
        return read_manifest(archive)


def unpack_files(archive: zipfile.ZipFile, folder: Path) -> None:
    """Write the archive's files under `folder`. Raises BackupError for a name that leads out of it."""
    for info in archive.infolist():
        name = PurePosixPath(info.filename)
        if name.parts[:1] != ("files",) or len(name.parts) < 2 or info.is_dir():
            continue
        if name.is_absolute() or ".." in name.parts or "\\" in info.filename:
            raise BackupError(f"nama berkas dalam cadangan tidak wajar: {info.filename}")
        target = folder.joinpath(*name.parts[1:])
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise BackupError(f"nama berkas dalam cadangan tidak wajar: {info.filename}") from None
        with archive.open(info) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)


def _lines(member: IO[bytes]) -> Iterator[str]:
    for line in io.TextIOWrapper(member, encoding="utf-8", newline="\n"):
        yield line.rstrip("\n")


def _digest(archive: zipfile.ZipFile, name: str) -> str | None:
    try:
        with archive.open(name) as member:
            return hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
    except (KeyError, zipfile.BadZipFile):
        return None


def _must_fit(files: Path, folder: Path) -> None:
    needed = sum(path.stat().st_size for path in files.rglob("*") if path.is_file()) if files.exists() else 0
    free = shutil.disk_usage(folder).free
    if free < needed * 1.05 + (64 << 20):
        raise BackupError(
            f"{folder}: ruang kosong {free >> 20} MB tidak cukup untuk mencadangkan berkas sebesar {needed >> 20} MB"
        )
