"""/rapat: the meetings whose directives are followed up; opening one, choosing the current one, correcting one."""

from __future__ import annotations

from sqlalchemy import func, select

from handlers.turn import Refused, Turn
from models.directives import Directive, DirectiveState
from models.meetings import Meeting, current_meeting, latest_meetings, make_current
from presentation.keyboards import Keyboard, button, pages
from presentation.mail import Content
from presentation.words import long_date
from understanding.meetings import ImpossibleMeetingDate, MeetingDetails, read_meeting

PER_PAGE = 6


async def rapat(turn: Turn) -> None:
    """`/rapat [title, date, place]`: the meetings, or a new one."""
    if turn.words:
        await _open(turn, turn.words)
    else:
        await turn.mail.say(turn.member, await _listing(turn, 0))


async def browse(turn: Turn) -> None:
    """Another page of the meetings."""
    page = turn.arguments[0] if turn.arguments else ""
    await turn.edit_here(await _listing(turn, int(page) if page.isdecimal() else 0))


async def ask_new(turn: Turn) -> None:
    """`➕ Rapat baru`: the next message is the meeting's title, day and place."""
    await turn.wait_for("meeting_new")
    await turn.say("ask_meeting", today=long_date(turn.now.astimezone(turn.zone).date()))


async def receive_new(turn: Turn) -> None:
    """The line that `➕ Rapat baru` asked for."""
    await _open(turn, turn.words)


async def use(turn: Turn) -> None:
    """A meeting is chosen as the current one."""
    meeting = await _meeting(turn, turn.arguments[0] if turn.arguments else "")
    current = await current_meeting(turn.session)
    if meeting is not current:
        make_current(meeting, current, turn.now)
        turn.audit("use_meeting", f"meeting:{meeting.id}")
        await turn.session.flush()
    turn.answer("Arahan berikutnya dicatat pada rapat ini.")
    await turn.edit_here(await _listing(turn, 0))


async def ask_change(turn: Turn) -> None:
    """`✏️ Perbaiki`: the next message is the meeting's line anew."""
    meeting = await _meeting(turn, turn.arguments[0] if turn.arguments else "")
    await turn.wait_for("meeting_change", meeting=meeting.id)
    await turn.say("ask_meeting_change", meeting=meeting)


async def receive_change(turn: Turn) -> None:
    """The corrected line of a meeting; what it leaves out stays."""
    about = turn.dialogue.about if turn.dialogue else {}
    meeting = await _meeting(turn, about.get("meeting", ""))
    details = _read(turn, turn.words)
    before = {"title": meeting.title, "held_at": meeting.held_at.isoformat(), "place": meeting.place}
    meeting.title = details.title or meeting.title
    meeting.held_at = details.held_at or meeting.held_at
    meeting.place = details.place or meeting.place
    await turn.stop_waiting()
    turn.audit("change_meeting", f"meeting:{meeting.id}", before=before,
               after={"title": meeting.title, "held_at": meeting.held_at.isoformat(), "place": meeting.place})  # fmt: skip
    await turn.say("meeting_changed", meeting=meeting)


async def open_meeting(turn: Turn, details: MeetingDetails) -> tuple[Meeting, bool]:
    """The meeting of these details as the current one, and whether it is new; without a day it is held now."""
    held_at = details.held_at or turn.now
    current = await current_meeting(turn.session)
    day = held_at.astimezone(turn.zone).date()
    for known in await latest_meetings(turn.session):
        if known.title.casefold() == details.title.casefold() and known.held_at.astimezone(turn.zone).date() == day:
            make_current(known, current, turn.now)
            await turn.session.flush()
            return known, False
    meeting = Meeting(title=details.title, held_at=held_at, place=details.place, chair=None, opened_at=turn.now,
                      opened_by=turn.member.id)  # fmt: skip
    make_current(meeting, current, turn.now)
    turn.session.add(meeting)
    await turn.session.flush()
    turn.audit("open_meeting", f"meeting:{meeting.id}", after={"title": meeting.title})
    return meeting, True


async def _open(turn: Turn, words: str) -> None:
    details = _read(turn, words)
    if not details.title:
        raise Refused("Nama rapatnya belum ada. Contoh: /rapat Rakorpem Januari, 23 Januari 2026, Aula Melati")
    meeting, is_new = await open_meeting(turn, details)
    await turn.stop_waiting()
    await turn.say(
        "meeting_opened",
        [[button("✏️ Perbaiki", "meeting_change", meeting.id), button("📋 Semua rapat", "meetings", 0)]],
        meeting=meeting,
        is_new=is_new,
        dated=details.held_at is not None,
    )


def _read(turn: Turn, words: str) -> MeetingDetails:
    if not words.strip():
        raise Refused(
            "Mohon tulis nama, tanggal, dan tempat rapat. Contoh: Rakorpem Januari, 23 Januari 2026, Aula Melati"
        )
    try:
        details = read_meeting(words, turn.now.astimezone(turn.zone))
    except ImpossibleMeetingDate as problem:
        raise Refused(
            f"Tanggal “{problem.words[:60]}” tidak ada di kalender. Mohon tulis lagi dengan tanggal yang benar."
        ) from None
    if len(details.title) > 120 or len(details.place or "") > 120:
        raise Refused("Nama rapat dan tempatnya paling panjang 120 huruf. Isi notulen dikirim lewat /notulen.")
    return details


async def _meeting(turn: Turn, identity: str | int) -> Meeting:
    found = await turn.session.get(Meeting, int(identity)) if str(identity).isdecimal() else None
    if found is None:
        raise Refused("Rapat ini tidak ditemukan. Daftar rapat: /rapat.")
    return found


async def _listing(turn: Turn, page: int) -> Content:
    every = await latest_meetings(turn.session)
    counted = await turn.session.execute(
        select(Directive.meeting_id, func.count())
        .where(Directive.state.in_([DirectiveState.SENT, DirectiveState.CANCELLED]))
        .group_by(Directive.meeting_id)
    )
    last = max(0, (len(every) - 1) // PER_PAGE)
    page = min(page, last)
    shown = every[page * PER_PAGE : (page + 1) * PER_PAGE]
    keyboard: Keyboard = [
        [button(f"📍 {one.title[:40]}", "meeting_use", one.id)] for one in shown if one is not every[0]
    ]
    keyboard.append(pages("meetings", page, last))
    keyboard.append([button("➕ Rapat baru", "meeting_new")])
    if every:
        keyboard[-1].append(button("✏️ Perbaiki", "meeting_change", every[0].id))
    return turn.content(
        "meetings",
        keyboard,
        meetings=shown,
        current=every[0] if every else None,
        counts={meeting: count for meeting, count in counted},
        total=len(every),
    )
