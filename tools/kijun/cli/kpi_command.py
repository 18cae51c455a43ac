"""kijun kpi share, kijun kpi unmet"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kijun.catalog.body_registry import read_registry
from kijun.catalog.catalog import read_systems
from kijun.catalog.root import shipped_root, spec_root
from kijun.cli.common import add_spec, clean, put, say
from kijun.model.errors import CatalogError, ConfigurationError, Position, Problem, UsageError
from kijun.procurement import kpi_papers, unmet
from kijun.procurement.adoption import Businesses, read_adoption
from kijun.procurement.kpi import measure, read_definitions
from kijun.procurement.tables import tables_of


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="share | unmet", required=True)
    share = actions.add_parser("share", help="導入の状況（CSV）から、定義ごとの割合を計算の仕方とともに示す")
    share.add_argument("adoption", type=Path, nargs="+", metavar="CSV", help="導入の状況。一つの基準日に一つのファイル")
    share.add_argument("--definitions", type=Path, metavar="ファイル", help="定義（既定は同梱のもの）")
    none = actions.add_parser("unmet", help="集めた適合報告から、どの製品も満たさない要件を、名前を伏せて示す")
    none.add_argument("folder", type=Path, metavar="フォルダー", help="report.json を集めたフォルダー（下も読む）")
    none.add_argument("--internal", action="store_true", help="庁内限り: 事業者の名前と、少ない件数も示す")
    for one in (share, none):
        one.add_argument("--json", action="store_true", help="機械が読む形で出す")
        one.add_argument("--out", type=Path, metavar="ファイル", help="Excel（.xlsx）を作る")
        add_spec(one)


def execute(arguments: argparse.Namespace) -> int:
    if arguments.out and arguments.out.suffix.lower() != ".xlsx":
        raise UsageError(f"--out のファイル名「{arguments.out.name}」は、末尾を .xlsx にしてください。")
    return shares(arguments) if arguments.action == "share" else show_unmet(arguments)


def shares(arguments: argparse.Namespace) -> int:
    systems, problems = read_systems(spec_root(arguments.spec))
    if problems:
        raise CatalogError(problems)
    businesses, registry = Businesses.of(systems), read_registry()
    path = arguments.definitions or shipped_root() / "requirements" / "kpi" / "definitions.yaml"
    source, definitions = read_definitions(path, businesses)
    problems = []
    months = []
    for one in arguments.adoption:
        try:
            months.append(measure(read_adoption(one, registry, businesses), definitions, registry, businesses))
        except ConfigurationError as error:
            problems += error.problems
    days = [month.adoption.as_of for month in months]
    if len(set(days)) < len(days):
        hint = "一つの基準日に一つのファイルを指定してください。"
        problems.append(Problem(Position.of(arguments.adoption[0]), "同じ基準日のファイルが二つあります。", hint))
    if problems:
        raise ConfigurationError(problems)
    months.sort(key=lambda month: month.adoption.as_of)
    if arguments.out:
        put(arguments.out, kpi_papers.workbook(months, source, businesses.labels), make_folder=True)
    if arguments.json:
        say(json.dumps(kpi_papers.as_record(months, source), ensure_ascii=False, indent=1))
    else:
        say(kpi_papers.render(months, source, businesses.labels))
    return 0


def show_unmet(arguments: argparse.Namespace) -> int:
    found = unmet.aggregate(unmet.read_reports(arguments.folder), arguments.internal)
    texts = {one.id: one.text for one in tables_of(spec_root(arguments.spec)).requirements.values()}
    if arguments.out:
        put(arguments.out, unmet.workbook(found, texts), make_folder=True)
    if arguments.json:
        say(json.dumps(unmet.as_record(found), ensure_ascii=False, indent=1))
    else:
        say("\n".join(clean(line) for line in unmet.render(found, texts).splitlines()))
    return 0
