"""How officials spell: chat abbreviations and slips of the finger, each with the word it stands for."""

from __future__ import annotations

from functools import lru_cache


def words_of(text: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(text.split())


# word: what people type for it
_TYPED: dict[str, str] = {
    "sudah": "sdh udh udah uda sdah sudh dah suda dh",
    "telah": "tlh telh tlah",
    "belum": "blm belom blom blum belm blon beluum belumlah",
    "tidak": "tdk tak gak ga nggak ngga enggak gk ndak ndk nda kagak tda tidk tiada",
    "bukan": "bkn",
    "lagi": "lg lgi",
    "masih": "msh masi msih mash",
    "sedang": "sdg sdang sdng",
    "akan": "akn",
    "yang": "yg yng",
    "dengan": "dgn dg dngn",
    "untuk": "utk untk tuk",
    "karena": "krn karna krna karen karrena kerna",
    "dikarenakan": "dikarnakan dikrnakan dikrenakan",
    "dari": "dr dri",
    "jadi": "jd menjadi mjd mnjadi mjadi jdi",
    "sampai": "smpai sampe sampek sd smpe hingga",
    "tapi": "tp tpi tetapi",
    "namun": "nmn namum",
    "sekarang": "skrg skrng skr sekrg skrang skg",
    "kemarin": "kmrn kmarin kemaren kmren",
    "besok": "bsk esok besuk",
    "tadi": "td tdi",
    "nanti": "nti ntar nnti entar",
    "tanggal": "tgl tggl tg tgal",
    "bulan": "bln",
    "minggu": "mgg mg mggu mgu pekan",
    "hari": "hr",
    "tahun": "thn th",
    "depan": "dpn",
    "jam": "pukul pkl pk",
    "orang": "org orng",
    "desa": "ds dsa",
    "kelurahan": "kel",
    "kecamatan": "kec kcamatan",
    "bisa": "bs bsa",
    "dapat": "dpt",
    "juga": "jg jga",
    "mohon": "mhn mohn mhon",
    "minta": "mnta mint meminta",
    "tolong": "tlg tlong",
    "butuh": "bth membutuhkan btuh",
    "perlu": "prlu memerlukan diperlukan",
    "waktu": "wktu wkt",
    "pak": "bapak bpk bp bapk pa",
    "bu": "ibu buk ibuk",
    "kami": "kmi",
    "saya": "sy sya",
    "persen": "persennya persent percent prosen prsn prsen pct persn psn presen persenan",
    "progres": "progress prog prgs progrs proges progess progresnya progressnya prosesnya perkembangan prkmbgn",
    "proses": "prosess process proces",
    "capaian": "capain pencapaian capaiannya ketercapaian",
    "realisasi": "realisasinya terealisasi teralisasi trealisasi terealisir",
    "keuangan": "keu keuanganya keuangannya",
    "fisik": "pisik fisiknya phisik",
    "anggaran": "angaran anggran anggarannya",
    "setengah": "stengah stgh setgh setengahnya stngah setenggah stengahnya",
    "separuh": "separo separoh separuhnya sparuh separonya",
    "tinggal": "tinggl tingal tinggallah",
    "kurang": "krg krang kurg",
    "lebih": "lbh lbih",
    "sekitar": "sktr skitar sekitaran kira-kira kira kira2",
    "selesai": "selesei slesai slsai selsai slesei seleai selesaiii selesaii slsei",
    "beres": "bres",
    "kendala": "kndala kendalanya kendla kendalaa kendala2 kendala-kendala",
    "hambatan": "hambatannya hambtan penghambat",
    "terkendala": "trkendala terkndala terkenda tekendala",
    "terhambat": "trhambat terhmbat",
    "menunggu": "nunggu tunggu mnunggu menggu menungu nungguin ditunggu nungu",
    "perpanjangan": "perpanjngan prpanjangan perpanjanganwaktu pepanjangan perpnjangan",
    "laksanakan": "laksanakn lksnkan",
    "alhamdulillah": "alhmdllh alhamdullilah alhamdulilah hamdalah",
    "insyaallah": "insyallah insya inshaallah inshaa insha isyaallah",
    "semua": "smua semuanya smuanya smw",
    "seluruh": "seluruhnya slruh",
    "sisa": "sisanya tersisa menyisakan",
    "baru": "br bru baruu",
    "mulai": "mlai dimulai memulai mulainya",
    "rata": "rata-rata rata2",
    "sebagian": "sbagian sebagiannya sebahagian",
    "terima": "trm trima",
    "kasih": "ksh ksih",
    "siap": "syap siapp siaap siappp siip",
    "baik": "baek",
    "izin": "ijin ijn izn",
    "target": "targetnya tgt",
    "total": "totalnya ttl",
    "bahwa": "bhw bhwa",
    "ada": "adaa",
    "dan": "n dn",
    "atau": "ato atw",
    "di": "d",
    "ke": "k",
    "sebelum": "sblm sblum",
    "setelah": "stlh stelah sesudah",
    "dalam": "dlm",
    "hektar": "hektare hektr ha hek",
    "meter": "m mtr",
    "kilometer": "km",
    "walau": "walaupun meski meskipun biarpun kendati",
    "bila": "jika kalau klo kalo kl klu jikalau apabila andai seandainya",
}

# Words long and plain enough that one wrong, missing, extra or swapped letter is forgiven.
_FORGIVEN = words_of(
    "selesai tuntas rampung terkendala kendala hambatan terhambat perpanjangan tambahan progres capaian "
    "realisasi keuangan anggaran setengah separuh seperempat sepertiga perempat menunggu dikerjakan "
    "dilaksanakan terlaksana ditindaklanjuti sebagian laksanakan pelaksanaan pengerjaan persen perkiraan "
    "target dilanjutkan diperpanjang sengketa material rekanan personil peralatan disetujui kontraktor cuaca "
    "banjir"
)
# Real words that stand one letter from a forgiven one.
_NOT_SLIPS = words_of(
    "terkendali kendali kampung tampung lampung pesan pesen separah terlambat terhormat tambakan tambatan "
    "hamparan banjar tegas targetkan cuaca banjiri setangah perseng personal peran persis terlaksananya "
    "materiil kendaraan menunggak jambatan jembatan capailah rekan rekannya anggarkan dianggarkan menanggung "
    "persek persero persepsi selesaikan progresif proses tentas tunas tuntut tambahkan hambat kendal banjirnya "
    "mengunggu"
)

_CANONICAL: dict[str, str] = {typed: word for word, forms in _TYPED.items() for typed in forms.split()}


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))} | {word}


@lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    """Every forgiven word and what is left of it when one letter (not the first) goes."""
    index: dict[str, str] = {}
    for word in sorted(_FORGIVEN):
        for part in _deletions(word):
            index.setdefault(part, word)
    return index


def _one_slip(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with one letter wrong, missing, extra or swapped with its neighbour."""
    if abs(len(typed) - len(word)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    rest, meant = typed[start:], word[start:]
    if rest[1:] == meant[1:] or rest[1:] == meant or rest == meant[1:]:
        return True
    return rest[:2] == meant[1::-1] and rest[2:] == meant[2:]


@lru_cache(maxsize=4096)
def plain_word(typed: str) -> str:
    """The word meant by a lower-case `typed` one; itself when nothing better is known."""
    known = _CANONICAL.get(typed)
    if known is not None:
        return known
    stem = typed.removesuffix("nya")
    if stem != typed and (stem in _FORGIVEN or stem in _CANONICAL):
        return _CANONICAL.get(stem, stem)
    if not 5 <= len(typed) <= 18 or typed in _FORGIVEN or typed in _NOT_SLIPS:
        return typed
    for part in _deletions(typed):
        word = _slips().get(part)
        if word is not None and _one_slip(typed, word):
            return word
    return typed
