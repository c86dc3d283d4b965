"""Where the work stands: finished, not begun, going on, or only promised."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.progress import words as w
from understanding.progress.obstacle import Clause
from understanding.progress.tokens import Token

_SUDAH = ("sudah", "telah")


def _counts_a_part(tokens: Sequence[Token], clause: Clause, place: int) -> bool:
    """`2 desa selesai`, `selesai 3 desa`, `selesai 60%`: a number in the clause that "semua" does not claim."""
    for offset, token in enumerate(tokens[clause.first : clause.last + 1]):
        if token.kind not in ("number", "fraction") or token.word in ("100", "86"):
            continue
        earlier = clause.words[max(0, offset - 2) : offset]
        later = clause.words[offset + 1 : offset + 2]
        counted = later and (later[0] in w.UNITS or later[0] in ("persen", "%"))
        if counted and not any(word in w.ALL_OF or word in ("ke", "tahap", "tanggal") for word in earlier):
            return True
    return any(word in w.FRACTION_WORDS for word in clause.words)


def _is_said_done(tokens: Sequence[Token], clause: Clause, place: int) -> bool:
    """Whether the done word at `place` states an end that has come."""
    words = clause.words
    before, after = words[:place], words[place + 1 : place + 5]
    sudah = any(word in _SUDAH for word in before[-2:])
    if words[place] in w.DONE_BY_SUDAH and not sudah and "berhasil" not in before:
        return False
    if any(word in w.NOT_YET for word in before[-6:]) and not (
        before and before[-1] in _SUDAH and not set(before) & w.NEVER_YET
    ):
        return False
    if (
        not sudah
        and any(word in w.AHEAD or word in w.WEEKDAYS for word in after)
        and "kemarin" not in after
        and "lalu" not in after
    ):
        return False
    if "baru" in before[-2:] and "saja" not in before[-2:]:
        return False
    return not (before and before[-1] == "yang") and not _counts_a_part(tokens, clause, place)


def _names_a_step(words: Sequence[str], place: int) -> bool:
    """Whether something narrower than the whole work is what ended: "pengukuran selesai"."""
    rest = [*words[:place], *words[place + 1 :]]
    ignored = w.SALUTATION | w.FILLERS | w.WHOLE_SUBJECTS | w.ALL_OF | w.DONE | w.UNITS
    return any(word.isalpha() and word not in ignored for word in rest)


def _goes_on(clauses: Sequence[Clause], but: int) -> bool:
    others = (clause for index, clause in enumerate(clauses) if index != but)
    return any(word in w.GOES_ON for clause in others for word in clause.words)


def is_finished(tokens: Sequence[Token], clauses: Sequence[Clause]) -> bool:
    """Whether the message states that the work is finished; the end of one step, with more to come, is not it."""
    for index, clause in enumerate(clauses):
        for place, word in enumerate(clause.words):
            if word not in w.DONE or not _is_said_done(tokens, clause, place):
                continue
            if not _names_a_step(clause.words, place) or not _goes_on(clauses, index):
                return True
    return False


def _negates_start(words: Sequence[str], place: int) -> bool:
    """`belum mulai`, `belum bisa dikerjakan`, `belum ada progres`, `belum`."""
    after = place + 1
    while after < len(words) and words[after] in w.BETWEEN_BELUM:
        after += 1
    if after >= len(words):
        return place + 1 == after or words[-1] in (
            "pak",
            "bu",
            "ada",
            "sama",
            "sekali",
            "juga",
            "sempat",
            "bisa",
            "pernah",
            "apa",
        )
    return words[after] in w.STANDING_STILL


def is_not_begun(clauses: Sequence[Clause]) -> bool:
    """Whether nothing has been done: "belum mulai", "belum ada progres", "nihil"."""
    for clause in clauses:
        for place, word in enumerate(clause.words):
            if word == "belum" and _negates_start(clause.words, place):
                return True
            if word == "tidak" and clause.words[place + 1 : place + 3] in (
                ("ada", "progres"),
                ("ada", "kegiatan"),
                ("ada", "kemajuan"),
            ):
                return True
            if word == "nihil" and "kendala" not in clause.words and "hambatan" not in clause.words:
                return True
    return False


def is_unfinished(clauses: Sequence[Clause]) -> bool:
    """Whether the message says "belum" of the work at all."""
    return any("belum" in clause.words for clause in clauses)


def _is_passive(word: str) -> bool:
    """`dikerjakan`, `terpasang`, `disosialisasikan`: work that somebody did."""
    if not word.startswith(("di", "ter", "ke")) or len(word) < 6:
        return False
    stem = word[3:] if word.startswith("ter") else word[2:]
    for tail in ("", "kan", "i", "nya", "kannya"):
        if (not tail or stem.endswith(tail)) and stem[: len(stem) - len(tail)] in w.PASSIVE_STEMS:
            return True
    return False


def is_moving(clauses: Sequence[Clause]) -> bool:
    """Whether any work is told: done, under way, or shown, in a clause that is not only a plan."""
    for clause in clauses:
        words = clause.words
        done = any(word in _SUDAH for word in words)
        if done and any(word in w.ONLY_RECEIVED for word in words) and len(words) < 9:
            continue
        if not done and any(word in w.AHEAD for word in words):
            continue
        if any(word in w.DOING or _is_passive(word) for word in words):
            return True
    return False


def says_anything(tokens: Sequence[Token]) -> bool:
    """Whether there is more than a greeting, a sticker or a slip of the hand."""
    meaning = [token for token in tokens if token.kind == "word" and token.word not in w.SALUTATION]
    if any(token.word in w.AGREEING or token.word in w.DOING or token.word in w.DONE for token in tokens):
        return True
    if any(token.word in ("ok", "oke", "ya", "86") for token in tokens):
        return True
    spoken = [token for token in meaning if len(token.word) > 2 and any(letter in "aiueo" for letter in token.word)]
    return len(spoken) >= 3 or any(
        token.kind in ("percent", "fraction") or token.word in ("persen", "belum", *w.FRACTION_WORDS)
        for token in tokens
    )
