"""The one message that tells how far long work is, edited in place, with the button that cancels it."""

from __future__ import annotations

from models.papers import PaperOrder
from presentation.chat import render
from presentation.keyboards import button
from presentation.mail import Content


def order_subject(order: PaperOrder) -> str:
    return f"order:{order.id}"


def under_way(order: PaperOrder, done: int = 0, total: int = 0, unit: str = "") -> Content:
    """ "120 dari 842 berkas", with `✖️ Batalkan`."""
    text = render("order_progress", state="under_way", label=order.about.get("label", ""), done=done, total=total,
                  unit=unit)  # fmt: skip
    return Content(text, [[button("✖️ Batalkan", "order_cancel", order.id)]])


def cancelled() -> Content:
    return Content(render("order_progress", state="cancelled"))


def finished(parts: int) -> Content:
    return Content(render("order_progress", state="finished", parts=parts))
