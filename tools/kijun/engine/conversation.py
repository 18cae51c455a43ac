"""The conversation with a driver: every message checked in both directions, every exchange kept."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass, field
from typing import Any

from kijun.catalog.schemas import Schema, json_path, schema
from kijun.catalog.wire import WireSchemas
from kijun.engine.outcomes import EnvironmentTrouble
from kijun.model.driver import PROTOCOL_VERSION, Driver, Message
from kijun.model.errors import DriverBroke, DriverTrouble
from kijun.model.glossary import Operation
from kijun.model.profile import Profile

CONTROL_DEADLINE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the driver said of itself and of the product."""

    identity: dict[str, str]
    driver_version: str
    operations: frozenset[str]
    isolation: str
    parallel_sessions: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one operation: exactly one of result, refusal, unsupported, product fault."""

    result: dict[str, Any] | None = None
    refusal: str | None = None
    refusal_message: str = ""
    unsupported: bool = False
    product_fault: str | None = None

    @property
    def accepted(self) -> bool:
        return self.result is not None


@dataclass(frozen=True, slots=True)
class Attachment:
    """Evidence that a driver hands over: a picture of a screen, a file that was exchanged."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Conversation:
    """One connection, used by one thread. `transcript` holds the exchanges of the case under way."""

    driver: Driver
    wire: WireSchemas
    deadlines: dict[str, float] = field(default_factory=dict)
    transcript: list[dict[str, Any]] = field(default_factory=list)
    session: str = ""
    _messages: dict[str, Schema] = field(default_factory=dict)

    def hello(self, editions: dict[str, str], seed: str) -> Greeting:
        reply = self._control(
            "hello", {"suite": "kijun", "protocol": PROTOCOL_VERSION, "editions": editions, "seed": seed}
        )
        return Greeting(
            reply["identity"],
            reply["driver_version"],
            frozenset(reply["operations"]),
            reply["isolation"],
            reply["parallel_sessions"],
        )

    def ics(self) -> dict[str, str] | None:
        answers: dict[str, str] | None = self._control("ics", {})["answers"]
        return answers

    def open(self, session: str, profile: Profile) -> None:
        self.transcript = []
        self.session = session
        params = {"session": session, "profile": profile.as_record(), "as_of": profile.as_of.isoformat()}
        self._echo(self._control("open", params))

    def close(self) -> dict[str, str]:
        """End the session of this case; returns the identity the system gives now."""
        reply = self._control("close", {"session": self.session})
        self._echo(reply)
        identity: dict[str, str] = reply["identity"]
        return identity

    def attachments(self) -> tuple[Attachment, ...]:
        """What the driver took down of this session beside the messages. Raises DriverBroke for a wrong digest."""
        told = self._control("attach", {"session": self.session})["attachments"]
        return tuple(map(_attachment, told))

    def bye(self) -> dict[str, str]:
        identity: dict[str, str] = self._control("bye", {})["identity"]
        return identity

    def invoke(self, operation: Operation, given: Message, actor: str, as_of: str) -> Reply:
        """Ask for one operation: `observe` for queries, `call` for commands."""
        method = "observe" if operation.is_query else "call"
        params = {
            "session": self.session,
            "operation": operation.key,
            "input": given,
            "actor": actor,
            "as_of": as_of,
        }
        deadline = self.deadlines.get(operation.key, operation.deadline_seconds)
        reply = self._exchange(method, params, deadline)
        return self._reply(operation, reply)

    def ask_unknown(self, operation: str, actor: str, as_of: str) -> Message:
        """The trap: an operation nobody knows. Returns the raw reply."""
        params = {"session": self.session, "operation": operation, "input": {}, "actor": actor, "as_of": as_of}
        return self._exchange("call", params, CONTROL_DEADLINE_SECONDS)

    def _reply(self, operation: Operation, reply: Message) -> Reply:
        if "refused" in reply:
            return Reply(refusal=reply["refused"]["code"], refusal_message=reply["refused"]["message"])
        if "unsupported" in reply:
            return Reply(unsupported=True)
        if "fault" in reply:
            return self._fault(reply["fault"])
        _refuse(f"操作「{operation.label}」の応答", self.wire.result(operation), reply["result"])
        return Reply(result=reply["result"])

    @staticmethod
    def _fault(fault: Message) -> Reply:
        if fault["kind"] == "product":
            return Reply(product_fault=fault["message"])
        if fault["kind"] == "driver":
            raise DriverBroke(f"ドライバーが自身の誤りを報告しました: {fault['message']}")
        raise EnvironmentTrouble(f"環境の異常が報告されました: {fault['message']}")

    def _control(self, method: str, params: Message) -> Message:
        return self._exchange(method, params, CONTROL_DEADLINE_SECONDS)

    def _exchange(self, method: str, params: Message, deadline: float) -> Message:
        entry: dict[str, Any] = {"method": method, "request": params, "reply": None}
        self.transcript.append(entry)  # before the answer: a question that gets none is what a reader looks for
        started = time.perf_counter()
        try:
            reply = entry["reply"] = self.driver.exchange(method, params, deadline)
        except DriverTrouble as error:
            entry["trouble"] = str(error)
            raise
        finally:
            entry["milliseconds"] = round((time.perf_counter() - started) * 1000, 3)
        _refuse(f"{method} への応答", self._schema(f"{method}_reply"), reply)
        return reply

    def _schema(self, name: str) -> Schema:
        if name not in self._messages:
            self._messages[name] = message_schema(name)
        return self._messages[name]

    def _echo(self, reply: Message) -> None:
        if reply["session"] != self.session:
            raise DriverBroke(f"別のセッション「{reply['session']}」への応答が返りました（期待は「{self.session}」）。")


def _attachment(told: Message) -> Attachment:
    try:
        content = base64.b64decode(told["content_base64"], validate=True)
    except ValueError:
        raise DriverBroke(f"添付「{told['name']}」の content_base64 を読めません。") from None
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise DriverBroke(f"添付「{told['name']}」の中身が sha256 と合いません。")
    return Attachment(told["name"], told["media_type"], content)


def _refuse(what: str, form: Schema, content: Message) -> None:
    """Raise DriverBroke with the JSON path of every trouble (the first three are shown)."""
    if not form.is_valid(content):
        faults = [f"{json_path(path)} {message}" for path, message in form.errors(content)]
        raise DriverBroke(f"{what}が形式に合いません: {' '.join(faults[:3])}")


_COMPILED: dict[str, Schema] = {}


def message_schema(name: str) -> Schema:
    """The schema of one message or reply, such as `hello_reply`."""
    if name not in _COMPILED:
        definitions = schema("driver_message").document["$defs"]
        _COMPILED[name] = Schema({"$schema": "https://json-schema.org/draft/2020-12/schema", **definitions[name]})
    return _COMPILED[name]
