"""Assignments: one directive given to one unit, and the rules of its life from sent to done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.directives import Directive
from models.units import Unit

if TYPE_CHECKING:
    from models.people import Member
    from models.reports import Extension, Report, Verification


class Status(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    SUSTAINED = "sustained"
    CANCELLED = "cancelled"


CLOSED = frozenset({Status.DONE, Status.SUSTAINED, Status.CANCELLED})
OPEN = frozenset(Status) - CLOSED
FINISHED = frozenset({Status.DONE, Status.SUSTAINED})
WORKING = frozenset({Status.SENT, Status.ACCEPTED, Status.IN_PROGRESS, Status.BLOCKED, Status.RETURNED})
"""Open, and it is the unit's turn."""


class NotAllowed(Exception):
    """A rule of an assignment's life forbids this step; `reason` is a key of presentation.chat's refusals."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Assignment(Base):
    """One directive given to one unit. *Late* is derived, never stored.

    `percent` and the quantities are those of the last report that named them. `due_at` begins as the directive's
    and moves by a granted extension. `period` counts the rounds of a recurring directive. `version` guards against
    two people deciding at the same time.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("directive_id", "unit_code", "period"),
        Index("ix_assignments_status_due", "status", "due_at"),
        Index("ix_assignments_status_closed", "status", "closed_at"),
        Index("ix_assignments_unit_status", "unit_code", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("units.code"))
    is_lead: Mapped[bool]
    period: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(default=Status.SENT)
    percent: Mapped[int | None]
    quantity_done: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    quantity_total: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    quantity_unit: Mapped[str | None]
    obstacle: Mapped[str | None]
    help_from: Mapped[str | None]
    due_at: Mapped[datetime | None]
    due_has_time: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    reported_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    returned_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    directive: Mapped[Directive] = relationship(back_populates="assignments", lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
    reports: Mapped[list[Report]] = relationship(back_populates="assignment", lazy="raise", order_by="Report.id")
    extensions: Mapped[list[Extension]] = relationship(
        back_populates="assignment", lazy="raise", order_by="Extension.id"
    )
    verifications: Mapped[list[Verification]] = relationship(
        back_populates="assignment", lazy="raise", order_by="Verification.id"
    )

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    def is_late(self, now: datetime) -> bool:
        """Past its deadline: not yet finished, or handed in for verification too late."""
        if self.due_at is None or not self.is_open:
            return False
        if self.status == Status.SUBMITTED:
            return self.submitted_at is not None and self.submitted_at > self.due_at
        return now > self.due_at

    def accept(self, *, by: int, at: datetime) -> None:
        """The unit says it has taken the task on."""
        self._must_be_open()
        if self.status != Status.SENT:
            raise NotAllowed("already_accepted")
        self.status, self.accepted_at, self.accepted_by = Status.ACCEPTED, at, by

    def record(self, report: Report, *, at: datetime) -> None:
        """Take a report in: its figures become the assignment's, an obstacle blocks it, progress frees it.

        A task that waits for verification takes further reports without leaving the queue, unless they say that
        it is not finished after all.
        """
        self._must_be_open()
        self.accepted_at = self.accepted_at or at
        self.accepted_by = self.accepted_by or report.member_id
        if report.says_nothing_done and report.heard == "ack":
            self.status = Status.ACCEPTED if self.status == Status.SENT else self.status
            return
        self.reported_at = at
        self._take_figures(report)
        unfinished = report.obstacle is not None or (report.percent is not None and report.percent < 100)
        if self.status == Status.SUBMITTED and not unfinished:
            return
        self.submitted_at = self.submitted_by = None
        self.obstacle, self.help_from = report.obstacle, report.help_from
        if report.obstacle is not None:
            self.status = Status.BLOCKED
        elif self.status == Status.SENT and report.says_nothing_done:
            self.status = Status.ACCEPTED
        else:
            self.status = Status.IN_PROGRESS

    def recount(self, reports: Sequence[Report]) -> None:
        """Reckon the figures anew from the reports that stand, after one was corrected, moved or withdrawn."""
        self._must_be_open()
        self.percent = self.quantity_done = self.quantity_total = self.quantity_unit = None
        for report in reports:
            self._take_figures(report)
        telling = [report for report in reports if not report.says_nothing_done or report.heard != "ack"]
        self.reported_at = telling[-1].created_at if telling else None
        if self.status == Status.SUBMITTED:
            return
        fresh = [report for report in telling if self.returned_at is None or report.created_at > self.returned_at]
        self.obstacle = fresh[-1].obstacle if fresh else None
        self.help_from = fresh[-1].help_from if fresh else None
        if self.obstacle is not None:
            self.status = Status.BLOCKED
        elif fresh:
            self.status = Status.IN_PROGRESS
        elif self.returned_at is not None:
            self.status = Status.RETURNED
        else:
            self.status = Status.ACCEPTED if self.accepted_at is not None else Status.SENT

    def submit(self, *, by: int, at: datetime) -> None:
        """Hand the finished task in for verification."""
        self._must_be_open()
        if self.status == Status.SUBMITTED:
            raise NotAllowed("already_submitted")
        self.accepted_at, self.accepted_by = self.accepted_at or at, self.accepted_by or by
        self.status, self.percent, self.obstacle, self.help_from = Status.SUBMITTED, 100, None, None
        self.submitted_at, self.submitted_by, self.reported_at = at, by, at

    def withdraw_submission(self) -> None:
        """The unit takes back what it handed in: it is working on the task again."""
        self._must_be_open()
        if self.status != Status.SUBMITTED:
            raise NotAllowed("not_submitted")
        self.status, self.submitted_at, self.submitted_by = Status.IN_PROGRESS, None, None

    def approve(self, *, by: Member, reporters: Collection[int], at: datetime, goes_on: bool = False) -> None:
        """The secretariat accepts a finished task; `goes_on` closes it as selesai berkelanjutan.

        `reporters` are the ids of the members whose reports on it stand.
        """
        self._must_wait_for(by, reporters)
        self.status, self.closed_at = Status.SUSTAINED if goes_on else Status.DONE, at

    def send_back(self, *, by: Member, reporters: Collection[int], at: datetime) -> None:
        """The secretariat returns a finished task, which is open again from now on. `reporters` as in approve."""
        self._must_wait_for(by, reporters)
        self.status, self.returned_at = Status.RETURNED, at
        self.submitted_at = self.submitted_by = None

    def extend(self, until: datetime, *, has_time: bool = False) -> None:
        """Move the deadline, as a granted extension does."""
        self._must_be_open()
        self.due_at, self.due_has_time = until, has_time

    def cancel(self, *, at: datetime) -> None:
        self._must_be_open()
        self.status, self.closed_at = Status.CANCELLED, at

    def _take_figures(self, report: Report) -> None:
        if report.percent is not None:
            self.percent = report.percent
        if report.quantity_done is not None:
            self.quantity_done = report.quantity_done
            self.quantity_total = report.quantity_total or self.quantity_total
            self.quantity_unit = report.quantity_unit or self.quantity_unit

    def _must_be_open(self) -> None:
        if self.status == Status.CANCELLED:
            raise NotAllowed("cancelled")
        if not self.is_open:
            raise NotAllowed("already_done")

    def _must_wait_for(self, verifier: Member, reporters: Collection[int]) -> None:
        self._must_be_open()
        if self.status != Status.SUBMITTED:
            raise NotAllowed("not_submitted")
        # Somebody may hold a post in the unit and one in the secretariat, or have held one when it was reported.
        if verifier.id in {self.submitted_by, *reporters} or self.unit_code in verifier.unit_codes:
            raise NotAllowed("own_report")
