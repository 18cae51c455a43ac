"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from fastapi import APIRouter

from kijun.reference import taxpayers

router = APIRouter()
router.include_router(taxpayers.router)
