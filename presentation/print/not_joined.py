"""Who has not joined yet, and whom no message reaches, as a list to telephone by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from presentation.print.formats import clock_time, long_date, number
from presentation.print.letterhead import Letterhead, letterhead_data
from presentation.print.text import printable
from presentation.print.typesetting import typeset_pdf


@dataclass(frozen=True, slots=True)
class EmptyPost:
    """A post that nobody serves; `invited` says how its invitation stands."""

    unit: str
    post: str
    invited: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """A person whom messages don't reach, and since when, in words."""

    name: str
    title: str
    since: str


def render_not_joined(
    letterhead: Letterhead, posts: Sequence[EmptyPost], people: Sequence[Unreached], joined: int, as_of: datetime
) -> bytes:
    """PDF, A4. `joined` is how many posts are served; `as_of` is aware and in the organisation's time zone."""
    total = joined + len(posts)
    data: dict[str, object] = {
        "letterhead": letterhead_data(letterhead),
        "as_of": f"Keadaan {long_date(as_of)}, pukul {clock_time(as_of)}",
        "figures": f"{number(joined)} dari {number(total)} jabatan sudah bergabung; {number(len(posts))} belum.",
        "posts": [[printable(one.unit, 90), printable(one.post, 90), printable(one.invited, 60)] for one in posts],
        "people": [[printable(one.name, 60), printable(one.title, 90), printable(one.since, 60)] for one in people],
    }
    return typeset_pdf("not_joined.typ", data, made_at=as_of)
