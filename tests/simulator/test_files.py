"""Pictures and files in both directions."""

from __future__ import annotations

import hashlib

import httpx
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from simulator import Person, Refused, RunningSimulator
from simulator.files import Upload
from simulator.pictures import Picture, grey_png, measure
from tests.simulator.conftest import RawApi


async def test_camat_sends_a_photo_and_the_bot_downloads_it(bot: Bot, camat: Person) -> None:
    picture = grey_png(640, 480)
    camat.send_photos([picture], "sudah 60%")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.caption == "sudah 60%"
    small, large = update.message.photo
    assert (small.width, small.height) == (90, 67)
    assert (large.width, large.height, large.file_size) == (640, 480, len(picture))
    file = await bot.get_file(large.file_id)
    content = bytes(await file.download_as_bytearray())
    assert hashlib.sha256(content).digest() == hashlib.sha256(picture).digest()
    thumbnail = await (await bot.get_file(small.file_id)).download_as_bytearray()
    assert measure(bytes(thumbnail)) == Picture("png", 90, 67)


async def test_album_is_one_update_per_picture_with_one_caption(bot: Bot, camat: Person) -> None:
    camat.send_photos([grey_png(200, 100, shade) for shade in range(3)], "tiga lokasi")
    updates = await bot.get_updates()
    messages = [update.message for update in updates if update.message]
    assert len(messages) == 3
    assert len({message.media_group_id for message in messages}) == 1
    assert messages[0].media_group_id
    assert [message.caption for message in messages] == ["tiga lokasi", None, None]


async def test_more_than_ten_pictures_are_several_albums(bot: Bot, camat: Person) -> None:
    camat.send_photos([grey_png(20, 10)] * 12)
    messages = [update.message for update in await bot.get_updates() if update.message]
    albums = [message.media_group_id for message in messages]
    assert [albums.count(album) for album in dict.fromkeys(albums)] == [10, 2]


async def test_same_content_has_the_same_unique_id(bot: Bot, camat: Person) -> None:
    camat.send_photos([grey_png(20, 10)])
    camat.send_photos([grey_png(20, 10)])
    first, second = [update.message.photo[-1] for update in await bot.get_updates() if update.message]
    assert first.file_unique_id == second.file_unique_id
    assert first.file_id != second.file_id


async def test_document_voice_video_location_and_sticker(bot: Bot, camat: Person) -> None:
    camat.send_document(b"isi", "laporan akhir.pdf", caption="laporan")
    camat.send_voice(b"OggS", 7)
    camat.send_video(b"mp4", 12)
    camat.send_location(2.9845, 99.6158)
    camat.send_sticker("👍")
    document, voice, video, location, sticker = [update.message for update in await bot.get_updates()]
    assert document is not None
    assert document.document is not None
    assert (document.document.file_name, document.document.mime_type, document.caption) == (
        "laporan akhir.pdf",
        "application/pdf",
        "laporan",
    )
    assert voice is not None
    assert voice.voice is not None
    assert voice.voice.mime_type == "audio/ogg"
    assert video is not None
    assert video.video is not None
    assert video.video.file_size == 3
    assert location is not None
    assert location.location is not None
    assert location.location.latitude == 2.9845
    assert sticker is not None
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "👍"


async def test_file_above_twenty_megabytes_cannot_be_fetched(bot: Bot, camat: Person) -> None:
    camat.send_document(b"isi", "rekaman.zip", size=25 * 1024 * 1024)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_size == 25 * 1024 * 1024
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_unknown_file(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("AgACtidakada")


async def test_files_need_the_token(sim: RunningSimulator, bot: Bot, camat: Person) -> None:
    camat.send_document(b"rahasia", "a.txt")
    stored = sim.world.files.at("documents/file_1.txt")
    assert stored is not None
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        good = await client.get(f"{sim.base_file_url}{sim.world.token}/documents/file_1.txt")
        assert good.content == b"rahasia"
        assert (await client.get(f"{sim.base_file_url}1:A/documents/file_1.txt")).status_code == 401
        missing = await client.get(f"{sim.base_file_url}{sim.world.token}/documents/..%2Fsecret")
        assert missing.status_code == 404


async def test_bot_sends_a_picture_and_sends_it_again_by_its_id(bot: Bot, camat: Person) -> None:
    first = await bot.send_photo(chat_id=camat.id, photo=grey_png(300, 200), caption="Ringkasan")
    again = await bot.send_photo(chat_id=camat.id, photo=first.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(chat_id=camat.id, document=first.photo[-1].file_id)


@pytest.mark.parametrize(
    ("content", "description"),
    [
        (b"", "file must be non-empty"),
        (b"bukan gambar", "IMAGE_PROCESS_FAILED"),
        (grey_png(2000, 20), "PHOTO_INVALID_DIMENSIONS"),
        (grey_png(10, 9991), "PHOTO_INVALID_DIMENSIONS"),
        (grey_png(10, 10) + b"x" * (10 * 1024 * 1024), "file is too big"),
    ],
)
async def test_pictures_telegram_refuses(raw: RawApi, camat: Person, content: bytes, description: str) -> None:
    response = await raw.client.post(
        f"{raw.base}/sendPhoto", data={"chat_id": camat.id}, files={"photo": ("a.png", content)}
    )
    assert response.json()["description"] == f"Bad Request: {description}"
    assert camat.received() == []


@pytest.mark.parametrize(
    ("photo", "description"),
    [
        ("AgACtidakada", "wrong file identifier/HTTP URL specified"),
        ("attach://tidak_ada", "wrong file identifier/HTTP URL specified"),
        ("https://asahankab.go.id/foto.jpg", "failed to get HTTP URL content"),
    ],
)
async def test_references_to_no_picture(raw: RawApi, camat: Person, photo: str, description: str) -> None:
    assert await raw.refusal("sendPhoto", chat_id=camat.id, photo=photo) == f"Bad Request: {description}"


async def test_bot_sends_an_album(bot: Bot, camat: Person) -> None:
    sent = await bot.send_media_group(
        chat_id=camat.id, media=[InputMediaPhoto(grey_png(40, 30)), InputMediaPhoto(grey_png(50, 30))], caption="dua"
    )
    assert [message.photo[-1].width for message in sent] == [40, 50]
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.text for message in camat.received()] == ["dua", ""]


async def test_albums_telegram_refuses(raw: RawApi, camat: Person) -> None:
    def photo(number: int) -> dict[str, str]:
        return {"type": "photo", "media": f"AgAC{number}"}

    async def refused(*media: dict[str, str]) -> str:
        return await raw.refusal("sendMediaGroup", chat_id=camat.id, media=list(media))

    assert await refused(*map(photo, range(11))) == "Bad Request: too many messages to send as an album"
    assert await refused() == "Bad Request: there are no messages to send"
    assert await refused(photo(1)) == "Bad Request: media must include 2-10 items"
    document = {"type": "document", "media": "BQAC1"}
    assert await refused(photo(1), document) == "Bad Request: document can't be mixed with other media types"
    sticker = {"type": "sticker", "media": "x"}
    assert await refused(photo(1), sticker) == "Bad Request: can't parse InputMedia: Unsupported type specified"


async def test_bot_sends_documents_in_an_album(bot: Bot, camat: Person) -> None:
    media = [InputMediaDocument(b"a", filename="matriks.xlsx"), InputMediaDocument(b"b", filename="matriks.pdf")]
    sent = await bot.send_media_group(chat_id=camat.id, media=media)
    assert [message.document and message.document.file_name for message in sent] == ["matriks.xlsx", "matriks.pdf"]


def test_person_cannot_send_text_as_a_picture(camat: Person) -> None:
    with pytest.raises(Refused, match="bukan gambar"):
        camat.send_photos([Upload(b"halo", "foto.jpg")])
    with pytest.raises(Refused, match="Pilih foto"):
        camat.send_photos([])
    with pytest.raises(Refused, match=r"1\.024"):
        camat.send_photos([grey_png(2, 2)], "x" * 1025)


@pytest.mark.parametrize(
    ("content", "picture"),
    [
        (grey_png(7, 5), Picture("png", 7, 5)),
        (b"GIF89a\x07\x00\x05\x00", Picture("gif", 7, 5)),
        (b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc2\x00\x11\x08\x00\x05\x00\x07\x03rest", Picture("jpeg", 7, 5)),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x04\x00\x00",
            Picture("webp", 7, 5),
        ),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x07\x00\x05\x00",
            Picture("webp", 7, 5),
        ),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"", None),
        (b"%PDF-1.7", None),
    ],
)
def test_size_of_a_picture(content: bytes, picture: Picture | None) -> None:
    assert measure(content) == picture
