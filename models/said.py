"""What units said last, looked up for hundreds of tasks in one query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.reports import Report, ReportState


@dataclass(frozen=True)
class Said:
    """The newest report of a task: its words, and when."""

    text: str
    at: datetime


async def said_last(session: AsyncSession, assignment_ids: Collection[int]) -> dict[int, Said]:
    """Assignment → its newest standing report."""
    newest = (
        select(func.max(Report.id))
        .where(Report.state == ReportState.FILED, Report.assignment_id.is_not(None))
        .group_by(Report.assignment_id)
    )
    query = select(Report.assignment_id, Report.text, Report.created_at).where(Report.id.in_(newest))
    wanted = set(assignment_ids)
    return {row[0]: Said(row[1], row[2]) for row in await session.execute(query) if row[0] in wanted}
