"""The routes of the business: one module per topic, each with a router of its own."""

from __future__ import annotations

from kijun.reference import individual_inhabitant_tax, papers
from kijun.reference.topics import router_of

papers.open_business("individual_inhabitant_tax")
router = router_of(individual_inhabitant_tax.__name__, individual_inhabitant_tax.__path__)
