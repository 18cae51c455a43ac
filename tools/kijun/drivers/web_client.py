"""One keep-alive connection to a web address: TLS verified, secrets from the environment, deadlines kept.

Shared by the transports that speak HTTP; it knows nothing of what they say.
"""

from __future__ import annotations

import os
import re
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import TypeVar
from urllib.parse import quote, urlsplit
from urllib.request import getproxies, proxy_bypass

from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, Problem
from kijun.model.statement import SystemUnderTest

Loaded = TypeVar("Loaded")

_CHUNK = 65536
_RECONNECT_SECONDS = 5.0
_IDLE_SECONDS = 0.05  # after that a server may well have closed a connection
_IN_A_TARGET = "%/?#[]@!$&'()*+,;=:~"
_OUTSIDE_A_TARGET = re.compile(r"[^!-~]")
GATEWAY_TROUBLE = (502, 503, 504)  # somebody in front answers that nobody is behind


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the system is and how it is to be trusted: the settings of sut.yaml with the environment read in."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    proxy: str = ""  # a URL, too

    @classmethod
    def of(cls, sut: SystemUnderTest) -> Endpoint:
        """Raises ConfigurationError with everything that is missing or cannot be read."""
        reader = _Reader(sut)
        url, token, tls, proxy = reader.url(), reader.secret("bearer_from"), reader.tls(), reader.proxy()
        if reader.problems:
            raise ConfigurationError(reader.problems)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return cls(url, headers, tls, proxy)


class _Reader:
    """Reads the settings one by one and collects what is wrong with them."""

    def __init__(self, sut: SystemUnderTest) -> None:
        self._sut = sut
        self._file = read_yaml(sut.folder / "sut.yaml")
        self.problems: list[Problem] = []

    def url(self) -> str:
        url = str(self._sut.settings.get("url", ""))
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            self._complain("url", f"宛先「{url}」は URL ではありません。", "http:// か https:// で始めてください。")
        elif parts.username or parts.password:
            hint = "宛先から消し、bearer_from に環境変数の名前を書いてください。"
            self._complain("url", "宛先にパスワードが書かれています。", hint)
        return url.rstrip("/")

    def secret(self, setting: str) -> str:
        """The value of the environment variable that a setting names; empty when it names none."""
        name = str(self._sut.settings.get(setting, ""))
        value = os.environ.get(name, "") if name else ""
        if name and not value:
            hint = "実行の前にその変数を設定してください（値を sut.yaml に書いてはいけません）。"
            self._complain(setting, f"環境変数 {name} がありません（空を含みます）。", hint)
        elif not value.isprintable() or not value.isascii():
            hint = "改行や空白が混ざっていないか確かめてください。"
            self._complain(setting, f"環境変数 {name} の値に使えない文字があります。", hint)
        return value

    def tls(self) -> ssl.SSLContext | None:
        """Certificates are always verified: against the system's authorities, or those of `ca_file` alone."""
        certificate, key = self.secret("client_certificate_from"), self.secret("client_key_from")
        if urlsplit(str(self._sut.settings.get("url", ""))).scheme != "https":
            return None
        context = self._trusted()
        if certificate:
            self._load(
                "client_certificate_from", certificate, lambda: context.load_cert_chain(certificate, key or None)
            )
        return context

    def proxy(self) -> str:
        """The proxy that the environment names for this address, unless it is excepted there."""
        parts = urlsplit(str(self._sut.settings.get("url", "")))
        if not self._sut.settings.get("use_proxy") or proxy_bypass(parts.hostname or ""):
            return ""
        proxy = getproxies().get(parts.scheme, "")
        proxy = f"http://{proxy}" if proxy and "://" not in proxy else proxy
        if parts.scheme == urlsplit(proxy).scheme == "https":
            hint = "環境変数 HTTPS_PROXY の宛先を http:// で書いてください。"
            self._complain("use_proxy", "中継（プロキシ）への接続自体を https にはできません。", hint)
        return proxy

    def _trusted(self) -> ssl.SSLContext:
        own = self._sut.settings.get("ca_file")
        path = str(self._sut.folder / str(own)) if own else ""
        context = self._load("ca_file", path, lambda: ssl.create_default_context(cafile=path or None))
        return context or ssl.create_default_context()

    def _load(self, setting: str, path: str, load: Callable[[], Loaded]) -> Loaded | None:
        try:
            return load()
        except OSError as error:  # ssl.SSLError is one
            hint = "場所と中身（PEM 形式）を確かめてください。"
            told = error.strerror or error
            self._complain(setting, f"証明書「{path}」を読めません（{told}）。", hint)
            return None

    def _complain(self, setting: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self._file.at("sut", "settings", setting), message, hint))


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of one reply, and what the server calls itself."""

    status: int
    body: bytes
    server: str = ""

    def shown(self) -> str:
        """The beginning of the body, on one line, for a message."""
        return " ".join(self.body[:400].decode("utf-8", "replace").split())[:120]


class WebClient:
    """One connection, used by one thread. Redirects are not followed: they would carry secrets elsewhere."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._line = _line(endpoint)
        # who asks a proxy must name the whole URL
        self._start = endpoint.url if _is_relayed(endpoint) else urlsplit(endpoint.url).path
        self._last_used = 0.0
        self._patience = 0.0  # what the socket was told last; telling it is not free

    @property
    def url(self) -> str:
        return self._endpoint.url

    def request(
        self,
        method: str,
        path: str,
        until: float,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One exchange, done before the monotonic clock says `until`, slow bodies included.

        `path` follows the endpoint. Raises ConnectionLost or DeadlinePassed.
        """
        now = time.monotonic()
        if until <= now:
            raise self._late(method, path)
        try:
            line = self._ready(now, until - now)
            line.request(method, self._target(path), body, {**self._endpoint.headers, **(headers or {})})
            heard = line.sock  # which the line forgets when the answer says that it is the last one
            reply = line.getresponse()
            return Answer(reply.status, self._body(reply, heard, until), reply.getheader("Server", ""))
        except (HTTPException, OSError) as error:
            self._line.close()  # what still comes would answer an older question
            raise self._trouble(error, method, path) from error
        finally:
            self._last_used = time.monotonic()

    def wait_until_there(self) -> None:
        """Ask for anything until the system answers again, for a few seconds. Raises ConnectionLost."""
        until = time.monotonic() + _RECONNECT_SECONDS
        while True:
            try:
                answer = self.request("GET", "", time.monotonic() + 1.0)
                if answer.status not in GATEWAY_TROUBLE:
                    return
                trouble = f"{self.url} の手前の中継が HTTP {answer.status} を返しました。"
            except (ConnectionLost, DeadlinePassed) as error:
                trouble = str(error)
            if time.monotonic() > until:
                raise ConnectionLost(trouble)
            time.sleep(0.1)

    def close(self) -> None:
        """A later request would open a connection again."""
        self._line.close()

    def _target(self, path: str) -> str:
        target = (self._start + path) or "/"
        return quote(target, safe=_IN_A_TARGET) if _OUTSIDE_A_TARGET.search(target) else target

    def _ready(self, now: float, left: float) -> HTTPConnection:
        """The connection, opened unless it is, with no single wait longer than what is left."""
        line = self._line
        if line.sock is not None and now - self._last_used > _IDLE_SECONDS and _has_ended(line.sock):
            line.close()
        if line.sock is None:
            line.timeout = self._patience = left
            try:
                line.connect()
            except TimeoutError:
                raise
            except OSError as error:
                raise _NoContact(error) from error
        elif not left * 0.99 <= self._patience <= left * 1.01:
            line.sock.settimeout(left)
            self._patience = left
        return line

    def _body(self, reply: HTTPResponse, heard: socket.socket, until: float) -> bytes:
        """The whole body, read as it comes; no single wait is longer than what is left."""
        chunks: list[bytes] = []
        while reply.length != 0:
            if chunks:
                self._patience = max(until - time.monotonic(), 0.001)
                heard.settimeout(self._patience)
            chunk = reply.read1(_CHUNK)
            if not chunk and reply.length:
                raise IncompleteRead(b"".join(chunks), reply.length)
            if not chunk:
                break
            chunks.append(chunk)
        reply.close()
        return b"".join(chunks)

    def _trouble(self, error: Exception, method: str, path: str) -> ConnectionLost | DeadlinePassed:
        """What happened, in the words of the contract, with the next step."""
        if isinstance(error, TimeoutError):
            return self._late(method, path)
        cause = error.args[0] if isinstance(error, _NoContact) else error
        told = getattr(cause, "strerror", "") or str(cause)
        if isinstance(cause, ssl.SSLError):
            hint = "自前の CA なら ca_file、相手が求めるなら client_certificate_from を確かめてください。"
            return ConnectionLost(f"{self.url} と安全につながりません（{told}）。{hint}")
        if isinstance(error, _NoContact) and self._endpoint.proxy:
            hint = "use_proxy と環境変数（HTTPS_PROXY など）を確かめてください。"
            return ConnectionLost(f"中継（プロキシ）を通れません（{told}）。{hint}")
        if isinstance(error, _NoContact):
            hint = "製品が起動しているか、sut.yaml の宛先を確かめてください。"
            return ConnectionLost(f"{self.url} につながりません（{told}）。{hint}")
        return ConnectionLost(f"{method} {path} の途中で {self.url} との接続が切れました（{type(error).__name__}）。")

    def _late(self, method: str, path: str) -> DeadlinePassed:
        return DeadlinePassed(f"{self.url} の {method} {path} に期限内の応答がありません。")


class _NoContact(OSError):
    """No connection came about; the only argument is why."""


def _line(endpoint: Endpoint) -> HTTPConnection:
    """To the endpoint or its proxy; nothing is opened so far."""
    there = urlsplit(endpoint.url)
    near = urlsplit(endpoint.proxy) if endpoint.proxy else there
    if endpoint.tls:
        line: HTTPConnection = HTTPSConnection(near.hostname or "", near.port, context=endpoint.tls)
        if endpoint.proxy:
            line.set_tunnel(there.hostname or "", there.port)
        return line
    kind = HTTPSConnection if near.scheme == "https" else HTTPConnection
    return kind(near.hostname or "", near.port)


def _is_relayed(endpoint: Endpoint) -> bool:
    """Whether a proxy reads what is said, and does not only pass it on."""
    return bool(endpoint.proxy) and endpoint.tls is None


def _has_ended(line: socket.socket) -> bool:
    """Whether the other end has closed an idle connection: nothing else can be heard on it."""
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        return bool(selector.select(0))
