"""Operations on plates: stock, handing out, return and loss, loans, thefts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from sqlalchemy import select

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    documents,
    forms,
    ledger,
    plate_forms,
    plate_settlement,
    plate_stock,
    thefts,
)
from kijun.reference.light_vehicle_tax.plate_records import PlateLoan, StockMovement
from kijun.reference.store import next_number

router = APIRouter(prefix="/v1")


def stock_plates(desk: Desk, given: plate_forms.StockReceipt) -> dict[str, Any]:
    """標識の受入"""
    return {"count": plate_stock.receive(desk, given)}


def get_plate_stock(desk: Desk, given: plate_forms.StockQuestion) -> dict[str, Any]:
    """標識在庫の照会"""
    return {"plate_stock": plate_stock.stock(plate_stock.plates(desk, given.vehicle_class))}


def list_stock_movements(desk: Desk, given: plate_forms.StockQuestion) -> dict[str, Any]:
    """標識受払の照会"""
    return {"stock_movements": [movement_line(one) for one in plate_stock.movements(desk, given.vehicle_class)]}


def movement_line(one: StockMovement) -> dict[str, Any]:
    return {
        "stock_moved_on": one.stock_moved_on.isoformat(),
        "stock_movement_kind": one.stock_movement_kind,
        "vehicle_class": one.vehicle_class,
        "stock_number_from": one.stock_number_from,
        "stock_number_to": one.stock_number_to,
        "count": one.stock_number_to - one.stock_number_from + 1,
        "vehicle_id": one.vehicle_id,
    }


def void_plate(desk: Desk, given: plate_forms.PlateVoid) -> dict[str, Any]:
    """標識の欠番の記録"""
    return {"stock_number": plate_stock.void(desk, given).stock_number}


def list_void_plates(desk: Desk, given: plate_forms.StockQuestion) -> dict[str, Any]:
    """欠番の照会"""
    names = ("vehicle_class", "stock_number", "void_reason")
    found = [one for one in plate_stock.plates(desk, given.vehicle_class) if one.voided_on]
    return {
        "void_plates": [
            {**{name: getattr(one, name) for name in names}, "voided_on": str(one.voided_on)} for one in found
        ]
    }


def issue_plate(desk: Desk, given: plate_forms.PlateIssue) -> dict[str, Any]:
    """標識の交付"""
    now = ledger.latest(desk, given.vehicle_id)
    plate_settlement.check_no_plate(desk, given.vehicle_id)
    plate = plate_stock.chosen(desk, now.vehicle_class, given.stock_number, given.plate_design)
    changes = {"plate_number": plate_stock.notation(plate)}
    event = ledger.change(desk, given.vehicle_id, "amended", given.plate_issued_on, changes)
    plate_stock.take(desk, plate, "handed_out", given.plate_issued_on, given.vehicle_id)
    plate_settlement.attach(desk, given.vehicle_id, event.plate_number)
    owner = taxpayers.taxpayer(desk, event.taxpayer_id)
    return {
        "vehicle_id": given.vehicle_id,
        "stock_number": plate.stock_number,
        "issued_plate": event.plate_number,
        "plate_certificate": documents.plate_certificate(event, owner),
    }


def set_plate_compensation(desk: Desk, given: plate_forms.CompensationRule) -> dict[str, Any]:
    """標識弁償金の設定"""
    rule = plate_settlement.choice(desk)
    rule.compensation_rate, rule.waives_stolen = given.compensation_rate, given.waives_stolen
    return {"compensation_rate": rule.compensation_rate}


def settle_plate(desk: Desk, given: plate_forms.PlateSettlement) -> dict[str, Any]:
    """標識の返納の記録"""
    plate = plate_settlement.settle(desk, given.vehicle_id, given.plate_outcome, given.plate_settled_on)
    return {"vehicle_id": given.vehicle_id, "compensation": plate.compensation}


def pay_compensation(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """弁償金の納付の記録"""
    return {"compensation": plate_settlement.pay(desk, given.vehicle_id).compensation}


def list_compensations(desk: Desk, _given: plate_forms.Nothing) -> dict[str, Any]:
    """弁償金の照会"""
    names = ("vehicle_id", "plate_outcome", "compensation", "compensation_paid")
    found = [one for one in plate_settlement.plates_of(desk) if one.plate_outcome]
    return {"compensations": [{name: getattr(one, name) for name in names} for one in found]}


def list_unreturned_plates(desk: Desk, _given: plate_forms.Nothing) -> dict[str, Any]:
    """標識未返納の照会"""
    return {
        "unreturned_plates": [
            {
                "vehicle_id": one.vehicle_id,
                "plate_number": one.plate_number,
                "taxpayer_id": one.taxpayer_id,
                "scrapped_on": str(one.scrapped_on),
            }
            for one in plate_settlement.unreturned(desk)
        ]
    }


def lend_plate(desk: Desk, given: plate_forms.PlateLending) -> dict[str, Any]:
    """試乗標識の貸与"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    ledger.check_not_future(desk, given.lent_on, "貸与日")
    if given.lent_due_on < given.lent_on:
        raise Refusal("invalid_value", "返却期限が貸与日より前です。")
    plate = plate_stock.next_free(desk, given.vehicle_class, "ordinary_design")
    plate_stock.take(desk, plate, "lent", given.lent_on)
    number = f"L{next_number(desk.session, PlateLoan, desk.id):06d}"
    loan = PlateLoan(
        tenant=desk.id, loan_id=number, stock_number=plate.stock_number, lent_back_on=None, **given.model_dump()
    )
    desk.session.add(loan)
    return {"loan_id": number, "stock_number": plate.stock_number}


def recall_lent_plate(desk: Desk, given: plate_forms.PlateTakenBack) -> dict[str, Any]:
    """試乗標識の返却"""
    loan = desk.session.get(PlateLoan, (desk.id, given.loan_id))
    if loan is None:
        raise Refusal("not_found", "その貸与番号の貸与はありません。")
    if loan.lent_back_on is not None:
        raise Refusal("conflicting_state", "この標識は返却済みです。")
    ledger.check_not_future(desk, given.lent_back_on, "返却日")
    loan.lent_back_on = given.lent_back_on
    plate = plate_stock.plate_at(desk, loan.vehicle_class, loan.stock_number)
    plate_stock.take(desk, plate, "in_stock", given.lent_back_on)
    return {"loan_id": given.loan_id}


def list_plate_loans(desk: Desk, _given: plate_forms.Nothing) -> dict[str, Any]:
    """試乗標識の照会"""
    found = desk.session.scalars(select(PlateLoan).where(PlateLoan.tenant == desk.id).order_by(PlateLoan.loan_id))
    return {"plate_loans": [loan_line(desk, one) for one in found]}


def loan_line(desk: Desk, one: PlateLoan) -> dict[str, Any]:
    return {
        "loan_id": one.loan_id,
        "taxpayer_id": one.taxpayer_id,
        "stock_number": one.stock_number,
        "lent_on": one.lent_on.isoformat(),
        "lent_due_on": one.lent_due_on.isoformat(),
        "lent_back_on": one.lent_back_on.isoformat() if one.lent_back_on else None,
        "is_overdue_loan": is_overdue(desk, one),
    }


def is_overdue(desk: Desk, one: PlateLoan) -> bool:
    return one.lent_back_on is None and desk.today > one.lent_due_on


def report_theft(desk: Desk, given: plate_forms.Theft) -> dict[str, Any]:
    """盗難届の記録"""
    thefts.report(desk, given)
    return {"vehicle_id": given.vehicle_id}


def report_recovery(desk: Desk, given: plate_forms.Recovery) -> dict[str, Any]:
    """盗難車両の発見の記録"""
    thefts.recover(desk, given.vehicle_id, given.recovered_on)
    return {"vehicle_id": given.vehicle_id}


def record_liability_insurance(desk: Desk, given: plate_forms.Insurance) -> dict[str, Any]:
    """自賠責保険の記録"""
    thefts.insure(desk, given)
    return {"vehicle_id": given.vehicle_id}


def get_theft_and_insurance(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """関連情報の照会"""
    return thefts.related(desk, given.vehicle_id)


routing.add(router, "/plates/receipts", plate_forms.StockReceipt, stock_plates)
routing.add(router, "/plates/stock", plate_forms.StockQuestion, get_plate_stock, is_query=True)
routing.add(router, "/plates/movements", plate_forms.StockQuestion, list_stock_movements, is_query=True)
routing.add(router, "/plates/voids", plate_forms.PlateVoid, void_plate)
routing.add(router, "/plates/voids", plate_forms.StockQuestion, list_void_plates, is_query=True)
routing.add(router, "/plates/issues", plate_forms.PlateIssue, issue_plate)
routing.add(router, "/plates/compensation-rules", plate_forms.CompensationRule, set_plate_compensation)
routing.add(router, "/plates/settlements", plate_forms.PlateSettlement, settle_plate)
routing.add(router, "/plates/compensations/payments", forms.ByVehicle, pay_compensation)
routing.add(router, "/plates/compensations", plate_forms.Nothing, list_compensations, is_query=True)
routing.add(router, "/plates/unreturned", plate_forms.Nothing, list_unreturned_plates, is_query=True)
routing.add(router, "/plates/loans", plate_forms.PlateLending, lend_plate)
routing.add(router, "/plates/loans/returns", plate_forms.PlateTakenBack, recall_lent_plate)
routing.add(router, "/plates/loans", plate_forms.Nothing, list_plate_loans, is_query=True)
routing.add(router, "/vehicles/thefts", plate_forms.Theft, report_theft)
routing.add(router, "/vehicles/recoveries", plate_forms.Recovery, report_recovery)
routing.add(router, "/vehicles/insurances", plate_forms.Insurance, record_liability_insurance)
routing.add(router, "/vehicles/related", forms.ByVehicle, get_theft_and_insurance, is_query=True)
