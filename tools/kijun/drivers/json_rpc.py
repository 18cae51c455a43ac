"""JSON-RPC 2.0 as the transports speak it: one object to ask, one to answer, matched by the id."""

from __future__ import annotations

import orjson

from kijun.model.driver import Message
from kijun.model.errors import DriverBroke


def request(number: int, method: str, params: Message) -> bytes:
    """One question on one line, its end included, as UTF-8."""
    asked = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return orjson.dumps(asked, option=orjson.OPT_APPEND_NEWLINE)


def result(reply: bytes, number: int, method: str) -> Message:
    """What was answered to that question. Raises DriverBroke for anything that is not an answer to it."""
    try:
        message = orjson.loads(reply)
    except ValueError:
        shown = " ".join(reply[:400].decode("utf-8", "replace").split())[:120]
        raise DriverBroke(f"{method} の応答が JSON ではありません: {shown}") from None
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise DriverBroke(f"{method} の応答が JSON-RPC 2.0 ではありません。")
    if message.get("id") != number:
        raise DriverBroke(f"{method} の応答の id が {message.get('id')!r} です（期待は {number}）。")
    if "error" in message:
        raise DriverBroke(f"{method} にドライバーが誤りを返しました: {message['error']}")
    found = message.get("result")
    if not isinstance(found, dict):
        raise DriverBroke(f"{method} の応答に result のオブジェクトがありません。")
    return found
