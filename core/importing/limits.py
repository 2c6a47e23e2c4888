"""Limits on reading a file: a hostile file costs no more than about two seconds and 200 MB."""

MOST_BYTES = 20 * 2**20
"""In a file; Telegram sends a bot no more."""

MOST_UNPACKED = 60 * 2**20
"""Bytes of all files in a zip."""

MOST_FILES = 2_000
"""In a zip: Loop writes two for a habit."""

MOST_ROWS = 200_000
"""In a table or sheet, and days of all habits: fifty habits have 182,500 in ten years."""

MOST_LINES = 1_000_000
"""In all sheets of Loop's zip: a hundred habits have 365,000 in ten years. Most make no entry, and cost little."""

MOST_JSON_PARTS = 800_000
"""Commas and opening brackets of a JSON text, each of which becomes an object in memory."""

MOST_COLUMNS = 1_000
"""In a sheet."""

MOST_CELLS = 3_000_000
"""In a sheet, empty ones included."""

MOST_HABITS = 1_999
"""With the vision as many as a tree may have goals."""
