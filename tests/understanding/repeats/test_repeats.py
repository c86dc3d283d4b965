"""What is asked again at a later meeting is noticed, what only sounds alike is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.repeats import themes

KOPERASI = "Camat agar mendata lahan minimal 1.000 m2 untuk gerai Koperasi Merah Putih"


@pytest.mark.parametrize(
    "again",
    [
        "Seluruh camat mendata lahan 1.000 m2 bagi gerai Koperasi Merah Putih di setiap desa",
        "Camat mendata lahan minimal 1.000 m² untuk gerai Koperasi Merah Putih, paling lambat akhir Maret",
        "Agar camat segera mendata lahan gerai Koperasi Merah Putih",
    ],
)
def test_the_same_asked_again_in_other_words(again: str) -> None:
    assert [theme.places for theme in themes([KOPERASI, again])] == [[0, 1]]


@pytest.mark.parametrize(
    "other",
    [
        "Camat agar melatih pengurus Koperasi Merah Putih",
        "Camat agar mendata lahan cetak sawah di Desa Silo Bonto",
        "Kepala puskesmas memastikan stok obat mencukupi",
        "",
    ],
)
def test_another_matter_is_another_theme(other: str) -> None:
    assert [theme.places for theme in themes([KOPERASI, other])] == [[0], [1]]


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_every_directive_has_one_theme(texts: list[str]) -> None:
    places = [place for theme in themes(texts) for place in theme.places]
    assert sorted(places) == list(range(len(texts)))
