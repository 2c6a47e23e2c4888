"""The summary of an hour: slopes after the warm-up, and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import linear_regression, median
from typing import Any

from benchmarks.chart import Chart, Curve, write_png
from benchmarks.harness import Row, at_most

Sample = dict[str, float]


def rows_of(report: dict[str, Any], warm_up: float) -> list[Row]:
    """The figures that must stay flat, and the costs."""
    samples: Sequence[Sample] = report["samples"]
    settled = [sample for sample in samples if sample["at_s"] >= warm_up * samples[-1]["at_s"]]
    third = max(1, len(settled) // 3)
    early, late = settled[:third], settled[-third:]

    def slope(name: str) -> float:
        """The slope per hour."""
        points = [(sample["at_s"] / 3600, sample[name]) for sample in settled if name in sample]
        return linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else 0.0

    def typical(of: Sequence[Sample], name: str) -> float:
        return median(sample[name] for sample in of if name in sample)

    seconds = samples[-1]["at_s"] - samples[0]["at_s"]
    cpu = (samples[-1]["cpu_s"] - samples[0]["cpu_s"]) / seconds if seconds else 0.0
    beside = "in the first third"
    rows = [
        Row("memory", typical(late, "memory_mb"), "MB", beside, typical(early, "memory_mb"), at_most(1.05)),
        Row("memory, slope", slope("memory_mb"), "MB/h"),
        Row("blocks held by Python", typical(late, "blocks"), "", beside, typical(early, "blocks"), at_most(1.05)),
        Row("file descriptors", typical(late, "fds"), "", beside, typical(early, "fds"), at_most(1.05)),
        Row("file descriptors, slope", slope("fds"), "/h"),
        Row("threads", typical(late, "threads"), "", beside, typical(early, "threads"), at_most(1.5)),
    ]
    rows += [
        Row(f"wait for an answer, {p}", typical(late, f"{p}_ms"), "ms", beside, typical(early, f"{p}_ms"), hold)
        for p, hold in (("p50", at_most(1.5)), ("p95", at_most(1.5)), ("p99", None))
    ]
    return [
        *rows,
        Row("lateness of the loop, p99", typical(late, "loop_late_p99_ms"), "ms", beside,
            typical(early, "loop_late_p99_ms")),
        Row("database", samples[-1]["database_mb"], "MB"),
        Row("share of a core", cpu * 100, "%"),
        Row("answers", sum(sample["answers"] for sample in samples), ""),
        Row("not answered", report["done"].get("not answered", 0), "", hold=at_most(0), absolute=True),
    ]  # fmt: skip


def writer_of_picture(samples: Sequence[Sample], path: Path) -> None:
    """Draw memory, descriptors and waits over time."""

    def curve(label: str, name: str, times: float = 1) -> Curve:
        return Curve(label, [(s["at_s"] / 60, s[name] * times) for s in samples if s.get(name, 0) > 0])

    chart = Chart(
        "The bot in use",
        "minutes",
        "memory, descriptors, milliseconds (log)",
        [
            curve("memory (MB)", "memory_mb"),
            curve("file descriptors", "fds"),
            curve("threads", "threads"),
            curve("wait, p50 (ms)", "p50_ms"),
            curve("wait, p95 (ms)", "p95_ms"),
            curve("database (MB)", "database_mb"),
        ],
        log_x=False,
        marks=False,
    )
    write_png([chart], path)
