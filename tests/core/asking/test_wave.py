"""The lines of digests that are due at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from core.asking.reminders import DIGEST_IS_USEFUL, Message, MessageKind, MessageState
from core.asking.wave import AHEAD, FEWEST, LATE, WORDS_AT_ONCE, Intervals, Wave

NOW = datetime(2026, 11, 29, 19, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DRAWING_ONLY = Intervals(SECOND, SECOND)
"""Drawing is the bottleneck."""
AS_SENT = Intervals(timedelta(seconds=0.1), timedelta(seconds=1 / 30))
"""Ten pictures per second are drawn, thirty messages sent."""
MOST = 64


def digest(number: int = 0, kind: MessageKind = MessageKind.WEEKLY_DIGEST, **fields: object) -> Message:
    useful = NOW + DIGEST_IS_USEFUL
    return Message(number, kind, 1, 1, date(2026, 11, 29), useful, MessageState.SENDING, 1, **fields)  # type: ignore[arg-type]


def flowing(intervals: Intervals = DRAWING_ONLY, in_hand: int = 0, now: datetime = NOW) -> Wave:
    wave = Wave()
    wave.flow(now, intervals, [digest()] * in_hand, MOST)
    return wave


def taken(wave: Wave, number: int) -> list[Message | datetime]:
    return [wave.take(digest(at)) for at in range(number)]


def instants(answers: Iterable[Message | datetime]) -> list[datetime]:
    return [answer for answer in answers if isinstance(answer, datetime)]


def test_as_many_are_taken_as_can_be_drawn_in_a_moment() -> None:
    assert flowing().room == AHEAD // SECOND
    assert flowing(in_hand=10).room == AHEAD // SECOND - 10
    assert flowing(Intervals(), in_hand=10).room == MOST - WORDS_AT_ONCE - 10
    assert flowing(Intervals(timedelta(minutes=1), SECOND)).room == FEWEST


def test_messages_other_than_digests_take_no_room() -> None:
    wave = Wave()
    wave.flow(NOW, DRAWING_ONLY, [digest(kind=MessageKind.CHECK_IN), digest(words_first=True)], MOST)
    assert (wave.room, wave.words_room) == (AHEAD // SECOND, WORDS_AT_ONCE - 1)


def test_each_of_the_others_has_a_place_of_its_own_behind_them() -> None:
    wave, room = flowing(), AHEAD // SECOND
    first = NOW + AHEAD + SECOND
    answers = taken(wave, room + 3)
    assert answers[:room] == [digest(number) for number in range(room)]
    assert answers[room:] == [first, first + SECOND, first + 2 * SECOND]
    wave.flow(NOW + SECOND, DRAWING_ONLY, [digest()] * room, MOST)
    assert wave.take(digest()) == first + 3 * SECOND


def test_a_digest_that_would_be_of_no_use_at_its_place_is_taken_now() -> None:
    wave = flowing()
    taken(wave, AHEAD // SECOND)
    late = digest(kind=MessageKind.WEEKLY_DIGEST)
    wave.end = late.useful_until
    assert wave.take(late) is late


def test_a_wave_that_is_over_holds_nobody_up() -> None:
    wave = flowing()
    taken(wave, 1_000)
    later = NOW + timedelta(days=1)
    wave.flow(later, DRAWING_ONLY, [digest()] * 15, MOST)
    assert wave.take(digest()) == later + AHEAD + SECOND


def test_waiters_are_called_while_there_is_room() -> None:
    wave = flowing()
    assert not wave.is_open(NOW)
    taken(wave, 1_000)
    assert not wave.is_open(NOW)
    wave.flow(NOW + SECOND, DRAWING_ONLY, [digest()] * 10, MOST)
    assert wave.is_open(NOW + SECOND)
    wave.called(5)
    assert not wave.is_open(NOW + SECOND)
    wave.flow(NOW + 2 * SECOND, DRAWING_ONLY, [digest()] * 10, MOST)
    assert wave.is_open(NOW + 2 * SECOND)


def test_the_line_starts_over_when_nobody_is_left_to_call() -> None:
    wave = flowing()
    taken(wave, 1_000)
    wave.flow(NOW + SECOND, DRAWING_ONLY, [digest()] * 10, MOST)
    wave.called(4)
    later = NOW + 2 * SECOND
    wave.flow(later, DRAWING_ONLY, [], MOST)
    assert not wave.is_open(later)
    assert instants(taken(wave, AHEAD // SECOND + 1)) == [later + AHEAD + SECOND]


def test_trials_on_a_copy_change_nothing_until_they_count() -> None:
    wave, tried = flowing(AS_SENT), flowing(AS_SENT)
    answers = taken(tried, 20_000)
    wave.become(tried)
    assert wave.take(digest()) == tried.take(digest()) not in answers


def test_words_go_ahead_of_a_picture_that_would_be_late() -> None:
    wave = flowing(AS_SENT, MOST)
    answers = taken(wave, 20_000)
    ahead = [answer for answer in answers if isinstance(answer, Message)]
    assert [message.words_first for message in ahead] == [True] * WORDS_AT_ONCE
    # Nobody waits longer than the words alone would take, plus the time within which a picture is not late.
    words = timedelta(seconds=20_000 / 30)
    assert max(instants(answers)) - NOW < words + LATE
    # In no second more is sent than Telegram accepts.
    seconds = Counter(int((at - NOW).total_seconds()) for at in instants(answers))
    assert max(seconds.values()) <= 31


def test_no_words_go_ahead_if_drawing_takes_no_longer_than_sending() -> None:
    wave = flowing(Intervals(AS_SENT.sent, AS_SENT.sent), MOST)
    answers = instants(taken(wave, 100_000))
    assert len(answers) == 100_000
    assert answers[-1] - NOW > 3 * LATE


def test_a_picture_whose_words_went_ahead_waits_as_long_as_it_takes() -> None:
    wave = flowing(AS_SENT, MOST)
    taken(wave, 20_000)
    picture = wave.take(digest(kind=MessageKind.PICTURE))
    assert isinstance(picture, datetime)
    assert picture == wave.end
