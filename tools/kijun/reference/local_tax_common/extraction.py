"""EUC: rows of the common ledger by item names and a condition, as CSV that a spreadsheet opens without harm."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk, hidden_items
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import characters, ledger_rows, remarks
from kijun.reference.local_tax_common.office_records import ExtractRecord, Remark, SavedCondition
from kijun.reference.store import Taxpayer, next_number

ITEMS = {
    "宛名番号": "taxpayer_id",
    "氏名": "name",
    "住所": "address",
    "支援措置": "support_measure",
    "備考": "remark",
    "備考の版番号": "remark_version",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Question:
    """What to take out, and for which rows."""

    items: tuple[str, ...]
    item: str | None = None
    comparison: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Extract:
    lines: list[str]
    count: int
    size: int
    replaced: list[characters.Replaced]


def item_names(text: str) -> tuple[str, ...]:
    """Names separated by 、. Raises Refusal for a name that the list of items does not have."""
    names = tuple(name.strip() for name in text.replace(",", "、").split("、") if name.strip())
    for name in names:
        check_item(name)
    if not names:
        raise Refusal("missing_item", "抽出する項目がありません。項目名を「、」で区切って入力してください。")
    return names


def check_item(name: str) -> None:
    if name not in ITEMS:
        raise Refusal("invalid_value", f"項目「{name}」は基本データにありません。使える項目は{'、'.join(ITEMS)}です。")


def extract(desk: Desk, question: Question, character_set: str) -> Extract:
    chosen = [row for row in table(desk) if matches(row, question)]
    cells = [[harmless(row[name]) for name in question.items] for row in chosen]
    text, replaced = as_written(ledger_rows.csv_text(question.items, cells), character_set)
    return Extract(text.split("\r\n")[:-1], len(chosen), characters.size(text, character_set), replaced)


def as_written(text: str, character_set: str) -> tuple[str, list[characters.Replaced]]:
    """The text in the character set, line breaks kept; each character that had to be replaced is told once."""
    written, told = [], {}
    for part in text.split("\r\n"):
        line, replaced = characters.converted(part, character_set)
        written.append(line)
        told.update({one.character: one for one in replaced})
    return "\r\n".join(written), list(told.values())


def table(desk: Desk) -> list[dict[str, str]]:
    """Every taxpayer by item name. What the user may not see and protected addresses are blank before any condition."""
    latest, hidden = remarks.latest(desk), hidden_items(desk)
    found = [row(person, latest.get(person.taxpayer_id)) for person in ledger_rows.taxpayers_of(desk)]
    return [{name: "" if ITEMS[name] in hidden else value for name, value in one.items()} for one in found]


def row(person: Taxpayer, remark: Remark | None) -> dict[str, str]:
    return {
        "宛名番号": person.taxpayer_id,
        "氏名": person.name,
        "住所": taxpayers.printed_address(person) or "",
        "支援措置": ledger_rows.flag(person.is_protected),
        "備考": remark.text if remark else "",
        "備考の版番号": str(remarks.version(remark)),
    }


def matches(row: dict[str, str], question: Question) -> bool:
    if question.item is None:
        return True
    value, wanted = row[question.item], question.value or ""
    return {
        "equals": value == wanted,
        "contains": wanted in value,
        "starts_with": value.startswith(wanted),
        "at_least": value.isdigit() and wanted.isdigit() and int(value) >= int(wanted),
    }[question.comparison or "equals"]


def harmless(value: str) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def keep_record(desk: Desk, question: Question, purpose: str, count: int) -> str:
    number = f"X{next_number(desk.session, ExtractRecord, desk.id):06d}"
    desk.session.add(
        ExtractRecord(
            tenant=desk.id,
            extract_id=number,
            operator=desk.operator,
            operator_role=desk.role,
            extracted_on=desk.today,
            items="、".join(question.items),
            purpose=purpose,
            count=count,
        )
    )
    return number


def readable(desk: Desk) -> list[SavedCondition]:
    """One's own conditions, and those that were shared with one's role."""
    question = select(SavedCondition).where(
        SavedCondition.tenant == desk.id,
        or_(SavedCondition.owner == desk.operator, SavedCondition.shared_role == desk.role),
    )
    return list(desk.session.scalars(question.order_by(SavedCondition.condition_id)))


def saved(desk: Desk, condition_id: str) -> Question:
    found = desk.session.get(SavedCondition, (desk.id, condition_id))
    if found is None:
        raise Refusal("not_found", "その条件番号の抽出条件はありません。条件番号を確かめてください。")
    if not may_use(desk, found):
        raise Refusal("forbidden", "この抽出条件は共有されていません。保存した人に共有を頼んでください。")
    return Question(item_names(found.items), found.item, found.comparison, found.value)


def may_use(desk: Desk, condition: SavedCondition) -> bool:
    return any(one.condition_id == condition.condition_id for one in readable(desk))
