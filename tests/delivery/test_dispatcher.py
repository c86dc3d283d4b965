"""Invariants 2 to 5: all effects or none, in order within a chat, tried again, and set aside in the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from delivery import dispatcher as dispatching
from delivery import inbox
from delivery.dispatcher import Dispatcher
from delivery.inbox import DEATHS, free_abandoned, real_now
from delivery.intake import store_updates
from models.database import Database
from models.mailbox import InboxState, Incoming, Outgoing, enqueue
from models.records import Occasion
from tests.delivery.conftest import StandingClock
from tests.delivery.fake_telegram import message, press

APOLOGY = "Mohon maaf, pesan Bapak/Ibu belum dapat diproses. Sekretariat sudah diberi tahu."


class Toy:
    """A handler that writes one fact and one answer per message, and fails where it is told to."""

    def __init__(self, clock: StandingClock) -> None:
        self.clock = clock
        self.handled: list[str] = []
        self.failing: dict[str, int] = {}
        self.before: Callable[[str], Any] | None = None

    async def __call__(self, session: AsyncSession, raw: dict[str, Any]) -> None:
        if "callback_query" in raw:
            raise RuntimeError("no button works today")
        said, chat = raw["message"]["text"], raw["message"]["chat"]["id"]
        session.add(Occasion(key=f"{chat}:{said}", at=self.clock.now()))
        await enqueue(
            session, now=self.clock.now(), chat_id=chat, method="sendMessage", payload={"text": said}, kind="k"
        )
        self.handled.append(said)
        if self.before is not None:
            await self.before(said)
        if self.failing.get(said, 0) > 0:
            self.failing[said] -= 1
            raise RuntimeError(f"cannot deal with {said}")


@pytest.fixture
def toy(clock: StandingClock) -> Toy:
    return Toy(clock)


@pytest.fixture
def dispatcher(database: Database, clock: StandingClock, toy: Toy) -> Dispatcher:
    return Dispatcher(database, clock, toy, apology=APOLOGY)


async def receive(database: Database, *raws: dict[str, Any]) -> None:
    async with database.writing() as session:
        await store_updates(session, raws, real_now())


async def answers(database: Database) -> list[str]:
    async with database.reading() as session:
        rows = await session.scalars(select(Outgoing).order_by(Outgoing.id))
        return [row.payload["text"] for row in rows if row.method == "sendMessage"]


async def facts(database: Database) -> set[str]:
    async with database.reading() as session:
        return set(await session.scalars(select(Occasion.key)))


async def row(database: Database, update_id: int) -> Incoming:
    async with database.reading() as session:
        found = await session.get(Incoming, update_id)
        assert found is not None
        return found


async def time_passes_for_retries(database: Database) -> None:
    """The waits between tries are over."""
    async with database.writing() as session:
        await session.execute(
            update(Incoming).where(Incoming.lease_token.is_(None)).values(lease_until=real_now() - timedelta(seconds=1))
        )


async def work_off(dispatcher: Dispatcher) -> None:
    while await dispatcher.step():
        pass


async def test_a_message_has_its_effects_and_its_answer_together(database: Database, dispatcher: Dispatcher) -> None:
    await receive(database, message(1, 7, "sudah 60%"))
    assert await dispatcher.step() == 1
    assert await facts(database) == {"7:sudah 60%"}
    assert await answers(database) == ["sudah 60%"]
    done = await row(database, 1)
    assert (done.state, done.lease_token, done.error) == (InboxState.DONE, None, None)
    assert await dispatcher.step() == 0


async def test_a_commit_that_fails_leaves_nothing_and_is_made_up_for(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    await receive(database, message(1, 7, "a"), message(2, 8, "b"))
    commits = 0

    def refuse_the_second(*_: Any) -> None:
        nonlocal commits
        commits += 1
        if commits == 2:
            raise OperationalError("COMMIT", {}, Exception("connection lost"))

    event.listen(database.engine.sync_engine, "commit", refuse_the_second)
    with pytest.raises(OperationalError):
        await dispatcher.step()
    assert await facts(database) == set()
    assert await answers(database) == []
    await work_off(dispatcher)
    event.remove(database.engine.sync_engine, "commit", refuse_the_second)
    assert await facts(database) == {"7:a", "8:b"}
    assert sorted(await answers(database)) == ["a", "b"]
    assert (await row(database, 1)).failures == 0


async def test_order_holds_within_a_chat(database: Database, dispatcher: Dispatcher, toy: Toy) -> None:
    await receive(database, *(message(i, 7 + i % 3, f"{i}") for i in range(30)))
    await work_off(dispatcher)
    for chat in range(3):
        mine = [int(said) for said in toy.handled if int(said) % 3 == chat]
        assert mine == sorted(mine)
        assert len(mine) == 10


async def test_a_chat_waits_for_its_failing_message_and_others_do_not(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    toy.failing["rusak"] = 2  # with the others, and by itself
    await receive(database, message(1, 7, "rusak"), message(2, 7, "sesudahnya"), message(3, 8, "lain"))
    await work_off(dispatcher)
    assert await facts(database) == {"8:lain"}
    await time_passes_for_retries(database)
    await work_off(dispatcher)
    assert toy.handled == ["rusak", "rusak", "lain", "rusak", "sesudahnya"]
    assert await answers(database) == ["lain", "rusak", "sesudahnya"]


async def test_after_three_tries_it_is_set_aside_and_the_person_is_told_once(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    toy.failing["rusak"] = 99
    await receive(database, message(1, 7, "rusak"), message(2, 7, "sesudahnya"))
    for _ in range(5):
        await work_off(dispatcher)
        await time_passes_for_retries(database)
    assert toy.handled == ["rusak", "rusak", "rusak", "sesudahnya"]
    aside = await row(database, 1)
    assert (aside.state, aside.failures) == (InboxState.ASIDE, 3)
    assert aside.error == "RuntimeError: cannot deal with rusak"
    assert aside.raw["message"]["text"] == "rusak"
    assert await answers(database) == [APOLOGY, "sesudahnya"]
    assert await facts(database) == {"7:sesudahnya"}


async def test_a_press_that_cannot_be_dealt_with_is_answered(database: Database, dispatcher: Dispatcher) -> None:
    await receive(database, press(1, 7, "v1:terima"))
    for _ in range(3):
        await work_off(dispatcher)
        await time_passes_for_retries(database)
    async with database.reading() as session:
        rows = list(await session.scalars(select(Outgoing).order_by(Outgoing.id)))
    assert [row.method for row in rows] == ["answerCallbackQuery", "sendMessage"]
    assert rows[0].payload["callback_query_id"] == "press-1"
    assert rows[0].payload["text"] == APOLOGY


async def test_one_failure_in_a_batch_undoes_nothing_of_the_others(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    toy.failing["rusak"] = 2
    await receive(database, message(1, 7, "a"), message(2, 8, "rusak"), message(3, 9, "c"))
    assert await dispatcher.step() == 3
    assert await facts(database) == {"7:a", "9:c"}


async def test_what_a_dead_process_held_is_dealt_with_alone(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    await receive(database, *(message(i, i, f"{i}") for i in range(1, 5)))
    await died_over(database, 2, 3)
    async with database.writing() as session:
        assert await free_abandoned(session) == 2
    sizes = []
    while taken := await dispatcher.step():
        sizes.append(taken)
    assert sizes == [2, 1, 1]
    assert sorted(toy.handled) == ["1", "2", "3", "4"]


async def test_an_update_over_which_processes_keep_dying_is_set_aside(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    await receive(database, message(1, 7, "racun"), message(2, 7, "sesudahnya"))
    for _ in range(DEATHS):
        await died_over(database, 1)
    await time_passes(database)
    await work_off(dispatcher)
    assert toy.handled == ["sesudahnya"]
    assert (await row(database, 1)).state == InboxState.ASIDE
    assert await answers(database) == [APOLOGY, "sesudahnya"]


async def test_the_tries_of_a_suspect_are_spread_so_that_an_innocent_outlives_a_series_of_kills(
    database: Database, dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(database, message(1, 7, "a"))
    now, waits = real_now(), []
    monkeypatch.setattr("delivery.inbox.real_now", lambda: now)
    for _ in range(DEATHS):
        await died_over(database, 1)
        async with database.writing() as session:
            await free_abandoned(session)
        until = (await row(database, 1)).lease_until
        waits.append((until - now).total_seconds() if until else 0)
    assert waits == [0, 0.5, 1, 2, 4, 8, 16, 32, 32, 32, 32, 32]
    assert await dispatcher.step() == 0


async def died_over(database: Database, *update_ids: int) -> None:
    """A process took these updates up and ended."""
    async with database.writing() as session:
        await session.execute(
            update(Incoming)
            .where(Incoming.update_id.in_(update_ids))
            .values(attempts=Incoming.attempts + 1, lease_token="dead", lease_until=real_now() + timedelta(seconds=60))
        )


async def time_passes(database: Database) -> None:
    """Leases run out."""
    async with database.writing() as session:
        await session.execute(update(Incoming).values(lease_until=real_now() - timedelta(seconds=1)))


async def test_whoever_lost_the_lease_commits_nothing(
    database: Database, clock: StandingClock, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(database, message(1, 7, "a"), message(2, 8, "b"))
    complete = inbox.complete

    async def meanwhile_taken_over(session: AsyncSession, *rest: Any) -> None:
        await session.execute(update(Incoming).where(Incoming.update_id == 2).values(lease_token="another"))
        await complete(session, *rest)

    monkeypatch.setattr(inbox, "complete", meanwhile_taken_over)
    slow = Dispatcher(database, clock, toy, apology=APOLOGY)
    await slow.step()
    assert await facts(database) == set()
    assert await answers(database) == []
    assert (await row(database, 1)).state == InboxState.WAITING


async def test_a_handler_without_end_is_cut_off_and_counted(
    database: Database, dispatcher: Dispatcher, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatching, "HANDLER_SECONDS", 0.05)

    async def hang(said: str) -> None:
        if said == "lama":
            await asyncio.sleep(30)

    toy.before = hang
    await receive(database, message(1, 7, "lama"), message(2, 8, "b"))
    await work_off(dispatcher)
    assert await facts(database) == {"8:b"}
    cut = await row(database, 1)
    assert (cut.state, cut.failures) == (InboxState.WAITING, 1)


async def test_a_clock_that_was_wrong_blocks_nothing(database: Database, dispatcher: Dispatcher, toy: Toy) -> None:
    await receive(database, message(1, 7, "a"))
    async with database.writing() as session:
        await session.execute(update(Incoming).values(lease_until=real_now() + timedelta(hours=1)))
    assert await dispatcher.step() == 1


async def test_an_older_update_that_comes_late_waits_for_the_one_at_hand(
    database: Database, dispatcher: Dispatcher, toy: Toy
) -> None:
    await receive(database, message(5, 7, "baru"))
    await died_over(database, 5)  # somebody is dealing with it
    await receive(database, message(4, 7, "lama"))
    assert await dispatcher.step() == 0
    await time_passes(database)
    await work_off(dispatcher)
    assert toy.handled == ["lama", "baru"]


async def test_each_update_sees_what_the_one_before_it_saved(database: Database, clock: StandingClock) -> None:
    counted = []

    async def count_facts(session: AsyncSession, raw: dict[str, Any]) -> None:
        counted.append(len(list(await session.scalars(select(Occasion)))))
        session.add(Occasion(key=raw["message"]["text"], at=clock.now()))

    await receive(database, *(message(i, i, f"{i}") for i in range(1, 6)))
    await work_off(Dispatcher(database, clock, count_facts, apology=APOLOGY))
    assert counted == [0, 1, 2, 3, 4]


async def test_a_database_error_of_one_update_spares_the_others(database: Database, clock: StandingClock) -> None:
    async def insert(session: AsyncSession, raw: dict[str, Any]) -> None:
        if raw["message"]["text"] == "rusak":
            await session.execute(text("select * from no_such_table"))
        session.add(Occasion(key=raw["message"]["text"], at=clock.now()))

    await receive(database, message(1, 1, "a"), message(2, 2, "rusak"), message(3, 3, "c"))
    assert await Dispatcher(database, clock, insert, apology=APOLOGY).step() == 3
    assert await facts(database) == {"a", "c"}
    assert (await row(database, 2)).state == InboxState.WAITING


async def test_two_workers_share_the_chats_and_keep_their_order(
    postgres_url: str, clock: StandingClock, toy: Toy
) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    await receive(one, *(message(i, 100 + i % 10, f"{i}") for i in range(100)))
    workers = [Dispatcher(base, clock, toy, apology=APOLOGY, batch=4) for base in (one, other, one)]

    async def work(dispatcher: Dispatcher) -> None:
        idle = 0
        while idle < 5:
            idle = 0 if await dispatcher.step() else idle + 1
            await asyncio.sleep(0)

    await asyncio.gather(*(work(worker) for worker in workers))
    assert len(await facts(one)) == 100
    assert sorted(await answers(one), key=int) == [str(i) for i in range(100)]
    by_chat = [[int(said) for said in await answers(one) if int(said) % 10 == chat] for chat in range(10)]
    assert all(mine == sorted(mine) for mine in by_chat)
    await one.close()
    await other.close()
