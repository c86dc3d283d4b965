"""Wordings written from the rules alone, without sight of the reader, and decided rule by rule."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from tests.understanding.deadlines.reading import DATA, answer, read

with (DATA / "examined.tsv").open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
KINDS = Counter(row["kind"] for row in ROWS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_wordings_of_every_kind_mean_what_the_rules_say(kind: str) -> None:
    wrong = [
        f"{row['id']} {row['reference']}: {row['phrase']!r} -> {got}, expected {row['expected']}"
        for row in ROWS
        if row["kind"] == kind and (got := answer(row["phrase"], row["reference"])) != row["expected"]
    ]
    assert not wrong, "\n".join(wrong)


def test_every_kind_of_wording_is_examined() -> None:
    assert len(ROWS) >= 1200
    assert len(KINDS) == 13
    assert min(KINDS.values()) >= 30


def test_wordings_that_repeat_are_known_to_repeat() -> None:
    for row in ROWS:
        if row["kind"] == "recurring":
            deadline = read(row["phrase"], row["reference"])
            assert deadline is not None
            assert deadline.recurring, row["phrase"]
