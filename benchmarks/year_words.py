"""The words of the made-up year: directives, reports and obstacles in the style of the real ones, none copied."""

from __future__ import annotations

HEADS = "Ahmad Budi Citra Dewi Eko Fitri Gunawan Hasan Indra Joko Kartika Lestari Mulyadi Nurhayati Oki Putri Rahmat Siti Taufik Wahyu Yusuf Zainal Harahap Siregar Nasution Lubis Sitorus Manurung".split()
BITS = {
    "batas": ["setiap desa dan kelurahan", "seluruh desa", "wilayah masing-masing", "lima desa prioritas"],
    "jumlah": ["10", "12", "20", "25", "40", "1.200"],
    "lokasi": ["Desa Silo Bonto", "Desa Bagan Asahan", "Kelurahan Mutiara", "Desa Pulau Maria", "Desa Sei Nangka"],
    "waktu": ["setiap minggu", "setiap bulan", "sebelum akhir triwulan", "secara berkala"],
}
PROGRAMME_TEXTS = [
    ("kopdes_merah_putih", "Mendata lahan minimal 1.000 m² untuk gerai Koperasi Merah Putih di {batas}"),
    ("kopdes_merah_putih", "Memfasilitasi rapat anggota tahunan koperasi dan melatih {jumlah} pengurus"),
    ("kopdes_merah_putih", "Menyelesaikan status tanah gerai Koperasi Merah Putih di {lokasi}"),
    ("mbg", "Menyiapkan lokasi dapur SPPG dan memastikan laik higiene di {batas}"),
    ("mbg", "Memantau penyaluran Makan Bergizi Gratis {waktu} dan melaporkan sekolah yang belum terlayani"),
    ("mbg", "Mempercepat pembangunan {jumlah} dapur yang belum beroperasi"),
    ("stunting", "Menimbang dan mengukur seluruh balita di posyandu {waktu}, dan melaporkan cakupannya"),
    ("stunting", "Memetakan keluarga berisiko stunting di {batas} dan menetapkan orang tua asuh"),
    ("kampung_nelayan", "Menyiapkan dokumen lahan Kampung Nelayan Merah Putih di Desa Pematang Sei Baru"),
    ("pembibitan_kelapa", "Menyediakan {jumlah} ha kawasan pembibitan kelapa dalam beserta pohon induknya"),
    ("kelapa_sawit", "Mendampingi pekebun dalam usulan peremajaan sawit rakyat di {lokasi}"),
    ("kelapa_dalam", "Menyusun peta jalan hilirisasi kelapa dalam dan melibatkan {jumlah} kelompok tani"),
    ("karet", "Mendata kebun karet rakyat yang rusak di {batas}"),
    ("cetak_sawah", "Mendata calon lahan cetak sawah dan menyelesaikan {jumlah} ha di {lokasi}"),
    ("cetak_sawah", "Memperbaiki saluran tersier agar lahan cetak sawah di {lokasi} terairi"),
    ("swasembada_beras", "Meningkatkan luas tambah tanam padi {jumlah} ha dan melaporkannya {waktu}"),
    ("swasembada_beras", "Memastikan penyaluran pupuk bersubsidi tepat sasaran di {batas}"),
    ("pengendalian_inflasi", "Melaksanakan gerakan pangan murah {waktu} di {lokasi}"),
    ("rpjmd", "Menyelaraskan rencana strategis dengan RPJMD dan menyampaikan rancangan akhirnya"),
    ("perjanjian_kinerja", "Menandatangani perjanjian kinerja dan mengunggah rencana aksi triwulanan"),
    ("reformasi_birokrasi", "Menindaklanjuti temuan pemeriksaan dan melengkapi buktinya {waktu}"),
    ("pelayanan_publik", "Memperbaiki standar pelayanan dan menyelesaikan pengaduan dalam lima hari kerja"),
    ("pelayanan_publik", "Melaksanakan perekaman KTP elektronik jemput bola di {batas}"),
    ("lainnya", "Menyiapkan peringatan hari jadi kabupaten dan gotong royong di {batas}"),
    ("lainnya", "Memetakan titik rawan banjir di {lokasi} dan menyiapkan pos bersama BPBD"),
]
SAID = [
    "Izin melaporkan, sudah {percent} %, {jumlah} titik selesai di {lokasi}.",
    "Mohon izin Bapak, progres {percent} persen. Pendataan berjalan di {batas}.",
    "Sudah {percent}%, sisanya dikerjakan pekan ini.",
    "Kegiatan di {lokasi} telah dilaksanakan bersama kepala desa dan pendamping, capaian {percent} %.",
    "Alhamdulillah {percent}%. Dokumentasi terlampir.",
]
OBSTACLES: list[tuple[str, str | None]] = [
    ("peta bidang tanah belum terbit", "BPN"),
    ("lahan masih berstatus sengketa antara dua ahli waris", "Bagian Hukum"),
    ("anggaran belum tersedia pada perubahan APBD", "BKAD"),
    ("hujan dan banjir rob, alat berat tidak dapat masuk", None),
    ("alat berat belum tersedia", "Dinas PUTR"),
    ("petugas pindah tugas dan belum ada penggantinya", "BKPSDM"),
    ("menunggu petunjuk teknis dari kementerian", "kementerian"),
    ("jaringan internet di desa tidak stabil", "Diskominfo"),
]
