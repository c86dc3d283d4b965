"""What people send is stored under our names, known by its content, never run; a full disk loses nothing."""

from __future__ import annotations

import errno
import hashlib
import io
import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from delivery.files import FetchedFile
from jobs.backup.archive import BackupError, read_manifest, unpack_files
from jobs.content_types import PROGRAMS, content_type
from jobs.evidence import store_evidence
from models.people import Role
from models.reports import Evidence, EvidenceState
from tests.cast import Cast, Person, wib
from understanding.documents import UnreadableDocument, pdf, read_document


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


class Telegram:
    """Gives one content for every file; `full` makes the disk full."""

    def __init__(self, content: bytes) -> None:
        self.content, self.full = content, False

    async def __call__(self, file_id: str, target: Path, limit_bytes: int) -> FetchedFile:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.content)
        return FetchedFile(len(self.content), hashlib.sha256(self.content).hexdigest())


async def a_report_with(cast: Cast, name: str) -> Person:
    await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("mendata sawah", ["Air Joman"], due=wib("2026-01-30 16:00"))
    await camat.sends_file(name, caption="sudah 60%")
    return camat


async def the_evidence(cast: Cast) -> Evidence:
    async with cast.database.reading() as session:
        return (await session.scalars(select(Evidence))).one()


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x.pdf", "C:\\x\\y.pdf", "laporan\x00.pdf", "a" * 300 + ".pdf"])
async def test_a_file_is_stored_under_a_name_of_ours(cast: Cast, name: str) -> None:
    await a_report_with(cast, name)
    assert await store_evidence(cast.database, cast.settings, cast.clock, Telegram(b"%PDF-1.7 berita acara")) == 1
    stored = await the_evidence(cast)
    assert stored.path == f"evidence/2026-01/{stored.id:08d}.pdf"
    assert stored.content_type == "application/pdf"
    path = cast.settings.files.directory / stored.path
    assert path.read_bytes() == b"%PDF-1.7 berita acara"
    assert path.stat().st_mode & 0o111 == 0, "nothing that was sent can be run"


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\nrm -rf /", b"<html><script>x</script>"]
)
async def test_a_program_with_a_papers_name_is_not_kept_nor_sent_on(cast: Cast, content: bytes) -> None:
    camat = await a_report_with(cast, "berita acara.pdf")
    assert await store_evidence(cast.database, cast.settings, cast.clock, Telegram(content)) == 0
    await cast.delivers()
    assert "ternyata program" in camat.reads()
    stored = await the_evidence(cast)
    assert (stored.state, stored.file_id, stored.path) == (EvidenceState.FAILED, None, None)
    assert stored.content_type in PROGRAMS
    assert not [path for path in cast.settings.files.directory.rglob("*") if path.is_file()]
    await camat.says("/pantau Air Joman")
    await camat.presses("1")
    await camat.presses("🖼 Lihat bukti")
    assert not any(method == "sendDocument" for _, method, _ in cast.calls)


async def test_a_full_disk_is_told_once_a_day_and_the_evidence_waits(cast: Cast) -> None:
    admin = await cast.member(Role.ADMIN, None, "Admin")
    await a_report_with(cast, "berita acara.pdf")
    telegram = Telegram(b"%PDF-1.7")
    telegram.full = True
    for _ in range(4):
        assert await store_evidence(cast.database, cast.settings, cast.clock, telegram) == 0
        await cast.time_passes(hours=1)
    await cast.delivers()
    assert admin.reads().count("Penyimpanan server penuh") == 1
    assert (await the_evidence(cast)).state == EvidenceState.WAITING
    telegram.full = False
    await cast.time_passes(hours=1)
    assert await store_evidence(cast.database, cast.settings, cast.clock, telegram) == 1


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "image/webp"),
        (b"OggS\x00", "audio/ogg"),
        (zipped("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped("foto.jpg"), "application/zip"),
        (zipped("AndroidManifest.xml", "classes.dex"), "application/vnd.android.package-archive"),
        ("Laporan kegiatan é".encode(), "text/plain"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "text/html"),
        (b"<?xml version='1.0'?><kml/>", "application/xml"),
        (b"", "application/octet-stream"),
        (bytes(range(256)), "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content(head: bytes, kind: str) -> None:
    assert content_type(head) == kind


def as_link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "entries",
    [
        ["files/../../x"], ["files/a/../../../x"], ["files/C:\\x"], ["/files/../x"], ["../x"], ["/etc/x"], ["files"],
        ["files/link", "files/link/x"], ["files//etc/x"], ["files/a\x00b"], ["other/x"],
    ],
    ids=str,
)  # fmt: skip
def test_an_archive_from_elsewhere_writes_nothing_outside_its_folder_nor_a_link(
    tmp_path: Path, entries: list[str]
) -> None:
    made, folder = io.BytesIO(), tmp_path / "a" / "b" / "files"
    with zipfile.ZipFile(made, "w") as archive:
        for name in entries:
            archive.writestr(as_link(name) if name.endswith("link") else name, "/etc/passwd")
    folder.mkdir(parents=True)
    with zipfile.ZipFile(made) as archive, suppress(BackupError):
        unpack_files(archive, folder)
    every = list(tmp_path.rglob("*"))
    assert not any(path.is_symlink() for path in every)
    assert all(path.is_relative_to(folder) for path in every if path.is_file())


def test_a_manifest_made_to_break_the_reader_is_no_backup() -> None:
    for text in ("[" * 100_000, '{"tables": 5}', "[]", '{"tables": {"x": {"rows": "many"}}}', "\ud800"):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("manifest.json", text.encode("utf-8", "surrogatepass"))
        with zipfile.ZipFile(made) as archive, pytest.raises(BackupError):
            read_manifest(archive)


def test_a_paper_of_a_few_kilobytes_that_would_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_SECONDS", 0.5)
    content = zlib.compress(b"BT /F1 12 Tf (arahan Bupati) Tj ET " * 60_000)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    paper = b"%PDF-1.7\n" + body + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%EOF"
    assert len(paper) < 10_000
    with pytest.raises(UnreadableDocument, match="terlalu rumit"):
        read_document(paper, "notulen.pdf")
