"""The Mini App's files: their caching, their size, and whether libraries are as published."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from language.scripts import sentences
from web.app.files import STATIC, read_bundle
from web.app.serving import MiniApp, policy, translations

MOST = 60 * 1024
"""The most bytes of the first load, compressed."""
VENDOR = STATIC / "vendor"


@pytest_asyncio.fixture(loop_scope="session")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client that asks for the app's files."""
    app = Starlette(routes=MiniApp().routes)
    app.router.redirect_slashes = False
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield client


async def test_the_page_is_never_cached_and_all_else_is_cached_for_ever(client: httpx.AsyncClient) -> None:
    page = await client.get("/app")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-cache")
    assert page.headers["content-encoding"] == "gzip"
    again = await client.get("/app", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    [script] = re.findall(r'<script type="module" src="(.*?)"', page.text)
    main = await client.get(f"/{script}")
    assert main.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert main.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (await client.get("/app/0000000000000000/main.js")).status_code == 404
    for path in ("..%2fserving.py", "index.html", "vendor", "nothing.js"):
        assert (await client.get(f"/{script.replace('main.js', path)}")).status_code == 404
    slash = await client.get("/app/")
    assert (slash.status_code, slash.headers["location"]) == (308, "../app")
    plain = await client.get("/app", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == page.text


async def test_the_page_runs_its_own_scripts_and_telegrams_alone(client: httpx.AsyncClient) -> None:
    page = await client.get("/app")
    said = page.headers["content-security-policy"]
    [imports] = re.findall(r'<script type="importmap">(.*?)</script>', page.text)
    digest = base64.b64encode(hashlib.sha256(imports.encode()).digest()).decode()
    assert said == policy(f"sha256-{digest}")
    assert "unsafe" not in said
    assert "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org" in said


async def test_the_first_load_is_small(client: httpx.AsyncClient) -> None:
    page = await client.get("/app")
    wanted = set(re.findall(r'(?:href|src)="(app/.*?)"', page.text))
    assert len(wanted) > 8
    sizes = {path: int((await client.get(f"/{path}")).headers["content-length"]) for path in wanted}
    assert int(page.headers["content-length"]) + sum(sizes.values()) <= MOST, sizes


@pytest.mark.parametrize("one", json.loads((VENDOR / "vendor.json").read_text()), ids=lambda one: one["file"])
def test_vendored_files_are_the_published_ones(one: dict[str, str]) -> None:
    digest = hashlib.sha384((VENDOR / one["file"]).read_bytes()).digest()
    assert one["integrity"] == "sha384-" + base64.b64encode(digest).decode()
    assert re.fullmatch(r"\d+\.\d+\.\d+", one["version"])
    assert one["licence"] in ("MIT", "Apache-2.0")
    assert len((VENDOR / one["licenceFile"]).read_text()) > 500


def test_nothing_is_vendored_unseen() -> None:
    listed = {one[name] for one in json.loads((VENDOR / "vendor.json").read_text()) for name in ("file", "licenceFile")}
    assert {path.name for path in VENDOR.iterdir()} == {*listed, "vendor.json"}


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.relative_to(STATIC).as_posix())
def test_a_sentence_is_a_literal_so_that_extraction_finds_it(path: Path) -> None:
    script = path.read_text()
    calls = re.findall(r"(?<![\w.$])(?<!function )[tn]\(", script)
    assert len(calls) == len(list(sentences(script)))


def test_a_language_has_every_form_of_a_plural(tmp_path: Path) -> None:
    bundle = read_bundle()
    said = translations(bundle, "en")
    assert said["words"] == {}
    forms = said["forms"]
    assert isinstance(forms, list)
    assert (forms[0], forms[1], forms[2], len(forms)) == (0, 1, 0, 200)
    assert bundle.version == read_bundle().version


async def test_the_words_of_a_language(client: httpx.AsyncClient) -> None:
    said = (await client.get("/app/words/de")).json()
    assert set(said) == {"words", "several", "forms"}
    assert (await client.get("/app/words/xx")).status_code == 404
