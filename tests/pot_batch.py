"""A product for the miniature standard that knows only files: a batch command with a habit for everything.

Run as a program it is the product; POT_TRICK makes it misbehave. `LAYOUTS` are the standard's files, `FILES` says how
it is driven command by command, `WATCHED` how it is driven through a folder.
"""

# ruff: noqa: E501 - a layout a line reads best

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

LAYOUTS = """\
layouts:
  business: "pot_register"
  status: "draft"
  source: "試験用"
  outcomes: { accepted: "OK", refused: "NG", failed: "ERR" }
  empty: { date: "00000000", yen: "*" }
  words:
    "@number": { name: "通番", class: "半角数字" }
    "@outcome": { name: "結果" }
    "@reason": { name: "理由" }
    "@message": { name: "説明" }
    pot_id: { class: "半角英数字", length: 6 }
    fee: { name: "料金（円）" }
formats:
  date: "YYYYMMDD"
  yen: "grouped"
files:
  - { id: "plant", title: "鉢の登録", operation: "plant_pot", carries: "input", items: ["@number", "size", "label", "planted_on"] }
  - { id: "planted", title: "登録結果", operation: "plant_pot", carries: "result", items: ["@number", "@outcome", "@reason?", "@message?", "pot_id"] }
  - { id: "tag", title: "札", operation: "plant_pot", carries: "tag", items: ["@number", "label?", "size?", "fee?"] }
  - { id: "price", title: "料金の計算", operation: "price_pot", carries: "input", items: ["@number", "pot_id", "year"] }
  - { id: "priced", title: "計算結果", operation: "price_pot", carries: "result", items: ["@number", "@outcome", "@reason?", "@message?", "fee"] }
  - { id: "water", title: "水やり", operation: "water_pot", carries: "input", items: ["@number", "pot_id", "water"] }
  - { id: "watered", title: "水やり結果", operation: "water_pot", carries: "result", items: ["@number", "@outcome", "@reason?", "@message?", "water"] }
  - { id: "list", title: "鉢の照会", operation: "list_pots", carries: "input", items: ["@number"] }
  - { id: "listed", title: "照会結果", operation: "list_pots", carries: "result", items: ["@number", "@outcome", "@reason?", "@message?"] }
  - { id: "pots", title: "鉢の一覧", operation: "list_pots", carries: "pots", items: ["@number", "pot_id", "label", "size"] }
"""

_HEAD = """\
files: { isolation: "tenant", parallel_sessions: 2, clock_control: true }
"""
_REST = """\
reasons: { E403: "forbidden", E404: "not_found" }
codes:
  size: { small: "S", large: "L" }
operations:
  plant_pot:
  water_pot: { result: "watered.csv" }
  price_pot:
  list_pots:
"""
_NAMES = """\
  input: "{operation}.csv"
  result: "{operation}_result.csv"
  part: "{operation}_{part}.csv"
  end: "{operation}.end"
"""
_CALL = (
    '"call", "work={work}", "garden={kept.garden}", "actor={actor}", "operation={operation}", "in={in}", '
    '"out={out}", "end={end}", "encoding={encoding}", "newline={newline}"'
)
_OPEN = '"open", "out={call}/opened.csv", "encoding={encoding}", "newline={newline}", "garden=g{number}"'
_COMMAND = f'"{{python}}", "{Path(__file__).as_posix()}"'
FILES = f"""\
{_HEAD}identity:
  command: [{_COMMAND}, "about", "out={{call}}/about.csv"]
  reads: "about.csv"
  product: "{{reply.製品}}"
  vendor: "架空園"
  version: "{{reply.version}}"
  build: "r9"
open:
  - {{ command: [{_COMMAND}, {_OPEN}], reads: "opened.csv", keep: {{ garden: "garden" }} }}
call:
{_NAMES}  command: [{_COMMAND}, {_CALL}]
{_REST}"""
WATCHED = f"""\
{_HEAD}watcher: [{_COMMAND}, "watch", "folder={{work}}"]
identity:
  start: {{ file: "a.go", lines: ["about", "out={{call}}/about.csv", "end={{end}}"] }}
  end: "a.end"
  reads: "about.csv"
  product: "{{reply.製品}}"
  vendor: "架空園"
  version: "{{reply.version}}"
  build: "r9"
open:
  - start: {{ file: "o.go", lines: [{_OPEN}, "end={{end}}"] }}
    end: "o.end"
    reads: "opened.csv"
    keep: {{ garden: "garden" }}
call:
{_NAMES}  start: {{ file: "c.go", lines: [{_CALL}] }}
{_REST}"""

ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "utf-16": "utf-16", "cp932": "cp932"}
NEWLINES = {"crlf": "\r\n", "lf": "\n"}
PRICES = {"S": "100", "L": "1,000"}
Given = dict[str, str]
Rows = list[list[str]]


def write(path: Path, rows: Rows, given: Given) -> None:
    told = io.StringIO()
    newline = NEWLINES[given.get("newline", "lf")]
    csv.writer(told, lineterminator=newline).writerows(rows)
    text, encoding = told.getvalue(), ENCODINGS[given.get("encoding", "utf-8")]
    match os.environ.get("POT_TRICK", "").split("|"):
        case ["remove", name] if name == path.name:
            return
        case ["encode", name, other] if name == path.name:
            encoding = other
        case ["replace", name, old, new] if name == path.name:
            assert old in text, f"{old!r} is not in {text!r}"
            text = text.replace(old, new)
    path.write_bytes(text.encode(encoding))


def about(given: Given) -> None:
    write(Path(given["out"]), [["製品", "version"], ["鉢", "1"]], {})


def opened(given: Given) -> None:
    write(Path(given["out"]), [["garden"], [given["garden"]]], given)


def call(given: Given) -> None:
    state = Path(given["work"]) / f"{given['garden']}.json"
    pots: list[Given] = json.loads(state.read_text()) if state.exists() else []
    text = Path(given["in"]).read_bytes().decode(ENCODINGS[given["encoding"]])
    headings, row = list(csv.reader(io.StringIO(text, newline="")))
    asked = dict(zip(headings, row, strict=True))
    operation, receipt = given["operation"], asked["通番"]
    tricks(given)
    folder, found = Path(given["out"]).parent, next((one for one in pots if one["id"] == asked.get("鉢の番号")), None)
    headings, told = ["通番", "結果", "理由", "説明"], [receipt, "OK", "", ""]
    if given["actor"] == "visitor" and operation != "list_pots":
        told[1:] = ["NG", "E403", "見学者です。"]
    elif operation == "price_pot" and found is None:
        told[1:] = ["NG", "E404", "ありません。"]
    pot: Given = {}
    if operation == "plant_pot":
        headings.append("鉢の番号")
        pot = {"id": f"P{len(pots) + 1}", "name": asked["名札"], "size": asked["大きさ"], "day": asked["植えた日"]}
        told.append(pot["id"] if told[1] == "OK" else "")
        tag = [[receipt, pot["name"], pot["size"], "*"]] if told[1] == "OK" else []
        write(folder / "plant_pot_tag.csv", [["通番", "名札", "大きさ", "料金（円）"], *tag], given)
    elif operation == "price_pot":
        headings.append("料金（円）")
        told.append(PRICES[found["size"]] if found and told[1] == "OK" else "")
    elif operation == "water_pot":
        headings.append("水の量")
        told.append(asked["水の量"] if told[1] == "OK" else "")
    else:
        listed = [[receipt, one["id"], one["name"], one["size"]] for one in pots]
        write(folder / "list_pots_pots.csv", [["通番", "鉢の番号", "名札", "大きさ"], *listed], given)
    if pot and told[1] == "OK":
        state.write_text(json.dumps([*pots, pot]))
    write(Path(given["out"]), [headings, told], given)


def tricks(given: Given) -> None:
    match os.environ.get("POT_TRICK", "").split("|"):
        case ["hang", operation] if operation == given["operation"]:
            child = [sys.executable, "-c", "import time; time.sleep(60)"]
            Path(given["work"], "child.pid").write_text(str(subprocess.Popen(child).pid))
            time.sleep(60)
        case ["crash", operation] if operation == given["operation"]:
            Path(given["out"]).write_bytes("通番,結".encode())
            print("disk full", file=sys.stderr, flush=True)
            os._exit(7)
        case ["endless", operation] if operation == given["operation"]:
            given["end"] = given["end"] + ".never"


def perform(words: list[str]) -> None:
    given = dict(word.split("=", 1) for word in words[1:])
    {"about": about, "open": opened, "call": call}[words[0]](given)
    if "end" in given:
        Path(given["end"]).write_text("")


def watch(folder: Path) -> None:
    while True:
        for path in goes(folder):
            words = path.read_text(encoding="utf-8").splitlines()
            path.unlink()
            perform(words)
        time.sleep(0.002)


def goes(folder: Path) -> list[Path]:
    """Folders may go while they are looked through."""
    found: list[Path] = []
    for entry in os.scandir(folder):
        with suppress(OSError):
            found += [path for path in Path(entry).iterdir() if path.suffix == ".go"]
    return found


def main(words: list[str]) -> Any:
    if words[0] == "watch":
        return watch(Path(words[1].removeprefix("folder=")))
    return perform(words)


if __name__ == "__main__":
    main(sys.argv[1:])
