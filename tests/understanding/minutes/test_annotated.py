"""Whole notulen are read as their annotation says: every directive, whom it asks, until when, and what must be asked."""

from datetime import datetime
from typing import Any

import pytest

from tests.understanding.minutes.conftest import Annotated, annotated
from understanding.minutes import Draft, read_minutes
from understanding.units import UnitIndex

DOCUMENTS = [*annotated("public"), *annotated("own"), *annotated("examined")]


def same_moment(gold: str | None, due: datetime | None) -> bool:
    if gold is None or due is None:
        return gold is None and due is None
    moment = datetime.fromisoformat(gold)
    same_day = moment.date() == due.date()
    return same_day and (moment.strftime("%H:%M:%S") == "23:59:59" or moment == due)


def accepted(item: dict[str, Any], key: str, accept: str) -> list[Any]:
    return [item[key], *item.get(accept, [])]


def asks_the_same(gold: str, phrase: str) -> bool:
    gold = gold.partition(":")[2].strip() or gold
    return gold.lower() in phrase.lower() or phrase.lower() in gold.lower()


def differences(item: dict[str, Any], draft: Draft) -> list[str]:
    wrong = []
    if list(draft.lines) != item["lines"]:
        wrong.append(f"lines {draft.lines}, not {item['lines']}")
    if set(draft.assignees) != set(item["assignees"]):
        wrong.append(f"assignees {sorted(set(draft.assignees) ^ set(item['assignees']))[:5]} differ")
    if draft.lead not in accepted(item, "lead", "lead_accept"):
        wrong.append(f"lead {draft.lead}, not {item['lead']}")
    if not any(same_moment(gold, draft.due) for gold in accepted(item, "deadline", "deadline_accept")):
        wrong.append(f"due {draft.due}, not {item['deadline']}")
    if draft.programme not in accepted(item, "program", "program_accept"):
        wrong.append(f"programme {draft.programme}, not {item['program']}")
    for phrase in item["unresolved"]:
        if not any(asks_the_same(phrase, asked) for asked in draft.unresolved):
            wrong.append(f"does not ask about {phrase!r}")
    for asked in draft.unresolved:
        allowed = [*item["unresolved"], *item.get("unresolved_accept", [])]
        if not any(asks_the_same(phrase, asked) for phrase in allowed):
            wrong.append(f"asks about {asked!r} for nothing")
    return wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_notulen_is_read_as_annotated(document: Annotated, units: UnitIndex) -> None:
    drafts = read_minutes(document.text, document.meeting_at, units)
    assert len(drafts) == len(document.items), [draft.text for draft in drafts]
    wrong = {
        item["text"][:50]: found
        for item, draft in zip(document.items, drafts, strict=True)
        if (found := differences(item, draft))
    }
    assert wrong == {}
