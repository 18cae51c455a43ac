"""Heirs, and what each of them owes of what the dead person owed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common.person_records import Numbered, add, rows
from kijun.reference.store import Base


class Heir(Numbered, Base):
    """One heir with the share of the inheritance."""

    __tablename__ = "iit_heir"
    taxpayer_id: Mapped[str]
    heir_name: Mapped[str]
    inherited_portion: Mapped[str]  # a fraction, as 1/2


def share(one: Heir) -> Fraction:
    return Fraction(one.inherited_portion)


def of_person(desk: Desk, taxpayer_id: str) -> list[Heir]:
    return rows(desk, Heir, taxpayer_id=taxpayer_id)


def register(desk: Desk, taxpayer_id: str, name: str, portion: str) -> None:
    """Raises Refusal when the shares would be more than the whole."""
    known = [share(one) for one in of_person(desk, taxpayer_id)]
    if not fits([*known, Fraction(portion)]):
        raise Refusal("invalid_value", "相続分の計が一を超えます。登録した相続人の相続分を確かめてください。")
    add(desk, Heir, taxpayer_id=taxpayer_id, heir_name=name, inherited_portion=portion)


def fits(shares: Sequence[Fraction]) -> bool:
    return sum(shares) <= 1


# 地方税法9条2項、民法900条〜902条
def apportioned(amount: int, portion: Fraction) -> int:
    """What one heir owes of an amount in yen. What is below one yen is dropped."""
    return int(amount * portion)
