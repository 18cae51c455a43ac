"""kijun compare"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kijun.bundle.keys import read_public
from kijun.bundle.verify import Retrial, verify
from kijun.catalog.root import spec_root
from kijun.catalog.tender_reader import read_tender
from kijun.cli.common import add_spec, clean, put, say
from kijun.cli.verify_command import judge
from kijun.model.conformance import RequirementOutcome
from kijun.model.errors import ConfigurationError, Position, Problem, ProblemsFound
from kijun.model.requirement import Method, MunicipalityClass
from kijun.model.tender import EvidencePlace, Tender
from kijun.model.verdict import Verdict
from kijun.procurement import assembly_sheet, comparison_book, comparison_page
from kijun.procurement.claims import Assurance, Evidence, Finding, misfits
from kijun.procurement.comparison import Comparison, compare
from kijun.procurement.veil import Veil
from kijun.reporting.run_view import RunView


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tender", type=Path, metavar="調達.yaml", help="調達のファイル（tender.yaml）")
    parser.add_argument(
        "--out", type=Path, metavar="フォルダー", help="comparison.xlsx、comparison.html、assembly.pdf を作る"
    )
    parser.add_argument("--open", action="store_true", help="開札の後に、事業者の名前を示す")
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    tender, _ = read_tender(arguments.tender, root)
    comparison, veil = compare(tender, read_evidence(tender, root)), Veil(tender, arguments.open)
    if arguments.out:
        papers = {
            "comparison.xlsx": comparison_book.render(comparison, veil),
            "comparison.html": comparison_page.render(comparison, veil),
            "assembly.pdf": assembly_sheet.render(comparison, veil),
        }
        for name, content in papers.items():
            put(arguments.out / name, content, make_folder=True)
            sys.stderr.write(f"{arguments.out / name} を作りました。\n")
    _tell(comparison, veil)
    return 0


def read_evidence(tender: Tender, root: Path) -> Mapping[str, Evidence]:
    """By label, the evidence of every bidder that has some. Raises ConfigurationError for all that does not fit."""
    found: dict[str, Evidence] = {}
    problems: list[Problem] = []
    for bidder in tender.bidders:
        if bidder.evidence is None or tender.is_late(bidder):
            continue
        try:
            evidence = _bundle(bidder.evidence, root) if bidder.evidence.key else _run(bidder.evidence.path)
        except ProblemsFound as error:
            problems += error.problems
            continue
        problems += misfits(bidder, evidence, tender)
        found[bidder.label] = evidence
    if problems:
        raise ConfigurationError(problems)
    return found


def _bundle(place: EvidencePlace, root: Path) -> Evidence:
    """A bundle whose signature holds, read while it is unpacked to be judged again."""
    if place.key is None:
        raise AssertionError("a bundle comes with a key")
    read: list[Evidence] = []

    def keep(folder: Path) -> Retrial:
        read.append(_evidence(RunView.read(folder), place.path.name, Assurance.REJUDGED))
        return judge(folder, root)

    found = verify(place.path, read_public(place.key), keep, datetime.now(UTC))
    if found.findings or not read:
        hint = "kijun verify で詳しく確かめ、送り主にもう一度送るよう頼んでください。"
        told = "".join(found.findings) or "記録を読めません。"
        raise ConfigurationError([Problem(Position.of(place.path), f"束を信じられません。{told}", hint)])
    one = read[0]
    return replace(one, assurance=Assurance.SIGNED) if found.unchecked else one


def _run(folder: Path) -> Evidence:
    return _evidence(RunView.read(folder), folder.name, Assurance.UNSIGNED)


def _evidence(view: RunView, source: str, assurance: Assurance) -> Evidence:
    start = view.report.facts.start
    return Evidence(
        source=source,
        product=view.product.get("product", ""),
        version=view.product.get("version", ""),
        kind=MunicipalityClass(start["profile"]["municipality_class"]),
        editions=dict(start["edition"]),
        on=date.fromisoformat(view.finish[:10]),
        assurance=assurance,
        findings={one.requirement.id: _finding(one) for one in view.report.outcomes},
    )


def _finding(one: RequirementOutcome) -> Finding:
    return Finding(
        status=one.underlying,
        because=one.because,
        declared=one.claimed,
        by_declaration=one.rule == "ics",
        cases=sum(case.verdict is not Verdict.NONE for case in one.cases),
        by_people=bool(one.attestations) and one.requirement.method is not Method.TEST,
    )


def _tell(comparison: Comparison, veil: Veil) -> None:
    say(f"{clean(comparison.tender.title)}　要件 {len(comparison.rows)} 件")
    say("　".join(f"{kind.label} {count} 件" for kind, count in comparison.counts.items()))
    for one in comparison.columns:
        told = f"実装必須で満たさない・不明 {one.missing} 件、答えと食い違う結果 {one.disproved} 件"
        say(f"{clean(veil.name(one.bidder))}　{told}、価格 {one.amount:,} 円")
    for late in comparison.late:
        say(f"{clean(veil.name(late))}　締切の後に届いたので、答えを読んでいません。")
