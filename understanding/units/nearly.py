"""Names with typing errors: accepted where only one unit is near, otherwise all near ones are given."""

from rapidfuzz.distance import OSA

from understanding.units.lexicon import Core, Lexicon
from understanding.units.names import split_head

_SHORTEST_BEGINNING = 5


def allowed_errors(length: int) -> int:
    """How many typing errors are forgiven in a name of `length` letters."""
    if length < 5:
        return 0
    if length < 8:
        return 1
    return 2 if length < 14 else 3


def nearest_cores(words: Core, head: str, lexicon: Lexicon) -> tuple[int, tuple[str, ...]]:
    """Errors and codes of the cores of a class nearest to `words`; no codes where none is near enough.

    Codes hold more than one unit where another is as near, or one error farther: that has to be asked.
    """
    typed = "".join(words)
    room = allowed_errors(len(typed))
    if not room:
        return 0, ()
    near: dict[str, int] = {}
    for core, codes in lexicon.cores.get(head, {}).items():
        name = "".join(core)
        if abs(len(name) - len(typed)) > room or name[0] != typed[0]:
            continue
        errors = OSA.distance(typed, name, score_cutoff=room)
        if errors > min(room, allowed_errors(len(name))):
            continue
        for code in codes:
            near[code] = min(near.get(code, errors), errors)
    if not near:
        return 0, ()
    best = min(near.values())
    close = [code for code, errors in near.items() if errors <= best + 1]
    return best, tuple(sorted(close, key=lexicon.order.__getitem__))


def part_of_cores(words: Core, head: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Units of a class whose name holds `words` in this order: "Camat Bandar" may be two."""
    found: set[str] = set()
    size = len(words)
    for core, codes in lexicon.cores.get(head, {}).items():
        if len(core) > size and any(core[at : at + size] == words for at in range(len(core) - size + 1)):
            found.update(codes)
    return tuple(sorted(found, key=lexicon.order.__getitem__))


def begun_cores(words: Core, head: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Units of a class whose name begins with the one typed word: "Dinas Perpus"."""
    if len(words) != 1 or len(words[0]) < _SHORTEST_BEGINNING:
        return ()
    found: set[str] = set()
    for core, codes in lexicon.cores.get(head, {}).items():
        if core[0].startswith(words[0]):
            found.update(codes)
    return tuple(sorted(found, key=lexicon.order.__getitem__))


def nearest_units(words: Core, lexicon: Lexicon) -> tuple[str, ...]:
    """Candidates for a typed name that nothing equals, at most four, nearest first within the list's order."""
    head, core = split_head(words)
    heads = [head] if head and head != "kepala" else list(lexicon.cores)
    ranked: list[tuple[int, tuple[str, ...]]] = []
    for one in heads:
        errors, codes = nearest_cores(core, one, lexicon)
        if codes:
            ranked.append((errors, codes))
    if ranked:
        best = min(errors for errors, _ in ranked)
        near = {code for errors, codes in ranked if errors <= best + 1 for code in codes}
    else:
        near = {code for one in heads if one for code in part_of_cores(core, one, lexicon)}
    return tuple(sorted(near, key=lexicon.order.__getitem__))[:4]
