"""The kop and the signature of official papers, as the configuration has them."""

from __future__ import annotations

import logging

from config import Settings
from presentation.print.letterhead import Letterhead, Signatory

log = logging.getLogger(__name__)


def letterhead(settings: Settings) -> Letterhead:
    """The kop. A logo that can't be printed is left out: a paper without arms is better than none."""
    kop = settings.letterhead
    government = kop.government or settings.organisation.name
    if kop.logo is not None:
        try:
            return Letterhead(government, kop.office, kop.address, kop.contact, kop.logo.read_bytes())
        except (OSError, ValueError) as problem:
            log.warning("letterhead.logo can't be used: %s", problem)
    return Letterhead(government, kop.office, kop.address, kop.contact)


def signatory(settings: Settings) -> Signatory | None:
    """Who signs; None when the configuration names no post."""
    kop = settings.letterhead
    if not kop.signatory_post:
        return None
    return Signatory(kop.signatory_post, kop.signatory_name, kop.signatory_rank, kop.signatory_nip)
