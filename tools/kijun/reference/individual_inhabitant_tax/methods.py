"""By which methods the tax of a person is collected (徴収方法), and who is collected from by a pension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import calculation
from kijun.reference.individual_inhabitant_tax.pension_collection import AGE, LEAST_PENSION
from kijun.reference.individual_inhabitant_tax.portions import rows_of
from kijun.reference.store import Base

MOST_SMALL_STAFF = 2  # 普通徴収切替理由書の普A


class Choice(Base):
    """What is known for the collection from one person in one fiscal year."""

    __tablename__ = "iit_collection_choice"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    designation_number: Mapped[str | None]
    ordinary_ground: Mapped[str | None]
    pension_annuity: Mapped[int | None]
    is_care_withheld: Mapped[bool] = mapped_column(default=False)
    pension_levy: Mapped[int | None]
    other_levy: Mapped[int] = mapped_column(default=0)
    pays_other_levy_oneself: Mapped[bool] = mapped_column(default=False)
    is_pension_stopped: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class Shares:
    """The annual amount by method, in yen."""

    salary: int
    pension: int
    ordinary: int


def choice(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Choice:
    """The person's choice of the year; an empty one if nothing is known yet."""
    desk.target_id = taxpayer_id
    found = next(iter(rows_of(desk, Choice, taxpayer_id, fiscal_year)), None)
    if found is None:
        found = Choice(tenant=desk.id, taxpayer_id=taxpayer_id, fiscal_year=fiscal_year, other_levy=0)
        found.is_care_withheld = found.pays_other_levy_oneself = found.is_pension_stopped = False
    return found


def keep(desk: Desk, found: Choice) -> None:
    desk.session.add(found)
    desk.session.flush()


# 地方税法321条の5第2項、321条の7第1項
def leave_employer(desk: Desk, taxpayer_id: str, fiscal_year: int) -> None:
    """Nobody withholds from this person any more; a later revision asks for the rest by notice."""
    known = choice(desk, taxpayer_id, fiscal_year)
    known.designation_number = None
    keep(desk, known)


# 地方税法321条の7の7、321条の7の9（条番号は公式の本文と未照合）
def stop_pension(desk: Desk, taxpayer_id: str, fiscal_year: int) -> None:
    """Nothing is collected from the pension for the rest of the year."""
    known = choice(desk, taxpayer_id, fiscal_year)
    known.is_pension_stopped = True
    keep(desk, known)


# 地方税法321条の3（給与特別徴収）、321条の7の2（年金特別徴収）、319条（普通徴収）
def shares(annual: int, known: Choice, is_collected: bool, is_aged: bool) -> Shares:
    """Pension income by pension; salary and, unless declined, all other income by the employer; the rest by notice.

    The tax of pension income from 65 on is never withheld from a salary.
    """
    of_pension = pension_part(annual, known) if is_aged else 0
    rest = annual - of_pension
    by_employer = salary_part(rest, known)
    by_pension = of_pension if is_collected else 0
    return Shares(by_employer, by_pension, annual - by_employer - by_pension)


# 地方税法321条の3第2項・第3項
def salary_part(rest: int, known: Choice) -> int:
    if not has_employer(known):
        return 0
    return rest - known.other_levy if known.pays_other_levy_oneself else rest


def has_employer(known: Choice) -> bool:
    return known.designation_number is not None and known.ordinary_ground is None


def pension_part(annual: int, known: Choice) -> int:
    """As stated; otherwise, for somebody with an annuity and no employer, all but the tax of other income."""
    if known.pension_levy is not None:
        return known.pension_levy
    return annual - known.other_levy if known.pension_annuity is not None and not has_employer(known) else 0


# 地方税法321条の7の2第1項; 年齢計算ニ関スル法律: who is born on the second of April turns 65 on the first
def is_aged(birth_date: date, fiscal_year: int) -> bool:
    return birth_date <= date(fiscal_year - AGE, 4, 2)


# 地方税法321条の7の2第1項、同法施行令48条の9の12（条番号は公式の本文と未照合）
def exclusion(known: Choice, birth_date: date, fiscal_year: int, of_pension: int) -> str | None:
    """Why nothing is collected from the pension; None if it is."""
    if known.pension_annuity is None:
        return "no_annuity"
    if not is_aged(birth_date, fiscal_year):
        return "under_age"
    if is_small_annuity(known.pension_annuity):
        return "small_annuity"
    if not known.is_care_withheld:
        return "no_care_withheld"
    return "levy_exceeds_annuity" if exceeds(of_pension, known.pension_annuity) else None


def is_small_annuity(annuity: int) -> bool:
    return annuity < LEAST_PENSION


def exceeds(levy: int, annuity: int) -> bool:
    return levy > annuity


def decided(desk: Desk, taxpayer_id: str, fiscal_year: int, annual: int) -> Shares:
    """The shares of a person whose annual amount is known."""
    known = choice(desk, taxpayer_id, fiscal_year)
    born = calculation.person_of(desk, taxpayer_id, fiscal_year).birth_date
    of_pension = pension_part(annual, known)
    is_collected = exclusion(known, born, fiscal_year, of_pension) is None and not known.is_pension_stopped
    return shares(annual, known, is_collected, is_aged(born, fiscal_year))


def check_parts(annual: int, pension_levy: int | None, other_levy: int | None) -> None:
    """Raises Refusal for parts that make up more than the whole."""
    if not fits(annual, (pension_levy or 0) + (other_levy or 0)):
        raise Refusal("invalid_value", "所得別の税額の計が年税額を超えています。税額を確かめてください。")


def fits(annual: int, parts: int) -> bool:
    return parts <= annual


# 普通徴収切替理由書（普A、普E）
def check_ground(ground: str, staff: int | None, is_sole_proprietor: bool) -> None:
    """Raises Refusal for a reason the employer cannot give."""
    if ground == "small_staff" and not is_small_staff(staff):
        raise Refusal("ordinary_ground_denied", "普Aは、総従業員数が2人以下の事業所に限ります。")
    if ground == "family_employee" and not may_name_family(is_sole_proprietor):
        raise Refusal("ordinary_ground_denied", "普Eは、個人事業主に限ります。")


def is_small_staff(staff: int | None) -> bool:
    return staff is not None and staff <= MOST_SMALL_STAFF


def may_name_family(is_sole_proprietor: bool) -> bool:
    return is_sole_proprietor
