"""Being in it together: joining, leaving, being away; what is whose, and what nobody may touch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core.actions.absences import come_back, go_away
from core.actions.cache import verify
from core.actions.documents import export_document, import_document
from core.actions.edit.ending import end
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.members import join, leave, renamed
from core.actions.owners import moved, welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.errors import DateRefused, InvalidPlan, InvalidSetting, NotFound, NothingToUndo, Refused
from core.goals.model import Node, OwnerType, Status
from core.goals.reading import Reading
from core.group.permissions import Actor, Role
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction

MONDAY = date(2026, 11, 23)
ANN, BEN, CLEO = 11, 12, 13
NAMES = {ANN: "Ann", BEN: "Ben", CLEO: "Cleo"}
OUTLINE = """\
Read more (from 2026-11-02)
  W: A good week
    D: Read = 20 pages each
    D: Run = 5 km
    D: Tidy up
"""


@dataclass
class Circle:
    """A group and what people do in it, on a day that is set."""

    store: Store
    chat: int = -100
    today: date = MONDAY
    messages: int = 0

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)

    async def open(self, outline: str = OUTLINE, *people: int) -> Circle:
        await welcome(self.store, Actor.host(self.chat), OwnerType.GROUP, "Friends", "en", self.now)
        for user in people:
            await self.join(user)
        await self.plan(outline)
        return self

    async def plan(self, outline: str) -> None:
        await plant(self.store, Actor.host(self.chat), parse_outline(outline, self.today), self.today, self.now)

    async def join(self, user: int) -> None:
        await join(self.store, self.by(user), NAMES[user], self.now)

    async def leave(self, user: int) -> None:
        await leave(self.store, self.by(user), self.now)

    async def reading(self, on: date | None = None) -> Reading:
        [reading] = await read_trees(self.store, Actor.host(self.chat), on or self.today)
        return reading

    async def node(self, title: str) -> Node:
        return next(node for node in (await self.reading()).tree.nodes.values() if node.title == title)

    async def leaves(self, title: str = "Read") -> list[Node]:
        reading = await self.reading()
        return reading.tree.children(await self.node(title))

    async def percent(self, title: str, on: date | None = None) -> int:
        return (await self.reading(on)).standing(await self.node(title)).percent

    def by(self, user: int | None, *known: Role) -> Actor:
        """Somebody in the group; without an id an admin who writes in its name."""
        return Actor.anonymous(self.chat) if user is None else Actor.in_group(self.chat, user, *known)

    async def log(
        self,
        user: int | None,
        title: str,
        value: float | None = None,
        how: How = How.ADD,
        *,
        is_admin: bool = False,
        **also: object,
    ) -> CheckOff:
        said = None if value is None else Decimal(str(value))
        self.messages += 1
        source = f"{self.chat}:{self.messages}:0"
        wanted = Log((await self.node(title)).id, self.today, how, said, None, source)
        actor = self.by(user, *([Role.ADMIN] if is_admin else []))
        return await log(self.store, actor, replace(wanted, **also), self.now)  # type: ignore[arg-type]

    async def sound(self) -> None:
        assert (await verify(self.store, Actor.host(self.chat)))[1] == []


async def test_everyone_gets_a_leaf_of_their_own_and_logs_it_by_its_common_name(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await circle.join(BEN)
    assert [(leaf.title, leaf.target, leaf.unit, leaf.starts_on) for leaf in await circle.leaves()] == [
        ("Ann", Decimal(20), "pages", MONDAY), ("Ben", Decimal(20), "pages", MONDAY),
    ]  # fmt: skip
    done = await circle.log(ANN, "Read", 20)
    assert (done.leaf.title, done.tree.called(done.leaf)) == ("Ann", "Read")
    assert [step.standing.percent for step in done.steps] == [100, 50, 2, 0]
    await circle.log(BEN, "Read", 5)
    assert await circle.percent("Read") == 62
    await circle.sound()


async def test_before_anyone_has_joined_it_is_no_leaf_and_counts_nowhere(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-23)\n  W: Week\n    D: Gym each\n    D: Tidy up\n")
    gym = await circle.node("Gym")
    assert not (await circle.reading()).tree.is_leaf(gym)
    await circle.join(ANN)
    done = await circle.log(ANN, "Tidy up")
    # From Monday on both count, the seven days of the week each.
    assert done.steps[1].standing.percent == 7
    with pytest.raises(Refused) as refused:
        await circle.log(BEN, "Gym")
    assert refused.value.code == "join_first"
    await circle.sound()


async def test_nobody_logs_for_another_and_who_did_not_join_logs_nothing(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    hers = (await circle.leaves())[0]
    wanted = Log(hers.id, MONDAY, value=Decimal(5), source_key="x:1:0")
    for actor, code in (
        (circle.by(BEN), "anothers"),
        (circle.by(BEN, Role.ADMIN), "anothers"),
        (circle.by(CLEO), "join_first"),
        (circle.by(None), "anonymous"),
    ):
        with pytest.raises(Refused) as refused:
            await log(store, actor, wanted, circle.now)
        assert refused.value.code == code
    for title in ("Read", "Run"):
        with pytest.raises(Refused):
            await circle.log(CLEO, title, 5)
    with pytest.raises(NotFound):
        await log(store, Actor.in_group(-999, ANN), wanted, circle.now)
    await circle.log(ANN, "Read", 5)


async def test_on_a_shared_leaf_numbers_add_up_and_each_changes_their_own_alone(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Run", 3)
    await circle.log(BEN, "Run", 4)
    done = await circle.log(ANN, "Run", 1, How.SET)
    assert done.steps[0].standing.value == 5
    run = (await circle.node("Run")).id
    prefix = f"{circle.chat}:2:"
    edited = Log(run, MONDAY, value=Decimal(9), source_key=f"{prefix}0:e1")
    # The edit of a message that Ben had answered: what he logged is his.
    [one] = await amend(store, circle.by(ANN), prefix, [edited], circle.now)
    assert one.steps[0].standing.value == 14
    undone = await undo_last(store, circle.by(BEN), circle.now)
    assert isinstance(undone, CheckOff)
    assert undone.steps[0].standing.value == 10
    with pytest.raises(NothingToUndo):
        await undo_last(store, circle.by(BEN), circle.now)
    with pytest.raises(Refused):
        await undo_last(store, circle.by(CLEO), circle.now)
    await circle.sound()


async def test_nobody_takes_anothers_tick_away(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Tidy up")
    assert (await circle.log(BEN, "Tidy up", 0, How.SET)).outcome is LogOutcome.UNCHANGED
    assert (await circle.log(BEN, "Tidy up")).outcome is LogOutcome.LOGGED
    assert (await circle.log(ANN, "Tidy up", 0, How.SET)).steps[0].standing.percent == 100
    assert (await circle.log(BEN, "Tidy up", 0, How.SET)).steps[0].standing.percent == 0
    await circle.sound()


async def test_a_shared_leaf_is_skipped_by_admins_alone(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    with pytest.raises(Refused) as refused:
        await circle.log(ANN, "Run", how=How.SKIP)
    assert refused.value.code == "everyones"
    done = await circle.log(ANN, "Run", how=How.SKIP, is_admin=True)
    assert done.outcome is LogOutcome.LOGGED
    assert (await circle.log(ANN, "Read", how=How.SKIP)).entry is not None
    await circle.sound()


@pytest.mark.parametrize(("logged", "last"), [(False, MONDAY + timedelta(days=1)), (True, MONDAY + timedelta(days=2))])
async def test_someone_who_leaves_is_expected_no_longer(store: Store, logged: bool, last: date) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    circle.today = MONDAY + timedelta(days=2)
    await circle.log(ANN, "Read", 20)
    if logged:
        await circle.log(BEN, "Read", 10)
    await circle.leave(BEN)
    assert [leaf.ends_on for leaf in await circle.leaves()] == [None, last]
    assert await circle.percent("Read") == (75 if logged else 100)
    with pytest.raises(Refused):
        await circle.log(BEN, "Read", 5)
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    assert await circle.percent("Read") == 100
    await circle.sound()


async def test_someone_who_comes_back_at_once_goes_on_and_later_begins_anew(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    circle.today = MONDAY + timedelta(days=2)
    await circle.leave(BEN)
    await circle.join(BEN)
    assert [(leaf.starts_on, leaf.ends_on) for leaf in await circle.leaves()] == [(MONDAY, None)] * 2
    await circle.leave(BEN)
    circle.today += timedelta(days=5)
    await circle.join(BEN)
    ranges = [(leaf.starts_on, leaf.ends_on) for leaf in await circle.leaves()]
    assert ranges[1:] == [(MONDAY, MONDAY + timedelta(days=1)), (circle.today, None)]
    done = await circle.log(BEN, "Read", 20)
    assert done.leaf.starts_on == circle.today
    old = Log(done.leaf.parent_id or 0, MONDAY, value=Decimal(20), source_key="x:9:0")
    assert (await log(store, circle.by(BEN), old, circle.now)).leaf.ends_on == MONDAY + timedelta(days=1)
    gap = Log(done.leaf.parent_id or 0, MONDAY + timedelta(days=3), value=Decimal(20))
    with pytest.raises(DateRefused):
        await log(store, circle.by(BEN), gap, circle.now)
    await circle.sound()


async def test_someone_who_joins_and_leaves_within_a_day_was_not_there(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await circle.join(BEN)
    await circle.leave(BEN)
    assert [leaf.title for leaf in await circle.leaves()] == ["Ann"]
    await circle.sound()


async def test_a_new_target_counts_for_everyone_from_today_on(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", 20)
    circle.today += timedelta(days=1)
    await circle.plan("Read more\n  W: A good week\n    D: Read = 40 pages each count")
    assert {leaf.target for leaf in await circle.leaves()} == {40}
    await circle.log(ANN, "Read", 40)
    await circle.log(BEN, "Read", 20)
    assert (await circle.percent("Read"), await circle.percent("Read", MONDAY)) == (50, 50)
    standing = (await circle.reading()).standing(await circle.node("Read"))
    assert (standing.value, standing.target) == (Decimal(1), Decimal(2))
    await circle.sound()


async def test_a_sum_wants_one_persons_target_of_everyone_who_is_there(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-23)\n  D: Read = 20 pages each sum\n", ANN, BEN)
    done = await circle.log(ANN, "Read", 30)
    read = done.steps[1].standing
    assert (read.value, read.target, read.percent) == (Decimal(30), Decimal(40), 75)
    await go_away(store, circle.by(BEN), MONDAY, circle.now)
    standing = (await circle.reading()).standing(await circle.node("Read"))
    assert (standing.value, standing.target, standing.percent) == (Decimal(30), Decimal(20), 100)
    await circle.sound()


async def test_someone_who_is_away_misses_nothing_and_is_not_waited_for(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", 20)
    await circle.log(BEN, "Read", 20)
    circle.today += timedelta(days=1)
    await go_away(store, circle.by(BEN), circle.today + timedelta(days=2), circle.now)
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    assert await circle.percent("Read") == 100
    reading = await circle.reading()
    bens = (await circle.leaves())[1]
    streak = reading.standing(bens).streak
    assert streak is not None
    assert streak.current == 1
    # Logged all the same: that counts.
    done = await circle.log(BEN, "Read", 10)
    assert (done.steps[0].standing.percent, done.steps[1].standing.percent) == (50, 75)
    circle.today += timedelta(days=1)
    away = await come_back(store, circle.by(BEN), circle.now)
    assert away.absence is not None
    assert await circle.percent("Read") == 0
    assert (await circle.log(BEN, "Read", 20)).steps[0].standing.streak is not None
    assert (await come_back(store, circle.by(BEN), circle.now)).absence is None
    await circle.sound()


async def test_a_streak_is_not_broken_by_an_absence_that_lies_ahead(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await circle.log(ANN, "Read", 20)
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    await go_away(store, circle.by(ANN), MONDAY + timedelta(days=5), circle.now)
    [leaf] = await circle.leaves()
    for days, current in ((1, 2), (4, 2), (6, 2), (8, 0)):
        streak = (await circle.reading(MONDAY + timedelta(days=days))).standing(leaf).streak
        assert streak is not None
        assert streak.current == current
    # Today was done before, so today is no day of absence.
    assert await circle.percent("Read") == 100


async def test_a_week_is_skipped_where_at_least_half_of_it_is_away(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-02)\n  W: Run = 10 km each\n", ANN)
    await go_away(store, circle.by(ANN), MONDAY + timedelta(days=10), circle.now)
    reading = await circle.reading()
    [leaf] = reading.tree.children(await circle.node("Run"))
    cells = await store.read(lambda tx: tx.cache.leaf_cells(leaf.id))
    # All of this week, and Monday to Thursday of the next.
    assert [(start, cell.excused) for start, cell in sorted(cells.items())] == [
        (MONDAY, True),
        (MONDAY + timedelta(days=7), True),
    ]
    await come_back(store, circle.by(ANN), circle.now)
    await go_away(store, circle.by(ANN), MONDAY + timedelta(days=9), circle.now + timedelta(minutes=1))
    cells = await store.read(lambda tx: tx.cache.leaf_cells(leaf.id))
    assert [start for start, cell in sorted(cells.items()) if cell.excused] == [MONDAY]


async def test_someone_who_is_away_for_what_is_planned_meanwhile_and_not_for_too_long(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    with pytest.raises(InvalidSetting):
        await go_away(store, circle.by(ANN), MONDAY + timedelta(days=60), circle.now)
    with pytest.raises(InvalidSetting):
        await go_away(store, circle.by(ANN), MONDAY - timedelta(days=1), circle.now)
    with pytest.raises(Refused):
        await go_away(store, circle.by(BEN), None, circle.now)
    away = await go_away(store, circle.by(ANN), None, circle.now)
    assert away.absence is not None
    assert away.absence.last == MONDAY + timedelta(days=59)
    await circle.plan("Read more\n  D: Gym each")
    [leaf] = await circle.leaves("Gym")
    cells = await store.read(lambda tx: tx.cache.leaf_cells(leaf.id))
    assert (len(cells), all(cell.excused for cell in cells.values())) == (60, True)
    await circle.sound()


async def test_an_ended_goal_is_taken_up_again_by_everyone_who_is_there(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    circle.today += timedelta(days=3)
    read = (await circle.node("Read")).id
    await end(store, Actor.host(circle.chat), read, None, circle.now, source_key=None)
    await circle.leave(BEN)
    circle.today += timedelta(days=7)
    await circle.plan(OUTLINE.replace(" (from 2026-11-02)", ""))
    assert [(leaf.title, leaf.starts_on) for leaf in await circle.leaves() if leaf.ends_on is None] == [
        ("Ann", circle.today)
    ]
    assert len(await circle.leaves()) == 3
    await circle.log(ANN, "Read", 20)
    await circle.sound()


async def test_a_name_changes_on_ones_leaves_too(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await renamed(store, Actor.alone(ANN), "Anna\n💫", circle.now)
    assert [leaf.title for leaf in await circle.leaves()] == ["Anna💫"]
    await renamed(store, Actor.alone(ANN), "", circle.now)
    assert len(await circle.leaves()) == 1


@pytest.mark.parametrize("text", ["V\n  D: Gym each", "V\n  D: Gym = 2 each sum"])
async def test_a_private_chat_has_no_each(store: Store, text: str) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    await welcome(store, Actor.host(5), OwnerType.PRIVATE, "Ann", "en", now)
    with pytest.raises(InvalidPlan) as refused:
        await plant(store, Actor.host(5), parse_outline(text, MONDAY), MONDAY, now)
    [fault] = refused.value.faults
    assert (fault.code, fault.place) == ("each_without_group", "line 2, column 3")


async def test_a_goal_that_each_member_does_has_no_other_goals_below(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    for text in ("Read more\n  W: A good week each", "Read more\n  W: A good week\n    D: Run each\n"):
        if "Run" in text:
            await circle.log(ANN, "Run", 5)
        with pytest.raises(InvalidPlan):
            await circle.plan(text)
    await circle.sound()


async def test_a_document_gives_everyone_back_what_is_theirs_once_they_join(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", 20)
    await circle.log(BEN, "Run", 5)
    document = await export_document(store, Actor.host(circle.chat))
    assert (await import_document(store, Actor.host(circle.chat), document, circle.now)).unchanged
    other = Circle(store, -200)
    await welcome(store, Actor.host(other.chat), OwnerType.GROUP, "Others", "en", other.now)
    other.today += timedelta(days=1)
    await import_document(store, Actor.host(other.chat), document, other.now)
    [_, owner] = await store.read(lambda tx: tx.owners.all())
    assert await store.read(lambda tx: tx.members.of_owner(owner.id)) == []
    assert (await import_document(store, Actor.host(other.chat), document, other.now)).unchanged
    for user in (ANN, BEN):
        await other.join(user)
    assert await _plain(other) == json.loads(document)["visions"]
    await other.sound()


async def _plain(circle: Circle) -> Sequence[object]:
    visions: Sequence[object] = json.loads(await export_document(circle.store, Actor.host(circle.chat)))["visions"]
    return visions


async def test_someone_who_joined_a_chat_that_turns_out_to_be_an_older_one_is_in_that(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await welcome(store, Actor.host(-777), OwnerType.GROUP, "Friends", "en", circle.now)
    await join(store, Actor.in_group(-777, BEN), "Ben", circle.now)
    await moved(store, Actor.host(circle.chat), -777, circle.now)
    circle.chat = -777
    assert [leaf.title for leaf in await circle.leaves()] == ["Ann", "Ben"]
    await circle.log(BEN, "Read", 20)
    await circle.sound()


async def test_an_import_into_a_group_brings_in_only_what_the_importer_may_say(store: Store) -> None:
    old = await Circle(store, -200).open(OUTLINE, ANN, BEN)
    for user in (ANN, BEN):
        await old.log(user, "Read", 20)
        await old.log(user, "Run", 3)
    document = await export_document(store, Actor.host(old.chat))
    circle = await Circle(store).open("Other\n  D: Swim\n", ANN)
    importer = circle.by(ANN, Role.ADMIN)
    done = await import_document(store, importer, document, circle.now)
    assert (done.entries_added, done.left_out) == (2, 2)
    assert [
        member.user_id for member in await store.read(lambda tx: tx.members.of_owner(_id(tx, circle), left_too=True))
    ] == [ANN]
    again = await import_document(store, importer, document, circle.now)
    assert (again.unchanged, again.left_out) == (True, 2)

    nameless = await Circle(store, -300).open("Other\n  D: Swim\n", ANN)
    done = await import_document(store, nameless.by(None), document, circle.now)
    assert (done.entries_added, done.left_out) == (0, 4)
    # Whoever runs the bot restores everything; their own export changes nothing for the group.
    restored = await Circle(store, -400).open("Other\n  D: Swim\n")
    assert (await import_document(store, Actor.host(restored.chat), document, circle.now)).entries_added == 4
    assert (await import_document(store, old.by(ANN, Role.ADMIN), document, circle.now)).unchanged


def _id(tx: Transaction, circle: Circle) -> int:
    owner = tx.owners.by_chat(circle.chat)
    assert owner is not None
    return owner.id


async def test_nobody_ends_anothers_leaf(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    [_, bens] = await circle.leaves()
    with pytest.raises(Refused) as refused:
        await end(store, circle.by(ANN, Role.ADMIN), bens.id, None, circle.now, source_key=None)
    assert refused.value.code == "anothers"


async def test_every_other_day_is_the_same_day_for_all_whenever_they_joined(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-23)\n  D: Swim each count [every 2 days]\n", ANN)
    circle.today += timedelta(days=1)
    await circle.join(BEN)
    circle.today += timedelta(days=1)
    assert await circle.log(ANN, "Swim")
    assert await circle.percent("Swim") == 50
    await circle.log(BEN, "Swim")
    assert await circle.percent("Swim") == 100
    statuses = [(await circle.reading()).standing(leaf).status for leaf in await circle.leaves("Swim")]
    assert statuses == [Status.DONE, Status.DONE]
    circle.today += timedelta(days=1)
    statuses = [(await circle.reading()).standing(leaf).status for leaf in await circle.leaves("Swim")]
    assert statuses == [Status.OFF, Status.OFF]
    await circle.sound()
