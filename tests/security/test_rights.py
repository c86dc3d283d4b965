"""Every command, button and question, tried by every role, on own and others' tasks, in private and in a group."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from handlers import COMMANDS, PRESSES, STEPS
from handlers.rights import RIGHTS, Deed, Scope, scope_of
from models.people import Member
from tests.security.stage import GROUP, HIDDEN, OTHERS, OTHERS_REPORT, OWN, OWN_REPORT, PENDING_REPORT, Stage


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The gate is the same on both engines; these thousands of attempts are made on the faster one."""
    return sqlite_url


ALIEN: tuple[tuple[object, ...], ...] = (
    (OTHERS,), (HIDDEN,), (OTHERS_REPORT,), (PENDING_REPORT, OWN), (OWN_REPORT, OTHERS), (OWN_REPORT, HIDDEN),
    (OTHERS_REPORT, 80), (101 + 1, 0), (103, 0), (4001,),
)  # fmt: skip
"""Arguments that lead to what isn't Camat Air Joman's."""
SHOWS_OWN = frozenset({"tasks", "percent", "receipt", "no_obstacle", "other_task"})
"""Buttons that show the presser's own tasks or report again, whatever else stands in their data."""
VALID: tuple[tuple[object, ...], ...] = ((), (OWN,), (151,), (5001,), (4001,), (101, 0), (OWN_REPORT, 50), (1004,))
FORGED = (
    "1:{verb}:999999", "1:{verb}:-1", "1:{verb}:", "1:{verb}::", "1:{verb}:0", "1:{verb}:1e3", "1:{verb}:²",
    "1:{verb}:٣", "1:{verb}:99999999999999999999999999999999", "1:{verb}:9223372036854775808:1", "1:{verb}:abc:def:ghi",
    "1:{verb}:1001:x", "1:{verb}:\x00", "1:{verb}:\ud83d", "1:{verb}:' OR 1=1 --", "1:{verb}:../../etc",
)  # fmt: skip
BROKEN = ("", ":", "1", "1:", "2:{verb}:1001", "0:{verb}:1001", "{verb}:1001", "1:{cut}", "1:{verb}x:1001", "1 :{verb}")


async def _members(stage: Stage) -> dict[str, Member]:
    return {name: await stage.cast.member_row(person) for name, person in stage.people.items()}


async def test_a_button_without_the_right_changes_nothing_and_is_on_record(stage: Stage) -> None:
    members = await _members(stage)
    tried = 0
    for press, (name, person) in itertools.product(PRESSES, stage.people.items()):
        if scope_of(members[name], press.deed) is not None:
            continue
        data = f"1:{press.verb}:{OWN}"
        attempt = await stage.presses(person, data)
        assert attempt.changed == [], (name, data)
        assert len(attempt.answers) == 1, (name, data)
        assert attempt.answers[0]["show_alert"], (name, data)
        assert attempt.was_refused_on_record, (name, data)
        tried += 1
    assert tried > 300


async def test_a_command_without_the_right_changes_nothing_and_is_on_record(stage: Stage) -> None:
    members = await _members(stage)
    for command, (name, person) in itertools.product(COMMANDS, stage.people.items()):
        attempt = await stage.says(person, f"/{command.name} Air Joman agar mendata sawah, 30 Januari 2026")
        assert attempt.calls, (name, command.name)
        if scope_of(members[name], command.deed) is None:
            assert attempt.changed == [], (name, command.name)
            assert attempt.was_refused_on_record, (name, command.name)
            assert "bukan untuk jabatan" in attempt.calls[0][2]["text"]


async def test_an_answer_to_a_question_without_the_right_changes_nothing(stage: Stage) -> None:
    """A post may end between the bot's question and the person's answer."""
    members = await _members(stage)
    about = {
        "assignment": OWN,
        "report": OWN_REPORT,
        "extension": 4001,
        "directive": 101,
        "minutes": 5001,
        "draft": 151,
    }
    for step, (name, person) in itertools.product(STEPS, stage.people.items()):
        if scope_of(members[name], step.deed) is None:
            attempt = await stage.says(person, "60", step=step.name, **about)
            assert attempt.changed == [], (name, step.name)
            assert attempt.was_refused_on_record, (name, step.name)
            assert attempt.calls, (name, step.name)


async def test_a_unit_changes_nothing_of_another_units_task(stage: Stage) -> None:
    camat = stage.people["camat"]
    refused = 0
    for press, arguments in itertools.product(PRESSES, ALIEN):
        if press.deed not in (Deed.WORK, Deed.LOOK):
            continue
        if arguments[0] == OWN_REPORT and press.verb not in ("move_to", "is_about"):
            # The others take one's own report by its number and don't look further.
            continue
        data = ":".join(["1", press.verb, *map(str, arguments)])
        attempt = await stage.presses(camat, data)
        assert len(attempt.answers) == 1, data
        # What is one's own may change: which question the bot waits for, and the cards of one's own list.
        assert set(attempt.changed) <= {"dialogues", "cards"}, (data, attempt.changed)
        if press.deed == Deed.WORK and "cards" in attempt.changed:
            assert press.verb in SHOWS_OWN, data
        assert not attempt.shows("arahan 2"), data
        assert not attempt.shows("foto-lain"), data
        refused += attempt.was_refused_on_record
    assert refused > 150


async def test_a_unit_is_refused_on_record_for_each_button_of_another_units_card(stage: Stage) -> None:
    for verb in ("accept", "report", "obstacle", "extension", "finish", "finish_bare", "look_task", "evidence"):
        attempt = await stage.presses(stage.people["camat"], f"1:{verb}:{OTHERS}")
        assert attempt.changed == [], verb
        assert attempt.deeds[-1].startswith("forbidden"), verb
    for verb in ("percent", "no_obstacle", "receipt", "other_task", "withdraw", "unfinish", "is_none"):
        attempt = await stage.presses(stage.people["camat"], f"1:{verb}:{OTHERS_REPORT}")
        assert attempt.changed == [], verb
        assert attempt.was_refused_on_record, verb


async def test_answers_in_a_dialogue_about_another_units_task_are_refused(stage: Stage) -> None:
    about: dict[str, Any] = {
        "assignment": OTHERS,
        "report": OTHERS_REPORT,
        "until": "2026-02-10T16:00:00+07:00",
        "has_time": False,
    }
    for step in STEPS:
        if step.deed == Deed.WORK:
            attempt = await stage.says(stage.people["camat"], "60", step=step.name, **about)
            # What one may no longer answer is no longer waited for; nothing else changes.
            assert set(attempt.changed) <= {"dialogues"}, step.name
            assert attempt.calls, step.name


async def test_forged_and_broken_data_is_answered_and_harms_nothing(stage: Stage) -> None:
    members = await _members(stage)
    for number, press in enumerate(PRESSES):
        rightful = next(
            name
            for name in ("camat", "sekretariat", "bupati", "admin")
            if scope_of(members[name], press.deed) is not None
        )
        # Each button gets a fourth of the forgeries, each forgery a fourth of the buttons of every kind.
        for template in FORGED[number % 4 :: 4]:
            data = template.replace("{verb}", press.verb)
            attempt = await stage.presses(stage.people[rightful], data)
            assert len(attempt.answers) == 1, data
            if str(OWN) not in data:
                assert {"assignments", "reports", "members", "holdings", "extensions"}.isdisjoint(attempt.changed), data
    for template, press in itertools.product(BROKEN, PRESSES[:3]):
        data = template.replace("{verb}", press.verb).replace("{cut}", press.verb[:-1])
        attempt = await stage.presses(stage.people["camat"], data)
        assert attempt.changed == [], data
        assert attempt.was_refused_on_record, data
        assert len(attempt.answers) == 1, data


async def test_every_button_answers_the_person_whose_it_is(stage: Stage) -> None:
    """No button raises or stays silent, whatever thing its number names."""
    stage.looks = False
    members = await _members(stage)
    for number, press in enumerate(PRESSES):
        for name in ("camat", "sekretariat", "bupati", "admin"):
            if scope_of(members[name], press.deed) is None:
                continue
            for arguments in VALID[number % 2 :: 2]:
                data = ":".join(["1", press.verb, *map(str, arguments)])
                attempt = await stage.presses(stage.people[name], data)
                assert len(attempt.answers) == 1, (name, data)
            break


async def test_a_button_in_a_group_shows_and_changes_nothing(stage: Stage) -> None:
    for press in PRESSES:
        assert not press.in_groups
        attempt = await stage.presses(stage.people["sekretariat"], f"1:{press.verb}:{OWN}", chat=GROUP)
        assert attempt.changed == [], press.verb
        assert attempt.was_refused_on_record, press.verb
        assert [method for _, method, _ in attempt.calls] == ["answerCallbackQuery"], press.verb


async def test_in_a_group_only_the_commands_meant_for_it_are_heard(stage: Stage) -> None:
    for command, person in itertools.product(COMMANDS, stage.people.values()):
        attempt = await stage.says(person, f"/{command.name}", chat=GROUP)
        assert attempt.changed == [], command.name
        assert bool(attempt.calls) <= command.in_groups, command.name
        assert all(chat == GROUP for chat, _, _ in attempt.calls), command.name


async def test_a_stranger_changes_nothing_with_anything(stage: Stage) -> None:
    stranger = stage.cast.stranger()
    for press in PRESSES:
        attempt = await stage.presses(stranger, f"1:{press.verb}:{OWN}")
        assert attempt.changed == [], press.verb
        assert attempt.was_refused_on_record, press.verb
        assert len(attempt.answers) == 1, press.verb
    for command in COMMANDS:
        attempt = await stage.says(stranger, f"/{command.name} apa saja")
        assert attempt.changed == [], command.name
        assert "mohon minta tautan undangan" in attempt.calls[0][2]["text"]


async def test_whose_access_was_revoked_is_a_stranger(stage: Stage) -> None:
    row = await stage.cast.member_row(stage.people["camat"])
    async with stage.cast.database.writing() as session:
        (await session.get_one(Member, row.id)).revoked_at = stage.cast.clock.now()
    await stage.remember()
    attempt = await stage.presses(stage.people["camat"], f"1:report:{OWN}")
    assert (attempt.changed, attempt.deeds) == ([], ["forbidden: stranger"])


@pytest.mark.parametrize(
    ("who", "data"),
    [
        ("sekretariat", "1:approve:1004"),
        ("sekretariat", "1:grant:4001"),
        ("sekretariat", "1:drafts_send:5001"),
        ("sekretariat", "1:drafts_discard:5001"),
        ("sekretariat", "1:drafts_restore:5002"),
        ("camat", f"1:finish_bare:{OWN}"),
        ("camat", f"1:withdraw:{OWN_REPORT}"),
        ("camat lain", f"1:is_about:{PENDING_REPORT}:{OTHERS}"),
        ("camat lain", f"1:is_none:{PENDING_REPORT}"),
        ("admin", "1:revoke_yes:6"),
        ("admin", "1:end_holding:6"),
    ],
)
async def test_a_decision_that_is_replayed_decides_nothing_again(stage: Stage, who: str, data: str) -> None:
    person = stage.people[who]
    first = await stage.presses(person, data, keep=True)
    assert first.changed, "the first press decides"
    await stage.remember()
    again = await stage.presses(person, data)
    assert again.changed == []
    assert again.was_refused_on_record
    assert len(again.answers) == 1


def test_the_table_names_every_deed_and_every_route_has_one() -> None:
    assert set(RIGHTS) == set(Deed)
    assert all(scope in (Scope.ALL, Scope.OWN) for granted in RIGHTS.values() for scope in granted.values())
    assert all(route.deed in RIGHTS for route in (*COMMANDS, *PRESSES, *STEPS))
