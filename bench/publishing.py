"""Measures `kijun publish`: a made-up specification of 20,000 requirements. `python bench/publishing.py [numbers]`

With `--papers` it is the workbook, ReqIF, the Word document and, up to its limit, the PDF. With `--others` the same
requirements are given to StrictDoc and Sphinx-Needs, which it installs into an environment of their own in the folder
for temporary files; numbers then default to 2,000.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from editions import row, text

from kijun.catalog.catalog import Catalog
from kijun.model.edition import Edition
from kijun.model.errors import Position
from kijun.model.glossary import FieldUse, Glossary, Operation, Word
from kijun.model.plan import DataTable
from kijun.model.requirement import Requirement, RequirementTable
from kijun.model.scenario_text import ExamplesText, ScenarioText, StepText
from kijun.publishing import (
    site,
    specification_csv,
    specification_excel,
    specification_json,
    specification_pdf,
    specification_reqif,
    specification_word,
)
from kijun.publishing.specification import DefectText, Specification, specification
from kijun.publishing.traces import as_jsonld, traces

ROWS, FEW = 20_000, 2_000
BUSINESSES = 20
OPERATIONS = 300
OTHERS = ("strictdoc==0.30.4", "sphinx-needs==9.1.0")
MEGABYTE = 1_000_000
AT = datetime(2026, 11, 24, tzinfo=UTC)


def rows_of(count: int) -> Iterator[dict[str, Any]]:
    """Rows of all businesses in turn: five to a function, twenty-five to a 中項目."""
    random = Random(1)
    for number in range(count):
        of_business = count // BUSINESSES or count
        business, place = divmod(number, of_business)
        yield row(number, text(random, number)) | {
            "id": f"{business + 100}-{place // 125 + 1}.{place // 25 % 5 + 1}.{place // 5 % 5 + 1}-{place % 5 + 1:02}",
            "major": f"大項目{place // 125 + 1}",
            "middle": f"中項目{place // 25 + 1}",
            "name": f"機能{place // 5 + 1}",
            "legal_basis": [{"law": f"架空法{number % 40}", "article": f"{number % 90 + 1}条"}],
            "operations": [f"operation_{number % OPERATIONS}", f"operation_{number * 7 % OPERATIONS}"],
            "documents": [f"document_{number % 50}"] if number % 7 == 0 else [],
            "history": [{"edition": "1", "date": "2026-04-01", "change": "added"}],
        }


def scenario(one: dict[str, Any], number: int) -> ScenarioText:
    """Five steps with a table, and two examples for every third."""
    table = DataTable(("項目", "値"), (("氏名", "架空　太郎"), ("異動日", "令和8年4月1日")))
    examples = (ExamplesText("", DataTable(("項目", "値"), (("氏名", "甲"), ("住所", "乙")))),)
    return ScenarioText(
        key=f"{number:012x}",
        name=f"{one['name']}の{number}番目の要件が満たされる",
        feature=one["middle"],
        file=f"features/bench/{one['id'][:3]}.feature",
        line=number + 1,
        business=f"business_{one['id'][:3]}",
        requirements=(one["id"],),
        steps=(
            StepText("前提", "次の「納税義務者」が登録されている", table),
            StepText("かつ", "「利用者」は「賦課担当」である"),
            StepText("もし", "次の内容で「異動の登録」を行う", table),
            StepText("ならば", "処理は受け付けられる"),
            StepText("かつ", "「異動日」は「令和8年4月1日」である"),
        ),
        examples=examples if number % 3 == 0 else (),
        operations=tuple(one["operations"]),
    )


def gathered(rows: list[dict[str, Any]]) -> Specification:
    by_business: dict[str, list[Requirement]] = {}
    for one in rows:
        slug = f"business_{one['id'][:3]}"
        by_business.setdefault(slug, []).append(Requirement.from_row(one, slug, Position("bench")))
    tables = tuple(RequirementTable(slug, "1", "draft", "made up", tuple(some)) for slug, some in by_business.items())
    systems = {slug: {"id": slug[-3:], "name": f"業務{slug[-3:]}"} for slug in by_business}
    catalog = Catalog(Path("bench"), glossary(), tables, systems, "")
    scenarios = [scenario(one, number) for number, one in enumerate(rows)]
    defects = [
        DefectText(f"Defect{number}", "額を切り上げる。", one["id"], "", f"business_{one['id'][:3]}")
        for number, one in enumerate(rows)
        if number % 2 == 0
    ]
    return specification(Edition("1", tables), catalog, scenarios, defects)


def glossary() -> Glossary:
    words = tuple(Word(f"項目{number}", f"word_{number}", "text") for number in range(800))
    papers = tuple(
        Word(f"帳票{number}", f"document_{number}", "document", fields=tuple(FieldUse(one.key) for one in words[:20]))
        for number in range(50)
    )
    uses = tuple(FieldUse(one.key) for one in words[:10])
    return Glossary(
        words=words + papers,
        operations=tuple(
            Operation(f"操作{number}", f"operation_{number}", "command", uses, uses) for number in range(OPERATIONS)
        ),
    )


def timed(work: str, call: Callable[[], Any]) -> tuple[Any, float]:
    start, wall = time.process_time(), time.perf_counter()
    result = call()
    seconds = time.process_time() - start
    content = result.values() if isinstance(result, dict) else [result] if isinstance(result, bytes) else []
    size = f", {len(content)} files, {sum(map(len, content)) / MEGABYTE:.1f} MB" if content else ""
    print(f"{work}: {seconds:.2f} s of processor, {time.perf_counter() - wall:.2f} s{size}", flush=True)
    return result, seconds


def measure(count: int) -> float:
    """Seconds of processor that the site takes, gathering and graph included."""
    rows = [*rows_of(count)]
    spec, gathering = timed(f"gather {len(rows)} requirements", lambda: gathered(rows))
    graph, tracing = timed("graph", lambda: traces(spec))
    print(f"{len(graph.nodes)} nodes, {len(graph.edges)} edges, {len(graph.dangling)} dangling")
    pages, printing = timed("html", lambda: site.render(spec, graph))
    print(f"most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        timed("write", lambda: [Path(folder, name).write_bytes(content) for name, content in pages.items()] and None)
    timed("json", lambda: specification_json.render(spec))
    timed("csv", lambda: specification_csv.render(spec))
    timed("jsonld", lambda: as_jsonld(graph))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB", flush=True)
    return gathering + tracing + printing


def papers(count: int) -> None:
    """What the papers take; PDF only as far as it is printed at all."""
    spec, _ = timed(f"gather {count} requirements", lambda: gathered([*rows_of(count)]))
    forms: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: specification_excel.render(spec),
        "reqif": lambda: specification_reqif.render(spec, AT),
        "docx": lambda: specification_word.render(spec, AT),
        "pdf": lambda: specification_pdf.render(spec, AT),
    }
    for name, form in forms.items():
        if name == "pdf" and specification_pdf.beyond_limit(spec):
            continue
        timed(name, form)
        print(f"most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB", flush=True)


# the others -----------------------------------------------------------------------------------------------


def environment() -> Path:
    """The folder of programs of an environment with the other tools, made when it is not there."""
    folder = Path(tempfile.gettempdir(), f"kijun-bench-publishing-{os.getuid()}")
    programs = folder / "bin"
    if not (programs / "strictdoc").exists() or not (programs / "sphinx-build").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([programs / "pip", "install", "--quiet", *OTHERS], check=True)
    return programs


def strictdoc_source(rows: list[dict[str, Any]], folder: Path) -> None:
    for business in sorted({one["id"][:3] for one in rows}):
        lines = ["[DOCUMENT]", f"TITLE: Business {business}", ""]
        for one in (one for one in rows if one["id"].startswith(business)):
            lines += ["[REQUIREMENT]", f"UID: {one['id']}", f"TITLE: {one['name']}", f"STATEMENT: {one['text']}"]
            lines += [f"RATIONALE: {one['rationale']}", f"COMMENT: {one['legal_basis'][0]['law']}", ""]
        (folder / f"business_{business}.sdoc").write_text("\n".join(lines), encoding="utf-8")


def sphinx_source(rows: list[dict[str, Any]], folder: Path) -> None:
    (folder / "conf.py").write_text(
        'extensions = ["sphinx_needs"]\nproject = "bench"\nlanguage = "ja"\nhtml_theme = "basic"\n'
        'needs_id_regex = r"^[A-Z0-9_.-]{3,}"\n',
        encoding="utf-8",
    )
    businesses = sorted({one["id"][:3] for one in rows})
    pages = "".join(f"   business_{one}\n" for one in businesses)
    (folder / "index.rst").write_text(f"Bench\n=====\n\n.. toctree::\n\n{pages}", encoding="utf-8")
    for business in businesses:
        lines = [f"Business {business}", "=" * 20, ""]
        for one in (one for one in rows if one["id"].startswith(business)):
            lines += [
                f".. req:: {one['name']}",
                f"   :id: {one['id']}",
                "   :status: draft",
                "",
                f"   {one['text']}",
                "",
            ]
        (folder / f"business_{business}.rst").write_text("\n".join(lines), encoding="utf-8")


def processor_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def others(count: int, own: float) -> None:
    rows, programs = [*rows_of(count)], environment()
    tools: dict[str, tuple[Callable[[list[dict[str, Any]], Path], None], Callable[[Path, Path], list[Any]]]] = {
        "StrictDoc": (
            strictdoc_source,
            lambda source, out: [programs / "strictdoc", "export", source, "--output-dir", out],
        ),
        "Sphinx-Needs": (
            sphinx_source,
            lambda source, out: [programs / "sphinx-build", "-q", "-b", "html", source, out],
        ),
    }
    for name, (write, command) in tools.items():
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "source"), Path(folder, "out")
            source.mkdir()
            write(rows, source)
            start, wall = processor_of_children(), time.perf_counter()
            done = subprocess.run(command(source, out), capture_output=True, text=True, cwd=folder)
            seconds, waited = processor_of_children() - start, time.perf_counter() - wall
            if done.returncode:
                print(f"{name}: failed\n{(done.stdout + done.stderr)[-1500:]}")
                continue
            pages = [*out.rglob("*.html")]
            print(
                f"{name} {count} requirements: {seconds:.1f} s of processor, {waited:.1f} s, {len(pages)} pages, "
                f"{seconds / own:.0f} times as much",
                flush=True,
            )


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int)
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--papers", action="store_true")
    arguments = parser.parse_args(argv)
    gc.disable()  # as the command does
    count = arguments.count or (FEW if arguments.others else ROWS)
    if arguments.papers:
        papers(count)
        return
    own = measure(count)
    if arguments.others:
        others(count, own)


if __name__ == "__main__":
    main(sys.argv[1:])
