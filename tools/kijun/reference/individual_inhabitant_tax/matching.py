"""Whose report it is. A wrong tie levies one person for another's income, so only what leaves no doubt is tied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import searching
from kijun.reference.store import Taxpayer


def owner(desk: Desk, name: str, birth_date: date, address: str) -> tuple[str | None, str | None]:
    """The number of the one person it can be, or else the reason why a clerk has to decide."""
    alike = namesakes(desk, name)
    if not alike:
        return None, "nobody_found"
    same_day = [one for one in alike if is_born_on(one, birth_date)]
    if not same_day:
        return None, "birth_date_mismatch"
    return the_one(same_day, address)


def namesakes(desk: Desk, name: str) -> list[Taxpayer]:
    """Everybody with this name, however it is written."""
    people = [one for one in searching.everybody(desk) if one.addressee_kind != "corporation"]
    return [one for one in people if has_name(one, name)]


def has_name(person: Taxpayer, name: str) -> bool:
    return searching.fold(person.name) == searching.fold(name)


def is_born_on(person: Taxpayer, birth_date: date) -> bool:
    """An unknown date is no equal date."""
    return person.birth_date is not None and person.birth_date == birth_date


def the_one(people: Sequence[Taxpayer], address: str) -> tuple[str | None, str | None]:
    """Of people with one name and birth date, the only one at the address."""
    here = [one for one in people if lives_at(one, address)]
    if len(here) > 1:
        return None, "unclear_person"
    return (here[0].taxpayer_id, None) if here else (None, "address_mismatch")


def lives_at(person: Taxpayer, address: str) -> bool:
    return searching.fold(person.address) == searching.fold(address)
