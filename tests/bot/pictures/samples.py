"""Titles that people may give their goals, and pictures made with them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures.model import (
    Bar,
    BoardPicture,
    DigestPicture,
    DrawnDay,
    DrawnDays,
    DrawnLine,
    DrawnMark,
    DrawnStrip,
    GoalPicture,
    Headline,
    Legend,
)
from core.goals.model import Status

LEGEND = Legend("pace", "done", "partly", "missed", "skipped", "off", "open")
WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

TITLES = (
    "Run",
    "Write at least two thousand words of the novel before breakfast, every single day of the year",
    "W" * 200,
    "i" * 200,
    "לרוץ 5 ק״מ: morning run",
    "قراءة القرآن ٥ صفحات",
    "مشي Run 10k كل يوم (صباحًا)",
    "لا إله إلا الله",
    "🏃 跑步五公里",
    "📚 読書 20ページ 한국어 💪🏽",
    "👩‍💻 👨‍👩‍👧‍👦 🇩🇪🇯🇵 1️⃣ ❤️‍🔥 ✅ ★ →",
    "Run हिन्दी क्षमा ภาษาไทยที่",
    "Ωδή Стретчинг Łódź Nguyễn",
    "Z̷̡͔a̵̧͇l̴̖̅g̶͎̈ő̶̝" * 8,
    '<b>&amp;</b> "quoted" ]]> <!-- \'',
    "line\nbreak\ttab  \u2028 blank",
    "\x00\x07\ud800\ufffe\U000f0000",
    "\u202eevil\u202c \u200bzero\u200d",
    "𓀀𔐀",
    "",
)


def days(count: int) -> tuple[DrawnDay, ...]:
    """Days of every kind in turn."""
    marks = tuple(DrawnMark)
    return tuple(DrawnDay(marks[index % len(marks)], 0.4) for index in range(count))


def picture(*titles: str, count: int = 7) -> DigestPicture:
    """A digest whose rows have these titles, with a bar and a strip for each."""
    return DigestPicture(
        title=titles[0] if titles else "Week 48",
        whose=titles[-1] if titles else "",
        headline=Headline(titles[0] if titles else "A strong week.", "23", "of 28 done", "5 more", True),
        bars=_bars(titles),
        more_bars="… and more",
        days=_days(titles, count),
        highlight=titles[0] if titles else "",
        legend=LEGEND,
    )


def board(*titles: str, count: int = 7) -> BoardPicture:
    """A board of people and goals with these names."""
    said = Headline(titles[0] if titles else "", "5", "days")
    return BoardPicture("Week 48", "Friends", said, _bars(titles), "… and more", _days(titles, count), LEGEND)


def goal(*titles: str, count: int = 365) -> GoalPicture:
    """A goal and its year, with these words wherever it has any."""
    word = titles[0] if titles else "Run"
    line = DrawnLine(((0, 0), (0.5, 31), (0.6, 28)), ((0, 0), (1, 50)), 50, word, word, word, word)
    return GoalPicture(word, word, Headline(word, word, word, word), Status.AT_RISK, line, _days(titles, count), LEGEND)


def _bars(titles: Sequence[str]) -> tuple[Bar, ...]:
    standings = tuple(Status)
    return tuple(
        Bar(title, 13 * index % 101, f"{index} km", standings[index % len(standings)], 7 * index % 101)
        for index, title in enumerate(titles)
    )


def _days(titles: Sequence[str], count: int) -> DrawnDays:
    return DrawnDays(
        strips=tuple(DrawnStrip(title, days(count), f"🔥 {index} days") for index, title in enumerate(titles)),
        headings=WEEK if count == 7 else tuple(str(index + 1) for index in range(count)),
        lead=count % 7,
        more="… and more",
    )
