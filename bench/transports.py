"""Round trips per second of each transport, beside the bare transport, in one run.

python bench/transports.py              # 3 × 3,000 round trips each, the best of three
python bench/transports.py 500

The message is `ics`, whose answer costs a driver nothing. Bare: the same bytes over the same pipe or socket, written
and read without looking at them. Driver: our end of the transport. Harness: the conversation above it, which checks
and keeps every message.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3
from loopback import Answerer

from kijun.catalog.wire import WireSchemas
from kijun.drivers.http import HttpSystem
from kijun.drivers.in_process import InProcessDriver
from kijun.drivers.stdio import StdioSystem
from kijun.engine.conversation import Conversation
from kijun.model.driver import Driver
from kijun.model.glossary import Glossary
from kijun.model.statement import SystemUnderTest

NODE = Path(__file__).resolve().parents[1] / "examples" / "node-driver"
ANSWER = {"answers": None}
QUESTION = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ics", "params": {}}, separators=(",", ":")).encode()
TIMES = 3

Once = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """Round trips per second of one transport at three heights; None: not measured."""

    name: str
    bare: float | None
    driver: float
    harness: float


def main(count: int) -> None:
    heads = ("transport", "bare /s", "driver /s", "harness /s", "driver over bare", "harness over bare")
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for row in measured(count):
        print(f"| {row.name} | {_number(row.bare)} | {row.driver:,.0f} | {row.harness:,.0f} | ", end="")
        print(f"{_more(row.bare, row.driver)} | {_more(row.bare, row.harness)} |", flush=True)


def measured(count: int) -> Iterator[Row]:
    """One row a transport; stdio only where Node is installed."""
    yield _row("in process, function call", count, Quiet().ics_of_nothing, InProcessDriver(Quiet))
    if shutil.which("node"):
        with node() as bare:
            stdio = StdioSystem(SystemUnderTest(NODE, "stdio", ("node", "driver.mjs")))
            yield _row("stdio, examples/node-driver", count, bare, stdio.connect())
            stdio.shut()
    with service() as port:
        driver = HttpSystem(SystemUnderTest(NODE, "http", settings={"url": f"http://127.0.0.1:{port}"})).connect()
        yield _row("HTTP keep-alive, over http.client", count, with_http_client(port), driver)
        yield _row("HTTP keep-alive, over urllib3", count, with_urllib3(port), driver)
        driver.shut()


def _row(name: str, count: int, bare: Once, driver: Driver) -> Row:
    conversation = Conversation(driver, WireSchemas(Glossary()))

    def talk() -> None:
        conversation.ics()
        conversation.transcript.clear()

    return Row(name, *(rate(once, count) for once in (bare, lambda: driver.exchange("ics", {}, 10.0), talk)))


def rate(once: Once, count: int) -> float:
    """Per second, the best of three after a little practice."""
    for _ in range(count // 10):
        once()
    best = 0.0
    for _ in range(TIMES):
        started = time.perf_counter()
        for _ in range(count):
            once()
        best = max(best, count / (time.perf_counter() - started))
    return best


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _more(bare: float | None, other: float) -> str:
    """How much longer a round trip takes than the bare one."""
    return "" if bare is None else f"{(bare / other - 1) * 100:+.0f} %"


# the other ends -----------------------------------------------------------------------------------------


class Quiet:
    """A driver object in this process that has nothing to say."""

    def ics(self, params: dict[str, Any]) -> dict[str, Any]:
        return ANSWER

    def ics_of_nothing(self) -> object:
        return self.ics({})


@contextmanager
def node() -> Iterator[Once]:
    """The child of the stdio transport, spoken to with nothing in between but the thread that a deadline needs."""
    with subprocess.Popen(["node", "driver.mjs"], cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        writer, lines = child.stdin, queue.SimpleQueue[bytes]()
        threading.Thread(target=lambda: [lines.put(line) for line in child.stdout or ()], daemon=True).start()

        def once() -> bytes:
            writer.write(QUESTION + b"\n")
            writer.flush()
            return lines.get(timeout=10)

        yield once
        writer.close()


class Service(Answerer):
    """Answers every message with the same result and its own id, from one asyncio loop."""

    def _answer(self, body: bytes) -> None:
        told = {"jsonrpc": "2.0", "id": json.loads(body)["id"], "result": ANSWER}
        super()._answer(json.dumps(told).encode())


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Service(0), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def service() -> Iterator[int]:
    """The service in a process of its own; yields its port."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "serve"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else 0)
        finally:
            process.kill()


def with_http_client(port: int) -> Once:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def once() -> bytes:
        connection.request("POST", "/ics", QUESTION, {"Content-Type": "application/json"})
        return connection.getresponse().read()

    return once


def with_urllib3(port: int) -> Once:
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, retries=False)
    return lambda: pool.request("POST", "/ics", body=QUESTION, headers={"Content-Type": "application/json"}).data


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
