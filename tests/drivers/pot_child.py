"""A stdio driver for the miniature standard.

Its arguments say how it misbehaves and when: at the third call, or when pricing.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from characters import AnswersAnyQuestion, RoundsUp
from miniature import HonestPots

HABITS = {"free": RoundsUp, "everything": AnswersAnyQuestion}


def main(habit: str, where: str, delay: str = "0") -> None:
    pots = HABITS.get(habit, HonestPots)()
    calls, replies, kept = 0, 0, bytearray()
    print("ドライバーを始めます", file=sys.stderr, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        calls += request["method"] == "call"
        pricing = request["params"].get("operation") == "price_pot" and "canary" not in request["params"]["session"]
        answer = {"jsonrpc": "2.0", "id": request["id"], "result": getattr(pots, request["method"])(request["params"])}
        time.sleep(float(delay) if request["method"] == "open" else 0)
        replies += request["method"] in ("call", "observe")
        if habit == "swallow" and replies % 5 == 0 and request["method"] in ("call", "observe"):
            continue
        if habit == "leak":
            kept += bytes(8_000_000)
        if pricing or (where == "third" and calls == 3):
            misbehave(habit, answer)
        print(json.dumps(answer), flush=True)


def misbehave(habit: str, answer: dict[str, object]) -> None:
    if habit == "crash":
        print("メモリーが足りません", file=sys.stderr, flush=True)
        sys.exit(17)
    if habit == "hang":
        time.sleep(30)
    if habit == "wrong-id":
        answer["id"] = 999
    if habit == "malformed":
        print("{これは JSON ではない", flush=True)
    if habit == "no-result":
        answer["result"] = "はい"
    if habit == "old-protocol":
        answer["jsonrpc"] = "1.0"
    if habit == "error":
        answer["error"] = {"code": -32000, "message": "できません"}


main(*sys.argv[1:4])
