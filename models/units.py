"""Units of the regency and its priority programmes, loaded from the secretariat's CSV files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

GROUP_NAMES = {"kecamatan": "Kecamatan", "opd": "OPD", "bagian": "Bagian", "puskesmas": "Puskesmas",
               "pimpinan": "Pimpinan"}  # fmt: skip
"""How a kind of units is called in pictures and lists."""


class Unit(Base):
    """A part of the regency's government that directives are asked of. `position` keeps the order of the file."""

    __tablename__ = "units"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    aliases: Mapped[list[str]]
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def group(self) -> str:
        """The kind that pictures and lists show it under; a bagian of the secretariat is no OPD of its own."""
        return "bagian" if self.code.startswith("bag-") else self.kind

    @property
    def head(self) -> str:
        """The title of whoever leads it: "Camat Air Joman", "Kepala Dinas Pertanian"."""
        return head_of(self.name)

    @property
    def short_name(self) -> str:
        """A name for narrow places: "Air Joman" for a kecamatan; a long name gives way to the office's own short one."""
        if self.kind == "kecamatan":
            return self.name.removeprefix("Kecamatan ")
        name = self.name.removesuffix(" Setdakab Asahan").removesuffix(" Kabupaten Asahan")
        single = [alias for alias in self.aliases if " " not in alias and len(alias) > 2]
        return single[0] if single and len(name) > 24 else name


class UnitAlias(Base):
    """Words for a unit that the secretariat taught the bot by correcting it."""

    __tablename__ = "unit_aliases"

    words: Mapped[str] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("units.code"))
    taught_at: Mapped[datetime]


class Programme(Base):
    """A priority programme; `tag` is its short name in code and data, `goal` its mission in the RPJMD when stated."""

    __tablename__ = "programmes"

    tag: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    goal: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


def head_of(unit_name: str) -> str:
    """The official title of a unit's head, from the unit's name."""
    first, _, rest = unit_name.partition(" ")
    match first:
        case "Kecamatan":
            return f"Camat {rest}"
        case "Dinas" | "Badan" | "Bagian" | "Puskesmas" | "Satuan":
            return f"Kepala {unit_name}"
        case "Inspektorat":
            return f"Inspektur {rest}"
        case "Sekretariat":
            return f"Sekretaris {rest}"
        case "RSUD":
            return f"Direktur {unit_name}"
        case _:
            return unit_name


async def units_by_code(session: AsyncSession) -> dict[str, Unit]:
    """Every unit that directives can be given to, in the order of the file."""
    query = select(Unit).where(Unit.retired.is_(False)).order_by(Unit.position)
    return {unit.code: unit for unit in await session.scalars(query)}


async def all_programmes(session: AsyncSession) -> list[Programme]:
    """The priority programmes in the order of the file."""
    return list(await session.scalars(select(Programme).order_by(Programme.position)))


async def load_units(session: AsyncSession, units: Path, programmes: Path) -> None:
    """Bring the tables in line with the CSV files; a unit that left the file is retired, since tasks refer to it."""
    known = {unit.code: unit for unit in await session.scalars(select(Unit))}
    seen: set[str] = set()
    for position, row in enumerate(_rows(units)):
        aliases = [alias.strip() for alias in (row.get("aliases") or "").split(";") if alias.strip()]
        unit = known.get(row["code"]) or Unit(code=row["code"])
        unit.kind, unit.name, unit.aliases = row["kind"], row["name"], aliases
        unit.position, unit.retired = position, False
        session.add(unit)
        seen.add(unit.code)
    for code, unit in known.items():
        unit.retired = code not in seen
    existing = {programme.tag: programme for programme in await session.scalars(select(Programme))}
    for position, row in enumerate(_rows(programmes)):
        programme = existing.get(row["tag"]) or Programme(tag=row["tag"])
        programme.name, programme.level, programme.position = row["name"], row.get("level") or "", position
        programme.goal = (row.get("rpjmd_mission") or "").strip()
        session.add(programme)


async def all_units(session: AsyncSession) -> Sequence[Unit]:
    """Every unit that is not retired, in the order of the file."""
    return (await session.scalars(select(Unit).where(Unit.retired.is_(False)).order_by(Unit.position))).all()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
