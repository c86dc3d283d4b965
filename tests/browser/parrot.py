"""A small bot that answers as Kawal would look: buttons, pictures, edits. The page's tests drive the page with it."""

from __future__ import annotations

import asyncio
import struct
import zlib
from contextlib import suppress
from html import escape

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

KEYS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("✅ Terima", callback_data="terima"),
            InlineKeyboardButton("📝 Lapor", callback_data="lapor"),
        ],
        [
            InlineKeyboardButton("🚧 Kendala", callback_data="kendala"),
            InlineKeyboardButton("⏳ Lambat", callback_data="diam"),
        ],
    ]
)
CARD = (
    "<b>Arahan 3/RKP/I/2026</b>\nMendata lahan <i>cetak sawah</i> <u>di kecamatan</u>.\n"
    "<blockquote>Rakorpem 23 Januari 2026</blockquote>Tenggat: <code>30-01-2026</code>, "
    '<a href="https://example.org/peta">peta</a>. Kirim /tugas bila siap.'
)


class Parrot:
    """Polls the simulator as a bot does, until cancelled. `hold` makes answers to presses wait."""

    def __init__(self, url: str, token: str) -> None:
        # Plain HTTP to this machine: reading the system's certificates would take longer than the test.
        requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
        self.bot = Bot(token, f"{url}/bot", f"{url}/file/bot", request=requests[0], get_updates_request=requests[1])
        self.hold = asyncio.Event()
        self.hold.set()

    async def run(self) -> None:
        offset = 0
        async with self.bot as bot:
            await bot.set_my_commands(
                [BotCommand("bantuan", "Apa yang dapat Anda lakukan"), BotCommand("tugas", "Tugas Anda")]
            )
            while True:
                for update in await bot.get_updates(offset=offset, timeout=20, allowed_updates=Update.ALL_TYPES):
                    offset = update.update_id + 1
                    with suppress(TelegramError):
                        await self.answer(update)

    async def answer(self, update: Update) -> None:
        if update.callback_query:
            await self.answer_press(update.callback_query)
        elif update.edited_message:
            await update.edited_message.reply_text(f"Diperbaiki menjadi: {update.edited_message.text}")
        elif update.message:
            await self.answer_message(update.message)

    async def answer_press(self, query: CallbackQuery) -> None:
        await self.hold.wait()
        if query.data == "kendala":
            await query.answer("Tugas ini bukan milik Anda.\nHubungi sekretariat.", show_alert=True)
        elif query.data == "terima":
            await query.answer("Tugas diterima. Terima kasih.")
            await query.edit_message_text(CARD + "\n\n<b>Status: diterima</b>", parse_mode="HTML", reply_markup=KEYS)
        else:
            await query.answer()

    async def answer_message(self, message: Message) -> None:
        text = message.text or ""
        if text.startswith("/start"):
            await self.welcome(message, text.removeprefix("/start").strip())
        elif text == "kartu":
            await message.reply_text(CARD, parse_mode="HTML", reply_markup=KEYS)
        elif text == "gambar":
            await message.reply_photo(
                picture(900, 600, (14, 107, 91)), caption="<b>Ringkasan</b> minggu ini", parse_mode="HTML"
            )
        elif text == "album":
            media = [InputMediaPhoto(picture(300, 300, (shade, 120, 90))) for shade in (40, 120, 200)]
            await message.reply_media_group(media, caption="Tiga foto")
        elif text == "tanya":
            await message.reply_text("Apa kendalanya?", reply_markup=ForceReply())
        elif text == "pilih":
            keys = ReplyKeyboardMarkup([["Ya, benar", "Bukan"]], one_time_keyboard=True)
            await message.reply_text("Apakah ini benar?", reply_markup=keys)
        elif text == "undangan":
            name = self.bot.username
            await message.reply_text(f"Tautan undangan: https://t.me/{name}?start=KODE-123")
        elif text == "matriks":
            await message.reply_document(b"Nomor;Arahan\n1;Cetak sawah\n", filename="matriks tindak lanjut.csv")
        elif message.photo:
            await message.reply_text("Foto diterima.", do_quote=True)
        elif message.document:
            await message.reply_text(f"Berkas {message.document.file_name} diterima.", do_quote=True)
        elif message.location:
            await message.reply_text(f"Lokasi diterima: {message.location.latitude:.2f}")
        elif text:
            await message.reply_text(
                f"Anda menulis: <b>{escape(text)}</b>", parse_mode="HTML", do_quote=bool(message.reply_to_message)
            )

    async def welcome(self, message: Message, code: str) -> None:
        await self.bot.set_my_commands(
            [BotCommand("tugas", "Tugas terbuka, paling mendesak dahulu"), BotCommand("terlambat", "Yang terlambat")],
            scope=BotCommandScopeChat(message.chat_id),
        )
        await message.reply_text(f"Selamat datang. Kode Anda: {code or 'tidak ada'}.")


def picture(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    line = b"\0" + bytes(colour) * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(line * height))
        + chunk(b"IEND", b"")
    )
