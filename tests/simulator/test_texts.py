"""Length limits after parsing, and HTML that is really parsed."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import BadRequest

from simulator import Person
from simulator.bot_api.errors import ApiError
from simulator.bot_api.html import parse_html
from simulator.entities import detect, utf16_length
from simulator.pictures import grey_png
from tests.simulator.conftest import RawApi


async def test_text_may_have_4096_units_after_parsing(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text=f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
    assert sent.text == "&" * 4096
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(chat_id=camat.id, text="x" * 4097)


async def test_an_emoji_counts_as_two(bot: Bot, camat: Person) -> None:
    await bot.send_message(chat_id=camat.id, text="😀" * 2048)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(chat_id=camat.id, text="😀" * 2048 + "!")


async def test_edited_text_has_the_same_limit(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="awal")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.edit_message_text(chat_id=camat.id, message_id=sent.message_id, text="x" * 4097)


async def test_caption_may_have_1024_units(bot: Bot, camat: Person) -> None:
    picture = grey_png(20, 20)
    sent = await bot.send_photo(chat_id=camat.id, photo=picture, caption=f"<i>{'é' * 1024}</i>", parse_mode="HTML")
    assert sent.caption == "é" * 1024
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(chat_id=camat.id, photo=picture, caption="é" * 1025)


@pytest.mark.parametrize("text", ["   \n ", "<b> </b>", "<i></i>"])
async def test_nothing_to_read_is_empty(raw: RawApi, camat: Person, text: str) -> None:
    refusal = await raw.refusal("sendMessage", chat_id=camat.id, text=text, parse_mode="HTML")
    assert refusal == "Bad Request: message text is empty"


async def test_half_a_surrogate_pair_is_no_text(raw: RawApi, camat: Person) -> None:
    async def refused(body: str) -> str:
        headers = {"Content-Type": "application/json"}
        response = await raw.client.post(f"{raw.base}/sendMessage", content=body, headers=headers)
        return str(response.json()["description"])

    assert await refused(f'{{"chat_id":{camat.id},"text":"\\ud83d"}}') == (
        "Bad Request: strings must be encoded in UTF-8"
    )
    button = '{"inline_keyboard":[[{"text":"\\ud83d","callback_data":"a"}]]}'
    assert 'Field "text" must be of type String' in await refused(
        f'{{"chat_id":{camat.id},"text":"x","reply_markup":{button}}}'
    )
    assert camat.received() == []


async def test_unknown_parse_mode(raw: RawApi, camat: Person) -> None:
    refusal = await raw.refusal("sendMessage", chat_id=camat.id, text="x", parse_mode="BBCode")
    assert refusal == "Bad Request: unsupported parse_mode"


async def test_white_space_around_a_message_is_dropped_and_entities_move(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="\n <b>tebal</b> \n", parse_mode="HTML")
    assert sent.text == "tebal"
    assert [(entity.offset, entity.length) for entity in sent.entities] == [(0, 5)]


async def test_entities_may_be_given_instead_of_html(raw: RawApi, camat: Person) -> None:
    bold = {"type": "bold", "offset": 0, "length": 4}
    sent = (await raw("sendMessage", chat_id=camat.id, text="Halo Pak", entities=[bold])).json()["result"]
    assert sent["entities"] == [bold]
    outside = [{"type": "bold", "offset": 5, "length": 9}]
    refusal = await raw.refusal("sendMessage", chat_id=camat.id, text="Halo Pak", entities=outside)
    assert refusal == "Bad Request: entity beginning or end is out of the message text"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("sudah <60% ya", 'Unsupported start tag "60%" at byte offset 6'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("<b>tebal", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
async def test_html_telegram_cannot_parse(raw: RawApi, camat: Person, source: str, complaint: str) -> None:
    refusal = await raw.refusal("sendMessage", chat_id=camat.id, text=source, parse_mode="HTML")
    assert refusal == f"Bad Request: can't parse entities: {complaint}"
    assert camat.received() == []


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1), ("italic", 2, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("😀<b>x<i>y</i></b>", "😀xy", [("bold", 2, 2), ("italic", 3, 1)]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b>a<b>b</b></b>", "ab", [("bold", 0, 2)]),
        ("<B>a</ b>", "a", None),
        ("&lt;b&gt; &amp;amp; &quot;x&quot; &#169; &#x1F600;", '<b> &amp; "x" © 😀', []),
        ("R&D &nbsp; &copy;", "R&D &nbsp; &copy;", []),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ('<a href="tidak-ada">a</a>', "a", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]] | None) -> None:
    if entities is None:
        with pytest.raises(ApiError):
            parse_html(source)
        return
    parsed, found = parse_html(source)
    assert parsed == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_links_languages_and_people() -> None:
    _, (link,) = parse_html('<a href="https://asahankab.go.id/?a=1&amp;b=2">situs</a>')
    assert link == {"type": "text_link", "offset": 0, "length": 5, "url": "https://asahankab.go.id/?a=1&b=2"}
    _, (mention,) = parse_html('<a href="tg://user?id=42">Budi</a>')
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", 42)
    _, (pre,) = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (pre["type"], pre["language"]) == ("pre", "python")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@settings(max_examples=80, deadline=None)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escape(text, quote=False)) == (text, [])


_NESTED = st.recursive(
    st.text(max_size=6).map(lambda text: escape(text, quote=False)),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "u", "s", "code", "blockquote"]), st.lists(inner, max_size=3)
    ).map(lambda tagged: f"<{tagged[0]}>{''.join(tagged[1])}</{tagged[0]}>"),
    max_leaves=8,
)


@given(_NESTED)
@settings(max_examples=80, deadline=None)
def test_entities_lie_inside_the_text_in_order(source: str) -> None:
    text, entities = parse_html(source)
    spans = [(entity["offset"], -entity["length"]) for entity in entities]
    assert spans == sorted(spans)
    assert all(entity["length"] > 0 for entity in entities)
    assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)


@given(st.text(alphabet="<>/b&;a=\"' x", max_size=24))
@settings(max_examples=150, deadline=None)
def test_any_input_is_parsed_or_refused(source: str) -> None:
    try:
        text, _ = parse_html(source)
    except ApiError as error:
        complaint = error.description
    else:
        complaint = ""
        assert len(text) <= len(source)
    assert complaint == "" or complaint.startswith("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start kode", [("bot_command", 0, 6)]),
        ("lihat /tugas@kawal_asahan_bot ya", [("bot_command", 6, 23)]),
        ("60/100 dan a/b", []),
        ("surat ke dinas@asahankab.go.id", [("email", 9, 21)]),
        ("😀 @budi_h #CetakSawah", [("mention", 3, 7), ("hashtag", 11, 11)]),
        ("https://asahankab.go.id/x.", [("url", 0, 25)]),
        ("t.me/kawal_asahan_bot?start=abc", [("url", 0, 31)]),
        ("#2024 bukan tagar", []),
    ],
)
def test_telegram_finds_entities_by_itself(text: str, entities: list[tuple[str, int, int]]) -> None:
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in detect(text)] == entities
