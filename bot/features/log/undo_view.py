"""The answers of /undo."""

from __future__ import annotations

from collections.abc import Mapping

from bot.columns import cut
from bot.features.log.view import check_off
from bot.telegram.html import bold
from core.actions.edit.undo import Undone
from core.actions.logged import CheckOff
from core.planning.edits import Edit, EditKind
from language.i18n import Words, mark

_TITLE = 60
_MOST_KEPT = 5


def with_nothing_changed(w: Words) -> str:
    """The refusal of /undo with arguments."""
    return w.t("/undo takes back what you did last, whatever it was: send it alone. Nothing was changed.")


def worded(done: CheckOff | Undone, w: Words) -> str:
    if isinstance(done, CheckOff):
        return check_off(done, w)
    text = f"↩ {_edit(done.edit, w)}"
    if not done.kept:
        return text
    titles = w.listed([bold(cut(title, _TITLE)) for title in done.kept[:_MOST_KEPT]])
    return f"{text}\n{w.t('Kept, because something else has happened there since: {titles}.', titles=titles)}"


_SENTENCES: Mapping[EditKind, str] = {
    EditKind.TERMS: mark("Taken back: {title} is asked for as it was before."),
    EditKind.MOVE: mark("Taken back: {title} stands where it stood before."),
    EditKind.ADD: mark("Taken back: {title} is not among your goals any more."),
    EditKind.END: mark("Taken back: {title} goes on."),
    EditKind.TAKE_UP: mark("Taken back: {title} has ended, as before."),
    EditKind.DELETE: mark("Taken back: {title} is there again, with all that was logged."),
    EditKind.CLOSE: mark("Taken back: what you chose for {title} at the end of its quarter."),
}


def _edit(edit: Edit, w: Words) -> str:
    title = bold(cut(edit.title, _TITLE))
    match edit.kind:
        case EditKind.RENAME:
            after = next(change.after for change in edit.effects.nodes if change.node_id == edit.node_id)
            now = bold(cut(after.title if after else edit.title, _TITLE))
            return w.t("Taken back: {now} is called {title} again.", now=now, title=title)
        case EditKind.PAUSE | EditKind.RESUME:
            return _pause(edit, w)
        case EditKind.PLANT:
            return _plan(edit, w)
        case EditKind.IMPORT:
            return w.n(
                "Taken back: the import, with {count} entry.",
                "Taken back: the import, with {count} entries.",
                len(edit.effects.entries),
            )
    return w.t(_SENTENCES[edit.kind], title=title)


def _pause(edit: Edit, w: Words) -> str:
    title = bold(cut(edit.title, _TITLE))
    if edit.kind is EditKind.PAUSE:
        if edit.node_id is None:
            return w.t("Taken back: nothing is paused by that any more.")
        return w.t("Taken back: {title} is not paused by that any more.", title=title)
    last = max(change.before.last for change in edit.effects.pauses if change.before is not None)
    day = w.date(last)
    if edit.node_id is None:
        return w.t("Taken back: everything is paused until {day}, as before.", day=day)
    return w.t("Taken back: {title} is paused until {day}, as before.", title=title, day=day)


def _plan(edit: Edit, w: Words) -> str:
    made = sum(change.before is None for change in edit.effects.nodes)
    if not made:
        return w.t("Taken back: what your plan changed. All is as it was before.")
    return w.n(
        "Taken back: your plan, with the {count} goal that it planted. Send it again to plant it again.",
        "Taken back: your plan, with the {count} goals that it planted. Send it again to plant it again.",
        made,
    )
