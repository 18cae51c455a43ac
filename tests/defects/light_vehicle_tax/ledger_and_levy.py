"""Named faults of the reference system. Each breaks one requirement, and many have happened to real municipalities."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import desk, routing, taxpayers
from kijun.reference.light_vehicle_tax import (
    assessment,
    consistency,
    documents,
    ledger,
    ledger_api,
    levy_api,
    notices,
    payments,
    rates,
    reductions,
    rules,
)


class ForgetsFirstInspection(Defect):
    """初度検査年月が空のまま旧税率で計算する（豊岡市の事故）。"""

    breaks, incident = "013-1.1.5-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "first_inspection", lambda vehicle: vehicle.first_inspection_month or "2014-04")


class AssessesBlankInspection(Defect):
    """当初賦課で初度検査年月の空を止めず、標準税率で賦課する。"""

    breaks, incident = "013-3.5.3-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(assessment, "is_stopped", lambda state: False)
        patch(rules, "first_inspection", lambda vehicle: vehicle.first_inspection_month or "2020-04")


class NeverResumesStopped(Defect):
    """一度止めた車両を、初度検査年月を補っても賦課しない。"""

    breaks, incident = "013-3.5.3-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def blind(past: Any, fiscal_year: int) -> Any:
            return None if any(not event.first_inspection_month for event in past) else original(past, fiscal_year)

        patch(assessment, "liable_state", blind)


class AcceptsFutureInspection(Defect):
    """処理日より後の初度検査年月を受け付ける。"""

    breaks, incident = "013-1.1.5-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(ledger_api, "check_inspection_month", lambda *_: None)


class RaisesRatesAMonthEarly(Defect):
    """平成27年3月の初度検査に標準税率を適用する。"""

    breaks, incident = "013-3.2.1-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "is_former", lambda month: month < "2015-03")


class RaisesRatesAMonthLate(Defect):
    """平成27年4月の初度検査に旧税率を適用する。"""

    breaks, incident = "013-3.2.1-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "is_former", lambda month: month <= "2015-04")


class ForgetsSurcharge(Defect):
    """重課を適用しない。"""

    breaks, incident = "013-3.2.2-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "is_heavy", lambda *_: False)


class SurchargesAYearLate(Defect):
    """重課が一年遅れて始まる。"""

    breaks, incident = "013-3.2.2-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "HEAVY_AFTER_YEARS", 14)


class SurchargesByCalendarYear(Defect):
    """十三年を年度でなく暦年で数え、4月の初度検査を一年早く重課する。"""

    breaks, incident = "013-3.2.2-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        def calendar(vehicle: Any, month: str, fiscal_year: int) -> bool:
            return not rules.is_exempt_from_heavy(vehicle) and int(month[:4]) <= fiscal_year - 13

        patch(rules, "is_heavy", calendar)


class SurchargesHybrids(Defect):
    """ハイブリッドを重課の対象にする。"""

    breaks, incident = "013-3.2.2-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "_EXEMPT_FROM_HEAVY", rules._EXEMPT_FROM_HEAVY - {"hybrid"})


class SparesDiesel(Defect):
    """軽油の車両を重課から除く。"""

    breaks, incident = "013-3.2.2-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "_EXEMPT_FROM_HEAVY", rules._EXEMPT_FROM_HEAVY | {"diesel"})


class SurchargesTrailers(Defect):
    """被けん引車を重課する（三条市の事故と同じ型）。"""

    breaks, incident = "013-3.2.2-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "is_exempt_from_heavy", lambda vehicle: vehicle.power in rules._EXEMPT_FROM_HEAVY)


class ForgetsGreenDiscount(Defect):
    """グリーン化特例を適用しない。"""

    breaks, incident = "013-3.2.3-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "green_category", lambda *_: None)


class DiscountsEveryYear(Defect):
    """グリーン化特例を翌年度に限らず適用し続ける。"""

    breaks = "013-3.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(rules, "is_year_after_first_inspection", lambda *_: True)


class DiscountsFromApril(Defect):
    """3月に初度検査を受けた車両の翌年度を数え誤る。"""

    breaks = "013-3.2.3-02"

    def seed(self, patch: Patch) -> None:
        def shifted(month: str, fiscal_year: int) -> bool:
            return f"{fiscal_year - 1}-03" <= month <= f"{fiscal_year}-02"

        patch(rules, "is_year_after_first_inspection", shifted)


class KeepsTheEndedDiscount(Defect):
    """終わった25％の軽減を令和8年度にも適用する。"""

    breaks = "013-3.2.3-03"

    def seed(self, patch: Patch) -> None:
        original = rates.rates_of
        patch(rates, "rates_of", lambda year: _with_reductions(original(year), original(2025)))


def _with_reductions(table: rates.Rates, other: rates.Rates) -> rates.Rates:
    return rates.Rates(table.fiscal_year, table.standard, table.former, table.heavy, other.reduced)


class ListsTheEndedDiscount(Defect):
    """税率表に終わった軽減を示し続ける。"""

    breaks = "013-3.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = rates.rates_of
        patch(rates, "rates_of", lambda year: _with_reductions(original(year), original(2025)))


class ForgetsTheHeavySchedule(Defect):
    """税率表から重課が抜ける。"""

    breaks = "013-3.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            levy_api,
            "get_rate_table",
            lambda answer: {"rates": [row for row in answer["rates"] if row["rate_category"] != "heavy"]},
        )


class KnowsTheNewMopedTooEarly(Defect):
    """新基準原付を令和6年度の税率表にも載せる。"""

    breaks = "013-3.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(rates, "exists", lambda *_: True)


class SwapsAgriculturalRate(Defect):
    """農耕作業用の税額をその他の小型特殊と取り違える（一宮町の事故）。"""

    breaks, incident = "013-3.2.4-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        _change_standard(patch, "small_special_agricultural", 5900)


class TaxesMinicarsAsMopeds(Defect):
    """ミニカーを原付第一種の税額で計算する。"""

    breaks, incident = "013-3.2.4-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        _change_standard(patch, "mini_car", 2000)


def _change_standard(patch: Patch, vehicle_class: str, yen: int) -> None:
    patch.wrap(
        rates,
        "rates_of",
        lambda table: rates.Rates(
            table.fiscal_year, {**table.standard, vehicle_class: yen}, table.former, table.heavy, table.reduced
        ),
    )


class AsksMotorcyclesForInspection(Defect):
    """二輪にも初度検査年月を求めて計算を止める。"""

    breaks = "013-3.2.4-02"

    def seed(self, patch: Patch) -> None:
        def strict(vehicle: Any, fiscal_year: int) -> Any:
            rules.first_inspection(vehicle)
            return original(vehicle, fiscal_year)

        original = rules.annual_amount
        patch(rules, "annual_amount", strict)


class TaxesTheNewMopedByDisplacement(Defect):
    """新基準原付を総排気量だけで原付第二種甲として課税する。"""

    breaks = "013-3.2.5-01"

    def seed(self, patch: Patch) -> None:
        _change_standard(patch, "moped_new_standard", 2400)


class TaxesGovernmentVehicles(Defect):
    """非課税の車両を賦課する。"""

    breaks = "013-3.3.1-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.category
        patch(assessment, "is_taxed", lambda desk, one: original(desk, one) in ("taxable", "non_taxable"))


class TaxesSuspendedVehicles(Defect):
    """課税保留の車両を賦課する。"""

    breaks = "013-3.3.2-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.category
        patch(assessment, "is_taxed", lambda desk, one: original(desk, one) in ("taxable", "suspended"))


class SuspendsForever(Defect):
    """課税保留を解いても課税に戻らない。"""

    breaks = "013-3.3.2-02"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.set_taxation_category

        def sticky(desk: Any, given: Any) -> Any:
            if given.taxation_category == "taxable":
                return {"vehicle_id": given.vehicle_id, "taxation_category": "taxable"}
            return original(desk, given)

        patch(ledger_api, "set_taxation_category", sticky)


class AcceptsLateReductions(Defect):
    """納期限の翌日の減免申請を受け付ける。"""

    breaks = "013-3.4.1-01"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "is_past_deadline", lambda day, due_on: day > due_on + timedelta(days=1))


class ClosesReductionsOnTheLastDay(Defect):
    """納期限の当日の減免申請を断る。"""

    breaks = "013-3.4.1-01"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "is_past_deadline", lambda day, due_on: day >= due_on)


class ReducesTwoVehicles(Defect):
    """同じ対象者の二台目の減免を受け付ける。"""

    breaks = "013-3.4.2-01"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "has_other_reduction", lambda *_: False)


class ReducesByHalf(Defect):
    """減免が承認されても税額の半分しか減らさない。"""

    breaks = "013-3.4.4-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(reductions, "reduction_amount", lambda yen: yen // 2)


class TaxesFromAprilSecond(Defect):
    """4月2日に取得した車両を賦課する。"""

    breaks = "013-3.5.1-01"

    def seed(self, patch: Patch) -> None:
        patch(rules, "assessment_date", lambda year: date(year, 4, 2))


class ForgetsAprilFirst(Defect):
    """4月1日に取得した車両を賦課しない。"""

    breaks = "013-3.5.1-01"

    def seed(self, patch: Patch) -> None:
        patch(rules, "assessment_date", lambda year: date(year, 3, 31))


class SparesVehiclesScrappedLater(Defect):
    """賦課期日の後に廃車した車両を賦課しない。"""

    breaks = "013-3.5.1-02"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def today(past: Any, year: int) -> Any:
            return None if past[-1].vehicle_state == "scrapped" else original(past, year)

        patch(assessment, "liable_state", today)


class BillsTheNewOwner(Defect):
    """賦課期日の所有者でなく、今の所有者に賦課する。"""

    breaks = "013-3.5.1-03"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def latest_owner(past: Any, year: int) -> Any:
            return past[-1] if original(past, year) is not None else None

        patch(assessment, "liable_state", latest_owner)


class ProratesByMonth(Defect):
    """年度の途中の廃車で税額を月割にする。"""

    breaks = "013-3.5.1-04"

    def seed(self, patch: Patch) -> None:
        original = assessment.correct

        def prorated(desk: Any, vehicle_id: str, year: int, reason: str) -> tuple[int, int]:
            before, after = original(desk, vehicle_id, year, reason)
            event = ledger.latest(desk, vehicle_id)
            return before, after * 6 // 12 if event.scrapped_on else after

        patch(assessment, "correct", prorated)


class OffersProration(Defect):
    """月割計算の機能を提供する。"""

    breaks = "013-3.5.1-05"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "prorate_tax_monthly", {"tax_amount": 5400})


class OffersHistoryDeletion(Defect):
    """異動履歴を削除する機能を提供する。"""

    breaks = "013-1.3.1-04"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "delete_vehicle_history", {})


class OffersLogDeletion(Defect):
    """操作ログを削除する機能を提供する。"""

    breaks = "013-8.2.2-01"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "delete_operation_log", {})


class OffersPositionRights(Defect):
    """職位を単位とする権限の設定を提供する。"""

    breaks = "013-8.1.1-04"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "grant_permission_by_position", {})


class OffersUnloggedPrinting(Defect):
    """記録の残らない印刷を提供する。"""

    breaks = "013-8.4.1-01"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "print_without_log", {})


def _offer(patch: Patch, operation: str, answer: dict[str, Any]) -> None:
    """The product answers to an operation it must not have; only its driver knows the way."""
    from kijun.drivers.reference import ReferenceDriver

    original = ReferenceDriver._on_call

    def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
        return {"result": answer} if params["operation"] == operation else original(self, params, deadline)

    patch(ReferenceDriver, "_on_call", call)


class MiscountsTheAssessment(Defect):
    """賦課件数と税額の合計が合わない。"""

    breaks = "013-3.5.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levy_api, "assess_year", lambda answer: {**answer, "total_tax": answer["total_tax"] - 2000})


class AssessesTwice(Defect):
    """当初賦課を再び行うと、賦課済みの車両をもう一度賦課する。"""

    breaks = "013-3.5.2-02"

    def seed(self, patch: Patch) -> None:
        original = assessment.of_year
        calls = {"assessing": False}

        def forgetful(desk: Any, year: int) -> Any:
            return [] if calls["assessing"] else original(desk, year)

        assess_all = assessment.assess_all

        def again(desk: Any, year: int) -> Any:
            calls["assessing"] = True
            try:
                return assess_all(desk, year)
            finally:
                calls["assessing"] = False

        entry = assessment.entry

        def next_number(desk: Any, state: Any, year: int, amount: Any, reason: str, _number: int) -> Any:
            return entry(desk, state, year, amount, reason, len(assessment.history(desk, state.vehicle_id, year)) + 1)

        patch(assessment, "of_year", forgetful)
        patch(assessment, "assess_all", again)
        patch(assessment, "entry", next_number)


class ForgetsTheAppeal(Defect):
    """納税通知書に不服申立ての方法を記載しない。"""

    breaks = "013-3.5.6-01"

    def seed(self, patch: Patch) -> None:
        patch(documents, "APPEAL_METHOD", "")


class IgnoresWeekends(Defect):
    """納期限が土日でも5月31日のままにする。"""

    breaks = "013-3.5.6-02"

    def seed(self, patch: Patch) -> None:
        patch(rules, "next_weekday", lambda day: day)


class MovesOnlySundays(Defect):
    """土曜日の納期限を動かさない。"""

    breaks = "013-3.5.6-02"

    def seed(self, patch: Patch) -> None:
        patch(rules, "next_weekday", lambda day: day + timedelta(days=1) if day.weekday() == 6 else day)


class SendsTheOldNotice(Defect):
    """減免が承認されても、減免前の通知書を引き抜かない（倉敷市の事故）。"""

    breaks, incident = "013-3.5.9-01", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(notices, "withdraw_notices", lambda *_: None)


class PrintsASecondNotice(Defect):
    """通知書の作成を再び行うと、同じ車両に二通目ができる。"""

    breaks, incident = "013-3.5.9-02", "INC-13"

    def seed(self, patch: Patch) -> None:
        original = notices.notices
        issue = notices.issue_notices

        def twice(desk: Any, year: int) -> int:
            patch_notices = notices.notices
            notices.notices = lambda *_: []
            try:
                return issue(desk, year)
            finally:
                notices.notices = patch_notices

        patch(notices, "notices", original)
        patch(notices, "issue_notices", twice)


class PrintsTheProtectedAddressOnNotices(Defect):
    """支援措置の対象者の住所を納税通知書に印字する（明和町の事故と同じ型）。"""

    breaks, incident = "013-3.5.10-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        original = documents.tax_notice

        def printed(desk: Any, notice: Any, one: Any, event: Any) -> Any:
            return {**original(desk, notice, one, event), "address": taxpayers.taxpayer(desk, one.taxpayer_id).address}

        patch(documents, "tax_notice", printed)


class HidesTheAddressInTheName(Defect):
    """支援措置の対象者の住所を、廃車申告受付書の別の項目に印字する。"""

    breaks, incident = "013-8.3.1-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        original = documents.scrap_receipt

        def leaking(event: Any, owner: Any, day: date) -> Any:
            return {**original(event, owner, day), "name": f"{owner.name}（{owner.address}）"}

        patch(documents, "scrap_receipt", leaking)


class HidesEveryAddress(Defect):
    """誰の住所も帳票に記載しない。"""

    breaks, incident = "013-8.3.1-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: None)


class CorrectsWithTheOldAmount(Defect):
    """更正しても前の税額のままになる。"""

    breaks, incident = "013-3.6.2-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        def unchanged(desk: Any, vehicle_id: str, year: int, reason: str) -> tuple[int, int]:
            amount = assessment.required(desk, vehicle_id, year).tax_amount
            return amount, amount

        patch(assessment, "correct", unchanged)


class ShowsTheAmountBeforeCorrection(Defect):
    """更正した後の照会に、更正前の税額を示す。"""

    breaks = "013-3.6.2-02"

    def seed(self, patch: Patch) -> None:
        def first(desk: Any, vehicle_id: str, year: int) -> Any:
            past = assessment.history(desk, vehicle_id, year)
            return past[0] if past else None

        patch(assessment, "current", first)


class CertifiesNobody(Defect):
    """納付済みでも納税証明書を発行しない。"""

    breaks = "013-5.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(payments, "is_unpaid", lambda *_: True)


class CertifiesPartPayments(Defect):
    """一部の納付でも納税証明書を発行する。"""

    breaks = "013-5.1.1-02"

    def seed(self, patch: Patch) -> None:
        def lenient(desk: Any, one: Any) -> bool:
            return (
                payments.paid_amount(desk, one.vehicle_id, one.fiscal_year) == 0 < reductions.payable_amount(desk, one)
            )

        patch(payments, "is_unpaid", lenient)


class ForgetsFormerYears(Defect):
    """過年度の滞納があっても納税証明書を発行する（小樽市の事故）。"""

    breaks, incident = "013-5.1.1-03", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch.wrap(payments, "unpaid_years", lambda years: [year for year in years if year >= 2026])


class TreatsReducedAsUnpaid(Defect):
    """減免された年度を未納と扱う。"""

    breaks = "013-5.1.1-04"

    def seed(self, patch: Patch) -> None:
        def strict(desk: Any, one: Any) -> bool:
            return payments.paid_amount(desk, one.vehicle_id, one.fiscal_year) < one.tax_amount

        patch(payments, "is_unpaid", strict)


class SumsByClassOnly(Defect):
    """調定の集計で税率区分を分けない。"""

    breaks = "013-6.4.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            levy_api,
            "get_assessment_totals",
            lambda answer: {
                "assessment_totals": [{**row, "rate_category": "standard"} for row in answer["assessment_totals"]]
            },
        )


class LosesTheBaseLocation(Defect):
    """主たる定置場を住所の代わりの文字で置き換える。"""

    breaks = "013-1.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "base_location": "住所に同じ"})


class LosesTheDeclaration(Defect):
    """申告日を取得日で上書きする。"""

    breaks = "013-1.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "declared_on": answer["acquired_on"]})


class AmendmentResetsTheRest(Defect):
    """修正すると、修正していない環境性能や種別が初期値に戻る。"""

    breaks = "013-1.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = ledger.change

        def resetting(desk: Any, vehicle_id: str, kind: str, day: date, changes: dict[str, Any]) -> Any:
            lost = {"chassis_number": "不明"} if kind == "amended" else {}
            return original(desk, vehicle_id, kind, day, {**lost, **changes})

        patch(ledger, "change", resetting)


class AllowsDuplicateNumbers(Defect):
    """登録中の車両と同じ車台番号の登録を受け付ける。"""

    breaks = "013-1.2.10-01"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_unique", lambda *_: [])


class AllowsDuplicatePlates(Defect):
    """登録中の車両と同じ標識番号の登録を受け付ける。"""

    breaks = "013-1.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.check_unique
        patch(ledger, "check_unique", lambda desk, chassis, _plate: original(desk, chassis, "照合しない"))


class IgnoresScrappedChassis(Defect):
    """廃車済みの車両と同じ車台番号に気付かない。"""

    breaks = "013-1.2.10-02"

    def seed(self, patch: Patch) -> None:
        def silent(desk: Any, chassis: str, plate: str) -> list[str]:
            original(desk, chassis, plate)
            return []

        original = ledger.check_unique
        patch(ledger, "check_unique", silent)


class IgnoresDisplacement(Defect):
    """種別と総排気量の矛盾に気付かない（小城市の事故と同じ型）。"""

    breaks, incident = "013-1.2.10-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "fits_displacement", lambda *_: True)


class WarnsAtTheLimit(Defect):
    """種別の上限ちょうどの総排気量に注意を示す。"""

    breaks, incident = "013-1.2.10-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = consistency.fits_displacement
        patch(consistency, "fits_displacement", lambda kind, cc: original(kind, cc + 1 if cc is not None else None))


class CountsDeclarationDaysOneShort(Defect):
    """申告の遅れを一日早く数える。"""

    breaks = "013-1.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "DECLARATION_DAYS", 14)


class AcceptsTheFuture(Defect):
    """未来の日付を受け付ける（甲賀市の事故と同じ型）。"""

    breaks, incident = "013-1.2.1-02", "INC-23"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_not_future", lambda *_: None)


class AcceptsUnknownOwners(Defect):
    """宛名にない者を納税義務者として受け付ける。"""

    breaks = "013-1.1.3-02"

    def seed(self, patch: Patch) -> None:
        def anybody(desk: Any, number: str) -> Any:
            found = desk.session.get(taxpayers.Taxpayer, (desk.id, number))
            return found or taxpayers.Taxpayer(
                tenant=desk.id, taxpayer_id=number, name="不明", address="不明", support_measure=False
            )

        patch(taxpayers, "taxpayer", anybody)


class MixesUpOwners(Defect):
    """照会で最初に登録された人の氏名を示す。"""

    breaks = "013-1.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "taxpayer_id": "T00000002"})


class KeepsTheOldOwner(Defect):
    """名義変更をしても台帳の納税義務者が変わらない。"""

    breaks = "013-1.2.3-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.change

        def keeping(desk: Any, vehicle_id: str, kind: str, day: date, changes: dict[str, Any]) -> Any:
            return original(desk, vehicle_id, kind, day, {} if kind == "transferred" else changes)

        patch(ledger, "change", keeping)


class SwapsTheTransferPapers(Defect):
    """名義変更の二つの書類の氏名を取り違える。"""

    breaks = "013-1.2.3-02"

    def seed(self, patch: Patch) -> None:
        def swapped(answer: dict[str, Any]) -> dict[str, Any]:
            one, other = answer["plate_certificate"], answer["scrap_receipt"]
            return {
                **answer,
                "plate_certificate": {**one, "name": other["name"]},
                "scrap_receipt": {**other, "name": one["name"]},
            }

        patch.wrap(ledger_api, "transfer_vehicle", swapped)


class ForgetsThePlate(Defect):
    """標識の返納の有無を残さない。"""

    breaks = "013-1.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "plate_returned": True})


class ChangesScrappedVehicles(Defect):
    """廃車済みの車両を修正できる。"""

    breaks = "013-1.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_changeable", lambda *_: None)


class MarksTwoAsLatest(Defect):
    """異動履歴の古い行にも最新の印を残す。"""

    breaks = "013-1.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "history_line", lambda line: {**line, "is_latest": True})


class IgnoresTheReferenceDate(Defect):
    """基準日を指定しても今の状態を示す。"""

    breaks = "013-1.3.1-02"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.get_vehicle

        def current(desk: Any, given: Any) -> Any:
            return original(desk, given.model_copy(update={"reference_date": None}))

        patch(ledger_api, "get_vehicle", current)


class ChangesTakeEffectADayLate(Defect):
    """異動の当日を基準日とすると、異動前の状態を示す。"""

    breaks = "013-1.3.1-02"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "holds_on", lambda event, day: event.event_on < day)


class AcceptsDisorder(Defect):
    """直前の異動より前の日付の異動を受け付ける。"""

    breaks = "013-1.3.1-03"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_order", lambda *_: None)


class CancelsNothing(Defect):
    """異動を取り消しても状態が戻らない。"""

    breaks = "013-1.3.2-01"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "state_before_last", lambda past: past[-1] if len(past) > 1 else None)


class ErasesWhenCancelling(Defect):
    """異動の取消しで、取り消した履歴を消す。"""

    breaks = "013-1.3.2-02"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.get_vehicle_history

        def erased(desk: Any, given: Any) -> Any:
            lines = original(desk, given)["vehicle_history"]
            gone = any(line["event_kind"] == "cancelled" for line in lines)
            return {"vehicle_history": [line for line in lines if not gone or line["event_kind"] != "scrapped"]}

        patch(ledger_api, "get_vehicle_history", erased)


class CertifiesTheWrongPlate(Defect):
    """標識交付証明書の標識番号が違う。"""

    breaks = "013-2.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(documents, "plate_certificate", lambda paper: {**paper, "plate_number": "見本市　あ　0001"})


class DatesTheReceiptToday(Defect):
    """廃車申告受付書の廃車日に処理日を印字する。"""

    breaks = "013-2.2.3-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(documents, "scrap_receipt", lambda paper: {**paper, "scrapped_on": "2026-06-01"})


class SearchesByPlateOnly(Defect):
    """氏名や車台番号の条件を無視し、全ての車両を示す。"""

    breaks = "013-5.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.is_wanted

        def by_plate(line: dict[str, Any], wanted: dict[str, str]) -> bool:
            return original(line, {key: text for key, text in wanted.items() if key == "plate_number"})

        patch(ledger_api, "is_wanted", by_plate)


class FindsTheNearest(Defect):
    """当てはまる車両がないとき、似た番号の車両を示す。"""

    breaks = "013-5.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(ledger_api, "folded", lambda text: text[:3])


class ListsOneVehicle(Defect):
    """義務者の照会で一台しか示さない。"""

    breaks = "013-5.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            ledger_api,
            "list_taxpayer_vehicles",
            lambda answer: {"taxpayer_vehicles": answer["taxpayer_vehicles"][:1]},
        )


class ShowsZeroBeforeAssessment(Defect):
    """賦課していない年度の税額を零円と示す。"""

    breaks = "013-5.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "taxpayer_line", lambda line: {**line, "tax_amount": line["tax_amount"] or 0})


class LocksInquirersOut(Defect):
    """照会担当が車両を照会できない。"""

    breaks = "013-8.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(desk, "may", lambda role, operation, is_query: role == "assessor" or operation == "get_operation_log")


class LetsInquirersChange(Defect):
    """照会担当が台帳を変えられる。"""

    breaks = "013-8.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = desk.may
        patch(desk, "may", lambda role, operation, is_query: role == "inquirer" or original(role, operation, is_query))


class LetsAssessorsReadTheLog(Defect):
    """賦課担当が操作ログを読める。"""

    breaks = "013-8.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = desk.may
        patch(desk, "may", lambda role, operation, is_query: role == "assessor" or original(role, operation, is_query))


class LogsOnlyInquiries(Defect):
    """更新の処理を操作ログに残さない。"""

    breaks = "013-8.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = desk.record

        def inquiries(one: Any, operation: str, outcome: str) -> None:
            if operation.startswith("get_"):
                original(one, operation, outcome)

        patch(desk, "record", inquiries)


class LosesRefusalsOfTheLedger(Defect):
    """状態が合わず拒否した更新の操作ログを、処理と一緒に取り消してしまう。"""

    breaks = "013-8.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = routing._log_refusal

        def unauthorized_only(session: Any, one: Any, name: str) -> None:
            if not desk.may(one.role, name, name in routing.QUERIES):
                original(session, one, name)

        patch(routing, "_log_refusal", unauthorized_only)


class LogsOnlyChanges(Defect):
    """照会の処理を操作ログに残さない。"""

    breaks = "013-8.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = desk.record

        def changes(one: Any, operation: str, outcome: str) -> None:
            if not operation.startswith("get_"):
                original(one, operation, outcome)

        patch(desk, "record", changes)


class IgnoresTheLogFilter(Defect):
    """処理名を指定しても全ての操作ログを示す。"""

    breaks = "013-8.2.1-03"

    def seed(self, patch: Patch) -> None:
        original = taxpayers.get_operation_log
        patch(
            taxpayers,
            "get_operation_log",
            lambda one, given: original(one, given.model_copy(update={"operation_name": None})),
        )


class ForgetsRefusals(Defect):
    """拒否された試みを操作ログに「完了」と残す。"""

    breaks = "013-8.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = desk.log_line
        patch(desk, "log_line", lambda one, operation, _outcome: original(one, operation, "completed"))


class LogsTheSameRefusalOnce(Defect):
    """同じ利用者の同じ拒否を一行にまとめ、繰り返した試みが見えない。"""

    breaks = "013-8.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = routing._log_refusal
        seen: set[tuple[str, str, str]] = set()

        def once(session: Any, one: Any, name: str) -> None:
            key = (one.id, one.operator, name)
            if key not in seen:
                seen.add(key)
                original(session, one, name)

        patch(routing, "_log_refusal", once)
