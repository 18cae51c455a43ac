"""The common ledger as rows of 基本データ: the items in the order and form in which they leave the system."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import person_records
from kijun.reference.local_tax_common.office_records import Remark
from kijun.reference.local_tax_common.person_records import PersonVersion
from kijun.reference.store import Taxpayer

NO_DATE = "0000-00-00"
LEDGER_ITEMS = (
    "宛名番号",
    "履歴番号",
    "最新フラグ",
    "氏名",
    "住所",
    "支援措置フラグ",
    "備考",
    "備考記入年月日",
    "操作者ID",
    "削除フラグ",
)


def taxpayers_of(desk: Desk) -> list[Taxpayer]:
    """Everybody, each fetched as any desk fetches a person: what holds on the day is known then."""
    question = select(Taxpayer).where(Taxpayer.tenant == desk.id).order_by(Taxpayer.taxpayer_id)
    return [taxpayers.taxpayer(desk, one.taxpayer_id) for one in desk.session.scalars(question).all()]


@dataclass(frozen=True)
class State:
    """A taxpayer between two changes: the version of the person, the remark, and who brought it about."""

    person: PersonVersion
    remark: Remark | None
    operator: str


def rows(desk: Desk) -> list[dict[str, str]]:
    """Every state of every taxpayer: the registration, and one more for each change and each remark written."""
    changes = by_taxpayer(person_records.rows(desk, PersonVersion))
    question = select(Remark).where(Remark.tenant == desk.id).order_by(Remark.version)
    written = by_taxpayer(desk.session.scalars(question))
    found = []
    for person in taxpayers_of(desk):
        past = states(changes[person.taxpayer_id], written.get(person.taxpayer_id, []))
        found += [row(person, number, one, number == len(past)) for number, one in enumerate(past, start=1)]
    return found


def by_taxpayer(records: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in records:
        found.setdefault(one.taxpayer_id, []).append(one)
    return found


def states(changes: list[PersonVersion], written: list[Remark]) -> list[State]:
    """In the order of the days on which they were entered; on one day a change of the person goes before a remark."""
    found = [State(changes[0], None, changes[0].operator)]
    steps: list[PersonVersion | Remark] = [*changes[1:], *written]
    for step in sorted(steps, key=entered_on):
        before = found[-1]
        if isinstance(step, PersonVersion):
            found.append(State(step, before.remark, step.operator))
        else:
            found.append(State(before.person, step, step.operator))
    return found


def entered_on(step: PersonVersion | Remark) -> date:
    return step.recorded_on if isinstance(step, PersonVersion) else step.written_on


def row(person: Taxpayer, number: int, state: State, is_latest: bool) -> dict[str, str]:
    return {
        "宛名番号": person.taxpayer_id,
        "履歴番号": str(number),
        "最新フラグ": flag(is_latest),
        "氏名": state.person.name,
        "住所": state.person.address,
        "支援措置フラグ": flag(person.is_protected),
        "備考": state.remark.text if state.remark else "",
        "備考記入年月日": day_text(state.remark.written_on if state.remark else None),
        "操作者ID": state.operator,
        "削除フラグ": flag(False),
    }


def flag(value: bool) -> str:
    return "1" if value else "0"


def day_text(day: date | None) -> str:
    return day.isoformat() if day else NO_DATE


def csv_text(header: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """RFC 4180: a line break is CR LF, a comma or quote inside a field is quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(list(header))
    writer.writerows([list(line) for line in lines])
    return buffer.getvalue()


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
