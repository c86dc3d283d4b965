"""Who speaks and who answers in a notulen that is written as a dialogue."""

import re
from collections.abc import Sequence

from understanding.minutes.headings import SPEAKERS
from understanding.minutes.openings import REPLY, REPORTED
from understanding.minutes.roles import TOLD, asks_for_report
from understanding.units import Mention

_SPEECH = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:asahan\s*)?(?:jg |juga )?(?:menambahkan|menyampaikan|menegaskan|mengingatkan|menekankan"
    r"|mengarahkan|berpesan|menutup|membuka|menanggapi|meminta|minta|menginstruksikan)?[^:]{0,25}:\s*",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(?:(?:bapak|pak|bpk)\s+)?(?:bupati|wakil bupati|wabup|sekda)\b[^:]{0,20}:\s*\S", re.IGNORECASE)
_ANSWER = re.compile(r"(?:siap|baik|terima kasih|sudah|sdh|oke|ya)\b", re.IGNORECASE)
_CHAIRS = frozenset({"asisten-pemkesra", "asisten-ekbang", "asisten-adum"})  # they may speak for the Bupati
_TELLING = re.compile(r"(?:melapor|menyampaikan|menjelaskan)", re.IGNORECASE)
# "Kepala Bapenda: capaian PBB 12 persen. Arahan: …": the answer to a report.
_ORDER_BEHIND = re.compile(
    r"[.;]\s+((?:(?:bapak |pak )?(?:bupati|wakil bupati|wabup|sekda)\b[^.;:]{0,20}\b(?:minta|meminta|menginstruksikan|memerintahkan|menugaskan)"
    r"|arahan|instruksi|tindak lanjut|perintah)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


def is_spoken(text: str) -> bool:
    """Whether a line gives the words of the Bupati, the Wakil Bupati or the Sekda."""
    return bool(_SPOKEN.match(text))


def speech_at(text: str, mentions: Sequence[Mention]) -> int:
    """Where the words of one who gives orders begin behind his name; 0 where nobody of them speaks."""
    speaker = next((one for one in mentions if one.start <= 6 and one.codes and set(one.codes) <= SPEAKERS), None)
    match = _SPEECH.match(text, speaker.end) if speaker else None
    return match.end() if match else 0


def order_behind(text: str) -> int:
    """Where an order begins behind an answer; 0 where there is none."""
    match = _ORDER_BEHIND.search(text)
    return match.start(1) if match else 0


def announces(codes: Sequence[str], text: str) -> bool:
    """ "Sekretaris Daerah menyampaikan:" says who speaks and asks nobody."""
    return bool(codes) and set(codes) <= SPEAKERS | _CHAIRS and bool(_TELLING.search(text))


def is_report(text: str) -> bool:
    """Whether the line under a unit's name tells what it reported."""
    return REPORTED.match(text) or (bool(_TELLING.match(text)) and bool(TOLD.search(text)))


def is_reply(text: str, mentions: Sequence[Mention], *, dialogue: bool) -> bool:
    """ "Camat Air Joman: siap, Pak": an answer, not a directive."""
    first = next((one for one in mentions if one.start <= 4), None)
    if first is None:
        return False
    match = re.match(r"\s*(?:\([^)]*\)\s*)?:\s*", text[first.end :])
    if not match:
        return False
    if first.codes and set(first.codes) <= _CHAIRS:
        return bool(_ANSWER.match(text, first.end + match.end()))
    behind = text[first.end :]
    return dialogue or (REPLY.match(behind[match.end() :]) and not asks_for_report(behind))
