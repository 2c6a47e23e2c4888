"""A group's week: values → picture and caption."""

from __future__ import annotations

from bot.columns import cut
from bot.common.names import name_of
from bot.common.pictures import day_headings, drawn, lead, legend
from bot.pictures.model import MOST_BARS, MOST_PEOPLE, Bar, BoardPicture, DrawnDays, DrawnStrip, Headline, fitting
from bot.telegram.html import bold, esc
from core.actions.charts import BoardChart
from core.goals.model import Status
from core.goals.periods import DAY
from core.goals.reading import Reading
from core.goals.status import pace
from core.group.round import MemberState
from language.i18n import Words


def board_picture(chart: BoardChart, w: Words) -> tuple[BoardPicture, str]:
    """The picture, and its caption, which gives the same figures in words. Members are in the order of joining."""
    people, more = fitting(chart.people, MOST_PEOPLE, lambda hidden: _more(hidden, w))
    bars, more_bars = fitting(chart.circle.readings, MOST_BARS, lambda hidden: _more(hidden, w))
    dates = [chart.week.start + DAY * at for at in range(chart.week.days)]
    week_start = chart.circle.owner.week_start
    away = {member.id for member in chart.circle.round.of(MemberState.AWAY)}
    said = _headline(chart, w)
    picture = BoardPicture(
        title=w.span(chart.week.start, chart.week.end),
        whose=chart.circle.owner.title,
        headline=said,
        bars=tuple(_bar(reading, w) for reading in bars),
        more_bars=more_bars,
        people=DrawnDays(
            tuple(
                DrawnStrip(name_of(one.member, w), drawn(one.days), w.t("🏖 away") if one.member.id in away else "")
                for one in people
            ),
            day_headings(dates, week_start, w),
            lead(chart.week.start, week_start),
            more,
        ),
        legend=legend(w),
    )
    words = [bold(cut(chart.circle.owner.title.strip() or w.t("This group"), 60)), esc(said.sentence)]
    if said.number:
        words.append(esc(f"{said.number} {said.of}"))
    return picture, "\n".join(words)


def _headline(chart: BoardChart, w: Words) -> Headline:
    asked_round = chart.circle.round
    if not asked_round.members:
        return Headline(w.t("Nobody has joined yet."))
    asked = len(asked_round.of(MemberState.DONE)) + len(asked_round.of(MemberState.OPEN))
    done = len(asked_round.of(MemberState.DONE))
    if not asked:
        return Headline(w.t("Nothing is asked of anyone today."))
    sentence = w.t("Everyone is in today.") if done == asked else w.t("Today so far")
    streak = w.n("🔥 {count} day with nothing missed", "🔥 {count} days with nothing missed", asked_round.streak)
    of = w.n("of {count} is in", "of {count} are in", asked)
    return Headline(sentence, w.number(done), of, streak if asked_round.streak else "")


def _bar(reading: Reading, w: Words) -> Bar:
    vision = reading.tree.vision
    standing = reading.standing(vision)
    ended, days = pace(reading.tree, vision, reading.on)
    marker = ended * 100 // days if days and standing.status is not Status.OFF else None
    return Bar(vision.title, standing.percent, w.t("{percent}%", percent=standing.percent), standing.status, marker)


def _more(hidden: int, w: Words) -> str:
    return w.n("… and {count} more", "… and {count} more", hidden)
