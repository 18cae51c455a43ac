"""Which figures of a person's dossiers the levy is computed from."""

from __future__ import annotations

from datetime import date
from typing import Any

from kijun.reference import store
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import consolidation
from kijun.reference.individual_inhabitant_tax.consolidation import RETURNS, Material
from kijun.reference.individual_inhabitant_tax.material_records import Amendment, IncomingReport, RetiredDossier
from kijun.reference.individual_inhabitant_tax.portions import rows_of, rows_of_dossier
from kijun.reference.individual_inhabitant_tax.records import Dossier


def of_person(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Dossier]:
    """The dossiers of one person and fiscal year, in the order of their arrival."""
    return rows_of(desk, Dossier, taxpayer_id, fiscal_year)


def materials(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Material]:
    """The same with what is known of their arrival and whether they still hold."""
    return [material(desk, one) for one in of_person(desk, taxpayer_id, fiscal_year)]


def material(desk: Desk, one: Dossier) -> Material:
    origin = next(iter(rows_of_dossier(desk, IncomingReport, one.dossier_id)), None)
    return Material(
        one.dossier_id,
        one.dossier_kind,
        one.figures,
        origin.filed_on if origin else date.min,
        origin.submitter_number if origin else "",
        is_effective(desk, one),
    )


def is_effective(desk: Desk, one: Dossier) -> bool:
    """Whether it was neither corrected nor withdrawn nor taken from the person."""
    return not rows_of_dossier(desk, RetiredDossier, one.dossier_id)


def adopted(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
    """What the levy is computed from: the dossiers that count added up, and what a clerk put in their place."""
    figures = consolidation.total(materials(desk, taxpayer_id, fiscal_year))
    held = amendments(desk, taxpayer_id, fiscal_year)
    return consolidation.amended(figures, {one.consolidated_item: one.amended_amount for one in held})


def amendments(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Amendment]:
    """Those not revoked, oldest first."""
    return [one for one in rows_of(desk, Amendment, taxpayer_id, fiscal_year) if not one.is_amendment_revoked]


def is_income_known(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether anything that still holds tells what the person earned."""
    found = materials(desk, taxpayer_id, fiscal_year)
    return any(one.is_effective and one.kind != "one_stop_notice" for one in found)


# 地方税法317条の3（所得税の確定申告書は、住民税の申告書とみなす）
def has_return(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether the person has filed a return of either tax for the year."""
    return any(one.is_effective and one.kind in RETURNS for one in materials(desk, taxpayer_id, fiscal_year))


def lodge(desk: Desk, taxpayer_id: str, fiscal_year: int, kind: str, figures: dict[str, Any]) -> str:
    """A new dossier of the person; its number."""
    number = f"S{store.next_number(desk.session, Dossier, desk.id):08d}"
    row = Dossier(
        tenant=desk.id,
        dossier_id=number,
        taxpayer_id=taxpayer_id,
        fiscal_year=fiscal_year,
        dossier_kind=kind,
        figures=figures,
    )
    desk.session.add(row)
    desk.session.flush()
    return number


def retire(desk: Desk, dossier_id: str | None) -> None:
    """From now on the levy does not use it; it stays on record."""
    if dossier_id is not None:
        desk.session.merge(RetiredDossier(tenant=desk.id, dossier_id=dossier_id))
