"""What people, forged clients and broken servers may send: taps, steps and updates."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.fuzz.documents import documents
from tests.fuzz.harness import ANNA, BEN, BENS_GROUP, CLEO, GROUP, NEW_GROUP
from tests.fuzz.texts import Json, deep_links, piece, texts, words

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
            ("{word}", st.one_of(st.sampled_from(SPANS), piece)),
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
    person: Json = {"id": draw(st.sampled_from([ANNA.id, 5, 777000])), "is_bot": False, "first_name": draw(piece)}
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
