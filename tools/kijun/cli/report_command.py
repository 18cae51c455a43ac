"""kijun report, and the writing of reports that kijun run ends with"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kijun.cli.common import clean, put, say
from kijun.engine.run_place import existing_folder
from kijun.model.requirement import Obligation
from kijun.model.verdict import Status
from kijun.reporting import (
    allure_report,
    badge,
    ctrf_report,
    earl_report,
    excel_report,
    html_report,
    json_report,
    junit_report,
    oscal_report,
    pdf_report,
)
from kijun.reporting.advice import title
from kijun.reporting.causes import causes_of
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import notes

Renderers = Mapping[str, Callable[[RunView], bytes]]
TO_READ = "report.html"
_CAUSES = 3  # told at the end of a run
RENDERERS: Renderers = {
    "report.json": json_report.render,
    TO_READ: html_report.render,
    "report.xlsx": excel_report.render,
    "junit.xml": junit_report.render,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a run is written down as: the name of a file or a folder, and its files with their names."""

    name: str
    files: Callable[[RunView], Iterable[tuple[str, bytes]]]

    @classmethod
    def single(cls, name: str, render: Callable[[RunView], bytes]) -> Paper:
        return cls(name, lambda view: [(name, render(view))])


STANDARD = tuple(Paper.single(name, render) for name, render in RENDERERS.items())
ON_REQUEST: Mapping[str, Paper] = {
    "pdf": Paper.single("report.pdf", pdf_report.render),
    "ctrf": Paper.single("ctrf.json", ctrf_report.render),
    "earl": Paper.single("earl.jsonld", earl_report.render),
    "oscal": Paper.single("oscal.json", oscal_report.render),
    "allure": Paper(allure_report.FOLDER, allure_report.render),
    "badge": Paper.single("badge.svg", badge.render),
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", default="", metavar="実行", help="実行の名前かフォルダー（既定は最新）")
    parser.add_argument("--out", type=Path, default=Path("kijun-out"), metavar="フォルダー", help="結果の置き場所")
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        choices=ON_REQUEST,
        metavar="形式",
        help=f"印刷やほかの道具のための報告だけを作る（{'、'.join(ON_REQUEST)}。繰返し可）",
    )
    parser.add_argument(
        "--since", default="", metavar="実行", help="比べる前の実行の名前かフォルダー（report.html に載る）"
    )
    parser.add_argument("--accept-waivers", action="store_true", help="条件付適合を終了コード 0 とする")


def execute(arguments: argparse.Namespace) -> int:
    chosen = [ON_REQUEST[one] for one in dict.fromkeys(arguments.format)]
    earlier = RunView.read(existing_folder(arguments.out, arguments.since)) if arguments.since else None
    view = write_reports(existing_folder(arguments.out, arguments.run), chosen or STANDARD, earlier)
    say(summary(view, [paper.name for paper in chosen] or [TO_READ]))
    return view.report.claim.exit_code(arguments.accept_waivers)


def write_reports(folder: Path, papers: Iterable[Paper] = STANDARD, earlier: RunView | None = None) -> RunView:
    """Judge a run folder and write the reports into it; a file is never left half written."""
    view = RunView.read(folder, earlier)
    for paper in papers:
        for name, content in paper.files(view):
            put(folder / name, content, make_folder=True)
    return view


def summary(view: RunView, papers: Iterable[str] = (TO_READ,)) -> str:
    """The claim in plain words, the counts that matter, and where to read on."""
    report = view.report
    lines = [f"判定: {report.claim.label}（{report.claim.value}）"]
    for obligation in (Obligation.MANDATORY, Obligation.OPTIONAL, Obligation.PROHIBITED):
        chosen = [one.status for one in report.outcomes if one.obligation is obligation]
        counted = [f"{status.label} {chosen.count(status)}" for status in Status if status in chosen]
        lines.append(f"  {obligation.symbol} {obligation.label}: {'、'.join(counted) or 'なし'}")
    facts = report.facts
    lines.append(f"  シナリオ: 選択 {facts.start['selection']['scenarios']} 件、実施 {facts.executed} 件")
    lines += [f"  - {reason}" for reason in report.reasons]
    lines += [f"  - {label}: {text}" for label, text in notes(view)]
    lines += _first_causes(view)
    lines += [f"報告書: {view.folder / name}" for name in papers]
    return "\n".join(lines)


def _first_causes(view: RunView) -> Iterator[str]:
    """The causes that hold most requirements back; the page tells all of them, and whom to ask."""
    causes = causes_of(view)
    if causes:
        yield f"直すと進むもの（原因 {len(causes)} 件のうち {min(len(causes), _CAUSES)} 件）:"
    for number, one in enumerate(causes[:_CAUSES], 1):
        waiting = f"要件 {len(one.requirements)} 件（うち、これだけを待つもの {len(one.unlocks)} 件）"
        yield f"  {number}. {clean(title(view, one).removesuffix('。'))}。{waiting}"
