"""The plan outline (design.md §5): a tree as indented lines, as a person types it into a chat and gets it back.

    Run a marathon (until 2027-04-30)
      Q: 600 km a quarter = 600 km sum
        M: 200 km a month = 200 km sum
          W: 50 km a week = 50 km sum
            D: Run = 5 km
            D: Stretch [mon wed fri] x2
            D!: Buy shoes (on 2026-11-14)
      W: Gym = 3 times

Lines that are not indented (or as little as the first) are visions; deeper lines stand under the line above them. Where
no line is indented, a line with a letter is a goal, and stands under the last line above of a longer period.
Every other line begins with a level letter, `Q: M: W: D:` for a KPI of that level, with `!` for a target of one period
(`Q!: M!: W!: D!:`), or `P:` for a power goal; then comes the title. What may follow, in any order:

| written | means |
|---|---|
| `= 600 km sum` | the target, its unit (one word, or several in "quotes") and one word for how it adds up |
| `sum avg average min max count` | after the target, or alone at the end of the line: a parent's strategy |
| `sum last max min average avg count` | after the target: a number leaf's aggregate (sum if there is none) |
| `= 3 times`, `= 3 days` | on a weekly or coarser leaf: a check that wants three days |
| `= 3 check` | the same on any leaf |
| `each`, `each count` | in a group, behind the target or the title: everyone does it, and how they add up |
| `[mon wed fri]`, `[weekdays]`, `[weekends]`, `[mon-fri]` | the weekdays of a daily goal |
| `x2` | the weight |
| `(from 2026-11-01 until 2026-11-30)`, `(from …)`, `(until …)`, `(on …)` | when it is active |

Below a goal, lines of their own say what is asked of it later and when it is paused (see `later`).

Phrases that can mean nothing else say the same without signs: "at most 2 cups", "3 times a week", "every other day",
"on Sundays", "by 30 June" (see `phrases`).

A leaf with a target measures a number, a leaf without one is a check. A parent with a target and a unit but no word is
a sum if all below it adds up in that unit. A vision without `from` starts today. `= 10 min` means minutes: a keyword
right after the number is a unit only there; `= 10 "" min` has no unit. A title that could be read as more than a title
stands in "double quotes". Bullets in front of a line are dropped. Keys, finished parts and anything without effect (the
strategy of a leaf, the unit of a check without target) are not printed.
"""

from __future__ import annotations

from core.planning.outline.keys import assign_keys
from core.planning.outline.parsing import parse_outline
from core.planning.outline.printing import print_changes, print_line, print_outline, print_plan

__all__ = ["assign_keys", "parse_outline", "print_changes", "print_line", "print_outline", "print_plan"]
