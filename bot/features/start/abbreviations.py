"""Short names of zones, in their usual sense: with summer time where people have it."""

from __future__ import annotations

_NEW_YORK, _CHICAGO, _DENVER, _ANGELES = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

MEANT: dict[str, tuple[str, ...]] = {
    "est": (_NEW_YORK, "America/Panama", "America/Jamaica"),
    "cst": (_CHICAGO, "America/Mexico_City", "Asia/Shanghai", "America/Havana"),
    "mst": (_DENVER, "America/Phoenix", "America/Hermosillo"),
    "pst": (_ANGELES, "America/Tijuana", "Asia/Manila"),
    **dict.fromkeys(("edt", "et", "eastern", "est5edt"), (_NEW_YORK,)),
    **dict.fromkeys(("cdt", "ct", "central", "cst6cdt"), (_CHICAGO,)),
    **dict.fromkeys(("mdt", "mt", "mst7mdt"), (_DENVER,)),
    "mountain": (_DENVER, "America/Phoenix"),
    **dict.fromkeys(("pdt", "pt", "pacific", "pst8pdt"), (_ANGELES,)),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "adt": ("America/Halifax",), "nst": ("America/St_Johns",), "ndt": ("America/St_Johns",),
    "akst": ("America/Anchorage",), "akdt": ("America/Anchorage",),
    "hst": ("Pacific/Honolulu",), "hast": ("Pacific/Honolulu",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"), "idt": ("Asia/Jerusalem",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "gmt": ("Europe/London", "Africa/Accra", "Atlantic/Reykjavik"),
    "cest": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"), "mez": ("Europe/Berlin",), "mesz": ("Europe/Berlin",),
    "eest": ("Europe/Athens", "Europe/Kyiv", "Europe/Helsinki", "Africa/Cairo"),
    "msk": ("Europe/Moscow",), "trt": ("Europe/Istanbul",), "gst": ("Asia/Dubai",), "irst": ("Asia/Tehran",),
    "pkt": ("Asia/Karachi",), "npt": ("Asia/Kathmandu",), "ict": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"),
    "wib": ("Asia/Jakarta",), "wita": ("Asia/Makassar",), "wit": ("Asia/Jayapura",), "sgt": ("Asia/Singapore",),
    "hkt": ("Asia/Hong_Kong",), "pht": ("Asia/Manila",), "jst": ("Asia/Tokyo",), "kst": ("Asia/Seoul",),
    "awst": ("Australia/Perth",), "acst": ("Australia/Adelaide", "Australia/Darwin"), "acdt": ("Australia/Adelaide",),
    "aest": ("Australia/Sydney", "Australia/Brisbane"), "aedt": ("Australia/Sydney",),
    "nzst": ("Pacific/Auckland",), "nzdt": ("Pacific/Auckland",), "sst": ("Asia/Singapore", "Pacific/Pago_Pago"),
    "sast": ("Africa/Johannesburg",), "wat": ("Africa/Lagos",), "eat": ("Africa/Nairobi",),
    "brt": ("America/Sao_Paulo",), "clt": ("America/Santiago",), "clst": ("America/Santiago",),
    "art": ("America/Argentina/Buenos_Aires",), "cot": ("America/Bogota",), "pet": ("America/Lima",),
}  # fmt: skip
"""The zones that an abbreviation may mean, likeliest first. A zone named "EST" would keep winter time for ever, so that
of the place with summer time is offered."""


def zones_of(text: str) -> tuple[str, ...]:
    """The zones that an abbreviation such as "EST" or "eastern time" (folded) may mean; empty for anything else."""
    name = text.replace(".", "").removesuffix(" standard time").removesuffix(" time")
    return MEANT.get(name, ())
