"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from fastapi import APIRouter

from kijun.reference import taxpayers
from kijun.reference.local_tax_common import (
    accounts_api,
    batches_api,
    exchange_api,
    extraction_api,
    logs_api,
    remarks_api,
)

router = APIRouter()
router.include_router(taxpayers.router)
router.include_router(remarks_api.router)
router.include_router(batches_api.router)
router.include_router(extraction_api.router)
router.include_router(accounts_api.router)
router.include_router(logs_api.router)
router.include_router(exchange_api.router)
