"""Holds a mapping against the product's own OpenAPI document: what it asks for must be there, and nothing forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from kijun.model.api_mapping import ApiMapping, Ask, Field
from kijun.model.errors import Position, Problem

_METHODS = ("get", "post", "put", "patch", "delete")
_LEFT_TO_HTTP = {"accept", "content-type", "authorization"}  # OpenAPI ignores parameters of these names


def openapi_problems(mapping: ApiMapping, document: Any, at: Position) -> list[Problem]:
    """Everything that the document contradicts. `at` is where the mapping names the document."""
    paths = document.get("paths") if isinstance(document, dict) else None
    if not isinstance(paths, dict):
        return [Problem(at, "OpenAPI 文書に paths がありません。", "openapi の場所を確かめてください。")]
    api = _Api(document)
    common = {name.lower() for name in mapping.headers}
    problems: list[Problem] = []
    for name, operation in mapping.operations.items():
        paged = {operation.paging.page} - {""} if operation.paging else set()
        problems += api.faults(f"操作「{name}」", operation.ask, operation.inputs, common, paged)
    steps = [*mapping.opening, *mapping.closing, *([mapping.identity_ask] if mapping.identity_ask else [])]
    for ask in steps:
        problems += api.faults(f"「{ask.method} {ask.path.shape}」", ask, (), set(), set())
    return problems


class _Api:
    """A document with its paths indexed by shape: `/cars/{}` whatever the placeholder is called."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._paths = {re.sub(r"\{[^{}]*\}", "{}", path): entry for path, entry in document["paths"].items()}

    def faults(
        self, who: str, ask: Ask, inputs: Iterable[Field], headers: set[str], query: set[str]
    ) -> Iterator[Problem]:
        if ask.path.shape not in self._paths:
            near = get_close_matches(ask.path.shape, list(self._paths), n=1, cutoff=0.5)
            hint = f"「{near[0]}」のことですか。" if near else "道筋を文書と照らしてください。"
            yield Problem(ask.at, f"{who}の道筋 {ask.path.shape} が OpenAPI 文書にありません。", hint)
            return
        entry = self._deref(self._paths[ask.path.shape])
        if ask.method.lower() not in entry:
            known = "、".join(one.upper() for one in _METHODS if one in entry)
            yield Problem(
                ask.at, f"{who}の {ask.path.shape} に {ask.method} がありません。", f"あるのは {known} です。"
            )
            return
        told = self._deref(entry[ask.method.lower()])
        parameters = [self._deref(one) for one in (*entry.get("parameters", ()), *told.get("parameters", ()))]
        yield from _parameter_faults(
            who, ask, parameters, _placed(inputs, "query") | query, headers | _placed(inputs, "header")
        )
        yield from self._body_faults(who, ask, told, _placed(inputs, "body"))

    def _body_faults(self, who: str, ask: Ask, told: Mapping[str, Any], mapped: set[str]) -> Iterator[Problem]:
        """Only the first level of a JSON object is compared."""
        content = self._deref(told.get("requestBody")).get("content", {})
        form = self._deref(self._deref(content.get("application/json")).get("schema"))
        filled = mapped | {path.split(".")[0] for path in ask.body}
        properties = set(form.get("properties", ()))
        for name in sorted(set(form.get("required", ())) - filled):
            yield Problem(
                ask.at, f"{who}の本文に必須の「{name}」を写していません。", "inputs か body に書いてください。"
            )
        if properties and not form.get("additionalProperties"):
            yield from _unknown(who, ask, "本文", filled, properties)

    def _deref(self, part: Any) -> Mapping[str, Any]:
        """A part of the document behind its references within the document; empty when there is none."""
        for _ in range(20):  # a reference to itself ends somewhere
            if not isinstance(part, Mapping) or "$ref" not in part:
                break
            target: Any = self._document
            for step in str(part["$ref"]).removeprefix("#/").split("/"):
                name = step.replace("~1", "/").replace("~0", "~")
                target = target.get(name) if isinstance(target, Mapping) else None
            part = target
        return part if isinstance(part, Mapping) else {}


def _placed(inputs: Iterable[Field], place: str) -> set[str]:
    names = {one.path[0] for one in inputs if one.place == place and one.path}
    return {name.lower() for name in names} if place == "header" else names


def _parameter_faults(
    who: str, ask: Ask, parameters: Iterable[Mapping[str, Any]], query: set[str], headers: set[str]
) -> Iterator[Problem]:
    query, headers = query | set(ask.query), headers | {name.lower() for name in ask.headers} | _LEFT_TO_HTTP
    known = {str(one.get("name")) for one in parameters if one.get("in") == "query"}
    for one in parameters:
        name, place = str(one.get("name")), one.get("in")
        absent = (place == "query" and name not in query) or (place == "header" and name.lower() not in headers)
        if one.get("required") and absent:
            where = "クエリー" if place == "query" else "ヘッダー"
            hint = f"inputs か {place if place == 'query' else 'headers'} に書いてください。"
            yield Problem(ask.at, f"{who}の{where}に必須の「{name}」を写していません。", hint)
    yield from _unknown(who, ask, "クエリー", query, known)


def _unknown(who: str, ask: Ask, where: str, names: set[str], known: set[str]) -> Iterator[Problem]:
    for name in sorted(names - known):
        near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
        hint = f"「{near[0]}」のことですか。" if near else "製品が受け取らない入力なら omit に挙げてください。"
        yield Problem(ask.at, f"{who}の{where}「{name}」は OpenAPI 文書にありません。", hint)
