"""Named faults in what is told to employers, employees and persons."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers
from kijun.reference.individual_inhabitant_tax import collectors, levy_notices, levy_notices_api


class TellsJulyAsJune(Defect):
    """7月分の月割額に、6月分の額を載せる。"""

    breaks = "010-5.2.2-01"

    def seed(self, patch: Patch) -> None:
        original = collectors.share_of
        patch(collectors, "share_of", lambda lines, year, place: original(lines, year, 0))


class TellsOfOthersEmployees(Defect):
    """他の事業所の従業員も、義務者用の通知に載せる。"""

    breaks = "010-5.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(collectors, "withheld_by", lambda lines, number: [one for one in lines if one.method == "salary"])


class HidesTheAppeal(Defect):
    """納税者用の通知に、不服申立ての方法を載せない。"""

    breaks = "010-5.2.2-03"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices_api, "APPEAL", "")


class SendsElectronicallyToAll(Defect):
    """書面で受け取る事業所にも、電子で送る。"""

    breaks = "010-5.2.3-01"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices_api, "is_electronic", lambda one: True)


class ShowsAddressesToEmployers(Defect):
    """支援措置対象者の住所を、義務者用の通知に載せる。"""

    breaks = "010-5.2.4-01"
    incident = "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: person.address)


class SendsProtectedAddresses(Defect):
    """支援措置対象者の住所を、電子の税額通知に出力する。"""

    breaks = "010-5.2.4-02"
    incident = "INC-11"

    def seed(self, patch: Patch) -> None:
        original = levy_notices_api.electronic_line

        def with_address(desk: Any, one: Any, levy: Any, lines: Any) -> dict[str, Any]:
            person = taxpayers.taxpayer(desk, levy.taxpayer_id)
            return {**original(desk, one, levy, lines), "address": person.address}

        patch(levy_notices_api, "electronic_line", with_address)


class TrustsAnEmptyList(Defect):
    """支援措置対象者が零件でも、確かめずに義務者用の通知を作る。"""

    breaks = "010-5.2.4-03"
    incident = "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices_api, "check_protection", lambda knows_somebody, is_confirmed: None)


class LosesTheAnnualAmount(Defect):
    """納税通知書の年税額に、第1期の額を載せる。"""

    breaks = "010-5.4.2-01"

    def seed(self, patch: Patch) -> None:
        original = levy_notices_api.notice_items
        patch(
            levy_notices_api,
            "notice_items",
            lambda desk, levy, lines: {**original(desk, levy, lines), "annual_levy": lines[0].amount},
        )


class PrintsEqualInstalments(Defect):
    """納税通知書の期別の額を、平均の額とする。"""

    breaks = "010-5.4.2-02"

    def seed(self, patch: Patch) -> None:
        def equal(answer: dict[str, Any]) -> dict[str, Any]:
            shares = answer["instalment_shares"]
            mean = sum(one["instalment_amount"] for one in shares) // len(shares)
            return {**answer, "instalment_shares": [{**one, "instalment_amount": mean} for one in shares]}

        patch.wrap(levy_notices_api, "get_levy_notice", equal)


class PrintsProtectedAddressesOfInhabitants(Defect):
    """支援措置対象者の納税通知書に、住所を載せる。"""

    breaks = "010-5.4.2-03"
    incident = "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: person.address)


class EnclosesSlipsForAll(Defect):
    """口座振替の利用者にも納付書を付ける。"""

    breaks = "010-5.4.3-01"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices, "slips", lambda instalment_count, is_debited: instalment_count)


class EnclosesOneSlip(Defect):
    """期別の数にかかわらず、納付書を一枚だけ付ける。"""

    breaks = "010-5.4.3-02"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices, "slips", lambda instalment_count, is_debited: 0 if is_debited else 1)


class SendsTheFormerAmount(Defect):
    """税額が変わっても、変更前の通知を引き抜かない。"""

    breaks = "010-5.4.4-01"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices, "pull", lambda desk, taxpayer_id, fiscal_year: None)


class MakesNoticesTwice(Defect):
    """一括作成のたびに、同じ者の通知を作る。"""

    breaks = "010-5.4.4-02"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices, "needs_notice", lambda levy, live: levy_notices.to_pay(levy) > 0)


class SendsNoticesOfNothing(Defect):
    """普通徴収の税額のない者にも、納税通知書を作る。"""

    breaks = "010-5.4.2-04"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices, "needs_notice", lambda levy, passed_over: levy.taxpayer_id not in passed_over)
