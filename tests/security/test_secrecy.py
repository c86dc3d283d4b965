"""A confidential directive appears nowhere for those it doesn't name: no list, count, roll-up, paper or group post."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
from openpyxl.reader.excel import load_workbook
from sqlalchemy import select

from handlers import COMMANDS, PRESSES
from handlers.rights import Deed, scope_of
from jobs.papers import summary
from models.directives import Priority
from models.papers import OrderState, PaperOrder, order_paper
from models.people import Member
from models.reports import Evidence, EvidenceState
from presentation.print.summary import SummaryView, render_summary_picture
from tests.cast import Cast, wib
from tests.security.stage import GROUP, HIDDEN, SEARCHED, SECRET, SECRET_NUMBER, Stage

OUTSIDERS = ("admin", "sekda", "pemantau", "camat")
INSIDERS = ("sekretariat", "bupati", "camat lain")
ORDERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("rapor", {"unit": "12.09.08"}),
    ("meeting_pack", {"meeting": "Rakorpem Februari"}),
    ("verification_record", {"scope": "u.12.09.08"}),
    ("evidence", {"scope": "all", "layout": "a", "label": "semua"}),
)
"""The other papers, for the confidential task's own unit and for everything."""
QUESTIONS = ("", SEARCHED, "Meranti", "cetak sawah", "mendata aset", "12.09.08")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(autouse=True)
def only_what_is_shown(stage: Stage) -> None:
    """What an attempt changed is looked at in test_rights."""
    stage.looks = False


async def test_no_command_tells_an_outsider_of_it(stage: Stage) -> None:
    for name, command, words in itertools.product(OUTSIDERS, COMMANDS, QUESTIONS):
        attempt = await stage.says(stage.people[name], f"/{command.name} {words}".strip())
        assert not attempt.shows(SECRET), (name, command.name, words)
        assert not attempt.shows(SECRET_NUMBER), (name, command.name, words)
    found = await stage.says(stage.people["pemantau"], f"/pantau {SECRET_NUMBER}")
    assert not found.shows("mendata aset")


async def test_no_button_leads_an_outsider_to_it(stage: Stage) -> None:
    arguments = (
        f"{HIDDEN}",
        "103",
        "103:0",
        f"{SEARCHED}:0",
        "12.09.08:0",
        "cetak_sawah:0",
        "2004",
        "0",
        "-",
        "kecamatan:0",
    )
    looking = [press for press in PRESSES if press.deed not in (Deed.POST_DIRECTIVE, Deed.VERIFY, Deed.INVITE)]
    members = {name: await stage.cast.member_row(stage.people[name]) for name in ("sekda", "pemantau", "camat")}
    for name, press, argument in itertools.product(members, looking, arguments):
        if scope_of(members[name], press.deed) is None:
            continue
        attempt = await stage.presses(stage.people[name], f"1:{press.verb}:{argument}")
        assert not attempt.shows(SECRET), (name, press.verb, argument)
        assert not attempt.shows(SECRET_NUMBER), (name, press.verb, argument)


async def test_those_it_names_and_its_keepers_see_it(stage: Stage) -> None:
    for name in INSIDERS:
        attempt = await stage.says(stage.people[name], f"/pantau {SECRET_NUMBER}")
        assert attempt.shows(SECRET), name


async def test_counts_are_those_of_an_office_without_it(cast: Cast, stage: Stage) -> None:
    """The same questions in an office that has no such directive get the same answers, figure by figure."""
    with_it = await answers(stage)
    async with cast.database.writing() as session:
        connection = await session.connection()
        for statement in (f"DELETE FROM reports WHERE assignment_id = {HIDDEN}", f"DELETE FROM assignments WHERE id = {HIDDEN}",
                          "DELETE FROM directives WHERE id = 103"):  # fmt: skip
            await connection.exec_driver_sql(statement)
    await stage.remember()
    without_it = await answers(stage)
    assert with_it == without_it
    assert any("tugas" in text for text in with_it)


async def answers(stage: Stage) -> list[str]:
    """What outsiders and the group are told when they look around."""
    found = []
    asked = ("/pantau", "/pantau Meranti", "/pantau cetak sawah", "/pantau mendata", "/terlambat", "/tugas", "/ekspor")
    pressed = ("late:0", "blocked:0", "units:-", "units:kecamatan:0", "unit:12.09.08:0", "programmes:0",
               "programme:cetak_sawah:0", "search:arahan:0", "note_choose")  # fmt: skip
    for name in ("sekda", "pemantau", "camat"):
        person = stage.people[name]
        attempts = [await stage.says(person, words) for words in asked]
        attempts += [await stage.presses(person, f"1:{data}") for data in pressed]
        found += [payload.get("text", "") for attempt in attempts for _, _, payload in attempt.calls]
    group = await stage.says(stage.people["camat lain"], "/pantau", chat=GROUP)
    found += [payload["text"] for _, _, payload in group.calls]
    return found


async def test_papers_pictures_digests_and_the_group_leave_it_out(
    cast: Cast, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []

    def draw(view: SummaryView) -> bytes:
        drawn.append(view)
        return render_summary_picture(view)

    monkeypatch.setattr(summary, "render_summary_picture", draw)
    for name in ("sekda", "bupati", "pemantau"):
        await stage.people[name].says("/ringkasan")
    for name in ("sekda", "sekretariat", "bupati"):
        for kind in ("xlsx", "pdf"):
            for scope in ("all", "m.6001", "u.12.09.08", "p.cetak_sawah"):
                await stage.presses(stage.people[name], f"1:matrix:{kind}:{scope}", keep=True)
    await stage.presses(stage.people["sekda"], "1:summary_pdf", keep=True)
    async with cast.database.writing() as session:
        reader = await session.get_one(Member, (await cast.member_row(stage.people["sekda"])).id)
        hidden = Evidence(id=3002, report_id=2004, kind="location", message_id=2, latitude=2.9, longitude=99.6,
                          state=EvidenceState.STORED, created_at=cast.clock.now())  # fmt: skip
        session.add(hidden)
        for kind, about in ORDERS:
            await order_paper(session, kind, reader, now=cast.clock.now(), **about)
    await cast.papers_are_made()
    # Over the deadline and a Monday, with digests, escalations and the weekly summary.
    for moment in ("2026-01-26 07:00", "2026-01-27 07:30", "2026-01-30 07:30", "2026-02-02 07:00", "2026-02-03 07:30"):
        await cast.time_passes(to=wib(moment))
    assert len(drawn) >= 3
    assert SECRET not in repr(drawn)
    papers = [path for path in Path(cast.settings.files.directory, "papers").rglob("*") if path.is_file()]
    read = [text_of(path.name, path.read_bytes()) for path in papers if path.suffix in (".pdf", ".xlsx", ".zip")]
    assert len(read) >= 14
    async with cast.database.reading() as session:
        failed = select(PaperOrder.kind).where(PaperOrder.state != OrderState.DONE)
        assert list(await session.scalars(failed)) == []
    for text in read:
        assert SECRET not in text
        assert SECRET_NUMBER not in text
    assert any("arahan 2" in text for text in read), "what isn't confidential is there"
    inside = {stage.people[name].telegram_id for name in INSIDERS}
    told = [payload for chat, _, payload in cast.calls if chat not in inside]
    assert told
    assert SECRET not in json.dumps(told, ensure_ascii=False)
    assert SECRET_NUMBER not in json.dumps(told, ensure_ascii=False)
    digest = stage.people["camat lain"].sees(SECRET_NUMBER)
    assert SECRET in digest.text, "whom it names is reminded of it"


async def test_a_unit_that_was_taken_off_it_sees_and_hears_no_more(cast: Cast) -> None:
    """Addressed by mistake: what follows is none of that unit's business."""
    blue = "SANDI-BIRU"
    secretary, bupati = await cast.sekretariat(), await cast.pimpinan("bupati")
    camat, wrong = await cast.pelaksana("Air Joman"), await cast.pelaksana("Meranti")
    number, _ = await cast.directive(f"{blue} memeriksa gudang", ["Air Joman", "Meranti"], due=wib("2026-01-30 16:00"),
                                     priority=Priority.RAHASIA)  # fmt: skip
    await secretary.says(f"/pantau {number}")
    await secretary.presses("⚙️ Kelola")
    await secretary.presses("➖")
    await secretary.says("Meranti")
    assert "tidak lagi menjadi tugas" in secretary.reads()
    wrong.reads()
    await bupati.says("/ringkasan")
    await cast.papers_are_made()
    await bupati.presses("💬 Beri catatan")
    await bupati.says(number)
    await bupati.says("Percepat, laporkan SETIAP hari")
    assert "SETIAP" in camat.reads()
    assert wrong.reads() == ""
    for words in (f"/pantau {number}", "/pantau memeriksa gudang", "/pantau"):
        await wrong.says(words)
        assert blue not in wrong.reads(), words
    await cast.time_passes(to=wib("2026-01-29 07:30"))
    assert blue not in wrong.reads()


async def test_the_number_of_a_report_does_not_tell_whether_there_is_one(stage: Stage) -> None:
    """A report on the confidential task, and none at all, are refused in the same words."""
    for name in ("sekda", "pemantau"):
        there = await stage.says(stage.people[name], "/pantau L-2004")
        none = await stage.says(stage.people[name], "/pantau L-2994")
        assert [payload["text"] for _, _, payload in there.calls] == [payload["text"] for _, _, payload in none.calls]


async def test_in_a_group_that_nobody_registered_the_bot_tells_nothing(stage: Stage) -> None:
    known = await stage.says(stage.people["camat"], "/pantau", chat=GROUP)
    unknown = await stage.says(stage.people["camat"], "/pantau", chat=GROUP - 1)
    assert known.shows("arahan 2")
    assert unknown.calls == []


def text_of(name: str, data: bytes) -> str:
    """Everything that can be read in a paper, a workbook, or an archive of both."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [(info.filename, archive.read(info)) for info in archive.infolist()]
        return "\n".join(f"{inner} {text_of(inner, content)}" for inner, content in inside)
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if name.endswith(".xlsx"):
        book = load_workbook(io.BytesIO(data))  # type: ignore[no-untyped-call]
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    return data.decode("utf-8", "replace")
