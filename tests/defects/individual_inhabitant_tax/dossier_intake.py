"""Named faults of what comes in: reports, returns and notices, whose they are, and the senders' counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    checks,
    consolidation,
    consolidation_api,
    dossiers,
    intake,
    intake_api,
    matching,
    reasons,
    reconciliation,
)


def _lodged_otherwise(patch: Patch, is_meant: Callable[[Any], bool], change: Callable[[dict[str, Any]], Any]) -> None:
    """Falsify the figures of the dossiers that come from certain reports."""
    original = intake.figures_of
    patch(intake, "figures_of", lambda one: change(original(one)) if is_meant(one) else original(one))


def _without(*keys: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda figures: {key: value for key, value in figures.items() if key not in keys}


def _line(patch: Patch, change: Callable[[Any], dict[str, Any]]) -> None:
    """Falsify items of the list of reports."""
    original = intake_api.line
    patch(intake_api, "line", lambda one: {**original(one), **change(one)})


class LosesPremiumOfReport(Defect):
    """電子で届いた給与支払報告書の社会保険料を落とす。"""

    breaks = "010-3.1.1-01"

    def seed(self, patch: Patch) -> None:
        _lodged_otherwise(patch, lambda one: one.incoming_medium == "eltax", _without("social_premium"))


class CountsOnArrival(Defect):
    """取り込む前の給与支払報告書を合算に含める。"""

    breaks = "010-3.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = consolidation_api.get_consolidated_dossiers

        def eager(desk: Any, given: Any) -> Any:
            intake.take_in(desk, given.fiscal_year, None)
            return original(desk, given)

        patch(consolidation_api, "get_consolidated_dossiers", eager)


class TakesInAgainOfInhabitants(Defect):
    """取込のたびに、取り込み済みの報告書をもう一度資料にする。"""

    breaks = "010-3.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = intake.take_in

        def again(desk: Any, fiscal_year: int, submitter_number: Any) -> Any:
            for one in intake.every(desk, fiscal_year=fiscal_year, intake_state="entered"):
                dossiers.lodge(desk, one.taxpayer_id, fiscal_year, one.incoming_kind, dict(one.figures))
            return original(desk, fiscal_year, submitter_number)

        patch(intake, "take_in", again)


class ShiftsDiscColumns(Defect):
    """光ディスクの項目の位置を取り違え、社会保険料を給与収入に入れる。"""

    breaks = "010-3.1.2-01"

    def seed(self, patch: Patch) -> None:
        def shifted(figures: dict[str, Any]) -> dict[str, Any]:
            return {"salary_revenue": figures.get("social_premium", 0), "social_premium": 0}

        _lodged_otherwise(patch, lambda one: one.incoming_medium == "optical_disc", shifted)


class KnowsNoCopyFromDisc(Defect):
    """光ディスクで届いた同じ報告書を、再受信と見ない。"""

    breaks = "010-3.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = intake.earlier_copy
        patch(
            intake,
            "earlier_copy",
            lambda desk, one: None if one.incoming_medium == "optical_disc" else original(desk, one),
        )


class TypesThousandsOnly(Defect):
    """紙の報告書の額を、千円未満を切り捨てて入力する。"""

    breaks = "010-3.1.3-01"

    def seed(self, patch: Patch) -> None:
        def in_thousands(figures: dict[str, Any]) -> dict[str, Any]:
            return {key: value // 1000 * 1000 for key, value in figures.items()}

        _lodged_otherwise(patch, lambda one: one.incoming_medium == "written", in_thousands)


class MissesLackingItems(Defect):
    """住所の欠けた報告書を、欠落と見ない。"""

    breaks = "010-3.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(intake, "is_lacking", lambda one: not one.addressee_name or not one.birth_date)


class EntersPensionAsSalary(Defect):
    """公的年金等収入を給与収入として取り込む。"""

    breaks = "010-3.1.4-01"

    def seed(self, patch: Patch) -> None:
        def mixed(figures: dict[str, Any]) -> dict[str, Any]:
            return {**_without("pension_revenue")(figures), "salary_revenue": figures.get("pension_revenue", 0)}

        _lodged_otherwise(patch, lambda one: one.incoming_kind == "pension_report", mixed)


class WarnsOfSalaryReportsOnly(Defect):
    """年金保険者の件数を突き合わせない。"""

    breaks = "010-3.1.4-02"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        original = reconciliation.warning
        patch(
            reconciliation,
            "warning",
            lambda desk, said: None if said.incoming_kind == "pension_report" else original(desk, said),
        )


class LosesTradeOfReturn(Defect):
    """国税連携の確定申告書から、給与のほかの所得を取り込まない。"""

    breaks = "010-3.1.5-01"

    def seed(self, patch: Patch) -> None:
        _lodged_otherwise(patch, lambda one: one.incoming_kind == "income_tax_return", _without("trade_profit"))


class ComparesFirstReportOnly(Defect):
    """確定申告書の給与収入を、一社目の報告書とだけ比べる。"""

    breaks = "010-3.1.5-02"

    def seed(self, patch: Patch) -> None:
        original = checks.salaries

        def hasty(materials: Any) -> Any:
            reports = [one for one in materials if one.kind in consolidation.REPORTS]
            return original([one for one in materials if one not in reports[1:]])

        patch(checks, "salaries", hasty)


class LosesPremiumOfOwnReturn(Defect):
    """住民税申告書の社会保険料を取り込まない。"""

    breaks = "010-3.1.6-01"

    def seed(self, patch: Patch) -> None:
        _lodged_otherwise(patch, lambda one: one.incoming_kind == "inhabitant_tax_return", _without("social_premium"))


class ForgetsThatOfficesAreClosed(Defect):
    """申告期限が休日でも3月15日のままにする。"""

    breaks = "010-3.1.6-02"

    def seed(self, patch: Patch) -> None:
        patch(intake, "filing_deadline", lambda fiscal_year: date(fiscal_year, 3, 15))


class CountsDeadlineAsLate(Defect):
    """期限の日の提出を期限後とする。"""

    breaks = "010-3.1.6-02"

    def seed(self, patch: Patch) -> None:
        patch(
            intake,
            "is_filed_late",
            lambda one: (
                one.incoming_kind == "inhabitant_tax_return" and one.filed_on >= intake.filing_deadline(one.fiscal_year)
            ),
        )


class ForgetsSpecialCase(Defect):
    """申告特例通知の寄附金を、申告特例のない寄附金として取り込む。"""

    breaks = "010-3.1.7-01"
    incident = "INC-05"

    def seed(self, patch: Patch) -> None:
        _lodged_otherwise(patch, lambda one: one.incoming_kind == "one_stop_notice", _without("uses_one_stop"))


def _ignoring(patch: Patch, ground: str) -> None:
    original = consolidation.void_ground

    def lenient(effective: Any) -> str | None:
        found = original(effective)
        return None if found == ground else found

    patch(consolidation, "void_ground", lenient)


class KeepsNoticeBesideReturn(Defect):
    """確定申告書があっても申告特例通知を有効とする。"""

    breaks = "010-3.1.7-02"
    incident = "INC-05"

    def seed(self, patch: Patch) -> None:
        _ignoring(patch, "income_tax_return_filed")


class KeepsNoticeBesideOwnReturn(Defect):
    """住民税申告書があっても申告特例通知を有効とする。"""

    breaks = "010-3.1.7-03"

    def seed(self, patch: Patch) -> None:
        _ignoring(patch, "inhabitant_tax_return_filed")


class AllowsSixBodies(Defect):
    """六団体まで申告特例を認める。"""

    breaks = "010-3.1.7-04"

    def seed(self, patch: Patch) -> None:
        patch(consolidation, "MOST_BODIES", 6)


class CountsNoticesForBodies(Defect):
    """同じ団体への二度の寄附を二団体と数える。"""

    breaks = "010-3.1.7-04"

    def seed(self, patch: Patch) -> None:
        patch(
            consolidation,
            "bodies",
            lambda effective: len([one for one in effective if one.kind == "one_stop_notice"]),
        )


class OverlooksMissingNotices(Defect):
    """届いていない申告特例通知を警告しない。"""

    breaks = "010-3.1.7-05"
    incident = "INC-05"

    def seed(self, patch: Patch) -> None:
        original = reconciliation.warning
        patch(
            reconciliation,
            "warning",
            lambda desk, said: None if said.incoming_kind == "one_stop_notice" else original(desk, said),
        )


class TellsLastGiftOnly(Defect):
    """非該当通知書に、最後の寄附金だけを記載する。"""

    breaks = "010-3.1.7-06"

    def seed(self, patch: Patch) -> None:
        patch.wrap(consolidation_api, "notice_lines", lambda lines: lines[-1:])


class AddsUndeclaredDividend(Defect):
    """申告のない上場株式等の配当を総所得金額に算入する。"""

    breaks = "010-3.1.8-01"

    def seed(self, patch: Patch) -> None:
        patch(intake, "KEPT_ONLY", frozenset())


class LosesWithheldLevy(Defect):
    """確定申告書の配当割額を取り込まない。"""

    breaks = "010-3.1.8-02"

    def seed(self, patch: Patch) -> None:
        _lodged_otherwise(
            patch, lambda one: one.incoming_kind == "income_tax_return", _without("withheld_dividend_levy")
        )


class CountsHeldReportsAsTakenIn(Defect):
    """保留した資料を取込の件数に数える。"""

    breaks = "010-3.1.10-01"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        original = reconciliation.tally

        def hopeful(reports: Any) -> dict[str, int]:
            counts = original(reports)
            return {**counts, "absorbed_count": counts["absorbed_count"] + counts["held_count"], "held_count": 0}

        patch(reconciliation, "tally", hopeful)


class OverlooksSilentSender(Defect):
    """一件も届いていない提出者を警告しない。"""

    breaks = "010-3.1.10-02"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        original = reconciliation.disagreement
        patch(
            reconciliation,
            "disagreement",
            lambda announced, came: None if came == 0 else original(announced, came),
        )


class CountsCopiesAsReceived(Defect):
    """再送された同じ資料を受信の件数に数える。"""

    breaks = "010-3.1.10-03"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        patch(
            reconciliation,
            "distinct",
            lambda reports: [one for one in reports if one.incoming_version == "newly_filed"],
        )


class ComparesNoRevenue(Defect):
    """件数だけを突き合わせ、金額を見ない。"""

    breaks = "010-3.1.10-04"

    def seed(self, patch: Patch) -> None:
        patch(reconciliation, "revenue_disagreement", lambda announced, came: None)


class ConcludesWithReportsWaiting(Defect):
    """取り込んでいない資料があっても締め切る。"""

    breaks = "010-3.1.10-05"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        patch(reconciliation, "unprocessed", lambda reports: 0)


class ConcludesInSilence(Defect):
    """警告が残っていても、理由なしに締め切る。"""

    breaks = "010-3.1.10-06"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        original = reconciliation.conclude
        patch(
            reconciliation,
            "conclude",
            lambda desk, fiscal_year, reason: original(desk, fiscal_year, reason or "確認済み"),
        )


class ForgetsReasonOfConclusion(Defect):
    """締切の理由を残さない。"""

    breaks = "010-3.1.10-07"

    def seed(self, patch: Patch) -> None:
        original = intake_api.get_intake_conclusion
        patch(intake_api, "get_intake_conclusion", lambda desk, given: {**original(desk, given), "clerk_reason": None})


class HidesWhatWaits(Defect):
    """取り込んでいない資料の件数を、保留の件数で示す。"""

    breaks = "010-3.1.10-08"

    def seed(self, patch: Patch) -> None:
        patch(reconciliation, "unprocessed", lambda reports: [one.intake_state for one in reports].count("held"))


class RepairsWithoutSettling(Defect):
    """欠けた項目を補っても、取込をやり直さない。"""

    breaks = "010-3.1.11-01"

    def seed(self, patch: Patch) -> None:
        def lazy(desk: Any, incoming_id: str, repairs: dict[str, Any]) -> Any:
            one = intake.held(desk, incoming_id)
            for item, value in repairs.items():
                setattr(one, item, value)
            return one

        patch(intake, "repair", lazy)


class DiscardsWithoutReasonOfInhabitants(Defect):
    """理由なしに保留した資料を破棄できる。"""

    breaks = "010-3.1.11-02"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        patch(reasons, "stated", lambda reason: reason or "理由なし")


class DeletesDiscardedReports(Defect):
    """職員が破棄した資料を一覧から消す。"""

    breaks = "010-3.1.11-03"
    incident = "INC-04"

    def seed(self, patch: Patch) -> None:
        original = intake.every
        patch(
            intake,
            "every",
            lambda desk, **where: [
                one for one in original(desk, **where) if one.incoming_discard_reason != "clerk_decided"
            ],
        )


class TiesByNameAlone(Defect):
    """住所を見ずに、氏名と生年月日が同じ最初の者にひも付ける。"""

    breaks = "010-3.2.1-03"
    incident = "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(matching, "lives_at", lambda person, address: True)


class SwapsPeople(Defect):
    """名寄せの並びを誤り、氏名の一致しない者にひも付ける。"""

    breaks = "010-3.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = matching.owner

        def swapped(desk: Any, name: str, birth_date: Any, address: str, *more: Any) -> Any:
            number, reason = original(desk, name, birth_date, address, *more)
            others = [one for one in matching.searching.everybody(desk) if one.taxpayer_id != number]
            return (others[0].taxpayer_id, reason) if number and others else (number, reason)

        patch(matching, "owner", swapped)


class IgnoresBirthDates(Defect):
    """氏名と住所が同じなら、生年月日が違っても同じ者とする。"""

    breaks = "010-3.2.1-02"
    incident = "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(matching, "is_born_on", lambda person, birth_date: True)


class TakesTheFirstOfSeveral(Defect):
    """一致する者が二人いても、初めの者にひも付ける。"""

    breaks = "010-3.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = matching.the_one
        patch(matching, "the_one", lambda people, address: original(people[:1], address))


class ForgetsToLodgeAscribed(Defect):
    """職員がひも付けた資料を、課税資料にしない。"""

    breaks = "010-3.2.1-05"

    def seed(self, patch: Patch) -> None:
        original = intake.ascribe

        def shallow(desk: Any, incoming_id: str, taxpayer_id: str, clerk_reason: str) -> Any:
            one = original(desk, incoming_id, taxpayer_id, clerk_reason)
            dossiers.retire(desk, one.dossier_id)
            return one

        patch(intake, "ascribe", shallow)


class KeepsDossierOfWrongPerson(Defect):
    """ひも付けを取り消しても、元の者の資料から外さない。"""

    breaks = "010-3.2.1-06"
    incident = "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(dossiers, "retire", lambda desk, dossier_id: None)


class ForgetsRevokedTies(Defect):
    """取り消したひも付けを、取消済みと示さない。"""

    breaks = "010-3.2.1-07"

    def seed(self, patch: Patch) -> None:
        original = intake_api.list_identifications

        def blind(desk: Any, given: Any) -> Any:
            found = original(desk, given)["identifications"]
            return {"identifications": [{**one, "is_identification_revoked": False} for one in found]}

        patch(intake_api, "list_identifications", blind)


class ComparesNamesByCharacter(Defect):
    """氏名の空白の違いを別人とする。"""

    breaks = "010-3.2.1-08"

    def seed(self, patch: Patch) -> None:
        patch(matching, "has_name", lambda person, name: person.name == name)


class DiscardsUnknownPeople(Defect):
    """該当する者のいない資料を破棄する。"""

    breaks = "010-3.2.3-01"

    def seed(self, patch: Patch) -> None:
        original = intake.hold

        def drop(one: Any, reason: str) -> None:
            if reason == "nobody_found":
                intake.discard(one, "clerk_decided")
            else:
                original(one, reason)

        patch(intake, "hold", drop)


class KeepsLastInquiryOnly(Defect):
    """調査の経過を、最後の一つしか残さない。"""

    breaks = "010-3.2.3-02"

    def seed(self, patch: Patch) -> None:
        original = intake_api.list_dossier_inquiries
        patch(
            intake_api,
            "list_dossier_inquiries",
            lambda desk, given: {"dossier_inquiries": original(desk, given)["dossier_inquiries"][-1:]},
        )


class ListsEveryHoldReason(Defect):
    """保留の理由を選んでも、全ての資料を示す。"""

    breaks = "010-3.2.3-03"

    def seed(self, patch: Patch) -> None:
        original = intake.every

        def deaf(desk: Any, **where: Any) -> Any:
            return original(desk, **{**where, "incoming_hold_reason": None})

        patch(intake, "every", deaf)


class TiesPeopleFromElsewhere(Defect):
    """他の市区町村に住所がある者の資料も、市内の者にひも付ける。"""

    breaks = "010-3.2.4-01"

    def seed(self, patch: Patch) -> None:
        original = intake.obstacle

        def local(desk: Any, one: Any) -> str | None:
            kept, one.other_municipality = one.other_municipality, None
            reason = original(desk, one)
            one.other_municipality = kept
            return reason

        patch(intake, "obstacle", local)


class ForgetsReferenceOnSlip(Defect):
    """回送書に、資料の整理番号を記載しない。"""

    breaks = "010-3.2.4-02"

    def seed(self, patch: Patch) -> None:
        original = intake_api.forwarding_slip
        patch(intake_api, "forwarding_slip", lambda one: {**original(one), "incoming_reference": one.incoming_id})


class KeepsForwardedReportsHeld(Defect):
    """回送した資料を、職員の判断による破棄と記録する。"""

    breaks = "010-3.2.4-03"

    def seed(self, patch: Patch) -> None:
        original = intake.discard

        def unnamed(one: Any, reason: str, clerk_reason: str | None = None) -> None:
            original(one, "clerk_decided" if reason == "passed_on" else reason, clerk_reason)

        patch(intake, "discard", unnamed)


class IgnoresForwardedReports(Defect):
    """他の市区町村から回送された資料を課税資料にしない。"""

    breaks = "010-3.2.5-01"

    def seed(self, patch: Patch) -> None:
        original = intake.dossier_of
        patch(intake, "dossier_of", lambda desk, one: None if one.sender_municipality else original(desk, one))


class ForgetsSender(Defect):
    """回送元の市区町村を示さない。"""

    breaks = "010-3.2.5-02"

    def seed(self, patch: Patch) -> None:
        _line(patch, lambda one: {"sender_municipality": None})


class NumbersBySender(Defect):
    """同じ提出者の同じ整理番号の資料に、同じ番号を示す。"""

    breaks = "010-3.3.1-01"

    def seed(self, patch: Patch) -> None:
        _line(patch, lambda one: {"incoming_id": f"{one.submitter_number}-{one.incoming_reference}"})


def _deaf_to(patch: Patch, name: str) -> None:
    """Ignore one condition of the list of reports, but for the work of the intake itself."""
    original = intake_api.list_incoming_reports
    patch(
        intake_api,
        "list_incoming_reports",
        lambda desk, given: original(desk, given.model_copy(update={name: None})),
    )


class ListsEverybody(Defect):
    """一人を選んでも、全ての者の資料を示す。"""

    breaks = "010-3.3.2-01"

    def seed(self, patch: Patch) -> None:
        _deaf_to(patch, "taxpayer_id")


class ListsEverySender(Defect):
    """提出者を選んでも、全ての提出者の資料を示す。"""

    breaks = "010-3.3.2-02"

    def seed(self, patch: Patch) -> None:
        _deaf_to(patch, "submitter_number")


class ListsEveryKind(Defect):
    """種類を選んでも、全ての種類の資料を示す。"""

    breaks = "010-3.3.2-03"

    def seed(self, patch: Patch) -> None:
        _deaf_to(patch, "incoming_kind")


class AddsCorrectionToOriginal(Defect):
    """訂正前の資料と訂正後の資料を足す。"""

    breaks = "010-3.3.3-01"

    def seed(self, patch: Patch) -> None:
        patch(intake, "supersede", lambda desk, earlier: None)


class EntersWithdrawals(Defect):
    """取消の報告を、新しい資料として足す。"""

    breaks = "010-3.3.3-02"

    def seed(self, patch: Patch) -> None:
        original = intake.enter

        def added(desk: Any, one: Any, basis: str, clerk_reason: Any) -> None:
            original(desk, one, basis, clerk_reason)
            if one.incoming_version == "withdrawn":
                one.dossier_id = intake.dossier_of(desk, one)

        patch(intake, "enter", added)


class EntersCorrectionsOfNothing(Defect):
    """元の資料のない訂正を、そのまま取り込む。"""

    breaks = "010-3.3.3-03"

    def seed(self, patch: Patch) -> None:
        original = intake.antecedent
        patch(intake, "antecedent", lambda desk, one: original(desk, one) or one)


class CallsEverythingEffective(Defect):
    """訂正された資料も、課税に使う資料として示す。"""

    breaks = "010-3.3.3-04"

    def seed(self, patch: Patch) -> None:
        _line(patch, lambda one: {"is_incoming_effective": True})
