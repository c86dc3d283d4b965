"""How a letter addresses an official, by rank: `Yth. Bapak Bupati` upwards, `Yth. Sdr. Camat` downwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """Posts of a regency from the top down; a larger number stands lower."""

    REGENT = 1
    VICE_REGENT = 2
    REGIONAL_SECRETARY = 3
    ASSISTANT = 4
    AGENCY_HEAD = 5
    DISTRICT_HEAD = 6
    HEALTH_CENTRE_HEAD = 7


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to: the post (`Camat Silau Laut`), where it sits, its rank, `Bapak` or `Ibu` when known."""

    post: str
    place: str
    rank: Rank
    honorific: str = ""


def opening(addressee: Addressee, signed_by: Rank) -> str:
    """The first line of the address: `Yth. Sdr. Camat Silau Laut`, `Yth. Ibu Asisten …`."""
    if addressee.rank > signed_by:
        return f"Yth. {'Sdri.' if addressee.honorific == 'Ibu' else 'Sdr.'} {addressee.post}"
    return f"Yth. {addressee.honorific or 'Bapak/Ibu'} {addressee.post}"


def pronoun(addressee: Addressee, signed_by: Rank) -> str:
    """How the letter's sentences say "you": `Saudara` downwards, `Bapak/Ibu` to equals and upwards."""
    if addressee.rank > signed_by:
        return "Saudari" if addressee.honorific == "Ibu" else "Saudara"
    return addressee.honorific or "Bapak/Ibu"
