"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from fastapi import APIRouter

from kijun.reference import taxpayers
from kijun.reference.local_tax_common import form_care_api, printing_api

router = APIRouter()
router.include_router(taxpayers.router)
router.include_router(printing_api.router)
router.include_router(form_care_api.router)
from kijun.reference.local_tax_common import (
    contacts,
    identity,
    mailing,
    personal_numbers,
    persons_api,
    protection_api,
    residents,
    searching,
    towns,
)

router = APIRouter()
router.include_router(taxpayers.router)
for topic in (persons_api, residents, searching, identity, personal_numbers, towns):
    router.include_router(topic.router)
for topic in (mailing, contacts, protection_api):
    router.include_router(topic.router)
