"""Invariants 8 and 9 on a virtual clock: the limits hold over any window, and the time they leave is used."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.decisions import Due
from delivery.outbox import Candidate, pick
from delivery.pacing import Limits, Pacing
from models.mailbox import PAYLOAD_VERSION, Urgency

LIMITS = Limits()


def send_all(chats: list[int], pacing: Pacing | None = None, start: float = 0.0) -> list[tuple[float, int]]:
    """Send one message to each of these chats, in this order where the limits let them; when each went."""
    pacing = pacing or Pacing(LIMITS)
    waiting, sent, now = list(chats), [], start
    while waiting:
        now = pacing.next_slot(now)
        blocked = set(pacing.blocked(now))
        chat = next((chat for chat in waiting if chat not in blocked), None)
        if chat is None:
            now = pacing.next_change(now)
            continue
        waiting.remove(chat)
        pacing.note_call(now, chat)
        sent.append((now, chat))
    return sent


def most_within(times: list[float], window: float) -> int:
    return max(bisect_left(times, moment + window) - i for i, moment in enumerate(times))


def test_a_thousand_people_get_thirty_messages_in_any_second_and_no_fewer() -> None:
    times = [moment for moment, _ in send_all(list(range(1, 1001)))]
    assert most_within(times, 1.0) <= 30
    rate = (len(times) - 1) / (times[-1] - times[0])
    assert rate >= 0.98 * 30
    gaps = [after - before for before, after in pairwise(times)]
    assert min(gaps) >= 0.9 / 30, "evenly, not in bursts"


def test_one_person_gets_one_message_a_second_sustained() -> None:
    times = [moment for moment, _ in send_all([7] * 60)]
    for seconds in (1, 5, 20, 50):
        assert most_within(times, seconds) <= seconds + LIMITS.private_burst - 1
    assert times[-1] <= 58


def test_a_group_gets_twenty_messages_in_any_minute_and_no_fewer() -> None:
    times = [moment for moment, _ in send_all([-100] * 100)]
    assert most_within(times, 60.0) == 20
    assert times[-1] < 4 * 60 + 20


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 3, 4, -1, -2]) | st.integers(10, 400), min_size=1, max_size=150))
def test_the_limits_hold_whatever_is_sent(chats: list[int]) -> None:
    sent = send_all(chats)
    times = [moment for moment, _ in sent]
    assert times == sorted(times)
    assert most_within(times, 1.0) <= 30
    for chat in set(chats):
        mine = [moment for moment, other in sent if other == chat]
        if chat < 0:
            assert most_within(mine, 60.0) <= 20
        else:
            assert most_within(mine, 10.0) <= 10 + LIMITS.private_burst - 1


def test_a_refusal_holds_its_chat_and_only_that() -> None:
    pacing = Pacing(LIMITS)
    pacing.note_refusal(0.0, 7, 5.0)
    assert pacing.blocked(1.0) == [7]
    assert pacing.next_slot(1.0) == 1.0
    assert pacing.next_change(1.0) == 5.0
    assert pacing.blocked(5.0) == []


def test_refusals_for_two_chats_hold_everyone() -> None:
    pacing = Pacing(LIMITS)
    pacing.note_refusal(0.0, 7, 5.0)
    pacing.note_refusal(1.0, 8, 30.0)
    assert pacing.next_slot(2.0) == 31.0
    later = Pacing(LIMITS)
    later.note_refusal(0.0, 7, 5.0)
    later.note_refusal(20.0, 8, 5.0)
    assert later.next_slot(21.0) == 21.0


def test_without_limits_a_refusal_is_still_honoured() -> None:
    pacing = Pacing(Limits(overall=None))
    for _ in range(100):
        pacing.note_call(0.0, 7)
    assert (pacing.next_slot(0.0), pacing.blocked(0.0)) == (0.0, [])
    pacing.note_refusal(0.0, 7, 3.0)
    assert pacing.blocked(1.0) == [7]


def test_chats_that_are_quiet_are_forgotten() -> None:
    pacing = Pacing(LIMITS)
    send_all([*range(1, 300), -5], pacing)
    assert pacing.blocked(1000.0) == []
    assert pacing._chats == {}


def candidate(row_id: int, urgency: Urgency, chat: int) -> Candidate:
    row = Due(row_id, chat, None, None, "k", "sendMessage", {}, 1, False, None, datetime(2026, 1, 23, tzinfo=UTC))
    return Candidate(row, urgency, None, PAYLOAD_VERSION)


def picked(found: dict[int, list[Candidate]], count: int, turn: int = 0) -> list[int]:
    return [chosen.due.id for chosen in pick(found, count, turn)]


def test_answers_go_first_and_the_rest_is_never_starved() -> None:
    found: dict[int, list[Candidate]] = {
        urgency: [
            candidate(1000 * (int(urgency) + 1) + i, urgency, 10_000 * (int(urgency) + 1) + i) for i in range(800)
        ]
        for urgency in Urgency
        if urgency is not Urgency.PRESS
    }
    chosen = pick(found, 800, 0)
    shares = [sum(c.urgency == urgency for c in chosen) / 800 for urgency in range(4)]
    assert shares == [5 / 8, 1 / 8, 1 / 8, 1 / 8]


def test_an_answer_overtakes_waiting_bulk_whatever_turn_it_is() -> None:
    bulk = [candidate(i, Urgency.BULK, i) for i in range(1, 100)]
    for turn in range(8):
        found = {int(Urgency.BULK): bulk, int(Urgency.ANSWER): [candidate(500, Urgency.ANSWER, 500)]}
        assert 500 in picked(found, 2, turn)


def test_a_press_is_answered_before_everything_even_in_a_busy_chat() -> None:
    found = {
        int(Urgency.ANSWER): [candidate(1, Urgency.ANSWER, 7)],
        int(Urgency.PRESS): [candidate(2, Urgency.PRESS, 7), candidate(3, Urgency.PRESS, 7)],
    }
    assert picked(found, 5) == [2, 3, 1]


def test_a_chat_gets_its_messages_one_at_a_time_and_in_order() -> None:
    found = {int(Urgency.ANSWER): [candidate(i, Urgency.ANSWER, 7 + i % 2) for i in range(1, 9)]}
    assert picked(found, 8) == [1, 2]
