"""From a text to drafts: which meeting it belongs to, and what was understood of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.meetings import open_meeting
from handlers.turn import Turn
from models.directives import Directive
from models.drafting import add_drafts, drafts_of, lay_drafts
from models.meetings import Meeting, Minutes, MinutesState, current_meeting, latest_meetings, make_current
from models.units import all_programmes
from presentation.words import long_date
from understanding.deadlines import ImpossibleDate, find_deadline
from understanding.meetings import ImpossibleMeetingDate, MeetingDetails, read_heading
from understanding.minutes import read_directive, read_minutes
from understanding.overlooked import covered_lines, overlooked

RECENT = timedelta(days=7)
"""How far from a meeting a single line is still taken as a directive of it without asking."""
LONGEST_NOTULEN = 100_000
"""Characters of a pasted text; a longer one comes as a file."""
SINGLE = "Arahan"


async def meeting_for(turn: Turn, text: str) -> tuple[Meeting, list[str]]:
    """The meeting that a text attaches to, opened when there is none, and what to say about that."""
    current = await current_meeting(turn.session)
    today = turn.now.astimezone(turn.zone).date()
    if current is not None and not _is_past_single(current, turn):
        return current, []
    heading = heading_of(text, turn.now.astimezone(turn.zone)) if current is None else None
    details = heading or MeetingDetails(f"{SINGLE} {long_date(today)}", None, None)
    if not details.title:
        assert details.held_at is not None
        details = MeetingDetails(f"Rapat {long_date(details.held_at.date())}", details.held_at, details.place)
    meeting, _ = await open_meeting(turn, details)
    note = f"Belum ada rapat yang dibuka, jadi dicatat pada “{meeting.title}”. Rapat lain: /rapat"
    return meeting, [note] if current is None else []


async def new_minutes(turn: Turn, meeting: Meeting, text: str) -> Minutes:
    """Keep a text as the source of the drafts to come."""
    minutes = Minutes(
        meeting=meeting,
        author_id=turn.member.id,
        text=text,
        pieces=[{"message": turn.message.message_id, "text": text}],
        state=MinutesState.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(minutes)
    await turn.session.flush()
    turn.audit("prepare_directives", f"minutes:{minutes.id}", after={"meeting": meeting.id})
    return minutes


async def read_into(turn: Turn, minutes: Minutes, *, single: bool = False) -> Sequence[Directive]:
    """Read the text of a notulen, or of one typed line, into its drafts."""
    await turn.office.refresh_aliases(turn.session)
    held_at = minutes.meeting.held_at.astimezone(turn.zone)
    # A long text takes a while: the sender and everybody else's turn go on meanwhile.
    readings = await asyncio.to_thread(read_minutes, minutes.text, held_at, turn.office.units)
    if single and len(readings) < 2:
        # One typed line is a directive, however little of it is understood.
        readings = [read_directive(minutes.text, held_at, turn.office.units)]
    heading = heading_of(minutes.text, held_at)
    minutes.says_held_at = heading.held_at if heading else None
    if single and abs(turn.now - minutes.meeting.held_at) > RECENT:
        # "Jumat depan" typed weeks after the meeting is hardly counted from the meeting's day.
        minutes.says_held_at = turn.now
    tags = {programme.tag for programme in await all_programmes(turn.session)}
    left = [] if single else overlooked(minutes.text, covered_lines(readings))
    return await lay_drafts(turn.session, minutes, readings, tags, now=turn.now, overlooked=left)


async def add_overlooked(turn: Turn, minutes: Minutes) -> None:
    """Take the lines that became no draft as directives after all."""
    held_at = minutes.meeting.held_at.astimezone(turn.zone)
    readings = [read_directive(line, held_at, turn.office.units) for line in minutes.overlooked]
    tags = {programme.tag for programme in await all_programmes(turn.session)}
    await add_drafts(turn.session, minutes, readings, tags, now=turn.now)
    minutes.overlooked = []


async def move_to_meeting(turn: Turn, minutes: Minutes, held_at: datetime) -> None:
    """Attach a notulen to the meeting of the day it names, opened when there is none, and count its dates from there."""
    heading = heading_of(minutes.text, held_at.astimezone(turn.zone))
    day = long_date(held_at.astimezone(turn.zone).date())
    details = heading or MeetingDetails(f"{SINGLE} {day}", held_at, None)
    if not details.title:
        details = MeetingDetails(f"Rapat {day}", details.held_at, details.place)
    same_day = [
        one
        for one in await latest_meetings(turn.session)
        if one.held_at.astimezone(turn.zone).date() == held_at.astimezone(turn.zone).date()
    ]
    meeting = same_day[0] if same_day else (await open_meeting(turn, details))[0]
    make_current(meeting, await current_meeting(turn.session), turn.now)
    minutes.meeting = meeting
    minutes.says_held_at = None
    reference = meeting.held_at.astimezone(turn.zone)
    for draft in await drafts_of(turn.session, minutes.id):
        draft.meeting = meeting
        if draft.due_words and not draft.proposal.get("due_decided"):
            _count_again(draft, reference)
    await turn.session.flush()


def _count_again(draft: Directive, reference: datetime) -> None:
    try:
        deadline = find_deadline(f"paling lambat {draft.due_words}", reference)
    except ImpossibleDate as problem:
        draft.due_at = None
        doubt = {"kind": "date", "words": problem.words, "question": problem.why, "candidates": []}
        draft.proposal = {**draft.proposal, "doubts": [*draft.proposal.get("doubts", []), doubt]}
        return
    if deadline is not None:
        draft.due_at, draft.due_has_time, draft.recurrence = deadline.due, deadline.has_time, deadline.recurrence
        kept = [one for one in draft.proposal.get("doubts", []) if one["kind"] != "date"]
        draft.proposal = {**draft.proposal, "doubts": kept, "ambiguous_due": deadline.ambiguous}


def heading_of(text: str, reference: datetime) -> MeetingDetails | None:
    """What a notulen says of its meeting; a date that can't be says nothing, nor does a single line."""
    if "\n" not in text.strip():
        return None
    try:
        return read_heading(text, reference)
    except ImpossibleMeetingDate:
        return None


def _is_past_single(meeting: Meeting, turn: Turn) -> bool:
    """Whether this "meeting" was only the collection of another day's single directives."""
    today = turn.now.astimezone(turn.zone).date()
    held = meeting.held_at.astimezone(turn.zone).date()
    return meeting.title == f"{SINGLE} {long_date(held)}" and held != today
