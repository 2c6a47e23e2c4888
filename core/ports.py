"""What the use cases ask of a store. `storage` keeps it; the core knows no more of it than this page.

A unit of work is a plain function of a `Transaction`: the store decides where it runs (SQLite: on the one writing
connection's thread, together with others that wait, in one commit; PostgreSQL: on a connection of its own). It returns
when the commit is durable; when the function raises, nothing of it is kept. The function may run again after a
conflict, so it has no effect but through the transaction. Its repositories are synchronous.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from core.check_off import Span
from core.delivery import Outcome
from core.model import Absence, Confirmation, Entry, Member, Node, Owner, OwnerType, Publication, Share
from core.periods import Period
from core.progress import Cell, Crowd
from core.reminders import Message, MessageKind, NewMessage, Reminder
from core.streaks import Run
from core.tree import Terms

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vision:
    """A tree as it is stored: its nodes (all, or those that were asked for) and the state of its cache.

    `stale` is True when the structure changed, or the calculation, since the cache was built. `latest` is the date of
    its latest entry that was not known ahead, None without any (not loaded by `path`). `version` is the store's mark of
    what `path` read. From `path` alone: `terms` of the *each* nodes, and `member_id`, the membership of who it was
    asked for.
    """

    id: int
    owner: Owner
    nodes: tuple[Node, ...]
    stale: bool
    latest: date | None = None
    version: int | None = None
    terms: Mapping[int, Terms] = field(default_factory=dict)
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class TreeView:
    """A vision with what is needed to show it on a date: the cells of the periods that hold it, and the runs."""

    vision: Vision
    cells: Mapping[int, Cell]
    runs: Mapping[int, Run]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written. `source_key` is unique in the store; None for entries without a source."""

    node_id: int
    on: date
    value: Decimal | None
    skipped: bool = False
    note: str | None = None
    author_id: int | None = None
    source_key: str | None = None


class Owners(Protocol):
    """The chats that trees belong to."""

    def by_chat(self, chat_id: int, *, lock: bool = False) -> Owner | None:
        """The owner of a chat. `lock` keeps others from changing it until the end of the transaction: who writes back
        what was read here locks it."""

    def by_id(self, owner_id: int) -> Owner | None:
        """An owner by its own number, which stays when the chat's changes."""

    def by_ids(self, owner_ids: Collection[int]) -> dict[int, Owner]:
        """Several owners, by number (missing: none): one statement."""

    def all(self) -> list[Owner]:
        """Every owner, in the order of their making."""

    def by_invite(self, invite: str) -> Owner | None:
        """The group whose link carries this word."""

    def add(self, chat_id: int, type: OwnerType, title: str, locale: str, now: datetime) -> Owner:
        """Makes an owner with default settings; gives the one that is there if the chat has one already."""

    def save(self, owner: Owner) -> None:
        """Writes an owner's settings and title."""

    def remove(self, owner_id: int) -> None:
        """Removes an owner and all that is theirs."""

    def mark_stale(self, owner_id: int) -> None:
        """Marks the cache of all of the owner's visions stale (a changed week start)."""


class Members(Protocol):
    """Who joined which group."""

    def by_id(self, member_id: int) -> Member | None:
        """A member, present or not."""

    def by_user(self, owner_id: int, user_id: int) -> Member | None:
        """A user's membership of a group, also one that has ended."""

    def of_owner(self, owner_id: int, *, left_too: bool = False) -> list[Member]:
        """A group's members in the order of their first joining: one statement. Those who left only on request."""

    def of_user(self, user_id: int, *, left_too: bool = False) -> list[tuple[Member, Owner]]:
        """The groups that a user is in now, with the membership in each: one statement. Those left only on request."""

    def join(self, owner_id: int, user_id: int, name: str, now: datetime) -> Member:
        """Makes a user a member, or one again. Who is in already keeps when they joined, and gets the name."""

    def leave(self, member_id: int, now: datetime) -> None:
        """Ends a membership; the row stays."""

    def save(self, member: Member) -> None:
        """Writes a member's name, and what they allow."""

    def rename(self, user_id: int, name: str) -> None:
        """Notes a user's name in all of their groups."""

    def remove(self, member_id: int, nobody: str) -> None:
        """Removes a member and what refers to them; their leaves stay, are nobody's, and get that title."""


class Absences(Protocol):
    """When members are away."""

    def add(self, member_id: int, first: date, last: date) -> Absence:
        """Notes an absence."""

    def save(self, absence: Absence) -> None:
        """Writes an absence's changed dates."""

    def remove(self, absence_id: int) -> None:
        """Removes an absence that never began."""

    def of_member(self, member_id: int, first: date) -> list[Absence]:
        """A member's absences that last until a day or longer, in order."""

    def of_owner(self, owner_id: int, first: date, last: date) -> list[Absence]:
        """The absences of a group's members that touch the range, in order: one statement."""


class Shares(Protocol):
    """Goals of private chats that members show to a group."""

    def put(self, node_id: int, owner_id: int, member_id: int, whole: bool, now: datetime) -> Share:
        """Shares a goal with a group, or changes how much of it is shown."""

    def of_owner(self, owner_id: int) -> list[Share]:
        """What is shared with a group, in the order of sharing."""

    def seen_by(self, owner_id: int, since: date) -> list[tuple[Share, Member]]:
        """What a group sees, with who shares it, in the order of sharing: of members who are in, and not what ended
        before a date. One statement."""

    def of_member(self, member_id: int) -> list[Share]:
        """What a member shares with the group, in the order of sharing."""

    def of_user(self, user_id: int) -> list[Share]:
        """What a user shares, with all of their groups."""

    def remove(self, share_ids: Sequence[int]) -> None:
        """Ends shares."""


class Publications(Protocol):
    """Channels that get a group's digests."""

    def put(self, owner_id: int, chat_id: int, title: str, by_user: int, now: datetime) -> Publication:
        """Publishes a group's digests in a channel; again, it notes the title and who said so."""

    def of_owner(self, owner_id: int) -> list[Publication]:
        """The channels of a group, in the order of publishing."""

    def of_owners(self, owner_ids: Collection[int]) -> list[Publication]:
        """The channels of several groups: one statement."""

    def by_chat(self, chat_id: int) -> list[Publication]:
        """The publications into a channel."""

    def remove(self, publication_ids: Sequence[int]) -> None:
        """Ends publications."""

    def forget(self, user_id: int) -> None:
        """Who said so is nobody any more (0)."""


class Confirmations(Protocol):
    """Buddies' words on entries."""

    def add(self, entry_id: int, member_id: int, now: datetime) -> bool:
        """Notes that a buddy confirms an entry; False if it is confirmed already."""

    def of_entries(self, entry_ids: Sequence[int]) -> dict[int, Confirmation]:
        """The confirmations of entries, by entry: one statement."""


class Trees(Protocol):
    """Visions and their nodes."""

    def vision_ids(self, owner_id: int | None = None) -> list[int]:
        """The ids of an owner's visions, or of all, increasing: one statement."""

    def outdated(self, after: int, limit: int) -> list[int]:
        """The ids of visions whose cache is stale, increasing, from behind the given one, at most so many."""

    def visions_of(self, owner_id: int) -> list[Vision]:
        """All visions of an owner with all nodes, in order: one statement. Not locked."""

    def vision(self, vision_id: int, *, lock: bool = False) -> Vision | None:
        """One vision with all nodes. `lock` keeps other writers of this vision out until the end of the transaction."""

    def path(self, chat_id: int, node_id: int, user_id: int | None = None, on: date | None = None) -> Vision | None:
        """The vision of a node; its nodes are the node, its ancestors, and the children of all of these; of an *each*
        node only the one on the path. Not locked.

        For an *each* node the path begins at the leaf below it that is the user's (of several the one active on the
        date, or the latest), if there is one. None when there is no such node in this chat's trees: another chat's node
        is not there.
        """

    def lock(self, vision: Vision) -> bool:
        """Keeps other writers of a vision out until the end of the transaction; whether it is still as `path` read it.

        What can be found out before is, so that others wait the shorter. If it is not the same: read it again.
        """

    def lock_path(self, chat_id: int, node_id: int) -> Vision | None:
        """`path`, as it is once it is locked."""

    def add_vision(self, owner_id: int, now: datetime) -> int:
        """Makes an empty vision and gives its id; the nodes come by `add_nodes`."""

    def new_node_ids(self, count: int) -> Sequence[int]:
        """That many unused node ids, increasing."""

    def add_nodes(self, vision_id: int, nodes: Sequence[Node]) -> None:
        """Writes nodes with their target histories, parents before their children."""

    def remove_nodes(self, node_ids: Sequence[int]) -> None:
        """Removes nodes on which nothing was ever logged."""

    def save_nodes(self, nodes: Sequence[Node]) -> None:
        """Writes changed nodes with their target histories."""

    def mark_stale(self, vision_id: int) -> None:
        """Marks the vision's cache stale."""

    def view(self, owner_id: int, on: date, week_start: int) -> list[TreeView]:
        """All visions of an owner with the cells of the periods that hold the date: one recursive query.

        A vision with an end has its one cell at `starts_on`; one without, that of the quarter.
        """

    def view_of_chat(self, chat_id: int, on: date) -> list[TreeView]:
        """The same for the owner of a chat, whoever that is; empty without one."""


class Entries(Protocol):
    """The facts. What is taken back is kept, marked as void, and counted nowhere."""

    def add(self, vision_id: int, entry: NewEntry, now: datetime) -> Entry | None:
        """Writes an entry; None (and nothing written) if its source key is there already, void or not."""

    def add_many(self, vision_id: int, entries: Sequence[NewEntry], now: datetime) -> None:
        """Writes many entries (an import), in their order."""

    def by_source(self, source_key: str) -> tuple[Entry, bool] | None:
        """(entry, whether it is void) with exactly this source key."""

    def by_message(self, source_prefix: str) -> list[Entry]:
        """Entries not void whose source key begins with the prefix, in order of logging."""

    def of_leaf(self, node_id: int, first: date, last: date) -> list[Entry]:
        """A leaf's entries dated within the range, ordered by date, then logging."""

    def of_leaves(self, node_ids: Sequence[int], first: date, last: date) -> dict[int, list[Entry]]:
        """The same of several leaves, by leaf (missing: none): one statement."""

    def of_vision(self, vision_id: int) -> list[Entry]:
        """All entries of a vision, ordered by date, then logging."""

    def of_owner_since(self, owner_id: int, first: date) -> list[Entry]:
        """All entries of an owner dated on a day or later, ordered by date, then logging: one statement."""

    def of_owner_latest(self, owner_id: int, author_id: int | None, limit: int) -> list[Entry]:
        """The newest entries by order of logging, newest first; of one author, or of all when None."""

    def full_days(self, vision_id: int, least: int, first: date, last: date) -> dict[date, int]:
        """The days within a range that have at least so many entries, in all trees of a vision's owner and void ones
        included, and how many: one statement."""

    def void(self, entry_ids: Iterable[int], now: datetime, replaced_by: int | None = None) -> None:
        """Takes entries back; `replaced_by` is the entry that stands for them now, if one does."""

    def replaced_by(self, entry_id: int) -> list[Entry]:
        """The entries that an entry stands for, which are void."""

    def forget(self, user_id: int, owner_ids: Sequence[int]) -> None:
        """Makes what a user logged with these owners, and what stands on their own leaves, nobody's: value and date
        stay; author, note and source go, and with them what buddies said of it."""

    def restore_replaced_by(self, entry_id: int) -> list[Entry]:
        """Brings back the entries that an entry had replaced; they are void no longer and replaced by nothing."""


class CacheRows(Protocol):
    """Cells by (node, start of period), and runs by leaf."""

    def read(
        self, cells: Sequence[tuple[int, date]], spans: Sequence[Span], leaf_id: int
    ) -> tuple[dict[int, Cell], dict[int, tuple[int, int]], Run]:
        """The cells asked for (by node), of each span (sum of counting progress, number of skipped periods) by node
        (missing: none), and the leaf's run: one statement."""

    def write(self, cells: Sequence[tuple[int, date, Cell]], runs: Mapping[int, Run]) -> None:
        """Writes cells and runs over what is there: at most one statement for each."""

    def crowd(self, each_id: int, start: date, but_leaf_id: int) -> Crowd:
        """What all leaves below an *each* node but one bring to the period that starts on a date: one statement."""

    def done_by_day(self, each_ids: Sequence[int], first: date, last: date) -> dict[int, dict[date, tuple[int, int]]]:
        """Of *each* nodes, by start of period within the range: how many of the leaves below are done, and how many are
        skipped: one statement."""

    def sums(self, spans: Sequence[Span]) -> dict[int, tuple[int, int]]:
        """Of each span (sum of counting progress, number of skipped periods) by node (missing: none): one statement."""

    def leaf_cells(self, node_id: int) -> dict[date, Cell]:
        """All cells of one node by start of period."""

    def cells_of(self, node_ids: Collection[int]) -> dict[int, dict[date, Cell]]:
        """All cells of several nodes by start of period: one statement."""

    def all_cells(self, vision_id: int) -> dict[int, dict[date, Cell]]:
        """All cells of a vision."""

    def all_runs(self, vision_id: int) -> dict[int, Run]:
        """All runs of a vision."""

    def remove(self, cells: Sequence[tuple[int, date]]) -> None:
        """Removes cells."""

    def mark_built(self, vision_id: int, version: int) -> None:
        """The vision's cache is no longer stale, and of this calculation version."""


class CheckOffs(Protocol):
    """What a check-off reads and writes while it keeps others from its vision: each a round trip where those cost."""

    def read(
        self, leaf_id: int, period: Period, cells: Sequence[tuple[int, date]], spans: Sequence[Span]
    ) -> tuple[list[Entry], dict[int, Cell], dict[int, tuple[int, int]], Run]:
        """The leaf's entries of a period, as `Entries.of_leaf`, beside what `CacheRows.read` gives."""

    def write(
        self,
        vision_id: int,
        entry: NewEntry,
        now: datetime,
        cells: Sequence[tuple[int, date, Cell]],
        runs: Mapping[int, Run],
    ) -> Entry | None:
        """Writes an entry, as `Entries.add`, and what follows from it; None and nothing written if its source key is
        there already."""


class Conversations(Protocol):
    """What a chat must remember between two messages, by (chat, user): a small JSON object.

    What it remembers of one of its visions, whoever taps next, is kept under minus the vision's id (of its node):
    users have positive ids, and 0 stands for those who have none.
    """

    def get(self, chat_id: int, user_id: int) -> dict[str, object] | None:
        """What is remembered, if anything."""

    def put(self, chat_id: int, user_id: int, state: dict[str, object] | None, now: datetime) -> None:
        """Remembers, or forgets (None)."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Takes what is remembered of a chat along to its new id."""

    def forget(self, user_id: int) -> None:
        """Forgets what is remembered of a user, in every chat."""


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update as Telegram wrote it (JSON), and the chat that it belongs to (0 for none)."""

    id: int
    chat_id: int
    text: str


class Inbox(Protocol):
    """Updates received and not yet handled: stored before they are confirmed to Telegram."""

    def receive(self, updates: Sequence[NewUpdate], now: datetime) -> list[int]:
        """Stores updates; gives the ids that are new."""

    def pending(self) -> list[tuple[int, str]]:
        """Updates stored and not handled, by update id."""

    def pending_of(self, chat_ids: Collection[int], known: Collection[int], limit: int) -> list[NewUpdate]:
        """Those of some chats, without those that are known, by update id; at most so many: one statement."""

    def waiting_chats(self, limit: int) -> list[int]:
        """Chats of which something is not handled yet, longest waiting first: one statement."""

    def handled(self, update_ids: Sequence[int], now: datetime) -> None:
        """Marks updates as handled; what people wrote, and in which chat, is kept no longer."""

    def prune(self, before: datetime) -> None:
        """Removes handled updates received before an instant."""


class Reminders(Protocol):
    """Who is asked what and when. What is due is found by an index; nothing waits in a process."""

    def of_owner(self, owner_id: int) -> list[Reminder]:
        """An owner's reminders, in the order of their making."""

    def add(self, reminder: Reminder, now: datetime) -> Reminder:
        """Writes a new reminder (its id does not matter) and gives it with its id."""

    def save(self, reminder: Reminder) -> None:
        """Writes a changed reminder."""

    def remove(self, reminder_ids: Sequence[int]) -> None:
        """Removes reminders."""

    def due(self, now: datetime, limit: int) -> list[tuple[Reminder, Owner]]:
        """Those due by now, longest due first, with their owners, locked: other processes pass over them. At most so
        many, but with each owner all of theirs that are due."""

    def after(self, reminder_id: int, limit: int) -> list[tuple[Reminder, Owner]]:
        """Those that are not paused, of owners who can be reached, by id from behind the given one; locked."""

    def advance(self, next_due: Mapping[int, datetime | None]) -> None:
        """Sets when reminders are due next: one statement."""

    def next_due(self) -> datetime | None:
        """When the next one of all is due."""


class Outbox(Protocol):
    """Messages that must be sent once. A claim lasts until its lease ends, or a mark with its attempt's number.

    The mark of a claim that has been followed by another changes nothing, with one exception: what is sent is sent.
    """

    def add(self, messages: Sequence[NewMessage], now: datetime) -> None:
        """Writes messages; those whose key is there already are passed over."""

    def known(self, keys: Sequence[str]) -> set[str]:
        """Which of these keys are there: one statement."""

    def waiting_prompts(self, chat_ids: Sequence[int], now: datetime) -> list[Message]:
        """Prompts of these chats that are due and not on their way, locked: one statement."""

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[Message]:
        """Takes what is due, longest due first, and what an earlier claim has held too long, which adds a doubt
        (`core.delivery.LAPSED`): one statement."""

    def sent(self, message: Message, message_id: int, now: datetime) -> None:
        """Marks a message as sent that was claimed, whatever has become of the claim since."""

    def again(self, message: Message, at: datetime, reason: str, doubts: int) -> None:
        """Marks a claimed message to be tried again at an instant."""

    def put_off(self, message: Message, at: datetime) -> None:
        """Gives a claimed message back untried, to be claimed from an instant on."""

    def over(self, messages: Sequence[Message], reason: str, now: datetime, *, dead: bool = False) -> None:
        """Marks messages as dropped, or as dead, and says why."""

    def drop_open(self, owner_id: int, reason: str, now: datetime, kinds: Iterable[MessageKind] | None = None) -> None:
        """Drops all of an owner's messages (of these kinds) that wait."""

    def drop_after(self, message: Message, reason: str, now: datetime) -> None:
        """Drops the messages that wait to come back to this one."""

    def by_id(self, message_id: int, chat_id: int) -> Message | None:
        """The message of an outbox id, if it is this chat's."""

    def by_telegram_id(self, chat_id: int, message_id: int) -> Message | None:
        """The sent message that has this number in a chat."""

    def rounds(self, chat_id: int, first: date) -> list[Message]:
        """A chat's check-ins about a day or later that were sent or are on their way, in order."""

    def last_sent(self, chat_id: int, kinds: Iterable[MessageKind]) -> date | None:
        """The day of the latest message of these kinds that a chat got; None if there is none on record."""

    def next_due(self) -> datetime | None:
        """When the next one is due, or its claim ends."""

    def prune(self, before: datetime, limit: int) -> int:
        """Removes what was settled before an instant, at most so many; gives how many."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Addresses a chat's messages to its new id. Those that were sent have no number there."""

    def forget(self, chat_id: int) -> None:
        """Removes all messages to a chat, sent or not."""


@dataclass(frozen=True, slots=True)
class Note:
    """When something last happened in the running of the bot, and what is to be known of it."""

    at: datetime
    detail: Mapping[str, object]


class Journal(Protocol):
    """What the running bot notes for whoever operates it: the last tick, verification and backup, by name."""

    def note(self, name: str, now: datetime, detail: Mapping[str, object]) -> None:
        """Notes that something happened, over what was noted before."""

    def all(self) -> dict[str, Note]:
        """What was noted last, by name."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is. `outdated` trees have a cache that is to be rebuilt; `oldest_undelivered` is when the message
    that has waited longest was written."""

    people: int
    groups: int
    unreachable: int
    trees: int
    outdated: int
    entries: int
    reminders: int
    due_within_hour: int
    due_within_day: int
    outbox: Mapping[str, int]
    oldest_undelivered: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be done: undelivered messages by state, reminders that are due, updates not handled.

    `late_since` is when the oldest message was written of those that are due or were tried; None without one.
    """

    outbox: Mapping[str, int]
    reminders: int
    updates: int
    late_since: datetime | None


class Statistics(Protocol):
    """Numbers about everything, for whoever operates the bot."""

    def counts(self, now: datetime) -> Counts:
        """How much there is of everything now. Reads whole tables."""

    def waiting(self, now: datetime) -> Waiting:
        """What waits now: by the indexes of what is open, however much there has been."""


class Transaction(Protocol):
    """The repositories within one transaction."""

    @property
    def owners(self) -> Owners: ...
    @property
    def members(self) -> Members: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def shares(self) -> Shares: ...
    @property
    def publications(self) -> Publications: ...
    @property
    def confirmations(self) -> Confirmations: ...
    @property
    def trees(self) -> Trees: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def cache(self) -> CacheRows: ...
    @property
    def check_offs(self) -> CheckOffs: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def statistics(self) -> Statistics: ...


@dataclass(frozen=True, slots=True)
class Use:
    """How busy connections are: how many there may be, and how many units of work are on them or wait for one."""

    size: int
    working: int


class Store(Protocol):
    """Where trees, entries and their cache live."""

    def use(self) -> Mapping[str, Use]:
        """How busy the connections of each pool are now."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work and returns its result once it is durable; rolls it back if it raises."""

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function that only reads, on a consistent snapshot, beside any writer."""


class Messenger(Protocol):
    """Who words a scheduled message and takes it to Telegram."""

    async def send(self, message: Message, now: datetime) -> Outcome:
        """Sends a claimed message as things stand now; says what became of it and raises nothing but a cancellation."""

    def give_back(self) -> None:
        """What has not left for Telegram by now does not leave any more: it is `GivenBack`. What comes after may go."""
