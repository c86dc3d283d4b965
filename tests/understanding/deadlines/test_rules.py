"""Every table of examples, one per section of the rules, and the examples that were published with them."""

from __future__ import annotations

import csv

import pytest
from dateutil.rrule import rrulestr

from tests.understanding.deadlines.reading import DATA, answer, examples, read

SECTIONS = (
    "calendar_dates.txt",
    "weekdays.txt",
    "lengths.txt",
    "periods.txt",
    "working_days.txt",
    "times.txt",
    "spelling.txt",
    "sentences.txt",
    "no_deadline.txt",
    "recurring.txt",
    "holidays.txt",
    "number_words.txt",
    "written_forms.txt",
    "around_new_year.txt",
    "cues.txt",
    "taken_back.txt",
    "impossible.txt",
)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_wording_of_the_section_means_what_the_rules_say(section: str) -> None:
    rows = list(examples(section))
    wrong = [
        f"{at}: {phrase!r} -> {got}, expected {expected}"
        for at, phrase, expected, _ in rows
        if (got := answer(phrase, at)) != expected
    ]
    assert len(rows) >= 20
    assert not wrong, "\n".join(wrong)


def test_recurring_wordings_come_with_the_rule_that_repeats_them() -> None:
    rows = [row for row in examples("recurring.txt") if row[2] != "INVALID"]
    for at, phrase, _, rule in rows:
        deadline = read(phrase, at)
        assert deadline is not None
        assert (deadline.recurring, deadline.recurrence) == (True, rule), phrase


def test_the_rule_that_repeats_a_wording_begins_with_its_first_due_date() -> None:
    for at, phrase, expected, rule in examples("recurring.txt"):
        deadline = None if expected == "INVALID" else read(phrase, at)
        if deadline is None or "mulai" in phrase:  # "mulai" may name a day off the rule
            continue
        first = deadline.due.replace(tzinfo=None)
        assert rrulestr(rule, dtstart=first)[0] == first, phrase


def test_the_published_examples() -> None:
    with (DATA / "public.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [
        f"{row['id']} {row['phrase']!r} -> {got}, expected {row['expected']}"
        for row in rows
        if (got := answer(row["phrase"], row["reference"])) != row["expected"]
    ]
    assert len(rows) == 243
    assert not wrong, "\n".join(wrong)


def test_the_examples_say_which_wordings_recur() -> None:
    with (DATA / "public.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["expected"] in ("NONE", "INVALID"):
            continue
        deadline = read(row["phrase"], row["reference"])
        assert deadline is not None
        assert deadline.recurring == row["note"].startswith("recurring"), row["phrase"]
