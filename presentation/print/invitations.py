"""Invitation cards to cut out and hand over, each with the QR code of its single-use link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from presentation.print.formats import clock_time, long_date
from presentation.print.text import hyphenatable, printable
from presentation.print.typesetting import typeset_pdf

if TYPE_CHECKING:
    import segno

LONGEST_LINK = 300
CARDS_PER_PAGE = 8
_LINK_IN_LINE = 60


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """One post's way in. `link` opens the bot once; `expires` is aware and in the organisation's time zone."""

    unit_name: str
    post: str
    link: str
    expires: datetime


def render_invitation_sheet(cards: Sequence[InvitationCard], organisation: str) -> bytes:
    """PDF, A4, eight cards a page with cut marks, in the order given. Raises ValueError for a link over 300 characters."""
    data = {"organisation": printable(organisation, 80), "cards": [_card(card) for card in cards]}
    return typeset_pdf("invitations.typ", data)


def render_qr(link: str) -> bytes:
    """The link's QR code as PNG with its quiet zone, 12 pixels a module. Raises ValueError over 300 characters."""
    picture = io.BytesIO()
    _code(link).save(picture, kind="png", scale=12, border=4)
    return picture.getvalue()


def _card(card: InvitationCard) -> dict[str, object]:
    drawing = io.BytesIO()
    _code(card.link).save(drawing, kind="svg", border=0, xmldecl=False, omitsize=True)
    return {
        "unit": "" if _named_by(card.post, card.unit_name) else hyphenatable(printable(card.unit_name, 120)),
        "post": hyphenatable(printable(card.post, 120)),
        "address": card.link,
        "link": _breakable(card.link.removeprefix("https://")),
        "expires": f"{long_date(card.expires)}, pukul {clock_time(card.expires)}",
        "qr": drawing.getvalue().decode(),
    }


def _named_by(post: str, unit: str) -> bool:
    """Whether the post says which unit it is of: "Camat Air Joman", "Kepala Dinas Pertanian"."""
    return unit in post or unit.partition(" ")[2] in post.partition(" ")[2]


def _breakable(link: str) -> str:
    """Break points only where a line would overflow, since they are copied along with the link."""
    return link if len(link) <= _LINK_IN_LINE else printable(link, LONGEST_LINK)


def _code(link: str) -> segno.QRCode:
    import segno  # only sheets of codes need it, not a start

    if not 0 < len(link) <= LONGEST_LINK:
        raise ValueError(f"a link of {len(link)} characters does not make a readable QR code")
    # Medium correction: the card is folded, copied and held under bad light.
    return segno.make_qr(link, error="m")
