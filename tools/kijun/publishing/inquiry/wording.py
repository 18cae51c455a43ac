"""What every paper of a count says the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kijun.model.inquiry import OpinionCodes
from kijun.model.requirement import MunicipalityClass
from kijun.publishing.inquiry.asked import full_name
from kijun.publishing.inquiry.counting import Count, Duplicate, Issue, Opinion, RowCount
from kijun.publishing.inquiry.outliers import OddBody, OddRow, share
from kijun.publishing.inquiry.replies import UNCLEAR

TITLE = "意見照会の集計"
NO_CODE, NO_ROW = "不明", "－"


def percent(part: int, whole: int) -> str:
    """One decimal; a stroke where nobody answered."""
    return f"{share(part, whole):.1f}%" if whole else "－"


def body_name(count: Count, body: str) -> str:
    """Code and name; a file of an unknown body by itself."""
    known = count.inquiry.bodies.get(body)
    return f"{body} {full_name(known)}" if known else f"団体不明（{body}）"


def body_names(count: Count, bodies: Iterable[str]) -> str:
    return "、".join(body_name(count, one) for one in bodies)


def code_name(codes: OpinionCodes, code: str) -> str:
    return codes.of(code).shown if code != UNCLEAR else NO_CODE


def opinion_code(count: Count, one: Opinion) -> str:
    """The answer that words belong to; words without a row have none."""
    return code_name(count.inquiry.codes, one.code) if one.row in count.inquiry.requirements else NO_ROW


def issue_text(codes: OpinionCodes, one: Issue) -> str:
    return f"{codes.of(one.code).shown} {one.bodies} 団体（{percent(one.bodies, one.answered)}）"


def top_texts(count: Count, row: RowCount) -> list[str]:
    codes = count.inquiry.codes
    return [issue_text(codes, one) for one in row.top(codes.agreement.code)]


def turnout(count: Count) -> Iterator[tuple[str, int, int]]:
    """Class, bodies asked, bodies whose reply counts; the last line is the total."""
    expected = count.inquiry.expected()
    for kind in MunicipalityClass:
        yield kind.label, expected[kind], count.answering(kind)
    yield "計", sum(expected.values()), len(count.counted)


def odd_body_text(one: OddBody) -> str:
    return (
        f"回答した {one.answered} 行のうち {one.differing} 行が、区分で最も多い回答と違います"
        f"（区分の中央値 {one.middle:g} 行）。"
    )


def odd_row_text(one: OddRow) -> str:
    if one.kind is None:
        return f"意見のある団体が {one.share:.1f}%（全ての要件の中央値 {one.compared:.1f}%）です。"
    return f"{one.kind.label}では意見のある団体が {one.share:.1f}%、ほかの区分では {one.compared:.1f}% です。"


def duplicate_text(one: Duplicate) -> str:
    same = "同じ内容" if one.is_identical else "内容が違う"
    chosen = f"数えたもの: {one.counted}。" if one.counted else ""
    return f"{same}。{chosen}{one.because}"


def overview(count: Count) -> Iterator[tuple[str, str]]:
    """Labels and numbers for the first look."""
    asked = len(count.inquiry.asked)
    yield "対象の版", f"{count.inquiry.edition.label}、集計した要件 {len(count.rows)} 件"
    yield "回答した団体", f"{len(count.counted)} / {asked} 団体（{percent(len(count.counted), asked)}）"
    yield "見たファイル", f"{count.files} 件（ほかに、回答でないので見なかったもの {len(count.passed_over)} 件）"
    yield "読めないファイル", f"{len(count.unreadable)} 件"
    yield "団体が決まらない・架空", f"{len(count.uncounted)} 件（数えていません）"
    undecided = sum(not one.counted for one in count.duplicates)
    yield "同じ団体の重複", f"{len(count.duplicates)} 団体（うち、決まらないので数えていないもの {undecided} 団体）"
    through = sum(one.is_joint for one in count.counted.values())
    yield "取りまとめた回答", f"{len(count.joint)} 件（これで数えた団体 {through}）"
    unclear = sum(row.counts()[UNCLEAR] for row in count.rows)
    yield "読めない回答", f"{unclear} 件（要件と団体の組。割合の分母に入れていません）"
    yield "意見の文", f"{len(count.opinions)} 種類（同じ文は一つにまとめました）"
    yield "気付いた点", f"{len(count.notes)} 件"
