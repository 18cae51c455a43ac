"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from kijun.reference import local_tax_common, taxpayers
from kijun.reference.topics import router_of

router = router_of(local_tax_common.__name__, local_tax_common.__path__)
router.routes.extend(taxpayers.router.routes)
