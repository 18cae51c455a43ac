"""A kijun driver to fill in (Python 3.9 or newer, standard library only).

It speaks JSON-RPC 2.0 over stdin and stdout, one object per line. stdout belongs to the messages; notes go to stderr
with log(). It turns operations of the standard into calls of your product, never sees an expected value and never
judges. What it does not offer it answers with `unsupported`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

Message = dict[str, Any]

# settings.base_url of sut.yaml arrives as KIJUN_BASE_URL. Keep passwords in the environment, not in sut.yaml.
BASE_URL = os.environ.get("KIJUN_BASE_URL", "")
places: dict[str, Message] = {}  # session → whatever your product needs to keep this scenario apart from the others


class Refused(Exception):
    """The product declines for a business reason. The code is a key under `reasons` of the glossary."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unreachable(Exception):
    """The product is gone: the driver ends, kijun starts it again and begins the scenario anew."""


def log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# Your part ----------------------------------------------------------------------------------------------------


def identity() -> Message:
    """Ask the product who it is; kijun asks again later, and the answer must stay the same."""
    return {"product": "製品名", "vendor": "事業者名", "version": "1.0", "build": "1"}


def open_place(session: str, profile: Message, as_of: str) -> Message:
    """Prepare an empty place for one scenario: a tenant, a schema, a reset database."""
    return {"session": session, "profile": profile, "as_of": as_of}


def close_place(place: Message) -> None:
    """Throw the place away again."""


def example_operation(place: Message, given: Message, actor: str, as_of: str) -> Message:
    """例の操作: replace this body. Return the fields that the glossary lists under `result`, or raise Refused.

    A fresh place holds nothing, so an empty list is a true answer until something can be registered.
    """
    return {"example_result": []}


# Operation of the standard → your function. Whatever stands here is offered, tested, and must work.
OPERATIONS = {
    "example_operation": example_operation,
}

# The messages: nothing below needs a change -------------------------------------------------------------------


def hello(params: Message) -> Message:
    about = {"identity": identity(), "driver_version": "1", "protocol": "1", "operations": sorted(OPERATIONS)}
    return {**about, "isolation": "tenant", "parallel_sessions": 1, "clock_control": True}


def ics(params: Message) -> Message:
    return {"answers": None}  # the product declares nothing itself: statement.yaml speaks


def open_session(params: Message) -> Message:
    session = params["session"]
    places[session] = open_place(session, params["profile"], params["as_of"])
    return {"session": session, "state_digest": "empty"}


def call(params: Message) -> Message:
    perform = OPERATIONS.get(params["operation"])
    if perform is None:
        return {"unsupported": {"operation": params["operation"]}}
    try:
        place = places[params["session"]]
        return {"result": perform(place, params["input"], params["actor"], params["as_of"])}
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "message": str(refusal)}}
    except Unreachable:
        raise
    except Exception as error:
        log(f"{params['operation']}: {error!r}")
        return {"fault": {"kind": "driver", "message": f"ドライバーの誤りです: {error!r}"}}


def attach(params: Message) -> Message:
    return {"attachments": []}


def close(params: Message) -> Message:
    place = places.pop(params["session"], None)
    if place is not None:
        close_place(place)
    return {"session": params["session"], "identity": identity()}


def bye(params: Message) -> Message:
    return {"identity": identity()}


MESSAGES = {"hello": hello, "ics": ics, "open": open_session, "call": call, "observe": call}
MESSAGES.update({"attach": attach, "close": close, "bye": bye})


def main() -> None:
    replies, sys.stdout = sys.stdout.buffer, sys.stderr  # a stray print must not break the conversation
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            outcome: Message = {"result": MESSAGES[request["method"]](request["params"])}
        except Unreachable as error:
            log(f"製品につながりません: {error}")
            sys.exit(1)
        except Exception as error:
            log(f"{request.get('method')}: {error!r}")
            outcome = {"error": {"code": -32000, "message": repr(error)}}
        reply = {"jsonrpc": "2.0", "id": request["id"], **outcome}
        replies.write(json.dumps(reply, ensure_ascii=False).encode() + b"\n")
        replies.flush()


if __name__ == "__main__":
    main()
