"""The tables, their relations, and the rules of an assignment's life."""

from models import (  # noqa: F401  (importing them is what makes the tables known)
    assignments,
    dialogues,
    directives,
    letters,
    mailbox,
    meetings,
    papers,
    people,
    records,
    report_cards,
    reports,
    units,
)
from models.base import Base

__all__ = ["Base"]
