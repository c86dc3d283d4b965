"""The command menu each person sees: only what that person may do."""

from __future__ import annotations

from handlers.rights import Deed, scope_of
from models.mailbox import enqueue
from models.people import Member
from presentation.mail import Mail

MENU: tuple[tuple[str, str, Deed], ...] = (
    ("tugas", "Tugas saya yang masih terbuka", Deed.WORK),
    ("lapor", "Melaporkan perkembangan sebuah tugas", Deed.WORK),
    ("ringkasan", "Ringkasan tindak lanjut saat ini", Deed.READ_SUMMARY),
    ("arahan", "Mencatat satu arahan", Deed.POST_DIRECTIVE),
    ("notulen", "Membaca notulen menjadi daftar arahan", Deed.POST_DIRECTIVE),
    ("rapat", "Rapat yang ditindaklanjuti; membuka rapat baru", Deed.OPEN_MEETING),
    ("verifikasi", "Laporan selesai dan perpanjangan yang menunggu", Deed.VERIFY),
    ("pantau", "Mencari unit, program, kata, atau nomor arahan", Deed.LOOK),
    ("terlambat", "Yang terlambat, paling lama di atas", Deed.READ_SUMMARY),
    ("rapor", "Rapor unit: warna, alasannya, dan hak jawab", Deed.LOOK),
    ("ekspor", "Matriks tindak lanjut dan bukti (Excel, PDF, ZIP)", Deed.EXPORT),
    ("bahan", "Bahan rapat berikutnya (PDF)", Deed.VERIFY),
    ("surat", "Teguran dan berita acara verifikasi", Deed.VERIFY),
    ("undang", "Membuat tautan undangan", Deed.INVITE),
    ("pengguna", "Siapa yang sudah bergabung", Deed.SEE_PEOPLE),
    ("bantuan", "Apa yang dapat saya lakukan di sini", Deed.TALK),
    ("batal", "Meninggalkan yang sedang dikerjakan", Deed.TALK),
)


def commands_of(member: Member) -> list[tuple[str, str]]:
    """Name and line of every command this person may use, in the order of the menu."""
    return [(name, line) for name, line, deed in MENU if scope_of(member, deed) is not None]


async def show_menu(mail: Mail, member: Member) -> None:
    """Have Telegram show this person's commands in the private chat; none to somebody who is out."""
    commands = [{"command": name, "description": line} for name, line in commands_of(member)]
    may_any = bool(commands) and member.revoked_at is None
    scope = {"type": "chat", "chat_id": member.chat_id}
    await enqueue(
        mail.session,
        now=mail.now,
        chat_id=member.chat_id,
        method="setMyCommands" if may_any else "deleteMyCommands",
        payload={"commands": commands, "scope": scope} if may_any else {"scope": scope},
        kind="menu",
        member_id=member.id,
    )
