"""Whose report it is. A wrong tie levies one person for another's income, so only what leaves no doubt is tied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import personal_numbers, searching
from kijun.reference.store import Taxpayer

MATCHING = "課税資料の突合"


def owner(
    desk: Desk, name: str, birth_date: date, address: str, personal_number: str | None = None
) -> tuple[str | None, str | None]:
    """The number of the one person it can be, or else the reason why a clerk has to decide."""
    held = holders(desk, personal_number) if personal_number else []
    if held:
        return by_number(held, birth_date)
    number, reason = by_name(desk, name, birth_date, address)
    if personal_number and number and contradicts(desk, number):
        return None, "personal_number_mismatch"
    return number, reason


# 番号法9条、12条、地方税法317条の6（報告書に本人の個人番号を記載する）
def holders(desk: Desk, personal_number: str) -> list[Taxpayer]:
    found = personal_numbers.holders(desk, personal_number, MATCHING)
    return [one for one in searching.everybody(desk) if one.taxpayer_id in found]


def by_number(people: Sequence[Taxpayer], birth_date: date) -> tuple[str | None, str | None]:
    """A number may be another person's by mistake, so the birth date has to agree; name and address may be older."""
    if len(people) > 1:
        return None, "unclear_person"
    return (people[0].taxpayer_id, None) if is_born_on(people[0], birth_date) else (None, "birth_date_mismatch")


def contradicts(desk: Desk, taxpayer_id: str) -> bool:
    """Whether the person has a number on record: it is another one, or the report would have been found by it."""
    return personal_numbers.is_held(desk, taxpayer_id)


def by_name(desk: Desk, name: str, birth_date: date, address: str) -> tuple[str | None, str | None]:
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
