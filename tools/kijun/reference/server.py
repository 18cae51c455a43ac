"""Starting and stopping the service, alone or inside another program."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

import uvicorn

from kijun.reference.app import businesses, create_app, name
from kijun.reference.desk import token_of
from kijun.reference.store import open_tenant

_START_SECONDS = 20.0
_IN_MEMORY = "sqlite://"  # a database that nobody else needs, and that is gone with the process
_QUIET: Any = {"log_level": "warning", "access_log": False, "proxy_headers": False}
_NAMED: Any = {"server_header": False, "headers": [("Server", name())]}


class PortInUse(OSError):
    """Another program listens there already."""


def serve(host: str, port: int, database_url: str | None = None, tell: Callable[[str], None] | None = None) -> None:
    """Serve until interrupted. Raises PortInUse.

    `tell` is told how to use the pages of a municipality opened for whoever wants to try them.
    """
    listener = _listen(host, port)
    app = create_app(database_url or _IN_MEMORY)
    if tell is not None:
        with app.state.store.transaction() as session:
            tenant = open_tenant(session, "992011", "general_city", date.today())
            address = urlencode({"tenant": tenant.id, "user_id": "assessor-01"})
            tell(f"窓口の画面: http://{host}:{port}/clerk/sign-in?{address}")
            tell(f"合言葉: {token_of(tenant, 'assessor')}")
    uvicorn.Server(uvicorn.Config(app, **_QUIET, **_NAMED)).run(sockets=[listener])


class EmbeddedServer:
    """The service in a thread of this process, on a free port of the loopback address, with a database of its own."""

    def __init__(self, database_url: str | None = None) -> None:
        self._database_url = database_url or _IN_MEMORY
        self.url = ""

    def __enter__(self) -> EmbeddedServer:
        listener = _listen("127.0.0.1", 0)
        self._app = create_app(self._database_url)
        config = uvicorn.Config(self._app, lifespan="off", **_QUIET, **_NAMED)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        until = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if time.monotonic() > until or not self._thread.is_alive():
                raise RuntimeError("the reference system did not start")
            time.sleep(0.005)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._app.state.store.close()


def serve_until_left(processes: int = 1) -> None:
    """Serve on a free port, say where, and end when the other end of standard input is closed.

    As several processes (POSIX) the program is read once, and each has a port and a database of its own.
    """
    others: list[int] = []
    if processes > 1:
        list(businesses())  # once and for all
        gc.freeze()  # a page that nobody writes to is not copied
        while len(others) < processes - 1:
            other = os.fork()
            if not other:
                others = []
                break
            others.append(other)
    with EmbeddedServer() as server:
        print(f"{server.url}\n", end="", flush=True)  # at once, between the lines of the others
        sys.stdin.read()
    gc.freeze()  # nothing is left to be found in them, and looking would take longer than everything else here
    for other in others:
        os.waitpid(other, 0)


def _listen(host: str, port: int) -> socket.socket:
    # named as TCP, so that asyncio turns off Nagle's delay on every accepted connection
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        hint = "別の --port を指定するか、使っている処理を止めてください。"
        raise PortInUse(f"{host}:{port} は使えません（{error.strerror}）。{hint}") from error
    listener.listen(128)
    return listener
