"""The row of buttons that turns pages."""

from __future__ import annotations

from collections.abc import Callable

from bot.keyboard import Button
from language.i18n import Words


def pager(page: int, pages: int, data: Callable[[int], str], w: Words) -> tuple[Button, ...]:
    """Back, where one is, and on; `data` gives the callback data of a page. Turning goes round."""
    return (
        Button("‹", data((page - 1) % pages)),
        Button(w.t("page {page} of {pages}", page=page + 1, pages=pages), data(page)),
        Button("›", data((page + 1) % pages)),
    )
