"""Updates with plain words are parsed by hand, with the same result as the library's."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from telegram import Bot, Update

from bot.telegram.parsed import parsed
from bot.telegram.updates import Json

BOT = Bot("1:SANDBOX")
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "en", "is_premium": True}
CHAT = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Friends", "is_forum": True, "username": "friends"}
COMMAND = {"type": "bot_command", "offset": 0, "length": 4}


def said(**fields: Any) -> Json:
    return {"update_id": 9, "message": {"message_id": 5, "date": 1764500000, "chat": CHAT, "from": ANN, **fields}}


PLAIN = [said(text="run 5"), said(text="/log run 5", entities=[COMMAND]), said(text="run 5", chat=GROUP), said()]
OTHERS = [
    said(text="run 5", reply_to_message=said(text="x")["message"]),
    said(photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], caption="x"),
    said(text="run 5", chat={**CHAT, "something_new": 1}),
    said(text="run 5", **{"from": {**ANN, "something_new": True}}),
    said(text="run 5", message_thread_id=3, is_topic_message=True),
    said(text="run 5", date=0),
    {"update_id": 9, "edited_message": {**said(text="run 6")["message"], "edit_date": 1764500060}},
    {"update_id": 9, "message": {"message_id": 5, "date": 1764500000, "chat": CHAT, "text": "run 5"}},
]


def without_entities(update: Update) -> dict[str, Any]:
    result = update.to_dict()
    result.get("message", {}).pop("entities", None)
    return result


@pytest.mark.parametrize("update", PLAIN)
def test_plain_words_parse_as_in_the_library(update: Json) -> None:
    before = repr(update)
    with patch.object(Update, "de_json", side_effect=AssertionError):
        by_hand = parsed(update, BOT)
    known = Update.de_json(update, BOT)
    assert repr(update) == before
    assert without_entities(by_hand) == without_entities(known)
    for one, other in zip(objects(by_hand), objects(known), strict=True):
        assert one == other
        assert type(one) is type(other)
        assert one.get_bot() is BOT
    assert by_hand.message is not None
    assert known.message is not None
    assert by_hand.message.date == known.message.date
    assert by_hand.effective_user == known.effective_user


def objects(update: Update) -> list[Any]:
    message = update.message
    assert message is not None
    return [update, message, message.chat, message.from_user]


@pytest.mark.parametrize("update", OTHERS)
def test_all_else_is_the_librarys_to_read(update: Json) -> None:
    assert parsed(update, BOT).to_dict() == Update.de_json(update, BOT).to_dict()


@pytest.mark.parametrize("fields", [{"chat": "x"}, {"chat": {}}, {"from": 7}, {"date": "now"}, {"date": 10**20}])
def test_forged_updates_are_refused_as_by_the_library(fields: Json) -> None:
    update = said(text="run 5", **fields)
    with pytest.raises(Exception) as ours:
        parsed(update, BOT)
    with pytest.raises(Exception) as theirs:
        Update.de_json(update, BOT)
    assert ours.type is theirs.type
