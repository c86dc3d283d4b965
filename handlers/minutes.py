"""/notulen: a text pasted in one or several pieces, or a file, becomes a list of drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select
from telegram import Document

from handlers.preview import STEP, present, view_of
from handlers.reading import LONGEST_NOTULEN, meeting_for, new_minutes, read_into
from handlers.turn import Refused, Turn
from models.meetings import Minutes, MinutesState
from presentation.chat import TEXT_LIMIT
from presentation.drafts import View, minutes_subject
from presentation.mail import Content

NEARLY_FULL = 3500
"""A message of so many characters is probably the beginning of a longer text that Telegram cut."""
CUT_GAP = timedelta(minutes=2)
"""How soon the rest of a cut text follows."""
READABLE = frozenset({".txt", ".docx", ".pdf", ".xlsx"})
_ITEM = re.compile(r"^\W*(?:\d{1,3}\s*[.)]|\d\ufe0f?\u20e3|[-–•●▪*>])\s*\S", re.MULTILINE)
_ENDS_SENTENCE = re.compile(r"[.;:!?)\]]\s*$")


async def notulen(turn: Turn) -> None:
    """`/notulen`, alone or with the text or a file."""
    document = turn.message.document
    if document is not None:
        await receive_file(turn, document)
    elif turn.words:
        await _begin(turn, collecting=True)
    else:
        await turn.wait_for("notulen")
        await turn.say("ask_notulen")


async def receive(turn: Turn) -> None:
    """The text or file that `/notulen` asked for."""
    document = turn.message.document
    if document is not None:
        await receive_file(turn, document)
    else:
        must_be_text(turn)
        await _begin(turn, collecting=True)


async def begin_unasked(turn: Turn) -> None:
    """A long numbered text without the command."""
    await _begin(turn, collecting=len(turn.words) >= NEARLY_FULL)


def looks_like_notulen(text: str) -> bool:
    """Whether a text that nobody asked for is a list of directives rather than a word to the bot."""
    return len(text) >= NEARLY_FULL or (len(text) >= 150 and len(_ITEM.findall(text)) >= 2)


def continues(turn: Turn, minutes: Minutes) -> bool:
    """Whether this message is a further piece of the notulen in the preview."""
    about = turn.dialogue.about if turn.dialogue else {}
    if about.get("minutes") != minutes.id or "piece_at" not in about:
        return False
    soon = turn.now - datetime.fromisoformat(about["piece_at"]) <= CUT_GAP
    if soon and about.get("piece_length", 0) >= NEARLY_FULL:
        return True
    is_listlike = "\n" in turn.words.strip() or len(turn.words) >= 200 or bool(_ITEM.match(turn.words))
    return view_of(turn).collecting and is_listlike


async def add_piece(turn: Turn, minutes: Minutes) -> None:
    """Read the notulen again with this message at its end."""
    minutes.pieces = [*minutes.pieces, {"message": turn.message.message_id, "text": turn.words}]
    await _read_again(turn, minutes)
    await present(turn, minutes, View(page=view_of(turn).page, collecting=True), **_piece(turn))


async def edited(turn: Turn) -> bool:
    """A message was corrected that a notulen in preparation came from: read it again. Says whether it was one."""
    query = (
        select(Minutes)
        .where(Minutes.author_id == turn.member.id, Minutes.state.in_([MinutesState.DRAFT, MinutesState.SENT]))
        .order_by(Minutes.id.desc())
        .limit(20)
    )
    edited_id = turn.message.message_id
    words = re.sub(r"^/(?:arahan|notulen)(?:@\w+)?\s*", "", turn.words)
    for minutes in await turn.session.scalars(query):
        if not any(piece["message"] == edited_id for piece in minutes.pieces):
            continue
        if minutes.state == MinutesState.SENT:
            raise Refused("Arahan dari pesan ini sudah dikirim. Untuk mengubahnya: /pantau lalu nomornya.")
        minutes.pieces = [
            {**piece, "text": words} if piece["message"] == edited_id else piece for piece in minutes.pieces
        ]
        await _read_again(turn, minutes)
        await present(turn, minutes, View())
        return True
    return False


async def receive_file(turn: Turn, document: Document) -> None:
    """A file with the notulen: a job fetches and reads it, the person is told at once."""
    name = (document.file_name or "notulen")[:200]
    ending = PurePosixPath(name.lower()).suffix
    if ending == ".doc":
        raise Refused("Berkas .doc lama belum dapat dibaca. Mohon simpan sebagai .docx lalu kirim lagi.")
    if ending not in READABLE:
        raise Refused(
            f"Berkas {name[:60]} belum dapat dibaca. Mohon kirim .txt, .docx, .pdf, atau .xlsx, atau tempel teksnya."
        )
    limit = turn.office.settings.files.limit_mb
    if document.file_size is not None and document.file_size > limit << 20:
        raise Refused(
            f"Berkas ini {document.file_size / (1 << 20):.0f} MB, melebihi batas {limit} MB. Mohon kirim bagian arahannya saja."
        )
    meeting, notes = await meeting_for(turn, "")
    minutes = await new_minutes(turn, meeting, "")
    minutes.pieces, minutes.file_id, minutes.file_name = [], document.file_id, name
    minutes.state = MinutesState.WAITING
    await turn.session.flush()
    content: Content = turn.content("file_being_read", name=name, notes=notes)
    await turn.mail.show(minutes_subject(minutes), turn.member, content)
    await turn.wait_for(STEP, minutes=minutes.id)


def must_be_text(turn: Turn) -> None:
    """Raises Refused in words for a photo, a sticker and the like."""
    message = turn.message
    if message.photo:
        raise Refused(
            "Foto notulen belum dapat dibaca. Mohon tempel teksnya, atau kirim berkas .docx, .pdf, .xlsx, .txt."
        )
    if not turn.words.strip():
        raise Refused(
            "Pesan ini tidak berisi teks. Mohon tempel teks arahannya, atau kirim berkas .docx, .pdf, .xlsx, .txt."
        )


def join_pieces(pieces: Sequence[str]) -> str:
    """The text that Telegram cut into these messages, with a line's break restored where it was cut in the middle."""
    text = last = ""
    for place, piece in enumerate(pieces):
        if place == 0:
            text = piece
        elif _length(last) >= TEXT_LIMIT:
            text += piece
        elif _length(last) >= NEARLY_FULL and _is_cut_line(last, piece):
            text += " " + piece
        else:
            text += "\n" + piece
        last = piece
    return text


def _is_cut_line(before: str, after: str) -> bool:
    """Whether the cut went through a line: no sentence ends there, and nothing new begins."""
    first, final = after.split("\n", 1)[0], before.rsplit("\n", 1)[-1]
    if "\t" in first or "\t" in final or _ITEM.match(first) or _ENDS_SENTENCE.search(final):
        return False
    return first[:1].islower() or first[:1].isdecimal()


def _length(text: str) -> int:
    """As Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


async def _begin(turn: Turn, *, collecting: bool) -> None:
    meeting, notes = await meeting_for(turn, turn.words)
    minutes = await new_minutes(turn, meeting, turn.words)
    await read_into(turn, minutes)
    await present(turn, minutes, View(collecting=collecting), notes=notes, **_piece(turn))


async def _read_again(turn: Turn, minutes: Minutes) -> None:
    text = join_pieces([piece["text"] for piece in minutes.pieces])
    if len(text) > LONGEST_NOTULEN:
        raise Refused(
            "Notulen ini terlalu panjang untuk satu daftar. Mohon kirim yang sudah ada, lalu lanjutkan dengan /notulen baru."
        )
    minutes.text = text
    await read_into(turn, minutes)


def _piece(turn: Turn) -> dict[str, Any]:
    return {"piece_at": turn.now.isoformat(), "piece_length": len(turn.words)}
