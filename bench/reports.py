"""Measures what reports cost at the size of a whole standard: `python bench/reports.py 20000 100000`.

A synthetic run (invented businesses, requirements and scenarios; always the same) is written as the engine writes one.
Each report is then made from it in a process of its own: the seconds are those of the report alone, the memory is the
most that process ever held, reading and judging the run included. Beside it Allure's own generator reads our results.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from measure import Failed, measure

from kijun import __version__
from kijun.cli.common import put
from kijun.cli.report_command import ON_REQUEST, STANDARD, Paper
from kijun.engine.runlog import RunLog
from kijun.model.errors import KijunError
from kijun.model.requirement import MunicipalityClass
from kijun.reporting.run_view import RunView

BUSINESSES = 20
ALLURE = "allure@3.18.0"
FOLD = "reading and judging"
PAPERS: dict[str, Paper] = {paper.name: paper for paper in (*STANDARD, *ON_REQUEST.values())}
_BEGAN = datetime(2026, 6, 1, 9, tzinfo=UTC)
_THINGS = ("鉢", "巣箱", "傘", "凧", "笛", "提灯", "駒", "竹馬", "折紙", "風鈴")
_DEEDS = ("登録", "照会", "修正", "取消し", "貸出し", "返却", "点検", "通知")
_PHRASES = ("「{thing}」が{count}件ある", "「{thing}の{deed}」を行う", "「{thing}の数」は「{count}」である")
_VERDICTS = ("fail", "inconclusive", "error", "none")  # each of one scenario in a hundred
_FAULTS = {"fail": "product", "inconclusive": "environment", "error": "driver"}


@dataclass(frozen=True)
class Size:
    requirements: int
    scenarios: int


@dataclass(frozen=True)
class Figure:
    """Seconds and mebibytes of one report, and how large it became in how many files; or why there is none."""

    name: str
    seconds: float | None = None
    megabytes: float = 0.0
    size: int = 0
    files: int = 0
    note: str = ""


def main(argv: list[str]) -> int:
    if argv[:1] == ["--make"]:
        print(json.dumps(make(Path(argv[1]), argv[2])))
        return 0
    size = Size(*map(int, argv or ("20000", "100000")))
    with tempfile.TemporaryDirectory(prefix="kijun-bench-") as folder:
        print("\n".join(lines(size, list(measured(size, Path(folder))))))
    return 0


def lines(size: Size, figures: list[Figure]) -> Iterator[str]:
    yield f"{size.requirements:,} requirements, {size.scenarios:,} scenarios"
    yield ""
    yield "| report | s | MiB in memory | MB written | files | note |"
    yield "|---|---|---|---|---|---|"
    for one in figures:
        seconds = "–" if one.seconds is None else f"{one.seconds:.1f}"
        yield f"| {one.name} | {seconds} | {one.megabytes:.0f} | {one.size / 1e6:.1f} | {one.files:,} | {one.note} |"


def measured(size: Size, place: Path) -> Iterator[Figure]:
    run = write(place / "run", size)
    for name in (FOLD, *PAPERS):
        print(f"{name} …", file=sys.stderr, flush=True)
        cost = measure([sys.executable, __file__, "--make", str(run), name], Path(__file__).parent)
        yield Figure(name, megabytes=cost.megabytes, **cost.told)
    yield generated_by_allure(run / "allure-results", place)


def make(run: Path, name: str) -> dict[str, Any]:
    """Make one report of a run beside it. Files are written as they come; the seconds include that."""
    began = time.perf_counter()
    view = RunView.read(run)
    if name == FOLD:
        return {"seconds": time.perf_counter() - began, "note": view.report.claim.value}
    began = time.perf_counter()
    size = files = 0
    try:
        for path, content in PAPERS[name].files(view):
            put(run / path, content, make_folder=True)
            size, files = size + len(content), files + 1
    except KijunError as error:
        return {"note": str(error)}
    return {"seconds": time.perf_counter() - began, "size": size, "files": files}


def generated_by_allure(results: Path, place: Path) -> Figure:
    """Allure's own page from the same results; its counts must be ours."""
    name = f"generator of {ALLURE}"
    npm, tool, out = shutil.which("npm"), place / "npm", place / "allure"
    if not npm:
        return Figure(name, note="not measured: npm is not installed")
    tool.mkdir()
    try:
        measure([npm, "install", "--no-fund", "--no-audit", ALLURE], tool)
        cost = measure(
            [str(tool / "node_modules" / ".bin" / "allure"), "awesome", "--output", str(out), str(results)], tool
        )
    except Failed as error:
        return Figure(name, note=f"not measured: {str(error).splitlines()[-1]}")
    written = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    told = json.loads((out / "widgets" / "statistic.json").read_text(encoding="utf-8"))
    counts = ", ".join(f"{name} {count:,}" for name, count in told.items())
    return Figure(name, cost.wall, cost.megabytes, sum(written), len(written), counts)


def write(folder: Path, size: Size) -> Path:
    """A finished run: every requirement has its scenarios, four of a hundred scenarios did not pass."""
    scenarios = dict(_scenarios(size))
    with RunLog(folder) as log:
        snapshot = log.keep(_json(_snapshot(size, scenarios)))
        talk = log.keep(_json([_exchange()]))
        log.append("run_started", **_start(size, snapshot))
        log.append("connected", time=_time(0), identity=_IDENTITY, driver_version="1", operations=["count_things"],
                   isolation="reset", parallel_sessions=1)  # fmt: skip
        for check in ("trap", "canary"):
            log.append("preflight", time=_time(0), check=check, ok=True, message="確かめました。")
        for number, one in enumerate(scenarios):
            log.append("case", **_case(number, one, talk))
        log.append("run_finished", time=_time(size.scenarios), identity=_IDENTITY, executed=size.scenarios)
    return folder


_IDENTITY = {"product": "見本製品", "vendor": "架空の事業者", "version": "1.0", "build": "0001"}


def _start(size: Size, snapshot: str) -> dict[str, Any]:
    numbers = range(size.requirements)
    return {
        "time": _time(0),
        "log_version": "1",
        "kijun": __version__,
        "suite_digest": "0" * 64,
        "edition": {_business(number): "1" for number in range(BUSINESSES)},
        "profile": {
            "id": "sample_city",
            "title": "見本市",
            "municipality_code": "992011",
            "municipality_name": "見本市",
            "municipality_class": "general_city",
            "as_of": "2026-06-01",
            "businesses": [_business(number) for number in range(BUSINESSES)],
        },
        "statement": {"editions": {}, "answers": {_id(one): _answer(one) for one in numbers}, "due": {}},
        "seed": "seed",
        "selection": {"scenarios": size.scenarios, "filtered": False, "plan_digest": "0" * 64},
        "catalog": snapshot,
        "door": "kijun",
        "attestations": [_attestation(one) for one in numbers if one % 50 == 7],
        "waivers": [],
        "reviews": [_review(one) for one in numbers if one % 10 == 0],
    }


def _snapshot(size: Size, scenarios: dict[str, Any]) -> dict[str, Any]:
    return {
        "tables": [
            {"business": _business(one), "edition": "1", "status": "draft", "source": "測定用に作った架空の表"}
            for one in range(BUSINESSES)
        ],
        "names": {_business(one): f"{_THINGS[one % 10]}の台帳{one + 1}" for one in range(BUSINESSES)},
        "requirements": [
            {"business": _business(one * BUSINESSES // size.requirements), "row": _row(one)}
            for one in range(size.requirements)
        ],
        "scenarios": scenarios,
        "operations": {"count_things": "数の照会"},
        "synthetic": {},
        "left_out": [],
    }


def _row(number: int) -> dict[str, Any]:
    drawn = random.Random(number)
    thing, deed = drawn.choice(_THINGS), drawn.choice(_DEEDS)
    kind = drawn.choices(("mandatory", "optional", "prohibited"), (8, 3, 1))[0]
    return {
        "id": _id(number),
        "official_ids": [],
        "major": f"{thing}の管理",
        "middle": f"{thing}の{deed}",
        "name": f"{thing}の{deed}{number % 7}",
        "text": f"{thing}ごとに{'、'.join(drawn.sample(_DEEDS, 4))}を{number % 97 + 1}件まで記し、{deed}できること。",
        "category": {one.value: kind for one in MunicipalityClass},
        "category_source": "estimated",
        "effective": {"from": "2025-04-01", "basis": "測定用の架空の日", "source": "estimated"},
        "legal_basis": [{"law": "架空の条例", "article": f"{number % 99 + 1}条"}],
        "rationale": f"{thing}の{deed}の誤りを防ぐため。",
        "verification": {"method": "demonstration" if number % 50 == 7 else "test"},
        "operations": ["count_things"],
        "history": [{"edition": "1", "date": "2026-06-01", "change": "added"}],
    }


def _scenarios(size: Size) -> Iterator[tuple[str, dict[str, Any]]]:
    for number in range(size.scenarios):
        requirement = number * size.requirements // size.scenarios
        business = _business(requirement * BUSINESSES // size.requirements)
        file = f"features/internal_administration/{business}/{requirement // 20}.feature"
        thing, deed = _THINGS[number % 10], _DEEDS[number % 8]
        record = {
            "name": f"{thing}の{deed}を確かめる {number}",
            "file": file,
            "line": number % 500 + 3,
            "tags": [f"req:{_id(requirement)}"],
            "requirements": [_id(requirement)],
            "steps": [
                {"keyword": keyword, "text": phrase.format(thing=thing, deed=deed, count=number), "table": None}
                for keyword, phrase in zip(("前提", "もし", "ならば"), _PHRASES, strict=True)
            ],
        }
        yield f"{file}:{number}", record


def _case(number: int, scenario: str, talk: str) -> dict[str, Any]:
    verdict = _VERDICTS[number % 100] if number % 100 < len(_VERDICTS) else "pass"
    return {
        "time": _time(number),
        "seq": number,
        "scenario": scenario,
        "attempt": 1,
        "verdict": verdict,
        "fault": _FAULTS.get(verdict),
        "message": "" if verdict == "pass" else f"「数」の期待「{number}」、実際「{number + 1}」です。",
        "assertions": 2,
        "failed_step": None if verdict == "pass" else 2,
        "milliseconds": 12.5,
        "evidence": None if verdict == "none" else talk,
    }


def _exchange() -> dict[str, Any]:
    asked = {"operation": "count_things", "actor": "gardener", "as_of": "2026-06-01", "input": {"thing": "鉢"}}
    return {"method": "call", "request": asked, "reply": {"result": {"count": 3}}, "milliseconds": 1.5}


def _attestation(number: int) -> dict[str, Any]:
    signed = {"office": "見本課", "date": "2026-05-01", "expires": "2027-03-31"}
    return {"requirement": _id(number), "verdict": "pass", **signed}


def _review(number: int) -> dict[str, Any]:
    return {"requirement": _id(number), "value": "agreed", "office": "見本課", "date": "2026-05-01", "remark": ""}


def _answer(number: int) -> str:
    if number % 40 == 3:
        return "unanswered"
    kind = _row(number)["category"]["general_city"]
    return "no" if kind == "prohibited" or (kind == "optional" and number % 2) else "yes"


def _business(number: int) -> str:
    return f"invented_{number + 1:02d}"


def _id(number: int) -> str:
    return f"{number % 900 + 100}-{number // 900 + 1}.1.1-01"


def _time(seconds: int) -> str:
    return (_BEGAN + timedelta(seconds=seconds / 10)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
