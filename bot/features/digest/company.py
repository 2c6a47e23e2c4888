"""How a group did together, in its digest: members who did everything, and contributions to shared goals."""

from __future__ import annotations

from bot.common.terms import streak_words
from bot.features.digest.terms import short_title
from bot.features.group.brought_view import brought_line
from bot.telegram.html import bold, esc
from core.digest.model import Company
from core.goals.model import Level
from language.i18n import Words

MOST_NAMES = 8
MOST_GOALS = 4


def lines(company: Company | None, w: Words, *, names: bool) -> list[str]:
    """The group's streak, the members who did everything, how often the *each* goals were done, and contributions to
    shared goals. Without `names` no member is named. None is for a digest of no group."""
    if company is None:
        return []
    shown = []
    if company.streak > 1:
        shown.append("🔥 " + w.t("{days} with nothing missed", days=bold(streak_words(company.streak, Level.DAILY, w))))
    if company.everything and names:
        shown.append("🙌 " + w.t("Did everything: {names}", names=_named(company.everything, w)))
    for line in company.lines[:MOST_GOALS]:
        shown.append(
            "👥 "
            + w.t(
                "{goal}: {done} of {asked} done",
                goal=esc(short_title(line.node.title)),
                done=w.number(line.done),
                asked=w.number(line.asked),
            )
        )
    if names:
        shown += [brought_line(one, w, MOST_NAMES) for one in company.brought[:MOST_GOALS]]
    return shown


def _named(names: tuple[str, ...], w: Words) -> str:
    shown = [esc(short_title(name, 24)) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        return ", ".join(shown) + " " + w.n("and {count} more", "and {count} more", len(names) - MOST_NAMES)
    return w.listed(shown)
