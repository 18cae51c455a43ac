"""Measures `kijun diff`: two made-up editions of 20,000 rows, a quarter of them changed. `python bench/editions.py`"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from kijun.catalog.editions import frozen
from kijun.model.edition import Edition
from kijun.model.errors import Position
from kijun.model.requirement import MunicipalityClass, Requirement, RequirementTable
from kijun.publishing import excel, pdf, word
from kijun.publishing.comparative_table import comparative_table
from kijun.publishing.comparison import compare
from kijun.publishing.reach import Reach

ROWS, SLUG = 20_000, "bench_ledger"
AT = datetime(2026, 11, 24, tzinfo=UTC)
WHO = ("納税義務者", "納税管理人", "送付先", "支援措置対象者", "法人の代表者", "共有者", "相続人", "届出人")
WHAT = ("氏名", "住所", "電話番号", "口座", "異動事由", "異動日", "届出日", "備考", "続柄", "通知の記録")
HOW = (
    "登録し、照会",
    "修正し、その履歴を保持",
    "一覧に出力",
    "条件で抽出",
    "印刷",
    "一括で取り込",
    "取り消し、理由を記録",
)


def text(random: Random, number: int) -> str:
    who, what, other = random.choice(WHO), *random.sample(WHAT, 2)
    return f"{who}の{what}及び{other}を第{number}号の様式により{random.choice(HOW)}できること。"


def row(number: int, words: str) -> dict[str, Any]:
    return {
        "id": f"999-{number // 900 + 1}.{number // 90 % 10 + 1}.1-{number:05}",
        "major": f"大項目{number // 900 + 1}",
        "middle": f"中項目{number // 90 % 10 + 1}",
        "name": f"機能{number // 9 + 1}",
        "text": words,
        "category": {kind.value: "mandatory" for kind in MunicipalityClass},
        "category_source": "estimated",
        "effective": {"from": "2026-04-01", "basis": "made up", "source": "estimated"},
        "legal_basis": [],
        "rationale": "made up",
        "verification": {"method": "test"},
        "operations": [],
        "history": [],
    }


def revised(random: Random, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row in five with other words, one in a hundred gone, and as many under another number or in two parts."""
    for number, one in enumerate(rows):
        fate = number % 100
        if fate < 20:
            yield {
                **one,
                "text": one["text"].replace("及び", "、変更の理由及び").replace("できること", "できるようにすること"),
            }
        elif fate == 21:
            yield {**one, "id": f"{one['id']}9"}
        elif fate == 22:
            yield {**one, "id": f"{one['id']}8", "text": one["text"].replace("様式", "書式")}
        elif fate == 23:
            yield {**one, "id": f"{one['id']}7", "text": one["text"].replace("及び", "と")}
            yield {**one, "id": f"{one['id']}6", "text": text(random, number + ROWS)}
        elif fate != 24:
            yield one


def edition(name: str, rows: list[dict[str, Any]]) -> Edition:
    requirements = tuple(Requirement.from_row(one, SLUG, Position("bench")) for one in rows)
    return Edition(name, (RequirementTable(SLUG, name, "draft", "made up", requirements),), date(2026, 11, 24))


def timed(work: str, call: Callable[[], Any]) -> Any:
    start, wall = time.process_time(), time.perf_counter()
    result = call()
    size = f", {len(result) / 1e6:.1f} MB" if isinstance(result, bytes) else ""
    print(f"{work}: {time.process_time() - start:.2f} s of processor, {time.perf_counter() - wall:.2f} s{size}")
    return result


def main(papers: list[str]) -> None:
    random = Random(1)
    rows = [row(number, text(random, number)) for number in range(ROWS)]
    old, new = edition("1", rows), edition("2", list(revised(random, rows)))
    comparison = timed(f"compare {len(rows)} rows", lambda: compare(old, new))
    print({kind.value: count for kind, count in comparison.counts.items() if count})
    table = timed("mark words, lay out", lambda: comparative_table(comparison, Reach()))
    timed("freeze", lambda: frozen("1", AT.date(), "", old.tables))
    formats = {
        "xlsx": lambda: excel.render(table),
        "docx": lambda: word.render(table, AT),
        "pdf": lambda: pdf.render(table, AT),
    }
    for name in papers or formats:
        timed(name, formats[name])


if __name__ == "__main__":
    main(sys.argv[1:])
