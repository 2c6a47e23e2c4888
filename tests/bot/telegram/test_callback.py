"""Every kind of button: its form never changes, it fits, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.common.cards import ShowGoal
from bot.features import features
from bot.features.address.buttons import AddressPurpose, MakeAddress, RevokeAddress
from bot.features.chart.buttons import DrawBoard, DrawGoal
from bot.features.digest import buttons as closing
from bot.features.export.buttons import ExportForm, TakeOut
from bot.features.forget import buttons as forget
from bot.features.goal import buttons as goal
from bot.features.group import buttons as people
from bot.features.importing import buttons as importing
from bot.features.log import buttons as log
from bot.features.log import mine_buttons as mine
from bot.features.log.buttons import LogAct
from bot.features.plan import aim_buttons as aim
from bot.features.plan import buttons as plan
from bot.features.plan import outline_buttons as outlines
from bot.features.plan import template_buttons as template
from bot.features.prompt import buttons as ask
from bot.features.remind import buttons as remind
from bot.features.round import buttons as rounds
from bot.features.settings import buttons as settings
from bot.features.share import buttons as share
from bot.features.start import buttons as start
from bot.features.start.buttons import AskZone, ChooseZone
from bot.features.summary import buttons as summary
from bot.features.token import buttons as token
from bot.features.tree.buttons import ListGoals, TreePlace
from bot.features.why.buttons import AskWhy
from bot.telegram.callback import MAX_BYTES, PLAIN_NUMBER, WEEKDAYS, BadButton, Callback, codecs_of
from core.actions.logged import How
from core.goals.model import Level
from core.importing import DateOrder
from core.planning.rules import FIRST_DATE, LAST_DATE

ON = date(2026, 11, 23)
LARGEST_ID = 36**6 - 1
"""More than the 2,147,483,647 of Telegram's ids, and more rows than there will be."""

FORMS = {
    "log:d:20261123:0": log.ShowDay(ON, 0),
    "log:s:20261123:2": log.ShowSkips(ON, 2),
    "log:t:1a:20261123:zz": log.TapLeaf(46, ON, 1295),
    "log:m:1a:20261123:zz": log.MoreOfLeaf(46, ON, 1295),
    "log:k:1a:20261123:zz": log.SkipLeaf(46, ON, 1295),
    "log:n:1a:20261123:zz": log.LeafNotDone(46, ON, 1295),
    "log:o:1a:20261123:zz": log.OtherAmount(46, ON, 1295),
    "log:v:1a:20261123:zz:2.5": log.SetAmount(46, ON, 1295, Decimal("2.5")),
    "pick:1a:20261123:a5:2s:0": log.Pick(46, ON, LogAct(How.ADD, Decimal(5)), 100, 0),
    "pick:1a:20261123:k:2s:1": log.Pick(46, ON, LogAct(How.SKIP), 100, 1),
    "pick:d:1a:20261123:20261124:k:2s:1": log.PickDays(46, ON, date(2026, 11, 24), LogAct(How.SKIP), 100, 1),
    "log:all:20261123:k:zz": log.SettleDay(ON, LogAct(How.SKIP), 1295),
    "export:s": TakeOut(ExportForm.SHEETS),
    "addr:make:h": MakeAddress(AddressPurpose.HOOK),
    "addr:end:c:1a": RevokeAddress(AddressPurpose.CALENDAR, 46),
    "ask:d:9:1a:20261123:zz:0": ask.Done(9, 46, ON, 1295, 0),
    "ask:k:9:1a:20261123:zz:0": ask.Skip(9, 46, ON, 1295, 0),
    "ask:o:9:1a:20261123:zz:1": ask.OtherTotal(9, 46, ON, 1295, 1),
    "ask:v:9:1a:20261123:zz:0:0.75": ask.SetTotal(9, 46, ON, 1295, 0, Decimal("0.75")),
    "ask:a:9:20261123:zz": ask.AllDone(9, ON, 1295),
    "ask:w:g": ask.AskOn(ask.QuietWish.GO_ON),
    "ask:w:p": ask.AskOn(ask.QuietWish.PAUSE),
    "ask:w:l": ask.AskOn(ask.QuietWish.LESS),
    "ask:p:9:20261123:1": ask.TurnPage(9, ON, 1),
    "ask:z:9:20261123:zz:15": ask.Snooze(9, ON, 1295, ask.Later.IN_15_MINUTES),
    "ask:z:9:20261123:zz:60": ask.Snooze(9, ON, 1295, ask.Later.IN_AN_HOUR),
    "ask:z:9:20261123:zz:m": ask.Snooze(9, ON, 1295, ask.Later.NEXT_MORNING),
    "rd:d:9:1a:20261123:zz": rounds.RoundDone(9, 46, ON, 1295),
    "rd:k:9:1a:20261123:zz": rounds.RoundSkip(9, 46, ON, 1295),
    "rd:o:9:1a:20261123:zz": rounds.RoundOtherTotal(9, 46, ON, 1295),
    "rd:v:9:1a:20261123:zz:5": rounds.RoundReachTotal(9, 46, ON, 1295, Decimal(5)),
    "rd:c:9:1a:20261123:zz": rounds.Confirm(9, 46, ON, 1295),
    "my:d:3:1a:20261123:zz:0": mine.MyDone(3, 46, ON, 1295, 0),
    "my:k:3:1a:20261123:zz:0": mine.MySkip(3, 46, ON, 1295, 0),
    "my:o:3:1a:20261123:zz:9": mine.MyOtherTotal(3, 46, ON, 1295, 9),
    "my:v:3:1a:20261123:zz:9:5": mine.MyReachTotal(3, 46, ON, 1295, 9, Decimal(5)),
    "chart:1a": DrawGoal(46),
    "chart:board": DrawBoard(),
    "tree:0:1a:2:-:-": TreePlace(0, 46, 2, None, None),
    "tree:1a:1a:0:0:20261123": TreePlace(46, 46, 0, 0, ON),
    "why:0": AskWhy(0),
    "why:1a": AskWhy(46),
    "tree:list:0:1a:2:1": ListGoals(0, 46, 2, 1),
    "goal:see:1a": ShowGoal(46),
    "goal:do:1a:rename": goal.BeginChange(46, goal.GoalAction.RENAME),
    "goal:this:1a": goal.ChooseGoal(46),
    "goal:from:1a:20261123": goal.FromDay(46, ON),
    "goal:off:1a:20261123:20261206": goal.PauseDays(46, ON, date(2026, 12, 6)),
    "goal:off:0:20261123:20261123": goal.PauseDays(0, ON, ON),
    "goal:back:9": goal.EndPause(9),
    "goal:below:1a:9": goal.MoveBelow(46, 9),
    "goal:at:1a:0": goal.MoveBefore(46, 0),
    "goal:again:1a": goal.TakeUp(46),
    "goal:gone:1a": goal.DeleteGoal(46),
    "goal:number:t": goal.AddWithNumber(outlines.NumberMeaning.TARGET),
    "goal:leave": goal.Leave(),
    "sum:week": summary.ShowSpan(summary.SummarySpan.WEEK),
    "digest:quarter": summary.AllGoals(summary.SummarySpan.QUARTER),
    "digest:monthly:20261101": closing.DrawDigest(Level.MONTHLY, date(2026, 11, 1)),
    "close:20261001:1": closing.ClosingPage(date(2026, 10, 1), 1),
    "close:1a:20261001:c": closing.CloseGoal(46, date(2026, 10, 1), closing.Verb.CARRY_OVER),
    "close:1a:20261001:l": closing.CloseGoal(46, date(2026, 10, 1), closing.Verb.LET_GO),
    "close:1a:20261001:t": closing.CloseGoal(46, date(2026, 10, 1), closing.Verb.CHANGE),
    "year:20260101:1": closing.ClosingYearPage(date(2026, 1, 1), 1),
    "year:1a:20260101:c": closing.CloseInYear(46, date(2026, 1, 1), closing.Verb.CARRY_OVER),
    "plan:new": plan.NewPlan(),
    "plan:more:12": plan.ExtendPlan(12),
    "plan:cancel": plan.CancelPlan(),
    "plan:again": plan.StartOver(),
    "plan:until:2027-04-30": plan.PlanUntil("2027-04-30"),
    "plan:until:none": plan.PlanUntil("none"),
    "plan:level:0:W": plan.SetLevel(0, plan.GoalRhythm.WEEKLY),
    "plan:level:3:D": plan.SetLevel(3, plan.GoalRhythm.DAILY),
    "plan:drop:0:9a1b2c3d": plan.DropGoal(0, "9a1b2c3d"),
    "plan:goals": plan.GoalsNamed(),
    "plan:aim:0:quarterly:600": plan.SetAim(0, Level.QUARTERLY, Decimal(600)),
    "plan:aim:0:none": plan.NoAim(0),
    "plan:plant": plan.Plant(),
    "plan:edit": plan.EditGoals(),
    "plan:date": plan.EditUntil(),
    "plan:later": plan.FillInLater(),
    "aim:plant": aim.PlantAim(),
    "aim:part:until": aim.ChangePart(aim.ProposalPart.UNTIL),
    "aim:part:-": aim.ChangePart(aim.ProposalPart.NONE),
    "aim:set:on mon,wed": aim.ChangeAim("on mon,wed"),
    "aim:drop": aim.DropAim(),
    "outline:number:14:2:3f:t": outlines.NumberMeans(40, 2, 123, outlines.NumberMeaning.TARGET),
    "outline:numbers:14:n": outlines.NumbersMean(40, outlines.NumberMeaning.NAME),
    "outline:same:14:7:1": outlines.SameGoal(40, 7, 1),
    "outline:apply:14:3f:e": outlines.ApplyPlan(40, 123, outlines.LeftGoals.END),
    "outline:leave:14": outlines.LeavePlan(40),
    "outline:below:14:c": outlines.PutBelow(40, 12),
    "arch:ask:12": goal.ChooseToArchive(12),
    "arch:yes:12": goal.ArchiveGoal(12),
    "arch:no": goal.KeepGoal(),
    "rd:a:5k:20261123:2": rounds.RoundAllDone(200, date(2026, 11, 23), 2),
    "tpl:list": template.ShowTemplates(),
    "tpl:use:marathon": template.UseTemplate("marathon"),
    "tpl:say:2027-04-25": template.AnswerTemplate("2027-04-25"),
    "tpl:plant": template.PlantTemplate(),
    "tpl:edit:3:days": template.ChangeTemplate(3, template.ChangePlan.DAYS),
    "rem:l": remind.ListReminders(),
    "rem:n:0:3j:2100": remind.NewReminder(0, frozenset(range(7)), time(21)),
    "rem:m:9": remind.ShowReminder(9),
    "rem:p:9": remind.PauseReminder(9),
    "rem:r:9": remind.ResumeReminder(9),
    "rem:d:9": remind.DeleteReminder(9),
    "rem:c:9": remind.ChangeReminder(9),
    "rem:t:9:0830": remind.MoveReminder(9, time(8, 30)),
    "rem:w:9:v": remind.SetReminderDays(9, frozenset(range(5))),
    "rem:f:1a": remind.BranchOff(46),
    "rem:b:1a": remind.BranchOn(46),
    "set:back": settings.ShowSettings(),
    "set:zone": settings.ChangeZone(),
    "set:day": settings.OpenSetting(settings.Setting.DAY),
    "set:day:04:00": settings.ChooseSetting(settings.Setting.DAY, "04:00"),
    "set:quiet:22:00-07:00": settings.ChooseSetting(settings.Setting.QUIET, "22:00-07:00"),
    "set:weekly:off": settings.ChooseSetting(settings.Setting.WEEKLY, "off"),
    "zone:ask": AskZone(),
    "zone:Europe/Berlin": ChooseZone("Europe/Berlin"),
    "example": start.ShowExample(),
    "join:": people.Join(),
    "bud:y:1:2": people.AcceptBuddy(1, 2),
    "bud:n:1:2": people.DeclineBuddy(1, 2),
    "bud:c:1:20261123": people.ConfirmDay(1, ON),
    "note:y:1": people.ShowNotes(1),
    "note:n:1": people.KeepNotes(1),
    "who:n:1": people.ChooseMember(people.ChoicePurpose.NUDGE, 1),
    "who:b:1": people.ChooseMember(people.ChoicePurpose.BUDDY, 1),
    "share:n:1a:b": share.ShareGoal(46, share.Extent.BRIEF),
    "share:p:1a:w:3": share.PreviewShare(46, share.Extent.WHOLE, 3),
    "share:y:1a:b:3": share.ShareNow(46, share.Extent.BRIEF, 3),
    "share:x": share.CancelShare(),
    "unshare:9": share.Unshare(9),
    "shared:0": share.SharedPage(0),
    "shared:9:1": share.SharedTree(9, 1),
    "file:dates:dmy:0123456789abcdef": importing.OrderOfDates(DateOrder.DMY, "0123456789abcdef"),
    "file:in:-:0123456789abcdef": importing.BringIn(None, "0123456789abcdef"),
    "file:in:1a:0123456789abcdef": importing.BringIn(46, "0123456789abcdef"),
    "file:no:0123456789abcdef": importing.LeaveFile("0123456789abcdef"),
    "token:make:p": token.MakeToken(token.Grant.PLAN),
    "token:end:1a": token.RevokeToken(46),
    "forget:yes:0123456789abcdef": forget.Erase("0123456789abcdef"),
    "forget:no:0123456789abcdef": forget.Keep("0123456789abcdef"),
}
"""A button of each kind as the first release wrote it: messages keep their buttons for years."""


def kinds(of: type[Callback] = Callback) -> Iterator[type[Callback]]:
    for kind in of.__subclasses__():
        if "prefix" in vars(kind):
            yield kind
        yield from kinds(kind)


features()  # imports the buttons of all of them
KINDS = sorted(kinds(), key=lambda kind: (kind.__module__, kind.__name__))
NAMES = [f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}" for kind in KINDS]


@pytest.mark.parametrize("data", FORMS)
def test_a_button_is_written_and_read_as_ever(data: str) -> None:
    assert FORMS[data].pack() == data
    assert features().tap(data)[0] == FORMS[data]


def test_there_is_a_sample_and_a_handler_for_each_kind() -> None:
    assert {type(button) for button in FORMS.values()} == set(KINDS), "a new button gets its form in FORMS"
    for data, button in FORMS.items():
        assert features().tap(data)[1].kind is type(button)


def amounts() -> st.SearchStrategy[Decimal]:
    whole = st.integers(-(10**15), 10**15).map(lambda millionths: Decimal(millionths) / 10**6)
    return st.one_of(st.sampled_from([Decimal("-999999999.999999"), Decimal(0)]), whole).map(
        lambda n: +n.normalize() + 0
    )


STRATEGIES: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
    int: lambda: st.one_of(st.sampled_from([0, LARGEST_ID]), st.integers(0, LARGEST_ID)),
    date: lambda: st.one_of(st.sampled_from([FIRST_DATE, LAST_DATE]), st.dates(FIRST_DATE, LAST_DATE)),
    time: lambda: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    Decimal: amounts,
}


def values(hint: Any, name: str) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Annotated:
        kept, codec = get_args(hint)
        if codec is PLAIN_NUMBER:
            return STRATEGIES[int]()
        if codec is WEEKDAYS:
            return st.frozensets(st.integers(0, 6), min_size=1)
        if kept is LogAct:
            return st.builds(LogAct, st.sampled_from(How), st.none() | amounts())
        return st.integers(0, longest(codec)).flatmap(lambda size: st.text("aZ0/:-", min_size=size, max_size=size))
    if NoneType in get_args(hint):
        return st.none() | values(get_args(hint)[0], name)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return STRATEGIES[hint]()


def longest(codec: Any) -> int:
    """The most words of a text that are read."""

    def is_read(size: int) -> bool:
        try:
            return bool(codec.read("a" * size)) or size == 0
        except BadButton:
            return False

    return max(size for size in range(MAX_BYTES) if is_read(size))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_button_fits_and_comes_back_as_it_was(kind: type[Callback]) -> None:
    hints = get_type_hints(kind, include_extras=True)
    fields = {name: values(hints[name], name) for name in codecs_of(kind)}

    @given(st.fixed_dictionaries(fields))
    def holds(given_fields: dict[str, Any]) -> None:
        button = kind(**given_fields)
        data = button.pack()
        assert len(data.encode()) <= MAX_BYTES
        assert kind.unpack(data) == button

    holds()


@given(
    st.one_of(st.text(max_size=70), st.lists(st.text("0:-zaZ\u0661", max_size=9)).map(":".join)), st.sampled_from(KINDS)
)
def test_anything_else_is_a_bad_button_and_nothing_worse(text: str, kind: type[Callback]) -> None:
    for data in (text, f"{kind.prefix}:{text}", f"{kind.prefix}{text}"):
        try:
            button = features().tap(data)[0]
        except BadButton:
            continue
        assert features().tap(button.pack())[0] == button


def test_a_button_that_does_not_fit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at most 64 bytes"):
        ask.SetTotal(2**62, 2**62, ON, 2**62, 2**62, Decimal(1)).pack()
    with pytest.raises(ValueError, match="negative"):
        log.ShowDay(ON, -1).pack()
