"""Names that stand together in a sentence: "Dinas Pertanian bersama Camat A, B dan C"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from understanding.units import Mention
from understanding.units.words import word_set

_JOINTS = word_set(
    """dan serta bersama sama beserta dibantu didukung bantu oleh juga maupun termasuk berikut atau plus dgn dengan bersamaan
    didampingi sm brsama brsm bersm bareng sekaligus para yaitu yakni antara lain unsur"""
)
_MAY_ASK = word_set(
    "kepada untuk bagi minta meminta dan serta agar supaya tolong mohon para oleh kpd utk selain kecuali bersama dibantu"
)
_HELP = word_set("bersama brsama brsm bersm sama beserta dibantu didukung didampingi bersamaan")
_EXCEPT = re.compile(
    r"\b(?:kecuali(?:kan)?|terkecuali|selain|di ?luar|minus|tidak termasuk|tdk termasuk|tanpa|dikecualikan)\b"
    r"(?! kecuali| terkecuali)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\([^()]{0,25}\)|,?\s*(?:selaku|sebagai|sbg)\s+(?:koordinator|pj|ketua|leading sec?k?tor|penanggung ?jawab|pic)\b(?=\s*(?:,|dan|serta))",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\s*(?:s\.?\s?/?d\.?|sampai(?:\s+dengan)?|hingga|-|–)\s*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

Role = Literal["subject", "label", "lead", "with", "agent", "bracket", "tail", "object", "except"]
Predicate = Literal["cue", "verb", "tell", "report", "colon", ""]


@dataclass(slots=True)
class Run:
    """Mentions joined by "dan", commas and the like; `start` and `end` in the text."""

    members: list[Mention]
    excluded: list[Mention] = field(default_factory=list)
    role: Role = "object"
    predicate: Predicate = ""
    ordered: bool = False  # behind "minta", "menugaskan" and the like

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        last = self.members[-1].end
        return max(last, self.excluded[-1].end) if self.excluded else last

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
            if listed or not _WORDS.search(text[: runs[-1].start]):
                between = between.replace(";", ",")  # "Dinas A; Dinas B agar …": names open the text
            if _takes_exception(runs[-1], mention, between):
                runs[-1].excluded.append(mention)
                continue
            apart = _excepted_first(text, runs[-1], mention) or _spoken_of(text, runs[-1])
            if _joins(runs[-1], mention, between) and not apart:
                runs[-1].members.append(mention)
                continue
        runs.append(Run([mention]))
    return runs


def _takes_exception(run: Run, mention: Mention, between: str) -> bool:
    if run.excluded:
        more = mention.kind == "group" and not mention.implicit
        return not more and _is_joint(between) and not re.search(r"[—–)]", between)
    return any(one.kind == "group" for one in run.members[-3:]) and bool(
        _EXCEPT.search(between) and _is_joint(_EXCEPT.sub(" ", between))
    )


def _joins(run: Run, mention: Mention, between: str) -> bool:
    last = run.members[-1]
    if mention.place != last.place:
        return mention.place and last.kind == "group" and bool(last.condition) and _is_joint(between.replace(":", ","))
    if last.head == mention.head == "asisten" and _UP_TO.fullmatch(between):
        return True
    if ":" in between:
        return last.kind == "group" and bool(last.condition) and _is_joint(between.replace(":", ","))
    return _is_joint(between)


def _excepted_first(text: str, run: Run, mention: Mention) -> bool:
    """ "Selain Dinas Kesehatan, seluruh OPD wajib …": the exception stands before the group."""
    before = text[max(0, run.start - 14) : run.start].rstrip().lower()
    return mention.kind == "group" and before.endswith(("selain", "kecuali", "di luar", "diluar"))


def _spoken_of(text: str, run: Run) -> bool:
    """ "… akreditasi puskesmas bersama Kapus Aek Loba": the puskesmas are only spoken of."""
    first = run.members[0]
    team = first.kind == "other" and len(run.members) == 1
    before = text[max(0, run.start - 20) : run.start].rstrip()
    word = before.rsplit(None, 1)[-1].lower() if before else ""
    return (team or (first.implicit and first.words[0].islower())) and word.isalpha() and word not in _MAY_ASK


def _is_joint(between: str) -> bool:
    between = _ASIDE.sub(" ", between)
    if len(between) > 40 or "." in between.replace("dll.", ""):
        return False
    if re.sub(r"[\s,/&+()—–\-]", "", _WORDS.sub("", between)):
        return False
    words = _WORDS.findall(between.lower().replace("-", " "))
    if ("oleh" in words or "dengan" in words or "dgn" in words) and not _HELP.intersection(words):
        return False  # "dibantu oleh" joins, "oleh" alone does not
    return all(word in _JOINTS for word in words)
