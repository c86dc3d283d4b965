"""A thousand strings that have broken bots before, made from nasty pieces by a fixed seed."""

from __future__ import annotations

import random

PIECES = (
    "<b>", "</b>", "<script>alert(1)</script>", "<a href='tg://user?id=1'>", "<pre", "</", "<", ">", "&", "&lt;", "&amp;",
    "&#0;", "&#x202e;", "&nbsp;", '"', "'", "\\", "`", "*", "_", "[x](http://x.id)", "{{ 7*7 }}", "{% for x in y %}",
    "{#", "%s", "%(x)d", "${x}", "=1+1", "+62", "-5", "@SUM(A1)", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0",
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\r\n", "\n\n\n", "\t", "\u2028", "\u202e", "\u202d", "\u2066", "\u2069",
    "\u200f", "\u200b", "\ufeff", "\u061c", "\ud83d", "\udc00", "\U000e0041", "\U0010ffff", "\ufffe", "مرحبا", "שלום",
    "👩‍👩‍👧‍👦", "🇮🇩", "🏳️‍🌈", "é", "Z̸̡̛͖͚̈́͝a̷l̴g̵o̶", "ﷺ", "１２", "𝕭𝖚𝖉𝖎", "ｆｕｌｌ", "/start", "/batal", "@KawalBot", "#tag",
    "t.me/x?start=abc", "#panic(1)", "$x$", "#read(\"/etc/passwd\")", "' OR 1=1 --", "../../etc/passwd", "null", "None",
    "A" * 300, "👍" * 70, "kata " * 40, "0" * 80, "Bapak", "Camat", "sudah 60%",
)  # fmt: skip


def hostile_strings(count: int = 1000, seed: int = 20260123) -> list[str]:
    """Each piece alone, then mixtures; every one ends in a letter, so that something of it can be seen."""
    chance = random.Random(seed)
    found = [f"{piece}x" for piece in PIECES]
    while len(found) < count:
        glue = chance.choice(("", " ", "\n"))
        found.append(glue.join(chance.choices(PIECES, k=chance.randint(2, 6))) + "x")
    return found[:count]
