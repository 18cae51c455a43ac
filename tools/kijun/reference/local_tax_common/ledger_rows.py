"""The common ledger as rows of 基本データ: the items in the order and form in which they leave the system."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import remarks
from kijun.reference.local_tax_common.office_records import Remark
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


def is_protected(person: Taxpayer) -> bool:
    """Under support measures: on the day of the desk where the person knows it, otherwise by the flag."""
    return bool(getattr(person, "is_protected", person.support_measure))


def rows(desk: Desk) -> list[dict[str, str]]:
    """Every version of every taxpayer: the registration, and one more for each remark written."""
    past: dict[str, list[Remark]] = {}
    for one in desk.session.scalars(select(Remark).where(Remark.tenant == desk.id).order_by(Remark.version)):
        past.setdefault(one.taxpayer_id, []).append(one)
    found = []
    for person in taxpayers_of(desk):
        versions: list[Remark | None] = [None, *past.get(person.taxpayer_id, [])]
        found += [row(person, one, one is versions[-1]) for one in versions]
    return found


def row(person: Taxpayer, remark: Remark | None, is_latest: bool) -> dict[str, str]:
    return {
        "宛名番号": person.taxpayer_id,
        "履歴番号": str(remarks.version(remark) + 1),
        "最新フラグ": flag(is_latest),
        "氏名": person.name,
        "住所": person.address,
        "支援措置フラグ": flag(is_protected(person)),
        "備考": remark.text if remark else "",
        "備考記入年月日": day_text(remark.written_on if remark else None),
        "操作者ID": remark.operator if remark else "",
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
