"""Operations on base data, files to and from partners, and fixed forms for systems outside the standard."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import characters, exchange, ledger_rows
from kijun.reference.local_tax_common.extraction_api import numbered
from kijun.reference.local_tax_common.office_records import BaseDataFile, Disposal, ReceivedRecord, SentFile
from kijun.reference.store import next_number

router = APIRouter(prefix="/v1")


class Nothing(BaseModel):
    """No input."""


class ByExport(BaseModel):
    base_data_id: str


class Sending(BaseModel):
    linkage_partner: str = Field(min_length=1)
    sending_kind: Literal["full", "delta"]


class ByFile(BaseModel):
    sent_file_id: str


class Receipt(ByFile):
    receipt_state: Literal["accepted", "failed"]
    receipt_error: str | None = None


class NewRecord(BaseModel):
    taxpayer_id: str
    remark: str = Field(min_length=1)


class TakingIn(BaseModel):
    declared_count: int = Field(ge=0)


class Disposing(BaseModel):
    holding_years: int = Field(ge=1, le=30)


class HeldCorrection(BaseModel):
    received_record_id: str
    corrected_taxpayer_id: str


def export_base_data(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """基本データの出力"""
    rows = ledger_rows.rows(desk)
    number = f"D{next_number(desk.session, BaseDataFile, desk.id):05d}"
    text = ledger_rows.csv_text(
        ledger_rows.LEDGER_ITEMS, [[row[name] for name in ledger_rows.LEDGER_ITEMS] for row in rows]
    )
    desk.session.add(BaseDataFile(tenant=desk.id, export_id=number, text=text))
    return {
        "base_data_id": number,
        "base_data_count": len(rows),
        "exported_taxpayer_count": len({row["宛名番号"] for row in rows}),
        "item_arrangement": text.split("\r\n")[0],
        "base_data_listing": [row_items(row) for row in rows],
    }


def row_items(row: dict[str, str]) -> dict[str, Any]:
    return {
        "taxpayer_id": row["宛名番号"],
        "version_text": row["履歴番号"],
        "latest_flag": row["最新フラグ"],
        "addressee_name": row["氏名"],
        "address": row["住所"],
        "support_flag": row["支援措置フラグ"],
        "remark": row["備考"],
        "remark_day_text": row["備考記入年月日"],
        "deleted_flag": row["削除フラグ"],
    }


def reconcile_base_data(desk: Desk, given: ByExport) -> dict[str, Any]:
    """出力した基本データの照合"""
    found = desk.session.get(BaseDataFile, (desk.id, given.base_data_id))
    if found is None:
        raise Refusal("not_found", "その出力番号の基本データはありません。出力番号を確かめてください。")
    read, now = _keyed(ledger_rows.read_csv(found.text)), _keyed(ledger_rows.rows(desk))
    return {"mismatch_count": sum(read.get(key) != now.get(key) for key in {*read, *now})}


def _keyed(rows: list[dict[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["宛名番号"], row["履歴番号"]): row for row in rows}


def transmit_file(desk: Desk, given: Sending) -> dict[str, Any]:
    """連携ファイルの送信"""
    return file_items(exchange.send(desk, given.linkage_partner, given.sending_kind))


def file_items(file: SentFile) -> dict[str, Any]:
    return {
        "sent_file_id": file.file_id,
        "linkage_partner": file.partner,
        "sending_kind": file.kind,
        "file_serial": file.serial,
        "sent_count": file.count,
        "sending_times": file.times,
        "sending_state": file.state,
        "receipt_error": file.error,
    }


def record_receipt(desk: Desk, given: Receipt) -> dict[str, Any]:
    """送信の結果の記録"""
    file = exchange.required(desk, given.sent_file_id)
    file.state, file.error = given.receipt_state, given.receipt_error
    exchange.note(desk, f"送信の結果 {file.partner} {file.serial} {file.state}")
    return {"sent_file_id": file.file_id}


def resend_file(desk: Desk, given: ByFile) -> dict[str, Any]:
    """連携ファイルの再送"""
    file = exchange.required(desk, given.sent_file_id)
    exchange.send_again(desk, file)
    return file_items(file)


def list_sent_files(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """送信の一覧の照会"""
    return {"sent_files": [file_items(one) for one in exchange.sent_files(desk)]}


def dispose_sent_files(desk: Desk, given: Disposing) -> dict[str, Any]:
    """連携ファイルの廃棄"""
    return {"disposed_count": exchange.dispose(desk, given.holding_years)}


def list_disposals(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """廃棄の記録の照会"""
    question = select(Disposal).where(Disposal.tenant == desk.id).order_by(Disposal.number)
    return {"disposals": [disposal_line(one) for one in desk.session.scalars(question)]}


def disposal_line(one: Disposal) -> dict[str, Any]:
    return {
        "operator": one.operator,
        "operator_role": one.operator_role,
        "disposed_on": one.disposed_on.isoformat(),
        "disposed_count": one.count,
    }


def lodge_incoming_record(desk: Desk, given: NewRecord) -> dict[str, Any]:
    """受信レコードの受付"""
    number = f"I{next_number(desk.session, ReceivedRecord, desk.id):08d}"
    desk.session.add(
        ReceivedRecord(
            tenant=desk.id,
            record_id=number,
            taxpayer_id=given.taxpayer_id,
            text=given.remark,
            state="waiting",
            reason=None,
        )
    )
    return {"received_record_id": number}


def take_in_received(desk: Desk, given: TakingIn) -> dict[str, Any]:
    """受信ファイルの取込"""
    records = exchange.take_in(desk, given.declared_count)
    counts = {state: sum(one.state == state for one in records) for state in ("absorbed", "held", "discarded")}
    return {
        "arrived_count": len(records),
        "absorbed_count": counts["absorbed"],
        "held_count": counts["held"],
        "discarded_count": counts["discarded"],
        "unabsorbed_listing": [record_items(one) for one in records if one.state != "absorbed"],
    }


def record_items(one: ReceivedRecord) -> dict[str, Any]:
    return {
        "received_record_id": one.record_id,
        "taxpayer_id": one.taxpayer_id,
        "record_state": one.state,
        "unabsorbed_reason": one.reason,
    }


def correct_held_record(desk: Desk, given: HeldCorrection) -> dict[str, Any]:
    """保留の受信レコードの訂正"""
    return {"record_state": exchange.correct_held(desk, given.received_record_id, given.corrected_taxpayer_id).state}


def export_legacy_layout(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """定形データの出力"""
    rows = [row for row in ledger_rows.rows(desk) if row["最新フラグ"] == "1"]
    fitting = [exchange.fixed_line(row) for row in rows if not exchange.overflows(row)]
    return {
        "legacy_output_count": len(fitting),
        "legacy_listing": [
            {**line, "character_total": characters.length(str(line["listing_text"]))} for line in numbered(fitting)
        ],
        "overflowing_taxpayers": [{"taxpayer_id": row["宛名番号"]} for row in rows if exchange.overflows(row)],
    }


routing.add(router, "/base-data", Nothing, export_base_data)
routing.add(router, "/base-data/comparison", ByExport, reconcile_base_data, is_query=True)
routing.add(router, "/sent-files", Sending, transmit_file)
routing.add(router, "/sent-files/receipts", Receipt, record_receipt)
routing.add(router, "/sent-files/resending", ByFile, resend_file)
routing.add(router, "/sent-files/all", Nothing, list_sent_files, is_query=True)
routing.add(router, "/sent-files/disposals", Disposing, dispose_sent_files)
routing.add(router, "/sent-files/disposals/all", Nothing, list_disposals, is_query=True)
routing.add(router, "/received-records", NewRecord, lodge_incoming_record)
routing.add(router, "/received-records/taking-in", TakingIn, take_in_received)
routing.add(router, "/received-records/corrections", HeldCorrection, correct_held_record)
routing.add(router, "/fixed-forms", Nothing, export_legacy_layout)
