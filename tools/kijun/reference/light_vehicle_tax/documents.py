"""What goes out on paper, item by item. An address under support measures is nowhere in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import addressing, due_dates, late_dues, notice_kinds, reductions
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent, Notice
from kijun.reference.store import Taxpayer

# 地方税法1条1項6号: what a tax notice has to state
LEGAL_GROUND = "地方税法第463条の15及び見本市税条例"
PAYMENT_PLACE = "見本市会計課又は見本市指定金融機関"
DEFAULT_MEASURES = "納期限までに納付しないときは、延滞金が加算され、滞納処分を受けることがあります。"
APPEAL_METHOD = "この通知を受け取った日の翌日から起算して3か月以内に、見本市長に審査請求をすることができます。"


def plate_certificate(event: LedgerEvent, owner: Taxpayer) -> dict[str, Any]:
    return {
        "plate_number": event.plate_number,
        "chassis_number": event.chassis_number,
        "vehicle_class": event.vehicle_class,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "base_location": event.base_location,
    }


def scrap_receipt(event: LedgerEvent, owner: Taxpayer, scrapped_on: date) -> dict[str, Any]:
    return {
        "plate_number": event.plate_number,
        "chassis_number": event.chassis_number,
        "vehicle_class": event.vehicle_class,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "scrapped_on": scrapped_on.isoformat(),
    }


def tax_notice(desk: Desk, notice: Notice, one: Assessment, event: LedgerEvent) -> dict[str, Any]:
    owner = taxpayers.taxpayer(desk, one.taxpayer_id)
    return {
        "notice_number": notice.notice_number,
        "fiscal_year": one.fiscal_year,
        "legal_ground": LEGAL_GROUND,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "plate_number": event.plate_number,
        "vehicle_class": one.vehicle_class,
        "rate_category": one.rate_category,
        "tax_amount": one.tax_amount,
        "reduction_amount": reductions.reduction_amount(desk, one),
        "payable_amount": reductions.payable_amount(desk, one),
        "due_date": late_dues.first_due(desk, one).isoformat(),
        "payment_place": PAYMENT_PLACE,
        "default_measures": DEFAULT_MEASURES,
        "appeal_method": APPEAL_METHOD,
        "notice_kind": notice_kinds.form_of(desk, one),
        "certificate_validity": notice_kinds.certificate_column(desk, event, one),
        **addressing.destination(desk, owner),
    }


def tax_certificate(desk: Desk, event: LedgerEvent, fiscal_year: int) -> dict[str, Any]:
    return {
        "plate_number": event.plate_number,
        "name": taxpayers.taxpayer(desk, event.taxpayer_id).name,
        "fiscal_year": fiscal_year,
    }


def levy_resolution(desk: Desk, fiscal_year: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The decision on what is levied in a year, with the sum of its parts."""
    return {
        "fiscal_year": fiscal_year,
        "count": sum(one["count"] for one in rows),
        "total_tax": sum(one["total_tax"] for one in rows),
        "resolved_on": desk.today.isoformat(),
    }


def bulk_notice(desk: Desk, owner: Taxpayer, fiscal_year: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """One notice for all vehicles of a taxpayer, line by line."""
    return {
        "fiscal_year": fiscal_year,
        "legal_ground": LEGAL_GROUND,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "count": len(lines),
        "payable_amount": sum(int(one["payable_amount"]) for one in lines),
        "due_date": due_dates.regular(desk, fiscal_year).isoformat(),
        "payment_place": PAYMENT_PLACE,
        "default_measures": DEFAULT_MEASURES,
        "appeal_method": APPEAL_METHOD,
        "bulk_notice_vehicles": lines,
        **addressing.destination(desk, owner),
    }


def change_notice(owner: Taxpayer, event: LedgerEvent, before: Assessment, after: Assessment) -> dict[str, Any]:
    return {
        "fiscal_year": after.fiscal_year,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "plate_number": event.plate_number,
        "tax_before": before.tax_amount,
        "tax_after": after.tax_amount,
        "correction_reason": after.reason,
        "appeal_method": APPEAL_METHOD,
    }
