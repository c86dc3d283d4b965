"""The kop of official papers and who signs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from presentation.print.text import printable

LARGEST_LOGO = 400_000
_SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Kop naskah dinas: `PEMERINTAH KABUPATEN ASAHAN`, `SEKRETARIAT DAERAH`, address and contacts, the regency's arms.

    `logo` is a PNG, JPEG or SVG of at most 400 kB, None prints without. Raises ValueError for anything else.
    """

    government: str
    office: str
    address: str = ""
    contact: str = ""
    logo: bytes | None = None

    def __post_init__(self) -> None:
        if self.logo is not None:
            _picture_kind(self.logo)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: the post as written above the name (`Plt. Sekretaris Daerah`, `a.n. Bupati Asahan`), rank and NIP."""

    post: str
    name: str = ""
    rank: str = ""
    nip: str = ""


def letterhead_data(letterhead: Letterhead) -> dict[str, object]:
    """As `kop` in style.typ takes it."""
    return {
        "government": printable(letterhead.government, 80).upper(),
        "office": printable(letterhead.office, 90).upper(),
        "address": printable(letterhead.address, 140),
        "contact": printable(letterhead.contact, 140),
        "logo": None if letterhead.logo is None else _picture(letterhead.logo),
    }


def signatory_data(signatory: Signatory | None) -> Mapping[str, str] | None:
    """As `signature` in style.typ takes it."""
    if signatory is None:
        return None
    return {
        "post": printable(signatory.post, 160),
        "name": printable(signatory.name, 90),
        "rank": printable(signatory.rank, 60),
        "nip": printable(signatory.nip, 40),
    }


def _picture(logo: bytes) -> dict[str, object]:
    return {"kind": _picture_kind(logo), "bytes": list(logo)}


def _picture_kind(logo: bytes) -> str:
    if len(logo) > LARGEST_LOGO:
        raise ValueError(f"the logo has {len(logo)} bytes, at most {LARGEST_LOGO} are printed")
    for kind, signature in _SIGNATURES.items():
        if logo.startswith(signature):
            return kind
    if b"<svg" in logo[:2000]:
        return "svg"
    raise ValueError("the logo is neither PNG, JPEG nor SVG")
