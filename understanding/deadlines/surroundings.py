"""The words around a date that decide whether it is a deadline, as tables (rule 10).

To teach the bot that something is no deadline, look for the table whose comment fits.
"""

from __future__ import annotations

from understanding.deadlines.words import words

# A start: `mulai 1 Februari`.
STARTS = words(
    """mulai dimulai sejak semenjak terhitung setelah sesudah stlh berlaku diberlakukan efektif tmt pasca usai seusai
    dari start"""
)
UNDATED_STARTS = words("sejak semenjak setelah sesudah stlh pasca usai seusai begitu sehabis")

# Over a stretch of time: `selama Januari`.
DURING = words("selama sepanjang")

# The past, behind a date: `Kamis lalu`.
PAST = words("lalu silam kemarin terakhir sebelumnya belakangan tadi")

# What the speaker takes back: `bukan Senin`, `diundur dari …`, `Senin, maksudnya Selasa`.
TAKEN_BACK = words("bukan semula tadinya awalnya batal jangan")
MOVES = words(
    """diundur mundur diundurkan dimundurkan dimajukan maju digeser bergeser diubah dirubah berubah diganti
    dipindah dipindahkan pindah diperpanjang ditunda dijadwalkan direvisi"""
)
CORRECTIONS = words("ralat koreksi eh maksudnya")

# The date of a source: `rapat hari ini`, `surat Bupati tanggal 5 Januari`.
MEETINGS = words("rapat rakor rakorpem rakornas raker rakerda ratas")
PAPERS = words("surat sk undangan se")
SOURCES = MEETINGS | PAPERS
# These are sources only with "tanggal": `instruksi Bupati tanggal 5 Februari`, but `kontrak akhir September` is due then.
DATED_SOURCES = words(
    """pertemuan audiensi musyawarah sidang nota nodin memo disposisi instruksi peraturan keputusan perda perbup perpres
    pergub uu pp inpres keppres lhp radiogram notulen risalah kontrak mou spk dpa acara permendagri"""
)
# What may stand between "rapat" or "surat" and its date.
SOURCE_QUALIFIERS = words(
    """koordinasi evaluasi kerja bulanan mingguan staf pimpinan dinas teknis terbatas paripurna pleno persiapan
    edaran berita tugas perintah permohonan pengantar bupati wakil sekda gubernur mendagri menteri dalam negeri
    kementerian kpk bpk dprd camat kepala daerah kabupaten provinsi terakhir sebelumnya lanjutan bersama forkopimda
    pemerintahan pemerintah hasil nomor tahun berikutnya berikut tersebut walikota kadis asisten internal awal dari yang
    diterima masuk oleh"""
)
SOURCE_FILLERS = words("pada tanggal hari tertanggal , . : ( / - * _")
HOLDS_MEETING = words(
    """melaksanakan laksanakan menggelar gelar mengadakan adakan menyelenggarakan selenggarakan jadwalkan
    menjadwalkan agendakan mengagendakan"""
)
MAKES_PAPER = words(
    """mengirim kirim kirimkan mengirimkan menerbitkan terbitkan membuat buat buatkan menyusun susun menyiapkan
    siapkan menyampaikan sampaikan menyerahkan serahkan mengedarkan edarkan menyebarkan sebarkan"""
)
REFERS_TO = words("berdasarkan merujuk mengacu sehubungan")
# What a month belongs to: `laporan Januari` is about January, not due then.
ABOUT_A_MONTH = words(
    """data laporan gaji inflasi tpp capaian realisasi kinerja tagihan absensi rekap rekapitulasi edisi notulen honor
    insentif iuran"""
)
STATE_OF = words("data kondisi posisi saldo stok jumlah rekap rekapitulasi keadaan populasi neraca")
MUST_REACH = words(
    """minimal minimum paling sekurangnya tercapai harus wajib target memastikan pastikan agar supaya capai selesai
    tuntas rampung"""
)

# A number after one of these is a label, never a day, a length or a time: `Pasal 3`.
LABELS = words(
    """nomor perda perbup perpres pergub perkada perdes pp uu sk se kepbup keppres kepres inpres kode rekening rek
    nip nik npwp hp telp telepon wa pasal ayat rt rw tahap poin butir angka huruf bab lampiran halaman blok
    kav seri versi kelas kelompok gelombang termin paket ruang lantai jalur zona dusun lingkungan sdn smpn sman
    asisten tunggul simpang sp dapil sektor sesi agenda register registrasi"""
)
LABEL_PREFIXES = ("permen", "kepmen", "undang")
# Budget documents and plans: the year after them is a label.
YEAR_LABELS = words(
    """ta apbd papbd apbn rpjmd rpjmn rkpd rkp rka dpa renja renstra kua ppas lkpj lkjip lppd dak dau ran
    anggaran ajaran pelajaran"""
)
MONEY = words("rp idr")
STREETS = words("jalan gang gg lorong lapangan stadion universitas untag")

# Names: `Pak Agus`, `PT Mei Jaya`, `Jumat Bersih`, `Pasar Senin`, `apel pagi`, `pelaksana harian`.
TITLES = words("pak bapak bu ibu sdr sdri saudara saudari bang mas mbak kak haji hj drs ir pt cv ud")
NAMED_DAYS = words(
    """bersih berkah barokah curhat sehat agung ceria sedekah berbagi menyapa kasih ngopi mengaji bugar krida religi
    keliling wage kliwon legi pahing pon palma gembira manis biru abu putih"""
)
BEFORE_NAMED_DAYS = words("pasar pajak pekan salat shalat sholat solat khotbah khutbah")
ACTIVITIES = words(
    """apel makan senam salat shalat sholat solat pasar shift jaga kuliah ronda olahraga selamat kerja rapat doa
    ibadah kelas"""
)
NOT_RECURRING_BEFORE = words("pelaksana tenaga pekerja buruh uang upah biaya kas gaji surat koran")
NOT_RECURRING_AFTER = words("lepas umum")
# How old, how long: a length near these is no deadline even after "maksimal" or "paling lama".
SPANS_OF_LIFE = words(
    """usia umur berusia berumur masa jabatan pidana kurungan penjara pengalaman garansi durasi selama cuti retensi balita bayi
    anak"""
)

# Abbreviations whose dot ends no sentence.
DOTTED = words(
    """tgl no jl jln kec kab kel ds dr drs ir h hj bp ibu sdr rp ttd dll dsb hlm pkl pk kadis bag yth an sei sp
    tg wib nop des okt sept sep agt agust feb peb jan mar apr jun jul thn bln maks"""
)
