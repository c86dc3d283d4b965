"""How fast one person may write: a token bucket in front of the handlers, so that nobody can flood the bot.

A bucket is filled by the time at which Telegram got the messages, not by the time at which they are dealt with: what
a person wrote over an hour while the bot was down is no flood when it all arrives at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TELL_AGAIN = 60.0
"""Seconds between two words to the same person about writing too fast."""
ALBUM_PART = 0.1
"""The further pictures of an album are one act of sending."""
REMEMBERED = 10_000
"""People whose buckets are kept; a full bucket is as good as none."""


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many a minute in the long run."""

    burst: float
    per_minute: float


@dataclass(frozen=True)
class Verdict:
    """Whether an update is dealt with. `tell`: the person has to hear that it isn't. `missed`: how many weren't
    before this one, which the person has to hear too."""

    admitted: bool
    tell: bool = False
    missed: int = 0


@dataclass
class _Bucket:
    tokens: float
    at: float
    told_at: float = float("-inf")
    missed: int = 0
    album: str | None = None
    update_id: int | None = None
    verdict: Verdict = Verdict(admitted=True)


@dataclass
class Pace:
    """The buckets of one process, by person. Nothing is stored: after a restart everyone begins with a full one."""

    rate: Rate
    _buckets: dict[int, _Bucket] = field(default_factory=dict)

    def judge(self, person: int, update_id: int, at: float, *, album: str | None = None) -> Verdict:
        """Take this update's token. `at` is Telegram's time of it, in seconds.

        Asked again about the same update, as after a rolled back transaction, the answer is the same and costs nothing.
        """
        bucket = self._buckets.get(person)
        if bucket is None:
            self._make_room(at)
            bucket = self._buckets[person] = _Bucket(self.rate.burst, at)
        if bucket.update_id != update_id:
            bucket.update_id, bucket.verdict = update_id, self._take(bucket, at, album)
        return bucket.verdict

    def _take(self, bucket: _Bucket, at: float, album: str | None) -> Verdict:
        passed = max(0.0, at - bucket.at)
        bucket.tokens = min(self.rate.burst, bucket.tokens + passed * self.rate.per_minute / 60)
        bucket.at = max(bucket.at, at)
        cost = ALBUM_PART if album is not None and album == bucket.album else 1.0
        bucket.album = album
        if bucket.tokens < cost:
            bucket.missed += 1
            # A clock that was put back must not silence the bot.
            tell = not 0 <= at - bucket.told_at < TELL_AGAIN
            bucket.told_at = at if tell else bucket.told_at
            return Verdict(admitted=False, tell=tell)
        bucket.tokens -= cost
        missed, bucket.missed = bucket.missed, 0
        return Verdict(admitted=True, missed=missed)

    def _make_room(self, at: float) -> None:
        if len(self._buckets) < REMEMBERED:
            return
        refill = 60 * self.rate.burst / self.rate.per_minute
        for person, bucket in list(self._buckets.items()):
            if at - bucket.at >= refill and not bucket.missed:
                del self._buckets[person]
        while len(self._buckets) >= REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
