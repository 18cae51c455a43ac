"""The miniature product as a service of its own: the HTTP transport's other end, honest or misbehaving on the wire.

`Service` answers JSON-RPC by POST from an object with one method per message, in a thread. `habit` says how it
misbehaves and `when` decides at which message (its method and number among all messages).
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Message = dict[str, Any]


def never(method: str, number: int, params: Message) -> bool:
    return False


def pricing(method: str, number: int, params: Message) -> bool:
    return params.get("operation") == "price_pot" and "canary" not in params["session"]


def every(nth: int) -> Callable[[str, int, Message], bool]:
    return lambda method, number, params: number % nth == 0


class Service:
    """Use as a context manager; `url` says where it listens, `headers` what the last request carried."""

    def __init__(
        self,
        product: Any,
        habit: str = "",
        when: Callable[[str, int, Message], bool] = never,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.product, self.habit, self.when = product, habit, when
        self.messages, self.connections = 0, 0
        self.headers: dict[str, str] = {}
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._server.server_address[1]}/driver"

    def __enter__(self) -> Service:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        for connection in tuple(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is part of the tests."""


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def setup(self) -> None:
            super().setup()
            service.connections += 1
            service.open.add(self.connection)

        def finish(self) -> None:
            service.open.discard(self.connection)
            super().finish()

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            method, params = request["method"], request["params"]
            with service.lock:
                service.messages += 1
                service.headers = dict(self.headers.items())
                misbehaves = service.when(method, service.messages, params)
                assert self.path == f"/driver/{method}"
                result = getattr(service.product, method)(params)
            answer: Message = {"jsonrpc": "2.0", "id": request["id"], "result": result}
            body, status, length = json.dumps(answer).encode(), 200, None
            if misbehaves:
                body, status, length = self._misbehave(answer)
            self._send(body, status, length)

        def do_GET(self) -> None:
            self._send(b"", 405, None)

        def _misbehave(self, answer: Message) -> tuple[bytes, int, int | None]:
            changed = {
                "wrong-id": {"id": 999},
                "no-result": {"result": "はい"},
                "old-protocol": {"jsonrpc": "1.0"},
                "error": {"error": {"code": -32000, "message": "できません"}},
            }.get(service.habit, {})
            body = json.dumps({**answer, **changed}).encode()
            if service.habit == "slow":
                time.sleep(1.5)
            if service.habit == "drip":
                self._drip(body)
            if service.habit == "drop":
                self.connection.shutdown(socket.SHUT_RDWR)
            if service.habit == "malformed":
                body = "{これは JSON ではない".encode()
            length = len(body) + 100 if service.habit == "cut" else None  # promises more than it sends
            if length:
                self.close_connection = True
            return body, {"error-500": 500, "gateway": 503, "denied": 401, "moved": 302}.get(service.habit, 200), length

        def _drip(self, body: bytes) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(20):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.15)

        def _send(self, body: bytes, status: int, length: int | None) -> None:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    return Handler
