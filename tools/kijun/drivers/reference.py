"""Drives the reference system over HTTP. It knows no business: the system's own OpenAPI document says it all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from kijun.drivers.web_client import Endpoint, WebClient
from kijun.model.driver import PROTOCOL_VERSION, Message
from kijun.model.errors import ConnectionLost, DeadlinePassed, DriverBroke
from kijun.model.statement import SystemUnderTest

DRIVER_VERSION = "1"
_SYSTEM_TAG = "system"
_MOST_PROCESSES = 4  # one that asks keeps no more of them busy
_SESSIONS_EACH = 2  # one is answered while the answer of the other is looked at
_SERVE = """
import gc, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)  # a console interrupts all; who asks ends it
gc.set_threshold(50_000, 20, 50)  # the rules and their tables are large and stay
from kijun.reference.server import serve_until_left
serve_until_left(int(sys.argv[1]))
"""
_LAST_SECONDS = 10.0
_OPENED_TOGETHER = 16  # municipalities, for the sessions to come
_DROPPED_TOGETHER = 64  # of the municipalities that are done with
_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Route:
    """Where an operation lives: method, path template, and which inputs go into path and query."""

    method: str
    path: str
    in_path: tuple[str, ...]
    in_query: tuple[str, ...]
    has_body: bool


class ReferenceSystem:
    """The reference system at `settings.base_url`, or one of our own, started for this run and stopped after it.

    Of our own there is a process for every processor, since what asks and what answers in one process wait for each
    other; they start at once and side by side. Every session has a municipality of its own, so that it does not
    matter where it is answered.

    With `settings.is_embedded` this process answers: what is changed in it, as by a defect, is changed in the system.
    """

    def __init__(self, sut: SystemUnderTest) -> None:
        self._embedded = ExitStack()
        self._url = self._embed() if sut.settings.get("is_embedded") else str(sut.settings.get("base_url", ""))
        self._most = 0 if self._url else min(os.cpu_count() or 1, _MOST_PROCESSES)
        self._own = ServerProcesses(self._most)
        self._parallel = int(sut.settings.get("parallel_sessions", self._most * _SESSIONS_EACH or 8))
        self._interface = Interface()

    def connect(self) -> ReferenceDriver:
        if self._url:
            return ReferenceDriver(self._url, self._parallel, self._interface)
        return ReferenceDriver(self._own.next_url(), self._parallel, self._interface, is_passing=True)

    def _embed(self) -> str:
        from kijun.reference.server import EmbeddedServer  # noqa: PLC0415 - only when it answers here

        return self._embedded.enter_context(EmbeddedServer()).url

    def shut(self) -> None:
        self._embedded.close()
        self._own.shut()


class Interface:
    """What the system offers; it is read once, as all of its processes are one program."""

    def __init__(self) -> None:
        self._one_by_one = threading.Lock()
        self._routes: dict[str, Route] = {}

    def routes(self, read: Callable[[], Message]) -> dict[str, Route]:
        """Where its operations live; `read` gets the OpenAPI document when nobody has yet."""
        with self._one_by_one:
            if not self._routes:
                self._routes = _routes(read())
            return self._routes


class ServerProcesses:
    """The service in processes of its own, each with a database of its own; they end when this process does.

    Where a process can be split, its program is read once for all of them.
    """

    def __init__(self, number: int) -> None:
        each = max(number, 1) if hasattr(os, "fork") else 1
        self._programs = [_serving(each) for _ in range(0, number, each)]
        self._number = number
        self._urls: list[str] = []
        self._given = 0
        self._one_by_one = threading.Lock()

    def next_url(self) -> str:
        """Where the next in turn answers; waits until it does. Raises RuntimeError."""
        with self._one_by_one:
            if len(self._urls) < self._number:
                self._urls.append(self._read(len(self._urls) % len(self._programs)))
            url = self._urls[self._given % self._number]
            self._given += 1
            return url

    def _read(self, program: int) -> str:
        told = self._programs[program].stdout
        url = told.readline().strip() if told else ""
        if not url:
            raise RuntimeError("the reference system did not start")
        return url

    def shut(self) -> None:
        """Let them end, and do not wait for it; what nobody has ever asked anything need not even begin."""
        for place, program in enumerate(self._programs):
            if place >= len(self._urls):
                program.kill()
            threading.Thread(target=_seen_off, args=(program,)).start()


def _seen_off(program: subprocess.Popen[str]) -> None:
    """It ends when nothing more can be said to it."""
    try:
        program.communicate(timeout=_LAST_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.communicate()


def _serving(number: int) -> subprocess.Popen[str]:
    """A program that serves so many times over and says where, a line each."""
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-c", _SERVE, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii"
    )


class ReferenceDriver:
    """One keep-alive connection; one tenant per session.

    A passing system is gone with the run and needs not be told to forget anything.
    """

    honours_deadlines = True

    def __init__(self, url: str, parallel: int, interface: Interface, is_passing: bool = False) -> None:
        self._url = url.rstrip("/")
        self._is_passing = is_passing
        self._interface = interface
        self._parallel = parallel
        self._client = WebClient(Endpoint(self._url))
        self._routes: dict[str, Route] = {}
        self._tenants: dict[str, Message] = {}
        self._ready: dict[tuple[str, str, str], list[Message]] = {}  # opened, and in no session so far
        self._done_with: list[str] = []
        self._server = ""  # what the last answer says of who gave it
        self._known: tuple[str, Message] = ("", {})  # what such a name stands for

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        handler = getattr(self, f"_on_{method}", None)
        if handler is None:
            raise DriverBroke(f"知らない電文「{method}」です。")
        reply: Message = handler(params, deadline_seconds)
        return reply

    def reconnect(self) -> None:
        """Wait until the system answers again, for a few seconds."""
        self._client.wait_until_there()
        self._leave_ready()  # nobody knows what it has forgotten

    def shut(self) -> None:
        self._leave_ready()
        with suppress(ConnectionLost, DeadlinePassed, DriverBroke):  # a system that is gone has forgotten them
            self._drop(_LAST_SECONDS)
        self._client.close()

    def stderr_tail(self) -> str:
        return ""

    def _on_hello(self, params: Message, deadline: float) -> Message:  # noqa: ARG002 - the seed is not needed
        self._routes = self._interface.routes(lambda: self._json("GET", "/openapi.json", deadline))
        return {
            "identity": self._identity(deadline),
            "driver_version": DRIVER_VERSION,
            "protocol": PROTOCOL_VERSION,
            "operations": sorted(self._routes),
            "isolation": "tenant",
            "parallel_sessions": self._parallel,
            "clock_control": True,
        }

    def _on_ics(self, params: Message, deadline: float) -> Message:  # noqa: ARG002 - the system declares nothing itself
        return {"answers": None}

    def _on_open(self, params: Message, deadline: float) -> Message:
        profile = params["profile"]
        wanted = (profile["municipality_code"], profile["municipality_class"], params["as_of"])
        ready = self._ready.setdefault(wanted, [])
        if not ready:
            body = dict(zip(("municipality_code", "municipality_class", "business_date"), wanted, strict=True))
            ready += self._json("POST", "/tenants/several", deadline, {**body, "number": _OPENED_TOGETHER})["tenants"]
        tenant = self._tenants[params["session"]] = ready.pop()
        return {"session": params["session"], "state_digest": tenant["state_digest"]}

    def _on_call(self, params: Message, deadline: float) -> Message:
        route = self._routes.get(params["operation"])
        if route is None:
            return {"unsupported": {"operation": params["operation"]}}
        tenant = self._tenants[params["session"]]
        given = {key: value for key, value in params["input"].items() if value is not None}
        status, content = self._request(
            route.method,
            _target(route, given),
            deadline,
            body={key: value for key, value in given.items() if key not in route.in_path} if route.has_body else None,
            headers={
                "X-Tenant": tenant["tenant"],
                "Authorization": f"Bearer {tenant['tokens'].get(params['actor'], '')}",
                "Business-Date": params["as_of"],
            },
        )
        return _reply(status, content)

    _on_observe = _on_call

    def _on_attach(self, params: Message, deadline: float) -> Message:  # noqa: ARG002 - HTTP exchanges are evidence enough
        return {"attachments": []}

    def _on_close(self, params: Message, deadline: float) -> Message:
        tenant = self._tenants.pop(params["session"], None)
        if tenant is not None:
            self._done_with.append(tenant["tenant"])
        if len(self._done_with) >= _DROPPED_TOGETHER:
            self._drop(deadline)
        return {"session": params["session"], "identity": self._identity(deadline)}

    def _on_bye(self, params: Message, deadline: float) -> Message:  # noqa: ARG002 - bye carries nothing
        return {"identity": self._identity(deadline)}

    def _leave_ready(self) -> None:
        self._done_with += [tenant["tenant"] for ready in self._ready.values() for tenant in ready]
        self._ready.clear()

    def _drop(self, deadline: float) -> None:
        """Let the system forget the municipalities of sessions that are closed: no session ever names one again."""
        if self._done_with and not self._is_passing:
            self._json("DELETE", f"/tenants/{','.join(self._done_with)}", deadline)
        self._done_with = []

    def _identity(self, deadline: float) -> Message:
        """Asked for again whenever the last answer comes from somebody of another name, or of none."""
        server, identity = self._known
        if not server or self._server != server:
            identity = _identity(self._json("GET", "/about", deadline))
            self._known = (self._server, identity)
        return dict(identity)

    def _json(self, method: str, path: str, deadline: float, body: Message | None = None) -> Any:
        status, content = self._request(method, path, deadline, body)
        if status != 200:
            raise DriverBroke(f"{method} {path} が {status} を返しました: {content!r}")
        return content

    def _request(
        self,
        method: str,
        path: str,
        deadline: float,
        body: Message | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        content = orjson.dumps(body) if body is not None else None
        kind = {"Content-Type": "application/json"} if content else {}
        until = time.monotonic() + deadline
        answer = self._client.request(method, path, until, content, {**kind, **(headers or {})})
        self._server = answer.server
        try:
            return answer.status, orjson.loads(answer.body or b"null")
        except ValueError:
            return answer.status, answer.body.decode("utf-8", "replace")


def _identity(about: Message) -> Message:
    return {key: str(about[key]) for key in ("product", "vendor", "version", "build")}


def _routes(openapi: Message) -> dict[str, Route]:
    """Every operation of the OpenAPI document that is not about the system itself."""
    routes = {}
    for path, methods in openapi["paths"].items():
        for method in _METHODS:
            entry = methods.get(method)
            if entry is None or _SYSTEM_TAG in entry.get("tags", ()):
                continue
            places = {place["name"]: place["in"] for place in entry.get("parameters", ())}
            routes[entry["operationId"]] = Route(
                method.upper(),
                path,
                tuple(name for name, place in places.items() if place == "path"),
                tuple(name for name, place in places.items() if place == "query"),
                "requestBody" in entry,
            )
    return routes


def _target(route: Route, given: Message) -> str:
    path = route.path
    for name in route.in_path:
        path = path.replace("{" + name + "}", quote(str(given.get(name, "-")), safe=""))
    query = {name: given[name] for name in route.in_query if name in given}
    return path + ("?" + urlencode(query) if query else "")


def _reply(status: int, content: Any) -> Message:
    if status == 200 and isinstance(content, dict):
        return {"result": content}
    if 400 <= status < 500 and isinstance(content, dict) and "code" in content:
        return {"refused": {"code": content["code"], "message": str(content.get("message", ""))}}
    if status >= 500:
        return {"fault": {"kind": "product", "message": f"HTTP {status}: {str(content)[:200]}"}}
    return {"fault": {"kind": "driver", "message": f"読めない応答です（HTTP {status}）: {str(content)[:200]}"}}
