"""Labels, and sentences about other directives: tables of words."""

import re


def _any_of(words: str) -> str:
    """An alternation of the phrases in a table, longest first."""
    phrases = sorted((" ".join(phrase.split()) for phrase in words.split(";")), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + ")"


# Labels of lines and parts of lines.
LEAD_LABEL = _any_of(
    """pj; p.j.; penanggung jawab; penanggungjawab; penjab; pic; koordinator; leading sektor; leading sector; leading secktor
    ; ketua; pelaksana utama; opd pengampu; pengampu; lead"""
)
SUPPORT_LABEL = _any_of(
    """pendukung; opd pendukung; unit pendukung; pelaksana; pelaksana pendukung; anggota; dibantu; didukung; pihak terkait; opd
    ; unit; instansi; perangkat daerah; ditugaskan kepada; ditujukan kepada; kepada; untuk; tujuan; oleh"""
)
DUE_LABEL = _any_of(
    """tenggat; tenggat waktu; batas waktu; batas; deadline; target waktu; target selesai; waktu penyelesaian; waktu pelaksanaan
    ; jadwal; paling lambat; jatuh tempo; target; waktu; tgl; tanggal; dl"""
)
NOTE_LABEL = _any_of("ket; keterangan; catatan; status; progres; output; hasil; target output; keluaran; indikator")
LABELLED = re.compile(rf"(?:{LEAD_LABEL}|{SUPPORT_LABEL}|{DUE_LABEL}|{NOTE_LABEL})\s*[:=]\s*\S", re.IGNORECASE)
LABEL_AT_END = re.compile(rf"[.;,]\s*(?:{LEAD_LABEL}|{SUPPORT_LABEL}|{DUE_LABEL})\s*:$", re.IGNORECASE)

# Sentences that speak of all the tasks before or after them.
_TASK = _any_of(
    "arahan; poin; point; butir; tugas; hal; tindak lanjut; instruksi; kegiatan; pekerjaan; perintah; item; ini; tersebut"
)
_ALL = "semua|seluruh|setiap|tiap|segala|keseluruhan"
_EVERYTHING = "semuanya|seluruhnya|keseluruhannya|kesemuanya|keduanya|ketiganya|keempatnya|kedua hal|ketiga hal"
_IS_DUE = "selesai|harus|hrs|paling|tuntas|rampung|wajib|dilaporkan|sudah"
_THERE = "di atas|diatas|tersebut|di bawah|dibawah|ini|berikut"
ALL_TASKS = re.compile(
    rf"\b(?:(?:{_ALL})\s+(?:\w+\s+){{0,2}}?{_TASK}|{_EVERYTHING}|semua (?:{_IS_DUE})"
    rf"|(?:arahan|poin|butir|tugas|hal)(?:-hal)? (?:(?:di|pada|dalam) (?:bagian|bab|kelompok|bidang) )?(?:{_THERE}))",
    re.IGNORECASE,
)

# "poin 1 s.d. 4", "nomor 2, 3 dan 5"
_TO = r"(?:,|dan|&|s\.?/?d\.?|sampai(?: dengan)?|hingga|-|–)"
_AGAIN = r"(?:nomor\s*|no\.?\s*|poin\s*)?"
POINT_RANGE = re.compile(
    rf"\b(?:poin|point|butir|nomor|no|angka|arahan)\b\.?\s*(?:nomor\s*|ke-?\s*|no\.?\s*)?(\d{{1,2}}(?:\s*{_TO}\s*{_AGAIN}\d{{1,2}})*)",
    re.IGNORECASE,
)

# Cells that repeat the row above, and cells that say nothing.
SAME = re.compile(
    r"\W*(?:s\.?\s?d\.?\s?a\.?|idem|sama(?: (?:dengan )?(?:di )?atas)?|id\.|ditto|''|\"|”|〃|,,|-\"-)\W*", re.IGNORECASE
)
EMPTY_CELL = re.compile(r"\W*(?:segera|sgr|secepatnya|asap|nihil|tidak ada|kosong|n/?a)?\W*", re.IGNORECASE)
