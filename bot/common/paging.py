"""The row of buttons that turns pages."""

from __future__ import annotations

from collections.abc import Callable

from bot.telegram.callback import Callback
from bot.telegram.keyboard import Button
from language.i18n import Words


def pager(page: int, pages: int, to_page: Callable[[int], Callback], w: Words) -> tuple[Button, ...]:
    """Previous page, current page, next page; `to_page` gives the button of a page. The last page wraps to the
    first."""
    return (
        Button("‹", to_page((page - 1) % pages)),
        Button(w.t("page {page} of {pages}", page=page + 1, pages=pages), to_page(page)),
        Button("›", to_page((page + 1) % pages)),
    )
