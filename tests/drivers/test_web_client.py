"""One connection to a web address, against servers that write what a test tells them, byte for byte."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from certificates import of_this_machine, server_side

from kijun.drivers.web_client import Endpoint, WebClient
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed
from kijun.model.statement import SystemUnderTest

OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = OK + b"Server: pots/1\r\nContent-Length: 3\r\n\r\npot"
CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\npo\r\n1\r\nt\r\n0\r\n\r\n"
LAST = OK + b"Connection: close\r\nContent-Length: 3\r\n\r\npot"
UNTIL_THE_END = OK + b"Connection: close\r\n\r\npot"
NOTHING = b"HTTP/1.1 204 No Content\r\n\r\n"
Piece = bytes | float  # what is written, or for how long nothing is
CLOSE = b""


class Scripted:
    """Answers the requests of one connection after another, and closes each when told or when the other end does."""

    def __init__(self, *connections: Sequence[Sequence[Piece]], tls: ssl.SSLContext | None = None) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections, self._tls = connections, tls
        self.heads: list[bytes] = []
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Scripted:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        for answers in self._connections:
            with suppress(OSError), self._listener.accept()[0] as accepted:
                self._talk(self._tls.wrap_socket(accepted, server_side=True) if self._tls else accepted, answers)

    def _talk(self, line: socket.socket, answers: Sequence[Sequence[Piece]]) -> None:
        for pieces in answers:
            self.heads.append(_head(line))
            for piece in pieces:
                if piece == CLOSE:
                    return
                if isinstance(piece, bytes):
                    line.sendall(piece)
                else:
                    time.sleep(piece)
        line.recv(1)


def _head(line: socket.socket) -> bytes:
    told = b""
    while not told.endswith(b"\r\n\r\n"):
        told += line.recv(65536) or b"\r\n\r\n"
    return told


def asked(client: WebClient, path: str = "/pots", seconds: float = 5.0) -> tuple[int, bytes]:
    answer = client.request("GET", path, time.monotonic() + seconds)
    return answer.status, answer.body


@pytest.mark.parametrize("form", [WHOLE, CHUNKS])
def test_answers_of_either_form_leave_the_connection_for_the_next(form: bytes) -> None:
    with Scripted([[form], [form], [NOTHING], [form]]) as server:
        client = WebClient(Endpoint(server.url))
        assert [asked(client) for _ in range(4)] == [(200, b"pot"), (200, b"pot"), (204, b""), (200, b"pot")]
        assert len(server.heads) == 4


@pytest.mark.parametrize("form", [LAST, UNTIL_THE_END])
def test_after_an_answer_that_is_the_last_of_its_connection_another_is_opened(form: bytes) -> None:
    with Scripted([[form, CLOSE]], [[WHOLE]]) as server:
        client = WebClient(Endpoint(server.url))
        assert asked(client) == asked(client) == (200, b"pot")


def test_the_name_of_the_server_is_told() -> None:
    with Scripted([[WHOLE]]) as server:
        assert WebClient(Endpoint(server.url)).request("GET", "/", time.monotonic() + 5).server == "pots/1"


def test_a_connection_that_was_closed_while_idle_is_opened_again() -> None:
    with Scripted([[WHOLE, CLOSE]], [[WHOLE]]) as server:
        client = WebClient(Endpoint(server.url))
        assert asked(client) == (200, b"pot")
        time.sleep(0.2)
        assert asked(client) == (200, b"pot")


@pytest.mark.parametrize(
    ("pieces", "name"),
    [
        ([OK + b"Content-Length: 9\r\n\r\npot"], "IncompleteRead"),
        ([OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\npot"], "IncompleteRead"),
        ([b"pots!\r\n\r\n"], "BadStatusLine"),
        ([], "RemoteDisconnected"),
    ],
)
def test_an_answer_that_breaks_off_is_a_lost_connection_and_the_next_begins_anew(
    pieces: Sequence[Piece], name: str
) -> None:
    with Scripted([[*pieces, CLOSE]], [[WHOLE]]) as server:
        client = WebClient(Endpoint(server.url))
        with pytest.raises(ConnectionLost, match=f"GET /pots の途中で {server.url} との接続が切れました（({name})）"):
            asked(client)
        assert asked(client) == (200, b"pot")


@pytest.mark.parametrize("head", [b"Content-Length: 90\r\n\r\n", b"Connection: close\r\n\r\n"])
def test_a_body_in_drops_ends_with_the_deadline(head: bytes) -> None:
    with Scripted([[OK + head, *([b"p", 0.1] * 20)]], [[WHOLE]]) as server:
        client, started = WebClient(Endpoint(server.url)), time.monotonic()
        with pytest.raises(DeadlinePassed, match="GET /pots に期限内の応答がありません"):
            asked(client, seconds=0.5)
        assert time.monotonic() - started < 1.5


def test_each_deadline_counts_and_not_the_first() -> None:
    with Scripted([[WHOLE], [0.4, WHOLE]]) as server:
        client = WebClient(Endpoint(server.url))
        assert asked(client, seconds=0.3) == (200, b"pot")
        assert asked(client, seconds=5.0) == (200, b"pot")
    with Scripted([[WHOLE], [0.6, WHOLE]]) as server:
        client = WebClient(Endpoint(server.url))
        assert asked(client, seconds=5.0) == (200, b"pot")
        with pytest.raises(DeadlinePassed):
            asked(client, seconds=0.2)


def test_what_no_address_may_hold_is_written_in_percent() -> None:
    with Scripted([[WHOLE]]) as server:
        asked(WebClient(Endpoint(f"{server.url}/v1")), "/鉢 1/%E7%94%B2?size=大")
        assert server.heads[0].startswith(b"GET /v1/%E9%89%A2%201/%E7%94%B2?size=%E5%A4%A7 HTTP/1.1\r\n")


# through a proxy --------------------------------------------------------------------------------------------


def test_a_proxy_is_told_the_whole_address() -> None:
    with Scripted([[WHOLE]]) as proxy:
        assert asked(WebClient(Endpoint("http://pots.invalid/v1", proxy=proxy.url))) == (200, b"pot")
        head = proxy.heads[0]
        assert head.startswith(b"GET http://pots.invalid/v1/pots HTTP/1.1\r\n")
        assert b"\r\nHost: pots.invalid\r\n" in head


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SystemUnderTest:
    """A system that is reached through whatever proxy the environment names."""
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "sut.yaml").write_text('sut:\n  driver: "http"\n  settings:\n    use_proxy: true\n', encoding="utf-8")
    return SystemUnderTest(tmp_path, "http", settings={"url": "http://pots.invalid", "use_proxy": True})


def test_a_proxy_without_a_scheme_is_one_that_speaks_http(
    settings: SystemUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Scripted([[WHOLE]]) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removeprefix("http://"))
        assert asked(WebClient(Endpoint.of(settings))) == (200, b"pot")


def test_tls_goes_through_a_proxy_untouched(tmp_path: Path) -> None:
    client_side = _trusting(tmp_path)
    with Scripted([[WHOLE], [WHOLE]], tls=server_side(tmp_path)) as server, _tunnel(server.url) as proxy:
        client = WebClient(Endpoint(server.url, tls=client_side, proxy=proxy.url))
        assert asked(client) == asked(client) == (200, b"pot")
        assert proxy.heads[0].startswith(f"CONNECT {server.url.removeprefix('https://')} HTTP/1".encode())
        assert server.heads[0].startswith(b"GET /pots HTTP/1.1\r\n")


def test_a_proxy_that_refuses_is_told_as_such(tmp_path: Path) -> None:
    client_side = _trusting(tmp_path)
    with Scripted([[b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"]]) as proxy:
        client = WebClient(Endpoint("https://pots.invalid", tls=client_side, proxy=proxy.url))
        with pytest.raises(ConnectionLost, match=r"中継（プロキシ）を通れません（.*407.*）。use_proxy"):
            asked(client)


def test_a_proxy_that_is_itself_reached_by_tls_is_refused_before_the_run(
    settings: SystemUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "https://relay.invalid:8443")
    guarded = replace(settings, settings={**settings.settings, "url": "https://pots.invalid"})
    with pytest.raises(ConfigurationError, match="中継（プロキシ）への接続自体を https にはできません"):
        Endpoint.of(guarded)


def _trusting(place: Path) -> ssl.SSLContext:
    """Of a client that trusts the server whose certificate is made there."""
    of_this_machine(place)
    return ssl.create_default_context(cafile=str(place / "server.pem"))


def _tunnel(url: str) -> Scripted:
    """A proxy that opens a way to the only address it knows and passes on whatever comes, both ways."""
    host, port = url.removeprefix("https://").split(":")

    class Tunnel(Scripted):
        def _talk(self, line: socket.socket, answers: Sequence[Sequence[Piece]]) -> None:
            self.heads.append(_head(line))
            there = socket.create_connection((host, int(port)))
            line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_passed_on(there, line), daemon=True)
            back.start()
            _passed_on(line, there)()
            back.join()

    return Tunnel(())


def _passed_on(here: socket.socket, there: socket.socket) -> Callable[[], None]:
    def work() -> None:
        with suppress(OSError):
            while told := here.recv(65536):
                there.sendall(told)
            there.shutdown(socket.SHUT_WR)

    return work
