"""Data for a printing firm: items in order, rows in order, counts to check by; and the check of what came back."""

from __future__ import annotations

import csv
import io
from typing import Any

from kijun.reference import papers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import barcode, printing
from kijun.reference.local_tax_common.paper_records import OutsourcedPrint
from kijun.reference.store import next_number


def create(desk: Desk, kind: papers.Paper, fiscal_year: int | None) -> tuple[OutsourcedPrint, list[printing.Draft]]:
    """One row per document there is to print. Raises Refusal for a kind that is not printed in bulk."""
    if kind.targets is None:
        raise Refusal("invalid_value", f"帳票「{kind.title}」は窓口で一件ずつ印刷する帳票です。委託印刷はできません。")
    requests = [papers.Request(target, fiscal_year) for target in kind.targets(desk, fiscal_year)]
    drafts = in_order(desk, [printing.draft(desk, kind, one) for one in requests])
    rows = [row(desk, place, one) for place, one in enumerate(drafts, start=1)]
    made = OutsourcedPrint(
        tenant=desk.id,
        outsourcing_number=f"O{next_number(desk.session, OutsourcedPrint, desk.id):08d}",
        document_kind=kind.title,
        record_count=len(rows),
        rows=rows,
        is_reconciled=False,
    )
    desk.session.add(made)
    desk.session.flush()
    return made, drafts


def in_order(desk: Desk, drafts: list[printing.Draft]) -> list[printing.Draft]:
    """By postal code, as the discount for sorted mail asks; those without one last; then by number."""
    return sorted(drafts, key=lambda one: (postal_code(desk, one) or "9999999", one.request.target_id))


def postal_code(desk: Desk, one: printing.Draft) -> str | None:
    found = printing.home_code(desk, one.person, one.content)
    return found.postal_code if found else None


def row(desk: Desk, place: int, one: printing.Draft) -> dict[str, Any]:
    found = printing.home_code(desk, one.person, one.content)
    return {
        "print_turn": place,
        "target_id": one.request.target_id,
        "name": one.content.get("name"),
        "address": address(one),
        "postal_code": found.postal_code if found else None,
        "customer_barcode": barcode.text(found.postal_code, found.address_numerals) if found else None,
        "enclosed_guide_count": len(printing.guides(desk, one.person)),
        "items": one.items,
    }


def address(one: printing.Draft) -> str | None:
    """Never the address of a person under support measures (支援措置): the data leaves the building."""
    return printing.destination(one.person, one.content)[0] if one.person else None


def layout(drafts: list[printing.Draft]) -> list[dict[str, Any]]:
    """Place and name of every item of the data, each once, in the order of the form."""
    names = list(dict.fromkeys(item["imprint_item"] for one in drafts for item in one.items))
    return [{"layout_position": place, "imprint_item": name} for place, name in enumerate(names, start=1)]


def data_file(made: OutsourcedPrint) -> str:
    """The data as CSV: a row of headings, one row per letter, and a last row with the count to check by."""
    names = list(dict.fromkeys(item["imprint_item"] for one in made.rows for item in one["items"]))
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["印刷順", "対象番号", "郵便番号", "カスタマバーコード", "同封する案内の数", *names])
    for one in made.rows:
        told = {item["imprint_item"]: item["imprint_text"] for item in one["items"]}
        fixed = [one[key] for key in ("print_turn", "target_id", "postal_code", "customer_barcode")]
        writer.writerow([*fixed, one["enclosed_guide_count"], *(told.get(name, "") for name in names)])
    writer.writerow(["件数", made.record_count])
    return written.getvalue()


def required(desk: Desk, number: str) -> OutsourcedPrint:
    found = desk.session.get(OutsourcedPrint, (desk.id, number))
    if found is None:
        raise Refusal("not_found", "その委託番号の印刷データはありません。")
    return found


def reconcile(desk: Desk, number: str, returned: int, spoiled: int) -> OutsourcedPrint:
    """Every record must come back, printed well or spoiled: one lost letter is somebody's personal data."""
    made = required(desk, number)
    if not is_complete(made, returned, spoiled):
        raise Refusal(
            "outsourced_count_mismatch",
            f"渡した{made.record_count}件に対し、納品{returned}件と刷損じ{spoiled}件です。委託先に不足又は重複を確かめてください。",
        )
    made.is_reconciled = True
    return made


def is_complete(made: OutsourcedPrint, returned: int, spoiled: int) -> bool:
    return returned + spoiled == made.record_count
