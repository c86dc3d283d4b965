"""How a line begins that is a section's heading, a formality, or an answer: tables of words."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 5
_LOOKED_AT = 90  # characters at a line's beginning


class Openings:
    """Phrases with which a line may begin; those among `labels` count only before a colon or a bracket."""

    def __init__(self, phrases: str, *, labels: str = "", fillers: str = "") -> None:
        self._phrases = _table(phrases)
        self._labels = _table(labels)
        self._fillers = frozenset(fillers.split())

    def match(self, text: str) -> bool:
        """Whether `text` begins with one of the phrases, after any number of fillers."""
        words = list(_WORD.finditer(text[:_LOOKED_AT].lower()))
        if not words or text[: words[0].start()].strip(" \"'“‘(["):
            return False
        at = 0
        while True:
            if self._at(text, words[at : at + _LONGEST]):
                return True
            if at + 1 >= len(words) or words[at].group() not in self._fillers:
                return False
            at += 1

    def _at(self, text: str, words: list[re.Match[str]]) -> bool:
        for size in range(len(words), 0, -1):
            key = tuple(word.group() for word in words[:size])
            if key in self._phrases:
                return True
            if key in self._labels and text[words[size - 1].end() :].lstrip()[:1] in (":", "("):
                return True
        return False


def _table(phrases: str) -> frozenset[tuple[str, ...]]:
    parted: Iterable[str] = (phrase.strip() for phrase in phrases.replace("\n", ";").split(";"))
    return frozenset(tuple(phrase.split()) for phrase in parted if phrase)


DIRECTIVE_HEAD = Openings(
    """arahan; instruksi; perintah; penugasan; penegasan; penekanan; kesimpulan; keputusan; rekomendasi; petunjuk; disposisi
    hasil rapat; hasil rakor; hasil rakorpem; hasil keputusan; hasil pembahasan; hasil pertemuan; hasil kesepakatan
    tindak lanjut; rencana tindak lanjut; rtl; tugas; langkah langkah; hal hal yang perlu; hal hal yang harus
    yang perlu ditindaklanjuti; yang harus ditindaklanjuti; butir; butir butir; poin poin; point point
    catatan bupati; catatan pimpinan; catatan penting; penyampaian bupati; to do; todo""",
    fillers="pokok catatan poin point isi butir rangkuman ringkasan resume daftar matriks matrik rekap",
)
REPORT_HEAD = Openings(
    """laporan; ekspos; ekspose; paparan; pemaparan; evaluasi; pembahasan; diskusi; tanggapan; tanya jawab; sambutan
    pembukaan; pembuka; pengantar; pendahuluan; capaian; realisasi; informasi; isu; penyampaian; sesi; progres
    masukan; saran; usulan; usul; aspirasi; permintaan; keluhan; perkembangan; latar belakang; dasar; doa; sekilas; kondisi; data"""
)
ATTENDANCE_HEAD = Openings(
    """hadir; daftar hadir; daftar peserta; peserta; undangan; absensi; absen; hadirin; turut hadir; dihadiri
    yang hadir; yg hadir; yang tidak hadir; yg tidak hadir; yg tdk hadir; tidak hadir; tdk hadir; berhalangan
    distribusi; tembusan""",
    labels="izin; ijin; cc; sakit; cuti; dinas luar",
)
CLOSING_HEAD = Openings(
    """penutup; demikian; mengetahui; notulis; notulen dibuat; kisaran; rapat ditutup; rapat selesai; rapat berakhir
    ttd; sekian; wassalam"""
)
# A line that begins so is never a directive.
FORMALITY = Openings(
    """notulen; notulensi; notula; risalah; resume; ringkasan rapat; rakorpem; rapat koordinasi; rapat dibuka; rapat ditutup
    rapat selesai; rapat berakhir; rapat dimulai; rapat dipimpin; rapat diakhiri; rapat berikutnya; rapat selanjutnya
    rapat tindak lanjut; rapat dihadiri; rapat diawali; rapat bulan; jadwal rapat; rakor berikut; rakor berikutnya
    rakor selanjutnya; rakor bulan depan; sidang; pemerintah kabupaten; hari tanggal; hari tgl; pemimpin rapat
    peserta; hadir; acara; agenda; perihal; lampiran; moderator; notulis; ditutup; dibuka; demikian; terima kasih
    terimakasih; mengetahui; assalamualaikum; assalamu alaikum; wassalamualaikum; wassalamu alaikum; wassalam
    waalaikumsalam; selamat; salam; bismillah; dengan hormat; izin menyampaikan; ijin menyampaikan; izin meneruskan
    ijin meneruskan; mohon atensi; mohon perhatian; mohon maaf; mohon dukungan; mohon izin; mohon ijin; undangan; absen
    daftar hadir; jumlah; total; tembusan; dokumentasi; nip; ttd; pembina; penata; halaman; kop; alhamdulillah; syukur
    puji syukur; mari; semoga; kita; jangan saling; ayo; sekian; doa; draft; draf; konsep; sumber; dicetak; disclaimer
    sehubungan; berikut; adapun hasil; menindaklanjuti; catatan rapat""",
    labels="hari; tanggal; tgl; waktu; pukul; jam; tempat; lokasi; pimpinan; nomor; keterangan; nb; sifat; lampiran; dasar",
)
# Answers in a dialogue.
REPLY = Openings(
    """siap; baik; pak; bapak; bu; ibu; mohon; izin; ijin; terima kasih; terimakasih; sudah; sdh; telah; belum; blm; akan
    kami; saya; alhamdulillah; progres; capaian; realisasi; laporan; masih; saat ini; sejauh ini; dari; ya; iya; insya
    insyaallah; oke; ok; lapor; melaporkan; menyampaikan; untuk saat ini; terkendala; kendala; pada prinsipnya; hadir
    betul; benar; bisa; mengerti"""
)
# Under a unit's name: what it reported.
REPORTED = Openings("kendala; realisasi; capaian; sudah; telah; sdh; belum; siap; izin; mohon izin; progres; saat ini")

_DAYS = "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad"
_MONTHS = "jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des"
_DATED = re.compile(
    rf"(?:{_DAYS})\W{{1,3}}(?:tgl\.?\s|tanggal\s)?\d|\d{{1,2}}\s+(?:{_MONTHS})\w*\.?\s+\d{{4}}\W*$|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\W*$",
    re.IGNORECASE,
)


def is_formality(text: str) -> bool:
    """Whether a line is a title, a date, a greeting, thanks or the like."""
    return FORMALITY.match(text) or bool(_DATED.match(text))


# Reports on earlier directives; nothing below is asked anew.
_EARLIER = re.compile(
    r"(?:evaluasi|tindak lanjut|monitoring|pelaksanaan|progres|realisasi|status|laporan)[^:]{0,40}"
    r"(?:arahan|rapat|rakorpem|tindak lanjut)[^:]{0,30}(?:sebelumnya|lalu|lama|terdahulu|bulan)",
    re.IGNORECASE,
)
_EARLIER_ARAHAN = re.compile(
    r"arahan[^:]{0,40}(?:sebelumnya|(?:yang|yg) (?:sudah|telah|sdh)|lama|terdahulu|selesai|dibatalkan|dicabut|dicoret|lalu)\b",
    re.IGNORECASE,
)
_DONE = Openings(
    "sudah selesai; sudah dilaksanakan; sudah ditindaklanjuti; telah selesai; telah dilaksanakan; dibatalkan; dicabut"
)


def is_about_earlier(text: str) -> bool:
    """Whether a heading stands over what was asked before: "Evaluasi arahan bulan lalu", "Arahan yang dibatalkan"."""
    return bool(_EARLIER.match(text) or _EARLIER_ARAHAN.match(text)) or _DONE.match(text)


_ASKING = re.compile(r"\b(?:arahan|instruksi|penugasan|kesimpulan|keputusan)\b", re.IGNORECASE)


def names_directives(text: str) -> bool:
    """Whether a heading speaks of directives anywhere: "Tanggapan dan arahan Bupati"."""
    return bool(_ASKING.search(text))


_NEXT_MEETING = re.compile(
    r"\b(?:rapat|rakor|rakorpem|pertemuan)\b[^.;]{0,30}"
    r"\b(?:berikut(?:nya)?|selanjutnya|bulan depan|mendatang|dijadwalkan|akan dilaksanakan|diagendakan)\b",
    re.IGNORECASE,
)


def is_next_meeting(text: str) -> bool:
    """Whether a line announces the next meeting."""
    return bool(_NEXT_MEETING.search(text))
