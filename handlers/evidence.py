"""What counts as evidence in a message: photos, files, voice, video, a place. Refusals say what to send instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from telegram import Message

from handlers.turn import Refused, Turn
from models.people import Member
from models.reports import Evidence, EvidenceState, Report
from presentation.evidence import METHODS

ACCEPTED_FILES = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".odt",
        ".ods",
        ".odp",
        ".txt",
        ".csv",
        ".rtf",
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".heic",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".mp4",
        ".mov",
        ".avi",
        ".mkv",
        ".3gp",
        ".mp3",
        ".m4a",
        ".ogg",
        ".oga",
        ".wav",
        ".opus",
        ".zip",
        ".rar",
        ".7z",
        ".kml",
        ".kmz",
        ".gpx",
        ".geojson",
        ".shp",
        ".dwg",
    ]
)
"""Endings of files that make sense as evidence. They are stored, never opened or run."""


@dataclass(frozen=True)
class Attachment:
    """A file or place in a message. `size` is in bytes, as Telegram says."""

    kind: str
    file_id: str | None = None
    file_unique_id: str | None = None
    file_name: str | None = None
    mime_type: str | None = None
    size: int | None = None
    latitude: float | None = None
    longitude: float | None = None


def attachment_of(message: Message) -> Attachment | None:
    """The evidence in a message, or None when there is nothing but words. Raises Refused for what can't be evidence."""
    if message.photo:
        best = message.photo[-1]
        return Attachment("photo", best.file_id, best.file_unique_id, size=best.file_size, mime_type="image/jpeg")
    if message.location:
        return Attachment("location", latitude=message.location.latitude, longitude=message.location.longitude)
    for kind in ("document", "video", "voice", "audio", "video_note", "animation"):
        file: Any = getattr(message, kind)
        if file is None:
            continue
        name = getattr(file, "file_name", None)
        if kind == "document" and name and PurePosixPath(name.lower()).suffix not in ACCEPTED_FILES:
            raise Refused(
                f"Berkas {name[:60]} belum dapat diterima sebagai bukti. Mohon kirim foto, PDF, Word, Excel, atau video."
            )
        mime = getattr(file, "mime_type", None)
        return Attachment(kind, file.file_id, file.file_unique_id, name, mime, file.file_size)
    if message.sticker or message.dice or message.poll or message.contact or message.game or message.story:
        raise Refused("Stiker dan sejenisnya belum dapat kami baca. Mohon tulis perkembangannya, atau kirim foto.")
    return None


async def pass_on(turn: Turn, to: Member) -> None:
    """Send the photo or file of the message on to somebody, as Telegram has it. The message of a pressed button has none
    of the person's."""
    if turn.update.callback_query is not None:
        return
    found = attachment_of(turn.message)
    if found is None:
        return
    if found.kind == "location":
        place = {"latitude": found.latitude, "longitude": found.longitude}
        await turn.mail.send_again(to, "sendLocation", place, kind="note")
    else:
        method, parameter = METHODS[found.kind]
        await turn.mail.send_again(to, method, {parameter: found.file_id}, kind="note")


def attach(turn: Turn, report: Report, found: Attachment) -> Evidence:
    """Put the attachment on the report; a job fetches and stores the file. Raises Refused when it is too large."""
    limit = turn.office.settings.files.limit_mb
    if found.size is not None and found.size > limit * 1024 * 1024:
        size = found.size / (1024 * 1024)
        raise Refused(
            f"Berkas ini {size:.0f} MB, melebihi batas {limit} MB. Mohon kirim versi yang lebih kecil, "
            "misalnya foto biasa atau PDF yang dipadatkan."
        )
    evidence = Evidence(
        kind=found.kind,
        message_id=turn.message.message_id,
        file_id=found.file_id,
        file_unique_id=found.file_unique_id,
        file_name=found.file_name[:200] if found.file_name else None,
        mime_type=found.mime_type,
        size=found.size,
        latitude=found.latitude,
        longitude=found.longitude,
        state=EvidenceState.STORED if found.file_id is None else EvidenceState.WAITING,
        created_at=turn.now,
    )
    report.evidence.append(evidence)
    return evidence
