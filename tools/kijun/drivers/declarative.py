"""Drives a product with a web API by mapping.yaml alone. It knows no business: the mapping says it all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

import orjson

from kijun.catalog.openapi_check import openapi_problems
from kijun.catalog.yaml_reader import read_yaml
from kijun.drivers.mapped import check_environment, greeting
from kijun.drivers.web_client import Endpoint, WebClient
from kijun.model.api_mapping import (
    MISSING,
    ApiMapping,
    Ask,
    MappedOperation,
    NotThere,
    Sources,
    Template,
    Unsayable,
    dotted,
    look,
    put,
    read_all,
    text_of,
)
from kijun.model.driver import Message
from kijun.model.errors import ConfigurationError, DriverBroke, Position, Problem
from kijun.model.statement import SystemUnderTest

_MOST_PAGES = 1000
_OPENAPI_SECONDS = 30.0
_JSON = {"Content-Type": "application/json", "Accept": "application/json"}


class MappingSystem:
    """The product at `settings.url`, as its mapping sees it; checked against the OpenAPI document it publishes."""

    def __init__(self, sut: SystemUnderTest) -> None:
        assert isinstance(sut.mapping, ApiMapping), "a mapping is read together with sut.yaml"
        self._mapping = sut.mapping
        check_environment(self._mapping, Position.of(sut.folder / "mapping.yaml"))
        self._endpoint = Endpoint.of(sut)
        if self._mapping.publishes_openapi:
            self._check_published(sut)

    def connect(self) -> MappingDriver:
        return MappingDriver(self._endpoint, self._mapping)

    def shut(self) -> None:
        """Connections belong to their drivers."""

    def _check_published(self, sut: SystemUnderTest) -> None:
        at = read_yaml(sut.folder / "mapping.yaml").at("mapping", "openapi")
        path = self._mapping.openapi
        try:
            path = path if path.startswith("/") else _own_path(self._endpoint.url, path)
        except Unsayable as error:
            raise ConfigurationError(
                [Problem(at, str(error), "文書をファイルとして隣に置くこともできます。")]
            ) from error
        client = WebClient(self._endpoint)
        answer = client.request("GET", path, time.monotonic() + _OPENAPI_SECONDS)
        client.close()
        try:
            document = orjson.loads(answer.body) if answer.status == 200 else None
        except ValueError:
            document = None
        problems = openapi_problems(self._mapping, document, at)
        if problems:
            raise ConfigurationError(problems)


class MappingDriver:
    """One keep-alive connection; what the product gave when a session was opened is kept for that session."""

    honours_deadlines = True

    def __init__(self, endpoint: Endpoint, mapping: ApiMapping) -> None:
        self._client = WebClient(endpoint)
        self._mapping = mapping
        self._sessions: dict[str, Message] = {}
        self._until = 0.0

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        handler = getattr(self, f"_on_{method}", None)
        if handler is None:
            raise DriverBroke(f"知らない電文「{method}」です。")
        self._until = time.monotonic() + deadline_seconds
        try:
            reply: Message = handler(params)
        except Unsayable as error:
            raise DriverBroke(f"{method}: mapping.yaml のとおりに写せません。{error}") from error
        return reply

    def reconnect(self) -> None:
        self._client.wait_until_there()

    def shut(self) -> None:
        self._client.close()

    def stderr_tail(self) -> str:
        return ""

    # messages ---------------------------------------------------------------------------------------

    def _on_hello(self, params: Message) -> Message:  # noqa: ARG002 - the seed is not needed
        return greeting(self._mapping, self._identity())

    def _on_ics(self, params: Message) -> Message:  # noqa: ARG002 - statement.yaml speaks
        return {"answers": None}

    def _on_open(self, params: Message) -> Message:
        kept: Message = {}
        self._sessions[params["session"]] = kept
        self._perform(self._mapping.opening, {**params, "kept": kept, "env": os.environ}, kept)
        return {"session": params["session"], "state_digest": str(kept.get("state_digest") or "-")}

    def _on_call(self, params: Message) -> Message:
        operation = self._mapping.operations.get(params["operation"])
        if operation is None:
            return {"unsupported": {"operation": params["operation"]}}
        try:
            return self._call(operation, params)
        except NotThere:
            return {"unsupported": {"operation": params["operation"]}}
        except Unsayable as error:
            return {"fault": {"kind": "driver", "message": f"操作「{operation.key}」: {error}"}}

    _on_observe = _on_call

    def _on_attach(self, params: Message) -> Message:  # noqa: ARG002 - the exchanges are evidence enough
        return {"attachments": []}

    def _on_close(self, params: Message) -> Message:
        kept = self._sessions.pop(params["session"], None)
        if kept is not None:
            self._perform(self._mapping.closing, {**params, "kept": kept, "env": os.environ}, kept)
        return {"session": params["session"], "identity": self._identity()}

    def _on_bye(self, params: Message) -> Message:  # noqa: ARG002 - bye carries nothing
        return {"identity": self._identity()}

    def _identity(self) -> Message:
        sources: Message = {"env": os.environ}
        if self._mapping.identity_ask:
            sources["reply"] = self._expect(self._mapping.identity_ask, sources)
        return {name: text_of(template.value(sources)) for name, template in self._mapping.identity.items()}

    def _perform(self, asks: Iterable[Ask], sources: Sources, kept: Message) -> None:
        """One request after another; each sees what those before it kept."""
        for ask in asks:
            content = self._expect(ask, sources)
            for name, place in ask.keep.items():
                value = look(content, dotted(place))
                if value is MISSING:
                    raise Unsayable(f"{ask.method} {ask.path.shape} の応答に「{place}」がありません。")
                put(kept, dotted(name), value)

    def _expect(self, ask: Ask, sources: Sources) -> Any:
        """The content of a reply that must succeed."""
        headers = {name: text_of(one.value(sources)) for name, one in ask.headers.items()}
        query = {name: one.value(sources) for name, one in ask.query.items()}
        body = _filled(ask.body, sources)
        path = _path(ask.path, sources)
        status, content = self._send(ask.method, _target(path, query), headers, body or None)
        if not 200 <= status < 300:
            raise DriverBroke(f"{ask.method} {path} が HTTP {status} を返しました: {str(content)[:120]}")
        return content

    # one operation ----------------------------------------------------------------------------------

    def _call(self, operation: MappedOperation, params: Message) -> Message:
        given = {key: value for key, value in params["input"].items() if value is not None}
        lost = sorted(operation.unmapped.intersection(given))
        if lost:
            raise Unsayable(f"入力「{'」「'.join(lost)}」の写し先が mapping.yaml にありません。")
        sources = {**params, "kept": self._sessions[params["session"]], "env": os.environ}
        path, query, headers, body = self._parts(operation, given, sources)
        method = operation.ask.method
        status, content = self._send(method, _target(path, query), headers, body)
        reply = self._judged(status, content)
        if "result" not in reply:
            return reply
        result = read_all(operation.result, look(content, operation.envelope), operation.envelope)
        if operation.paging:
            self._add_pages(operation, content, result, (path, query, headers))
        return {"result": result}

    def _parts(
        self, operation: MappedOperation, given: Message, sources: Sources
    ) -> tuple[str, Message, dict[str, str], Message | None]:
        """Path, query, headers and body of the request."""
        ask = operation.ask
        values = [(one, one.product_value(given[one.key])) for one in operation.inputs if one.key in given]
        sources = {**{one.key: value for one, value in values if one.place == "template"}, **sources}
        templates = {**self._mapping.headers, **ask.headers}
        headers = {name: text_of(one.value(sources)) for name, one in templates.items()}
        query: Message = {name: one.value(sources) for name, one in ask.query.items()}
        body = _filled(ask.body, sources)
        for one, value in values:
            if one.place == "query":
                query[one.path[0]] = value
            elif one.place == "header":
                headers[one.path[0]] = text_of(value)
            elif one.place == "body":
                put(body, one.path, value)
        has_body = ask.method not in ("GET", "DELETE") or bool(body)
        return _path(ask.path, sources), query, headers, body if has_body else None

    def _judged(self, status: int, content: Any) -> Message:
        """Refusals are looked for first: some products say no with 200."""
        for refusal in self._mapping.refusals:
            if refusal.matches(status, content):
                return {"refused": {"code": refusal.reason(content), "message": refusal.message(content)}}
        if 200 <= status < 300:
            return {"result": {}}
        shown = f"HTTP {status}: {str(content)[:200]}"
        if status >= 500:
            return {"fault": {"kind": "product", "message": shown}}
        return {"fault": {"kind": "driver", "message": f"refusals にない応答です（{shown}）"}}

    def _add_pages(
        self, operation: MappedOperation, content: Any, result: Message, parts: tuple[str, Message, dict[str, str]]
    ) -> None:
        """Lengthen the one list of the result by the rows of every further page."""
        listed = next(one for one in operation.result if one.kind == "list")
        path, query, headers = parts
        asked = {_target(path, query)}
        while (target := self._next(operation, content, result.get(listed.key), len(asked), path, query)) is not None:
            if target in asked or len(asked) == _MOST_PAGES:
                raise Unsayable(f"ページが終わりません（{len(asked)} ページ目の次が {target}）。")
            asked.add(target)
            status, content = self._send(operation.ask.method, target, headers, None)
            if not 200 <= status < 300:
                raise Unsayable(f"{len(asked)} ページ目が HTTP {status} でした。")
            rows = listed.read(look(content, operation.envelope), operation.envelope)
            if not rows or rows is MISSING:
                return
            result[listed.key] = [*result[listed.key], *rows]

    def _next(
        self, operation: MappedOperation, content: Any, rows: Any, done: int, path: str, query: Message
    ) -> str | None:
        """Where the next page is, or None after the last."""
        paging = operation.paging
        if paging is None or not rows:
            return None
        if paging.page:
            total = look(content, paging.pages) if paging.pages else MISSING
            if paging.pages and not isinstance(total, int):
                raise Unsayable(f"応答の {'.'.join(paging.pages)} がページの総数ではありません。")
            is_last = paging.pages and done >= total
            return None if is_last else _target(path, {**query, paging.page: paging.first + done})
        link = look(content, paging.next)
        if link in (MISSING, None, ""):
            return None
        return _own_path(self._client.url, urljoin(self._client.url + path, str(link)))

    def _send(self, method: str, target: str, headers: Mapping[str, str], body: Message | None) -> tuple[int, Any]:
        raw = None if body is None else orjson.dumps(body)
        for name, value in headers.items():
            if not value.isprintable() or not value.isascii():
                raise Unsayable(f"ヘッダー {name} に使えない文字があります。")
        answer = self._client.request(method, target, self._until, raw, {**_JSON, **headers})
        try:
            return answer.status, orjson.loads(answer.body or b"null")
        except ValueError:
            if 200 <= answer.status < 300:
                raise Unsayable(f"{method} {target} の応答が JSON ではありません: {answer.shown()}") from None
            return answer.status, answer.shown()


def _filled(templates: Mapping[str, Template], sources: Sources) -> Message:
    body: Message = {}
    for place, template in templates.items():
        put(body, dotted(place), template.value(sources))
    return body


def _path(template: Template, sources: Sources) -> str:
    """A path whose references are single segments, whatever they hold."""
    told = ""
    for piece in template.pieces:
        if isinstance(piece, str):
            told += piece
            continue
        segment = text_of(piece.value(sources))
        if segment in (".", ".."):
            raise Unsayable(f"「{{{piece.text}}}」の値「{segment}」は道筋に入れられません。")
        told += quote(segment, safe="")
    return told


def _target(path: str, query: Mapping[str, Any]) -> str:
    told = {
        name: [text_of(one) for one in value] if isinstance(value, list) else text_of(value)
        for name, value in query.items()
        if value is not None
    }
    return path + ("?" + urlencode(told, doseq=True) if told else "")


def _own_path(url: str, link: str) -> str:
    """The part of a link behind the product's own URL; secrets are not carried to anybody else."""
    own, other = urlsplit(url), urlsplit(link)
    if (own.scheme, own.netloc) != (other.scheme, other.netloc) or not other.path.startswith(own.path):
        raise Unsayable(f"リンク {link} は宛先 {url} の外を指しています。")
    return other.path[len(own.path) :] + (f"?{other.query}" if other.query else "")
