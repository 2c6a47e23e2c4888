"""Files that were sent, in both directions."""

from __future__ import annotations

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from pathlib import PurePath

from sandbox.errors import ApiError, bad_request
from sandbox.objects import Json, Upload

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A file that Telegram keeps."""

    file_id: str
    path: str
    upload: Upload

    def json(self) -> Json:
        """The fields of every file."""
        unique = hashlib.sha256(self.upload.content).hexdigest()[:16]
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.upload.content)}

    def document(self) -> Json:
        """As a `Document`."""
        return {"file_name": self.upload.name, "mime_type": self.upload.mime, **self.json()}


class FileStore:
    """Keeps files in memory, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        """Store an upload. Above 50 MB it is refused with 413, as by Telegram."""
        if len(upload.content) > MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        if not upload.content:
            raise bad_request("file must be non-empty")
        number = len(self._by_id)
        file = StoredFile(f"file-{number}", f"{folder}/file_{number}{PurePath(upload.name).suffix}", upload)
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def find(self, file_id: str) -> StoredFile:
        """The file with this id; 400 if there is none."""
        if file_id not in self._by_id:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """The file at this download path."""
        return self._by_path.get(path)


def file_json(file: StoredFile) -> Json:
    """The answer of `getFile`; a bot cannot download files over 20 MB."""
    if len(file.upload.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}


def mime_of(name: str) -> str:
    """The media type that Telegram derives from a file's name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; 400 for anything else."""
    if len(content) > MAX_PHOTO:
        raise bad_request("file is too big for a photo")
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        at = 2
        while at + 9 < len(content) and content[at] == 0xFF:
            marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
            at += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")
