"""Operations on printing: looking first, printing, what was printed, and the data for a printing firm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import desk as desks
from kijun.reference import paper, papers, routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import findings, outsourcing, printing
from kijun.reference.local_tax_common.paper_records import Capacity, Overflow, PaperNeed, Print
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1")
GUIDES = Literal["braille", "enlarged_letters", "easy_nihongo", "english", "chinese", "korean", "vietnamese"]


class PaperQuestion(BaseModel):
    document_kind: str = Field(min_length=1)
    target_id: str
    fiscal_year: int | None = None
    correspondence: str | None = None

    def request(self) -> papers.Request:
        return papers.Request(self.target_id, self.fiscal_year, self.correspondence)


class PaperOrder(PaperQuestion):
    output_medium: Literal["hardcopy", "pdf"] = "pdf"
    printer: str | None = None
    tray: str | None = None
    alert_confirmed: bool = False


class PrintQuestion(BaseModel):
    document_kind: str | None = None
    target_id: str | None = None


class CapacityChoice(BaseModel):
    document_kind: str
    imprint_item: str = Field(min_length=1)
    imprint_capacity: int = Field(ge=1)


class ConfirmationQuestion(BaseModel):
    taxpayer_id: str
    correspondence: str | None = None


class BulkOrder(BaseModel):
    document_kind: str
    fiscal_year: int | None = None


class Delivery(BaseModel):
    outsourcing_number: str
    delivered_count: int = Field(ge=0)
    spoiled_count: int = Field(ge=0)


class Need(BaseModel):
    taxpayer_id: str
    enclosed_guide: GUIDES


class Nothing(BaseModel):
    """No input at all."""


def issue_addressee_confirmation(desk: Desk, given: ConfirmationQuestion) -> dict[str, Any]:
    """宛名情報の確認書の作成"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    content = {
        "taxpayer_id": person.taxpayer_id,
        "name": person.name,
        "address": taxpayers.printed_address(person),
        "correspondence": given.correspondence,
    }
    return {"addressee_confirmation": content}


def confirmation(desk: Desk, request: papers.Request) -> dict[str, Any]:
    question = ConfirmationQuestion(taxpayer_id=request.target_id, correspondence=request.correspondence)
    content: dict[str, Any] = issue_addressee_confirmation(desk, question)["addressee_confirmation"]
    return content


def everybody(desk: Desk, _fiscal_year: int | None) -> list[str]:
    question = select(Taxpayer).where(Taxpayer.tenant == desk.id)
    return sorted(one.taxpayer_id for one in desk.session.scalars(question))


papers.open_business("local_tax_common")
papers.register(
    papers.Paper(
        business="local_tax_common",
        key="addressee_confirmation",
        produce=confirmation,
        addressee=lambda _desk, request: request.target_id,
        closing="上記の内容で登録しています。誤りがあるときは、お問い合わせください。",
        targets=everybody,
    )
)


def preview_document(desk: Desk, given: PaperQuestion) -> dict[str, Any]:
    """帳票のプレビュー"""
    desk.target_id = given.target_id
    one = printing.draft(desk, papers.find(given.document_kind), given.request())
    found = printing.check(one)
    stops = any(finding.level == findings.ERROR for finding in found)
    return {
        "folio_count": None if stops else paper.render(one.sheet).pages,
        "imprints": one.items,
        "imprint_overflows": one.overflows,
        "advices": [finding.row() for finding in found],
    }


def print_document(desk: Desk, given: PaperOrder) -> dict[str, Any]:
    """帳票の印刷"""
    desk.target_id = given.target_id
    one = printing.draft(desk, papers.find(given.document_kind), given.request())
    findings.settle(desk, "print_document", printing.check(one), given.alert_confirmed)
    job = printing.make(desk, one, given.output_medium, given.printer, given.tray)
    guides = printing.guides(desk, one.person)
    return {
        "print_number": job.print_number,
        "media_type": paper.MEDIA_TYPE,
        "folio_count": job.folio_count,
        "imprinted_copy": imprinted_copy(one),
        "imprints": one.items,
        "enclosed_guides": [{"enclosed_guide": guide} for guide in guides],
    }


def imprinted_copy(one: printing.Draft) -> dict[str, Any]:
    """What a reader finds on the paper, as read from the sheet that was set."""
    return {
        "document_kind": one.sheet.title,
        "name": one.content.get("name"),
        "address": one.content.get("address"),
        "window_text": "　".join(one.sheet.addressee),
        "issuer_office": one.sheet.issuer[0],
        "issuer_name": one.signature.name,
        "is_acting_issuer": one.signature.is_acting,
        "official_seal": bool(one.sheet.seal),
        "instruction": one.words.instruction if one.words else None,
        "inquiry_office": one.sheet.contact or None,
        "bears_customer_barcode": bool(one.sheet.bars),
        "imprints": one.items,
    }


def list_prints(desk: Desk, given: PrintQuestion) -> dict[str, Any]:
    """印刷記録の照会"""
    return {"prints": [print_line(one) for one in found_prints(desk, given)]}


def found_prints(desk: Desk, given: PrintQuestion) -> list[Print]:
    question = select(Print).where(Print.tenant == desk.id).order_by(Print.print_number)
    if given.document_kind:
        question = question.where(Print.document_kind == given.document_kind)
    if given.target_id:
        question = question.where(Print.target_id == given.target_id)
    return list(desk.session.scalars(question))


def print_line(one: Print) -> dict[str, Any]:
    names = (
        "print_number",
        "document_kind",
        "target_id",
        "operator",
        "operator_role",
        "output_medium",
        "printer",
        "tray",
        "folio_count",
    )
    return {"operated_on": one.operated_on.isoformat(), **{name: getattr(one, name) for name in names}}


def set_imprint_capacity(desk: Desk, given: CapacityChoice) -> dict[str, Any]:
    """印字欄の設定"""
    kind = papers.find(given.document_kind)
    known = papers.labels(kind.business)
    items = [known["words"][key]["label"] for key in known["documents"][kind.key]["items"]]
    if given.imprint_item not in items:
        raise Refusal(
            "not_found", f"この帳票に「{given.imprint_item}」はありません。次から選んでください: {'、'.join(items)}"
        )
    desk.session.merge(Capacity(tenant=desk.id, **given.model_dump()))
    return given.model_dump()


def list_overflowed_prints(desk: Desk, given: PrintQuestion) -> dict[str, Any]:
    """文字あふれ一覧の照会"""
    kept = {one.print_number for one in found_prints(desk, given)}
    question = select(Overflow).where(Overflow.tenant == desk.id).order_by(Overflow.print_number)
    names = ("print_number", "document_kind", "target_id", "imprint_item", "imprint_capacity", "imprint_extent")
    found = [one for one in desk.session.scalars(question) if one.print_number in kept]
    return {"overflowed_prints": [{name: getattr(one, name) for name in names} for one in found]}


def list_confirmed_alerts(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """確認したアラートの照会"""
    names = ("operator", "operator_role", "operation_name", "advice_kind", "target_id")
    rows = [
        {"operated_on": one.operated_on.isoformat(), **{name: getattr(one, name) for name in names}}
        for one in findings.confirmed(desk)
    ]
    return {"confirmed_alerts": rows}


def issue_outsourced_print(desk: Desk, given: BulkOrder) -> dict[str, Any]:
    """委託印刷データの作成"""
    made, drafts = outsourcing.create(desk, papers.find(given.document_kind), given.fiscal_year)
    desk.target_id = made.outsourcing_number
    shown = [{name: value for name, value in row.items() if name != "items"} for row in made.rows]
    overflows = [{"target_id": one.request.target_id, **found} for one in drafts for found in one.overflows]
    return {
        "outsourcing_number": made.outsourcing_number,
        "record_count": made.record_count,
        "imprint_layout": outsourcing.layout(drafts),
        "outsourced_details": shown,
        "outsourced_overflows": overflows,
    }


def reconcile_outsourced_print(desk: Desk, given: Delivery) -> dict[str, Any]:
    """委託印刷の照合"""
    desk.target_id = given.outsourcing_number
    made = outsourcing.reconcile(desk, given.outsourcing_number, given.delivered_count, given.spoiled_count)
    return {"outsourcing_number": made.outsourcing_number, "record_count": made.record_count}


def set_enclosed_guide(desk: Desk, given: Need) -> dict[str, Any]:
    """帳票の配慮の設定"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    desk.session.merge(PaperNeed(tenant=desk.id, **given.model_dump()))
    return given.model_dump()


routing.add(router, "/papers/confirmation", ConfirmationQuestion, issue_addressee_confirmation, is_query=True)
routing.add(router, "/papers/preview", PaperQuestion, preview_document, is_query=True)
routing.add(router, "/papers/prints", PaperOrder, print_document)
routing.add(router, "/papers/prints", PrintQuestion, list_prints, is_query=True)
routing.add(router, "/papers/overflows", PrintQuestion, list_overflowed_prints, is_query=True)
routing.add(router, "/papers/capacities", CapacityChoice, set_imprint_capacity)
routing.add(router, "/papers/alerts", Nothing, list_confirmed_alerts, is_query=True)
routing.add(router, "/papers/outsourced", BulkOrder, issue_outsourced_print)
routing.add(router, "/papers/outsourced/deliveries", Delivery, reconcile_outsourced_print)
routing.add(router, "/papers/guides", Need, set_enclosed_guide)


@router.get("/papers/prints/{print_number}/file", tags=["system"])
def print_file(
    print_number: str,
    request: Request,
    x_tenant: Annotated[str, Header()],
    authorization: Annotated[str, Header()] = "",
    business_date: Annotated[date | None, Header()] = None,
) -> Response:
    """The PDF of a print, byte for byte as it was made. Taking it leaves a line in the log like printing does."""

    def made(desk: Desk) -> tuple[bytes, str]:
        job = desk.session.get(Print, (desk.id, print_number))
        if job is None:
            raise Refusal("not_found", "その印刷番号の印刷はありません。")
        return job.content, paper.MEDIA_TYPE

    return hand_out(request, (x_tenant, authorization, business_date), "print_document", f"{print_number}.pdf", made)


@router.get("/papers/preview/file", tags=["system"])
def preview_file(
    given: Annotated[PaperQuestion, Query()],
    request: Request,
    x_tenant: Annotated[str, Header()],
    authorization: Annotated[str, Header()] = "",
    business_date: Annotated[date | None, Header()] = None,
) -> Response:
    """The page as it would be printed, crossed with プレビュー: nobody can hand it out as the real one."""

    def made(desk: Desk) -> tuple[bytes, str]:
        one = printing.draft(desk, papers.find(given.document_kind), given.request())
        stopping = [finding for finding in printing.check(one) if finding.level == findings.ERROR]
        findings.settle(desk, "preview_document", stopping, is_confirmed=False)
        return paper.render(replace(one.sheet, is_preview=True)).content, paper.MEDIA_TYPE

    return hand_out(request, (x_tenant, authorization, business_date), "preview_document", "preview.pdf", made)


@router.get("/papers/outsourced/{outsourcing_number}/file", tags=["system"])
def outsourced_file(
    outsourcing_number: str,
    request: Request,
    x_tenant: Annotated[str, Header()],
    authorization: Annotated[str, Header()] = "",
    business_date: Annotated[date | None, Header()] = None,
) -> Response:
    """The data for the printing firm as CSV. Taking it leaves a line in the log."""

    def made(desk: Desk) -> tuple[bytes, str]:
        data = outsourcing.required(desk, outsourcing_number)
        return outsourcing.data_file(data).encode("utf-8-sig"), "text/csv; charset=utf-8"

    headers = (x_tenant, authorization, business_date)
    return hand_out(request, headers, "issue_outsourced_print", f"{outsourcing_number}.csv", made)


def hand_out(
    request: Request,
    headers: tuple[str, str, date | None],
    operation: str,
    name: str,
    made: Callable[[Desk], tuple[bytes, str]],
) -> Response:
    """A file to whoever may perform the operation that made it; a refusal is told as everywhere else."""
    try:
        with request.app.state.store.transaction() as session:
            desk = desks.sit_down(session, *headers, is_query=True)
            desk.target_id = name.split(".")[0]
            desks.authorize(desk, operation, is_query=operation == "preview_document")
            content, media_type = made(desk)
            desks.record(desk, operation, "completed")
            told = {"Content-Disposition": f'attachment; filename="{name}"'}
            return Response(content, media_type=media_type, headers=told)
    except Refusal as refusal:
        return JSONResponse({"code": refusal.code, "message": refusal.message}, status_code=refusal.status)
