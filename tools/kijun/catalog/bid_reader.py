"""bid.json: what was read from an answer book once, so that every later step gives the same result."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.schemas import json_path, schema
from kijun.model.bid import AnswerStatus, Bid, BidAnswer, Cost, Due, UnplacedRow
from kijun.model.errors import ConfigurationError, Position, Problem

BID_VERSION = "1"


def as_record(bid: Bid) -> dict[str, Any]:
    """A bid as bid.json holds it."""
    return {
        "bid_version": BID_VERSION,
        "bidder": bid.bidder,
        "product": bid.product,
        "version": bid.version,
        "editions": dict(bid.editions),
        "source": {"name": bid.source, "sha256": bid.digest},
        "legend": {code: status.value for code, status in bid.legend.items()},
        "rows": len(bid.answers) + len(bid.unplaced),
        "answers": [_answer_record(one) for one in bid.answers.values()],
        "unplaced": [{"place": one.place, "text": one.text, "because": one.because} for one in bid.unplaced],
    }


def read_bid(path: Path) -> Bid:
    """Read one bid. Raises ConfigurationError with everything that is wrong."""
    at = Position.of(path)
    hint = "kijun answers import で読み取り直してください。"
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            [Problem(at, f"読めません（{error.strerror}）。", "場所を確かめてください。")]
        ) from error
    except ValueError as error:
        raise ConfigurationError([Problem(at, "JSON として読めません。", hint)]) from error
    problems = [Problem(at, f"{json_path(place)} {told}", hint) for place, told in schema("bid").errors(content)]
    problems = problems or [Problem(at, told, hint) for told in _faults(content)]
    if problems:
        raise ConfigurationError(problems)
    return _bid(content)


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    answers, unplaced = content["answers"], content["unplaced"]
    if content["rows"] != len(answers) + len(unplaced):
        yield f"行の数が合いません（rows {content['rows']}、answers {len(answers)}、unplaced {len(unplaced)}）。"
    for one, count in Counter(answer["requirement"] for answer in answers).items():
        if count > 1:
            yield f"要件 {one} の答えが {count} 件あります。"


def _bid(content: Mapping[str, Any]) -> Bid:
    return Bid(
        bidder=content["bidder"],
        product=content["product"],
        version=content["version"],
        editions=content["editions"],
        answers={one["requirement"]: _answer(one) for one in content["answers"]},
        source=content["source"]["name"],
        digest=content["source"]["sha256"],
        legend={code: AnswerStatus(status) for code, status in content["legend"].items()},
        unplaced=tuple(UnplacedRow(one["place"], one["text"], one["because"]) for one in content["unplaced"]),
    )


def _answer_record(one: BidAnswer) -> dict[str, Any]:
    record: dict[str, Any] = {
        "requirement": one.requirement,
        "status": one.status.value,
        "written": one.written,
        "place": one.place,
    }
    if one.cost:
        record["cost"] = {"yen": one.cost.yen, "written": one.cost.written, "note": one.cost.note}
    if one.due:
        day = one.due.last_day.isoformat() if one.due.last_day else None
        record["due"] = {"last_day": day, "written": one.due.written, "note": one.due.note}
    if one.remarks:
        record["remarks"] = one.remarks
    if one.questions:
        record["questions"] = list(one.questions)
    return record


def _answer(row: Mapping[str, Any]) -> BidAnswer:
    cost, due = row.get("cost"), row.get("due")
    day = due and due["last_day"]
    return BidAnswer(
        requirement=row["requirement"],
        status=AnswerStatus(row["status"]),
        written=row["written"],
        place=row["place"],
        cost=Cost(cost["yen"], cost["written"], cost.get("note", "")) if cost else None,
        due=Due(date.fromisoformat(day) if day else None, due["written"], due.get("note", "")) if due else None,
        remarks=row.get("remarks", ""),
        questions=tuple(row.get("questions", ())),
    )
