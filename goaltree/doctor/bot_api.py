"""The doctor's checks of Telegram: the token, the webhook and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.telegram.check import TelegramCheck, Unreachable, check_telegram
from goaltree.doctor.findings import Finding, fail, ok, warn
from goaltree.settings import Settings
from goaltree.text_views import ago

SKEW = timedelta(seconds=10)
LARGEST_SKEW = timedelta(minutes=5)
RECENT = timedelta(hours=1)
MANY_WAITING = 100


async def at_telegram(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    """The findings at Telegram; a single one without a token or a network."""
    if settings.bot_token is None:
        do = "Get one from @BotFather (/newbot) and set GOALTREE_BOT_TOKEN. goaltree chat needs none."
        return [fail("token", "GOALTREE_BOT_TOKEN is not set", do)]
    asked = clock()
    try:
        said = await check_telegram(settings.token(), settings.api)
    except Unreachable as error:
        says = f"{settings.api} cannot be reached ({error}): token, webhook and clock were not looked at"
        return [
            warn("Telegram", says, "Look at the network, and at a firewall or proxy; the bot waits and tries again.")
        ]
    if said.username is None:
        do = "BotFather shows the token under /mybots; a new one is made by /revoke."
        return [fail("token", f"{settings.api} does not know it", do)]
    findings = [ok("token", f"it is that of @{said.username}"), _webhook(settings, said, asked)]
    return [*findings, _clock(said, asked + (clock() - asked) / 2)]


def _webhook(settings: Settings, said: TelegramCheck, now: datetime) -> Finding:
    wanted = settings.webhook_url or ""
    if said.webhook != wanted:
        return _misdirected(said, wanted)
    if not wanted:
        return ok("webhook", f"none, as it should be; {said.waiting} updates wait")
    if said.webhook_error and (said.waiting or _is_recent(said.webhook_error_at, now)):
        when = f" {ago(said.webhook_error_at, now)}" if said.webhook_error_at else ""
        says = f"Telegram could not deliver{when}: {said.webhook_error}; {said.waiting} updates wait"
        return warn("webhook", says, "Look whether goaltree run is up, and at the proxy before it and its certificate.")
    if said.waiting > MANY_WAITING:
        says = f"{said.waiting} updates wait at Telegram"
        return warn("webhook", says, "goaltree run does not keep up, or puts them off: read its log.")
    return ok("webhook", f"{said.webhook}; {said.waiting} updates wait")


def _misdirected(said: TelegramCheck, wanted: str) -> Finding:
    """The finding that updates go to the wrong address."""
    if not wanted:
        do = "goaltree run removes it when it starts; if it comes back, another program uses this token."
        return warn("webhook", f"updates go to {said.webhook}, and the bot is to ask for them itself", do)
    do = "goaltree run sets it when it starts; if it changes again, another program uses this token."
    where = f"updates go to {said.webhook}" if said.webhook else "updates go nowhere"
    return warn("webhook", f"{where}, and should go to {wanted}", do)


def _is_recent(at: datetime | None, now: datetime) -> bool:
    # Telegram remembers the last error for ever.
    return at is not None and now - at < RECENT


def _clock(said: TelegramCheck, now: datetime) -> Finding:
    if said.server_time is None:
        return ok("clock", "the server tells no time to compare with")
    off = abs(now - said.server_time)
    if off <= SKEW:
        return ok("clock", "as Telegram's")
    says = f"{off.total_seconds():.0f} s {'ahead of' if now > said.server_time else 'behind'} Telegram's"
    do = "Prompts come that much too early or late: let the machine's clock be set by NTP (timedatectl set-ntp true)."
    return fail("clock", says, do) if off > LARGEST_SKEW else warn("clock", says, do)
