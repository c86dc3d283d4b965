"""What a unit is, and what a typed name may turn out to be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the regency's government; `kecamatan` is the code of the kecamatan it is or stands in."""

    code: str
    kind: str  # pimpinan, opd, kecamatan, puskesmas
    name: str
    aliases: tuple[str, ...] = ()
    confidence: str = ""
    source: str = ""
    kecamatan: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a typed name may mean: no codes: nothing; several without a group: it must be asked which."""

    words: str
    codes: tuple[str, ...]
    group: str | None = None
    certain: bool = False

    @property
    def code(self) -> str | None:
        """The one unit meant for certain, or None."""
        return self.codes[0] if self.certain and self.group is None and len(self.codes) == 1 else None

    @property
    def ambiguous(self) -> bool:
        """Whether somebody has to choose among `codes`."""
        return bool(self.codes) and not self.certain


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named in a text. `codes` is one unit when `certain`, else the candidates (none: an unknown unit)."""

    start: int
    end: int
    words: str
    kind: (
        str  # unit, group, village, other (village heads, teams: no units), outsider (no part of the regency), unknown
    )
    codes: tuple[str, ...] = ()
    group: str | None = None
    certain: bool = True
    head: str = ""  # class of the head it stands under: dinas, camat, puskesmas, …
    place: bool = False  # a kecamatan's bare name: a place unless it stands in a list of camat
    condition: str = ""  # what narrows a group so that it cannot be computed ("yang rawan banjir")
    implicit: bool = False  # a group without "seluruh": "Camat agar …"

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the text."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Named:
    """A mention before its place in the text is known: words `first` to `stop` (exclusive)."""

    first: int
    stop: int
    kind: str
    codes: tuple[str, ...] = ()
    group: str | None = None
    certain: bool = True
    head: str = ""
    place: bool = False
    condition: tuple[int, int] | None = None
    implicit: bool = False
    core: tuple[str, ...] = ()
