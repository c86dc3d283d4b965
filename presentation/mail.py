"""Puts what the bot says into the outbox: messages, cards that are edited in place, files, answers to buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.mailbox import Card, OutboxState, Outgoing, Urgency, enqueue, enqueue_many
from models.people import Member
from presentation.chat import CAPTION_LIMIT, TEXT_LIMIT, fit, pieces, visible_length
from presentation.keyboards import Keyboard, markup


@dataclass(frozen=True)
class Content:
    """A message ready to be shown: Telegram HTML and the buttons below it."""

    text: str
    keyboard: Keyboard = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": markup(self.keyboard),
        }


@dataclass(frozen=True)
class Mail:
    """Says things within one transaction. `now` is the injected clock's; `to` is a member, or the id of a chat."""

    session: AsyncSession
    now: datetime

    async def say(
        self,
        to: Member | int,
        content: Content | str,
        *,
        kind: str = "answer",
        urgency: Urgency = Urgency.ANSWER,
        reply_to: int | None = None,
        dedupe_key: str | None = None,
        not_before: datetime | None = None,
    ) -> None:
        """Send a message; a text over Telegram's limit goes out in several, the buttons under the last."""
        shown = content if isinstance(content, Content) else Content(content)
        parts = pieces(shown.text, TEXT_LIMIT)
        for index, part in enumerate(parts):
            last = index == len(parts) - 1
            payload = Content(part, shown.keyboard if last else []).payload()
            if reply_to is not None and index == 0:
                payload["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
            key = f"{dedupe_key}#{index}" if dedupe_key and index else dedupe_key
            await self._put(to, "sendMessage", payload, kind, urgency, dedupe_key=key, not_before=not_before)

    async def show(
        self,
        subject: str,
        to: Member | int,
        content: Content,
        *,
        kind: str = "card",
        urgency: Urgency = Urgency.ANSWER,
        dedupe_key: str | None = None,
        not_before: datetime | None = None,
    ) -> Card:
        """Send a card: a message that `redraw` edits in place later."""
        payload = content.payload()
        card = Card(chat_id=_chat(to), member_id=_member_id(to), subject=subject, shown=payload, created_at=self.now)
        self.session.add(card)
        await self.session.flush()
        await self._put(
            to, "sendMessage", payload, kind, urgency, card_id=card.id, dedupe_key=dedupe_key, not_before=not_before
        )
        return card

    async def show_many(
        self,
        shown: Sequence[tuple[str, Member, Content]],
        *,
        kind: str = "card",
        urgency: Urgency = Urgency.BULK,
        silent: bool = False,
    ) -> None:
        """Send many cards, as (subject, to, content), in a few statements: a notulen's are hundreds.

        `silent` ones arrive without a sound.
        """
        cards = [
            Card(chat_id=to.chat_id, member_id=to.id, subject=subject, shown=content.payload(), created_at=self.now)
            for subject, to, content in shown
        ]
        self.session.add_all(cards)
        await self.session.flush()
        sound = {"disable_notification": True} if silent else {}
        rows = [
            {"chat_id": card.chat_id, "member_id": card.member_id, "card_id": card.id, "payload": card.shown | sound}
            for card in cards
        ]
        await enqueue_many(self.session, rows, now=self.now, method="sendMessage", kind=kind, urgency=urgency)

    async def cards(self, subject: str) -> Sequence[Card]:
        return (await self.session.scalars(select(Card).where(Card.subject == subject).order_by(Card.id))).all()

    async def redraw(self, subject: str, content: Content, *, urgency: Urgency = Urgency.ANSWER) -> None:
        """Bring the newest card of the subject up to date in every chat. Older ones have scrolled away."""
        newest = {card.chat_id: card for card in await self.cards(subject)}
        for card in newest.values():
            await self.redraw_card(card, content, urgency=urgency)

    async def redraw_card(self, card: Card, content: Content, *, urgency: Urgency = Urgency.ANSWER) -> None:
        """Edit one card. An edit that would change nothing isn't sent; one still waiting takes the newer content."""
        payload = content.payload()
        if payload == card.shown:
            return
        card.shown = payload
        waiting = (
            await self.session.scalars(
                select(Outgoing)
                .where(Outgoing.card_id == card.id, Outgoing.state == OutboxState.READY)
                .order_by(Outgoing.id.desc())
                .limit(1)
            )
        ).first()
        if waiting is not None:
            waiting.payload = {**waiting.payload, **payload}
            waiting.urgency = min(waiting.urgency, urgency)
            return
        await enqueue(
            self.session,
            now=self.now,
            chat_id=card.chat_id,
            method="editMessageText",
            payload=payload,
            kind="edit",
            urgency=urgency,
            member_id=card.member_id,
            card_id=card.id,
        )

    async def edit(self, chat_id: int, message_id: int, content: Content) -> None:
        """Edit a message that has been sent, whether it is a card or not."""
        known = select(Card).where(Card.chat_id == chat_id, Card.message_id == message_id)
        card = (await self.session.scalars(known.limit(1))).first()
        if card is not None:
            await self.redraw_card(card, content)
            return
        payload = {**content.payload(), "message_id": message_id}
        await self._put(chat_id, "editMessageText", payload, "edit", Urgency.ANSWER)

    async def send_file(
        self,
        to: Member | int,
        method: str,
        path: str,
        content: Content,
        *,
        kind: str,
        urgency: Urgency = Urgency.ANSWER,
        file_name: str | None = None,
        dedupe_key: str | None = None,
        not_before: datetime | None = None,
    ) -> None:
        """Send a picture ("sendPhoto") or document ("sendDocument") stored under files.directory, with a caption."""
        if visible_length(content.text) > CAPTION_LIMIT:
            raise ValueError(f"a caption has at most {CAPTION_LIMIT} characters")
        file: dict[str, Any] = {"$file": path} if file_name is None else {"$file": path, "$name": file_name}
        payload = {
            {"sendPhoto": "photo", "sendDocument": "document"}[method]: file,
            "caption": content.text,
            "parse_mode": "HTML",
            "reply_markup": markup(content.keyboard),
        }
        await self._put(to, method, payload, kind, urgency, dedupe_key=dedupe_key, not_before=not_before)

    async def send_again(self, to: Member | int, method: str, payload: dict[str, Any], *, kind: str) -> None:
        """Send something Telegram already has, by its file_id, or a location."""
        await self._put(to, method, payload, kind, Urgency.ANSWER)

    async def answer_press(self, chat_id: int, callback_query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Stop a pressed button's spinner, with a word of at most 200 characters."""
        payload: dict[str, Any] = {"callback_query_id": callback_query_id}
        if text:
            payload |= {"text": fit(text)[:200], "show_alert": alert}
        key = f"press:{callback_query_id}"
        await self._put(chat_id, "answerCallbackQuery", payload, "toast", Urgency.ANSWER, dedupe_key=key)

    async def _put(
        self,
        to: Member | int,
        method: str,
        payload: dict[str, Any],
        kind: str,
        urgency: Urgency,
        *,
        card_id: int | None = None,
        dedupe_key: str | None = None,
        not_before: datetime | None = None,
    ) -> None:
        await enqueue(
            self.session,
            now=self.now,
            chat_id=_chat(to),
            method=method,
            payload=payload,
            kind=kind,
            urgency=urgency,
            member_id=_member_id(to),
            card_id=card_id,
            dedupe_key=dedupe_key,
            not_before=not_before,
        )


def _chat(to: Member | int) -> int:
    return to if isinstance(to, int) else to.chat_id


def _member_id(to: Member | int) -> int | None:
    return None if isinstance(to, int) else to.id
