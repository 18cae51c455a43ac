"""Who can be levied here on the assessment day: residents, people who live here unregistered, owners of a house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import portions, years
from kijun.reference.individual_inhabitant_tax.material_records import ElsewhereNotice, Presence
from kijun.reference.local_tax_common.person_records import rows

_RANK = ("registered_resident", "unregistered_resident", "house_owner", "office_owner")
OWNERS = frozenset({"house_owner", "office_owner"})


# 地方税法39条、318条
def assessment_day(fiscal_year: int) -> date:
    """The first of January of the year. Raises Refusal for a year without terms."""
    return date(years.checked_year(fiscal_year), 1, 1)


def is_present(one: Presence, day: date) -> bool:
    """The day of arrival counts; on the day of leaving or death nobody lives here any more."""
    return one.present_from <= day and (one.present_until is None or one.present_until > day)


def every(desk: Desk) -> list[Presence]:
    return list(desk.session.scalars(select(Presence).where(Presence.tenant == desk.id).order_by(Presence.id)))


def present(desk: Desk, fiscal_year: int) -> list[Presence]:
    day = assessment_day(fiscal_year)
    return [one for one in every(desk) if is_present(one, day)]


def taxable(desk: Desk, fiscal_year: int) -> list[tuple[str, str]]:
    """Number and ground of everybody to be levied, each person once."""
    levied_elsewhere = {one.taxpayer_id for one in notices(desk, fiscal_year, is_ours=False)}
    found: dict[str, list[str]] = {}
    for one in present(desk, fiscal_year):
        found.setdefault(one.taxpayer_id, []).append(one.presence_kind)
    return sorted((number, ground(kinds)) for number, kinds in found.items() if number not in levied_elsewhere)


# 地方税法294条1項2号（家屋敷・事務所等は、市町村内に住所を有しない個人に限る）
def ground(kinds: Sequence[str]) -> str:
    """Why somebody is levied who has several grounds: to live here comes before to own something here."""
    return min(kinds, key=_RANK.index)


def is_owner_only(kinds: Sequence[str]) -> bool:
    """Whether somebody owns a house or an office here and lives elsewhere."""
    return bool(kinds) and ground(kinds) in OWNERS


def lives_elsewhere(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether a person is levied for a house or an office alone. Of whom nothing is known it is not said."""
    day = assessment_day(fiscal_year)
    known = portions.rows_of(desk, Presence, taxpayer_id, fiscal_year)
    return is_owner_only([one.presence_kind for one in known if is_present(one, day)])


def is_open_residence(one: Presence) -> bool:
    return one.presence_kind not in OWNERS and one.present_until is None


# 地方税法294条3項（住民基本台帳に記録されていない者を住民とみなして課税したときの通知）
def notices(desk: Desk, fiscal_year: int, is_ours: bool) -> list[ElsewhereNotice]:
    return rows(desk, ElsewhereNotice, fiscal_year=fiscal_year, is_ours=is_ours)


def unregistered(desk: Desk, fiscal_year: int) -> list[Presence]:
    return [one for one in present(desk, fiscal_year) if one.presence_kind == "unregistered_resident"]


def is_notified(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    return any(one.taxpayer_id == taxpayer_id for one in notices(desk, fiscal_year, is_ours=True))


def notifiable(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Presence:
    """The presence another municipality has to be told of. Raises Refusal."""
    found = [one for one in unregistered(desk, fiscal_year) if one.taxpayer_id == taxpayer_id]
    if not found:
        raise Refusal(
            "not_found", "賦課期日に住登外として課税する者ではありません。課税対象者の抽出で確かめてください。"
        )
    return found[0]


def is_absent(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether it is known that the person was not here on the assessment day."""
    known = [one for one in every(desk) if one.taxpayer_id == taxpayer_id]
    day = assessment_day(fiscal_year)
    return bool(known) and not any(is_present(one, day) for one in known)
