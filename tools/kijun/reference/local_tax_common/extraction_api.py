"""Operations of EUC: extracting, saving and sharing conditions, reading the records of what left the system."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import extraction
from kijun.reference.local_tax_common.office_records import ExtractRecord, SavedCondition
from kijun.reference.local_tax_common.remarks_api import replaced_line
from kijun.reference.store import next_number

router = APIRouter(prefix="/v1")
Comparison = Literal["equals", "contains", "starts_with", "at_least"]


class Wanted(BaseModel):
    extracted_item_names: str | None = Field(default=None, min_length=1)
    criterion_item: str | None = None
    criterion_comparison: Comparison | None = None
    criterion_value: str | None = None


class ExtractRequest(Wanted):
    extract_condition_id: str | None = None
    extract_purpose: str = Field(min_length=1)
    character_set: Literal["unicode", "unicode_signed", "cp932"] = "unicode"


class NewCondition(Wanted):
    condition_title: str = Field(min_length=1)
    shared_role: Literal["assessor", "inquirer", "administrator"] | None = None


class Nothing(BaseModel):
    """No input."""


def question_of(desk: Desk, given: ExtractRequest) -> extraction.Question:
    if given.extract_condition_id:
        return extraction.saved(desk, given.extract_condition_id)
    return wanted(given)


def wanted(given: Wanted) -> extraction.Question:
    if not given.extracted_item_names:
        raise Refusal("missing_item", "抽出する項目がありません。項目名を「、」で区切って入力してください。")
    if given.criterion_item is not None:
        extraction.check_item(given.criterion_item)
    names = extraction.item_names(given.extracted_item_names)
    return extraction.Question(names, given.criterion_item, given.criterion_comparison, given.criterion_value)


def extract_data(desk: Desk, given: ExtractRequest) -> dict[str, Any]:
    """データの抽出"""
    question = question_of(desk, given)
    found = extraction.extract(desk, question, given.character_set)
    return {
        "extract_id": extraction.keep_record(desk, question, given.extract_purpose, found.count),
        "extracted_count": found.count,
        "octet_count": found.size,
        "output_listing": numbered(found.lines),
        "replaced_characters": [replaced_line(one) for one in found.replaced],
    }


def numbered(lines: list[str]) -> list[dict[str, Any]]:
    return [{"listing_number": number, "listing_text": line} for number, line in enumerate(lines, start=1)]


def store_extract_condition(desk: Desk, given: NewCondition) -> dict[str, Any]:
    """抽出条件の保存"""
    question = wanted(given)
    number = f"C{next_number(desk.session, SavedCondition, desk.id):05d}"
    desk.session.add(
        SavedCondition(
            tenant=desk.id,
            condition_id=number,
            name=given.condition_title,
            items="、".join(question.items),
            item=question.item,
            comparison=question.comparison,
            value=question.value,
            owner=desk.operator,
            shared_role=given.shared_role,
        )
    )
    return {"extract_condition_id": number}


def list_extract_conditions(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """抽出条件の一覧"""
    return {
        "saved_conditions": [
            {"extract_condition_id": one.condition_id, "condition_title": one.name, "extracted_item_names": one.items}
            for one in extraction.readable(desk)
        ]
    }


def list_extractions(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """抽出の記録の照会"""
    question = select(ExtractRecord).where(ExtractRecord.tenant == desk.id).order_by(ExtractRecord.extract_id)
    return {"extraction_register": [record_line(one) for one in desk.session.scalars(question)]}


def record_line(one: ExtractRecord) -> dict[str, Any]:
    return {
        "extract_id": one.extract_id,
        "operator": one.operator,
        "operator_role": one.operator_role,
        "extracted_on": one.extracted_on.isoformat(),
        "extracted_item_names": one.items,
        "extract_purpose": one.purpose,
        "extracted_count": one.count,
    }


routing.add(router, "/extracts", ExtractRequest, extract_data)
routing.add(router, "/extract-conditions", NewCondition, store_extract_condition)
routing.add(router, "/extract-conditions/all", Nothing, list_extract_conditions, is_query=True)
routing.add(router, "/extract-records", Nothing, list_extractions, is_query=True)
