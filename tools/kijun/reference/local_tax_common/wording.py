"""What a document says beside its items: instructions and where to ask, kept per fiscal year."""

from __future__ import annotations

from datetime import date

from kijun.reference.desk import Desk
from kijun.reference.local_tax_common.findings import Finding
from kijun.reference.local_tax_common.paper_records import Wording


def fiscal_year_of(day: date) -> int:
    """A fiscal year begins on 1 April (地方自治法208条1項)."""
    return day.year if day.month >= 4 else day.year - 1


def check(desk: Desk, fiscal_year: int) -> list[Finding]:
    """Changing a past year's words changes what is issued again."""
    is_past = fiscal_year < fiscal_year_of(desk.today)
    return [Finding("past_year_wording", f"{fiscal_year}年度の文言")] if is_past else []


def put(desk: Desk, document_kind: str, fiscal_year: int, instruction: str, inquiry_office: str) -> None:
    desk.session.merge(
        Wording(
            tenant=desk.id,
            document_kind=document_kind,
            fiscal_year=fiscal_year,
            instruction=instruction,
            inquiry_office=inquiry_office,
        )
    )


def of_year(desk: Desk, document_kind: str, fiscal_year: int) -> Wording | None:
    return desk.session.get(Wording, (desk.id, document_kind, fiscal_year))
