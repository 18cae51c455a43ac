"""A vendor's own answers, from its statement or from a bid: what it has to look at again, and what it fills in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kijun.catalog.bid_reader import read_bid
from kijun.catalog.configuration import read_checked, row_problems
from kijun.model.bid import AnswerStatus, BidAnswer, Due
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.statement import Answer

_STATUSES = {
    Answer.YES: AnswerStatus.STANDARD,
    Answer.NO: AnswerStatus.NOT_SUPPORTED,
    Answer.PLANNED: AnswerStatus.PLANNED,
}


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An answer, and what it is called where it was given."""

    label: str
    answer: BidAnswer


def read_own_answers(path: Path, *editions: Edition) -> dict[str, OwnAnswer]:
    """Requirement → answer, of statement.yaml or bid.json, to rows of any of these editions.

    Raises ConfigurationError with all problems.
    """
    return _of_bid(path, editions) if path.suffix.lower() == ".json" else _of_statement(path, editions)


def _of_statement(path: Path, editions: tuple[Edition, ...]) -> dict[str, OwnAnswer]:
    file, problems = read_checked(path, "statement")
    if problems:
        raise ConfigurationError(problems)
    known = {one for edition in editions for one in edition.requirements}
    for business, told in _strange_editions(file.data["statement"]["editions"], editions):
        hint = "その宣言書が答えた版を使ってください。"
        problems.append(Problem(file.at("statement", "editions", business), f"宣言書は{told}", hint))
    problems += row_problems(file, known, {one.split("-")[0] for one in known})
    if problems:
        raise ConfigurationError(problems)
    found = dict[str, OwnAnswer]()
    for row in file.data["answers"]:
        answer, due = Answer(row["answer"]), row.get("due")
        given = BidAnswer(
            requirement=row["requirement"],
            status=_STATUSES[answer],
            written=answer.label,
            place="",
            due=Due(date.fromisoformat(due), due) if due else None,
            remarks=row.get("remark", ""),
        )
        found[given.requirement] = OwnAnswer(answer.label, given)
    return found


def _of_bid(path: Path, editions: tuple[Edition, ...]) -> dict[str, OwnAnswer]:
    bid, at = read_bid(path), Position.of(path)
    problems = [
        Problem(at, f"回答は{told}", "その回答が答えた版を使ってください。")
        for _, told in _strange_editions(bid.editions, editions)
    ]
    known = {one for edition in editions for one in edition.requirements}
    numbers = {one.split("-")[0] for one in known}
    problems += [
        Problem(at, f"要件 {one} は要件表にありません。", "番号と版を確かめてください。")
        for one in bid.answers
        if one not in known and one.split("-")[0] in numbers
    ]
    if problems:
        raise ConfigurationError(problems)
    return {one.requirement: OwnAnswer(one.status.label, one) for one in bid.answers.values()}


def _strange_editions(stated: Mapping[str, str], editions: tuple[Edition, ...]) -> Iterator[tuple[str, str]]:
    """Businesses of these editions that the answers name in another one, and how that is told."""
    names = {(table.business, table.edition) for edition in editions for table in edition.tables}
    ours = "比べる二つの版の" if len(editions) > 1 else "今の"
    for business, edition in stated.items():
        if business in {slug for slug, _ in names} and (business, edition) not in names:
            yield business, f"「{edition}」版に答えていますが、{ours}要件表の版ではありません。"
