"""Round trips per second of each transport, beside the bare transport, in one run.

python bench/transports.py              # 9 × 1,000 round trips each in turns, the median
python bench/transports.py 500

The message is `ics`, whose answer costs a driver nothing. Both ends have a core each, as a product has: two processes
that share one answer each other four times as fast, and which of the rows had that luck would be chance. Bare: the
same bytes over the same pipe or socket, written and read without looking at them. Driver: our end of the transport.
Harness: the conversation above it, which checks and keeps every message.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
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

OURS, THEIRS = 0, 1
NODE_COMMAND = ("taskset", "-c", str(THEIRS), "node", "driver.mjs")
NODE = Path(__file__).resolve().parents[1] / "examples" / "node-driver"
ANSWER = {"answers": None}
QUESTION = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ics", "params": {}}, separators=(",", ":")).encode()
TIMES = 9

Once = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """Round trips per second of one transport at three heights; None: not measured."""

    name: str
    bare: float | None
    driver: float
    harness: float


def main(count: int) -> None:
    os.sched_setaffinity(0, {OURS})
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
            stdio = StdioSystem(SystemUnderTest(NODE, "stdio", NODE_COMMAND))
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

    return Row(name, *rates((bare, lambda: driver.exchange("ics", {}, 10.0), talk), count))


def rates(ways: Sequence[Once], count: int) -> Iterator[float]:
    """Per second, for each way the median of several rounds in which all take turns."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(TIMES):
        for once, seconds in zip(ways, taken, strict=True):
            started = time.perf_counter()
            for _ in range(count):
                once()
            seconds.append(time.perf_counter() - started)
    yield from (count / median(seconds) for seconds in taken)


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
    """The child of the stdio transport, spoken to with nothing in between but the wait that a deadline needs."""
    with subprocess.Popen(NODE_COMMAND, cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        asked, answered, wait = child.stdin.fileno(), child.stdout.fileno(), select.poll()
        wait.register(answered, select.POLLIN)

        def once() -> bytes:
            os.write(asked, QUESTION + b"\n")
            wait.poll(10_000)
            return os.read(answered, 1 << 16)

        yield once
        child.stdin.close()


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
        os.sched_setaffinity(0, {THEIRS})
        asyncio.run(serve())
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
