"""Moments that people choose on the page's clock."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simulator.refusal import Refused

_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday senin",
            "tuesday selasa",
            "wednesday rabu",
            "thursday kamis",
            "friday jumat",
            "saturday sabtu",
            "sunday minggu",
        )
    )
    for name in names.split()
}
_NEXT = re.compile(r"(?P<day>[a-z]+)\s+(?P<hour>\d{1,2})[.:](?P<minute>\d{2})")


def moment_of(given: dict[str, Any], now: datetime, timezone: str) -> datetime:
    """The aware moment meant by {"advance_seconds": n}, {"set": ISO time} or {"next": "monday 07:00"}.

    A time without zone, and "next", are in `timezone`. Raises Refused.
    """
    if "advance_seconds" in given:
        return now + timedelta(seconds=float(given["advance_seconds"]))
    if "set" in given:
        moment = datetime.fromisoformat(str(given["set"]))
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))
    return next_moment(str(given["next"]), now, timezone)


def next_moment(wanted: str, now: datetime, timezone: str) -> datetime:
    """The first "monday 07:00" (or "senin 07.00") after `now`, in `timezone`."""
    match = _NEXT.fullmatch(wanted.strip().lower())
    if match is None or match["day"] not in _DAYS or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        raise Refused("Waktu itu tidak dikenali; contoh: senin 07.00.")
    zone = ZoneInfo(timezone)
    here = now.astimezone(zone)
    day = here.date() + timedelta(days=(_DAYS[match["day"]] - here.weekday()) % 7)
    moment = datetime.combine(day, time(int(match["hour"]), int(match["minute"])), zone)
    return moment if moment > here else moment + timedelta(days=7)
