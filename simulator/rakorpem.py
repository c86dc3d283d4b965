"""The story of the Rakorpem of Friday 23 January 2026, Aula Melati: from the minutes to a verified task in two weeks.

The people act through their phones only and press buttons by their labels.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from simulator.calendar import next_moment
from simulator.chats import StoredMessage
from simulator.people import Person
from simulator.refusal import Refused
from simulator.story import DATA, Actor, Pace, Step, Story
from simulator.world import World

SEKRETARIAT = "Sekretariat"
CAMAT = "Camat Air Joman"
BUPATI = "Bupati"
DINAS = "Kepala Dinas Pertanian"

BEGINNING = datetime(2026, 1, 23, 13, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
LATEST_BEGINNING = BEGINNING + timedelta(hours=2)

_NAMES = {
    SEKRETARIAT: ("Rina", "Siregar"),
    CAMAT: ("Hendra", "Marpaung"),
    BUPATI: ("Bupati", "Asahan"),
    DINAS: ("Lestari", "Nasution"),
}


@dataclass(slots=True, frozen=True)
class StoryCast:
    """Invite codes (the payload of a t.me link) for the people of the story; `opd_code` adds the head of an office."""

    secretariat_code: str
    camat_code: str
    bupati_code: str
    opd_code: str | None = None


def demo_people(world: World, cast: StoryCast) -> dict[str, Person]:
    """The phones of the demo by label, each holding its invite; made when they are not there yet."""
    codes = {SEKRETARIAT: cast.secretariat_code, CAMAT: cast.camat_code, BUPATI: cast.bupati_code}
    if cast.opd_code:
        codes[DINAS] = cast.opd_code
    known = {person.label: person for person in world.people.values()}
    people = {label: known.get(label) or world.add_person(label, *_NAMES[label]) for label in codes}
    for label, person in people.items():
        person.invite = codes[label]
    return people


def rakorpem(world: World, cast: StoryCast, pace: Pace | None = None) -> Story:
    """The story, ready to play, and put behind the page's “Putar cerita”."""
    people = demo_people(world, cast)
    story = Story(world, _Rakorpem(world, people, pace or Pace()).steps())
    world.story = story
    return story


class _Rakorpem:
    def __init__(self, world: World, people: dict[str, Person], pace: Pace) -> None:
        self.world = world
        self.actors = {label: Actor(person, pace) for label, person in people.items()}
        self.secretariat = self.actors[SEKRETARIAT]
        self.camat = self.actors[CAMAT]
        self.bupati = self.actors[BUPATI]
        self.rice_card: StoredMessage
        self.palm_card: StoredMessage

    def steps(self) -> list[Step]:
        told: list[tuple[str, str, Callable[[], Awaitable[None]]]] = [
            (SEKRETARIAT, "Jumat siang, sesudah Rakorpem: Sekretariat membuka undangannya.", self.secretariat_joins),
            (CAMAT, "Camat Air Joman bergabung lewat undangan untuk jabatannya.", self.camat_joins),
            (BUPATI, "Bupati bergabung; tidak ada formulir yang perlu diisi.", self.bupati_joins),
            (SEKRETARIAT, "Sekretariat membuka rapat: Rakorpem Januari di Aula Melati.", self.opens_meeting),
            (SEKRETARIAT, "Notulen ditempel apa adanya; arahan, unit, dan tenggatnya terbaca.", self.pastes_minutes),
            (SEKRETARIAT, "Satu tenggat diperbaiki cukup dengan menulisnya.", self.corrects_deadline),
            (SEKRETARIAT, "Semua arahan dikirim sekaligus.", self.sends_directives),
            (CAMAT, "Camat menerima kartu tugas cetak sawah dan menyanggupinya.", self.camat_accepts),
            (CAMAT, "Sore harinya, laporan pertama: kartu dibalas dengan kata-kata biasa.", self.camat_reports),
            (CAMAT, "Seminggu kemudian pengingat datang; camat membalas dengan foto.", self.camat_sends_photos),
            (CAMAT, "Lahan pembibitan kelapa dalam tergenang: camat menyampaikan kendala.", self.camat_is_blocked),
            (CAMAT, "Camat meminta perpanjangan dengan alasannya.", self.camat_asks_for_time),
            (SEKRETARIAT, "Sekretariat mengizinkan perpanjangan itu.", self.secretariat_grants),
            (BUPATI, "Senin 07.00: ringkasan mingguan tiba di telepon Bupati.", self.bupati_gets_summary),
            (BUPATI, "Di balik angka: dari program ke arahannya, lalu ke setiap unit.", self.bupati_opens_programme),
            (BUPATI, "Satu unit dibuka: laporan dan fotonya terbaca, lalu kembali.", self.bupati_reads_reports),
            (BUPATI, "Bupati melihat apa yang terkendala, lalu memberi catatan.", self.bupati_writes_note),
            (CAMAT, "Catatan Bapak Bupati sampai di unit yang mengerjakannya.", self.camat_reads_note),
            (CAMAT, "Pendataan cetak sawah selesai dan diajukan.", self.camat_finishes),
            (SEKRETARIAT, "Bukti belum lengkap: Sekretariat mengembalikannya dengan alasan.", self.secretariat_returns),
            (CAMAT, "Camat melengkapi bukti dan mengajukan lagi.", self.camat_completes),
            (SEKRETARIAT, "Sekretariat memverifikasi: tugas selesai.", self.secretariat_approves),
            (SEKRETARIAT, "Matriks tindak lanjut untuk arsip: Excel dan PDF, tinggal diunduh.", self.exports_matrix),
            (SEKRETARIAT, "Undangan untuk semua unit dalam satu PDF, siap dicetak dan dibagikan.", self.prints_invites),
        ]
        if DINAS in self.actors:
            told.insert(3, (DINAS, "Kepala Dinas Pertanian bergabung.", lambda: self._join(self.actors[DINAS])))
            told.insert(10, (DINAS, "Dinas Pertanian menerima tugas yang sama.", self.office_accepts))
        return [Step(narration, self.actors[label].person, act) for label, narration, act in told]

    # Friday 23 January

    async def secretariat_joins(self) -> None:
        now = self.world.clock.now()
        if now > LATEST_BEGINNING:
            raise Refused("Cerita ini dimulai pada 23 Januari 2026; jalankan ulang demo untuk memutarnya.", 409)
        if now < BEGINNING:
            self.world.clock.set(BEGINNING)
        await self._join(self.secretariat)

    async def camat_joins(self) -> None:
        await self._join(self.camat)

    async def bupati_joins(self) -> None:
        await self._join(self.bupati)

    async def opens_meeting(self) -> None:
        await self.secretariat.says("/rapat Rakorpem Januari, 23 Januari 2026 pukul 09.00, Aula Melati")
        await self.secretariat.sees("Rakorpem Januari")

    async def pastes_minutes(self) -> None:
        await self.secretariat.says((DATA / "notulen-rakorpem.txt").read_text(encoding="utf-8"))
        await self.secretariat.sees(re.compile(r"cetak sawah.*RPJMD", re.DOTALL), button="📤 Kirim")

    async def corrects_deadline(self) -> None:
        await self.secretariat.says("3 tenggat 10 Februari 2026")
        await self.secretariat.sees("10 Februari 2026", button="📤 Kirim")

    async def sends_directives(self) -> None:
        preview = self.secretariat.person.find(button="📤 Kirim")
        await self.secretariat.presses("📤 Kirim", on=preview)
        await self.secretariat.sees("terkirim")

    async def camat_accepts(self) -> None:
        self.rice_card = await self.camat.sees("cetak sawah", button="✅ Terima")
        self.palm_card = await self.camat.sees("kelapa dalam", button="✅ Terima")
        await self.camat.presses("✅ Terima", on=self.rice_card)
        await self.camat.sees(re.compile(r"cetak sawah.*diterima", re.DOTALL | re.IGNORECASE), button="📝 Lapor")

    async def office_accepts(self) -> None:
        office = self.actors[DINAS]
        card = await office.sees("cetak sawah", button="✅ Terima")
        await office.presses("✅ Terima", on=card)

    async def camat_reports(self) -> None:
        await self.secretariat.sees(re.compile(r"📊.*RPJMD", re.DOTALL))
        self._wait_until("jumat 16.10")
        await self.camat.says("sudah 40%, 8 dari 20 ha terdata", reply_to=self.rice_card)
        await self.camat.sees(re.compile(r"40\s?%"))

    # Friday 30 January

    async def camat_sends_photos(self) -> None:
        self._wait_until("jumat 07.30")
        await self.camat.sees(re.compile("pengingat.*cetak sawah", re.DOTALL | re.IGNORECASE))
        caption = "sudah 70%, 14 dari 20 ha, di Desa Punggulan dan Desa Banjar"
        await self.camat.shows_photos(["sawah.png", "patok.png"], caption, reply_to=self.rice_card)
        await self.camat.sees(re.compile(r"70\s?%"))

    async def camat_is_blocked(self) -> None:
        await self.camat.presses("🚧 Kendala", on=self.palm_card)
        await self.camat.sees("menghambat")
        await self.camat.says("lahan tergenang, perlu pompa dari Dinas PUTR")
        await self.camat.sees("tergenang")
        await self.secretariat.sees("tergenang")

    async def camat_asks_for_time(self) -> None:
        await self.camat.presses("⏳ Perpanjangan", on=self.palm_card)
        await self.camat.sees("alasan")
        await self.camat.says("sampai 27 Februari 2026 karena lahan masih tergenang")
        await self.camat.sees("27 Februari 2026")

    async def secretariat_grants(self) -> None:
        request = await self.secretariat.sees("perpanjangan", button="✅ Izinkan")
        await self.secretariat.presses("✅ Izinkan", on=request)
        await self.camat.sees("diizinkan")

    # Monday 2 February

    async def bupati_gets_summary(self) -> None:
        self._wait_until("senin 07.00")
        await self.bupati.sees_picture(button="🚧 Kendala")

    async def bupati_opens_programme(self) -> None:
        summary = self.bupati.person.find(button="🎯 Cetak sawah rakyat")
        await self.bupati.presses("🎯 Cetak sawah rakyat", on=summary)
        directives = await self.bupati.sees("cetak sawah rakyat", button="1")
        await self.bupati.presses("1", on=directives)
        await self.bupati.sees(re.compile(r"0 dari 2 selesai.*Air Joman", re.DOTALL), button="Air Joman")

    async def bupati_reads_reports(self) -> None:
        directive = self.bupati.person.find("0 dari 2 selesai", button="Air Joman")
        await self.bupati.presses("Air Joman", on=directive)
        task = await self.bupati.sees(re.compile(r"14 dari 20 ha.*2 foto", re.DOTALL), button="🖼 Lihat bukti (2)")
        await self.bupati.presses("🖼 Lihat bukti (2)", on=task)
        await self.bupati.sees_picture()
        await self.bupati.presses("⬅️ Arahan 2026-01-01", on=task)
        directive = await self.bupati.sees("0 dari 2 selesai", button="⬅️ Cetak sawah rakyat")
        await self.bupati.presses("⬅️ Cetak sawah rakyat", on=directive)
        await self.bupati.sees("cetak sawah rakyat", button="1")

    async def bupati_writes_note(self) -> None:
        summary = self.bupati.person.find(button="🚧 Kendala")
        await self.bupati.presses("🚧 Kendala", on=summary)
        blocked = await self.bupati.sees("kelapa dalam")
        if "💬 Beri catatan" not in blocked.labels:
            await self.bupati.presses(_first_task(blocked), on=blocked)
            blocked = await self.bupati.sees("kelapa dalam", button="💬 Beri catatan")
        await self.bupati.presses("💬 Beri catatan", on=blocked)
        await self.bupati.sees("catatan")
        await self.bupati.says("Dinas PUTR segera turunkan pompa; camat laporkan perkembangannya hari Rabu.")
        await self.bupati.sees("catatan")

    async def camat_reads_note(self) -> None:
        await self.camat.sees(re.compile("catatan bapak bupati.*pompa", re.DOTALL | re.IGNORECASE))

    async def camat_finishes(self) -> None:
        self._wait_until("senin 10.15")
        await self.camat.says("20 dari 20 ha sudah terdata", reply_to=self.rice_card)
        answer = await self.camat.sees(re.compile("kirim buktinya|untuk diverifikasi", re.IGNORECASE))
        if "buktinya" in answer.text:
            await self.camat.shows_photos(["sawah.png"], "lahan yang sudah terdata", reply_to=self.rice_card)
            await self.camat.sees(re.compile("untuk diverifikasi", re.IGNORECASE))

    async def secretariat_returns(self) -> None:
        finished = await self.secretariat.sees("cetak sawah", button="↩️ Kembalikan")
        await self.secretariat.presses("↩️ Kembalikan", on=finished)
        await self.secretariat.sees("dikembalikan")
        await self.secretariat.says("Mohon lampirkan foto patok batas di Desa Banjar.")
        await self.camat.sees("patok batas")

    async def camat_completes(self) -> None:
        caption = "foto patok batas Desa Banjar, sudah selesai 100%"
        await self.camat.shows_photos(["patok.png"], caption, reply_to=self.rice_card)
        await self.camat.sees(re.compile("untuk diverifikasi", re.IGNORECASE))

    async def secretariat_approves(self) -> None:
        finished = await self.secretariat.sees("cetak sawah", button="✅ Setujui")
        await self.secretariat.presses("✅ Setujui", on=finished)
        await self.camat.sees("telah diverifikasi")

    async def exports_matrix(self) -> None:
        await self.secretariat.says("/ekspor")
        choice = await self.secretariat.sees("matriks tindak lanjut", button="📊 Excel")
        for label, ending in (("📊 Excel", ".xlsx"), ("📄 PDF", ".pdf")):
            await self.secretariat.presses(label, on=choice)
            await self.secretariat.sees_file(ending, "matriks tindak lanjut")

    async def prints_invites(self) -> None:
        await self.secretariat.says("/undang")
        choice = await self.secretariat.sees("siapa yang diundang", button="📄 Semua unit (PDF)")
        await self.secretariat.presses("📄 Semua unit (PDF)", on=choice)
        await self.secretariat.sees_file(".pdf", "undangan sekali pakai")

    async def _join(self, actor: Actor) -> None:
        """Accept the invite; who has joined before the story began needs nothing."""
        if actor.person.started:
            return
        await actor.joins(actor.person.invite or "")
        question = await actor.sees("bergabung sebagai", button="✅ Benar")
        await actor.presses("✅ Benar", on=question)
        await actor.sees("Selamat datang")

    def _wait_until(self, moment: str) -> None:
        clock = self.world.clock
        clock.set(next_moment(moment, clock.now(), self.world.timezone))


def _first_task(listing: StoredMessage) -> str:
    """The label of the first button of a list that leads to the palm-seedling task, or the first of all."""
    labels = listing.labels
    return next((label for label in labels if "Air Joman" in label or "kelapa" in label.lower()), labels[0])
