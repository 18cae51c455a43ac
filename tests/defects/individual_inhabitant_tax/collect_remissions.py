"""Named faults in remissions."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import assessment, levy_notices, planning, remissions, remissions_api


class ShowsDecidedOnly(Defect):
    """審査中の申請を照会に出さない。"""

    breaks = "010-6.4.1-01"

    def seed(self, patch: Patch) -> None:
        def decided(answer: dict[str, Any]) -> dict[str, Any]:
            return {"remissions": [one for one in answer["remissions"] if one["remission_state"] != "pending"]}

        patch.wrap(remissions_api, "list_remissions", decided)


class AcceptsTwoRequests(Defect):
    """審査中の申請があっても、重ねて受け付ける。"""

    breaks = "010-6.4.1-02"

    def seed(self, patch: Patch) -> None:
        patch(remissions, "is_open", lambda one: False)


class RemitsPastInstalments(Defect):
    """申請の前に納期限の過ぎた期別も減免する。"""

    breaks = "010-6.4.1-03"

    def seed(self, patch: Patch) -> None:
        patch(remissions, "is_remissible", lambda line, requested_on: line.method == "ordinary")


class RemitsAll(Defect):
    """割合にかかわらず、全額を減免する。"""

    breaks = "010-6.4.2-01"

    def seed(self, patch: Patch) -> None:
        original = remissions.remitted_lines
        patch(remissions, "remitted_lines", lambda lines, requested_on, percent: original(lines, requested_on, 100))


class RemitsTheRejected(Defect):
    """却下した者の税額も減らす。"""

    breaks = "010-6.4.2-02"

    def seed(self, patch: Patch) -> None:
        original = remissions.decide

        def decide(desk: Any, found: Any, decision: str, percent: int, reason: Any) -> Any:
            levy = original(desk, found, "approved", percent, reason)
            found.state = decision
            return levy

        patch(remissions, "decide", decide)


class RejectsWithoutReason(Defect):
    """理由のない却下を受け付ける。"""

    breaks = "010-6.4.2-03"

    def seed(self, patch: Patch) -> None:
        patch(remissions, "lacks_reason", lambda decision, reason: False)


class PrintsTheFullLevy(Defect):
    """通知書の減免後の税額に、減免前の税額を載せる。"""

    breaks = "010-6.4.2-04"

    def seed(self, patch: Patch) -> None:
        patch(remissions, "to_pay", lambda levy: levy.annual_levy)


class SendsBothNotices(Defect):
    """減免前の額の通知を引き抜かない。"""

    breaks = "010-6.4.2-05"
    incident = "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices, "pull", lambda desk, taxpayer_id, fiscal_year: None)


class KeepsTheRemission(Defect):
    """減免を取り消しても、税額を戻さない。"""

    breaks = "010-6.4.3-01"

    def seed(self, patch: Patch) -> None:
        patch(planning, "to_ordinary", lambda year, lines, amount, given, today, subsequent: assessment.ordered(lines))


class RevokesPendingRequests(Defect):
    """審査中の申請の取消しを受け付ける。"""

    breaks = "010-6.4.3-02"

    def seed(self, patch: Patch) -> None:
        original = remissions.revoke

        def revoke(desk: Any, found: Any, reason: Any) -> Any:
            found.state = "approved"
            return original(desk, found, reason)

        patch(remissions, "revoke", revoke)
