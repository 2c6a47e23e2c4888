"""The generator: from an aim to a proposed tree. Values in, values out: no clock, no store, no sentences.

| aim | tree |
|---|---|
| an amount by a date | a target, then years, quarters, months and weeks as sums, then a day's share |
| an amount, a tick, a limit or a note each day, week … | that goal; a year's amount by months where it divides |
| from one value to another, or a best value | a target |
| nothing that can be counted | one thing to tick off, or steps that are still to be filled in |
"""

from __future__ import annotations

from core.planning.generate.aim import Aim, PlanTitles
from core.planning.generate.cascade import usual
from core.planning.generate.goal import logged_alone
from core.planning.generate.proposal import Proposal, propose, share_of
from core.planning.generate.shares import AmountShare, PeriodPart

__all__ = ["Aim", "AmountShare", "PeriodPart", "PlanTitles", "Proposal", "logged_alone", "propose", "share_of", "usual"]
