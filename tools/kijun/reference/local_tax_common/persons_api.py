"""Operations on one person: registering, amending, looking at them today and on an earlier day."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import numbering, person_records, protection, searching, towns
from kijun.reference.local_tax_common.person_records import PersonVersion
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/addressees")
NAME_KINDS = ("registered", "common_name", "former_surname", "roman_name")


class NewNonresident(BaseModel):
    addressee_name: str = Field(min_length=1)
    address: str = Field(min_length=1)
    name_kana: str | None = None
    birth_date: date | None = None


class NewShared(BaseModel):
    addressee_name: str = Field(min_length=1)
    birth_date: date


class NewCorporation(BaseModel):
    corporate_number: str
    corporate_name: str = Field(min_length=1)
    representative_name: str = Field(min_length=1)
    address: str = Field(min_length=1)


class Amendment(BaseModel):
    taxpayer_id: str
    amended_on: date
    addressee_name: str | None = None
    address: str | None = None
    representative_name: str | None = None


class Inquiry(BaseModel):
    taxpayer_id: str
    desk_time: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class OnDay(BaseModel):
    taxpayer_id: str
    observed_on: date


class ByPerson(BaseModel):
    taxpayer_id: str


class OtherNames(BaseModel):
    taxpayer_id: str
    common_name: str | None = None
    former_surname: str | None = None
    roman_name: str | None = None


class NameChoice(BaseModel):
    taxpayer_id: str
    imprint_name_kind: Literal["registered", "common_name", "former_surname", "roman_name"]


class RemainderOne(BaseModel):
    remainder_one: Literal["vacant", "zero"]


class Serial(BaseModel):
    serial_number: str = Field(pattern=r"^\d{1,14}$")


def register_shared_number(desk: Desk, given: NewShared) -> dict[str, Any]:
    """共通番号管理への登録"""
    return {"taxpayer_id": numbering.allocate(desk, given.addressee_name, given.birth_date)}


def register_nonresident(desk: Desk, given: NewNonresident) -> dict[str, Any]:
    """住登外者の登録"""
    known = numbering.known_number(desk, given.addressee_name, given.birth_date)
    if known and desk.session.get(Taxpayer, (desk.id, known)):
        raise Refusal("duplicate", f"同じ氏名と生年月日の宛名 {known} があります。その宛名を使ってください。")
    person = taxpayers.add_person(
        desk, given.addressee_name, given.address, known, name_kana=given.name_kana, birth_date=given.birth_date
    )
    return {"taxpayer_id": person.taxpayer_id, "is_new_number": known is None}


def register_corporation(desk: Desk, given: NewCorporation) -> dict[str, Any]:
    """法人の登録"""
    if not numbering.is_corporate_number(given.corporate_number):
        raise Refusal("invalid_value", "法人番号の検査用数字が合いません。13桁の番号を確かめてください。")
    if corporations(desk, given.corporate_number):
        raise Refusal("duplicate", "その法人番号の宛名が既にあります。その宛名を修正してください。")
    person = taxpayers.add_person(
        desk,
        given.corporate_name,
        given.address,
        addressee_kind="corporation",
        corporate_number=given.corporate_number,
        representative_name=given.representative_name,
    )
    return {"taxpayer_id": person.taxpayer_id}


def corporations(desk: Desk, corporate_number: str) -> list[Taxpayer]:
    return [one for one in searching.everybody(desk) if one.corporate_number == corporate_number]


def amend_addressee(desk: Desk, given: Amendment) -> dict[str, Any]:
    """宛名の修正"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    protection.obey_restraint(desk, person, "amend")
    check_change_day(desk, given.taxpayer_id, given.amended_on)
    changes = given.model_dump(exclude={"taxpayer_id", "amended_on"}, exclude_none=True)
    for key, value in changes.items():
        setattr(person, "name" if key == "addressee_name" else key, value)
    taxpayers.add_version(desk, person, "amended", given.amended_on)
    return {"taxpayer_id": given.taxpayer_id}


def check_change_day(desk: Desk, taxpayer_id: str, amended_on: date) -> None:
    """Changes come in the order of their days: a late notice must not overwrite what is newer."""
    if amended_on > desk.today:
        raise Refusal("invalid_value", "異動年月日が処理日より後です。日付を確かめてください。")
    if amended_on < versions(desk, taxpayer_id)[-1].effective_on:
        raise Refusal("conflicting_state", "異動年月日が最新の異動より前です。履歴を確かめてください。")


def versions(desk: Desk, taxpayer_id: str) -> list[PersonVersion]:
    return person_records.rows(desk, PersonVersion, taxpayer_id=taxpayer_id)


def version_on(desk: Desk, taxpayer_id: str, day: date) -> PersonVersion | None:
    """The version of the day: a change counts from its own day on."""
    past = [one for one in versions(desk, taxpayer_id) if one.effective_on <= day]
    return past[-1] if past else None


def get_addressee(desk: Desk, given: Inquiry) -> dict[str, Any]:
    """宛名の照会"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    restrained = protection.obey_restraint(desk, person, "inquiry")
    kinds = protection.cautions(desk, person) + restrained
    address = protection.visible_address(desk, person, given.desk_time)
    return {
        **described(person),
        "address": address,
        "town_code": person.town_code if address else None,
        "imprint_name": imprint_name(person),
        "cautions": [{"caution_kind": kind} for kind in kinds],
    }


def described(person: Taxpayer) -> dict[str, Any]:
    return {
        "taxpayer_id": person.taxpayer_id,
        "addressee_kind": person.addressee_kind,
        "addressee_name": person.name,
        "name_kana": person.name_kana,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "corporate_number": person.corporate_number,
        "representative_name": person.representative_name,
        "absorbed_by": person.absorbed_by,
    }


def get_addressee_on_day(desk: Desk, given: OnDay) -> dict[str, Any]:
    """宛名の時点照会"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    found = version_on(desk, given.taxpayer_id, given.observed_on)
    if found is None:
        raise Refusal("not_found", "その日には、この宛名はまだ登録されていません。")
    seen = protection.may_see_address(desk, person)
    return {"taxpayer_id": given.taxpayer_id, "addressee_name": found.name, "address": found.address if seen else None}


def list_addressee_history(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """宛名の履歴の照会"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    seen = protection.may_see_address(desk, person)
    return {
        "addressee_history": [
            {
                "amended_on": one.effective_on.isoformat(),
                "addressee_change": one.change_kind,
                "addressee_name": one.name,
                "address": one.address if seen else None,
                "representative_name": one.representative_name,
                "operator": one.operator,
            }
            for one in versions(desk, given.taxpayer_id)
        ]
    }


def register_other_names(desk: Desk, given: OtherNames) -> dict[str, Any]:
    """通称等の登録"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    for key, value in given.model_dump(exclude={"taxpayer_id"}, exclude_none=True).items():
        setattr(person, key, value)
    taxpayers.add_version(desk, person, "amended", desk.today)
    return {"taxpayer_id": given.taxpayer_id}


def choose_imprint_name(desk: Desk, given: NameChoice) -> dict[str, Any]:
    """印字氏名の選択"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    if given.imprint_name_kind != "registered" and getattr(person, given.imprint_name_kind) is None:
        raise Refusal("conflicting_state", "選ばれた種類の氏名が登録されていません。先に登録してください。")
    person.imprint_name_kind = given.imprint_name_kind
    return {"taxpayer_id": given.taxpayer_id, "imprint_name": imprint_name(person)}


def imprint_name(person: Taxpayer) -> str:
    """The name the person goes by on paper. A former surname takes the place of the surname, not of the whole name."""
    if person.imprint_name_kind == "former_surname":
        return f"{person.former_surname}　{given_names(person.name)}"
    if person.imprint_name_kind == "registered":
        return person.name
    return str(getattr(person, person.imprint_name_kind))


def given_names(name: str) -> str:
    """Everything after the surname: a second given name belongs to the person as much as the first."""
    return name.partition("　")[2] or name


def issue_addressee_slip(desk: Desk, given: Inquiry) -> dict[str, Any]:
    """宛名票の発行"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    kinds = protection.cautions(desk, person) + protection.obey_restraint(desk, person, "issue")
    address = slip_address(desk, person, given.desk_time)
    return {
        "addressee_slip": {
            "taxpayer_id": person.taxpayer_id,
            "imprint_name": imprint_name(person),
            "address": address,
            "postal_code": slip_postal_code(desk, person, address),
        },
        "cautions": [{"caution_kind": kind} for kind in kinds],
    }


def slip_address(desk: Desk, person: Taxpayer, desk_time: str | None) -> str | None:
    address = taxpayers.printed_address(person)
    if address is None and protection.use_lift(desk, person, "issue", desk_time):
        return person.address
    return address


def slip_postal_code(desk: Desk, person: Taxpayer, address: str | None) -> str | None:
    """A postal code tells the town, so it goes where the address goes and nowhere else."""
    return towns.postal_code(desk, person) if address else None


def set_numbering_rule(desk: Desk, given: RemainderOne) -> dict[str, Any]:
    """付番規則の設定"""
    desk.session.merge(person_records.NumberingRule(tenant=desk.id, remainder_one=given.remainder_one))
    return {"remainder_one": given.remainder_one}


def calculate_modulus_figure(desk: Desk, given: Serial) -> dict[str, Any]:
    """検査数字の計算"""
    return {"modulus_figure": numbering.check_digit(given.serial_number, numbering.remainder_one(desk))}


routing.add(router, "/shared-numbers", NewShared, register_shared_number)
routing.add(router, "/nonresidents", NewNonresident, register_nonresident)
routing.add(router, "/corporations", NewCorporation, register_corporation)
routing.add(router, "/amendments", Amendment, amend_addressee)
routing.add(router, "/one", Inquiry, get_addressee, is_query=True)
routing.add(router, "/on-day", OnDay, get_addressee_on_day, is_query=True)
routing.add(router, "/history", ByPerson, list_addressee_history, is_query=True)
routing.add(router, "/other-names", OtherNames, register_other_names)
routing.add(router, "/printed-names", NameChoice, choose_imprint_name)
routing.add(router, "/slips", Inquiry, issue_addressee_slip)
routing.add(router, "/numbering-rule", RemainderOne, set_numbering_rule)
routing.add(router, "/check-digit", Serial, calculate_modulus_figure, is_query=True)
