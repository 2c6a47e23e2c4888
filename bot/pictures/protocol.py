"""How the bot and the process that draws speak: a length, and that many bytes, either way.

A pickled `Picture` in, for it comes from the parent and from nobody else; out, `DRAWN` and the PNG, or `FAILED` and the
kind of the error. The text of an error stays in the process, since it may hold what people wrote.
"""

from __future__ import annotations

import struct

LENGTH = struct.Struct(">I")
DRAWN, FAILED = b"\x01", b"\x00"
