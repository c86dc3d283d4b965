"""The words of trouble: what says that the work is held up, and what says that it is not."""

from __future__ import annotations

from understanding.progress.spelling import words_of
from understanding.progress.words import VOCATIVES

HINDERED = words_of(
    "terkendala kendala terhambat hambatan terhalang halangan permasalahan kesulitan terganggu gangguan terbentur "
    "terganjal permasalahannya masalahnya masalah penghalang menghambat hambat"
)
PART_OF_THE_CAUSE = words_of("kesulitan")
PERMIT_COMING = words_of("keluar terbit turun diterbitkan ada lengkap")
BECAUSE = words_of("karena dikarenakan sebab akibat disebabkan gara-gara lantaran berhubung diakibatkan mengingat")
# Near one of these "karena" explains something that went wrong.
WRONG = words_of(
    "belum tidak terlambat telat tertunda ditunda mundur molor perpanjangan waktu baru terhenti berhenti gagal lambat "
    "lamban terkendala batal dibatalkan diundur kurang hanya menunggu macet mandek stagnan tersendat dihentikan sulit "
    "susah rusak turun tertinggal sempat"
)
HELPED = words_of("dibantu bantuan dukungan kerjasama partisipasi antusias didukung gotong swadaya")
NONE_OF = words_of("tidak tanpa tiada nihil minim bebas nol bukan")
OVERCOME = words_of(
    "teratasi atasi tangani selesaikan perbaiki diperbaiki diganti dibuka reda pulih tersambung dicabut diatasi terselesaikan ditangani dipecahkan clear selesai diselesaikan tertangani teratasinya berlalu surut "
    "aman lancar beres solusinya"
)
# Not now, or only perhaps.
NOT_NOW = words_of(
    "bila semoga mudah-mudahan moga-moga sempat kemarin lalu sebelumnya tadinya dulu agar supaya antisipasi mengantisipasi "
    "mencegah pencegahan atasi jangan takut khawatir rawan potensi mengatasi"
)
WAITING = words_of("menunggu")
# "menunggu arahan" asks for nothing that holds the work up.
NOTHING = words_of("nihil - – kosong 0")
FROM_ABOVE = words_of("lebih lanjut dari pimpinan bapak ibu dan selanjutnya kami siap")
MERE_ORDERS = words_of("arahan perintah petunjuk instruksi kabar informasi jadwal undangan giliran selanjutnya besok")
BROKEN = words_of(
    "rusak sengketa bersengketa bermasalah menolak keberatan protes mogok gagal terhenti mandek macet putus longsor "
    "terendam tergenang amblas roboh ambruk padam langka overload hilang error eror down dihentikan tertunda jebol "
    "tersendat digugat terputus abrasi kebakaran ditolak stagnan dikomplain komplain diprotes tersangkut rebutan "
    "mati mangkir wanprestasi kabur memblokir memblokade diblokir menghadang menghalangi tumbang meluap "
    "berlumpur becek terkunci terserang pecah bocor patah labil tumpang tertahan sanggahan disanggah sanggah gugatan enggan "
    "menuntut terlalu tertimbun terisolir hanyut dicuri padam kehabisan mengundurkan refocusing direfocusing dipangkas dialihkan terpotong ribut konflik pindah mutasi cuti sakit kosong trobel trouble offline lelet lemot penolakan kerusakan"
)
# Trouble where it befalls what the work needs: "tender diulang", "data ganda".
BEFALLS_A_NEED = words_of("diulang berubah libur ganda dipotong")
PRICE = words_of("harga biaya ongkos")
# "kekurangan gizi", "kekurangan volume" are what the work is about.
LACKED_ELSEWHERE = words_of("gizi volume kalori bayar pembayaran waktu")
# Behind "sudah" one of these ends the trouble: "tanggul jebol sudah ditutup".
MENDED = words_of(
    "ditutup dilengkapi ditambal ditimbun dipotong dibersihkan ditebang dievakuasi disedot dikeruk dipulihkan disambung "
    "diluruskan dimutakhirkan divalidasi diselamatkan dipasang dibangun"
)
OWNERS = words_of("warga masyarakat pemilik pedagang petani penggarap pemuda massa waris")
CLOSING_OFF = words_of("menutup menolak menduduki menyegel demo berdemo unjuk")
WEATHER = words_of("hujan banjir cuaca pasang kemarau kekeringan angin ombak gelombang rob badai asap")
WEATHER_STATE = words_of(
    "masih terus sering deras lebat kencang tinggi ekstrem ekstrim buruk sedang lagi musim menerus tiap setiap turun "
    "kurang karena seharian tinggi-tingginya besar guyur mengguyur diguyur landa melanda dilanda air akibat"
)
# What work needs, and comes to a stop without.
NEEDED = words_of(
    "pejabat ppk pptk panitia pokja bendahara pimpro direksi pengawas fasilitator relawan kuasa undangan formasi kuota pagu dau dak adk add "
    "nik akun password atk kuota penyuluh vaksinator surveyor pendamping kader enumerator guru dokter perawat bidan mantri "
    "laptop printer traktor alsintan waris pengurus kelengkapan anggaran dana uang biaya dpa dipa alat peralatan excavator beko mesin pompa genset tangki perahu tenda dozer truk armada kendaraan mobil operator bahan "
    "material semen pasir batu aspal bibit benih pupuk solar bbm bensin listrik sinyal jaringan internet air lahan tanah "
    "lokasi sdm tenaga personil personel petugas pegawai staf tukang pekerja izin rekomendasi sk surat juknis juklak "
    "petunjuk regulasi aturan perbup persetujuan tanda tandatangan disposisi jawaban balasan tanggapan konfirmasi "
    "kepastian kontraktor rekanan penyedia pihak ketiga vendor pemenang konsultan lelang tender kontrak spk data dokumen "
    "berkas sertifikat warga masyarakat pemilik desa kades akses jalan jembatan kesepakatan titik stok obat vaksin "
    "hasil transfer pencairan pembayaran gudang tempat aplikasi sistem server listriknya lokasinya lahannya alatnya "
    "anggarannya dananya ganti bpn format blanko formulir tim narasumber ketersediaan pasokan suku cadang sparepart honor"
)
# "butuh alat berat": what is asked for is missing. Some words may stand between the two.
NEEDING = words_of("butuh perlu")
BEFORE_A_NEED = words_of("bantuan tambahan dukungan penambahan lagi juga segera unit beberapa adanya sekali mobil")
OURSELVES = words_of("kami kita saya")
HAVING = words_of("ada tersedia punya memiliki cukup dapat mendapat menerima")
SCARCE = words_of(
    "kurang kekurangan minim minimnya keterbatasan terbatas terbatasnya kurangnya habis langka sulit susah sulitnya "
    "menipis kosong mahal"
)
LATE = words_of("terlambat telat lambat lama")
ARRIVING = words_of("mengirim datang tiba masuk cair dikirim turun sampai keluar terbit")
EFFECTS = words_of("terhenti tertunda dihentikan mandek stagnan tersendat")
NOT_COMING = words_of(
    "cair turun keluar terbit tersedia datang tiba sampai lengkap ditandatangani disetujui disahkan diteken ditransfer dilelang bebas ditunjuk dilantik sanggup tanda menandatangani siap masuk dibayar dibebaskan "
    "clear ada dianggarkan dikirim kirim cukup mencukupi bisa memadai jelas setuju sepakat mau bersedia ditetapkan "
    "diterima terkumpul menyerahkan mengumpulkan melengkapi mengirim menjawab membalas berfungsi normal stabil "
    "memungkinkan hadir diserahkan dapat mendukung selesai rampung dibuka aktif terealisasi dicairkan diterbitkan "
    "valid sinkron akurat final merespon merespons menyetujui tersertifikat bersertifikat terbayar lancar kooperatif"
)
NOT_FINE = words_of("tidak kurang belum")
FINE_WEATHER = words_of("cerah bagus baik mendukung reda normal bersahabat membaik aman")
# Work that is done on trouble: "perbaikan jalan rusak".
WORK_ON = words_of(
    "perbaikan rehab rehabilitasi penanganan pendataan data inventarisasi daftar penambalan normalisasi bantuan korban "
    "mitigasi penggantian pembersihan memperbaiki mendata menangani penyelesaian terdampak rekonstruksi pemulihan "
    "laporan perawatan pengendalian penanggulangan identifikasi bencana tanggap posko penyaluran pemeliharaan memantau "
    "pemantauan pengecekan evakuasi pemotongan penebangan penyemprotan pencarian"
)
ALSO_NEEDED = words_of("data laporan daftar bantuan bencana")
LEADING = VOCATIVES | words_of(
    "oleh karena dikarenakan sebab akibat disebabkan adalah yaitu yakni pada dengan di nya dalam kami ada sangat "
    "terkait tentang berupa antara lain dari hal saat ini gara-gara lantaran berhubung mengingat utamanya terutama utama "
    "sedikit maaf diakibatkan adanya namun tapi sementara sedangkan dan cuma cuman dihadapi lapangan hanya saja"
)
POLITE = VOCATIVES | words_of("izin melapor melaporkan maaf lapor")
TRAILING = VOCATIVES | words_of("dan saja ini itu juga nya yang mohon izin untuk serta dengan")
# The cause is told; what follows is something else.
ENDS_A_CAUSE = words_of(
    "progres capaian realisasi mohon minta sehingga maka jadi tapi namun skrg sekarang posisi makanya akibatnya "
    "demikian terimakasih sementara sedangkan kami insyaallah perlu butuh izin sekian target 🙏 solusi rencana "
    "selanjutnya progresnya solusinya namun tetap"
)
