"""What is said about an assignment: reports with evidence, verifications, extensions, notes from above."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Float, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.assignments import Assignment
from models.base import Base, TelegramId
from models.directives import Directive
from models.people import Member


class ReportState(StrEnum):
    PENDING = "pending"
    """It isn't clear yet which task it is about."""
    FILED = "filed"
    WITHDRAWN = "withdrawn"


class Report(Base):
    """What a unit said about an assignment. `chat_id` and `message_id` are of the message it came by.

    `heard` is what was understood from the words (status as understanding.progress names it); the figures may have
    been corrected by tap since.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_message", "chat_id", "message_id"),
        Index("ix_reports_album", "chat_id", "media_group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    chat_id: Mapped[int] = mapped_column(TelegramId)
    message_id: Mapped[int] = mapped_column(TelegramId)
    media_group_id: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")
    heard: Mapped[str] = mapped_column(default="ack")
    percent: Mapped[int | None]
    quantity_done: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    quantity_total: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    quantity_unit: Mapped[str | None]
    obstacle: Mapped[str | None]
    help_from: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=ReportState.FILED)
    created_at: Mapped[datetime] = mapped_column(index=True)
    edited_at: Mapped[datetime | None]

    assignment: Mapped[Assignment | None] = relationship(back_populates="reports", lazy="joined")
    member: Mapped[Member] = relationship(lazy="joined")
    evidence: Mapped[list[Evidence]] = relationship(back_populates="report", lazy="selectin", order_by="Evidence.id")

    @property
    def says_nothing_done(self) -> bool:
        """A mere acknowledgement, or "belum mulai"."""
        return self.heard in ("ack", "belum") and not self.percent and not self.evidence


class EvidenceState(StrEnum):
    WAITING = "waiting"
    STORED = "stored"
    FAILED = "failed"
    """Telegram no longer has it, or it is larger than bots may fetch; `error` says which."""


class Evidence(Base):
    """A photo, file, voice note, video or location on a report. `path` is relative to files.directory."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_waiting", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    kind: Mapped[str]
    message_id: Mapped[int] = mapped_column(TelegramId)
    file_id: Mapped[str | None]
    file_unique_id: Mapped[str | None] = mapped_column(index=True)
    file_name: Mapped[str | None]
    mime_type: Mapped[str | None]
    content_type: Mapped[str | None]
    """What the stored bytes themselves look like, whatever name and type came with them."""
    size: Mapped[int | None]
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    state: Mapped[str] = mapped_column(default=EvidenceState.WAITING)
    path: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    stored_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(back_populates="evidence", lazy="joined")


class Verification(Base):
    """The secretariat accepted or returned a finished assignment."""

    __tablename__ = "verifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    approved: Mapped[bool]
    reason: Mapped[str | None]
    at: Mapped[datetime]

    assignment: Mapped[Assignment] = relationship(back_populates="verifications", lazy="joined")
    member: Mapped[Member] = relationship(lazy="joined")


class Extension(Base):
    """A later deadline, asked for with a reason; `granted` is None until the secretariat decides."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    asked_at: Mapped[datetime]
    due_before: Mapped[datetime | None]
    until: Mapped[datetime]
    until_has_time: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str]
    granted: Mapped[bool | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None]

    assignment: Mapped[Assignment] = relationship(back_populates="extensions", lazy="joined")


class NoteKind(StrEnum):
    NOTE = "note"
    QUESTION = "question"
    """"Minta penjelasan": the unit owes an answer."""
    PRAISE = "praise"


class Note(Base):
    """The word of pimpinan on a directive or on one unit's assignment of it."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str] = mapped_column(default=NoteKind.NOTE)
    text: Mapped[str]
    at: Mapped[datetime]
    answer_due_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    directive: Mapped[Directive] = relationship(lazy="joined")
    assignment: Mapped[Assignment | None] = relationship(lazy="joined")
    member: Mapped[Member] = relationship(foreign_keys=[member_id], lazy="joined")
