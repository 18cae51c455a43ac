"""The workbook that a section of an office works on: summary, one sheet per business, scenario by scenario.

The sheet of a business has the columns of a 機能要件表, and at the right of them what this run came to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kijun.model.conformance import RequirementOutcome
from kijun.model.requirement import MunicipalityClass, Obligation
from kijun.model.verdict import Status, Verdict
from kijun.press.legible import unhidden
from kijun.press.workbook import Cell, Column, Workbook
from kijun.publishing import requirement_sheet
from kijun.reporting import wording
from kijun.reporting.run_view import RunView

_JUDGED = "判定"
_VERDICTS = (
    Column("宣言", 7, _JUDGED),
    Column("検証", 11, _JUDGED),
    Column("理由", 30, _JUDGED),
    Column("団体の確認", 12, _JUDGED),
    Column("免除・異議", 16, _JUDGED),
    Column("シナリオ数", 8, _JUDGED),
    Column("不合格数", 7, _JUDGED),
)
_SCENARIOS = (
    Column("場所", 44),
    Column("シナリオ", 50),
    Column(requirement_sheet.NUMBER.label, 18),
    Column("結果", 12),
    Column("誰の問題か", 12),
    Column("内容", 60),
)
_LEGEND = (Column("記号・列", 24), Column("意味", 90))


def render(view: RunView) -> bytes:
    """report.xlsx. What a product said is text: it is never taken for a formula, and what hides in it is shown."""
    book = Workbook("適合報告", _head(view))
    _summary(book, view)
    columns = (*requirement_sheet.columns(_judged_class(view)), *_VERDICTS)
    for business, outcomes in groupby(view.report.outcomes, key=lambda one: one.requirement.business):
        book.add_table(view.snapshot["names"][business], columns, map(_requirement, outcomes))
    book.add_table("シナリオ", _SCENARIOS, _scenarios(view))
    book.add_table("凡例", _LEGEND, _legend())
    return book.finish()


def _head(view: RunView) -> tuple[str, str, str]:
    """For every page: the product, the editions it was held against, the claim."""
    editions = "、".join(
        f"{view.snapshot['names'][one['business']]} {one['edition']}版" for one in view.snapshot["tables"]
    )
    return unhidden(wording.product_text(view)), editions, f"判定: {view.report.claim.label}"


def _judged_class(view: RunView) -> MunicipalityClass:
    return MunicipalityClass(view.report.facts.start["profile"]["municipality_class"])


def _requirement(one: RequirementOutcome) -> list[Cell]:
    return [
        *requirement_sheet.cells(one.requirement),
        one.claimed.label,
        wording.status_text(one.status),
        unhidden(one.because),
        unhidden(wording.review_text(one)),
        unhidden("\n".join(_exceptions(one))),
        len(one.cases),
        sum(case.verdict is Verdict.FAIL for case in one.cases),
    ]


def _exceptions(one: RequirementOutcome) -> Iterator[str]:
    """What stands against the verdict: a waiver, beside what was waived, and a municipality that does not agree."""
    if one.waiver:
        yield f"免除 {wording.waiver_text(one.waiver)}"
        yield f"元の判定 {wording.status_text(one.underlying)}"
    if one.review["value"] == "rejected":
        yield "異議 団体は同意していません。"


def _scenarios(view: RunView) -> Iterator[list[Cell]]:
    for case in view.cases:
        scenario = view.scenario(case)
        yield [
            f"{scenario['file']}:{scenario['line']}",
            case.name,
            "\n".join(scenario["requirements"]),
            case.verdict.label,
            case.fault.label if case.fault else "",
            unhidden("\n".join([case.message, *(f"異議 {wording.dispute_text(one)}" for one in case.disputes)])),
        ]


def _summary(book: Workbook, view: RunView) -> None:
    claim = view.report.claim
    rows = [("意味", wording.CLAIM_MEANINGS[claim]), *wording.summary_rows(view)]
    rows += [("注記", caveat) for caveat in wording.caveats(view)]
    rows += [("判定の理由", reason) for reason in view.report.reasons]
    rows += [(f"事前確認 {mark}", message) for mark, message in wording.preflight_rows(view)]
    rows += [(f"人の確認 {one}", f"{method}: 証言 {state}") for one, method, state in wording.people_rows(view)]
    shown = [(label, unhidden(text)) for label, text in rows]
    book.add_summary("概要", f"判定: {claim.label}", shown, wording.count_rows(view))


def _legend() -> Iterable[tuple[str, str]]:
    yield from ((wording.status_text(status), wording.MEANINGS[status]) for status in Status)
    yield from ((wording.obligation_text(one), _OBLIGATIONS[one]) for one in Obligation)
    yield from _COLUMNS


_OBLIGATIONS = {
    Obligation.MANDATORY: "実装していなければ不適合です。",
    Obligation.OPTIONAL: "実装しなくてもよい機能です。実装すると宣言したものは必須と同じに判定します。",
    Obligation.PROHIBITED: "実装していれば不適合です。",
    Obligation.NONE: "この団体区分には規定がありません（表では空欄）。",
}
_COLUMNS = (
    ("本表の要件番号", "この要件表が付けた番号です。公式の機能ID ではありません。"),
    ("機能ID", "公式の表で確かめた番号だけを入れます。確かめていないものは空欄です。"),
    ("実装区分（判定）", "この報告が判定した団体区分の列です。ほかの列は、ほかの団体区分での区分を示します。"),
    ("適合基準日、区分の出所", "「案」「推定」とあるものは、公式の表と照らし合わせていません。"),
    ("宣言・検証・団体の確認", "事業者の宣言、この実行での検証、団体の判断です。互いに混ぜません。"),
    ("免除・異議", "期限付きの免除と、免除がなければどう判定されたか、団体が同意していないことを示します。"),
)
