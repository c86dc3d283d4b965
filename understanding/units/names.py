"""What a unit may be called: heads ("Kadis", "Kec.", "Kapus") and the cores that follow them, made from units.csv."""

import re
from collections.abc import Iterable, Iterator

from understanding.units.words import norms, word_set

# Words before a name, and the class of unit they announce. Longest first where they share a beginning.
HEADS: dict[tuple[str, ...], str] = {
    ("dinas",): "dinas",
    ("kadis",): "dinas",
    ("kadin",): "dinas",
    ("kdis",): "dinas",
    ("kepala", "dinas"): "dinas",
    ("kpl", "dinas"): "dinas",
    ("ka", "dinas"): "dinas",
    ("ka", "dis"): "dinas",
    ("sekdis",): "dinas",
    ("sekretaris", "dinas"): "dinas",
    ("badan",): "badan",
    ("kaban",): "badan",
    ("kepala", "badan"): "badan",
    ("ka", "badan"): "badan",
    ("ka", "ban"): "badan",
    ("sekban",): "badan",
    ("bagian",): "bagian",
    ("bag",): "bagian",
    ("kabag",): "bagian",
    ("kabbag",): "bagian",
    ("kepala", "bagian"): "bagian",
    ("ka", "bag"): "bagian",
    ("ka", "bagian"): "bagian",
    ("puskesmas",): "puskesmas",
    ("pkm",): "puskesmas",
    ("kapus",): "puskesmas",
    ("kapuskesmas",): "puskesmas",
    ("kepala", "puskesmas"): "puskesmas",
    ("ka", "puskesmas"): "puskesmas",
    ("uptd", "puskesmas"): "puskesmas",
    ("upt", "puskesmas"): "puskesmas",
    ("kepala", "uptd", "puskesmas"): "puskesmas",
    ("kepala", "upt", "puskesmas"): "puskesmas",
    ("kepala", "pkm"): "puskesmas",
    ("camat",): "camat",
    ("kec",): "camat",
    ("kecamatan",): "camat",
    ("sekcam",): "camat",
    ("pemerintah", "kecamatan"): "camat",
    ("asisten",): "asisten",
    ("asisten", "bidang"): "asisten",
    ("asst",): "asisten",
    ("ass",): "asisten",
    ("as",): "asisten",
    ("staf", "ahli"): "staf ahli",
    ("staf", "ahli", "bupati"): "staf ahli",
    ("staf", "ahli", "bidang"): "staf ahli",
    ("staf", "ahli", "bupati", "bidang"): "staf ahli",
    ("sahli",): "staf ahli",
    ("sahli", "bupati"): "staf ahli",
    ("sahli", "bidang"): "staf ahli",
    ("kepala",): "kepala",
    ("ka",): "kepala",
}
# Heads that are written with a dot; behind any other a dot ends the sentence.
DOTTED = word_set("kec bag ka kel as asst ass pkm kpl kab dis ban")
LONGEST_HEAD = max(map(len, HEADS))

# Politeness before a name; it belongs to the mention and says nothing.
HONORIFICS = word_set("bapak pak bpk bapa ibu bu sdr sdri saudara saudari yth plt plh pjs")

# Heads of a village: neither the village nor its head is a unit.
VILLAGE_HEADS = word_set("desa kelurahan kel ds dusun kampung lingkungan")

# Bodies outside the regency's government; they may stand in a list of names and are passed over.
OUTSIDERS: frozenset[tuple[str, ...]] = frozenset(
    norms(name)
    for name in """polres;kapolres;polsek;kapolsek;kapolres asahan;polres asahan;kodim;dandim;kodim 0208;dandim 0208;koramil;danramil;babinsa;
    bhabinkamtibmas;tni;polri;tni polri;tni-al;lanal;polairud;bpn;kantor pertanahan;kepala bpn;bulog;perum bulog;kepala bulog;
    kemenag;kakan kemenag;kantor kemenag;kementerian agama;kantor kementerian agama;tp pkk;pkk;tim penggerak pkk;ketua tp pkk;ketua pkk;
    kejaksaan;kejari;kajari;kejaksaan negeri;pengadilan negeri;pengadilan agama;bps;kepala bps;pln;pt pln;perumda;pdam;perumda tirta silau piasa;
    baznas;bpjs;bpjs kesehatan;bpjs ketenagakerjaan;bws;bws sumatera;bbws;balai wilayah sungai;bank sumut;bri;bank indonesia;kpu;bawaslu;
    dekranasda;mui;knpi;hnsi;dprd;forkopimda;forkopimcam;kppn;kpp pratama;imigrasi;lapas;syahbandar;ksop;basarnas;bmkg;bnn;bnnk;
    pendamping desa;ppl;penyuluh;apdesi;kadin;gapki;pt;ptpn;kph;bksda;balai karantina;kwartir cabang;pramuka;lptq;koni;pmi;
    kemenkes;kementan;bgn;bpom;loka pom;ombudsman;bpk;bpkp;kpk""".replace("\n", "").split(";")
    if name.strip()
)


def split_head(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A name's class and what follows its head; class "" where it has none ("Bapperida")."""
    for length in range(min(LONGEST_HEAD, len(words) - 1), 0, -1):
        if words[:length] in HEADS:
            return HEADS[words[:length]], words[length:]
    return "", words


# Parts of names as they are shortened: "Asisten Pemerintahan dan Kesra".
SHORTENED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (norms(long), norms(short))
    for long, short in (
        ("kesejahteraan rakyat", "kesra"),
        ("perekonomian", "ekonomi"),
        ("sumber daya manusia", "sdm"),
        ("keluarga berencana", "kb"),
        ("pelayanan terpadu satu pintu", "ptsp"),
        ("perlindungan anak", "pa"),
        ("pemberdayaan perempuan", "pp"),
        ("komunikasi pimpinan", "kompim"),
        ("pengadaan barang dan jasa", "barjas"),
        ("administrasi pembangunan", "adpem"),
        ("perencanaan pembangunan", "perencanaan"),
    )
)


def _shortened(core: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for long, short in SHORTENED:
        for at in range(len(core) - len(long) + 1):
            if core[at : at + len(long)] == long:
                yield core[:at] + short + core[at + len(long) :]


def _parts(name: str) -> Iterator[tuple[str, ...]]:
    """Runs of the parts of a composed name: "Perpustakaan", "Perpustakaan dan Kearsipan", "Kearsipan"."""
    pieces = [norms(piece) for piece in re.split(r"\s*,\s*|\s+dan\s+", name) if piece.strip()]
    if len(pieces) < 2:
        return
    for first in range(len(pieces)):
        for last in range(first, len(pieces)):
            run: tuple[str, ...] = ()
            for index in range(first, last + 1):
                joint = ("dan",) if index == last and index > first else ()
                run += joint + pieces[index]
            yield run


_SUFFIXES = (("setdakab", "asahan"), ("kabupaten", "asahan"), ("setda",), ("asahan",))


def _bare_of_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    for suffix in _SUFFIXES:
        if len(words) > len(suffix) and words[-len(suffix) :] == suffix:
            return words[: -len(suffix)]
    return words


# Short names that the list has only behind "Dinas" and that are no words of the language.
_STANDS_ALONE = word_set("kopdagrin koperindag dikbud naker ppkb pkp")


def cores_of(kind: str, name: str, aliases: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Class, core and whether the core is written in the list (True) or derived from it, for all a unit is called."""
    own_class = "camat" if kind == "kecamatan" else ""
    acronyms: set[tuple[str, ...]] = set()
    for title in (name, *aliases):
        full = norms(title)
        for words in {full, _bare_of_suffix(full)}:
            head, core = split_head(words)
            own_class = own_class or (head if head != "kepala" else "")
            yield head, core, True
            if "dan" in core:
                yield head, tuple(word for word in core if word != "dan"), True
            if len(words) == 1:
                acronyms.add(words)
            if head == "dinas" and core and core[0] in _STANDS_ALONE:
                yield "", core, False
            if kind == "kecamatan":
                yield "camat", core, True
            if len(core) == 2 and own_class in ("camat", "puskesmas"):
                yield own_class, ("".join(core),), False
            if words[:1] == ("sekretariat",) and words[1:2] != ("daerah",):
                yield "", ("sekretaris", *words[1:]), False
    if own_class in ("dinas", "badan", "bagian", "asisten", "staf ahli"):
        core = _bare_of_suffix(norms(_core_text(name)))
        for run in (core, *_parts(_core_text(name))):
            yield own_class, run, False
            yield from ((own_class, short, False) for short in _shortened(run))
    for acronym in acronyms:
        for head in {own_class, "kepala"} - {"", "camat", "puskesmas"}:
            yield head, acronym, False
        if acronym[0].startswith(("dis", "din", "sat")):
            yield "", ("ka" + acronym[0],), False


def _core_text(name: str) -> str:
    """The official name without its first words and the regency: "Koperasi, Perdagangan dan Perindustrian"."""
    text = re.sub(r"^(?:Staf Ahli Bupati Bidang|\S+)\s+", "", name)
    return re.sub(r"\s+(?:Setdakab Asahan|Kabupaten Asahan)$", "", text)
