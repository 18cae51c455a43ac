"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from fastapi import APIRouter

from kijun.reference.light_vehicle_tax import (
    certificates_api,
    event_history_api,
    holders_api,
    ledger_api,
    levy_api,
    notices_api,
    plate_change_api,
    plates_api,
    printing,
    proofs_api,
    reductions_api,
)

printing.register_papers()
router = APIRouter()
router.include_router(ledger_api.router)
router.include_router(plate_change_api.router)
router.include_router(holders_api.router)
router.include_router(event_history_api.router)
router.include_router(levy_api.router)
router.include_router(reductions_api.router)
router.include_router(notices_api.router)
router.include_router(certificates_api.router)
router.include_router(plates_api.router)
router.include_router(proofs_api.router)
