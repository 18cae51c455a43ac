"""A system that answers over HTTP after a fixed time, and the driver that asks it.

The server is one asyncio loop over raw sockets in a process of its own (`python loopback.py 0.02` prints its
port): it costs 0.05 ms of CPU a request, so that the client is what is measured.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus import Product

from kijun.drivers.web_client import Endpoint, WebClient

REQUESTS = 3  # a scenario of the asking corpus


class Answerer(asyncio.Protocol):
    """Keep-alive HTTP/1.1: gives every body back after the latency. Pipelining is not supported."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._buffer = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = _content_length(head)
        if len(rest) >= length:
            self._buffer = rest[length:]
            asyncio.get_running_loop().call_later(self._latency, self._answer, rest[:length])

    def _answer(self, body: bytes) -> None:
        if not self._transport.is_closing():
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def serve(latency: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Answerer(latency), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def running(latency: float) -> Iterator[int]:
    """The server in a process of its own; yields its port."""
    command = [sys.executable, str(Path(__file__)), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline() if server.stdout else 0)
        finally:
            server.kill()


class Loopback(Product):
    """The product behind HTTP: one keep-alive connection a session, one request an operation."""

    honours_deadlines = True

    def __init__(self, port: int) -> None:
        self._client = WebClient(Endpoint(f"http://127.0.0.1:{port}"))

    def exchange(self, method: str, params: dict[str, Any], deadline_seconds: float) -> dict[str, Any]:
        self._deadline = deadline_seconds
        reply: dict[str, Any] = getattr(self, method)(params)
        return reply

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["operation"] not in self.OPERATIONS:
            return {"unsupported": {"operation": params["operation"]}}
        body = json.dumps(params["input"]).encode()
        answer = self._client.request("POST", f"/{params['operation']}", time.monotonic() + self._deadline, body)
        return {"result": json.loads(answer.body)}

    observe = call

    def reconnect(self) -> None:
        """The client opens a connection again when it needs one."""

    def shut(self) -> None:
        self._client.close()

    def stderr_tail(self) -> str:
        return ""


class LoopbackSystem:
    """As many connections as sessions."""

    def __init__(self, port: int) -> None:
        self._port = port

    def connect(self) -> Loopback:
        return Loopback(self._port)

    def shut(self) -> None:
        """Nothing to release."""


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
