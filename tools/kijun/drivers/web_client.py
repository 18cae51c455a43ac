"""One keep-alive connection to a web address: TLS verified, secrets from the environment, deadlines kept.

Shared by the transports that speak HTTP; it knows nothing of what they say.
"""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    HTTPError,
    NewConnectionError,
    ProxyError,
    SSLError,
    TimeoutError,  # noqa: A004 - urllib3's own name; the builtin one is an OSError and caught as such
)

from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, Problem
from kijun.model.statement import SystemUnderTest

Loaded = TypeVar("Loaded")

_CHUNK = 65536
_RECONNECT_SECONDS = 5.0
GATEWAY_TROUBLE = (502, 503, 504)  # somebody in front answers that nobody is behind


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the system is and how it is to be trusted: the settings of sut.yaml with the environment read in."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    proxy: str = ""

    @classmethod
    def of(cls, sut: SystemUnderTest) -> Endpoint:
        """Raises ConfigurationError with everything that is missing or cannot be read."""
        reader = _Reader(sut)
        url, token, tls = reader.url(), reader.secret("bearer_from"), reader.tls()
        if reader.problems:
            raise ConfigurationError(reader.problems)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return cls(url, headers, tls, _proxy(url) if sut.settings.get("use_proxy") else "")


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


def _proxy(url: str) -> str:
    """The proxy that the environment names for this address, unless it is excepted there."""
    parts = urlsplit(url)
    return "" if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme, "")


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
        options: dict[str, Any] = {"maxsize": 1, "retries": False}
        if endpoint.tls:
            options["ssl_context"] = endpoint.tls
        self._pool: urllib3.PoolManager | urllib3.HTTPConnectionPool
        if endpoint.proxy:  # who asks a proxy must name the whole URL
            self._pool, self._start = urllib3.ProxyManager(endpoint.proxy, **options), endpoint.url
        else:
            self._pool, self._start = urllib3.connection_from_url(endpoint.url, **options), urlsplit(endpoint.url).path

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
        left = until - time.monotonic()
        if left <= 0:
            raise self._late(method, path)
        everything = {**self._endpoint.headers, **(headers or {})}
        try:
            reply = self._pool.urlopen(
                method,
                (self._start + path) or "/",
                body=body,
                headers=everything,
                timeout=left,
                redirect=False,
                preload_content=False,
            )
            return Answer(reply.status, _body(reply, until), reply.headers.get("Server", ""))
        except (HTTPError, OSError) as error:
            raise self._trouble(error, method, path) from error

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
        """No request may follow."""
        if isinstance(self._pool, urllib3.PoolManager):
            self._pool.clear()
        else:
            self._pool.close()

    def _trouble(self, error: Exception, method: str, path: str) -> ConnectionLost | DeadlinePassed:
        """What happened, in the words of the contract, with the next step."""
        if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):
            return self._late(method, path)
        if isinstance(error, ProxyError):
            hint = "use_proxy と環境変数（HTTPS_PROXY など）を確かめてください。"
            return ConnectionLost(f"中継（プロキシ）を通れません（{error.original_error}）。{hint}")
        if isinstance(error, SSLError):
            hint = "自前の CA なら ca_file、相手が求めるなら client_certificate_from を確かめてください。"
            return ConnectionLost(f"{self.url} と安全につながりません（{error}）。{hint}")
        if isinstance(error, NewConnectionError):
            hint = "製品が起動しているか、sut.yaml の宛先を確かめてください。"
            return ConnectionLost(f"{self.url} につながりません（{_reason(error)}）。{hint}")
        return ConnectionLost(f"{method} {path} の途中で {self.url} との接続が切れました（{type(error).__name__}）。")

    def _late(self, method: str, path: str) -> DeadlinePassed:
        return DeadlinePassed(f"{self.url} の {method} {path} に期限内の応答がありません。")


def _body(reply: urllib3.BaseHTTPResponse, until: float) -> bytes:
    """The whole body, read as it comes; no single wait is longer than what is left."""
    chunks: list[bytes] = []
    try:
        while True:
            socket = getattr(reply.connection, "sock", None)
            if socket is not None:
                socket.settimeout(max(until - time.monotonic(), 0.001))
            chunk = reply.read1(_CHUNK)
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)
    except BaseException:
        reply.close()  # what still comes would answer an older question
        raise


def _reason(error: NewConnectionError) -> str:
    """The operating system's words, without urllib3's around them."""
    cause = error.__cause__ or error.__context__
    return getattr(cause, "strerror", "") or str(cause or error)
