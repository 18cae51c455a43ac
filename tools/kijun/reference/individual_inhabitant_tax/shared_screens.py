"""What leads where on the clerks' pages of the business, from a person, an employer, a dossier or a change."""

from __future__ import annotations

from kijun.reference.boxes import Adjustment

OF_PERSON = (
    ("list_circumstances", "個人の状況"),
    ("get_consolidated_dossiers", "合算"),
    ("calculate_inhabitant_tax", "税額"),
    ("get_collection_plan", "徴収"),
)
PERSON = {"taxpayer_id": OF_PERSON}
RELATIVES = {"relative_taxpayer_id": OF_PERSON, **PERSON}
EMPLOYER = {"designation_number": (("get_employer", "義務者"), ("list_employees", "従業員"))}
REASON = Adjustment(required=("clerk_reason",))
AFTER_DOSSIER = ("get_consolidated_dossiers", "calculate_inhabitant_tax")
AFTER_CHANGE = ("get_collection_plan", "get_levy_history", "list_monthly_changes")
