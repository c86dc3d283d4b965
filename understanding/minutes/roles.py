"""What a run of names does in its sentence: it is asked, it leads, it helps, or it is only spoken of."""

import re
from typing import Literal

from understanding.minutes.runs import Predicate, Run
from understanding.minutes.wording import LEAD_LABEL, SUPPORT_LABEL
from understanding.units.predicates import CUES, ORDERS, REPORTS, TELLS, is_imperative, is_verb
from understanding.units.words import word_set

_NEAR = 90  # how many characters around a run are looked at
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BEFORE = re.compile(r"([^\W_]+(?:-[^\W_]+)*)?([^\w]*)$")
_HARD = ".;:!?–—|•→"

# Words that may stand before the one who is asked.
_LEAD_IN = word_set(
    """kepada utk untuk bagi khusus khususnya dan sedangkan sedang sementara adapun lalu kemudian selanjutnya serta agar supaya maka juga
    namun tetapi tapi selain yth pj plt plh bapak ibu saudara sdr sekaligus lagi pertama kedua ketiga keempat kelima terakhir
    berikutnya para begitu demikian sebaliknya oleh karena itu karenanya rekan terus trus jadi"""
)
_TO = word_set("kepada kpd ke untuk utk bagi")
_WITH = word_set(
    "bersama brsama brsm bersm dibantu didampingi beserta didukung bantu bersamaan dukungan bersinergi pendukung anggota pelaksana"
)
_WITH_ENDS = (
    "bersama dengan",
    "dibantu oleh",
    "didukung oleh",
    "sama dengan",
    "didampingi oleh",
    "bersama-sama",
    "dukungan dari",
)
_EXCEPT_ENDS = (
    "kecuali",
    "selain",
    "minus",
    "tidak termasuk",
    "di luar",
    "diluar",
    "kecuali untuk",
    "kecuali bagi",
    "terkecuali",
)
_ALSO = re.compile(
    r"\s*(?:juga|jg|ikut(?: serta)?|turut(?: serta)?|pun|dilibatkan|mendampingi|membantu|bantu|mendukung)\s*(?:[.;,)]|$)",
    re.IGNORECASE,
)
_LEAD_BEFORE = re.compile(
    rf"(?:\b{LEAD_LABEL}|\btanggung ?jawab)\s*(?:oleh|adalah|dari|[:=–-])?\s*$"
    r"|\b(?:dikoordinasikan|dikoordinir|dikoordinatori|dipimpin|diketuai|dikomandoi)(?:\s+oleh)?\s+$|\bkoordinasi\s+$",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(rf"(?:^|[.;,(|–—-]\s*)(?:{SUPPORT_LABEL})\s*[:=]\s*$", re.IGNORECASE)
_AGENT_BEFORE = re.compile(r"\b(?:oleh|ditugaskan kepada|ditujukan kepada|(di[a-z]{4,}))\s*:?\s*$", re.IGNORECASE)
_NO_AGENT = word_set(  # passives whose unit is the receiver, and words that are no passives
    """diserahkan disampaikan dikirim dikirimkan dilaporkan diberikan diteruskan ditembuskan dikoordinasikan diusulkan diajukan
    dibandingkan dikecualikan dinas digital distribusi disiplin dimana dilingkungan diluar didalam dibawah diatas disekitar
    diantara diminta dilimpahkan diperuntukkan disetor disetorkan"""
)
_LEAD_BEHIND = re.compile(
    r"\s*[,(]?\s*(?:(?:sebagai|selaku|menjadi|jadi|sbg|adalah)\s+)?"
    r"(?:koordinator|leading sec?k?tor|penanggung ?jawab|pj|ketua|pic|penjab"
    r"|meng?koordinir|meng?koordinasikan|mengoordinir|mengoordinasi|mengoordinasikan|memimpin|mengetuai)\b",
    re.IGNORECASE,
)
_AS = re.compile(
    r"\s*[,(]?\s*(?:sebagai|selaku|sbg)\s+[^,;.()]{0,40}?(?=[,()]|\s(?:agar|supaya|segera|wajib|harus|untuk)\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|[\s;:.,])\(?(?:\d{1,2}|[a-z])[.)]\s*$")  # "… tiga hal: (1) Seluruh camat …"
_ENDS = re.compile(r"\s*(?:[.;)]|$)")
_BRACKET = re.compile(r"\s*\([^()]{0,80}\)")
# "Bu Kadinkes, saya mau …", "Kepada Kadis PMD beliau berpesan …"
_I_WANT = re.compile(
    r"\s*,?\s*(?:saya|sy|kami|beliau|bupati)\s+(?:mau|minta|ingin|harap|tunggu|mohon|pesan|berpesan|tekankan|menekankan|ingatkan|tugaskan|menugaskan|titip)\b",
    re.IGNORECASE,
)
# "Para camat mengusulkan agar …": a wish, not what they are to do.
_PROPOSES = re.compile(
    r"(?:mengusulkan|meminta|minta|berharap|memohon|mengharapkan)\s+(?:agar|supaya|bantuan|dukungan|tambahan|kiranya|izin)\b",
    re.IGNORECASE,
)
_ESPECIALLY = frozenset({"khususnya", "khusus", "terutama", "utamanya"})
# "Bupati menegaskan bahwa Dinas A segera …"
_ORDERED_THAT = re.compile(
    r"\b(?:bupati|wabup|sekda|sekretaris daerah|beliau|pimpinan)\b[^.;:]{0,40}"
    r"\b(?:menegaskan|menekankan|mengingatkan|meminta|minta|mengarahkan|menginstruksikan|memerintahkan)\s+bahwa\s*$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\s*,\s*([^\W\d])")
_SHORTEST_WISH = 3  # words
_CALLED = re.compile(r"\s*,\s*[a-z]")
_CLAUSE = re.compile(r"[;.!,]\s*([^\W\d_]+)")
_ARROW = re.compile(r"\s*(?:[-–—→]|->|=>)\s")

TOLD = re.compile(
    r"\b(?:bahwa|realisasi|capaian|sudah|sdh|telah|baru (?:\d|men|sebagian|sekitar|ter)|masih|belum|blm|saat ini|\d+(?:[.,]\d+)?\s*(?:%|persen))",
    re.IGNORECASE,
)
# Behind a report comes what is asked: "X melaporkan …; Bupati minta …".
_ORDER_NEXT = re.compile(
    r"[.;,]\s+(?:(?:kemudian|lalu|selanjutnya|untuk itu)\s+)?(?:bapak |pak )?(?:bupati|wakil bupati|wabup|sekda)\b.{0,20}\b"
    r"(?:minta|meminta|menginstruksikan|memerintahkan|menugaskan)\b",
    re.IGNORECASE,
)
_REPORT_LABEL = re.compile(r"\s*[:=]\s*(?:laporan|lapor|melaporkan|laporkan|menyampaikan|sampaikan)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)])[.;]\s")
_BY_WHEN = re.compile(
    r"\b(?:paling|plg|selambat|setiap|tiap|sebelum|sblm|tenggat|batas|besok|lusa|minggu depan|pekan depan)\b",
    re.IGNORECASE,
)
_AND_STRANGERS = frozenset({"dan", "serta", "bersama", "beserta", "dengan", "dgn"})
# Words that may stand between a name and what it is to do.
_FILLERS = word_set(
    """juga masing masing-masing secara serentak bersama bersama-sama sama turut pun sekalian nanti ini itu hari besok lusa paling
    lambat lama selambat-lambatnya sebelum sampai tanggal tgl dalam waktu minggu pekan bulan dengan sesuai tersebut tsb semuanya
    semua terus kembali tetap mulai selama setelah setiap tiap langsung lebih lagi dahulu dulu terlebih dlm plg sblm dan lainnya
    lain sm malam pagi siang sore jg januari februari maret april mei juni juli agustus september oktober november desember"""
)


def place_run(text: str, run: Run, *, strict: bool, listed: bool = True) -> None:
    """Decide what a run does in its sentence; `strict` asks for a predicate even at the beginning.

    In a list of directives (`listed`) "X melaporkan …" asks X to report; elsewhere only a deadline shows that.
    """
    before = text[max(0, run.start - _NEAR) : run.start]
    word, marks = _last_word(before)
    end = before.rstrip().lower()
    run.predicate = predicate_behind(text, run.end)
    if end.endswith(_EXCEPT_ENDS):
        run.role = "except"
    elif _LEAD_BEFORE.search(before):
        run.role = "lead"
    elif _LABEL_BEFORE.search(before):
        run.role = "label"
    elif (not marks and word in _WITH) or end.endswith(_WITH_ENDS) or (run.start > 0 and _ALSO.match(text, run.end)):
        run.role = "with"
    elif _is_subject(text, run, before, strict=strict, listed=listed):
        run.role = "subject"
    elif "(" in marks or "[" in marks or marks[-1:] in ("–", "—", "→", "-", ":", "|"):
        run.role = "bracket"
    elif not marks and _is_agent(before):
        run.role = "agent"
    elif marks == "," and _ENDS.match(text, run.end):
        run.role = "tail"


def leading_mark(text: str, run: Run) -> bool:
    """Whether the words around a run make one of its units the coordinator."""
    before = text[max(0, run.start - _NEAR) : run.start]
    return bool(_LEAD_BEFORE.search(before)) or bool(_LEAD_BEHIND.match(text, run.end))


def _last_word(before: str) -> tuple[str, str]:
    """The last word of a text, lower case, and the punctuation behind it."""
    match = _BEFORE.search(before)
    return ((match.group(1) or "").lower(), match.group(2).strip()) if match else ("", "")


def _is_agent(before: str) -> bool:
    match = _AGENT_BEFORE.search(before)
    return bool(match) and (match.group(1) or "").lower() not in _NO_AGENT if match else False


def _is_subject(text: str, run: Run, before: str, *, strict: bool, listed: bool) -> bool:
    if run.predicate == "report" or (run.predicate == "tell" and not _told_to(text, run.end, listed)):
        return False
    acting = bool(run.predicate)
    if not acting and run.start < _NEAR and _is_called(text, run, before):
        return True
    if run.start < _NEAR and not before.strip(" \t\"'“”‘’([-–—:,."):
        return acting or not strict
    if _NUMBERED.search(before):
        return acting
    word, marks = _last_word(before)
    if word in _ESPECIALLY and run.predicate == "verb" and not _opens(before, word):
        return False  # "… setiap Puskesmas, khususnya Puskesmas Meranti, memiliki stok": spoken of
    if marks and (marks[-1] in _HARD + "(" or "." in marks):
        return acting
    if marks.startswith(",") or marks in ('"', "“"):
        return run.predicate in ("cue", "verb", "tell")
    if word in ORDERS:
        run.ordered = True
        return True
    if word in _TO:
        earlier, mark = _last_word(before.rstrip()[: -len(word)].rstrip() if word else before)
        at_start = not earlier or mark[-1:] in tuple(_HARD + ",")
        if at_start and not acting and (not earlier or mark[-1:] in tuple(_HARD)):
            return _is_addressed(text, run.end)
        return earlier in ORDERS or ((earlier in _LEAD_IN or at_start) and acting)
    if word == "bahwa":
        return run.predicate in ("cue", "verb") and bool(_ORDERED_THAT.search(before))
    return word in _LEAD_IN and acting


def _opens(before: str, word: str) -> bool:
    """Whether the last word of `before` begins a sentence."""
    earlier, mark = _last_word(before.rstrip()[: -len(word)].rstrip())
    return not earlier or mark[-1:] in tuple(_HARD)


def _is_addressed(text: str, end: int) -> bool:
    """ "Untuk Asisten I, hasilnya saya tunggu Senin": behind the comma what is expected of him, no report."""
    match = _ADDRESSED.match(text, end)
    if match is None:
        return False
    sentence = _SENTENCE_END.split(text[match.start(1) :], maxsplit=1)[0]
    return len(sentence.split()) > _SHORTEST_WISH and not TOLD.search(sentence)


def _is_called(text: str, run: Run, before: str) -> bool:
    """ "Ibu Kadis Kesehatan, imunisasi kita rendah; kejar 95 persen": called by name, then told what to do."""
    if before.strip(" \t\"'“”‘’([-–—:,.") or not _CALLED.match(text, run.end):
        return False
    return any(is_imperative(clause.group(1).lower()) for clause in _CLAUSE.finditer(text, run.end))


def _told_to(text: str, end: int, listed: bool) -> bool:
    """Whether "X melaporkan …" asks X to report."""
    rest = text[end : end + 400]
    if _ORDER_NEXT.search(rest) or TOLD.search(_SENTENCE_END.split(rest, maxsplit=1)[0]):
        return False
    return listed or bool(_BY_WHEN.search(_SENTENCE_END.split(rest, maxsplit=1)[0]))


def predicate_behind(text: str, end: int) -> Predicate:
    """What a name at `end` is made to do: a cue, a verb, a report, or a colon before the task; "" for nothing."""
    at = end
    match = _BRACKET.match(text, at) or _AS.match(text, at)
    while match:
        at = match.end()
        match = _BRACKET.match(text, at) or _AS.match(text, at)
    tail = text[at : at + 120]
    if _I_WANT.match(tail):
        return "cue"
    mark = tail.lstrip()[:1]
    if mark in (":", "=") or _ARROW.match(tail):
        first = _WORDS.match(tail.lstrip(" :=-–—>→"))
        if not first:
            return "colon" if mark == ":" else ""
        return "report" if first.group().lower() in REPORTS and not asks_for_report(tail) else "colon"
    return _first_predicate(tail)


def asks_for_report(behind: str) -> bool:
    """Whether what stands behind a name's colon asks for a report: ": laporan inflasi setiap Jumat"."""
    match = _REPORT_LABEL.match(behind)
    if match is None:
        return False
    sentence = _SENTENCE_END.split(behind[match.end() :], maxsplit=1)[0]
    return bool(_BY_WHEN.search(sentence)) and not TOLD.search(sentence)


def _first_predicate(tail: str) -> Predicate:
    """The predicate that opens a text; a joint may put up to three words of somebody unknown before it."""
    last, strangers = 0, 0
    for index, word in enumerate(_WORDS.finditer(tail)):
        gap = tail[last : word.start()].strip(" %()\"'“”—–-\u00a0")
        if gap.strip(",&/+") or index > 11:
            return ""
        last = word.end()
        low = word.group().lower()
        if _PROPOSES.match(tail, word.start()):
            return "tell"
        if (gap.strip(",") or low in _AND_STRANGERS) and not strangers:
            strangers = 4 if gap.strip(",") else 5
        kind = _kind(low)
        if strangers:
            strangers -= 1
            if kind in ("cue", "verb"):
                return kind
            if kind not in ("", "filler") or not strangers:
                return ""
        elif kind != "filler":
            return kind
    return ""


def _kind(word: str) -> Predicate | Literal["filler"]:
    if word in CUES:
        return "cue"
    if word in REPORTS:
        return "report"
    if word in TELLS:
        return "tell"
    if is_verb(word):
        return "verb"
    return "filler" if word in _FILLERS or word.isdigit() else ""
