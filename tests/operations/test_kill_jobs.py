"""Monday at seven, the machine dies in the middle of each job in turn: everybody still gets everything once."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs import TICKS
from jobs.backup.archive import prove
from models.directives import Directive, DirectiveState
from models.mailbox import Outgoing
from models.meetings import Minutes, MinutesState
from models.papers import OrderState, PaperOrder
from models.records import Summary
from models.reports import Evidence, EvidenceState
from tests.cast import wib
from tests.operations.conftest import NOTULEN, PHOTO, Office, stamp
from tests.operations.jobs_process import backups_beside, run_jobs

pytestmark = pytest.mark.process

JOBS = (*(name for name, _ in TICKS), "evidence", "notulen", "papers", "long papers", "backup")


async def test_killed_at_every_commit_of_every_job_nothing_is_missing_or_doubled(office: Office) -> None:
    stamp(office)
    cast, monday = office.cast, wib("2026-02-02 07:00")
    bupati = await cast.pimpinan()
    await office.camat.sends_photo("panen raya", reply_to=office.camat.sees("cetak sawah"))
    await office.secretary.says("/ekspor")
    await office.secretary.presses("📦 Bukti per arahan")
    await office.secretary.says("/ringkasan")
    await office.secretary.says("/notulen")
    await office.secretary.sends_file("notulen.txt", mime="text/plain", size=len(NOTULEN))
    before = await outbox(office)

    for job in JOBS:
        for moment in ("before_commit", "after_commit"):
            died = await run_jobs(office.url, str(office.files), monday, [job], f"{job}.{moment}")
            assert died == -signal.SIGKILL, f"did not die at {job}.{moment}"
    assert await run_jobs(office.url, str(office.files), monday, ["backup"], "backup.writing") == 0, (
        "it is made already"
    )
    for _ in range(2):
        assert await run_jobs(office.url, str(office.files), monday) == 0

    (archive,) = backups_beside(office.files).iterdir()
    assert archive.name == "kawal-2026-02-02-0700.zip", "one for the night, and nothing left lying about"
    prove(archive)
    sent = await outbox(office) - before
    assert [line for line, times in sent.items() if times > 1] == []
    pictures = Counter(chat for chat, method, _ in sent if method == "sendPhoto")
    assert pictures == {bupati.telegram_id: 1, office.secretary.telegram_id: 1}
    assert sum(method == "sendDocument" for _, method, _ in sent) == 1, "the archive of evidence"
    assert any(chat == office.camat.telegram_id and "terlambat" in text.lower() for chat, _, text in sent)
    async with cast.database.reading() as session:
        assert len((await session.scalars(select(Summary))).all()) == 1
        assert {order.state for order in await session.scalars(select(PaperOrder))} == {OrderState.DONE}
        for evidence in await session.scalars(select(Evidence)):
            assert evidence.state == EvidenceState.STORED
            assert evidence.path is not None
            assert Path(office.files, evidence.path).read_bytes() == PHOTO
        minutes = (await session.scalars(select(Minutes).where(Minutes.file_name == "notulen.txt"))).one()
        assert minutes.state == MinutesState.DRAFT
        drafts = await session.scalars(select(Directive).where(Directive.state == DirectiveState.DRAFT))
        assert len(drafts.all()) == 2


async def outbox(office: Office) -> Counter[tuple[int, str, str]]:
    """What was ever laid into the outbox: chat, method and words."""
    async with office.cast.database.reading() as session:
        rows = (await session.scalars(select(Outgoing))).all()
    return Counter(
        (row.chat_id, row.method, str(row.payload.get("text") or row.payload.get("caption") or row.payload))
        for row in rows
    )
