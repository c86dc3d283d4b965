"""The words progress is told in. To teach the reader a new wording, add it to the table it belongs to."""

from __future__ import annotations

from understanding.progress.spelling import words_of

MONTHS = words_of(
    "januari jan februari pebruari feb peb maret mar mrt april apr mei juni jun juli jul agustus agu agt ags agust "
    "september sep sept oktober okt november nopember nov nop desember des"
)
WEEKDAYS = words_of("senin selasa rabu kamis jumat jum'at sabtu ahad snn sen sls rbu kms jmt sbt")

# --- who is spoken to, and what carries no meaning ------------------------------------------------------------------
VOCATIVES = words_of("pak bu bang kak bos boss komandan ndan ya iya yaa terima kasih terimakasih makasih trims")
SALUTATION = words_of(
    "pak bu bang kak bos boss komandan ndan pimpinan bupati sekda wabup asisten yth kepada assalamualaikum "
    "assalamu'alaikum assalamu alaikum waalaikumsalam wassalam wr wb ass askum salam selamat pagi siang sore malam met "
    "halo hallo hai horas syalom shalom om swastiastu terima kasih terimakasih makasih trims thanks tks tq ya iya yaa "
    "min admin tes test testing coba ping ok oke p"
)
FILLERS = words_of(
    "izin mohon melaporkan lapor laporan dilaporkan kami saya untuk yang di ke dan itu ini tersebut nya juga adalah "
    "yaitu yakni bahwa dengan ada sudah telah baru sekarang saat ini hari lebih kurang sekitar hampir masih sedang pun "
    "lah sih nih kok alhamdulillah alhamdulillaah puji tuhan syukur pak bu"
)

# --- percentages ----------------------------------------------------------------------------------------------------
PHYSICAL = words_of("fisik")
FINANCIAL = words_of("keuangan anggaran serapan penyerapan terserap pembayaran pencairan dana dpa spj")
OVERALL = words_of(
    "progres capaian total keseluruhan rata kumulatif overall posisi tercapai persentase prosentase realisasi"
)
# A bare number after one of these is a percentage when no unit follows: "progres 60".
LABELS = words_of("progres capaian posisi persentase prosentase fisik keuangan fisiknya progresnya")
STILL = words_of("masih baru tetap")
REMAINING = words_of("sisa tinggal kurang")
TARGET = words_of(
    "target ditargetkan menargetkan targetkan mentargetkan rencana direncanakan rencananya harus wajib minimal menuju kejar mengejar "
    "optimis optimistis sasaran"
)
AHEAD = words_of(
    "paling akan besok lusa nanti depan insyaallah semoga mudah-mudahan moga-moga mudah2an rencana rencananya segera "
    "diperkirakan estimasi upayakan diupayakan mengupayakan usahakan diusahakan ditargetkan menargetkan targetkan target agar "
    "supaya harap berharap mendatang siap bakal hendak menyusul dijadwalkan dijadwal direncanakan kejar"
)
MEASURED = words_of("realisasi terserap tercapai")
TIME_STEPS = words_of("minggu bulan hari tanggal tahap triwulan tw")
BEHIND = words_of("kemarin lalu sebelumnya semula awalnya tadinya dulu")
NOW = words_of("sekarang kini terkini terakhir")
CHANGE = words_of("naik meningkat bertambah turun penambahan kenaikan peningkatan penurunan berkurang tambah nambah")
CHANGE_TO = words_of("jadi ke")
ARROWS = words_of("-> --> => → ➡")
# After one of these a target or a plan named before is over: "target 80% realisasi 60%".
RESULTS = words_of("progres capaian realisasi tercapai baru posisi terserap sekarang")
SAID_REACHED = RESULTS | words_of("sudah telah terpasang selesai")
TAKEN_BACK = TARGET | words_of("siap segera agar supaya harap")
BEFORE_A_FIGURE = words_of(
    "sudah baru telah masih saat ini sekarang di hampir sekitar mencapai sebesar adalah pada lebih kurang"
)
# What a percentage of these says nothing about how far the work is.
NO_PROGRESS = words_of(
    "ppn pph bunga inflasi denda potongan diskon retensi muka prevalensi kemiskinan kemiringan jasa komisi"
)
FRACTION_WORDS: dict[str, tuple[int, int]] = {
    "setengah": (1, 2), "separuh": (1, 2), "seperdua": (1, 2), "sepertiga": (1, 3), "seperempat": (1, 4),
    "seperlima": (1, 5), "fifty": (1, 2), "seperenam": (1, 6), "sepersepuluh": (1, 10),
}  # fmt: skip
PARTS: dict[str, int] = {
    "perdua": 2, "pertiga": 3, "perempat": 4, "perlima": 5, "perenam": 6, "pertujuh": 7, "perdelapan": 8,
    "persembilan": 9, "persepuluh": 10,
}  # fmt: skip
# "setengah jam", "jam setengah 3", "setengah juta" are no half of the work.
NOT_HALVES = words_of(
    "jam hari bulan tahun minggu menit mati juta miliar milyar ribu abad hati meter kilo kg badan tiang"
)

# --- amounts --------------------------------------------------------------------------------------------------------
UNITS = words_of(
    "ha hektar desa dusun kelurahan kecamatan kk rumah unit titik km kilometer m meter m2 m3 ton kg liter batang pokok "
    "bibit paket sekolah sd smp sma puskesmas posyandu dokumen berkas lokasi lahan bidang persil kelompok koperasi kopdes "
    "gerai dapur sppg balita anak bayi ibu warga siswa keluarga pelanggan ruas jembatan saluran sumur embung kolam kapal "
    "perahu ekor kios toko pasar lingkungan opd bagian upt ruang kelas gedung lapak petani nelayan peserta indikator "
    "kegiatan sub aplikasi sertifikat blok petak hamparan rt rw penerima sambungan pohon karung dus kotak sampel target "
    "kpm data bumdes embarkasi bangunan mck jamban septictank tower tiang lampu rambu sambung sr kantor program item "
    "poin butir dokumen arahan rekomendasi temuan nik ktp orang pengurus kampung tahap tahapan segmen patok kades camat"
)
SAME_UNITS: tuple[frozenset[str], ...] = (
    words_of("ha hektar lahan"), words_of("desa kelurahan desa/kelurahan kampung"), words_of("km kilometer"), words_of("m meter"),
    words_of("kk rumah keluarga warga kpm rt penerima"), words_of("orang warga siswa anak balita petani nelayan peserta ibu"),
    words_of("unit gerai dapur sppg kopdes koperasi rumah kios bangunan gedung"), words_of("titik lokasi sumur"),
    words_of("batang pokok bibit pohon"), words_of("sekolah sd smp sma"), words_of("camat kecamatan"), words_of("kades desa"),
)  # fmt: skip
# Counting these says nothing about how far the work is.
UNCOUNTED = words_of(
    "rapat pertemuan kali hari jam menit minggu bulan tahun detik rupiah rp juta miliar milyar triliun jt rb ribu m² "
    "undangan pasal ayat lembar halaman persen wib hp tamu jiwa poin-poin"
)
PEOPLE = words_of(
    "orang warga peserta undangan kades camat petani nelayan tamu personil personel petugas anggota pegawai"
)
ATTENDING = words_of(
    "hadir dihadiri menghadiri kehadiran diundang undangan setuju menolak menyetujui rapat musyawarah bersama didampingi"
)
PLACES_OF_WORK = words_of("pekerjaan bagian kegiatan lahan wilayah sudah telah selesai jalan")
UNDER_WAY = words_of("proses dalam sedang berjalan dikerjakan pengerjaan menyusul persiapan")
TOLD_DONE = words_of("sudah telah selesai baru tuntas realisasi terpasang rampung jadi")
MEASURES = words_of("panjang luas volume jumlah target total sasaran rencana alokasi kuota kebutuhan")
WHOLES = words_of(
    "total target rencana seluruh jumlah sasaran keseluruhan semua sebanyak luas alokasi kuota usulan kebutuhan"
)
MONEY_AFTER = words_of("juta miliar milyar triliun rupiah jt rb ribu m")
NO_AMOUNT_BEFORE = words_of(
    "jam tanggal nomor no pasal ayat rp nip nik rt rw hp telp telepon wa tahap tahun ta ke hal perihal pukul h sppd jl "
    "termin minggu triwulan tw semester"
)
ALL_OF = words_of("semua seluruh")

# --- how far --------------------------------------------------------------------------------------------------------
DONE = words_of(
    "selesai tuntas rampung beres kelar done clear finish finished complete completed komplit terselesaikan diselesaikan "
    "dituntaskan dirampungkan selesaikan tuntaskan rampungkan klir khatam finis"
)
DONE_BY_SUDAH = words_of("terselesaikan diselesaikan dituntaskan dirampungkan selesaikan tuntaskan rampungkan")
# One of these before "selesai" in its clause, and it is not a statement that the work is finished.
NEVER_YET = words_of(
    "belum tidak bukan hampir nyaris akan semoga mudah-mudahan insyaallah bila target ditargetkan targetkan sampai sebelum kapan apakah lambat pastikan memastikan janji"
)
NOT_YET = words_of(
    "belum tidak bukan hampir nyaris akan target ditargetkan menargetkan targetkan rencana rencananya insyaallah semoga mudah-mudahan "
    "harus agar supaya untuk sampai hingga sebelum bila setelah ketika begitu segera bisa dapat diperkirakan estimasi "
    "perkiraan optimis besok lusa nanti sebagian harap berharap kapan apakah menunggu upayakan diupayakan usahakan "
    "diusahakan jangan siap kejar direncanakan dijadwalkan bakal proses tahap menuju mengejar sedang masih persiapan "
    "pastikan memastikan janji berjanji lambat supaya demi guna kalo jadwal tenggat deadline batas"
)
WHOLE_SUBJECTS = words_of(
    "pekerjaan kegiatan tugas arahan semua seluruh tindak lanjut pelaksanaan pengerjaan penyelesaian status 100 hasil "
    "selesai tuntas rampung beres kelar siap baik ok oke terlaksana dilaksanakan dikerjakan saja lengkap aman clear total"
)
STEPS = words_of("rapat pertemuan koordinasi survei survey persiapan tahap tahapan musdes musyawarah")
GOES_ON = words_of(
    "tinggal sisa lanjut dilanjutkan selanjutnya masih sedang belum kemudian berikutnya berlanjut melanjutkan lagi akan "
    "menunggu tahap proses berjalan menuju masuk finalisasi finishing"
)
STANDING_STILL = words_of(
    "mulai berjalan jalan dikerjakan dilaksanakan terlaksana progres bergerak ditindaklanjuti ditindak terealisasi "
    "realisasi direalisasikan disentuh tersentuh kerjakan laksanakan tindaklanjuti bekerja melaksanakan mengerjakan "
    "dimulainya pelaksanaan pengerjaan tindak kemajuan pergerakan apa-apa sempat kegiatan aksi turun hasil digarap "
    "dijalankan diproses proses ditangani tindaklanjut respon kabar laporan"
)
# "belum ada respon dari BPN" is of somebody else.
ANSWERS = words_of("respon kabar laporan tindak tindaklanjut")
DAY_NAMES = words_of("bersih berkah curhat sehat")  # "Jumat Bersih" is no day
ENDS_BELUM = words_of("belum pak bu ada sama sekali juga sempat bisa pernah apa ini kami")
BETWEEN_BELUM = words_of(
    "ada bisa dapat kami saya sempat juga sama sekali pernah di mampu ini pak bu apa kita terlihat nampak tampak untuk "
    "sepenuhnya yang pun satupun seorangpun"
)
DOING = words_of(
    "sudah telah sedang proses masih sebagian hampir tahap lanjut berjalan baru hasil hasilnya on progres ongoing "
    "terlampir dokumentasi foto eviden bukti berikut melaporkan dilaporkan update mulai berlanjut capaian realisasi "
    "tinggal sisa tadi kemarin progress otw jalan lanjutkan berlangsung panen naik meningkat bertambah"
)
REQUESTING = words_of("mohon tolong agar supaya harap minta siap kiranya")
ACTIVITIES = words_of(
    "turun rapat survei survey gotong royong musdes musyawarah sosialisasi monitoring koordinasi verifikasi bekerja kerja"
)
PASSIVE_STEMS = words_of(
    "kerja laksana pasang bangun tanam ukur data kirim surat rapat survei survey cek tinjau koordinasi bahas susun "
    "sosialisasi bersih gali angkut salur bagi verifikasi input cetak serah lapor jadwal undang anggar tender lelang "
    "tindaklanjut rencana proses musyawarah himpun rekap kumpul bayar cair tandatangan sepakat daftar tetap bentuk "
    "lengkap jalan ajak hubung datang kunjung sampai umum terbit atas atasi perbaiki perbaik isi unggah upload ekspos "
    "garap kerah lanjut olah hadir semprot panen bor cor aspal timbun pagar pangkas teken usul"
)
AGREEING = words_of(
    "siap monitor dimonitor termonitor noted copy roger baik laksanakan dilaksanakan ok oke sip mantap setuju dimengerti "
    "paham dipahami mengerti diterima dicatat catat diatensi atensi jelas 86 segera akan besok nanti menyusul ditindaklanjuti "
    "tindaklanjuti insyaallah rencana rencananya lusa dibaca aman diindahkan indahkan pelajari dipelajari"
)
# "sudah diterima arahannya" agrees; it tells no progress.
ONLY_RECEIVED = words_of(
    "menerima membaca tahu mengetahui balas membalas diterima terima dimengerti dipahami paham dibaca baca dicatat catat dimonitor termonitor jelas mengerti"
)

# --- asking for time ------------------------------------------------------------------------------------------------
EXTENDING = words_of(
    "perpanjangan perpanjang diperpanjang memperpanjang penundaan kelonggaran pengunduran penambahan extend"
)
POSTPONING = words_of(
    "mundur tunda ditunda menunda undur diundur diundurkan dimundurkan molor digeser geser keringanan dispensasi "
    "toleransi reschedule penjadwalan"
)
TIME = words_of("waktu tempo waktunya temponya kesempatan")
WISHING = words_of(
    "mohon minta izin butuh perlu usul mengusulkan usulkan ajukan mengajukan diajukan pengajuan harap berharap beri diberi "
    "diberikan berikan kasih dikasih tolong boleh bisakah bolehkah apakah kiranya sekiranya dibutuhkan membutuhkan tambah "
    "tambahan ditambah nambah"
)
EXTENDED_THINGS = words_of(
    "kontrak stnk izin sk hgu jabatan sertifikat mou kerjasama jalan jaringan pipa saluran sim sewa tugas masa lisensi "
    "drainase landasan dermaga"
)
HAD = words_of("sudah telah")
REQUESTED = words_of("ajukan mengajukan diajukan usulkan mohonkan minta mohon")
AFTER_A_WISH = words_of("sampai kalau paling selambat-lambatnya kiranya")
MEETING_WISH = words_of(
    "menyampaikan menghadap bertemu audiensi ketemu konsultasi berdiskusi diskusi bicara berbicara menelepon telepon berkenan"
)
ASKING_ABOUT = words_of("menanyakan bertanya tanya kapan berapa mengenai")
TOO_SHORT = words_of("cukup kurang mepet singkat sempit terbatas habis kurangnya")
LENGTHS = words_of("hari minggu pekan bulan jam tahun")
LENGTH_WORDS = words_of("seminggu sepekan sebulan sehari semalam setahun dua-tiga")
