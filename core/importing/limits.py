"""Limits on reading a file: a hostile file costs no more than about two seconds and 200 MB."""

MOST_BYTES = 20 * 2**20
"""Of a file; Telegram gives a bot no more."""

MOST_UNPACKED = 60 * 2**20
"""Bytes of all files in a zip together."""

MOST_FILES = 2_000
"""In a zip: Loop writes two for a habit."""

MOST_ROWS = 200_000
"""Of a table or a sheet, and days of all habits together: fifty habits in ten years have 182,500."""

MOST_LINES = 1_000_000
"""Of all sheets in Loop's zip: a hundred habits in ten years have 365,000. Most say nothing, and cost little."""

MOST_JSON_PARTS = 800_000
"""Commas and opening brackets of a JSON text, each of which becomes an object in memory."""

MOST_COLUMNS = 1_000
"""Of a sheet."""

MOST_CELLS = 3_000_000
"""Of a sheet, those that are empty too."""

MOST_HABITS = 1_999
"""With the vision above them as many as a tree has goals."""
