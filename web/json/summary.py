"""The summary of a day as JSON."""

from __future__ import annotations

from typing import Any

from core.goals.reading import Summary


def summary_json(summary: Summary) -> dict[str, Any]:
    return {
        "daily": {"completed": summary.daily.completed, "total": summary.daily.total, "rate": summary.daily.rate},
        "weekly": {"progress": summary.weekly.progress, "kpisOnTrack": summary.weekly.well},
        "monthly": {"progress": summary.monthly.progress, "milestonesHit": summary.monthly.well},
        "quarterly": {"progress": summary.quarterly.progress, "powerGoalsOnTrack": summary.quarterly.well},
        "yearly": {"progress": summary.yearly.progress, "kpisOnTrack": summary.yearly.well},
        "streaks": {
            "best": summary.streaks.best,
            "average": float(summary.streaks.average),
            "total": summary.streaks.total,
        },
    }
