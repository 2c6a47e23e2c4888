"""Texts that people may send: words, commands, links and outlines, some of them nasty."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
NASTY = [
    *("", " ", "\n", "\t", "\u200b", "\u200f\u202e\u2066", "\x00", "\x1b[31m", "\ud83d", "\ufffe", "e\u0301" * 30),
    *("<b>", "&lt;", "</code>", "<a href='x'>", '"', "\\", "'", "{}", "{title}", "%s", "%(x)s", "{0}", "$1", "/", ":"),
    *("=", "= ", "[", "(", "x2", "x", "=+", "+-1", "--", "..", "1e999999999", "9" * 400, "-0", "0.0000001", "nan"),
    *("\u0661\u0662", "²", "½", "Ⅷ", "١٢:٣٠", "1,2,3", "1.2.3", "1'000", "−5", "∞", "0x10", "1_000", "👨‍👩‍👧", "🏳️‍🌈"),
    *("a" * 300, "😀" * 300, "ß" * 100, "İ" * 50, "ﬁ", "\u1e9e", "\u0130stanbul", "a\u0300\u0301\u0302" * 20),
]
WORDS = [
    *("run", "Run", "gym", "stretch", "read", "strength", "marathon", "club", "Run club", "5", "5 km", "=7", "+3", "0"),
    *("skip", "done", "not done", "yesterday", "today", "monday", "last friday", "2026-11-20", "20 Nov", "31 Feb"),
    *("5/11/2026", "24.11.", "3 days ago", "9999 weeks ago", "in 9999 weeks", "0001-01-01", "9999-12-31", "all"),
    *(
        "outline",
        "week",
        "month",
        "quarter",
        "last",
        "year",
        "off",
        "on",
        "21:00",
        "9pm",
        "25:99",
        "weekdays",
        "mon-fri",
    ),
    *("zone", "Berlin", "Europe/Berlin", "UTC+2", "it is 21:40 here", "day", "04:00", "language", "de", "xx", "zz-ZZ"),
    *(
        "quiet",
        "22-7",
        "nudge",
        "2h",
        "90 min",
        "weekly",
        "yes",
        "no",
        "until",
        "30 April 2027",
        "in 6 months",
        "never",
    ),
    *("km", "= 5 km", "sum", "avg", "[mon wed]", "x2", "(from 2026-11-01)", "W: Read = 3 times", "D: Walk = 2 km"),
    *("twice a week", "daily", "felt great", "Secret", "707", "-1007", "700707", "victim", "deed", "50 km a week"),
]
COMMANDS = [
    *("start", "help", "plan", "log", "undo", "tree", "summary", "streaks", "remind", "settings", "export", "import"),
    *("digest", "cancel", "archive", "nosuch", "LOG", "start@goaltree_bot", "log@goaltree_bot", "log@other_bot", ""),
]
letters = st.text(min_size=1, max_size=30)
piece = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(NASTY), letters)


@st.composite
def words(draw: st.DrawFn) -> str:
    """One or more lines of a chat."""
    parts = draw(st.lists(piece, min_size=1, max_size=6))
    return draw(st.sampled_from([" ", " ", " ", "\n", ""])).join(parts)


@st.composite
def outlines(draw: st.DrawFn) -> str:
    """An outline, or a fragment of one."""
    lines = [draw(st.sampled_from(["Run a marathon", "Other (until 2027-04-30)", "Vision", "Feel strong", ""]))]
    for _ in range(draw(st.integers(0, 8))):
        indent = draw(st.sampled_from([2, 2, 2, 4, 4, 6, 1, 0, 40])) * draw(
            st.sampled_from([" ", " ", " ", "\t", "\xa0"])
        )
        letter = draw(st.sampled_from(["D:", "D:", "W:", "M:", "Q:", "D!:", "W!:", "P:", "X:", "- D:", ""]))
        title = draw(st.one_of(st.sampled_from(["Run", "Gym", "Walk", '"quoted title"', '"', "Read 20 pages"]), piece))
        tail = " ".join(
            draw(
                st.lists(
                    st.sampled_from(
                        [
                            *(
                                "= 5 km",
                                "= 600 km sum",
                                "sum",
                                "avg",
                                "[mon wed]",
                                "x2",
                                "(until 2027-04-30)",
                                "= 3 times",
                            ),
                            *(
                                "= 1e9",
                                "= -1",
                                "= 0.0000001",
                                "x0",
                                "x999999999999",
                                "(on 2026-11-25)",
                                "(from x)",
                                "[]",
                            ),
                        ]
                    ),
                    max_size=3,
                )
            )
        )
        lines.append(f"{indent}{letter} {title} {tail}")
    return "\n".join(lines)


def texts() -> st.SearchStrategy[str]:
    """The text of a message."""
    command = st.builds(lambda name, args: f"/{name} {args}".rstrip(" "), st.sampled_from(COMMANDS), words())
    bare = st.sampled_from(COMMANDS).map("/{}".format)
    plan = outlines().map("/plan {}".format)
    return st.one_of(words(), words(), command, command, bare, plan, st.text(max_size=200))


def deep_links() -> st.SearchStrategy[str]:
    """`/start` with an arbitrary link parameter."""
    payload = st.one_of(st.sampled_from(["707", "-1007", "join_1", "g-1007", "node_1", "bz1", "a" * 64]), letters)
    return payload.map("/start {}".format)
