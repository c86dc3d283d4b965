"""Why a step of an assignment's life isn't possible, as the person reads it."""

REFUSALS = {
    "already_accepted": "Tugas ini sudah diterima. Silakan langsung melapor dengan membalas kartunya.",
    "already_submitted": "Tugas ini sudah diajukan dan sedang menunggu verifikasi Sekretariat.",
    "already_done": "Tugas ini sudah selesai diverifikasi, jadi tidak berubah lagi.",
    "cancelled": "Tugas ini sudah dibatalkan oleh Sekretariat.",
    "not_submitted": "Tugas ini tidak sedang menunggu verifikasi.",
    "own_report": "Laporan sendiri tidak dapat diverifikasi sendiri. Mohon anggota Sekretariat yang lain.",
    "already_sent": "Rancangan ini sudah dikirim.",
    "no_unit": "Unit pelaksananya belum ada. Mohon tentukan unitnya lebih dahulu.",
    "not_a_question": "Pesan ini tidak meminta jawaban.",
    "already_answered": "Pertanyaan ini sudah dijawab, jadi jawabannya tidak berubah lagi.",
    "already_asked": "Penjelasan atas tugas ini sudah diminta dan masih ditunggu jawabannya.",
    "directive_not_open": "Arahan ini sudah dibatalkan, jadi tidak berubah lagi.",
}
