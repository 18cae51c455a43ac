"""A returned workbook in words and as data: what was changed, what has to be asked, what is left blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kijun.catalog.bid_reader import as_record as bid_record
from kijun.model.bid import AnswerStatus, Contradiction, contradictions
from kijun.procurement.returned_book import Kind, ReturnedBook

_FATAL = (Kind.EDITED, Kind.DELETED, Kind.DOUBLED, Kind.UNKNOWN, Kind.ADDED)


def has_to_be_asked(found: ReturnedBook) -> bool:
    """Whether anything in the book needs a word with the bidder before it can be weighed."""
    return any(found.of(kind) for kind in _FATAL) or any(_questions(found)) or any(_unanswered(found))


def as_record(found: ReturnedBook) -> dict[str, Any]:
    """The check as JSON; `bid` has the shape of bid.json."""
    return {
        "code": found.code,
        "findings": [
            {"kind": one.kind.value, "place": one.place, "text": one.text, "mandatory": one.is_mandatory}
            for one in found.findings
        ],
        "unanswered": _unanswered(found),
        "contradictions": [
            {"requirement": one, "place": found.bid.answers[one].place, "rule": told.rule, "text": told.text}
            for one, told in _contradictions(found)
        ],
        "bid": bid_record(found.bid),
    }


def render(found: ReturnedBook) -> str:
    """The check for a person, with the cell of everything."""
    bid = found.bid
    counted = [f"{status.label} {count}" for status in AnswerStatus if (count := _count(found, status))]
    lines = [
        f"事業者: {bid.bidder}（{bid.product} {bid.version}）",
        f"照合コード: {found.code}",
        f"回答: {len(found.asked)} 件のうち {'、'.join(counted) or 'なし'}",
    ]
    for kind in Kind:
        rows = found.of(kind)
        if not rows:
            continue
        mandatory = sum(one.is_mandatory for one in rows)
        lines.append(f"{kind.label}: {len(rows)} 件" + (f"（うち実装必須 {mandatory} 件）" if mandatory else ""))
        lines += [f"  {one.place} {one.text}".replace("   ", "  ") for one in rows]
    unanswered = _unanswered(found)
    if unanswered:
        lines.append(f"未回答: {len(unanswered)} 件（{'、'.join(unanswered[:5])}{' ほか' if unanswered[5:] else ''}）")
    if questions := list(_questions(found)):
        lines.append(f"事業者に確かめること: {len(questions)} 件")
        lines += [f"  {one}" for one in questions]
    if not has_to_be_asked(found):
        lines.append("書き換え、欠け、食い違いは見つかりませんでした。")
    return "\n".join(lines)


def _count(found: ReturnedBook, status: AnswerStatus) -> int:
    return sum(found.bid.answer(one).status is status for one in found.asked)


def _unanswered(found: ReturnedBook) -> list[str]:
    """Rows that stand in the book with an empty answer; deleted ones are told as such."""
    return [one for one, answer in found.bid.answers.items() if answer.status is AnswerStatus.UNANSWERED]


def _contradictions(found: ReturnedBook) -> Iterator[tuple[str, Contradiction]]:
    for one, answer in found.bid.answers.items():
        for told in contradictions(answer, found.asked[one].obligation):
            yield one, told


def _questions(found: ReturnedBook) -> Iterator[str]:
    """What reading left open and what contradicts itself; changed words are told as findings already."""
    edits = {one.text for one in found.of(Kind.EDITED)}
    for one, answer in found.bid.answers.items():
        yield from (f"{answer.place} {one} {told}" for told in answer.questions if told not in edits)
    for one, told in _contradictions(found):
        yield f"{found.bid.answers[one].place} {one} {told.text}"
