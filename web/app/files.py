"""The Mini App's files, read and compressed once, with a version for all of them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from core.records import record

STATIC = Path(__file__).parent / "static"
INDEX = "index.html"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".LICENSE": "text/plain; charset=utf-8",
}
_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*?["'](\.[^"']+)["']""", re.MULTILINE)


@record
class File:
    """A file: its bytes, plain and compressed, and its media type."""

    content: bytes
    compressed: bytes
    media_type: str

    @classmethod
    def of(cls, content: bytes, suffix: str) -> File:
        """The file with this content; its media type follows from the suffix."""
        return cls(content, gzip.compress(content, 9, mtime=0), _TYPES[suffix])


@record
class Bundle:
    """All files by path, their common version, the page, and the hash of its import map."""

    files: Mapping[str, File]
    version: str
    page: File
    map_hash: str


def read_bundle(folder: Path = STATIC) -> Bundle:
    """Read and compress the folder. Raises OSError."""
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in _TYPES
    }
    together = hashlib.sha256()
    for path, content in contents.items():
        together.update(f"{path}\n{len(content)}\n".encode() + content)
    version = together.hexdigest()[:16]
    imports = _import_map(contents, version)
    page = _page(contents, version, imports)
    files = {path: File.of(content, Path(path).suffix) for path, content in contents.items() if path != INDEX}
    return Bundle(files, version, File.of(page, ".html"), _hash_of(imports.encode()))


def first_scripts(contents: Mapping[str, bytes], start: str = "main.js") -> list[str]:
    """A script and everything that it imports by path, directly or not."""
    scripts, waiting = dict[str, None](), [start]
    while waiting:
        path = waiting.pop()
        if path in scripts:
            continue
        scripts[path] = None
        base = Path("/", path).parent
        for target in _IMPORT.findall(contents[path].decode()):
            waiting.append(_joined(base, target))
    return sorted(scripts)


def _joined(base: Path, target: str) -> str:
    parts: list[str] = list(base.parts[1:])
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _import_map(contents: Mapping[str, bytes], version: str) -> str:
    vendored = json.loads(contents["vendor/vendor.json"])
    names = {one["import"]: f"./app/{version}/vendor/{one['file']}" for one in vendored}
    return json.dumps({"imports": names}, separators=(",", ":"))


def _page(contents: Mapping[str, bytes], version: str, imports: str) -> bytes:
    vendored = [f"vendor/{one['file']}" for one in json.loads(contents["vendor/vendor.json"])]
    preloads = "\n".join(
        f'<link rel="modulepreload" href="app/{version}/{path}">' for path in (*vendored, *first_scripts(contents))
    )
    page = contents[INDEX].decode()
    for name, value in (("VERSION", version), ("IMPORTS", imports), ("PRELOADS", preloads)):
        page = page.replace(f"[[{name}]]", value)
    return page.encode()


def _hash_of(script: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode()
