"""Who is asked: names put together to lists, groups expanded, the coordinator found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from understanding.units import Mention, UnitIndex

_IN_KECAMATAN = re.compile(r"(?:di |se-?|wilayah |di wilayah |dalam )*(?:kecamatan|kec\.?)\s", re.IGNORECASE)
_CHIEF = frozenset({"bupati"})
_SPEAKERS = frozenset({"bupati", "wabup"})


@dataclass(slots=True)
class People:
    """Units that are asked, in the order of the text; `open` are phrases that have to be asked about."""

    codes: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    lead: str | None = None
    first_is_group: bool | None = None
    open: list[Mention] = field(default_factory=list)
    others: list[Mention] = field(default_factory=list)
    outsiders: list[Mention] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.codes or self.open or self.others)

    @property
    def mentioned(self) -> bool:
        """Whether anybody was named, if only an outside body."""
        return bool(self) or bool(self.outsiders)

    def add(self, other: "People") -> "People":
        """Both together; whoever was named first stays first."""
        return People(
            list(dict.fromkeys([*self.codes, *other.codes])),
            list(dict.fromkeys([*self.groups, *other.groups])),
            list(dict.fromkeys([*self.exclude, *other.exclude])),
            self.lead or other.lead,
            self.first_is_group if self.first_is_group is not None else other.first_is_group,
            [*self.open, *other.open],
            [*self.others, *other.others],
            [*self.outsiders, *other.outsiders],
        )

    def without_excluded(self) -> "People":
        """The excluded units taken out."""
        gone = set(self.exclude)
        return People(
            [code for code in self.codes if code not in gone],
            self.groups,
            self.exclude,
            self.lead,
            self.first_is_group,
            self.open,
            self.others,
            self.outsiders,
        )


def people_of(
    mentions: Sequence[Mention],
    units: UnitIndex,
    excluded: Sequence[Mention] = (),
    *,
    places: bool = False,
    listed: bool = False,
) -> People:
    """Codes, groups and open phrases of a list of names; bare place names count only where `places` says so.

    Who speaks is not asked, except that a table's cell (`listed`) may name the Wakil Bupati.
    """
    people = People()
    for index, mention in enumerate(mentions):
        if mention.kind == "outsider":
            people.outsiders.append(mention)
        elif mention.kind == "other":
            people.others.append(mention)
        elif mention.kind == "unknown" or (mention.kind == "unit" and not mention.certain):
            people.open.append(mention)
            _first(people, is_group=True)
        elif mention.kind == "group":
            _first(people, is_group=True)
            _add_group(people, mention, mentions[index + 1 : index + 2], units)
        elif mention.kind == "unit" and (places or not mention.place):
            _first(people, is_group=False)
            barred = _CHIEF if listed else _SPEAKERS
            people.codes.extend(code for code in mention.codes if code not in people.codes and code not in barred)
    for mention in excluded:
        people.exclude.extend(_codes_of(mention, units))
    return people.without_excluded()


def _first(people: People, *, is_group: bool) -> None:
    if people.first_is_group is None:
        people.first_is_group = is_group


def _add_group(people: People, mention: Mention, after: Sequence[Mention], units: UnitIndex) -> None:
    if mention.condition:
        listed = bool(after) and mention.head != "" and after[0].head == mention.head and after[0].kind == "unit"
        placed = _puskesmas_in(mention, units) if not listed else []
        if placed:
            people.codes.extend(code for code in placed if code not in people.codes)
        elif not listed:  # "tiga kecamatan pesisir (Silau Laut, Tanjung Balai)" says itself who is meant
            people.open.append(mention)
        return
    if mention.group is None:
        people.open.append(mention)
        return
    people.groups.append(mention.group)
    people.codes.extend(code for code in units.group(mention.group) if code not in people.codes)


def _puskesmas_in(mention: Mention, units: UnitIndex) -> list[str]:
    """ "Puskesmas di Kecamatan Air Batu" can be computed: the list says where each stands."""
    if mention.group != "seluruh_puskesmas" or not _IN_KECAMATAN.match(mention.condition):
        return []
    named = units.mentions(mention.condition)
    if not all(one.kind == "unit" and one.certain and units[one.codes[0]].kind == "kecamatan" for one in named):
        return []
    return [code for one in named for code in units.puskesmas_of(one.codes[0])]


def _codes_of(mention: Mention, units: UnitIndex) -> Iterable[str]:
    if mention.kind == "group":
        return units.group(mention.group) if mention.group and not mention.condition else ()
    return mention.codes if mention.certain else ()


def lead_of(people: People, units: UnitIndex) -> str | None:
    """The coordinator: the one marked so, else the first unit named; None among equals or where a group comes first."""
    if people.lead:
        return people.lead
    if not people.codes or people.first_is_group:
        return None
    return None if are_equals(people.codes, units) else people.codes[0]


def are_equals(codes: Sequence[str], units: UnitIndex) -> bool:
    """Whether several kecamatan alone, or several puskesmas alone, are asked: nobody leads."""
    kinds = {units[code].kind for code in codes}
    return len(codes) > 1 and len(kinds) == 1 and kinds <= {"kecamatan", "puskesmas"}
