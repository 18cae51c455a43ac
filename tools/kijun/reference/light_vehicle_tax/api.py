"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from fastapi import APIRouter

from kijun.reference.light_vehicle_tax import (
    certificates_api,
    declarations_api,
    inspections_api,
    ledger_api,
    levy_api,
    linkage_api,
    notices_api,
    reductions_api,
)

router = APIRouter()
router.include_router(ledger_api.router)
router.include_router(levy_api.router)
router.include_router(reductions_api.router)
router.include_router(notices_api.router)
router.include_router(certificates_api.router)
router.include_router(declarations_api.router)
router.include_router(inspections_api.router)
router.include_router(linkage_api.router)
