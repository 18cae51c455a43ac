"""score.json: points that anybody can compute again, with a digest over all that they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from kijun.catalog.bid_reader import as_record as bid_record
from kijun.catalog.schemas import json_path, schema
from kijun.catalog.scoring_reader import number
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.scoring import ScoringRules
from kijun.model.tender import Bidder, JudgingOffice, Tender
from kijun.procurement.scoring import Scoring

SCORE_VERSION = "1"
_Record = dict[str, Any]


def as_record(tender: Tender, rules: ScoringRules, scoring: Scoring, *, is_open: bool) -> _Record:
    """What score.json holds. Names stand in it only when the tender is open; the digest is the same either way."""
    inputs, result = _digest(_inputs(tender, rules)), _result(scoring)
    names = {one.label: f"{one.bid.bidder}　{one.bid.product} {one.bid.version}" for one in tender.bidders}
    return {
        "score_version": SCORE_VERSION,
        "title": tender.title,
        **({"names": names} if is_open else {}),
        "inputs": inputs,
        "digest": _digest({"inputs": inputs, "result": result}),
        "result": result,
    }


def written(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def code(record: Mapping[str, Any]) -> str:
    """The digest short enough to be read out: eight signs, twice."""
    digest = str(record["digest"])
    return f"{digest[:8]}-{digest[8:16]}"


def read_record(path: Path) -> _Record:
    """A score.json of earlier. Raises ConfigurationError for what is none, or no longer is what was written."""
    at, hint = Position.of(path), "kijun score が書いたままのファイルを指定してください。"
    try:
        record: _Record = json.loads(path.read_bytes())
    except OSError as error:
        raise ConfigurationError([Problem(at, f"読めません（{error.strerror}）。", hint)]) from error
    except ValueError as error:
        raise ConfigurationError([Problem(at, "JSON として読めません。", hint)]) from error
    problems = [Problem(at, f"{json_path(place)} {told}", hint) for place, told in schema("score").errors(record)]
    if not problems and _digest({"inputs": record["inputs"], "result": record["result"]}) != record["digest"]:
        problems = [Problem(at, "結果が、書かれた後に変わっています（digest と合いません）。", hint)]
    if problems:
        raise ConfigurationError(problems)
    return record


def differences(earlier: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[str]:
    """What came out otherwise the second time, in sentences; nothing when every point is the same."""
    if earlier["digest"] == again["digest"]:
        return
    if earlier["inputs"] != again["inputs"]:
        yield "採点に使ったもの（調達、決まり、要件表、回答、職員の採点のどれか）が、前と違います。"
    before, after = ({one["label"]: one for one in record["result"]["bids"]} for record in (earlier, again))
    for label in dict.fromkeys([*before, *after]):
        then, now = before.get(label), after.get(label)
        if then is None or now is None:
            yield f"{label}は、{'今だけ' if then is None else '前だけ'}にあります。"
        elif then["total"] != now["total"]:
            yield f"{label}の合計は、前 {_shown(then['total'])}、今 {_shown(now['total'])}です。"
        elif then != now:
            yield f"{label}の合計は同じですが、内訳が違います。"
    if earlier["result"]["placings"] != again["result"]["placings"]:
        yield "順位が違います。"


def _shown(total: str | None) -> str:
    return "失格" if total is None else f"{total} 点"


def _result(scoring: Scoring) -> _Record:
    return {
        "bids": [
            {
                "label": one.label,
                "amount": one.amount,
                "out": list(one.out),
                "total": None if one.out else str(one.total),
                "parts": [_plain(part) for part in one.parts],
                "rows": [_plain(row) for row in one.rows],
            }
            for one in scoring.bids
        ],
        "placings": [_plain(one) for one in scoring.placings],
        "decisions": list(scoring.decisions),
    }


def _inputs(tender: Tender, rules: ScoringRules) -> _Record:
    """Everything that decides a point; what only explains one is left out."""
    return {
        "score_version": SCORE_VERSION,
        "rules": _plain(rules),
        "policy": _plain(tender.policy),
        "profile": tender.profile.as_record(),
        "weights": _plain(tender.profile.weights),
        "answers_due": _plain(tender.answers_due),
        "years": tender.years,
        "adds_row_costs": tender.adds_row_costs,
        "ceiling": tender.ceiling,
        "offices": [_office(one) for one in tender.offices],
        "staff": [[one.bidder, one.criterion, one.judge, number(one.points)] for one in tender.staff],
        "rows": [
            [one.id, tender.obligation(one).value, one.business, one.row["major"], one.text] for one in tender.rows
        ],
        "bidders": [_bidder(one) for one in tender.bidders],
    }


def _bidder(one: Bidder) -> _Record:
    return {
        "bid": bid_record(one.bid),
        "received": _plain(one.received),
        "price": _plain(one.price),
        "waived": sorted(one.waivers),
    }


def _office(one: JudgingOffice) -> _Record:
    office = one.office
    sets = {"businesses": office.businesses, "majors": office.majors, "requirements": office.requirements}
    return {"name": office.name, "weight": _plain(one.weight), **_plain(sets)}


def _plain(value: Any) -> Any:
    """A frozen value as JSON: numbers as they are written, sets in order."""
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
