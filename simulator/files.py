"""Uploaded files, kept in memory under Telegram-like identifiers."""

from __future__ import annotations

import hashlib
import mimetypes
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from simulator import pictures

Json = dict[str, Any]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
THUMBNAIL_SIDE = 90

_PREFIX = {"photo": "AgAC", "document": "BQAC", "voice": "AwAC", "video": "BAAC", "sticker": "CAAC", "audio": "CQAC"}
_FOLDER = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "sticker": "stickers",
    "audio": "music",
}
_SUFFIX = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "sticker": ".webp"}


@dataclass(slots=True, frozen=True)
class Upload:
    """Bytes on their way in. `size` can claim more than `content` holds, to try limits without the weight."""

    content: bytes
    name: str = "file"
    mime_type: str | None = None
    size: int | None = None

    @property
    def file_size(self) -> int:
        return len(self.content) if self.size is None else self.size

    def guessed_type(self) -> str:
        return self.mime_type or mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(slots=True)
class StoredFile:
    """A file Telegram keeps. `sizes` holds a photo's PhotoSize objects, smallest first."""

    file_id: str
    unique_id: str
    kind: str
    content: bytes = field(repr=False)
    size: int
    name: str
    mime_type: str
    path: str
    width: int = 0
    height: int = 0
    sizes: list[Json] = field(default_factory=list)

    def identity(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    """Everything uploaded by the bot and by people."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file at a `file_path` given out by getFile."""
        return self._by_path.get(path)

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file. Its unique id depends on the content, its file id does not."""
        digest = urlsafe_b64encode(hashlib.sha256(upload.content).digest()[:9]).decode()
        picture = pictures.measure(upload.content) if kind in ("photo", "sticker") else None
        suffix = _SUFFIX.get(kind) or PurePosixPath(upload.name).suffix
        stored = StoredFile(
            file_id=_PREFIX[kind] + secrets.token_urlsafe(51),
            unique_id="AQAD" + digest,
            kind=kind,
            content=upload.content,
            size=upload.file_size,
            name=upload.name,
            mime_type=picture.mime_type if picture else upload.guessed_type(),
            path=f"{_FOLDER[kind]}/file_{len(self._by_path) + 1}{suffix}",
            width=picture.width if picture else 0,
            height=picture.height if picture else 0,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        if kind == "photo":
            stored.sizes = self._photo_sizes(stored)
        return stored

    def _photo_sizes(self, photo: StoredFile) -> list[Json]:
        """The picture itself and, when it is larger than one, a grey thumbnail with the same proportions."""
        full = {**photo.identity(), "width": photo.width, "height": photo.height}
        longest = max(photo.width, photo.height)
        if longest <= THUMBNAIL_SIDE:
            return [full]
        width = max(1, photo.width * THUMBNAIL_SIDE // longest)
        height = max(1, photo.height * THUMBNAIL_SIDE // longest)
        content = pictures.grey_png(width, height)
        small = StoredFile(
            file_id=_PREFIX["photo"] + secrets.token_urlsafe(51),
            unique_id=photo.unique_id[:-1] + "s",
            kind="photo",
            content=content,
            size=len(content),
            name="thumbnail.png",
            mime_type="image/png",
            path=f"thumbnails/file_{len(self._by_path) + 1}.png",
            width=width,
            height=height,
        )
        self._by_id[small.file_id] = small
        self._by_path[small.path] = small
        return [{**small.identity(), "width": width, "height": height}, full]
