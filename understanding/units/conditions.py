"""Where the words end that narrow a group: "Camat | yang wilayahnya rawan banjir | wajib piket"."""

from collections.abc import Sequence

from understanding.units.predicates import is_verb
from understanding.units.words import Word, word_set

# A word of this kind after "camat", "OPD", "puskesmas" narrows the group to a part nobody can compute.
RESTRICTIONS = word_set("""yang terkait setempat pengelola penghasil pengampu teknis penerima lokus pesisir rawan terdampak wilayah di dengan
    tertentu bersangkutan dimaksud tersebut lain lainnya sekitar berbatasan penyelenggara pelaksana pemilik prioritas
    sasaran perkotaan pedalaman dataran hulu hilir pantai pada asal rumpun mitra lintas pembina zona daerah dekat
    pengguna pemungut pengawas pemangku penanggung rawat induk poned bermasalah tetangga perbatasan pelayanan
    sentra berisiko terpencil percontohan baru se vertikal""")

# What surely opens the predicate, inside a relative clause or not.
_STRONG = word_set("""agar agr supaya supya spy wajib harus hrs segera sgr segra diminta dimohon mohon mhn tolong tlg diharapkan
    hendaknya jangan jgn dilarang ditugaskan diinstruksikan diperintahkan diwajibkan diimbau dihimbau""")

# A deadline or a joint ends the condition; so do these.
_STOPS = word_set("""dan serta bersama beserta dibantu didukung paling selambat plg tgl tanggal sampai hingga mulai setiap tiap
    kecuali selain kec camat puskesmas kapus dinas kadis juga masing adalah selaku sebagai melalui tentang soal""")
_NEGATIONS = word_set("belum blm sudah sdh masih msh tidak tdk akan telah tlh")
_LONGEST = 16


def condition_end(words: Sequence[Word], start: int) -> int:
    """The word after the last one of the condition that begins at `start`; `start` where nothing narrows."""
    if start >= len(words) or not _narrows(words[start]):
        return start
    if words[start].norm == "di" and start + 1 < len(words) and words[start + 1].norm == "luar":
        return start  # "di luar" excepts
    relative = words[start].norm == "yang"
    limit = start
    while limit < min(len(words), start + _LONGEST) and not (
        limit > start and words[limit].gap.strip(" -\u00a0\"'“”%")
    ):
        limit += 1
    strong = next((at for at in range(start, limit) if words[at].text.lower() in _STRONG), None)
    if strong is not None:
        return _before_joint(words, start, strong, relative)
    at = start + 1 if relative else start
    if relative:
        while at < limit and words[at].norm in _NEGATIONS:
            at += 1
        at += 1
    while at < limit:
        if is_verb(words[at].text.lower()) or words[at].text.lower() in ("untuk", "utk"):
            return _before_joint(words, start, at, relative)
        at += 1
    return _before_joint(words, start, limit, relative)


def _narrows(first: Word) -> bool:
    if first.gap.strip(" -\u00a0"):
        return False
    low = first.text.lower()
    return first.norm in RESTRICTIONS and not is_verb(low)


def _before_joint(words: Sequence[Word], start: int, stop: int, relative: bool) -> int:
    """A joint, a deadline or a title ends the condition, except "dan" within a relative clause."""
    for at in range(start + 1, stop):
        if words[at].norm in _STOPS:
            if relative and words[at].norm in ("dan", "serta", "hingga", "sampai"):
                continue
            if at == start + 1 and words[at].norm in ("kec", "camat"):
                continue
            return at
    return stop
