"""kijun demo"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from kijun.catalog.root import spec_root
from kijun.catalog.tender_reader import read_tender
from kijun.cli.common import add_spec, cache, clean, put, say
from kijun.cli.compare_command import read_evidence
from kijun.engine.suite import Suite
from kijun.model.errors import UsageError
from kijun.model.plan import BoundStep, Scenario
from kijun.model.tender import Tender
from kijun.procurement import demonstration_sheet
from kijun.procurement.comparison import compare
from kijun.procurement.demonstration import MINUTES, Script, programme
from kijun.procurement.veil import Veil

_EXPECTED = "ならば"
_GOES_ON = ("かつ", "しかし", "但し", "ただし", "*")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tender", type=Path, metavar="調達.yaml", help="調達のファイル（tender.yaml）")
    parser.add_argument(
        "--out", type=Path, metavar="フォルダー", required=True, help="demo.xlsx か、確認のファイルを作る"
    )
    parser.add_argument("--minutes", type=int, default=MINUTES, metavar="分", help=f"使える時間（既定は {MINUTES} 分）")
    parser.add_argument("--open", action="store_true", help="開札の後に、事業者の名前を示す")
    parser.add_argument(
        "--import",
        dest="sheet",
        type=Path,
        metavar="ファイル",
        help="記入した採点表を読み、事業者ごとの確認のファイルにする",
    )
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    if arguments.minutes < 1:
        raise UsageError("--minutes には 1 以上の分を書いてください。")
    root = spec_root(arguments.spec)
    tender, _ = read_tender(arguments.tender, root)
    if arguments.sheet:
        return _import(arguments.sheet, arguments.out, tender)
    comparison = compare(tender, read_evidence(tender, root))
    found = programme(comparison, _scripts(Suite.load(root, cache())), arguments.minutes)
    content = demonstration_sheet.render(found, Veil(tender, arguments.open))
    put(arguments.out / "demo.xlsx", content, make_folder=True)
    sys.stderr.write(f"{arguments.out / 'demo.xlsx'} を作りました。\n")
    say(f"{len(found.scenes)} 場面、{found.minutes} 分。時間に入らない要件 {len(found.without_time)} 件、")
    say(f"シナリオも手順もない要件 {len(found.without_script)} 件（シート「見ないもの」）。")
    return 0


def _import(sheet: Path, out: Path, tender: Tender) -> int:
    """All sheets or none: a fault in one writes nothing."""
    found = demonstration_sheet.read(sheet, tender)
    for one in found:
        path = out / f"reviews_{one.bidder.label.removesuffix('社').lower()}.yaml"
        put(path, demonstration_sheet.written(one), make_folder=True)
        sys.stderr.write(f"{path} を作りました。\n")
        say(f"{clean(one.bidder.label)}　確認 {len(one.reviews)} 件、結果が空の場面 {one.unmarked} 件")
    say("調達のファイルの事業者ごとの reviews に書くと、kijun compare の「確認」に並びます。")
    return 0


def _scripts(suite: Suite) -> Iterator[Script]:
    for one in suite.scenarios:
        if not one.is_canary:
            yield _script(one)


def _script(scenario: Scenario) -> Script:
    data: list[str] = []
    expected: list[str] = []
    lines = data
    for step in scenario.steps:
        if step.keyword not in _GOES_ON:
            lines = expected if step.keyword == _EXPECTED else data
        lines.append(_text(step))
    return Script(scenario.name, scenario.requirements, tuple(data), tuple(expected))


def _text(step: BoundStep) -> str:
    rows = (step.table.headings, *step.table.rows) if step.table else ()
    return "\n".join([f"{step.keyword} {step.text}", *(f"　{'｜'.join(row)}" for row in rows)])
