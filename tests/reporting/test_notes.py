"""Waivers that are not needed any more, and disputes: told in every report that people read, changing no verdict."""

from __future__ import annotations

import html
import io

import characters
import pytest
from miniature import FEES, HonestPots, Miniature
from pdf_reading import opened, squeezed, words
from python_calamine import CalamineWorkbook
from runs import run

from kijun.catalog.run_folder import read_events
from kijun.cli.report_command import summary
from kijun.model.errors import ConfigurationError
from kijun.model.verdict import Claim
from kijun.reporting import excel_report, html_report, json_report, pdf_report, transcript, wording
from kijun.reporting.run_view import RunView

WAIVER = f"""\
waivers:
  - {{ requirement: "{FEES}", issuer: "見本市", reason: "移行中", scope: "当初", expires: "2099-03-31" }}
"""
DISPUTE = """\
disputes:
  - scenario: "{scenario}"
    issuer: "架空園"
    reason: "端数の扱いを定めた条文がない。"
    scope: "大きい鉢の料金"
    expires: "2099-03-31"
    link: "https://kijun.example/disputes/1"
"""


def printed(view: RunView) -> list[str]:
    """What a reader of the page, the workbook, the paper and the terminal finds, without white space."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel_report.render(view)))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    cells = "".join(str(cell) for row in rows for cell in row)
    page = html.unescape(html_report.render(view).decode())
    return [squeezed(one) for one in (page, cells, words(opened(pdf_report.render(view))), summary(view))]


def test_a_waiver_of_what_passes_again_is_told_everywhere(mini: Miniature) -> None:
    view = run(mini, HonestPots, waivers=mini.write("waivers.yaml", WAIVER))
    assert view.report.claim is Claim.CONFORMANT
    told = f"{FEES} 要件は「適合」です。免除を外してください。見本市: 移行中（範囲 当初、期限 令和81年3月31日）"
    assert wording.notes(view) == [("働いていない免除", told)]
    assert [squeezed(told) in one for one in printed(view)] == [True] * 4


def test_a_waiver_that_is_needed_is_not_called_idle(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp, waivers=mini.write("waivers.yaml", WAIVER))
    assert wording.notes(view) == []


def test_a_dispute_stands_beside_a_verdict_and_changes_none(mini: Miniature) -> None:
    before = run(mini, characters.RoundsUp, name="before")
    failed = next(case.scenario for case in before.report.facts.cases.values() if case.message)
    disputes = mini.write("disputes.yaml", DISPUTE.format(scenario=failed))
    view = run(mini, characters.RoundsUp, disputes=disputes)
    assert view.report.claim is before.report.claim is Claim.NOT_CONFORMANT
    assert view.report.reasons == before.report.reasons
    case = view.report.facts.cases[failed]
    told = (
        "架空園: 端数の扱いを定めた条文がない。（範囲 大きい鉢の料金、期限 令和81年3月31日）"
        " https://kijun.example/disputes/1"
    )
    page, *others = (one.count(squeezed(told)) for one in printed(view))
    assert page > 0
    assert others == [2, 2, 1]  # in the summary, and beside the scenario where there is one
    assert f"    異議: {told}" in transcript.render(view, case)
    assert b'"disputes"' in json_report.render(view)
    assert b'"disputes"' not in json_report.render(before)
    assert "disputes" not in next(read_events(before.folder))


def test_a_dispute_about_a_scenario_that_changed_is_refused(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp, name="before")
    failed = next(case.scenario for case in view.report.facts.cases.values() if case.message)
    disputes = mini.write("disputes.yaml", DISPUTE.format(scenario=failed))
    mini.edit(mini.feature, "1,000円", "1,001円")
    with pytest.raises(ConfigurationError, match="直されたか、なくなりました"):
        run(mini, characters.RoundsUp, disputes=disputes)


def test_an_expired_waiver_stops_a_run_before_it_begins(mini: Miniature) -> None:
    waivers = mini.write("waivers.yaml", WAIVER.replace("2099", "2020"))
    with pytest.raises(ConfigurationError, match=r"waivers.yaml:2: 期限（2020-03-31）が過ぎています。"):
        run(mini, HonestPots, waivers=waivers)
