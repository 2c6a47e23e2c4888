"""The OpenAPI 3.1 document, generated from the endpoints and their shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from web.api.answers import Problem
from web.api.bodies import FORM, PARTS
from web.api.endpoint import JSON, Endpoint, Nothing
from web.api.shapes import Shape, title

Json = dict[str, Any]
_REFERENCE = "#/components/schemas/{model}"
_IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key again changes nothing, and is answered as the first time.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,100}$"},
}
_IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of an answer that the caller has: where nothing is new, the answer is 304.",
    "schema": {"type": "string"},
}
_MEANINGS = {
    "owner": "The chat whose trees are meant: the caller's own unless it is given.",
    "depth": "So many levels below the vision.",
    "includeProgress": "Whether the figures are told, too.",
    "on": "On that day: the owner's today unless it is given.",
    "visionId": "A tree, by the id of its vision.",
    "kpiId": "A goal that is logged itself.",
    "goalId": "A goal.",
    "logId": "An entry.",
    "pauseId": "A pause.",
    "tokenId": "A token.",
    "secret": "The secret of the address, from the chat.",
    "period": "The periods that hold the day.",
    "date": "The day.",
    "from": "The first day.",
    "to": "The last day.",
    "level": "Only goals of that level.",
    "cursor": "The `nextCursor` of the answer before.",
    "limit": "At most so many.",
    "sure": "Although it was logged.",
    "as": "The form of the file.",
    "dates": "The order of day, month and year in a sheet, where it is unsure.",
    "digest": "That of the preview, so that what is imported is what was seen.",
    "below": "The key of the goal that new ones are put below; without it they have a vision of their own.",
}
"""The descriptions of parameters."""


class _ByTitle(GenerateJsonSchema):
    def normalize_name(self, name: str) -> str:
        return super().normalize_name(name.removesuffix("Shape"))


def document(endpoints: Sequence[Endpoint]) -> Json:
    shapes = {one.body for one in endpoints} | {one.gives for one in endpoints if one.gives} | {Problem}
    schemas: Json = models_json_schema(
        [(shape, "validation") for shape in sorted(shapes - {Nothing}, key=lambda one: one.__name__)],
        ref_template=_REFERENCE,
        schema_generator=_ByTitle,
    )[1]["$defs"]
    paths: Json = {}
    for one in endpoints:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "goaltree",
            "version": "1",
            "description": "Goals as a tree: see it, and log in it. Errors are problem+json (RFC 9457).",
        },
        "servers": [{"url": "/api"}],
        "security": [{"token": []}, {"initData": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A personal token, from /token."},
                "initData": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`tma ` and the init data of a Mini App.",
                },
            },
        },
    }


def _operation(one: Endpoint) -> Json:
    parameters = _parameters(one)
    operation: Json = {
        "operationId": one.answer.__name__,
        "summary": one.summary,
        "description": f"Takes the scope `{one.scope.value}`.",
        "parameters": [*parameters, *_headers(one)],
        "responses": {**_answers(one), "default": {"description": "A problem.", "content": _problem()}},
    }
    if "secret" in one.path_names:
        operation["security"] = []
    if one.takes_file is not None:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    elif one.body is not Nothing:
        kinds = (JSON, FORM, PARTS) if one.takes_form else (JSON,)
        operation["requestBody"] = {"required": True, "content": _content(one.body, *kinds)}
    return operation


def _answers(one: Endpoint) -> Json:
    answer: Json = {"description": "Done."}
    if one.gives is not None:
        answer["content"] = _content(one.gives)
    elif one.files:
        answer["content"] = {kind: {} for kind in one.files}
    answers = {f"{one.status}": answer}
    if one.is_tagged:
        answer["headers"] = {"ETag": {"schema": {"type": "string"}}}
        answers["304"] = {"description": "What the caller has, by `If-None-Match`, is still so."}
    return answers


def _headers(one: Endpoint) -> list[Json]:
    if one.method == "GET":
        return [_IF_NONE_MATCH] if one.is_tagged else []
    return [_IDEMPOTENCY_KEY]


def _parameters(one: Endpoint) -> list[Json]:
    schema = one.query.model_json_schema(ref_template=_REFERENCE)
    required, definitions = schema.get("required", []), schema.get("$defs", {})
    in_path = one.path_names
    parameters = []
    for name, field in schema.get("properties", {}).items():
        place = "path" if name in in_path else "query"
        plain = _plain(field, definitions)
        meaning = {"description": _MEANINGS[name]}
        parameters.append({"name": name, "in": place, "required": name in required, **meaning, "schema": plain})
    return parameters


def _plain(field: Json, definitions: Json) -> Json:
    """A parameter's schema. An absent parameter is left out, not null."""
    choices = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    [one] = choices
    if "$ref" in one:
        one = definitions[one["$ref"].rsplit("/", 1)[-1]]
    return {name: value for name, value in one.items() if name not in ("title", "default")}


def _content(shape: type[Shape], *kinds: str) -> Json:
    return {kind: {"schema": {"$ref": _REFERENCE.format(model=title(shape))}} for kind in kinds or (JSON,)}


def _problem() -> Json:
    return {"application/problem+json": {"schema": {"$ref": _REFERENCE.format(model=Problem.__name__)}}}
