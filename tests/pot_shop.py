"""A product for the miniature standard that nobody wrote for it: a web API with words, codes and habits of its own.

`Shop` serves it in a thread; `MAPPING` is the file that translates it, `OPENAPI` the document it publishes.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Content = dict[str, Any]

MAPPING = """\
mapping:
  openapi: "/openapi.json"
  isolation: "tenant"
  parallel_sessions: 2
  clock_control: true
identity:
  request: "GET /version"
  product: "{reply.name}"
  vendor: "架空園"
  version: "{reply.version.major}"
  build: "r{reply.revision}"
open:
  - request: "POST /gardens"
    body: { opened.day: "{as_of}", opened.beds: 3 }
    keep: { garden: "garden.number" }
  - request: "POST /gardens/{kept.garden}/login"
    body: { user: "gardener" }
    keep: { tokens.gardener: "token" }
  - request: "POST /gardens/{kept.garden}/login"
    body: { user: "visitor" }
    keep: { tokens.visitor: "token" }
close:
  - request: "DELETE /gardens/{kept.garden}"
headers:
  X-Garden: "{kept.garden}"
  Authorization: "Token {kept.tokens[actor]}"
formats:
  date: "YYYY/MM/DD"
  yen: "grouped"
  fiscal_year: "text"
codes:
  size: { small: "S", large: 2 }
refusals:
  - status: ["4xx"]
    code_at: "error.code"
    message_at: "error.text"
    codes: { E404: "not_found" }
  - { status: [200], when: { result: "NG" }, code: "forbidden", message_at: "error.text" }
operations:
  plant_pot:
    request: "POST /pots"
    body: { channel: "test" }
    inputs: { size: "pot.kind", label: "pot.name", planted_on: "pot.day" }
    envelope: "data"
    result:
      pot_id: "number"
      tag: { from: "tag", fields: { label: "name", size: "kind", fee: { from: "price", absent: "null" } } }
  water_pot:
    request: "POST /pots/{pot_id}/water"
    inputs: { water: { to: "litres", in: "query", format: "text" } }
    result: { water: { from: "data.litres", format: "text" } }
  price_pot:
    request: "GET /pots/{pot_id}/price"
    inputs: { year: "nendo" }
    result: { fee: "data.yen" }
  list_pots:
    request: "GET /pots"
    result: { pots: { from: "data.rows", fields: { pot_id: "number", label: "name", size: "kind" } } }
    paging: { page: "page", pages: "pages" }
"""


def _operation(parameters: tuple[tuple[str, str, bool], ...] = (), body: Content | None = None) -> Content:
    told: Content = {"parameters": [{"name": n, "in": place, "required": must} for n, place, must in parameters]}
    if body:
        told["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return told


_GARDEN = ("X-Garden", "header", True)
OPENAPI: Content = {
    "openapi": "3.1.0",
    "paths": {
        "/version": {"get": _operation()},
        "/gardens": {"post": _operation(body={"required": ["opened"], "properties": {"opened": {}}})},
        "/gardens/{number}": {"delete": _operation()},
        "/gardens/{number}/login": {"post": _operation(body={"required": ["user"], "properties": {"user": {}}})},
        "/pots": {
            "parameters": [{"$ref": "#/components/parameters/garden"}],
            "post": _operation(body={"$ref": "#/components/schemas/planting"}),
            "get": _operation((("page", "query", False),)),
        },
        "/pots/{potNumber}/water": {"post": _operation((_GARDEN, ("litres", "query", True)))},
        "/pots/{potNumber}/price": {"get": _operation((_GARDEN, ("nendo", "query", True)))},
    },
    "components": {
        "parameters": {"garden": {"name": "X-Garden", "in": "header", "required": True}},
        "schemas": {
            "planting": {"required": ["pot", "channel"], "properties": {"pot": {"type": "object"}, "channel": {}}}
        },
    },
}


class Shop:
    """Use as a context manager. `asked` holds every request; the attributes below let a test change the product."""

    PRICES = {"S": "100", 2: "1,000"}

    def __init__(self) -> None:
        self.gardens: dict[str, list[Content]] = {}
        self.asked: list[tuple[str, str, Content | None]] = []
        self.headers: dict[str, str] = {}
        self.lock = threading.Lock()
        self.openapi: Any = OPENAPI
        self.instead: dict[str, tuple[int, Any, float]] = {}  # last part of a path → status, content, seconds
        self.major = 1
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api"

    def __enter__(self) -> Shop:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, target: str, headers: Any, body: Content | None) -> tuple[int, Any]:
        self.asked.append((method, target, body))
        self.headers = dict(headers.items())
        parts = urlsplit(target)
        match [method, *parts.path.split("/")[2:]]:
            case ["GET", "openapi.json"]:
                return 200, self.openapi
            case ["GET", "version"]:
                return 200, {"name": "鉢", "version": {"major": self.major}, "revision": 9}
            case ["POST", "gardens"]:
                number = str(len(self.gardens) + 1)
                self.gardens[number] = []
                return 201, {"garden": {"number": int(number)}}
            case ["POST", "gardens", _, "login"]:
                return 200, {"token": f"t-{body['user'] if body else ''}"}
            case ["DELETE", "gardens", _]:
                return 204, None
        if not parts.path.startswith("/api/pots"):
            return 404, None
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        pots, is_visitor = self.gardens[headers["X-Garden"]], headers["Authorization"] == "Token t-visitor"
        return self._pots(method, parts.path.split("/")[3:], pots, is_visitor, {**query, **(body or {})})

    def _pots(
        self, method: str, path: list[str], pots: list[Content], is_visitor: bool, given: Content
    ) -> tuple[int, Any]:
        if is_visitor and path != []:
            return 200, {"result": "NG", "error": {"text": "見学者です。"}}
        match [method, *path]:
            case ["POST"]:
                if is_visitor:
                    return 200, {"result": "NG", "error": {"text": "見学者です。"}}
                pot, number = given["pot"], f"P/{len(pots) + 1}"
                pots.append({"number": number, "name": pot["name"], "kind": pot["kind"], "colour": "赤"})
                return 201, {"data": {"number": number, "tag": {"name": pot["name"], "kind": pot["kind"]}}}
            case ["GET"]:
                page = int(given.get("page", 1))
                told: Content = {"data": {"rows": pots[page - 1 : page]}, "pages": len(pots)}
                return 200, told | ({"next": f"/api/pots?page={page + 1}"} if page < len(pots) else {"next": None})
            case ["POST", _, "water"]:
                return 200, {"data": {"litres": given.get("litres")}}
            case ["GET", number, "price"]:
                found = next((one for one in pots if one["number"] == number.replace("%2F", "/")), None)
                if found is None:
                    return 404, {"error": {"code": "E404", "text": "ありません。"}}
                return 200, {"data": {"yen": self.PRICES[found["kind"]]}}
        return 405, {"error": {}}


def _handler(shop: Shop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            with shop.lock:
                status, content = shop.answer(self.command, self.path, self.headers, body)
            last = urlsplit(self.path).path.rsplit("/", 1)[-1]
            if last in shop.instead:
                status, content, seconds = shop.instead[last]
                time.sleep(seconds)
            raw = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            raw = b"" if status == 204 else raw
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_DELETE = _do  # noqa: N815 - the library's names

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    return Handler
