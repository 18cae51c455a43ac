"""One page on this machine alone, for demonstrations: the same questions, the same file.

Nobody else can read or send it: it listens on the loopback address, its address holds a random key, and requests that
another site's page makes (Host, Origin, Sec-Fetch-Site) are turned away.
"""

from __future__ import annotations

import re
import secrets
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kijun.attesting.agenda import Item
from kijun.attesting.answers import VERDICTS, Attestation, Complaint, default_expires, read_attestation
from kijun.attesting.evidence import EvidenceFile, Unacceptable, evidence_file
from kijun.attesting.journal import Journal
from kijun.catalog.root import shipped_root
from kijun.model.errors import ConfigurationError, Position, Problem

LOOPBACK = "127.0.0.1"
_MEGABYTE = 1024 * 1024
MOST_BYTES = 200 * _MEGABYTE
_QUIET_SECONDS, _DRAIN_SECONDS = 60, 2
_FIELDS = ("verdict", "office", "expires", "remark")
_EMPTY = dict.fromkeys(_FIELDS, "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request comes to: a status, and a page or the place to go on."""

    status: HTTPStatus
    page: bytes = b""
    location: str = ""
    nonce: str = ""
    is_last: bool = False  # once it is sent, the sitting is over


@dataclass(slots=True)
class Sitting:
    """The page's memory: what is asked, and what has been recorded since it was opened."""

    items: tuple[Item, ...]
    journal: Journal
    today: date
    minutes: int
    office: str = ""
    recorded: dict[str, Attestation] = field(default_factory=dict)
    put_off: set[str] = field(default_factory=set)

    def page(
        self,
        faulty: str = "",
        complaints: Sequence[Complaint] = (),
        values: Mapping[str, str] = _EMPTY,
        reselect: bool = False,
    ) -> Answer:
        """The whole page; with complaints about one requirement, what was written there stays."""
        nonce = secrets.token_urlsafe(16)
        text = _template().render(
            items=self.items,
            recorded=self.recorded,
            put_off=self.put_off - self.recorded.keys(),
            minutes=self.minutes,
            blank={**_EMPTY, "office": self.office, "expires": default_expires(self.today).isoformat()},
            verdicts=VERDICTS,
            faulty=faulty,
            complaints=complaints,
            problems={one.field: one for one in reversed(complaints)},
            values={**_EMPTY, **values},
            reselect=reselect,
            nonce=nonce,
        )
        status = HTTPStatus.UNPROCESSABLE_ENTITY if complaints else HTTPStatus.OK
        return Answer(status, text.encode(), nonce=nonce)

    def record(self, given: Mapping[str, str], uploads: Sequence[tuple[str, Path]]) -> Answer:
        """Take one form: recorded and on to the next requirement, or back with everything that is wrong."""
        name = given.get("requirement", "")
        if name not in {one.requirement.id for one in self.items} or name in self.recorded:
            words = "この要件は記録済みか、この画面にありません。前の画面に戻り、読み込み直してください。"
            return said(HTTPStatus(409), words)
        files, complaints = _evidence(uploads)
        answered = {key: given.get(key, "") for key in _FIELDS}
        one, faults = read_attestation(name, answered, files, self.today)
        is_put_off = one is None and not faults
        if is_put_off:
            self.put_off.add(name)
            return self._on(name)
        complaints = [*faults, *complaints, *_inadmissible(self._item(name), one)]
        if one is not None and not complaints:
            complaints = self._write(one)
        if one is None or complaints:
            return self.page(name, complaints, answered, bool(uploads))
        self.recorded[name], self.office = one, one.office
        return self._on(name)

    def _item(self, name: str) -> Item:
        return next(one for one in self.items if one.requirement.id == name)

    def _write(self, one: Attestation) -> list[Complaint]:
        try:
            self.journal.add([one])
        except Unacceptable as error:
            return [Complaint("evidence", error.message, error.hint)]
        except ConfigurationError as error:
            return [Complaint("evidence", f"{one.at}: {one.message}", one.hint) for one in error.problems]
        return []

    def _on(self, name: str) -> Answer:
        """The next requirement without an answer, else the top."""
        ids = [one.requirement.id for one in self.items]
        later = [*ids[ids.index(name) + 1 :], *ids[: ids.index(name)]]
        following = next((one for one in later if one not in self.recorded and one not in self.put_off), "")
        return Answer(HTTPStatus.SEE_OTHER, location=f"./#r-{following}" if following else "./")


def said(status: HTTPStatus, words: str) -> Answer:
    """A page of one sentence."""
    head = '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>人による確認</title></head>'
    return Answer(status, f"{head}<body><p>{words}</p></body></html>".encode())


class PageServer:
    """The server of one sitting. `url` is printed for the person; nobody can guess it."""

    def __init__(self, sitting: Sitting, port: int = 0) -> None:
        """Listen. Raises ConfigurationError when the port cannot be had."""
        self.sitting = sitting
        self._key = secrets.token_urlsafe(24)
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        try:
            self._server = ThreadingHTTPServer((LOOPBACK, port), type("Handler", (_Handler,), {"place": self}))
        except (OSError, OverflowError) as error:
            hint = "--port を外すか、1024 から 65535 までの空いている番号にしてください。"
            told = "そのポートは使えません。"
            raise ConfigurationError([Problem(Position.of(f"{LOOPBACK}:{port}"), told, hint)]) from error
        self._server.daemon_threads = True
        self.port = int(self._server.socket.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/{self._key}/"

    def serve(self) -> None:
        """Answer until somebody ends the sitting or interrupts."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._server.server_close()
            self._folder.cleanup()

    def end(self) -> None:
        threading.Thread(target=self._server.shutdown, daemon=True).start()

    def is_own(self, headers: Mapping[str, str]) -> bool:
        """Whether a request comes from this page or from a person's address bar."""
        hosts = {f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"}
        origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site", "none")
        return (
            headers.get("Host", "") in hosts
            and (origin is None or origin in {f"http://{host}" for host in hosts})
            and site in ("none", "same-origin")
        )

    def action(self, path: str) -> str | None:
        """The part of the path behind the key; None when the key is wrong."""
        key, _, rest = urlsplit(path).path.lstrip("/").partition("/")
        return rest if secrets.compare_digest(key.encode(), self._key.encode()) else None

    def post(self, action: str, kind: str, body: bytes) -> Answer:
        """One form at a time."""
        with self._lock:
            if action == "end":
                told = said(HTTPStatus.OK, "確認を終えました。この画面は閉じて構いません。記録は保存されています。")
                return replace(told, is_last=True)
            if action != "record":
                return said(HTTPStatus.NOT_FOUND, "この頁はありません。前の画面に戻ってください。")
            given, uploads = _parts(kind, body, Path(tempfile.mkdtemp(dir=self._folder.name)))
            return self.sitting.record(given, uploads)


class _Handler(BaseHTTPRequestHandler):
    """HTTP around the page."""

    place: PageServer
    timeout = _QUIET_SECONDS
    server_version, sys_version = "kijun", ""

    def do_GET(self) -> None:
        action = self._action()
        if action == "":
            self._answer(self.place.sitting.page())
        elif action is not None:
            self._answer(said(HTTPStatus.NOT_FOUND, "この頁はありません。端末に示された URL を開いてください。"))

    def do_POST(self) -> None:
        action = self._action()
        if action is None:
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()):
            self._answer(said(HTTPStatus.LENGTH_REQUIRED, "長さの分からない送信は受け取れません。"))
        elif int(length) > MOST_BYTES:
            most = f"合わせて {MOST_BYTES // _MEGABYTE} MB まで"
            words = f"証拠ファイルが大きすぎます（{most}）。--web を付けない kijun attest なら記録できます。"
            self._drain(int(length))
            self._answer(said(HTTPStatus(413), words))
        else:
            body = self.rfile.read(int(length))
            self._answer(self.place.post(action, self.headers.get("Content-Type", ""), body))

    def _drain(self, length: int) -> None:
        """Let the browser finish sending: it shows an answer only after that."""
        self.connection.settimeout(_DRAIN_SECONDS)
        with suppress(TimeoutError):
            while length > 0 and (chunk := self.rfile.read(min(length, _MEGABYTE))):
                length -= len(chunk)

    def _action(self) -> str | None:
        """What is asked for; None when the request was turned away."""
        headers = dict(self.headers.items())
        if not self.place.is_own(headers):
            self._answer(said(HTTPStatus.FORBIDDEN, "ほかの画面からの送信は受け取りません。"))
            return None
        action = self.place.action(self.path)
        if action is None:
            self._answer(said(HTTPStatus.NOT_FOUND, "この頁はありません。端末に示された URL を開いてください。"))
        return action

    def _answer(self, answer: Answer) -> None:
        self.send_response(answer.status)
        inline = f"'nonce-{answer.nonce}'" if answer.nonce else "'none'"
        policy = f"default-src 'none'; style-src {inline}; script-src {inline}; form-action 'self'; base-uri 'none'"
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(answer.page))),
            ("Content-Security-Policy", f"{policy}; frame-ancestors 'none'"),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "same-origin"),  # the key stays here, and Origin is still sent with forms
            ("X-Content-Type-Options", "nosniff"),
            *((("Location", answer.location),) if answer.location else ()),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.page)
        if answer.is_last:
            self.place.end()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name http.server gives it
        """Nothing: the address holds the key."""


@cache
def _template() -> Any:
    loader = FileSystemLoader(shipped_root() / "reports" / "templates")
    pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template("attest.html.j2")


def _inadmissible(item: Item, one: Attestation | None) -> list[Complaint]:
    try:
        if one is not None:
            item.admit(one.verdict, one.day)
    except Unacceptable as error:
        return [Complaint("verdict", error.message, error.hint)]
    return []


def _evidence(uploads: Sequence[tuple[str, Path]]) -> tuple[list[EvidenceFile], list[Complaint]]:
    files, complaints = list[EvidenceFile](), list[Complaint]()
    for name, path in uploads:
        try:
            files.append(evidence_file(path, name))
        except Unacceptable as error:
            complaints.append(Complaint("evidence", error.message, error.hint))
    return files, complaints


def _parts(kind: str, body: bytes, room: Path) -> tuple[dict[str, str], list[tuple[str, Path]]]:
    """Fields and uploaded files of a multipart form; files are laid into the room under numbers."""
    found = re.search(r'boundary="?([^";]+)"?', kind)
    fields, files = dict[str, str](), list[tuple[str, Path]]()
    for disposition, content in _split(body, found[1].encode("latin-1")) if found else ():
        name, filename = _parameter(disposition, "name"), _parameter(disposition, "filename")
        if filename is None:
            fields[name or ""] = content.decode("utf-8", errors="replace")
        elif filename:
            path = room / str(len(files))
            path.write_bytes(content)
            files.append((re.split(r"[/\\]", filename)[-1], path))
    return fields, files


def _split(body: bytes, boundary: bytes) -> Iterator[tuple[str, bytes]]:
    """Content-Disposition and content of every part (RFC 7578: exact bytes between the boundaries)."""
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        head, blank, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if blank and not part.startswith(b"--"):
            lines = head.decode("utf-8", errors="replace").split("\r\n")
            wanted = (line for line in lines if line.lower().startswith("content-disposition:"))
            yield next(wanted, ""), content


def _parameter(disposition: str, name: str) -> str | None:
    found = re.search(rf'[;\s]{name}="([^"]*)"', disposition)
    return found[1].replace("%22", '"').replace("%0D", "").replace("%0A", "") if found else None
