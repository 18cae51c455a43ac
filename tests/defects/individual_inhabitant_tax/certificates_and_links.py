"""Named faults of certificates, and of what goes to and comes from other offices."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    assistance,
    certificates,
    certificates_api,
    dossiers,
    inquiries_api,
    matching,
    sharing,
)


class CertifiesTaxableBase(Defect):
    """課税証明の合計所得金額の欄に、課税総所得金額を記載する。"""

    breaks = "010-7.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(certificates, "statements", lambda items: {**items, "overall_income": items["taxable_base"]})


class PrintsTaxOnIncomeCertificate(Defect):
    """所得証明に税額を記載する。"""

    breaks = "010-7.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "ITEMS", {**certificates.ITEMS, "income": certificates.ITEMS["taxation"]})


class CertifiesLiableAsExempt(Defect):
    """課税されている者にも非課税証明を発行する。"""

    breaks = "010-7.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "check_kind", lambda kind, liability: None)


class RefusesExemption(Defect):
    """非課税の者にも非課税証明を発行しない。"""

    breaks = "010-7.1.1-04"

    def seed(self, patch: Patch) -> None:
        original = certificates.check_kind
        patch(certificates, "check_kind", lambda kind, liability: original(kind, "liable"))


class CertifiesLatestYear(Defect):
    """指定した年度によらず、最新の年度の額を記載する。"""

    breaks = "010-7.1.1-05"

    def seed(self, patch: Patch) -> None:
        original = certificates.statements
        patch(certificates, "statements", lambda desk, taxpayer_id, fiscal_year: original(desk, taxpayer_id, 2026))


class CertifiesForOthers(Defect):
    """賦課期日に住所がない者の証明書を発行する。"""

    breaks = "010-7.1.1-06"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "check_presence", lambda desk, taxpayer_id, fiscal_year: None)


class CertifiesNothingAsZero(Defect):
    """資料も申告もない者を、所得0円と証明する。"""

    breaks = "010-7.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "check_declared", lambda desk, taxpayer_id, fiscal_year, reason: None)


class ForgetsReleaseReason(Defect):
    """未申告の者に発行した理由を履歴に残さない。"""

    breaks = "010-7.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(certificates_api, "register_line", lambda line: {**line, "undeclared_release_reason": None})


class IgnoresRestraint(Defect):
    """発行の抑止を見ずに証明書を発行する。"""

    breaks = "010-7.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(certificates.protection, "obey_restraint", lambda desk, person, process: [])


class ObeysEveryRestraint(Defect):
    """照会だけの抑止でも証明書を発行しない。"""

    breaks = "010-7.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = certificates.protection.obey_restraint

        def strict(desk: Any, person: Any, process: str) -> Any:
            return original(desk, person, "inquiry") + original(desk, person, process)

        patch(certificates.protection, "obey_restraint", strict)


class OffersLevyOfMunicipalityOnly(Defect):
    """コンビニ交付の年税額に、市町村民税だけを載せる。"""

    breaks = "010-7.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = certificates_api.kiosk_line

        def partial(desk: Any, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
            items = certificates.statements(desk, taxpayer_id, fiscal_year)
            levy = items["municipal_income_levy"] + items["municipal_capita_levy"]
            return {**original(desk, taxpayer_id, fiscal_year), "annual_levy": levy}

        patch(certificates_api, "kiosk_line", partial)


class OffersUndeclaredAtKiosk(Defect):
    """資料も申告もない者を、コンビニで非課税と証明する。"""

    breaks = "010-7.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "may_be_issued_unattended", lambda desk, taxpayer_id, fiscal_year: True)


class IgnoresRestraintAtKiosk(Defect):
    """窓口で抑止した証明を、コンビニで交付する。"""

    breaks = "010-7.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "may_be_issued_unattended", dossiers.is_income_known)


class KeepsLastIssueOnly(Defect):
    """最後の発行だけを履歴に示す。"""

    breaks = "010-7.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            certificates_api,
            "list_income_certificates",
            lambda answer: {"income_certificate_register": answer["income_certificate_register"][-1:]},
        )


class ForgetsDayOfVoiding(Defect):
    """取消日として発行日を残す。"""

    breaks = "010-7.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            certificates_api,
            "register_line",
            lambda line: {**line, "certificate_voided_on": line["certificate_voided_on"] and line["issued_on"]},
        )


class VoidsTwice(Defect):
    """取り消した証明書をもう一度取り消し、初めの記録を書き換える。"""

    breaks = "010-7.1.4-03"

    def seed(self, patch: Patch) -> None:
        def careless(desk: Any, number: str, clerk_reason: str) -> Any:
            one = certificates.find(desk, number)
            one.certificate_voided_on, one.clerk_reason = desk.today, clerk_reason
            return one

        patch(certificates, "void", careless)


class ShowsLatestYearOnly(Defect):
    """課税台帳に、最新の年度だけを示す。"""

    breaks = "010-7.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(sharing, "ledger", lambda found: found[-1:])


class ShowsYearsWithoutMaterials(Defect):
    """資料が取り消された年度を、所得0円の年度として示す。"""

    breaks = "010-7.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(dossiers, "is_income_known", lambda desk, taxpayer_id, fiscal_year: True)


class ShowsOwnLiabilityOfKin(Defect):
    """親族の課税の区分として、納税義務者本人の区分を示す。"""

    breaks = "010-7.2.2-01"

    def seed(self, patch: Patch) -> None:
        original = inquiries_api.kin_line

        def own(desk: Any, one: Any, fiscal_year: int) -> dict[str, Any]:
            mine = sharing.information(desk, one.taxpayer_id, fiscal_year)
            return {**original(desk, one, fiscal_year), "liability": mine["liability"]}

        patch(inquiries_api, "kin_line", own)


class HidesWhoNamesThePerson(Defect):
    """本人を親族としている納税義務者を示さない。"""

    breaks = "010-7.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(inquiries_api, "list_kin_liabilities", lambda answer: {**answer, "named_by": []})


class SharesIncomeAfterAllowances(Defect):
    """合計所得金額として、課税総所得金額を提供する。"""

    breaks = "010-8.1.1-01"

    def seed(self, patch: Patch) -> None:
        original = sharing.information

        def reduced(desk: Any, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
            line = original(desk, taxpayer_id, fiscal_year)
            income = line["overall_income"]
            return {**line, "overall_income": None if income is None else max(income - 430_000, 0)}

        patch(sharing, "information", reduced)


class SharesNothingNew(Defect):
    """一度提供した者を、内容が変わっても差分に含めない。"""

    breaks = "010-8.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(
            sharing,
            "is_news",
            lambda desk, line, fiscal_year: (
                desk.session.get(sharing.SharedInformation, (desk.id, line["taxpayer_id"], fiscal_year)) is None
            ),
        )


class SharesEverybodyAlways(Defect):
    """差分の提供に、変わらない者も含める。"""

    breaks = "010-8.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(sharing, "is_news", lambda desk, line, fiscal_year: True)


class SharesUnknownAsZero(Defect):
    """資料も申告もない者を、所得0円の非課税として提供する。"""

    breaks = "010-8.1.1-03"

    def seed(self, patch: Patch) -> None:
        zero = {"is_income_known": True, "overall_income": 0, "annual_levy": 0, "liability": "exempt"}
        patch(sharing, "unknown", lambda taxpayer_id: {"taxpayer_id": taxpayer_id, **zero})


class CountsKnownOnly(Defect):
    """提供の件数に、未申告の者を数えない。"""

    breaks = "010-8.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            certificates_api,
            "share_tax_information",
            lambda answer: {
                **answer,
                "shared_count": len([one for one in answer["tax_information"] if one["is_income_known"]]),
            },
        )


class IgnoresBeginningOfAid(Defect):
    """保護の開始の決定を、個人の状況に反映しない。"""

    breaks = "010-8.1.3-01"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        patch(assistance, "receives_aid", lambda decisions, day: False)


class IgnoresEndOfAid(Defect):
    """保護の廃止の決定を反映しない。"""

    breaks = "010-8.1.3-02"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        original = assistance.receives_aid
        patch(
            assistance,
            "receives_aid",
            lambda decisions, day: original([one for one in decisions if one.aid_decision == "aid_begun"], day),
        )


class KeepsOldFlag(Defect):
    """廃止の決定があっても、前に登録した受給を外さない。"""

    breaks = "010-8.1.3-02"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        original = assistance.reflect

        def sticky(desk: Any, taxpayer_id: str, fiscal_year: int) -> None:
            known = assistance.circumstance(desk, taxpayer_id, fiscal_year)
            if known is None or not known.receives_public_aid:
                original(desk, taxpayer_id, fiscal_year)

        patch(assistance, "reflect", sticky)


class CountsMedicalAid(Defect):
    """医療扶助だけを受ける者も非課税とする。"""

    breaks = "010-8.1.3-03"

    def seed(self, patch: Patch) -> None:
        original = assistance.receives_aid

        def any_kind(decisions: Any, day: Any) -> bool:
            medical = [one for one in decisions if one.aid_kind == "medical" and one.aid_effective_on <= day]
            return original(decisions, day) or bool(medical)

        patch(assistance, "receives_aid", any_kind)


def _silent_on(patch: Patch, ground: str) -> None:
    patch.wrap(assistance, "unreflected", lambda found: [one for one in found if one[1] != ground])


class OverlooksWaitingDecisions(Defect):
    """取り込んでいない保護の決定を挙げない。"""

    breaks = "010-8.1.3-04"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        _silent_on(patch, "awaiting_intake")


class TiesAidByName(Defect):
    """生年月日を見ずに、氏名だけで保護の決定を反映する。"""

    breaks = "010-8.1.3-05"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        patch(matching, "is_born_on", lambda person, birth_date: True)


class OverlooksLostAid(Defect):
    """取込の後に消えた受給を挙げない。"""

    breaks = "010-8.1.3-06"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        _silent_on(patch, "circumstances_mismatch")


class CountsUnknownAidAsTaken(Defect):
    """本人を特定できない保護の決定も、取込の件数に数える。"""

    breaks = "010-8.1.3-07"

    def seed(self, patch: Patch) -> None:
        patch.wrap(assistance, "take_in", lambda counts: (counts[0], counts[0]))


class OmitsEmptyLiabilities(Defect):
    """人のいない課税の区分を集計に示さない。"""

    breaks = "010-8.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(sharing, "by_liability", lambda lines: [one for one in lines if one["count"]])


class SumsBothLevies(Defect):
    """市町村民税の所得割額の計に、道府県民税を足す。"""

    breaks = "010-8.3.1-02"

    def seed(self, patch: Patch) -> None:
        original = sharing.summary

        def both(kind: str, found: Any) -> dict[str, Any]:
            return {**original(kind, found), "municipal_income_levy": sum(one.income_levy.total for one in found)}

        patch(sharing, "summary", both)


class AddsForestTaxToPrefecture(Defect):
    """道府県民税の計に森林環境税を含める。"""

    breaks = "010-8.3.3-01"

    def seed(self, patch: Patch) -> None:
        original = sharing.prefectural_total
        patch(sharing, "prefectural_total", lambda found: original(found) + sharing.forest_total(found))


class CountsForestTaxPerPerson(Defect):
    """森林環境税の計を、年度によらず一人千円とする。"""

    breaks = "010-8.3.3-02"

    def seed(self, patch: Patch) -> None:
        patch(sharing, "forest_total", lambda found: 1000 * len(found))


class OffersDeletionOfRegister(Defect):
    """証明書の発行履歴を削除できる。"""

    breaks = "010-7.1.4-04"

    def seed(self, patch: Patch) -> None:
        from kijun.drivers.reference import ReferenceDriver

        original = ReferenceDriver._on_call

        def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
            asked = params["operation"] == "delete_income_certificate"
            return {"result": {}} if asked else original(self, params, deadline)

        patch(ReferenceDriver, "_on_call", call)
