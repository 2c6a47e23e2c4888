"""Titles that people may give their goals, and pictures made of them."""

from __future__ import annotations

from bot.pictures.model import Bar, Day, Legend, Mark, Picture, Strip
from core.goals.model import Status

LEGEND = Legend("pace", "last week", "done", "partly", "missed", "skipped", "open")
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


def days(count: int) -> tuple[Day, ...]:
    """Days of every kind, one after the other."""
    marks = tuple(Mark)
    return tuple(Day(marks[index % len(marks)], 0.4) for index in range(count))


def picture(*titles: str, count: int = 7) -> Picture:
    """A picture whose rows have these titles: a bar and a strip for each."""
    standings = tuple(Status)
    return Picture(
        title=titles[0] if titles else "Week 48",
        subtitle=titles[-1] if titles else "",
        bars=tuple(
            Bar(title, 13 * index % 101, f"{index} km", standings[index % len(standings)], 7 * index % 101, 100 - index)
            for index, title in enumerate(titles)
        ),
        strips=tuple(Strip(title, days(count), index) for index, title in enumerate(titles)),
        columns=WEEK if count == 7 else tuple(str(index + 1) for index in range(count)),
        more_bars="… and more",
        more_strips="… and more",
        footer=titles[:2],
        legend=LEGEND,
    )
