"""Where the work stands: finished, not begun, going on, or only promised."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.progress import hindrances as h
from understanding.progress import words as w
from understanding.progress.obstacle import Clause
from understanding.progress.tokens import Token

KNOWN = w.AGREEING | w.DOING | w.DONE | w.UNITS | w.EXTENDING | h.NEEDED | h.HINDERED | h.BROKEN | h.MERE_ORDERS
_SUDAH = ("sudah", "telah")


def _counts_a_part(tokens: Sequence[Token], clause: Clause) -> bool:
    """`2 desa selesai`, `selesai 3 desa`, `selesai 60%`: a number in the clause that "semua" does not claim."""
    for offset, token in enumerate(tokens[clause.first : clause.last + 1]):
        if token.kind not in ("number", "fraction") or token.word in ("100", "86"):
            continue
        earlier = clause.words[max(0, offset - 2) : offset]
        # "selesai dilaksanakan di 25 kecamatan" tells where, "selesai di 3 desa" how far.
        if earlier[-1:] == ("di",) and earlier[0] not in w.DONE:
            continue
        later = clause.words[offset + 1 : offset + 2]
        if w.ALL_OF & set(clause.words) and "belum" not in clause.words:
            continue
        counted = later and (later[0] in w.UNITS or later[0] in ("persen", "%"))
        if counted and not any(word in w.ALL_OF or word in ("ke", "tahap", "tanggal") for word in earlier):
            return True
    return "sebagian" in clause.words or any(word in w.FRACTION_WORDS for word in clause.words)


def _is_said_done(words: Sequence[str], place: int) -> bool:
    """Whether the done word at `place` states an end that has come."""
    before, after = words[max(0, place - 6) : place], words[place + 1 : place + 5]
    sudah = any(word in _SUDAH for word in before[-2:])
    if words[place] in w.DONE_BY_SUDAH and not sudah and "berhasil" not in before:
        return False
    straight = bool(before) and before[-1] in _SUDAH and not set(before) & w.NEVER_YET
    if any(word in w.NOT_YET for word in before) and not straight:
        return False
    ahead = any(word in w.AHEAD or word in w.WEEKDAYS for word in after)
    ahead = ahead or after[:1] == ("sebelum",)
    if not sudah and ahead and not any(word in w.BEHIND for word in after):
        return False
    return not ("baru" in before[-2:] and "saja" not in before[-2:]) and before[-1:] != ("yang",)


def _names_a_step(words: Sequence[str]) -> bool:
    """Whether something narrower than the whole work is what ended: "pengukuran selesai"."""
    ignored = (w.SALUTATION | w.FILLERS | w.WHOLE_SUBJECTS | w.ALL_OF | w.DONE | w.UNITS) - w.STEPS
    return any(word.isalpha() and word not in ignored for word in words)


def _goes_on(clause: Clause) -> bool:
    return any(word in w.GOES_ON for word in clause.words)


def is_finished(tokens: Sequence[Token], clauses: Sequence[Clause]) -> bool:
    """Whether the message states that the work is finished; the end of one step, with more to come, is not it."""
    going_on = sum(map(_goes_on, clauses))
    for clause in clauses:
        said = any(word in w.DONE and _is_said_done(clause.words, place) for place, word in enumerate(clause.words))
        if not said or _counts_a_part(tokens, clause):
            continue
        more_to_come = going_on > _goes_on(clause)
        if not (more_to_come and _names_a_step(clause.words)):
            return True
    return False


def _negates_start(words: Sequence[str], place: int) -> bool:
    """`belum mulai`, `belum bisa dikerjakan`, `belum ada progres`, `belum`."""
    after = place + 1
    while after < len(words) and (words[after] in w.BETWEEN_BELUM or not words[after]):
        after += 1
    if "pun" in words[place + 1 : after + 3]:
        return True
    lacking = any(
        word in h.NEEDED for word in words[max(0, place - 6) : place]
    )  # "dana belum ada", "juknis belum turun"
    if after >= len(words):
        return not lacking and words[-1] in w.ENDS_BELUM
    if lacking and words[after] in h.NOT_COMING:
        return False
    if words[after] in w.ANSWERS and "dari" in words[after + 1 : after + 3]:
        return False
    return words[after] in w.STANDING_STILL or (words[after - 1] == "yang" and words[after] in w.DONE)


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


def _is_activity(word: str) -> bool:
    """`pengecoran`, `pemasangan`, `musdes`: work by its name."""
    return (word.startswith("pe") and word.endswith("an") and len(word) > 7) or word in w.ACTIVITIES


def _is_planned(words: Sequence[str]) -> bool:
    """Whether a clause only looks ahead: "besok kami turun", "semoga Jumat sudah selesai"."""
    for word in words:
        if word in _SUDAH or word in w.BEHIND or word in w.MEASURED:
            return False
        if word in w.AHEAD:
            return word not in w.TAKEN_BACK or not any(later in _SUDAH for later in words)
    named = any(
        day in w.WEEKDAYS and after not in w.DAY_NAMES for day, after in zip(words, [*words[1:], ""], strict=True)
    )
    return named and not any(_is_passive(word) for word in words)


def _is_agreement(words: Sequence[str]) -> bool:
    """`siap dilaksanakan`, `baru baca`, `sudah diterima arahannya`: heard, no more."""
    if all(word in w.AGREEING or word in w.SALUTATION or word in ("perintah", "arahan", "kami") for word in words):
        return True
    heard = any(word in (*_SUDAH, "baru") for word in words) and any(word in w.ONLY_RECEIVED for word in words)
    return heard and len(words) < 9 and not any(word.isdigit() for word in words)


def _tells_work(words: Sequence[str], place: int) -> bool:
    """Whether the word at `place` is of work done or under way, and not of work asked for ("mohon dihubungi")."""
    word = words[place]
    if word in w.DONE:
        return _is_said_done(words, place)
    if word == "belum":
        return words[place + 1 : place + 2] == ("100",)
    if word == "lanjut" and place and words[place - 1] == "lebih":
        return False  # "mohon petunjuk lebih lanjut"
    if word == "lagi":
        return words[place - 1] in w.UNITS if place else False
    if _is_passive(word):
        return not any(before in w.REQUESTING for before in words[max(0, place - 3) : place])
    return word in w.DOING


def is_moving(clauses: Sequence[Clause]) -> bool:
    """Whether any work is told: done, under way, or shown, in a clause that is not only a plan."""
    for clause in clauses:
        words = clause.words
        if _is_planned(words) or _is_agreement(words):
            continue
        if any(_tells_work(words, place) for place in range(len(words))):
            return True
        if words[:2] == ("hari", "ini") and any(_is_activity(word) for word in words):
            return True
    return False


def says_anything(tokens: Sequence[Token]) -> bool:
    """Whether there is more than a greeting, a sticker or a slip of the hand."""
    meaning = [token for token in tokens if token.kind == "word" and token.word not in w.SALUTATION]
    if any(token.word in KNOWN for token in meaning):
        return True
    if any(token.word in ("ok", "oke", "ya", "86") for token in tokens):
        return True
    spoken = [token for token in meaning if len(token.word) > 2 and any(letter in "aiueo" for letter in token.word)]
    return len(spoken) >= 3 or any(
        token.kind in ("percent", "fraction") or token.word in ("persen", "belum", *w.FRACTION_WORDS)
        for token in tokens
    )
