"""Evidence shown in the chat: what Telegram already has is sent again by its id, photos together as albums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.reports import Evidence
from presentation.mail import Mail

ALBUM = 10
"""Telegram takes two to ten in an album."""
METHODS = {
    "photo": ("sendPhoto", "photo"),
    "document": ("sendDocument", "document"),
    "video": ("sendVideo", "video"),
    "voice": ("sendVoice", "voice"),
    "audio": ("sendAudio", "audio"),
    "video_note": ("sendVideoNote", "video_note"),
    "animation": ("sendAnimation", "animation"),
}


async def send_evidence(mail: Mail, chat_id: int, evidence: Sequence[Evidence]) -> None:
    """Send photos as albums, then everything else one by one, in the order they came; not what wasn't kept."""
    evidence = [one for one in evidence if one.file_id is not None or one.latitude is not None]
    photos = [one for one in evidence if one.kind == "photo"]
    for start in range(0, len(photos), ALBUM):
        album = photos[start : start + ALBUM]
        if len(album) == 1:
            await mail.send_again(chat_id, "sendPhoto", {"photo": album[0].file_id}, kind="evidence")
        else:
            media = [{"type": "photo", "media": one.file_id} for one in album]
            await mail.send_again(chat_id, "sendMediaGroup", {"media": media}, kind="evidence")
    for one in evidence:
        if one.kind == "photo":
            continue
        if one.kind == "location":
            place: dict[str, Any] = {"latitude": one.latitude, "longitude": one.longitude}
            await mail.send_again(chat_id, "sendLocation", place, kind="evidence")
        else:
            method, parameter = METHODS[one.kind]
            await mail.send_again(chat_id, method, {parameter: one.file_id}, kind="evidence")
