"""Whether a directive was taken back, or is reported as done."""

import re

_CALLED_OFF = (
    r"(?:dibatalkan|dicabut|dicoret|ditiadakan|batal|tidak jadi|tdk jadi|dihapus|tidak berlaku(?: lagi)?|didrop|gugur)"
)
_ANYWHERE = re.compile(rf"\b{_CALLED_OFF}\b", re.IGNORECASE)
# In brackets, behind a dash, or as a sentence of its own; or as the last word.
_APART = re.compile(rf"(?:[(\[–—-]|^|[.;]\s)\s*(?:arahan (?:ini|tersebut|itu) )?{_CALLED_OFF}\b", re.IGNORECASE)
_LAST = re.compile(
    rf"\b{_CALLED_OFF}(?:\s+(?:karena|krn|oleh|sesuai|atas|mengingat)\b[^.;]*)?[\s.)\]]*$", re.IGNORECASE
)
_DONE = "selesai|tuntas|rampung|beres|dilaksanakan|ditindaklanjuti|diselesaikan|terlaksana|dikerjakan|dilakukan"
_HANDED_ON = "dituntaskan|dikirim|diserahkan|terbit|disampaikan|terpenuhi|diterima|terealisasi|ditetapkan"
_ALREADY = "sudah|telah|sdh|tlh|dinyatakan"
_FINISHED_APART = re.compile(
    rf"[.;(\[–—✓✔-]\s*(?:status\s*:?\s*)?(?:{_ALREADY})\s+(?:{_DONE})\b"
    rf"|[(\[–—✓✔:-]\s*(?:status\s*:?\s*)?(?:(?:{_ALREADY})\s+)?(?:{_DONE}|done|ok|100\s?%|clear)"
    r"(?:\s+(?:100\s?%|semua|dilaksanakan))?\s*(?:[)\].]|$)",
    re.IGNORECASE,
)
# "… -> sudah disiapkan", "…, dinyatakan selesai"
_REPORTED_DONE = re.compile(
    rf"(?:->|=>|→|»)\s*(?:{_ALREADY})\s+(?:di|ter)\w+|,\s*dinyatakan\s+(?:{_DONE})\b", re.IGNORECASE
)
# "(SELESAI 20 Januari 2026)": done if that day is past, else a deadline.
_DONE_ON = re.compile(
    rf"[(\[–—-]\s*(?:status\s*:?\s*)?(?:(?:{_ALREADY})\s+)?(?:{_DONE})\s*[,:]?\s*(?:pada\s+|tgl\.?\s*|tanggal\s+)*\d",
    re.IGNORECASE,
)
_FINISHED = re.compile(rf"\b(?:{_ALREADY})\s+(?:{_DONE}|{_HANDED_ON})\b", re.IGNORECASE)
# Before "sudah selesai" these make it a condition or a part of what is asked.
_NOT_YET = re.compile(
    r"\b(?:yang|yg|jika|bila|apabila|setelah|pastikan|memastikan|agar|supaya|sampai|hingga|harus|hrs|wajib|semua|belum)\b"
    r"[^.;,]{0,30}$",
    re.IGNORECASE,
)
_NEAR = 40


def speaks_of_calling_off(text: str) -> bool:
    """Whether a note or a remark says anywhere that something is called off."""
    return bool(_ANYWHERE.search(text))


def is_called_off(text: str) -> bool:
    """Whether a directive was taken back: "(dibatalkan)", "… Tidak jadi."; not "izinnya dicabut" within it."""
    if _APART.search(text):
        return True
    match = _LAST.search(text)
    return match is not None and not _NOT_YET.search(text[max(0, match.start() - _NEAR) : match.start()])


def done_on_a_day(text: str) -> bool:
    """Whether a remark set apart names the day of completion: "(selesai 20 Januari 2026)"."""
    return bool(_DONE_ON.search(text))


def is_finished(text: str, *, asks: bool) -> bool:
    """Whether a directive is reported as done; within one that `asks` only words set apart say so."""
    if _FINISHED_APART.search(text) or _REPORTED_DONE.search(text):
        return True
    if asks:
        return False
    return any(
        not _NOT_YET.search(text[max(0, match.start() - _NEAR) : match.start()]) for match in _FINISHED.finditer(text)
    )
