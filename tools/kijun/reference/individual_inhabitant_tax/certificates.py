"""所得課税証明: what a certificate says, who gets none, and the register of all that were issued."""

from __future__ import annotations

from typing import Any

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import calculation, dossiers, presence
from kijun.reference.individual_inhabitant_tax.calculation import Outcome
from kijun.reference.individual_inhabitant_tax.material_records import IncomeCertificate
from kijun.reference.individual_inhabitant_tax.money import stated
from kijun.reference.local_tax_common import protection
from kijun.reference.local_tax_common.person_records import add, rows
from kijun.reference.store import next_number

_INCOME = ("salary_revenue", "pension_revenue", "overall_income", "allowance_sum")
_LEVY = ("municipal_income_levy", "prefectural_income_levy", "annual_levy", "liability")
ITEMS = {"income": _INCOME, "taxation": (*_INCOME, *_LEVY), "exemption": ("liability",)}


def issue(desk: Desk, taxpayer_id: str, fiscal_year: int, kind: str, release_reason: str | None) -> IncomeCertificate:
    """A line of the register, once nothing stands against the certificate. Raises Refusal."""
    person = taxpayers.taxpayer(desk, taxpayer_id)
    protection.obey_restraint(desk, person, "issue")
    check_presence(desk, taxpayer_id, fiscal_year)
    check_declared(desk, taxpayer_id, fiscal_year, release_reason)
    check_kind(kind, calculation.calculate(desk, taxpayer_id, fiscal_year).liability)
    certificate: IncomeCertificate = add(
        desk,
        IncomeCertificate,
        income_certificate_number=f"Z{next_number(desk.session, IncomeCertificate, desk.id):08d}",
        taxpayer_id=taxpayer_id,
        fiscal_year=fiscal_year,
        income_certificate_kind=kind,
        issued_on=desk.today,
        operator=desk.operator,
        undeclared_release_reason=release_reason,
        certificate_voided_on=None,
        clerk_reason=None,
    )
    return certificate


def check_presence(desk: Desk, taxpayer_id: str, fiscal_year: int) -> None:
    if presence.is_absent(desk, taxpayer_id, fiscal_year):
        raise Refusal("not_found", "賦課期日に住所がないので、この年度の証明はありません。年度を確かめてください。")


def check_declared(desk: Desk, taxpayer_id: str, fiscal_year: int, release_reason: str | None) -> None:
    if not release_reason and not dossiers.is_income_known(desk, taxpayer_id, fiscal_year):
        raise Refusal("income_not_declared", "資料も申告もない者です。申告を受けるか、理由を記して発行してください。")


def check_kind(kind: str, liability: str) -> None:
    if kind == "exemption" and liability != "exempt":
        raise Refusal("liability_mismatch", "課税されている者に非課税証明は発行できません。課税証明を選んでください。")


def paper(desk: Desk, one: IncomeCertificate) -> dict[str, Any]:
    """The certificate as the records stand now."""
    person = taxpayers.taxpayer(desk, one.taxpayer_id)
    items = statements(desk, one.taxpayer_id, one.fiscal_year)
    return {
        "income_certificate_kind": one.income_certificate_kind,
        "fiscal_year": one.fiscal_year,
        "name": person.name,
        "address": taxpayers.printed_address(person),
        "issued_on": one.issued_on.isoformat(),
        **{key: items[key] for key in ITEMS[one.income_certificate_kind]},
    }


def statements(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
    """Everything a certificate can say, by the keys of the glossary (yen)."""
    figures = dossiers.adopted(desk, taxpayer_id, fiscal_year)
    outcome: Outcome = calculation.calculate(desk, taxpayer_id, fiscal_year)
    revenues = {key: stated(figures, key) for key in ("salary_revenue", "pension_revenue")}
    return {**revenues, **outcome.as_result()}


def may_be_issued_unattended(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether a machine may print it: the income is known and nothing has to be asked."""
    person = taxpayers.taxpayer(desk, taxpayer_id)
    is_restrained = bool(protection.restraints(desk, person, "issue"))
    return not is_restrained and dossiers.is_income_known(desk, taxpayer_id, fiscal_year)


def find(desk: Desk, number: str) -> IncomeCertificate:
    found: list[IncomeCertificate] = rows(desk, IncomeCertificate, income_certificate_number=number)
    if not found:
        raise Refusal("not_found", "その番号の証明書は発行されていません。発行履歴で番号を確かめてください。")
    return found[0]


def void(desk: Desk, number: str, clerk_reason: str) -> IncomeCertificate:
    """Mark a certificate as taken back; its line stays in the register. Raises Refusal when it already is."""
    one = find(desk, number)
    if one.certificate_voided_on is not None:
        raise Refusal("conflicting_state", "この証明書の発行は、すでに取り消されています。")
    one.certificate_voided_on, one.clerk_reason = desk.today, clerk_reason
    return one
