"""Cards handed out in Aula Melati, one for each post."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import segno
from pypdf import PdfReader

from presentation.print import invitations
from presentation.print.invitations import InvitationCard, render_invitation_sheet, render_qr
from presentation.print.typesetting import typeset_png
from tests.presentation.print import asahan, papers, pixels

LINK = "https://t.me/KawalAsahanBot?start=u7Kq2wZ5pXh3Rb9Lm4Yc00"
UNTIL = datetime(2026, 1, 30, 23, 59, tzinfo=asahan.WIB)


def card(name: str = "Air Joman", link: str = LINK) -> InvitationCard:
    return InvitationCard(f"Kecamatan {name}", f"Camat {name}", link, UNTIL)


def test_card_names_the_post_and_says_how_to_join() -> None:
    text = papers.text(render_invitation_sheet([card()], "Pemerintah Kabupaten Asahan"))
    for words in ("Pemerintah Kabupaten Asahan", "Camat Air Joman", "tekan Mulai"):
        assert words in text
    assert "t.me/KawalAsahanBot?start=u7Kq2wZ5pXh3Rb9Lm4Yc00" in text
    assert "Sekali pakai, hanya untuk jabatan ini. Berlaku sampai Jumat, 30 Januari 2026, pukul 23.59 WIB." in text


def test_link_can_be_tapped_and_copied_from_the_sheet() -> None:
    page = PdfReader(io.BytesIO(render_invitation_sheet([card()], "Asahan"))).pages[0]
    assert [note.get_object()["/A"]["/URI"] for note in page.annotations or []] == [LINK]
    assert LINK.removeprefix("https://") in page.extract_text()


def test_official_names_are_whole_and_said_once() -> None:
    name = "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Perlindungan Anak"
    cards = [
        InvitationCard(name, f"Kepala {name}", LINK, UNTIL),
        InvitationCard("Puskesmas Mutiara", "Bidan", LINK, UNTIL),
    ]
    text = papers.text(render_invitation_sheet(cards, "Asahan"))
    assert text.count(name) == 1
    assert "Bidan Puskesmas Mutiara" in text


def test_all_posts_of_the_regency_are_printed_eight_a_page() -> None:
    cards = [card(row["name"], f"{LINK}{n}") for n, row in enumerate(asahan.unit_rows())]
    printed = papers.pages(render_invitation_sheet(cards, "Pemerintah Kabupaten Asahan"))
    assert len(printed) == -(-len(cards) // 8)
    assert sum(page.count("Sekali pakai") for page in printed) == len(cards)
    assert papers.sheet_millimetres(render_invitation_sheet(cards[:1], "Asahan")) == (210, 297)


def test_printed_code_leads_to_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "typeset_pdf", lambda template, data: typeset_png(template, data, ppi=48))
    picture = pixels.rows(render_invitation_sheet([card()], "Asahan"))
    expected = [[bool(module) for module in row] for row in segno.make_qr(LINK, error="m").matrix]
    per_mm = 48 / 25.4
    module = 36 / len(expected)

    def dark(row: int, column: int) -> bool:
        x, y = 10 + 6 + (column + 0.5) * module, 12.5 + 6 + (row + 0.5) * module
        return sum(picture[int(y * per_mm)][int(x * per_mm)]) < 3 * 128

    assert [[dark(r, c) for c in range(len(expected))] for r in range(len(expected))] == expected


def test_chat_picture_of_the_code_has_its_quiet_zone() -> None:
    width, height = pixels.size(render_qr(LINK))
    modules = len(segno.make_qr(LINK, error="m").matrix)
    assert width == height == (modules + 8) * 12


@pytest.mark.parametrize("link", ["", "https://t.me/" + "x" * 300])
def test_unreadable_code_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="readable QR code"):
        render_qr(link)


@pytest.mark.parametrize("name", [asahan.LONG_NAME, asahan.HOSTILE, "X" * 120])
def test_long_and_hostile_names_stay_on_their_card(name: str) -> None:
    printed = papers.pages(render_invitation_sheet([card(name)] * 8, name))
    assert len(printed) == 1
    assert printed[0].count("Berlaku sampai") == 8


def test_when_everybody_has_joined_the_sheet_says_so() -> None:
    assert "semua jabatan sudah bergabung" in papers.text(render_invitation_sheet([], "Asahan"))
