"""What an error means, and what becomes of the row: every case in a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from delivery.decisions import REPEATS_ORDINARY, UNKNOWN_TOKEN_TRIES, UNSENT_TRIES, Due, as_plain_text, decide
from delivery.telegram import Outcome, Verdict, judge
from models.mailbox import OutboxState


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (caused(NetworkError("x"), httpx.ConnectError("refused")), Outcome.UNSENT),
        (caused(TimedOut(), httpx.ConnectTimeout("slow")), Outcome.UNSENT),
        (caused(TimedOut(), httpx.PoolTimeout("full")), Outcome.UNSENT),
        (InvalidToken("Unauthorized"), Outcome.UNSENT),
        (Conflict("another"), Outcome.UNSENT),
        (caused(TimedOut(), httpx.ReadTimeout("lost")), Outcome.UNKNOWN),
        (caused(TimedOut(), httpx.WriteTimeout("lost")), Outcome.UNKNOWN),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("closed")), Outcome.UNKNOWN),
        (caused(NetworkError("x"), httpx.ReadError("reset")), Outcome.UNKNOWN),
        (NetworkError("Internal Server Error"), Outcome.UNKNOWN),
        (TelegramError("Invalid server response"), Outcome.UNKNOWN),
        (RetryAfter(timedelta(seconds=7)), Outcome.LATER),
        (ChatMigrated(-1001), Outcome.MOVED),
        (Forbidden("Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (BadRequest("Bad Request: chat not found"), Outcome.BLOCKED),
        (BadRequest("Bad Request: message is not modified: specified new message…"), Outcome.UNCHANGED),
        (BadRequest("Bad Request: message to edit not found"), Outcome.MISSING),
        (BadRequest("Bad Request: message can't be edited"), Outcome.MISSING),
        (BadRequest("Bad Request: can't parse entities: unexpected end tag"), Outcome.UNPARSABLE),
        (BadRequest("Bad Request: message text is empty"), Outcome.REFUSED),
        (TypeError("our own mistake"), Outcome.REFUSED),
    ],
)
def test_what_an_error_means(error: Exception, outcome: Outcome) -> None:
    assert judge(error).outcome is outcome


def test_how_long_to_wait_and_where_a_group_went() -> None:
    assert judge(RetryAfter(timedelta(seconds=7))).retry_after == 7
    assert judge(ChatMigrated(-1001)).new_chat_id == -1001


def due(method: str = "sendMessage", **given: Any) -> Due:
    row: dict[str, Any] = {
        "id": 1, "chat_id": 7, "member_id": 3, "card_id": None, "kind": "pesan", "method": method,
        "payload": {"text": "<b>a</b>", "parse_mode": "HTML"}, "attempts": 1, "possible_repeat": False,
        "message_id": None, "since": datetime(2026, 1, 23, tzinfo=UTC),
    }  # fmt: skip
    return Due(**(row | given))


def test_sent_keeps_the_message_id() -> None:
    change = decide(due(card_id=9), Verdict(Outcome.SENT, result={"message_id": 44}))
    assert (change.state, change.message_id, change.card_message) == (OutboxState.SENT, 44, 44)


def test_an_album_is_known_by_its_first_picture() -> None:
    change = decide(due("sendMediaGroup"), Verdict(Outcome.SENT, result=[{"message_id": 44}, {"message_id": 45}]))
    assert change.message_id == 44


def test_an_edit_leaves_the_cards_message_alone() -> None:
    edit = due("editMessageText", card_id=9, message_id=44)
    change = decide(edit, Verdict(Outcome.SENT, result={"message_id": 44}))
    assert (change.card_message, change.forget_card_message) == (None, False)
    assert decide(edit, Verdict(Outcome.UNCHANGED)).state is OutboxState.SENT


@pytest.mark.parametrize("outcome", [Outcome.UNSENT, Outcome.LATER, Outcome.MOVED])
def test_what_was_certainly_not_delivered_is_not_counted(outcome: Outcome) -> None:
    change = decide(due(attempts=1), Verdict(outcome))
    assert (change.state, change.attempts, change.possible_repeat) == (OutboxState.READY, 0, False)


def test_what_never_leaves_is_given_up_after_many_tries() -> None:
    assert decide(due(), Verdict(Outcome.UNSENT), tries=UNSENT_TRIES - 1).state is OutboxState.READY
    assert decide(due(), Verdict(Outcome.UNSENT), tries=UNSENT_TRIES).state is OutboxState.FAILED
    not_found = Verdict(Outcome.UNSENT, "Not Found")
    assert decide(due("sendNonsense"), not_found, tries=UNKNOWN_TOKEN_TRIES).state is OutboxState.FAILED


def test_a_lost_response_means_once_more_and_says_so() -> None:
    change = decide(due(attempts=1), Verdict(Outcome.UNKNOWN, "lost"))
    assert (change.state, change.possible_repeat, change.error) == (OutboxState.READY, True, "lost")
    last = decide(due(attempts=REPEATS_ORDINARY + 1), Verdict(Outcome.UNKNOWN, "lost"))
    assert (last.state, last.possible_repeat) == (OutboxState.UNCERTAIN, True)


def test_a_lost_toast_is_left_in_doubt() -> None:
    change = decide(due("answerCallbackQuery", kind="toast"), Verdict(Outcome.UNKNOWN, "lost"))
    assert (change.state, change.possible_repeat) == (OutboxState.UNCERTAIN, False)


def test_refused_blocked_and_missing_fail_each_in_its_way() -> None:
    refused = decide(due(), Verdict(Outcome.REFUSED, "message text is empty"))
    assert (refused.state, refused.error, refused.unreachable) == (OutboxState.FAILED, "message text is empty", False)
    assert decide(due(), Verdict(Outcome.BLOCKED)).unreachable
    missing = decide(due("editMessageText", card_id=9, message_id=44), Verdict(Outcome.MISSING))
    assert (missing.state, missing.forget_card_message) == (OutboxState.FAILED, True)
    assert decide(due("deleteMessage", card_id=9, message_id=44), Verdict(Outcome.MISSING)).state is OutboxState.SENT


def test_wrong_formatting_goes_out_once_as_plain_text() -> None:
    first = decide(due(), Verdict(Outcome.UNPARSABLE, "can't parse entities"))
    assert (first.state, first.payload, first.defect) == (OutboxState.READY, {"text": "a"}, True)
    again = decide(due(payload={"text": "a"}), Verdict(Outcome.UNPARSABLE))
    assert again.state is OutboxState.FAILED


def test_plain_text_keeps_what_people_wrote() -> None:
    payload = {
        "caption": "<b>5 &lt; 6</b> &amp; <a href='x'>tautan</a> 3 < 4", "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "<b>"}]]},
    }  # fmt: skip
    assert as_plain_text(payload) == {
        "caption": "5 < 6 & tautan 3 < 4",
        "reply_markup": {"inline_keyboard": [[{"text": "<b>"}]]},
    }
    album = {"media": [{"type": "photo", "caption": "<i>a</i>", "parse_mode": "HTML"}, {"caption": "<i>b</i>"}]}
    assert as_plain_text(album) == {"media": [{"type": "photo", "caption": "a"}, {"caption": "<i>b</i>"}]}
