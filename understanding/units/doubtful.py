"""Names that nothing in the list equals: typing errors, shortened names, offices nobody knows."""

from rapidfuzz.distance import OSA

from understanding.units.conditions import RESTRICTIONS
from understanding.units.groups import NOUNS, QUANTIFIERS
from understanding.units.lexicon import Lexicon
from understanding.units.model import Named
from understanding.units.names import DOTTED, HEADS, LONGEST_HEAD
from understanding.units.nearly import begun_cores, nearest_cores, part_of_cores
from understanding.units.predicates import REPORTS, is_predicate
from understanding.units.words import Word, word_set

_CLASSES = word_set("dinas badan bagian puskesmas camat asisten")
_PERSONS = word_set("kadis kaban kabag kadin kapus camat sekdis sekcam")
_MISSPELT = sorted(head[0] for head in HEADS if len(head) == 1 and len(head[0]) >= 5)
_NO_NAMES = word_set("""dan serta atau bersama dengan luar dalam negeri terkait setempat tersebut masing yang ini itu lain lainnya di ke
    dari pada untuk kecuali selain se jalan agar juga kami kita saya""")
# One letter away from a head, and words of their own.
_REAL_WORDS = word_set(
    "kepada kasus kapur kapuk bahan badai bagikan cermat cacat hadis kadin kader dingin kepalan kepala"
)
_LONGEST_NAME = 6


def read_doubtful(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """A misspelt, shortened or unknown unit that begins at word `at`."""
    for size in range(min(LONGEST_HEAD, len(words) - at - 1), 0, -1):
        head = HEADS.get(tuple(word.norm for word in words[at : at + size]))
        if head in _CLASSES and ("." not in words[at + size].gap or words[at + size - 1].norm in DOTTED):
            return _under_head(words, at, at + size, head or "", lexicon)
    return read_misspelt(words, at, lexicon)


def read_misspelt(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """A head or a long short name with one typing error."""
    return _misspelt_head(words, at, lexicon) or _misspelt_acronym(words, at, lexicon)


def _name_end(words: list[Word], start: int) -> int:
    """How far a name may reach from `start`."""
    stop = start
    while stop < min(len(words), start + _LONGEST_NAME):
        word = words[stop]
        if word.gap.strip(" .\u00a0") or (stop > start and word.gap.startswith(". ")) or "\n" in word.gap:
            break
        low = word.text.lower()
        if word.norm in _NO_NAMES or is_predicate(low) or low in REPORTS or word.norm in QUANTIFIERS:
            break
        if word.norm in RESTRICTIONS and not word.capital:
            break
        stop += 1
    return stop


def _under_head(words: list[Word], at: int, start: int, head: str, lexicon: Lexicon) -> Named | None:
    limit = _name_end(words, start)
    named = words[at].norm in _PERSONS or (words[at].capital and start < limit and words[start].capital)
    addressed = head == "dinas" and limit == start + 1 and _acts(words, limit)  # "dinas tani jgn lupa …"
    named = named or addressed
    for stop in range(limit, start, -1):
        core = tuple(word.norm for word in words[start:stop])
        _, codes = nearest_cores(core, head, lexicon)
        if codes:
            return Named(at, stop, "unit", codes, certain=len(codes) == 1, head=head, core=core)
    if not named:
        return None
    for stop in range(limit, start, -1):
        core = tuple(word.norm for word in words[start:stop])
        codes = part_of_cores(core, head, lexicon) if len("".join(core)) >= 3 else ()
        codes = codes or begun_cores(core, head, lexicon)
        if codes:
            return Named(at, stop, "unit", codes, certain=len(codes) == 1, head=head, core=core)
    stop = start
    while stop < limit and words[stop].capital:
        stop += 1
    if stop == start and (addressed or words[at].norm in ("kadis", "kaban", "kabag", "kadin")):
        stop = min(limit, start + 1)
    return Named(at, stop, "unknown", certain=False, head=head) if stop > start else None


def _acts(words: list[Word], at: int) -> bool:
    return at < len(words) and not words[at].gap.strip() and is_predicate(words[at].text.lower())


def _misspelt_head(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """ "Dians Kesehatan", "Cmat Air Joman": one error in the head, none in what follows."""
    typed = words[at].norm
    if len(typed) < 4 or typed in _REAL_WORDS or at + 1 >= len(words) or words[at + 1].gap.strip(" ."):
        return None
    if words[at + 1].norm not in lexicon.after_heads:
        return None
    for head in _MISSPELT:
        if head[0] == typed[0] and head != typed and OSA.distance(typed, head, score_cutoff=1) <= 1:
            stop, codes = lexicon.core_at(words, at + 1, HEADS[(head,)])
            if codes:
                core = tuple(word.norm for word in words[at + 1 : stop])
                return Named(at, stop, "unit", codes, certain=len(codes) == 1, head=HEADS[(head,)], core=core)
    return None


def _misspelt_acronym(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """ "Diskomifo": one error in a long short name; a plain word of the language is none."""
    typed = words[at].norm
    if (
        len(typed) < 7
        or typed[0] not in lexicon.acronyms_by_letter
        or (typed,) in NOUNS
        or is_predicate(typed)
        or typed in REPORTS
    ):
        return None
    codes: set[str] = set()
    for word in lexicon.acronyms_by_letter.get(typed[0], ()):
        if OSA.distance(typed, word, score_cutoff=1) <= 1:
            codes.update(lexicon.joined[word])
    if not codes:
        return None
    ranked = tuple(sorted(codes, key=lexicon.order.__getitem__))
    place = all(lexicon.kind[code] == "kecamatan" for code in ranked)
    return Named(at, at + 1, "unit", ranked, certain=len(ranked) == 1, place=place)
