"""The amount a directive names as its goal: "20.000 batang", "1.200 ha", "minimal 60 persen"."""

import re

_UNITS = """ha|hektare|hektar|batang|bibit|pohon|desa|kelurahan|desa/kelurahan|kecamatan|unit|titik|lokasi|rumah|sekolah|dapur|sppg|keluarga|kk|orang|nelayan|petani
kelompok|kelompok tani|gerai|koperasi|kopdes|km|meter|m2|ton|kg|ekor|liter|paket|dokumen|kegiatan|balita|siswa|ibu hamil|penerima|persen|%|kapal|perahu|sumur|sumur bor|bidang|sertifikat|ruas|jembatan|posyandu|puskesmas|gapoktan|pelaku usaha|umkm"""
_LISTED = sorted(_UNITS.replace("\n", "|").split("|"), key=len, reverse=True)
_AMOUNT = re.compile(
    rf"(?<![\d./-])(\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)\s*({'|'.join(re.escape(unit) for unit in _LISTED)})(?![^\W_])",
    re.IGNORECASE,
)
_SAME = {"hektare": "ha", "hektar": "ha", "persen": "%"}


def target_of(text: str, due_words: str = "") -> tuple[float | None, str | None]:
    """The first amount with a unit that can be reached, as number and unit; (None, None) where there is none."""
    if due_words:
        text = text.replace(due_words, " ")
    match = _AMOUNT.search(text)
    if not match:
        return None, None
    number = float(match.group(1).replace(".", "").replace(",", "."))
    unit = match.group(2).lower()
    return number, _SAME.get(unit, unit)
