"""/ekspor: matriks tindak lanjut and the evidence, for a meeting, a programme, a unit, a period, or several of these."""

from __future__ import annotations

from handlers.finding import near, scope_named
from handlers.turn import Refused, Turn
from models.evidence import weight
from models.listing import Viewer, page_of, tasks_in
from models.meetings import current_meeting
from models.papers import OrderState, PaperOrder, order_paper
from models.scopes import Scope, named, read_scope
from presentation.archive import MOST_PARTS, PART_LIMIT, Layout
from presentation.exports import export_choice, scope_label
from presentation.keyboards import button
from presentation.mail import Content
from presentation.progress import cancelled, order_subject, under_way
from understanding.spans import quarter_of, read_span

FORMATS = {"xlsx": "matrix_xlsx", "pdf": "matrix_pdf"}


async def export(turn: Turn) -> None:
    """`/ekspor [rapat|program|unit] [periode]`: what can be taken home of it; alone the current meeting's."""
    words = " ".join(turn.words.split())
    meeting = await current_meeting(turn.session)
    scope = await scope_named(turn, words) if words else Scope(meeting=meeting.id if meeting else None)
    if scope is not None:
        await turn.mail.say(turn.member, await _choice(turn, scope))
        return
    choices = [[button(label, "export", found.code)] for label, found in await near(turn, words)]
    await turn.say("export_which", choices, wanted=words, near=choices)


async def choose(turn: Turn) -> None:
    """Another scope below the choice."""
    await turn.edit_here(await _choice(turn, _scope(turn, turn.arguments[0] if turn.arguments else "")))


async def matrix(turn: Turn) -> None:
    """`📊 Excel` or `📄 PDF` of the matrix."""
    kind, code = (*turn.arguments, "", "")[:2]
    if kind not in FORMATS:
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /ekspor.")
    scope = _scope(turn, code)
    await _label(turn, scope)
    turn.audit("export", None, after={"kind": kind, "scope": scope.code})
    await order_paper(turn.session, FORMATS[kind], turn.member, now=turn.now, scope=scope.code)
    turn.answer("Matriks sedang dibuat.")


async def bundle(turn: Turn) -> None:
    """`📦 Bukti …`: the evidence as ZIP, made in the background; one message shows how far it is."""
    layout, code = (*turn.arguments, "", "")[:2]
    if layout not in set(Layout):
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /ekspor.")
    scope = _scope(turn, code)
    files, size = await weight(turn.session, scope, turn.zone)
    if not files:
        raise Refused("Belum ada berkas bukti pada pilihan ini.")
    if size > (MOST_PARTS - 1) * PART_LIMIT:
        raise Refused(
            f"Bukti ini {size / 1e6:.0f} MB, terlalu besar untuk dikirim sekaligus. Mohon pilih per bulan, program, "
            "atau unit, misalnya: /ekspor cetak sawah triwulan I"
        )
    label = await _label(turn, scope)
    turn.audit("export", None, after={"kind": "evidence", "scope": scope.code, "layout": layout})
    order = await order_paper(turn.session, "evidence", turn.member, now=turn.now, scope=scope.code, layout=layout,
                              label=label)  # fmt: skip
    assert order is not None
    await turn.mail.show(order_subject(order), turn.member, under_way(order), kind="progress")
    turn.answer(f"{files} berkas sedang disiapkan.")


async def cancel(turn: Turn) -> None:
    """`✖️ Batalkan` while it is being made."""
    identity = turn.arguments[0] if turn.arguments else ""
    order = await turn.session.get(PaperOrder, int(identity)) if identity.isdecimal() and len(identity) < 10 else None
    if order is None or order.member_id != turn.member.id:
        raise Refused("Permintaan ini tidak ditemukan.")
    if order.state != OrderState.WAITING:
        raise Refused("Permintaan ini sudah selesai dikerjakan.")
    order.state, order.done_at = OrderState.CANCELLED, turn.now
    await turn.mail.redraw(order_subject(order), cancelled())
    turn.answer("Dibatalkan.")


async def _choice(turn: Turn, scope: Scope) -> Content:
    label = await _label(turn, scope)
    total, _, _ = await page_of(turn.session, tasks_in(Viewer(None, turn.now, turn.zone), "all", scope), 0, 1)
    files, size = await weight(turn.session, scope, turn.zone)
    return export_choice(scope, label, total, files, size, await _others(turn, scope), turn.now, turn.zone)


async def _others(turn: Turn, shown: Scope) -> list[tuple[str, Scope]]:
    """What else is likely wanted: the current meeting, this month, this quarter, the whole year."""
    today = turn.now.astimezone(turn.zone).date()
    meeting = await current_meeting(turn.session)
    found = [(meeting.title, Scope(meeting=meeting.id))] if meeting else []
    month, _ = read_span("bulan ini", today)
    for span in (month, quarter_of(today)):
        assert span is not None
        found.append((span.label, Scope(period=(span.first, span.last))))
    found.append(("Semua tahun ini", Scope()))
    return [(label, scope) for label, scope in found if scope != shown]


def _scope(turn: Turn, code: str) -> Scope:
    scope = read_scope(code)
    if scope is None:
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /ekspor.")
    return scope


async def _label(turn: Turn, scope: Scope) -> str:
    names = await named(turn.session, scope)
    if names is None:
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /ekspor.")
    return scope_label(scope, *names)
