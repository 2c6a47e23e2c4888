"""`goaltree doctor`: checks everything that the bot depends on, and says how to repair each fault."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime

from goaltree.doctor.bot_api import at_telegram
from goaltree.doctor.database import in_database
from goaltree.doctor.findings import Finding, Health, fail
from goaltree.doctor.machine import of_data_dir, of_disk, of_settings, of_zones
from goaltree.settings import BadSetting, load


async def doctor(*, as_json: bool) -> int:
    """Print the findings; return 1 if any check fails, else 0."""
    # The checks report through their findings, not through the log.
    logging.basicConfig(level=logging.CRITICAL)
    findings = []
    async for finding in _findings():
        findings.append(finding)
        if not as_json:
            print(finding)
    failing = [finding for finding in findings if finding.state is Health.FAIL]
    if as_json:
        print(json.dumps({"ok": not failing, "findings": [asdict(finding) for finding in findings]}, indent=1))
    return 1 if failing else 0


async def _findings() -> AsyncIterator[Finding]:
    try:
        settings = load()
    except BadSetting as error:
        yield fail(
            "settings", str(error), "Mend it in the environment or in .env: nothing else can be looked at before."
        )
        return
    for finding in [*of_settings(settings), *of_data_dir(settings), *of_disk(settings), *of_zones()]:
        yield finding
    for finding in await in_database(settings, datetime.now(UTC)):
        yield finding
    for finding in await at_telegram(settings, lambda: datetime.now(UTC)):
        yield finding
