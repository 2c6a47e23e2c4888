"""The repositories within one transaction: `core.ports.store.Transaction` on a SQLAlchemy connection."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection

from storage.repositories.absences import SqlAbsences
from storage.repositories.cache import SqlCacheRows
from storage.repositories.check_offs import SqlCheckOffs
from storage.repositories.confirmations import SqlConfirmations
from storage.repositories.conversations import SqlConversations
from storage.repositories.edits import SqlEdits
from storage.repositories.endings import SqlEndings
from storage.repositories.entries import SqlEntries
from storage.repositories.inbox import SqlInbox
from storage.repositories.journal import SqlJournal
from storage.repositories.living import SqlLivingMessages
from storage.repositories.members import SqlMembers
from storage.repositories.outbox import SqlOutbox
from storage.repositories.owners import SqlOwners
from storage.repositories.pauses import SqlPauses
from storage.repositories.plan_messages import SqlPlanMessages
from storage.repositories.publications import SqlPublications
from storage.repositories.reminders import SqlReminders
from storage.repositories.requests import SqlRequests
from storage.repositories.shares import SqlShares
from storage.repositories.statistics import SqlStatistics
from storage.repositories.tokens import SqlTokens
from storage.repositories.trees import SqlTrees
from storage.sql import Sql


class SqlTransaction:
    """Repositories are created on first use, since a unit of work uses two or three of them."""

    def __init__(self, connection: Connection, sql: type[Sql] = Sql) -> None:
        self._sql = sql(connection)

    @property
    def sql(self) -> Sql:
        """The driver's side of the connection."""
        return self._sql

    @property
    def statements_of_check_off(self) -> int:
        """The number of statements so far if one of them belonged to a check-off, else 0."""
        return self._sql.statements if "check_offs" in vars(self) else 0

    @cached_property
    def owners(self) -> SqlOwners:
        return SqlOwners(self._sql)

    @cached_property
    def members(self) -> SqlMembers:
        return SqlMembers(self._sql)

    @cached_property
    def absences(self) -> SqlAbsences:
        return SqlAbsences(self._sql)

    @cached_property
    def shares(self) -> SqlShares:
        return SqlShares(self._sql)

    @cached_property
    def publications(self) -> SqlPublications:
        return SqlPublications(self._sql)

    @cached_property
    def confirmations(self) -> SqlConfirmations:
        return SqlConfirmations(self._sql)

    @cached_property
    def trees(self) -> SqlTrees:
        return SqlTrees(self._sql)

    @cached_property
    def entries(self) -> SqlEntries:
        return SqlEntries(self._sql)

    @cached_property
    def cache(self) -> SqlCacheRows:
        return SqlCacheRows(self._sql)

    @cached_property
    def pauses(self) -> SqlPauses:
        return SqlPauses(self._sql)

    @cached_property
    def edits(self) -> SqlEdits:
        return SqlEdits(self._sql)

    @cached_property
    def endings(self) -> SqlEndings:
        return SqlEndings(self._sql)

    @cached_property
    def check_offs(self) -> SqlCheckOffs:
        return SqlCheckOffs(self._sql)

    @cached_property
    def conversations(self) -> SqlConversations:
        return SqlConversations(self._sql)

    @cached_property
    def plan_messages(self) -> SqlPlanMessages:
        return SqlPlanMessages(self._sql)

    @cached_property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self._sql)

    @cached_property
    def reminders(self) -> SqlReminders:
        return SqlReminders(self._sql)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._sql)

    @cached_property
    def living(self) -> SqlLivingMessages:
        return SqlLivingMessages(self._sql)

    @cached_property
    def journal(self) -> SqlJournal:
        return SqlJournal(self._sql)

    @cached_property
    def tokens(self) -> SqlTokens:
        return SqlTokens(self._sql)

    @cached_property
    def requests(self) -> SqlRequests:
        return SqlRequests(self._sql)

    @cached_property
    def statistics(self) -> SqlStatistics:
        return SqlStatistics(self._sql)
