"""Anything that people, forged clients and broken servers may send: words, taps, updates, outlines and documents."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.harness import ANNA, BEN, BENS_GROUP, CLEO, GROUP, NEW_GROUP

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
DAYS = ["20261125", "20261124", "20261123", "20261001", "20260701", "20261126", "00010101", "99991231", "20260230", ""]
NUMBERS = ["0", "1", "2", "9", "a", "z", "zz", "zzzzzzzzzzzzz", "1y2p0ij32e8e7", "1y2p0ij32e8e8", "-1", "", "٣", "+1"]
SHAPES = [
    *("log:d:{day}:{n}", "log:s:{day}:{n}", "log:t:{id}:{day}:{n}", "log:m:{id}:{day}:{n}", "log:k:{id}:{day}:{n}"),
    *("log:n:{id}:{day}:{n}", "log:o:{id}:{day}:{n}", "log:v:{id}:{day}:{n}:{v}", "pick:{id}:{day}:{act}:{n}:{n}"),
    *(
        "tree:{id}:{id}:{n}:{n}:{day}",
        "tree:{id}:{id}:{n}:-:-",
        "tree:0:0:{n}:{n}:{day}",
        "sum:{word}",
        "sum:week:{day}",
    ),
    *("ask:d:{id}:{id}:{day}:{n}:{n}", "ask:v:{id}:{id}:{day}:{n}:{n}:{v}", "ask:k:{id}:{id}:{day}:{n}:{n}"),
    *("ask:o:{id}:{id}:{day}:{n}:{n}", "ask:p:{id}:{day}:{n}", "ask:z:{id}:{day}:{n}:{n}", "ask:z:{id}:{day}:{n}:m"),
    *("close:{day}:{n}", "close:{id}:{day}:c", "close:{id}:{day}:g", "close:{id}:{day}:t", "close:{id}:{day}:{word}"),
    *("rem:l", "rem:n:{id}:{n}:{time}", "rem:m:{id}", "rem:p:{id}", "rem:r:{id}", "rem:d:{id}", "rem:c:{id}"),
    *("rem:t:{id}:{time}", "rem:w:{id}:{n}", "set:{word}", "set:{word}:{word}", "set:quiet:{v}", "set:nudge:{v}"),
    *("set:week:{n}", "set:day:{time}", "set:language:{word}", "zone:{word}", "zone:ask", "zone:../../etc/passwd"),
    *("plan:new", "plan:more:{v}", "plan:cancel", "plan:until:{word}", "plan:level:{v}:D", "plan:drop:{v}:{n}"),
    *(
        "plan:goals",
        "plan:aim:{v}:weekly:{v}",
        "plan:aim:{v}:none",
        "plan:plant",
        "plan:again",
        "example",
        "digest:{word}",
    ),
    *("arch:ask:{v}", "arch:yes:{v}", "arch:no", "undo:{id}", "streaks:{n}", "{word}", "{word}:{n}:{n}", ":::", ""),
]
VALUES = ["5", "0", "1", "-1", "1e400", "nan", "999999999999", "1.5", "1,5", "12", "60", "²", "", "1e-9", "on", "off"]
TIMES = ["0700", "2359", "2400", "07:0", "9999", "", "x"]
SPANS = ["week", "day", "month", "quarter", "year", "weekly", "zone", "quiet", "nudge", "day", "language", "de", "en"]

_letters = st.text(min_size=1, max_size=30)
_piece = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(NASTY), _letters)


@st.composite
def words(draw: st.DrawFn) -> str:
    """One or more lines of a chat."""
    parts = draw(st.lists(_piece, min_size=1, max_size=6))
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
        title = draw(st.one_of(st.sampled_from(["Run", "Gym", "Walk", '"quoted title"', '"', "Read 20 pages"]), _piece))
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
    payload = st.one_of(st.sampled_from(["707", "-1007", "join_1", "g-1007", "node_1", "bz1", "a" * 64]), _letters)
    return payload.map("/start {}".format)


@st.composite
def taps(draw: st.DrawFn) -> str:
    """Callback data that no button has, or has elsewhere; at most 64 bytes, Telegram's limit."""

    def filled(shape: str) -> str:
        for name, choice in (
            ("{id}", st.one_of(st.integers(0, 80).map(_base36), st.sampled_from(NUMBERS))),
            ("{day}", st.sampled_from(DAYS)),
            ("{n}", st.sampled_from(NUMBERS)),
            ("{v}", st.one_of(st.sampled_from(VALUES), st.integers(0, 80).map(str))),
            ("{act}", st.sampled_from(["a", "s", "k", "a5", "s5", "anan", "s1e400", "x", ""])),
            ("{time}", st.sampled_from(TIMES)),
            ("{word}", st.one_of(st.sampled_from(SPANS), _piece)),
        ):
            while name in shape:
                shape = shape.replace(name, draw(choice), 1)
        return shape

    data = draw(st.one_of(st.sampled_from(SHAPES).map(filled), st.text(max_size=40)))
    while len(data.encode("utf-8", "surrogatepass")) > 64:
        data = data[:-1]
    return data


def _base36(number: int) -> str:
    from bot.telegram.callback import packed

    return packed(number)


# --- documents ---

_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), _piece),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_piece, inner, max_size=4)),
    max_leaves=8,
)
_FIELDS = [
    *("key", "title", "kind", "level", "strategy", "measure", "aggregate", "unit", "target", "targets", "weight"),
    *("weekdays", "starts_on", "ends_on", "children"),
]
_FITTING: dict[str, list[Any]] = {
    "kind": ["vision", "kpi", "weekly_target", "power_goal", "quarterly_target"],
    "level": ["daily", "weekly", "monthly", "quarterly", "vision"],
    "strategy": ["sum", "average", "min", "max", "count"],
    "measure": ["check", "number"],
    "aggregate": ["sum", "last", "max"],
    "unit": ["km", "pages", "<b>"],
    "target": [1, 5.5, 0, -1, 1e-9, 10**12, None],
    "weight": [1, 0, 2.5, -1],
    "weekdays": [["mon"], ["mon", "wed"], [], ["xyz"], "mon"],
    "starts_on": ["2026-01-01", "0001-01-01", "9999-12-31", "2026-02-30", ""],
    "ends_on": ["2027-01-01", "0002-01-01", "8999-12-31", None],
    "targets": [[{"from": None, "target": 5}, {"from": "2026-11-01", "target": 7}], [], [{}]],
}


@st.composite
def _nodes(draw: st.DrawFn, depth: int = 0) -> Any:
    if draw(st.integers(0, 30)) == 0:
        return draw(_json)
    node: Json = {"key": draw(st.sampled_from([f"k{n}" for n in range(12)])), "title": draw(_piece)}
    if depth:
        node["level"] = draw(st.sampled_from(["daily", "daily", "weekly"]))
    for name in draw(st.lists(st.sampled_from(_FIELDS), max_size=4)):
        if name in _FITTING:
            node[name] = draw(st.sampled_from(_FITTING[name]))
    if depth < 3:
        node["children"] = draw(st.lists(_nodes(depth=depth + 1), max_size=3))
    return node


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A file that may be a document: sound, nearly sound, or not at all."""
    entry = st.fixed_dictionaries(
        {
            "node": st.sampled_from([f"k{n}" for n in range(12)]),
            "date": st.sampled_from(["2026-11-20", "0001-01-01", 5]),
        },
        optional={
            "value": st.sampled_from([1, 0, 2.5, True, None, 10**15, -1, "5"]),
            "note": _piece,
            "skipped": st.booleans(),
            "author": st.sampled_from([1, 2**63, -1, "me"]),
        },
    )
    reminder = st.fixed_dictionaries(
        {"kind": st.sampled_from(["check_in", "weekly_digest", "nudge"]), "at": st.sampled_from(["20:00", "24:00", 5])},
        optional={"weekdays": st.sampled_from([["mon"], [], ["sun", "sun"]]), "node": st.sampled_from(["k1", "none"])},
    )
    settings = st.fixed_dictionaries(
        {},
        optional={
            "timezone": st.sampled_from(["Europe/Berlin", "UTC", "../../etc/passwd", "", "Mars/Base", "\x00"]),
            "locale": st.sampled_from(["de", "xx", "zz-ZZ-qq", "en-US-POSIX", "root", "aa_bb", ""]),
            "day_start": st.sampled_from(["04:00", "23:59", "24:00"]),
            "week_start": st.sampled_from(["sunday", "mon"]),
            "quiet_hours": st.sampled_from([{"from": "22:00", "to": "07:00"}, {"from": "22:00", "to": "22:00"}, {}]),
            "nudge_after_minutes": st.sampled_from([60, 0, 10**9]),
        },
    )
    whole = st.fixed_dictionaries(
        {"format": st.just("goaltree/1"), "visions": st.lists(_nodes(), max_size=3)},
        optional={
            "owner": st.one_of(settings, settings, _json),
            "entries": st.lists(st.one_of(entry, entry, entry, _json), max_size=6),
            "reminders": st.lists(st.one_of(reminder, _json), max_size=3),
            "other": _json,
        },
    )
    content = draw(st.one_of(whole, whole, whole, _json))
    text = json.dumps(content, ensure_ascii=draw(st.booleans()))
    raw = text.encode("utf-8", "surrogatepass")
    cut = draw(st.one_of(st.none(), st.none(), st.none(), st.integers(0, len(raw))))
    return raw if cut is None else raw[:cut]


# --- steps: what happens in the chats that are not the victims' ---

CHATS = st.sampled_from([ANNA.id, ANNA.id, ANNA.id, GROUP, GROUP, CLEO.id, NEW_GROUP])
_WHICH = st.integers(0, 200)

SOUND_STEPS = st.one_of(
    st.tuples(st.just("say"), CHATS, texts()),
    st.tuples(st.just("say"), CHATS, texts()),
    st.tuples(st.just("say"), CHATS, deep_links()),
    st.tuples(st.just("reply"), CHATS, _WHICH, texts()),
    st.tuples(st.just("tap"), CHATS, _WHICH),
    st.tuples(st.just("tap"), CHATS, _WHICH),
    st.tuples(st.just("tap"), CHATS, _WHICH),
    st.tuples(st.just("press"), CHATS, _WHICH, taps()),
    st.tuples(st.just("press"), CHATS, _WHICH, taps()),
    st.tuples(st.just("press_nothing"), CHATS, taps()),
    st.tuples(st.just("edit"), CHATS, _WHICH, texts()),
    st.tuples(st.just("send"), CHATS, st.sampled_from(["mine.json", "x.txt", "ß.JSON"]), documents(), words()),
    st.tuples(st.just("again")),
    st.tuples(st.just("anonymous"), texts()),
    st.tuples(st.just("blocked"), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 60 * 3, 60 * 26, 60 * 24 * 8, 60 * 24 * 40])),
)

KINDS = ["message", "edited_message", "callback_query", "channel_post", "edited_channel_post", "my_chat_member", "poll"]
_STRANGE: list[Any] = [
    *(None, True, 0, -1, 2**31, 2**63, -(2**63), 10**40, 1.5, "", "x", "\ud83d", [], {}, [[]], [None], {"id": 1}),
    *(BEN.id, BENS_GROUP, str(BEN.id)),
]


@st.composite
def raw_updates(draw: st.DrawFn) -> Json:
    """An update from Telegram with parts missing or of another type."""
    chat_id = draw(st.sampled_from([ANNA.id, GROUP, 5, -5, 2**52, -(2**52)]))
    person: Json = {"id": draw(st.sampled_from([ANNA.id, 5, 777000])), "is_bot": False, "first_name": draw(_piece)}
    chat: Json = {"id": chat_id, "type": "private" if chat_id > 0 else draw(st.sampled_from(["group", "supergroup"]))}
    message: Json = {
        "message_id": draw(st.integers(1, 10**6)),
        "from": person,
        "chat": chat,
        "date": 1_795_600_000,
        "text": draw(texts()),
    }
    extras: Json = {
        "reply_to_message": {
            "message_id": 3,
            "date": 1,
            "chat": dict(chat),
            "from": {"id": 1, "is_bot": True, "first_name": ""},
        },
        "sender_chat": {"id": BENS_GROUP, "type": "channel", "title": "x"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        "edit_date": 1_795_600_001,
        "document": {"file_id": "nothing", "file_unique_id": "n", "file_name": "a.json", "file_size": 10**12},
        "photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}],
        "caption": "/import",
        "via_bot": person,
        "is_topic_message": True,
        "message_thread_id": 7,
        "forward_origin": {
            "type": "user",
            "date": 1,
            "sender_user": {"id": BEN.id, "is_bot": False, "first_name": "B"},
        },
        "migrate_to_chat_id": draw(st.sampled_from([BEN.id, -5, ANNA.id])),
        "migrate_from_chat_id": draw(st.sampled_from([BEN.id, -6, ANNA.id])),
        "new_chat_members": [person],
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
        },
    }
    for name in draw(st.lists(st.sampled_from(sorted(extras)), max_size=2)):
        message[name] = extras[name]
    kind = draw(st.sampled_from([*KINDS, "message", "callback_query"]))
    content: Any = message
    if kind == "callback_query":
        content = {"id": "1", "from": person, "chat_instance": "1", "data": draw(taps()), "message": message}
    elif kind == "my_chat_member":
        member = {
            "user": {"id": 1, "is_bot": True, "first_name": "b"},
            "status": draw(st.sampled_from(["left", "member"])),
        }
        content = {"chat": chat, "from": person, "date": 1, "old_chat_member": member, "new_chat_member": member}
    elif kind == "poll":
        content = {"id": "1", "question": "?"}
    update: Json = {kind: content}
    for _ in range(draw(st.integers(0, 3))):
        _spoil(draw, update)
    return update


def _spoil(draw: st.DrawFn, update: Json) -> None:
    """Removes one part, or replaces it.

    A chat is never turned into a victim's: Telegram alone decides the chat.
    """
    places: list[tuple[Any, Any]] = []
    stack: list[Any] = [update]
    while stack:
        inner = stack.pop()
        for at in list(inner) if isinstance(inner, dict) else range(len(inner)):
            places.append((inner, at))
            if isinstance(inner[at], dict | list):
                stack.append(inner[at])
    if not places:
        return
    inner, at = draw(st.sampled_from(places))
    if isinstance(inner, dict) and draw(st.booleans()):
        del inner[at]
    else:
        strange = draw(st.sampled_from(_STRANGE))
        is_chat = at in ("id", "chat", "migrate_to_chat_id", "migrate_from_chat_id")
        inner[at] = 6 if is_chat and strange in (BEN.id, BENS_GROUP, str(BEN.id)) else strange
