"""A zip file, read without trust: its contents are counted and measured before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from core.errors import ImportRefused
from core.importing.limits import MOST_BYTES, MOST_FILES, MOST_UNPACKED
from core.records import record

MAGIC = b"PK"
_END = b"PK\x05\x06"
_LARGEST_DIRECTORY = 2**20
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The supported compression methods; others cannot be unpacked in chunks within a limit."""


@record
class Archive:
    """The files of a zip by name; none is on disk."""

    names: tuple[str, ...]
    file: zipfile.ZipFile
    """Kept open: its directory is read once, and not for each of its files."""

    def named(self, name: str) -> list[str]:
        """The paths of the files with this name in any case, the nearest to the top first."""
        paths = [path for path in self.names if PurePosixPath(path).name.lower() == name.lower()]
        return sorted(paths, key=lambda path: (path.count("/"), path))

    def read(self, name: str) -> bytes:
        """The content of a file. Raises ImportRefused if it is damaged, or larger than a single file may be."""
        size = self.file.getinfo(name).file_size
        if size > MOST_BYTES:
            raise ImportRefused("file_too_large", size=size, most=MOST_BYTES)
        try:
            return self.file.read(name)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, *_DAMAGED):
            raise ImportRefused("zip_damaged") from None


_DAMAGED = (EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error)


def archive_of(raw: bytes) -> Archive:
    """The files of a zip. Raises ImportRefused if it is damaged, protected or too large, or has paths that lead
    outside."""
    end = raw.rfind(_END)
    if end < 0 or len(raw) < end + 22:
        raise ImportRefused("zip_damaged")
    # The directory is measured before it is read: each of its entries becomes an object.
    if int.from_bytes(raw[end + 12 : end + 16], "little") > _LARGEST_DIRECTORY:
        raise ImportRefused("zip_too_many_files", most=MOST_FILES)
    try:
        file = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, *_DAMAGED):
        raise ImportRefused("zip_damaged") from None
    infos = [info for info in file.infolist() if not info.is_dir()]
    _check(infos)
    return Archive(tuple(info.filename for info in infos if "__MACOSX" not in info.filename), file)


def _check(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Raises ImportRefused for a zip that must not be unpacked."""
    if len(infos) > MOST_FILES:
        raise ImportRefused("zip_too_many_files", most=MOST_FILES)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise ImportRefused("zip_too_large", most=MOST_UNPACKED)
    if any(_leads_elsewhere(info.filename) for info in infos):
        raise ImportRefused("zip_leads_elsewhere")
    if any(info.flag_bits & 1 for info in infos):
        raise ImportRefused("file_protected")
    if any(info.compress_type not in _PLAIN for info in infos):
        raise ImportRefused("zip_damaged")


def _leads_elsewhere(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name[:2] or ".." in PurePosixPath(name).parts
