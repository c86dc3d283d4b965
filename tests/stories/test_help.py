"""/bantuan tells each person what he or she can do here, with examples."""

from __future__ import annotations

import pytest

from handlers import COMMANDS
from handlers.menu import MENU
from models.people import Role
from tests.cast import Cast


@pytest.mark.parametrize(
    ("role", "unit", "offered", "withheld"),
    [
        (Role.PELAKSANA, "Air Joman", ["/tugas", "/lapor", "terkendala hujan"], ["/arahan", "/undang", "/ringkasan"]),
        (Role.SEKRETARIAT, None, ["/arahan", "/verifikasi", "tempel notulen", "/undang"], ["/tugas"]),
        (Role.PIMPINAN, "bupati", ["/ringkasan", "/pantau", "/ekspor"], ["/arahan", "/undang", "/tugas"]),
        (Role.PEMANTAU, "asisten-ekbang", ["/ringkasan", "/terlambat"], ["/ekspor", "/arahan"]),
        (Role.ADMIN, None, ["/undang", "/pengguna"], ["/arahan", "/ringkasan"]),
    ],
)
async def test_help_is_by_role(
    cast: Cast, role: Role, unit: str | None, offered: list[str], withheld: list[str]
) -> None:
    person = await cast.member(role, unit)
    await person.says("/bantuan")
    answer = person.reads()
    for words in offered:
        assert words in answer
    for words in withheld:
        assert words not in answer


async def test_batal_leaves_off_and_says_so(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"])
    await camat.presses("📝 Lapor")
    await camat.says("/batal")
    assert "dibatalkan" in camat.reads()
    await camat.says("/batal")
    assert "Tidak ada yang sedang dikerjakan" in camat.reads()


def test_every_command_is_in_the_menu_and_the_other_way_round() -> None:
    assert {command.name for command in COMMANDS} == {name for name, _, _ in MENU}
    deeds = {command.name: command.deed for command in COMMANDS}
    assert all(deeds[name] == deed for name, _, deed in MENU)
