"""The doctor's checks of the database: whether it answers, its schema, and the times noted in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.actions import deliver
from core.ports.journal import Note
from core.ports.statistics import Counts
from core.ports.store import Transaction
from goaltree.doctor.findings import Finding, fail, ok, warn
from goaltree.settings import Settings
from goaltree.text_views import ago
from scheduler.nightly import BACKUP, VERIFICATION
from scheduler.postman import NOTED_EVERY, TICK
from storage import file_of, is_a_file, is_at_head, open_store

A_NIGHT_MISSED = timedelta(hours=50)
"""Two nights and a little: nightly work older than this was missed."""
LATE = timedelta(minutes=10)


async def in_database(settings: Settings, now: datetime) -> list[Finding]:
    """The findings in the database, about itself and about the running bot. Nothing is created or written."""
    try:
        file = file_of(settings.url)
    except ValueError as error:
        return [fail("database", str(error), "Mend GOALTREE_DATABASE_URL.")]
    if file is not None and not file.exists():
        return [ok("database", f"{file} is not there yet: goaltree run makes it")]
    try:
        if not await is_at_head(settings.url):
            if file is not None:
                return [ok("database", "of an earlier version: goaltree run brings it up to date")]
            return [fail("database", "its tables are not of this version", "Run goaltree migrate, then the bot.")]
        async with open_store(settings.url) as store:
            notes, counts = await store.read(lambda tx: _what_it_holds(tx, now))
    except Exception as error:
        # Any error of a driver: an address, a password, a broken file
        says = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
        do = "Look whether it runs and GOALTREE_DATABASE_URL is right; a broken file: docs/operating.md, “Restore”."
        return [fail("database", f"cannot be used ({says})", do)]
    findings = [ok("database", f"has the shape of this version: {counts.trees} trees, {counts.entries} entries")]
    findings += [_tick(notes.get(TICK), now), _verification(notes.get(VERIFICATION), now)]
    findings += [_backup(settings, notes.get(BACKUP), now), *_people(counts), *_messages(counts, now)]
    return findings


def _what_it_holds(tx: Transaction, now: datetime) -> tuple[dict[str, Note], Counts]:
    return tx.journal.all(), tx.statistics.counts(now)


def _tick(last: Note | None, now: datetime) -> Finding:
    if last is None:
        return warn("ticks", "goaltree run has not run on this database yet", "Start it.")
    if now - last.at > 4 * NOTED_EVERY:
        return warn(
            "ticks", f"the last one was {ago(last.at, now)}", "goaltree run stands still: start it, or read its log."
        )
    return ok("ticks", f"the last one was {ago(last.at, now)}")


def _verification(last: Note | None, now: datetime) -> Finding:
    if last is None:
        return ok("verification", "none yet: the first comes at night")
    if last.detail.get("differences"):
        says = f"{last.detail['differences']} figure(s) were not what the entries say, {ago(last.at, now)}"
        return fail("verification", says, "Run goaltree verify to see them, goaltree rebuild to repair them.")
    if now - last.at > A_NIGHT_MISSED:
        return warn("verification", f"the last one was {ago(last.at, now)}", "goaltree run should run at night.")
    return ok("verification", f"every figure was right {ago(last.at, now)}")


def _backup(settings: Settings, last: Note | None, now: datetime) -> Finding:
    if not is_a_file(settings.url):
        return ok("backup", "of PostgreSQL none is taken by itself: have `goaltree backup` or pg_dump run every night")
    if settings.backups == 0:
        return warn("backup", "GOALTREE_BACKUPS is 0: none is taken", "Take them yourself, with goaltree backup.")
    if last is None:
        return ok("backup", "none yet: the first comes at night")
    if now - last.at > A_NIGHT_MISSED:
        return warn("backup", f"the last one was {ago(last.at, now)}", "Read the log of goaltree run for why.")
    return ok("backup", f"the last one was {ago(last.at, now)}")


def _people(counts: Counts) -> list[Finding]:
    if not counts.unreachable:
        return []
    says = f"{counts.unreachable} of {counts.people + counts.groups} chats have blocked the bot or are gone"
    return [ok("people", f"{says}: they are asked nothing until they write again")]


def _messages(counts: Counts, now: datetime) -> list[Finding]:
    findings = []
    if dead := counts.outbox.get("dead", 0):
        says = f"{dead} could not be delivered in the last {deliver.KEPT.days} days"
        findings.append(warn("messages", says, "The log of goaltree run has the reason of each."))
    oldest = counts.oldest_undelivered
    if oldest is not None and now - oldest > LATE:
        says = f"the one that waits longest was written {ago(oldest, now)}"
        findings.append(
            warn("messages", says, "Telegram cannot be reached, or goaltree run stands still: read its log.")
        )
    return findings or [ok("messages", "none is late, none could not be delivered")]
