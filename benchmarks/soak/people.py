"""People who use the bot all day: they log, tap, look, correct and plan, and get prompts and digests.

Each of them does one thing at a time and waits for the answer, which is timed; lots decide who does what next.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic

from sandbox.objects import Chat, Json, Person
from sandbox.render import buttons_of
from sandbox.world import Event, World

PATIENCE = 30.0
"""Seconds after which a person stops waiting for an answer."""
KEPT_MESSAGES = 20
"""Messages kept per chat; a real Telegram keeps them all, but not in this process."""
EVERY = timedelta(minutes=10)
"""Prompts per person; nobody may have more than twenty reminders."""
MOST_REMINDERS = 18
SCHEDULED = ("🔔", "📊")
"""The beginnings of messages that nobody has asked for."""

PLAN = """\
/plan Live well
  Q: Be fit
    M: Train
      W: A full week
        D: Run = 5 km
        D: Stretch
        D: Steps = 10000000 steps
      W: Rest
        D: Sleep = 8 h
        D: Nap
  Q: Learn
    M: Read a book
      D: Read = 20 pages
    M: Spanish
      D: Vocabulary = 20 words
      W: Conversation = 2 times
  W: Call the family = 2 times"""
"""A daily target beyond reach, so that something is always left to ask for."""


class People:
    """That many people, each in a private chat with the bot."""

    def __init__(self, world: World, number: int, minutes: float, seed: int = 1) -> None:
        self._world = world
        self._minutes = minutes
        self._chance = random.Random(seed)
        self._people = [world.person(f"Person {place}") for place in range(number)]
        self._chats = {person.id: world.private(person) for person in self._people}
        self._plans = count(1)
        self._asked: dict[int, float] = {}
        self._answered: dict[int, asyncio.Event] = {}
        self.waited: list[float] = []
        """Seconds until each answer since it was last emptied."""
        self.done: Counter[str] = Counter()
        world.listeners.append(self._hear)

    async def settle_in(self) -> None:
        """Everybody plants a tree and sets reminders."""
        await asyncio.gather(*(self._settle(place, person) for place, person in enumerate(self._people)))
        self.waited.clear()

    async def live(self, rate: float) -> None:
        """Act `rate` times a second for ever, whether or not earlier actions are answered."""
        due = monotonic()
        async with asyncio.TaskGroup() as doing:
            while True:
                due += self._chance.expovariate(rate)
                await asyncio.sleep(max(0.0, due - monotonic()))
                if idle := [person for person in self._people if person.id not in self._asked]:
                    doing.create_task(self._do_something(self._chance.choice(idle)))
                else:
                    self.done["nobody was free"] += 1

    # --- one person's actions ---

    async def _settle(self, place: int, person: Person) -> None:
        for text in ("/start", "UTC", PLAN):
            await self.say(person, text)
        first = datetime.now(UTC) + timedelta(minutes=2 + place % 10)
        for number in range(min(MOST_REMINDERS, int(self._minutes / 10) + 1)):
            await self.say(person, f"/remind {first + number * EVERY:%H:%M}")

    async def _do_something(self, person: Person) -> None:
        name, (_, act) = self._chance.choices(list(ACTS.items()), [odds for odds, _ in ACTS.values()])[0]
        self.done[name] += 1
        await act(self, person)
        self._forget(self._chats[person.id])

    async def log(self, person: Person) -> None:
        goal = self._chance.choice(("run 5", "stretch", "sleep 8", "nap", "read 20", "vocabulary 20", "steps 4000"))
        day = datetime.now(UTC).date() - timedelta(days=self._chance.choice((0, 0, 0, 1, 2, 5)))
        await self.say(person, f"/log {goal} {day}")

    async def tap_a_goal(self, person: Person) -> None:
        await self.say(person, "/log")
        await self.tap(person)

    async def correct(self, person: Person) -> None:
        mine = [m for m in self._chats[person.id].messages.values() if m["from"]["id"] == person.id]
        logged = [m for m in mine if m["text"].startswith("/log run")]
        if logged:
            edited = logged[-1]
            text = edited["text"].replace("run 5", "run 6") if "run 5" in edited["text"] else f"{edited['text']} well"
            chat = self._chats[person.id]
            await self._wait(person, lambda: self._world.edit(person, chat, edited["message_id"], text[:200]))

    async def plan_another(self, person: Person) -> None:
        name = f"Dream {next(self._plans)}"
        await self.say(person, f"/plan {name}\n  M: Step of {name}\n    D: Practice of {name}")
        await self.say(person, f"/archive {name}")
        await self.tap(person)

    async def move_digest(self, person: Person) -> None:
        soon = datetime.now(UTC) + timedelta(minutes=2)
        await self.say(person, f"/settings weekly {soon:%a} {soon:%H:%M}")

    # --- sending and receiving ---

    async def say(self, person: Person, text: str) -> None:
        await self._wait(person, lambda: self._world.say(person, self._chats[person.id], text))

    async def tap(self, person: Person) -> None:
        """Tap a message with buttons: a prompt, a tree, a digest, a list of goals."""
        chat = self._chats[person.id]
        buttons = [
            (
                message["message_id"],
                [button["callback_data"] for button in buttons_of(message) if "callback_data" in button],
            )
            for message in reversed(chat.messages.values())
        ]
        there = next(((message_id, data) for message_id, data in buttons if data), None)
        if there:
            pressed = self._chance.choice(there[1])
            await self._wait(person, lambda: self._world.tap(person, chat, there[0], pressed))

    async def _wait(self, person: Person, ask: Callable[[], Json]) -> None:
        self._asked[person.id] = monotonic()
        answered = self._answered[person.id] = asyncio.Event()
        ask()
        try:
            async with asyncio.timeout(PATIENCE):
                await answered.wait()
        except TimeoutError:
            self.done["not answered"] += 1
        finally:
            self._asked.pop(person.id, None)

    def _hear(self, event: Event) -> None:
        message = event.message or {}
        text: str = message.get("text") or message.get("caption", "")
        if event.kind == "sent" and text.startswith(SCHEDULED[0]):
            self.done["prompts came"] += 1
            return
        if event.kind == "sent" and text.startswith(SCHEDULED[1]):
            self.done["digests came"] += 1  # including those that were asked for
        asked = self._asked.get(event.chat_id)
        answered = self._answered.get(event.chat_id)
        if asked is not None and answered is not None and not answered.is_set():
            self.waited.append(monotonic() - asked)
            answered.set()

    def _forget(self, chat: Chat) -> None:
        for message_id in list(chat.messages)[:-KEPT_MESSAGES]:
            del chat.messages[message_id]
        for query in list(self._world.queries)[: -10 * len(self._people)]:
            del self._world.queries[query]


Act = Callable[[People, Person], Awaitable[None]]


def _saying(text: str) -> Act:
    return lambda people, person: people.say(person, text)


ACTS: dict[str, tuple[float, Act]] = {
    "log": (50, People.log),
    "log by tapping": (10, People.tap_a_goal),
    "tap the newest button": (8, People.tap),
    "tree": (8, _saying("/tree")),
    "summary": (7, _saying("/summary")),
    "undo": (4, _saying("/undo")),
    "streaks": (3, _saying("/streaks")),
    "correct": (3, People.correct),
    "digest": (2, _saying("/digest")),
    "export": (1, _saying("/export")),
    "move the digest": (1, People.move_digest),
    "reminders": (1, _saying("/remind")),
    "help": (1, _saying("/help")),
    "what is no command": (0.5, _saying("/foo")),
    "plan and archive": (0.5, People.plan_another),
}
"""The actions, and their frequencies."""
