"""A sent summary as it is kept: all that its picture and paper show, so that neither ever changes afterwards."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from presentation.print.summary_view import SummaryView

_ADAPTER = TypeAdapter(SummaryView)


def as_kept(view: SummaryView) -> dict[str, Any]:
    """The view as JSON."""
    kept: dict[str, Any] = _ADAPTER.dump_python(view, mode="json")
    return kept


def from_kept(kept: dict[str, Any]) -> SummaryView | None:
    """The view again; None when a version of the program kept it that showed something else."""
    try:
        return _ADAPTER.validate_python(kept)
    except ValidationError:
        return None
