"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from kijun.reference import light_vehicle_tax
from kijun.reference.light_vehicle_tax import printing
from kijun.reference.topics import router_of

printing.register_papers()
router = router_of(light_vehicle_tax.__name__, light_vehicle_tax.__path__)
