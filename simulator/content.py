"""Message contents as the Bot API shows them: from a stored file to the fields of a Message."""

from __future__ import annotations

from typing import Any

from simulator.files import StoredFile

Json = dict[str, Any]


def of_file(stored: StoredFile, duration: int = 0, width: int = 0, height: int = 0, emoji: str | None = None) -> Json:
    """{"photo": [...]}, {"document": {...}} and so on, by the file's kind."""
    if stored.kind == "photo":
        return {"photo": stored.sizes or [{**stored.identity(), "width": stored.width, "height": stored.height}]}
    described = stored.identity()
    if stored.kind == "document":
        described |= {"file_name": stored.name, "mime_type": stored.mime_type}
    elif stored.kind == "voice":
        described |= {"duration": duration, "mime_type": stored.mime_type}
    elif stored.kind == "video":
        described |= {
            "width": width or 640,
            "height": height or 480,
            "duration": duration,
            "file_name": stored.name,
            "mime_type": stored.mime_type,
        }
    elif stored.kind == "sticker":
        described |= {
            "type": "regular",
            "width": stored.width or 512,
            "height": stored.height or 512,
            "is_animated": False,
            "is_video": False,
        }
        if emoji:
            described["emoji"] = emoji
    return {stored.kind: described}
