"""When the weekly summary is due, and the name of its week. All moments are local, in the organisation's zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from config import WEEKDAYS, Settings

ONE_DAY = timedelta(days=1)


def planned_in_week_of(local: datetime, settings: Settings) -> datetime:
    """When the summary of this moment's week is due."""
    ahead = WEEKDAYS.index(settings.summary.day) - local.weekday()
    at = settings.summary.at
    return (local + timedelta(days=ahead)).replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)


def next_planned(local: datetime, settings: Settings) -> datetime:
    """The first summary after this moment."""
    planned = planned_in_week_of(local, settings)
    return planned if local < planned else planned + 7 * ONE_DAY


def week_name(planned: datetime) -> str:
    """ "2026-W05" """
    return f"{planned.isocalendar().year}-W{planned.isocalendar().week:02d}"


def reply_until(planned: datetime) -> datetime:
    """Until when units may answer their colour: the end of the day before the summary."""
    return datetime.combine(planned.date() - ONE_DAY, time(23, 59), planned.tzinfo)
