"""The fixed words of the page in English. The texts of the standard and of the run stay Japanese, as they are law."""

from __future__ import annotations

from kijun.model.requirement import Method, MunicipalityClass, Obligation
from kijun.model.statement import Answer
from kijun.model.verdict import Claim, Fault, Status, Verdict
from kijun.reporting import wording
from kijun.reporting.causes import Kind
from kijun.reporting.run_view import RunView

CLAIMS = {
    Claim.CONFORMANT: "Conformant",
    Claim.CONFORMANT_WITH_WAIVERS: "Conformant with waivers",
    Claim.NOT_CONFORMANT: "Not conformant",
    Claim.UNDETERMINED: "Undetermined",
}
CLAIM_MEANINGS = {
    Claim.CONFORMANT: "Under these conditions every mandatory and every declared optional requirement is satisfied, "
    "and no prohibited function is offered.",
    Claim.CONFORMANT_WITH_WAIVERS: "Requirements are satisfied apart from waivers that expire. Check their dates.",
    Claim.NOT_CONFORMANT: "Some requirements are not satisfied. Read the reasons and the results below.",
    Claim.UNDETERMINED: "Something is not known, so neither conformity nor non-conformity can be stated.",
}
STATUSES = {
    Status.SATISFIED: "Satisfied",
    Status.NOT_SATISFIED: "Not satisfied",
    Status.INCONCLUSIVE: "Inconclusive",
    Status.NOT_VERIFIED: "Not verified",
    Status.NOT_APPLICABLE: "Not applicable",
    Status.NOT_IMPLEMENTED: "Not implemented (optional)",
    Status.WAIVED: "Waived (until a date)",
}
MEANINGS = {
    Status.SATISFIED: "Every linked check was executed and passed.",
    Status.NOT_SATISFIED: "A check showed that the requirement is not met, or the declaration contradicts it.",
    Status.INCONCLUSIVE: "A precondition could not be met or the test itself went wrong; nothing can be said.",
    Status.NOT_VERIFIED: "Nobody has verified it. It does not count as conformity.",
    Status.NOT_APPLICABLE: "It does not apply to this municipality: its class or the reference date.",
    Status.NOT_IMPLEMENTED: "An optional function, declared as not implemented. It does not stand in the way.",
    Status.WAIVED: "Waived until a date. The status underneath is shown.",
}
OBLIGATIONS = {
    Obligation.MANDATORY: "Mandatory",
    Obligation.OPTIONAL: "Optional",
    Obligation.PROHIBITED: "Prohibited",
    Obligation.NONE: "Not specified",
}
METHODS = {
    Method.TEST: "Test",
    Method.DEMONSTRATION: "Demonstration",
    Method.INSPECTION: "Inspection",
    Method.ANALYSIS: "Analysis",
    Method.CONTRACT: "Contract",
    Method.NOT_TESTABLE: "Not testable",
}
CLASSES = {
    MunicipalityClass.DESIGNATED_CITY: "designated city",
    MunicipalityClass.CORE_CITY: "core city",
    MunicipalityClass.SPECIAL_WARD: "special ward",
    MunicipalityClass.GENERAL_CITY: "general city",
    MunicipalityClass.TOWN_VILLAGE: "town or village",
}
ANSWERS = {
    Answer.YES: "Implemented",
    Answer.NO: "Not implemented",
    Answer.PLANNED: "Planned",
    Answer.UNANSWERED: "Unanswered",
}
VERDICTS = {
    Verdict.PASS: "Pass",
    Verdict.FAIL: "Fail",
    Verdict.INCONCLUSIVE: "Inconclusive",
    Verdict.ERROR: "Error of the test",
    Verdict.NONE: "Not executed",
}
REMEDIES = {
    Fault.CONFIGURATION: "A matter of configuration. Run kijun doctor.",
    Fault.ENVIRONMENT: "A matter of the environment. See that the product is up, then run kijun run --resume.",
    Fault.DRIVER: "A matter of the driver. Make its replies valid against the JSON Schema of the operation.",
    Fault.PRODUCT: "A matter of the product. Show its vendor the requirement, the expected and the actual value.",
    Fault.SUITE: "A matter of the test suite. Tell its publisher where the scenario stands.",
}
REVIEWS = {
    "agreed": "Agreed",
    "wording_only": "Met in wording only",
    "workaround_accepted": "Workaround accepted",
    "rejected": "Rejected",
    "not_reviewed": "Not reviewed",
}
CERTAINTIES = {"official": "official", "draft": "draft", "estimated": "estimated"}
RULES = {
    "not_applicable": "Outside the municipality class or the reference date.",
    "ics": "Decided by the vendor's declaration.",
    "fail": "A linked scenario failed.",
    "attestation": "Decided by the attestation of an office.",
    "inconclusive": "A linked scenario was inconclusive.",
    "error": "A linked scenario ended in an error of the test.",
    "not_executed": "A linked scenario was not executed.",
    "no_check": "No check was executed.",
    "satisfied": "Every linked check was executed and passed.",
}
CAUSES = {
    Kind.OPERATION: "The driver does not provide an operation that the scenarios need. "
    "Whether the product lacks it or nobody connected it is not known.",
    Kind.CONTRADICTION: "The product's answer differs from what the requirement and the law lead to.",
    Kind.PRECONDITION: "A precondition could not be established inside the product.",
    Kind.DRIVER: "The driver broke the protocol; nothing is known of the product.",
    Kind.ENVIRONMENT: "Connection or time ran out; nothing is known of the product.",
    Kind.CONFIGURATION: "The run was configured wrongly; nothing is known of the product.",
    Kind.SUITE: "The test suite itself seems wrong. It never counts against the product.",
    Kind.UNRUN: "Some checks were not executed. What was not executed does not count as conformity.",
    Kind.STATEMENT: "The declaration contradicts the obligation of the requirement.",
    Kind.UNANSWERED: "The declaration has no answer. Unanswered is never a no.",
    Kind.ATTESTATION: "No machine can verify it; the attestation of an office is needed.",
}
WHOM = {
    Kind.OPERATION: "the vendor (author of the driver)",
    Kind.CONTRADICTION: "the vendor",
    Kind.PRECONDITION: "the vendor",
    Kind.DRIVER: "the author of the driver",
    Kind.ENVIRONMENT: "whoever operates the product",
    Kind.CONFIGURATION: "whoever ran the test",
    Kind.SUITE: "the publisher of the test suite",
    Kind.UNRUN: "whoever ran the test",
    Kind.STATEMENT: "the vendor",
    Kind.UNANSWERED: "the vendor",
    Kind.ATTESTATION: "the section in charge",
}
SUMMARY = {
    "製品": "Product",
    "事業者": "Vendor",
    "団体": "Municipality",
    "基準日": "Reference date",
    "要件表": "Requirement tables",
    "要件表の出所": "Source of the tables",
    "実施": "Executed",
    "試験一式の照合値": "Digest of the suite",
    "シナリオ": "Scenarios",
    "適合の裏付け": "What conformity rests on",
    "つなぎ直し": "Reconnections",
    "働いていない免除": "Waivers that do nothing",
    "異議（判定は変わりません）": "Disputes (no verdict changes)",
}


def may_say(view: RunView) -> str:
    """What the claim allows its holder to say, in one sentence that can be quoted."""
    profile = view.report.facts.start["profile"]
    product, day = wording.product_text(view), profile["as_of"]
    kind = CLASSES[MunicipalityClass(profile["municipality_class"])]
    claim = view.report.claim
    if claim in (Claim.CONFORMANT, Claim.CONFORMANT_WITH_WAIVERS):
        return (
            f"You may say: “{product} is {CLAIMS[claim].lower()} for a {kind} as of {day}, by the tables named below.”"
        )
    judged = [one.status for one in view.report.outcomes if one.status is not Status.NOT_APPLICABLE]
    satisfied = judged.count(Status.SATISFIED)
    return (
        f"You may not say “conformant”. You may say: “Of {len(judged)} applicable requirements, {satisfied} were "
        f"verified as satisfied by {product} for a {kind} as of {day}.”"
    )
