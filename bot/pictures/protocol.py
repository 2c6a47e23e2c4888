"""The protocol between the bot and the drawing process: a length, then that many bytes, in both directions.

The request is a pickled `Picture`, which is safe because it comes from the parent only. The answer is `DRAWN` and the
PNG, or `FAILED` and the kind of the error. The error's message stays in the process, since it may contain what people
wrote.
"""

from __future__ import annotations

import struct

LENGTH = struct.Struct(">I")
DRAWN, FAILED = b"\x01", b"\x00"
