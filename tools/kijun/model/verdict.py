"""Case verdicts, requirement statuses and claims, and the algebra between them (ISO/IEC 9646, EARL)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What one attempt at one scenario came to."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    NONE = "none"

    @property
    def label(self) -> str:
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    Verdict.PASS: "合格",
    Verdict.FAIL: "不合格",
    Verdict.INCONCLUSIVE: "判定不能",
    Verdict.ERROR: "試験側の誤り",
    Verdict.NONE: "未実施",
}
_SEVERITY = {Verdict.PASS: 0, Verdict.NONE: 1, Verdict.INCONCLUSIVE: 2, Verdict.FAIL: 3, Verdict.ERROR: 4}


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several steps: error > fail > inconclusive > none > pass; nothing at all is none."""
    return max(verdicts, key=_SEVERITY.__getitem__, default=Verdict.NONE)


def combine_attempts(verdicts: Iterable[Verdict]) -> Verdict:
    """Several attempts at one scenario: a pass beside a fail is inconclusive; the latest does not win."""
    seen = set(verdicts)
    if len(seen) == 1:
        return seen.pop()
    if {Verdict.PASS, Verdict.FAIL} <= seen:
        return combine(seen - {Verdict.FAIL} | {Verdict.INCONCLUSIVE})
    return combine(seen)


class Fault(StrEnum):
    """Whose trouble it was. Only PRODUCT can lead to fail."""

    CONFIGURATION = "configuration"
    ENVIRONMENT = "environment"
    DRIVER = "driver"
    PRODUCT = "product"
    SUITE = "suite"

    @property
    def label(self) -> str:
        return _FAULT_LABELS[self]

    @property
    def remedy(self) -> str:
        return _FAULT_REMEDIES[self]


_FAULT_LABELS = {
    Fault.CONFIGURATION: "設定",
    Fault.ENVIRONMENT: "環境",
    Fault.DRIVER: "ドライバー",
    Fault.PRODUCT: "製品",
    Fault.SUITE: "試験一式",
}
_FAULT_REMEDIES = {
    Fault.CONFIGURATION: "kijun doctor で設定の誤りを確かめてください。",
    Fault.ENVIRONMENT: "製品が起動しているか、通信できるかを確かめ、kijun run --resume で続けてください。",
    Fault.DRIVER: "ドライバーの応答を操作の形式（JSON Schema）に合わせてください。",
    Fault.PRODUCT: "製品の事業者に、要件番号と期待値・実際の値を示して確認してください。",
    Fault.SUITE: "試験一式の誤りです。シナリオの場所を添えて公表元に知らせてください。",
}


class Status(StrEnum):
    """What a requirement came to in one run."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NOT_IMPLEMENTED = "not_implemented"
    NOT_VERIFIED = "not_verified"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]

    @property
    def blocks(self) -> bool:
        """Whether this status alone keeps the product from being called conformant."""
        return self in BLOCKING


_STATUS_LABELS = {
    Status.SATISFIED: "適合",
    Status.NOT_SATISFIED: "不適合",
    Status.NOT_IMPLEMENTED: "未実装（任意）",
    Status.NOT_VERIFIED: "未検証",
    Status.INCONCLUSIVE: "判定不能",
    Status.NOT_APPLICABLE: "対象外",
    Status.WAIVED: "免除（期限付）",
}
BLOCKING = frozenset({Status.NOT_SATISFIED, Status.NOT_VERIFIED, Status.INCONCLUSIVE})


class Claim(StrEnum):
    """What may be said of one product version, one edition and one profile."""

    CONFORMANT = "conformant"
    CONFORMANT_WITH_WAIVERS = "conformant_with_waivers"
    NOT_CONFORMANT = "not_conformant"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> str:
        return _CLAIM_LABELS[self]

    def exit_code(self, accept_waivers: bool = False) -> int:
        """0 conformant (with waivers only when they are accepted), 1 not conformant, 2 undetermined."""
        if self is Claim.CONFORMANT or (self is Claim.CONFORMANT_WITH_WAIVERS and accept_waivers):
            return 0
        return 1 if self is Claim.NOT_CONFORMANT else 2


_CLAIM_LABELS = {
    Claim.CONFORMANT: "適合",
    Claim.CONFORMANT_WITH_WAIVERS: "条件付適合",
    Claim.NOT_CONFORMANT: "不適合",
    Claim.UNDETERMINED: "未確定",
}
