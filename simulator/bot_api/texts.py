"""Text and caption of an outgoing message: parsed, trimmed, measured."""

from __future__ import annotations

from typing import Any

from simulator.bot_api.errors import bad_request
from simulator.bot_api.html import parse_html
from simulator.entities import utf16_length, with_detected

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_UNSEEN = {code: " " for code in range(32) if code not in (9, 10)} | {13: None}


def formatted(source: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Plain text and all its entities. Length is not checked here."""
    source = source.translate(_UNSEEN)
    if not parse_mode:
        given = _checked(source, entities or [])
        text = source
    elif parse_mode.lower() == "html":
        text, given = parse_html(source)
    else:
        raise bad_request("unsupported parse_mode")
    text, given = _trimmed(text, given)
    return text, with_detected(text, given)


def text_content(params: Json, too_long: str) -> Json:
    """{"text", "entities"?} of sendMessage and editMessageText."""
    if not params.get("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    options = params.get("link_preview_options")
    if options:
        content["link_preview_options"] = options
    return content


def caption_content(params: Json) -> Json:
    """{"caption", "caption_entities"?, "show_caption_above_media"?}, empty when there is no caption."""
    source = params.get("caption")
    if not source:
        return {}
    text, entities = formatted(source, params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    content: Json = {"caption": text}
    if entities:
        content["caption_entities"] = entities
    if params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def _checked(text: str, entities: list[Json]) -> list[Json]:
    length = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > length:
            raise bad_request("entity beginning or end is out of the message text")
    return list(entities)


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram drops white space around a message and moves the entities with it."""
    trimmed = text.strip()
    if trimmed == text:
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(trimmed)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] + entity["length"] - lead)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return trimmed, moved
