"""Where a clause or table cell begins and ends: a length of time alone in one is a deadline."""

from __future__ import annotations

from understanding.deadlines.tokens import END, SIGN, Token
from understanding.deadlines.words import words


def is_whole_clause(tokens: list[Token], start: int, end: int) -> bool:
    """Tell whether nothing else is said between the signs around it.

    `cek tanggul, 10 hari kerja`; `Tiga minggu cukup.`; with what must be done then: `…, 3 hari kerja harus selesai`.
    """
    while start > 0 and tokens[start - 1].word in _BEFORE_WHOLE and not tokens[start].new_line:
        start -= 1
    if _says_done(tokens, end):
        return True
    if not (start == 0 or tokens[start].new_line or _ends_clause(tokens[start - 1])):
        return False
    if start > 1 and tokens[start - 2].word in _DURATIONS:
        return False
    while tokens[end].word in _BEHIND_WHOLE:
        end += 1
    after = tokens[end]
    return after.kind == END or after.new_line or _ends_clause(after) or after.word in _DONE


def _says_done(tokens: list[Token], end: int) -> bool:
    """`lapor 3 hari kerja harus selesai.`"""
    while tokens[end].word in _BEHIND_WHOLE:
        end += 1
    return tokens[end].word in _DONE and (tokens[end + 1].kind == END or _ends_clause(tokens[end + 1]))


_BEFORE_WHOLE = words(
    """cukup hanya yaitu yakni waktu sekitar kira kurang lebih kurleb tempo hr pak bu ya ok oke adalah harus"""
)
_BEHIND_WHOLE = words("cukup saja ya pak bu aja sudah paling kok deh oke ok mohon siap juga harus wajib mesti")
_DONE = words("selesai tuntas rampung beres kelar")
_DURATIONS = words("selama durasi masa lama lamanya berlaku")


def _ends_clause(token: Token) -> bool:
    return token.kind == SIGN and token.raw not in "()/%+'\"&"
