"""How delivery is doing: what waits, for how long, and what has been done since the process started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from delivery.sender import Tally
from models.mailbox import InboxState, Incoming, OutboxState, Outgoing, in_state


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows that wait, in the inbox and (due) in the outbox, and the age of the oldest of each in seconds.

    `aside` are updates that could not be dealt with and wait for the admin.
    """

    waiting: int
    oldest_waiting: float
    ready: int
    oldest_ready: float
    aside: int


async def look(session: AsyncSession, now: datetime) -> Condition:
    """Count what waits at this moment of the bot's clock."""
    waiting, received = (
        await session.execute(
            select(func.count(), func.min(Incoming.received_at)).where(in_state(Incoming.state, InboxState.WAITING))
        )
    ).one()
    ready, created = (
        await session.execute(
            select(func.count(), func.min(func.coalesce(Outgoing.not_before, Outgoing.created_at))).where(
                in_state(Outgoing.state, OutboxState.READY),
                or_(Outgoing.not_before.is_(None), Outgoing.not_before <= now),
            )
        )
    ).one()
    aside = await session.scalar(select(func.count()).where(in_state(Incoming.state, InboxState.ASIDE)))
    return Condition(waiting, _age(received, now), ready, _age(created, now), aside or 0)


async def undelivered(session: AsyncSession, since: datetime) -> Counter[str]:
    """How many messages that were decided since then failed, or may not have arrived, by their state."""
    over = (OutboxState.FAILED, OutboxState.UNCERTAIN)
    query = select(Outgoing.state, func.count()).where(Outgoing.state.in_(over), Outgoing.created_at >= since)
    return Counter({state: count for state, count in await session.execute(query.group_by(Outgoing.state))})


def _age(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())


def metrics(condition: Condition | None, tally: Tally, *, leads: bool) -> tuple[bytes, str]:
    """The figures in Prometheus' text format, with its content type. No condition: the database is away."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(condition, tally, leads=leads))
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Figures(Collector):
    def __init__(self, condition: Condition | None, tally: Tally, *, leads: bool) -> None:
        self._condition = condition
        self._tally = tally
        self._leads = leads

    def collect(self) -> Iterable[Metric]:
        tally = self._tally
        yield GaugeMetricFamily("kawal_database_up", "Whether the database can be used", self._condition is not None)
        yield GaugeMetricFamily("kawal_leader", "Whether this process polls, sends and schedules", self._leads)
        if self._condition is not None:
            yield from _waiting(self._condition)
        for name, text, value in (
            ("kawal_sent", "Calls to Telegram that succeeded", tally.sent),
            ("kawal_failed", "Calls given up", tally.failed),
            ("kawal_uncertain", "Calls left in doubt", tally.uncertain),
            ("kawal_possible_repeats", "Calls made again because the first was in doubt", tally.possible_repeats),
            ("kawal_too_many_requests", "Refusals with retry_after (429)", tally.refused_for_pace),
        ):
            yield CounterMetricFamily(name, text, value)
        yield SummaryMetricFamily("kawal_call_seconds", "Duration of calls", tally.calls, tally.call_seconds)
        yield SummaryMetricFamily(
            "kawal_answer_seconds", "From deciding to say something until it was sent", tally.sent, tally.answer_seconds
        )


def _waiting(condition: Condition) -> Iterable[Metric]:
    yield GaugeMetricFamily("kawal_inbox_waiting", "Updates that wait", condition.waiting)
    yield GaugeMetricFamily("kawal_inbox_oldest_seconds", "Age of the oldest waiting update", condition.oldest_waiting)
    yield GaugeMetricFamily("kawal_inbox_aside", "Updates that could not be dealt with", condition.aside)
    yield GaugeMetricFamily("kawal_outbox_ready", "Messages that are due", condition.ready)
    yield GaugeMetricFamily("kawal_outbox_oldest_seconds", "Age of the oldest due message", condition.oldest_ready)
