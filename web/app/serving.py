"""Serves the Mini App: the page uncached, all other files cached for ever under a path that contains their version."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from language.i18n import Words, parse_locale, words
from language.scripts import sentences
from web.app.files import Bundle, File, read_bundle
from web.paths import APP

FOR_EVER = "public, max-age=31536000, immutable"
COUNTS = 200
"""Plural forms are listed for counts up to this one; beyond, the form depends on the last two digits."""


class MiniApp:
    """The Mini App's files, read on first request."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._bundle: Bundle | None = None
        self._words: dict[str, File] = {}

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route(APP, self._page, methods=["GET"]),
            Route(f"{APP}/", _without_slash, methods=["GET"]),
            Route(f"{APP}/words/{{language}}", self._said, methods=["GET"]),
            Route(f"{APP}/{{version}}/{{path:path}}", self._file, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        bundle = await self._read()
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy(bundle.map_hash)}
        tag = f'"{bundle.version}"'
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={**headers, "ETag": tag})
        return _sent(request, bundle.page, {**headers, "ETag": tag, "Referrer-Policy": "no-referrer"})

    async def _file(self, request: Request) -> Response:
        bundle = await self._read()
        file = bundle.files.get(request.path_params["path"])
        if request.path_params["version"] != bundle.version or file is None:
            return PlainTextResponse("", 404, {"Cache-Control": "no-store"})
        return _sent(request, file, {"Cache-Control": FOR_EVER})

    async def _said(self, request: Request) -> Response:
        locale = parse_locale(request.path_params["language"][:20])
        if locale is None:
            return PlainTextResponse("", 404, {"Cache-Control": "no-store"})
        bundle = await self._read()
        if locale.language not in self._words:
            said = await asyncio.to_thread(translations, bundle, locale.language)
            self._words[locale.language] = File.of(json.dumps(said, ensure_ascii=False).encode(), ".json")
        return _sent(request, self._words[locale.language], {"Cache-Control": "no-cache"})

    async def _read(self) -> Bundle:
        async with self._lock:
            if self._bundle is None:
                self._bundle = await asyncio.to_thread(read_bundle)
            return self._bundle


def policy(map_hash: str) -> str:
    """The page's content security policy; it may be framed by Telegram's web clients and by this server's own pages."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' https://telegram.org '{map_hash}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org",
        )
    )


def translations(bundle: Bundle, language: str) -> Mapping[str, object]:
    """The translations of all sentences in the scripts, by the English sentence. Untranslated sentences are left out:
    the script has the English."""
    w, said = words(language), _sentences_of(bundle)
    plain = {sentence[0]: w.t(sentence[0]) for sentence in said if len(sentence) == 1}
    translated = {english: text for english, text in plain.items() if text != english}
    return {"words": translated, **_plurals([sentence for sentence in sorted(said) if len(sentence) == 2], w)}


def _plurals(several: Sequence[tuple[str, ...]], w: Words) -> Mapping[str, object]:
    """The plural forms of each sentence; `forms` gives the index of the form for each count."""
    by_count = [tuple(w.plural(one, more, count) for one, more in several) for count in range(COUNTS)]
    forms = list(dict.fromkeys(by_count))
    return {
        "several": {sentence[0]: [form[at] for form in forms] for at, sentence in enumerate(several)},
        "forms": [forms.index(form) for form in by_count],
    }


def _sentences_of(bundle: Bundle) -> set[tuple[str, ...]]:
    scripts = [file.content.decode() for path, file in bundle.files.items() if path.endswith(".js")]
    return {sentence for script in scripts for _, sentence in sentences(script)}


def _without_slash(request: Request) -> Response:
    return RedirectResponse("../app", 308)


def _sent(request: Request, file: File, headers: Mapping[str, str]) -> Response:
    more = {"X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding", **headers}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.compressed, headers={**more, "Content-Encoding": "gzip"}, media_type=file.media_type)
    return Response(file.content, headers=more, media_type=file.media_type)
