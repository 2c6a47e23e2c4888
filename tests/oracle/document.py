"""All visions of a document, and a day's figures over all of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

from tests.oracle.node import OracleNode
from tests.oracle.said import WEEKDAYS, Json, SaidVision


class Oracle:
    """All visions of a document, with the entries dated up to a day (by default all)."""

    def __init__(self, document: Json, up_to: date = date.max) -> None:
        week_start = document.get("owner", {}).get("week_start") or "monday"
        number = WEEKDAYS.index(str(week_start).lower()[:3])
        entries = [e for e in document.get("entries") or [] if date.fromisoformat(e["date"]) <= up_to]
        pauses = document.get("pauses") or []
        visions = [SaidVision(said, entries, number, pauses) for said in document["visions"]]
        roots = [OracleNode(vision, vision.said, None) for vision in visions]
        self.nodes = {node.key: node for root in roots for node in root.walk()}

    def summary(self, today: date) -> Json:
        nodes = list(self.nodes.values())
        counting = [node for node in nodes if node.status(today) not in ("off", "inactive", "tracked")]
        goals = [node for node in counting if "member" not in node.said]

        def mean_percent(level: str) -> int:
            shares = [node.progress(node.period(today)) or Fraction(0) for node in goals if node.level == level]
            return floor(100 * sum(shares, Fraction(0)) / len(shares)) if shares else 0

        def good(node: OracleNode) -> bool:
            return node.status(today) in ("done", "on_track")

        def of_level(level: str) -> Json:
            on_track = sum(1 for node in goals if node.level == level and good(node))
            return {"progress": mean_percent(level), "kpisOnTrack": on_track}

        daily = [node for node in counting if node.is_leaf and node.level == "daily"]
        completed = sum(1 for node in daily if node.progress(node.period(today)) == 1)
        streaks = [node.streak(today) for node in nodes if node.has_streak(today) and node.is_active(today)]
        total = sum(current for current, _ in streaks)
        return {
            "daily": {
                "completed": completed,
                "total": len(daily),
                "rate": floor(Fraction(100 * completed, len(daily))) if daily else 0,
            },
            "weekly": of_level("weekly"),
            "monthly": {
                "progress": mean_percent("monthly"),
                "milestonesHit": sum(1 for n in goals if n.level == "monthly" and n.status(today) == "done"),
            },
            "quarterly": {
                "progress": mean_percent("quarterly"),
                "powerGoalsOnTrack": sum(1 for node in goals if node.kind == "power_goal" and good(node)),
            },
            "yearly": of_level("yearly"),
            "streaks": {
                "best": max((best for _, best in streaks), default=0),
                "average": float(Fraction(total, len(streaks))) if streaks else 0.0,
                "total": total,
            },
        }
