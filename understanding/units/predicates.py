"""Which words say that somebody is to do something: cues ("agar", "wajib") and verbs as minutes write them."""

from understanding.units.words import word_set

# Words that turn what stands before them into the one who is asked.
CUES = word_set("""agar agr supaya supya spy untuk utk wajib harus hrs haruslah segera sgr segra secepatnya diminta diminta dimohon
    mohon mhn tolong tlg diharapkan diharap hendaknya hendaklah agarnya jangan jgn dilarang ditugaskan ditugasi
    diinstruksikan diperintahkan diwajibkan dihimbau diimbau diingatkan ditekankan bertugas bertanggung perlu silakan
    silahkan dipersilakan diminta dimintakan dimintai ditunjuk diberi diberikan bersedia mesti kiranya cukup
    berkewajiban ditargetkan ditegaskan ditekankan diarahkan didorong diserahi disarankan dianjurkan""")

# Who speaks asks: "Bupati minta Dinsos …".
ORDERS = word_set("""minta meminta menginstruksikan instruksikan memerintahkan perintahkan menugaskan tugaskan menugasi mengimbau
    menghimbau imbau mengharapkan harap harapkan mewajibkan wajibkan tolong mohon titip titipkan mengingatkan ingatkan mengarahkan
    menekankan mendorong menunjuk diminta dimohon diinstruksikan diperintahkan ditugaskan diharapkan diwajibkan
    menegaskan tegaskan tekankan memohon dimintakan diingatkan dihimbau diimbau diarahkan suruh pinta""")

_BASE = word_set("""data cek periksa tinjau pantau audit dampingi susun buat bikin kirim lapor jaga jemput catat tutup buka beri
    gelar monitor monitoring update input entri isi cari ambil bawa pasang perbaiki percepat tambah tagih panggil kawal
    latih bina urus sisir validasi verifikasi inventarisir inventarisasi koordinasi sosialisasi evaluasi rekap survei
    survey turun ajukan undang bentuk respon respons tanam tebar tindak tindaklanjuti pelajari kaji kerja piket siaga
    standby hadir ikut setor lunasi stop kejar cegah tekan tata atur mulai rapikan rawat sambut tuntas selesai
    tentukan percantik perketat perkuat perbanyak perluas persiapkan perhatikan pertahankan perbarui
    perpanjang perjuangkan pergunakan petakan pindahkan pisahkan pulihkan publikasikan prioritaskan programkan proses
    penuhi peringati pasangkan pertimbangkan kerahkan kembangkan kembalikan kendalikan kerjakan kelompokkan keluarkan
    kosongkan kumpul kunjungi kuatkan kurangi lakukan lengkapi libatkan rapat rapatkan rekrut revisi rumuskan sampaikan
    sediakan siap siapkan sinkronkan sinkronisasi sita tampilkan tangani tegur telaah teliti temui tertibkan tetapkan teruskan
    tingkatkan tunjuk uji ukur umumkan usul usulkan utamakan waspadai sebar sebarkan serap serahkan segel salurkan
    rampungkan hitung hubungi gali gerakkan gunakan hapus hentikan hindari fasilitasi fokus follow filter edukasi
    distribusikan dukung dorong cabut cairkan bersihkan bersiap berikan bereskan bantu bagikan awasi antisipasi
    anggarkan alokasikan aktifkan adakan amankan akomodir realisasikan pungut potong penertiban pangkas olah
    operasikan lacak laksanakan kontrol konsolidasi kunci kebut jelaskan jalankan jalin jadwalkan intensifkan imbau
    identifikasi himpun harmonisasi tempel terbitkan terapkan tebang tarik taati supervisi stok
    stabilkan surati datangi hadiri ikuti patuhi dalami hindari jauhi cermati pahami sirami siram sidak sertifikasi sertakan semprot selesaikan sapu sampling rancang rumuskan rinci""")

_BER = word_set("""berkoordinasi berkolaborasi bekerja bersinergi berperan bersiap bersiaga berpartisipasi berkonsultasi bertanggung
    bergotong berupaya beroperasi berinovasi berbenah berfokus berpedoman berhenti berkomitmen berkunjung berkantor
    bertindak bergerak""")

# They look like verbs and are none here.
_NO_VERBS = word_set("""mei menteri media merah meranti meter mesin mekar melati medan meja memang menit menu merdeka metode melalui
    mengenai menurut menjelang meski meskipun merupakan melainkan mengingat menengah mental merek meteran metro mewah
    menara mentah mereka mesjid memori member mendatang menyusul menpan menkes menko menuju menyeluruh merata
    ikan akan bukan masukan makan rekan perikanan pendidikan kebijakan perkebunan pertanian kerusakan belikan pekan sekian
    petikan kekurangan peternakan perbaikan penyuluhan penggerakan kepemudaan penyidikan pembekalan ketentuan
    kebakaran kehutanan kesehatan keuangan kesejahteraan kependudukan katakan ketukan kerikan""")

# After these a clause reports what was; it asks for nothing.
REPORTS = word_set("""sudah sdh telah tlh memaparkan mengekspos menyatakan mengatakan mengakui menyebut menyebutkan menanggapi menjawab
    mengucapkan menyambut membacakan mengapresiasi menambahkan mewakili izin ijin masih msh belum blm baru akan berhasil
    mendapat mendapatkan memperoleh meraih terlambat tidak tdk bertanya menanyakan ekspos paparan laporan berpesan
    mengingatkan menegaskan menekankan menyoroti mengharapkan menyebut mengeluhkan menyanggupi menyetujui sependapat sepakat
    berjanji memohon""")

# They may report or be asked for: "Kadis PUTR melaporkan …" against "3. BKPSDM melaporkan rekapitulasi setiap tanggal 5".
TELLS = word_set(
    "melaporkan menyampaikan menjelaskan melapor lapor hadir memimpin membuka menutup siap laporkan sampaikan"
)


def is_verb(word: str) -> bool:
    """Whether a lower-case word can open what somebody is to do ("mendata", "siapkan", "cek")."""
    if word in _NO_VERBS or len(word) < 3:
        return False
    if word in _BASE or word in _BER:
        return True
    if word.startswith("me") and len(word) >= 6:
        return word[2] in "mnlrwy" and not word.endswith("nya")
    if word.endswith("lah"):
        return is_verb(word[:-3])
    return len(word) >= 6 and word.endswith("kan") and not word.startswith(("pe", "ke", "di", "ter"))


def is_imperative(word: str) -> bool:
    """Whether a lower-case word calls to act by its bare form: "kejar", "siapkan", "turun"."""
    return word in _BASE or (is_verb(word) and word.endswith("kan") and not word.startswith("me"))


def is_predicate(word: str) -> bool:
    """Whether a lower-case word after a name makes that name the one who is to act."""
    return word in CUES or is_verb(word)
