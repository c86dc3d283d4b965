"""The words by which a notulen shows what is a directive, a report, an attendance list or a mere formality."""

import re


def _starts(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words.split('|'))})(?![^\W_])", re.IGNORECASE)


# Headings, by what stands under them. The first that fits wins.
DONE_HEAD = _starts(
    r"(?:evaluasi|tindak lanjut|monitoring|pelaksanaan|progres|realisasi|status|laporan)[^:]{0,40}"
    r"(?:arahan|rapat|rakorpem|tindak lanjut)[^:]{0,30}(?:sebelumnya|lalu|lama|terdahulu|bulan|yang lalu)"
    r"|arahan[^:]{0,40}(?:sebelumnya|(?:yang|yg) (?:sudah|telah|sdh)|lama|terdahulu|selesai|dibatalkan|dicabut|dicoret|lalu)"
    r"|(?:sudah|telah) (?:selesai|dilaksanakan|ditindaklanjuti)|dibatalkan|dicabut"
)
DIRECTIVE_HEAD = _starts(
    r"(?:pokok[- ]pokok |pokok |catatan |poin |point |isi |butir[- ]butir |rangkuman |ringkasan |resume |poin[- ]poin |daftar |matriks )*(?:arahan|instruksi|perintah|penugasan|penegasan|penekanan)"
    r"|hasil (?:rapat|rakor|rakorpem|keputusan|pembahasan|pertemuan)|kesimpulan|keputusan|rekomendasi|tindak lanjut|rencana tindak lanjut|rtl"
    r"|tugas|langkah[- ]langkah|hal[- ]hal yang (?:perlu|harus)|yang (?:perlu|harus) (?:di)?tindak\s?lanjuti|butir|poin[- ]poin|catatan (?:bupati|pimpinan|penting)"
    r"|penyampaian bupati|petunjuk|disposisi|to ?do"
)
DIRECTIVE_WITHIN = re.compile(r"\b(?:arahan|instruksi|penugasan|kesimpulan|keputusan)\b", re.IGNORECASE)
REPORT_HEAD = _starts(
    r"laporan|ekspos|ekspose|paparan|pemaparan|evaluasi|pembahasan|diskusi|tanggapan|tanya jawab|sambutan|pembukaan|pengantar|pendahuluan"
    r"|capaian|realisasi|informasi|isu|penyampaian|sesi|progres|perkembangan|latar belakang|dasar|pembuka|doa|sekilas|kondisi|data"
)
ATTENDANCE_HEAD = _starts(
    r"(?:daftar )?hadir|daftar peserta|peserta|undangan|absensi|(?:yang|yg) (?:tidak |tdk )?hadir|tidak hadir|tdk hadir|turut hadir|dihadiri|(?:izin|ijin)\s*[:(]"
    r"|hadirin|absen|berhalangan|distribusi|tembusan|cc\s*:"
)
CLOSING_HEAD = _starts(
    r"penutup|demikian|mengetahui|notulis|notulen dibuat|kisaran|rapat (?:ditutup|selesai|berakhir|dibuka)|ttd|sekian|wassalam"
)

# A line that begins so is never a directive.
FORMALITY = _starts(
    r"notulen|notulensi|notula|risalah|resume|ringkasan rapat|rakorpem|rapat (?:koordinasi|dibuka|ditutup|selesai|berakhir|dimulai|dipimpin|diakhiri|berikutnya|selanjutnya|tindak lanjut|dihadiri|diawali)"
    r"|pemerintah kabupaten|sekretariat daerah\W*$|hari|tanggal|tgl\.?\s*:|waktu|pukul|jam\s*:|tempat|lokasi\s*:|pimpinan|pemimpin rapat|peserta|hadir|acara|agenda|perihal|nomor|lampiran"
    r"|notulis|notulen|moderator|ditutup|dibuka|demikian|terima kasih|terimakasih|mengetahui|kisaran,|assala|assalamu|wassala|waalaikum|selamat|salam|bismillah|dengan hormat|izin menyampaikan"
    r"|ijin menyampaikan|mohon (?:atensi|perhatian|maaf|dukungan|izin|ijin)|rakor (?:berikut|selanjutnya|bulan depan)|jadwal rapat|rapat bulan|sidang|catatan\s*:\s*rapat|undangan|absen|daftar hadir"
    r"|keterangan\s*:|jumlah|total|tembusan|dokumentasi|nip\b|ttd|pembina|penata|halaman|kop\b|alhamdulillah|syukur|puji syukur|mari|semoga|kita|jangan saling|ayo|sekian|doa"
    r"|(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\W{1,3}(?:tgl\.?\s|tanggal\s)?\d|\d{1,2}\s+(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)\w*\.?\s+\d{4}\W*$|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\W*$"
    r"|draft|draf\b|konsep|sumber|dicetak|disclaimer|nb\s*:\s*mohon|sehubungan|berikut|adapun hasil|menindaklanjuti"
)
NEXT_MEETING = re.compile(
    r"\b(?:rapat|rakor|rakorpem|pertemuan)\b[^.;]{0,30}\b(?:berikut(?:nya)?|selanjutnya|bulan depan|mendatang|dijadwalkan|akan dilaksanakan|diagendakan)\b",
    re.IGNORECASE,
)

# Replies in a dialogue, and reports: nothing is asked.
REPLY = _starts(
    r"siap|baik|pak\b|bapak|bu\b|ibu|mohon|izin|ijin|mohon izin|mohon ijin|mohon arahan|terima kasih|terimakasih|sudah|sdh|telah|belum|blm|akan|kami|saya|alhamdulillah|progres|capaian|realisasi|laporan|masih"
    r"|saat ini|sejauh ini|dari|ya\b|iya|insya|insyaallah|oke|ok\b|lapor|melaporkan|menyampaikan|untuk saat ini|terkendala|kendala|pada prinsipnya|hadir|betul|benar|bisa|mengerti"
)
QUESTION = re.compile(r"\?\s*$")

_CALLED_OFF = (
    r"(?:dibatalkan|dicabut|dicoret|ditiadakan|batal|tidak jadi|tdk jadi|dihapus|tidak berlaku(?: lagi)?|didrop|gugur)"
)
CANCELLED = re.compile(rf"\b{_CALLED_OFF}\b", re.IGNORECASE)
# In brackets, behind a dash, or as a sentence of its own; or as the last word.
_CALLED_OFF_APART = re.compile(
    rf"(?:[(\[–—-]|^|[.;]\s)\s*(?:arahan (?:ini|tersebut|itu) )?{_CALLED_OFF}\b", re.IGNORECASE
)
_CALLED_OFF_LAST = re.compile(
    rf"\b{_CALLED_OFF}(?:\s+(?:karena|krn|oleh|sesuai|atas|mengingat)\b[^.;]*)?[\s.)\]]*$", re.IGNORECASE
)
_DONE = "selesai|tuntas|rampung|beres|dilaksanakan|ditindaklanjuti|diselesaikan|terlaksana|dikerjakan|dilakukan"
_ALREADY = "sudah|telah|sdh|tlh|dinyatakan"
_FINISHED_APART = re.compile(
    rf"[.;(\[–—✓✔-]\s*(?:status\s*:?\s*)?(?:{_ALREADY})\s+(?:{_DONE})\b"
    rf"|[(\[–—✓✔:-]\s*(?:status\s*:?\s*)?(?:(?:{_ALREADY})\s+)?(?:{_DONE}|done|ok|100\s?%|clear)(?:\s+(?:100\s?%|semua|dilaksanakan))?\s*(?:[)\].]|$)",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    rf"\b(?:{_ALREADY})\s+(?:{_DONE}|dituntaskan|dikirim|diserahkan|terbit|disampaikan|terpenuhi|diterima|terealisasi|ditetapkan)\b",
    re.IGNORECASE,
)
# Before "sudah selesai" these make it a condition or a part of what is asked.
_NOT_YET = re.compile(
    r"\b(?:yang|yg|jika|bila|apabila|setelah|pastikan|memastikan|agar|supaya|sampai|hingga|harus|hrs|wajib|semua|belum)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)


def is_called_off(text: str) -> bool:
    """Whether a directive was taken back: "(dibatalkan)", "… Tidak jadi."; not "izinnya dicabut" within it."""
    if _CALLED_OFF_APART.search(text):
        return True
    match = _CALLED_OFF_LAST.search(text)
    return match is not None and not _NOT_YET.search(text[max(0, match.start() - 40) : match.start()])


def is_finished(text: str, *, asks: bool) -> bool:
    """Whether a directive is reported as done; within one that `asks` only words set apart say so."""
    if _FINISHED_APART.search(text):
        return True
    if asks:
        return False
    return any(
        not _NOT_YET.search(text[max(0, match.start() - 40) : match.start()]) for match in _FINISHED.finditer(text)
    )


# Labelled lines and labelled parts of a line.
LEAD_LABEL = r"(?:pj|p\.j\.?|penanggung\s?jawab|penjab|pic|koordinator|leading sec?k?tor|ketua|pelaksana utama|opd pengampu|pengampu|lead)"
SUPPORT_LABEL = r"(?:pendukung|opd pendukung|unit pendukung|pelaksana|pelaksana pendukung|anggota|dibantu|didukung|pihak terkait|opd|unit|instansi|perangkat daerah|ditugaskan kepada|kepada|untuk|tujuan|ditujukan kepada|oleh)"
DUE_LABEL = r"(?:tenggat|tenggat waktu|batas waktu|batas|deadline|target waktu|target selesai|waktu penyelesaian|waktu pelaksanaan|jadwal|paling lambat|jatuh tempo|target|waktu|tgl|tanggal|dl)"
TEXT_LABEL = r"(?:arahan|uraian|tindak lanjut|instruksi|isi|kegiatan|tugas|perintah)"
NOTE_LABEL = r"(?:ket|keterangan|catatan|status|progres|output|hasil|target output|keluaran|indikator)"
LABELLED = re.compile(rf"(?:{LEAD_LABEL}|{SUPPORT_LABEL}|{DUE_LABEL}|{NOTE_LABEL})\s*[:=]\s*\S", re.IGNORECASE)
LABEL_AT_END = re.compile(rf"[.;,]\s*(?:{LEAD_LABEL}|{SUPPORT_LABEL}|{DUE_LABEL})\s*:$", re.IGNORECASE)

# Sentences that speak of all the tasks before (or after) them.
ALL_TASKS = re.compile(
    r"\b(?:(?:semua|seluruh|setiap|tiap|segala|keseluruhan)\s*(?:\w+\s){0,2}?(?:arahan|poin|point|butir|tugas|hal|tindak lanjut|instruksi|kegiatan|pekerjaan|perintah|item|di atas|tersebut|ini|nya)"
    r"|semuanya|seluruhnya|keseluruhannya|kesemuanya|keduanya|ketiganya|keempatnya|kedua hal|ketiga hal|semua (?:selesai|harus|hrs|paling|tuntas|rampung|wajib|dilaporkan|sudah)"
    r"|(?:arahan|poin|butir|tugas|hal)(?:-hal)? (?:di atas|diatas|tersebut|di bawah|dibawah|ini|berikut))",
    re.IGNORECASE,
)
POINT_RANGE = re.compile(
    r"\b(?:poin|point|butir|nomor|no|angka|arahan)\b\.?\s*(?:nomor\s*|ke-?\s*|no\.?\s*)?(\d{1,2}(?:\s*(?:,|dan|&|s\.?/?d\.?|sampai(?: dengan)?|hingga|-|–)\s*(?:nomor\s*|no\.?\s*|poin\s*)?\d{1,2})*)",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\W*(?:s\.?\s?d\.?\s?a\.?|idem|sama(?: (?:dengan )?(?:di )?atas)?|id\.|ditto|sda|''|\"|”|〃|,,|-\"-)\W*",
    re.IGNORECASE,
)
EMPTY_CELL = re.compile(r"\W*(?:segera|sgr|secepatnya|asap|-|–|—|nihil|tidak ada|kosong|n/?a)?\W*", re.IGNORECASE)
