"""Names that stand together in a sentence ("Dinas Pertanian bersama Camat A, B dan C"), and what they do there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from understanding.minutes.wording import LEAD_LABEL, SUPPORT_LABEL
from understanding.units import Mention
from understanding.units.predicates import CUES, ORDERS, REPORTS, TELLS, is_verb
from understanding.units.words import word_set

_JOINTS = word_set("""dan serta bersama sama beserta dibantu didukung bantu oleh juga maupun termasuk berikut atau plus dgn dengan bersamaan
    didampingi sm bareng sekaligus selaku para yaitu yakni antara lain unsur""")
_EXCEPT = re.compile(
    r"\b(?:kecuali(?:kan)?|terkecuali|selain|di\s?luar|minus|tidak termasuk|tdk termasuk|tanpa|dikecualikan)\b(?! kecuali| terkecuali)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*", re.UNICODE)

Role = Literal["subject", "label", "lead", "with", "agent", "bracket", "object", "except"]
Predicate = Literal["cue", "verb", "tell", "report", "colon", ""]


@dataclass(slots=True)
class Run:
    """Mentions joined by "dan", commas and the like; `start` and `end` in the text."""

    members: list[Mention]
    excluded: list[Mention] = field(default_factory=list)
    role: Role = "object"
    predicate: Predicate = ""
    begin: int = 0  # where the clause of a subject begins

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        return max(mention.end for mention in (*self.members, *self.excluded))

    @property
    def bare(self) -> bool:
        """Only places, no office named."""
        return all(mention.place or mention.kind == "village" for mention in self.members)


def runs_of(text: str, mentions: Sequence[Mention], *, listed: bool = False) -> list[Run]:
    """Mentions gathered into runs, in order; villages are left out. In a list (a table's cell) ";" joins names too."""
    runs: list[Run] = []
    for mention in mentions:
        if mention.kind == "village":
            continue
        if runs:
            between = text[runs[-1].end : mention.start]
            if listed:
                between = between.replace(";", ",")
            if _takes_exception(runs[-1], mention, between):
                runs[-1].excluded.append(mention)
                continue
            if _joins(runs[-1], mention, between):
                runs[-1].members.append(mention)
                continue
        runs.append(Run([mention]))
    return runs


def _takes_exception(run: Run, mention: Mention, between: str) -> bool:
    if run.excluded:
        more = mention.kind == "group" and not mention.implicit
        return not more and _is_joint(between) and not re.search(r"[—–)]", between)
    return any(one.kind == "group" for one in run.members) and bool(
        _EXCEPT.search(between) and _is_joint(_EXCEPT.sub(" ", between))
    )


def _joins(run: Run, mention: Mention, between: str) -> bool:
    if mention.place and not run.members[-1].place:
        return False
    return _is_joint(between)


def _is_joint(between: str) -> bool:
    if len(between) > 40 or "." in between.replace("dll.", ""):
        return False
    if re.sub(r"[\s,/&+()—–:\-]", "", _WORDS.sub("", between)):
        return False
    return all(word in _JOINTS for word in _WORDS.findall(between.lower().replace("-", " ")))


# --- what stands before and behind a run ---

_BEFORE = re.compile(r"([^\W_]+(?:-[^\W_]+)*)?([^\w]*)$")
_LEAD_IN = word_set("""kepada utk untuk bagi khusus khususnya dan sedangkan sementara adapun lalu kemudian selanjutnya serta agar supaya maka juga namun tetapi tapi
    selain yth pj plt plh bapak ibu saudara sdr sekaligus lagi pertama kedua ketiga keempat kelima terakhir berikutnya para begitu demikian
    sebaliknya oleh karena itu karenanya khusus rekan""")
_WITH = word_set("bersama dibantu didampingi beserta didukung bantu bersamaan melibatkan") - {"melibatkan"}
_TO = word_set("kepada kpd ke untuk utk bagi")
_HARD = ".;:!?–—|•→"
_LEAD_BEFORE = re.compile(
    rf"(?:\b{LEAD_LABEL}\s*(?:oleh|adalah|[:=\-–])?\s*|\b(?:dikoordinasikan|dikoordinir|dikoordinator|dikoordinatori|dipimpin|diketuai|dikomandoi)(?:\s+oleh)?\s+|\bkoordinasi\s+(?=$))$",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(rf"(?:^|[.;,(|–—\-]\s*)(?:{SUPPORT_LABEL})\s*[:=]\s*$", re.IGNORECASE)
_AGENT_BEFORE = re.compile(
    r"\b(?:oleh|ditugaskan kepada|di(?:laksanakan|tindaklanjuti|kerjakan|tangani|siapkan|susun|kelola|selesaikan|fasilitasi|lakukan"
    r"|selenggarakan|bangun|perbaiki|awasi|sediakan|anggarkan|urus|data))\s*:?\s*$",
    re.IGNORECASE,
)
_LEAD_BEHIND = re.compile(
    r"\s*[,(]?\s*(?:(?:sebagai|selaku|menjadi|jadi|sbg|adalah)\s+)?(?:\b(?:koordinator|leading sec?k?tor|penanggung\s?jawab|pj|ketua|pic|penjab)\b|(?:meng?koordinir|meng?koordinasikan|mengoordinir|mengoordinasi|mengoordinasikan|memimpin|mengetuai)\b)",
    re.IGNORECASE,
)
_AS = re.compile(
    r"\s*[,(]?\s*(?:sebagai|selaku|sbg)\s+[^,;.()]{0,40}?(?=[,()]|\s(?:agar|supaya|segera|wajib|harus|untuk)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:bahwa|realisasi|capaian|sudah|sdh|telah|baru|masih|belum|blm|saat ini|\d+(?:[.,]\d+)?\s*(?:%|persen))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)])[.;]\s+")
_BY_WHEN = re.compile(
    r"\b(?:paling|plg|selambat|setiap|tiap|sebelum|sblm|tenggat|batas|besok|lusa|minggu depan|pekan depan)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\([^()]{0,80}\)")
_FILLERS = word_set("""juga masing masing-masing secara serentak bersama bersama-sama sama turut pun sekalian nanti ini itu hari besok lusa paling lambat lama
    selambat-lambatnya sebelum sampai tanggal tgl dalam waktu minggu pekan bulan dengan sesuai tersebut tsb semuanya semua terus kembali tetap
    mulai selama setelah setiap tiap langsung lebih lagi dahulu dulu terlebih dlm plg sblm tgl dan lainnya lain""")
_MONTHS = word_set("januari februari maret april mei juni juli agustus september oktober november desember")


def leading_mark(text: str, run: Run) -> bool:
    """Whether the words around a run make its (first) unit the coordinator."""
    return bool(_LEAD_BEFORE.search(text[: run.start])) or bool(_LEAD_BEHIND.match(text, run.end))


def place_run(text: str, run: Run, *, strict: bool) -> None:
    """Decide what a run does in its sentence; `strict` asks for a predicate even at the beginning."""
    before = text[: run.start]
    match = _BEFORE.search(before)
    word = (match.group(1) or "").lower() if match else ""
    marks = match.group(2).strip() if match else ""
    run.predicate = predicate_behind(text, run.end)
    run.begin = run.start
    if _EXCEPT.search(before[-22:]) and _EXCEPT.search(before[-22:]).end() >= len(before[-22:].rstrip()):  # type: ignore[union-attr]
        run.role = "except"
    elif _LEAD_BEFORE.search(before):
        run.role = "lead"
    elif _LABEL_BEFORE.search(before):
        run.role = "label"
    elif (not marks and word in _WITH) or before.rstrip().lower().endswith(
        (
            "bersama dengan",
            "dibantu oleh",
            "didukung oleh",
            "bersama-sama dengan",
            "didampingi oleh",
            "bersama-sama",
            "dengan dibantu",
        )
    ):
        run.role = "with"
    elif _is_subject(text, run, before, word, marks, strict):
        run.role = "subject"
    elif "(" in marks or marks[-1:] in ("–", "—", "→", "-", ":", "|"):
        run.role = "bracket"
    elif not marks and _AGENT_BEFORE.search(before):
        run.role = "agent"


def _is_subject(text: str, run: Run, before: str, word: str, marks: str, strict: bool) -> bool:
    if run.predicate == "report" or (run.predicate == "tell" and not _told_to(text[run.end :], strict)):
        return False
    start = not before.strip(" \t\"'“”‘’([-–—:,.")
    acting = bool(run.predicate)
    if start:
        return acting or not strict
    if marks and (marks[-1] in _HARD + "(" or "." in marks):
        return acting
    if marks.startswith(",") or marks in ('"', "“"):
        return acting and run.predicate in ("cue", "verb", "tell")
    if word in ORDERS:
        return True
    if word in _TO:
        head = _BEFORE.search(before[: match_start(before)].rstrip())
        earlier = (head.group(1) or "").lower() if head else ""
        clause_start = not earlier or bool(
            head and head.group(2).strip()[-1:] and head.group(2).strip()[-1:] in _HARD + ","
        )
        return (earlier in ORDERS or earlier in _LEAD_IN or clause_start) and (acting or earlier in ORDERS)
    if word in _LEAD_IN:
        return acting
    return False


def _told_to(rest: str, strict: bool) -> bool:
    """Whether "X melaporkan …" asks X to report; outside a list of directives only a deadline shows that."""
    sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    if _TOLD.search(sentence):
        return False
    return not strict or bool(_BY_WHEN.search(sentence))


def match_start(before: str) -> int:
    """Where the last word of a text begins."""
    match = _BEFORE.search(before)
    return match.start(1) if match and match.group(1) else len(before)


def predicate_behind(text: str, end: int) -> Predicate:
    """What a name at `end` is made to do: a cue, a verb, a report, or a colon before the task; "" for nothing."""
    at = end
    while True:
        for skipped in (_BRACKET, _AS):
            match = skipped.match(text, at)
            if match:
                at = match.end()
                break
        else:
            break
    tail = text[at : at + 120]
    mark = tail.lstrip()[:1]
    if mark in (":", "=") or re.match(r"\s*(?:[-–—]|->|=>)\s", tail):
        rest = tail.lstrip(" :=-–—>")
        first = _WORDS.match(rest)
        if not first:
            return "colon" if mark == ":" else ""
        return "report" if first.group().lower() in REPORTS else "colon"
    last = 0
    for index, match in enumerate(_WORDS.finditer(tail)):
        gap = tail[last : match.start()]
        last = match.end()
        if gap.strip(" ,()\"'“”—–-\u00a0") or index > 11:
            return ""
        low = match.group().lower()
        if low in CUES:
            return "cue"
        if low in REPORTS:
            return "report"
        if low in TELLS:
            return "tell"
        if is_verb(low):
            return "verb"
        if low not in _FILLERS and low not in _MONTHS and not low.isdigit():
            return ""
    return ""
