"""kijun publish"""

from __future__ import annotations

import argparse
import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from kijun.catalog.editions import edition_names, read_edition
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, make_folder, put, put_folder, say
from kijun.engine.defects import load_defects
from kijun.engine.printed import scenario_texts
from kijun.engine.suite import Suite
from kijun.model.edition import Edition
from kijun.model.errors import CatalogError, Position, Problem, UsageError
from kijun.publishing import (
    flow_files,
    site,
    specification_csv,
    specification_excel,
    specification_json,
    specification_pdf,
    specification_reqif,
    specification_word,
)
from kijun.publishing.specification import DefectText, Specification, specification
from kijun.publishing.traces import Graph, as_jsonld, traces

PRESENT = "今の要件表"
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # what nobody froze has no day; a clock would change the bytes
Files = Mapping[str, bytes]  # name below the folder → content
FORMATS: Mapping[str, Callable[[Specification, Graph], Files]] = {
    "html": lambda spec, graph: {f"site/{name}": content for name, content in site.render(spec, graph).items()},
    "json": lambda spec, _: {"specification.json": specification_json.render(spec)},
    "csv": lambda spec, _: {"requirements.csv": specification_csv.render(spec)},
    "pdf": lambda spec, _: {"specification.pdf": specification_pdf.render(spec, _moment(spec))},
    "xlsx": lambda spec, _: {"specification.xlsx": specification_excel.render(spec)},
    "docx": lambda spec, _: {"specification.docx": specification_word.render(spec, _moment(spec))},
    "reqif": lambda spec, _: {"specification.reqif": specification_reqif.render(spec, _moment(spec))},
    "bpmn": lambda spec, _: {f"flows/{name}": content for name, content in flow_files.render(spec).items()},
    "jsonld": lambda _, graph: {"graph.jsonld": as_jsonld(graph)},
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path("kijun-out", "publish"), metavar="フォルダー", help="仕様書の置き場所"
    )
    parser.add_argument("--business", action="append", default=[], metavar="SLUG", help="業務を絞る（繰返し可）")
    parser.add_argument("--edition", default="", metavar="版", help="凍結した版の名前（既定は今の要件表）")
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        choices=FORMATS,
        metavar="形式",
        help=f"形式（{'、'.join(FORMATS)}。繰返し可。既定は全て）",
    )
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    gc.disable()  # one big load of small objects that all stay: collecting in between costs a fifth of the time
    try:
        return _publish(arguments)
    finally:
        gc.enable()


def _publish(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    spec = _gathered(root, arguments.edition, arguments.business)
    graph = traces(spec)
    if graph.dangling:
        raise CatalogError(_problems(root, graph))
    for name in _formats(arguments.format, spec):
        files = FORMATS[name](spec, graph)
        if not files:
            sys.stderr.write(f"{name}: この仕様に収録するものがないので、作りません。\n")
            continue
        _write(arguments.out, files)
        sys.stderr.write(f"{arguments.out / next(iter(files))} ほか {len(files)} 個のファイルを作りました。\n")
    say(f"{spec.cover.label}: {len(spec.businesses)} 業務、{len(spec.rows)} 件の要件を仕様書にしました。")
    return 0


def _formats(asked: Sequence[str], spec: Specification) -> list[str]:
    """What is made. A PDF beyond its limit is refused before anything is written, or left out of all formats."""
    reason = specification_pdf.beyond_limit(spec)
    if not reason:
        return [*dict.fromkeys(asked or FORMATS)]
    if "pdf" in asked:
        raise UsageError(reason)
    if not asked:
        sys.stderr.write(f"pdf: {reason}\n")
    return [one for one in dict.fromkeys(asked or FORMATS) if one != "pdf"]


def _moment(spec: Specification) -> datetime:
    day = spec.cover.day
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _UNDATED


def _gathered(root: Path, name: str, businesses: Sequence[str]) -> Specification:
    """Everything that the document tells. Raises CatalogError with every problem, UsageError for what is not there."""
    suite, problems = Suite.inspect(root, cache())
    if suite is None or problems:
        raise CatalogError(problems)
    edition = _edition(root, name, suite)
    if unknown := [one for one in businesses if one not in edition.businesses]:
        there = "、".join(edition.businesses)
        raise UsageError(f"業務「{'」「'.join(unknown)}」は{edition.label}にありません。あるのは {there} です。")
    chosen = edition.limited_to(businesses) if businesses else edition
    frozen = sorted((read_edition(root, one) for one in edition_names(root)), key=lambda one: one.frozen_on or date.min)
    return specification(chosen, suite.catalog, scenario_texts(suite), _defects(root, chosen), frozen)


def _edition(root: Path, name: str, suite: Suite) -> Edition:
    names = edition_names(root)
    if not name:
        return Edition(PRESENT, suite.catalog.tables)
    if name not in names:
        told = f"凍結した版は {'、'.join(names)} です。" if names else "凍結した版はまだありません（kijun freeze）。"
        raise UsageError(f"「{name}」という版はありません。{told}")
    return read_edition(root, name)


def _defects(root: Path, edition: Edition) -> Iterator[DefectText]:
    """What is seeded into the reference system; a root that was installed, not checked out, has none."""
    if not (root / "tests" / "defects").is_dir():
        return
    for one in load_defects(root, edition.businesses):
        summary = " ".join((one.__doc__ or "").split())
        yield DefectText(type(one).__name__, summary, one.breaks, one.incident, one.business)


def _problems(root: Path, graph: Graph) -> Iterator[Problem]:
    for one in graph.dangling:
        told = f"つながり「{one.link.label}」の端（{one.source} → {one.target}）が、この仕様書にありません。"
        yield Problem(Position.of(root), told, "番号やキーの綴りか、指す先が消えていないかを確かめてください。")


def _write(out: Path, files: Files) -> None:
    """Single files one by one; what lies in a folder together, so that no page of an earlier document stays behind."""
    make_folder(out)
    folders: dict[str, dict[str, bytes]] = defaultdict(dict)
    for name, content in files.items():
        folder, _, inside = name.rpartition("/")
        if folder:
            folders[folder][inside] = content
        else:
            put(out / name, content)
    for folder, contents in folders.items():
        put_folder(out / folder, contents)
