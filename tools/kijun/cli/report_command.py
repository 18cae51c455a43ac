"""kijun report, and the writing of reports that kijun run ends with"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kijun.cli.common import put, say
from kijun.engine.run_place import existing_folder
from kijun.model.requirement import Obligation
from kijun.model.verdict import Status
from kijun.reporting import excel_report, html_report, json_report, junit_report, pdf_report
from kijun.reporting.run_view import RunView

RENDERERS: dict[str, Callable[[RunView], bytes]] = {
    "report.json": json_report.render,
    "report.html": html_report.render,
    "report.xlsx": excel_report.render,
    "junit.xml": junit_report.render,
    "report.pdf": pdf_report.render,  # last: it takes the most memory
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", default="", metavar="実行", help="実行の名前かフォルダー（既定は最新）")
    parser.add_argument("--out", type=Path, default=Path("kijun-out"), metavar="フォルダー", help="結果の置き場所")
    parser.add_argument("--accept-waivers", action="store_true", help="条件付適合を終了コード 0 とする")


def execute(arguments: argparse.Namespace) -> int:
    view = write_reports(existing_folder(arguments.out, arguments.run))
    say(summary(view))
    return view.report.claim.exit_code(arguments.accept_waivers)


def write_reports(folder: Path) -> RunView:
    """Judge a run folder and write every report into it; a report is never left half written."""
    view = RunView.read(folder)
    for name, render in RENDERERS.items():
        put(folder / name, render(view))
    return view


def summary(view: RunView) -> str:
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
    lines.append(f"報告書: {view.folder / 'report.html'}")
    return "\n".join(lines)
