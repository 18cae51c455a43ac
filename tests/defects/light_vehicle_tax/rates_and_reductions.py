"""Named faults in rates by year, classes, stops of the levy, reductions, and the turn of the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers
from kijun.reference.light_vehicle_tax import (
    assessment,
    back_taxation,
    classes,
    continuation,
    holds,
    holds_api,
    ledger,
    ordinance,
    rates,
    reductions,
    reductions_api,
    rules,
    yearly,
)


def _rates_of_year(patch: Patch, year: int, change: Callable[[rates.Rates], rates.Rates]) -> None:
    """Change the tables of one fiscal year only."""
    original = rates.rates_of
    patch(rates, "rates_of", lambda asked: change(original(asked)) if asked == year else original(asked))


class KnowsTheKickboardTooEarly(Defect):
    """特定小型原付を令和5年度の税率表にも載せる。"""

    breaks = "013-3.1.1-05"

    def seed(self, patch: Patch) -> None:
        original = rates.exists
        patch(rates, "exists", lambda name, year: name == "specified_small_moped" or original(name, year))


class LosesADiscountOfThePast(Defect):
    """平成29年度の税率表から三輪の50％の軽課が抜け、過年度分の更正で軽減されない。"""

    breaks = "013-3.1.1-06"

    def seed(self, patch: Patch) -> None:
        def lose(table: rates.Rates) -> rates.Rates:
            half = {name: yen for name, yen in table.reduced["reduced_50"].items() if name != "three_wheeler"}
            return replace(table, reduced={**table.reduced, "reduced_50": half})

        _rates_of_year(patch, 2017, lose)


class ListsTheSurchargeBeforeItBegan(Defect):
    """平成27年度の税率表に重課を載せる。"""

    breaks = "013-3.1.1-07"

    def seed(self, patch: Patch) -> None:
        heavy = rates.rates_of(2016).heavy
        _rates_of_year(patch, 2015, lambda table: replace(table, heavy=heavy))


class UsesTheLastRatesForever(Defect):
    """税率表のない年度を、最後に設定した税率で計算し続ける。"""

    breaks = "013-3.1.1-08"

    def seed(self, patch: Patch) -> None:
        patch(rates, "is_known_year", lambda year: year >= rates.first_year())


class IgnoresTheOrdinance(Defect):
    """条例で定めた税率を設定しても、標準税率で計算する。"""

    breaks = "013-3.1.1-09"

    def seed(self, patch: Patch) -> None:
        patch(ordinance, "annual_amount", lambda desk, vehicle, year: rules.annual_amount(vehicle, year))


class DoublesTheCeiling(Defect):
    """制限税率を標準税率の2倍とみなす。"""

    breaks = "013-3.1.1-10"

    def seed(self, patch: Patch) -> None:
        patch(ordinance, "ceiling", lambda standard: standard * 2)


class AppliesTheOrdinanceBackwards(Defect):
    """令和8年度からの条例税率を過年度にも適用する。"""

    breaks = "013-3.1.1-11"

    def seed(self, patch: Patch) -> None:
        original = ordinance.standard_amounts
        patch(ordinance, "standard_amounts", lambda desk, year: original(desk, max(year, 2026)))


class RaisesThreeWheelersAYearLate(Defect):
    """三輪以上の引上げも平成28年度からと取り違え、平成27年度を旧税率で計算する。"""

    breaks = "013-3.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = rules.rate_category

        def late(vehicle: rules.Vehicle, year: int) -> str:
            return "former" if year == 2015 else original(vehicle, year)

        patch(rules, "rate_category", late)


class SparesElectricsFromTheRaise(Defect):
    """重課から除く動力を、税率の引上げからも除く。"""

    breaks, incident = "013-3.2.1-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = rules.rate_category

        def spared(vehicle: rules.Vehicle, year: int) -> str:
            category = original(vehicle, year)
            return "former" if category == "standard" and rules.is_exempt_from_heavy(vehicle) else category

        patch(rules, "rate_category", spared)


class EndsTheSurcharge(Defect):
    """初度検査から二十年を過ぎると重課が外れる。"""

    breaks, incident = "013-3.2.2-04", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = rules.is_heavy

        def ending(vehicle: rules.Vehicle, month: str, year: int) -> bool:
            return original(vehicle, month, year) and int(month[:4]) > year - 20

        patch(rules, "is_heavy", ending)


class CountsTheUnknownMonth(Defect):
    """月の記載のない古い検査証の車両を、登録された月のまま数えて一年早く重課する。"""

    breaks = "013-3.2.2-05"

    def seed(self, patch: Patch) -> None:
        patch(rules, "counted_month", lambda month: month)


class SurchargesBlendedMethanol(Defect):
    """混合メタノールの車両を重課の対象にする。"""

    breaks, incident = "013-3.2.2-06", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(rules, "_EXEMPT_FROM_HEAVY", rules._EXEMPT_FROM_HEAVY - {"methanol_blend"})


class EndsPrivateDiscountsEarly(Defect):
    """自家用の50％と25％の軽減を、令和3年度分で終わらせず一年早く終わらせる。"""

    breaks = "013-3.2.3-04"

    def seed(self, patch: Patch) -> None:
        reduced = rates.rates_of(2022).reduced
        _rates_of_year(patch, 2021, lambda table: replace(table, reduced=reduced))


class KeepsPrivateDiscounts(Defect):
    """令和4年度にも自家用の50％の軽減を続ける。"""

    breaks = "013-3.2.3-03"

    def seed(self, patch: Patch) -> None:
        reduced = rates.rates_of(2021).reduced
        _rates_of_year(patch, 2022, lambda table: replace(table, reduced=reduced))


class DiscountsBeforeTheProgramme(Defect):
    """平成27年度分から軽課を適用する。"""

    breaks = "013-3.2.3-05"

    def seed(self, patch: Patch) -> None:
        reduced = rates.rates_of(2016).reduced
        _rates_of_year(patch, 2015, lambda table: replace(table, reduced=reduced))


class DiscountsTwoYears(Defect):
    """軽課を初度検査の翌年度と翌々年度に適用する。"""

    breaks = "013-3.2.3-06"

    def seed(self, patch: Patch) -> None:
        patch(rules, "is_year_after_first_inspection", lambda month, year: f"{year - 2}-04" <= month <= f"{year}-03")


class ForgetsThePostponement(Defect):
    """二輪等の引上げが一年延期されたことを知らず、平成27年度から引き上げる。"""

    breaks = "013-3.2.4-03"

    def seed(self, patch: Patch) -> None:
        raised = rates.rates_of(2016).standard
        _rates_of_year(patch, 2015, lambda table: replace(table, standard=raised))


class CountsTheLimitAsAbove(Defect):
    """「以下」を「未満」と取り違え、ちょうど50ccの原付を第二種とする。"""

    breaks = "013-3.2.4-04"

    def seed(self, patch: Patch) -> None:
        original = classes.exceeds
        patch(classes, "exceeds", lambda facts, cc, watt: original(facts, cc - 1, watt - 1))


class ClassesByTheLicence(Defect):
    """電動の二輪に運転免許の20キロワットの境目を当てはめ、軽二輪を小型二輪として課税する。"""

    breaks = "013-3.2.4-04"

    def seed(self, patch: Patch) -> None:
        original = classes.inspected_or_not

        def by_licence(facts: classes.Facts) -> classes.Proposal:
            is_large = (facts.rated_output_w or 0) > 20000
            return classes.Proposal("small_two_wheeler", "") if is_large else original(facts)

        patch(classes, "inspected_or_not", by_licence)


class CallsEveryThreeWheelerAMiniCar(Defect):
    """輪距と車室を見ず、三輪以上の原付を全てミニカーとする。"""

    breaks = "013-3.2.4-05"

    def seed(self, patch: Patch) -> None:
        patch(classes, "is_narrow", lambda facts: False)


class TaxesLargeMachines(Defect):
    """毎時35キロメートルの農耕作業用の車両を小型特殊として課税する。"""

    breaks, incident = "013-3.2.4-06", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(classes, "AGRICULTURAL_SPEED_BELOW", 36)


class ForgetsTheHeight(Defect):
    """作業用の車両の高さを見ずに小型特殊とする。"""

    breaks, incident = "013-3.2.4-06", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(classes, "OTHER_UP_TO", (4700, 1700, 99999, 15))


class ForgetsTheMaximumOutput(Defect):
    """最高出力を見ず、125cc以下の二輪を全て新基準原付とする。"""

    breaks = "013-3.2.5-02"

    def seed(self, patch: Patch) -> None:
        patch(classes, "is_new_standard", lambda facts: 50 < (facts.displacement_cc or 0) <= 125)


class IgnoresTheSizeOfKickboards(Defect):
    """大きさを見ずに特定小型原付とする。"""

    breaks = "013-3.2.5-03"

    def seed(self, patch: Patch) -> None:
        patch(classes, "SPECIFIED_SIZE_MM", (99999, 99999))


class ProposesTheNewStandardTooEarly(Defect):
    """令和6年度の車両を新基準原付とする。"""

    breaks = "013-3.2.5-04"

    def seed(self, patch: Patch) -> None:
        original = rates.exists
        patch(rates, "exists", lambda name, year: name == "moped_new_standard" or original(name, year))


class TaxesTheStateOnAprilFirst(Defect):
    """4月1日に国のものとなった車両に、その年度分を課税する。"""

    breaks = "013-3.3.1-02"

    def seed(self, patch: Patch) -> None:
        patch(holds, "first_year", lambda category, day: holds.fiscal_year_of(day) + 1)


class LiftsADayLate(Defect):
    """4月1日に解除された車両を、その年度も非課税のままにする。"""

    breaks = "013-3.3.1-03"

    def seed(self, patch: Patch) -> None:
        original = holds.lift
        patch(holds, "lift", lambda found, day: original(found, day + timedelta(days=1)))


class LosesThePeriod(Defect):
    """課税保留の終了年度が記録に残らない。"""

    breaks = "013-3.3.2-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(holds_api, "hold_line", lambda line: {**line, "to_fiscal_year": None})


class HoldsByCalendarYear(Defect):
    """事実の発生した年度でなく暦年の翌年から課税保留とし、1月から3月の盗難が一年余分に課税される。"""

    breaks = "013-3.3.2-04"

    def seed(self, patch: Patch) -> None:
        patch(holds, "first_year", lambda category, day: day.year + 1)


class AcceptsAnyGround(Defect):
    """盗難を事由とする非課税を受け付ける。"""

    breaks = "013-3.3.2-05"

    def seed(self, patch: Patch) -> None:
        patch(holds, "carries", lambda ground, category: True)


class ForgetsTheTheft(Defect):
    """盗難車が見つかって解除すると、盗まれていた間の年度分まで課税する。"""

    breaks = "013-3.3.2-06"

    def seed(self, patch: Patch) -> None:
        original = holds.lift
        patch(holds, "lift", lambda found, day: original(found, found.occurred_on))


class LeviesHeldYearsAtTodaysRate(Defect):
    """止めていた各年度分を、その年度でなく今の年度の税額で賦課する。"""

    breaks = "013-3.3.2-06"

    def seed(self, patch: Patch) -> None:
        def today(desk: Any, hold: Any, day: date) -> list[Any]:
            levied = original(desk, hold, day)
            for one in levied:
                one.tax_amount = levied[-1].tax_amount
            return levied

        original = back_taxation.levy_held_years
        patch(back_taxation, "levy_held_years", today)


class LeviesBeyondTheLimit(Defect):
    """賦課決定の期間制限を過ぎた年度まで賦課する。"""

    breaks = "013-3.3.2-07"

    def seed(self, patch: Patch) -> None:
        patch(back_taxation, "is_within_limit", lambda year, today: True)


class ShortensTheLimitByADay(Defect):
    """期間制限の最後の日に、賦課できる年度を落とす。"""

    breaks = "013-3.3.2-07"

    def seed(self, patch: Patch) -> None:
        original = back_taxation.is_within_limit
        patch(back_taxation, "is_within_limit", lambda year, today: original(year, today + timedelta(days=1)))


class CorrectsNothingAfterAHold(Defect):
    """賦課した後に課税保留を決定しても、更正で税額が変わらない。"""

    breaks = "013-3.3.2-08"

    def seed(self, patch: Patch) -> None:
        def unchanged(desk: Any, vehicle_id: str, year: int, _reason: str) -> tuple[int, int]:
            amount = assessment.required(desk, vehicle_id, year).tax_amount
            return amount, amount

        patch(assessment, "correct", unchanged)


class NeverEndsAHold(Defect):
    """終了年度を過ぎても課税を止め続ける。"""

    breaks = "013-3.3.2-10"

    def seed(self, patch: Patch) -> None:
        original = holds.add
        patch(
            holds,
            "add",
            lambda desk, vehicle, ground, day, start, _end: original(desk, vehicle, ground, day, start, None),
        )


class StacksHolds(Defect):
    """課税保留の始まる年度だけを見て、途中から重なる決定を受け付ける。"""

    breaks = "013-3.3.2-09"

    def seed(self, patch: Patch) -> None:
        patch(holds, "overlaps", lambda one, from_year, to_year: holds.covers(one, from_year))


class HidesPendingRequests(Defect):
    """審査中の減免の申請が照会に出ない。"""

    breaks = "013-3.4.1-02"

    def seed(self, patch: Patch) -> None:
        def decided(answer: dict[str, Any]) -> dict[str, Any]:
            lines = answer["vehicle_reductions"]
            return {"vehicle_reductions": [one for one in lines if one["reduction_state"] != "pending"]}

        patch.wrap(reductions_api, "list_reductions", decided)


class AcceptsTheSameRequestTwice(Defect):
    """同じ車両の同じ年度の減免を二度受け付ける。"""

    breaks = "013-3.4.1-03"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "is_requested_already", lambda *_: False)


class LooksOnlyAtTheLowestGrade(Defect):
    """級の範囲の下限だけを見て、表にない級を受け付ける。"""

    breaks = "013-3.4.2-02"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "meets_grade", lambda category, grade: grade <= max(reductions.GRADES[category]))


class LimitsOrganisationsToOneVehicle(Defect):
    """公益や構造の減免も、対象者一人に一台とする。"""

    breaks = "013-3.4.2-03"

    def seed(self, patch: Patch) -> None:
        def any_kind(desk: Any, beneficiary: str, year: int) -> bool:
            return any(one.beneficiary == beneficiary for one in reductions.reductions(desk, year))

        def strict(desk: Any, given: Any) -> Any:
            reductions.check_person(desk, given)
            return original(desk, given)

        original = reductions.request_reduction
        patch(reductions, "has_other_reduction", any_kind)
        patch(reductions, "request_reduction", strict)


class IgnoresThePrefecture(Defect):
    """県の自動車税の減免を受けている人の申請を受け付ける。"""

    breaks = "013-3.4.2-04"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "is_reduced_by_prefecture", lambda *_: False)


class ChecksThePrefectureOnlyAtTheCounter(Defect):
    """申請の後に届いた県の減免情報を、承認のときに見ない。"""

    breaks = "013-3.4.2-05"

    def seed(self, patch: Patch) -> None:
        def decide(desk: Any, reduction_id: str, decision: str, reason: str) -> Any:
            found = reductions.find(desk, reduction_id)
            found.decision, found.decision_reason, found.decided_on = decision, reason, desk.today
            return found

        patch(reductions, "decide_reduction", decide)


class PrintsTheProtectedAddressOnInquiries(Defect):
    """支援措置の対象者の住所を現況確認書に印字する。"""

    breaks, incident = "013-3.4.3-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: person.address)


class AsksAboutScrappedVehicles(Defect):
    """廃車した車両の減免についても現況確認書を送る。"""

    breaks = "013-3.4.3-02"

    def seed(self, patch: Patch) -> None:
        patch(continuation, "is_asked", lambda desk, one: continuation.inquiry(desk, one.reduction_id) is None)


class AsksTwice(Defect):
    """現況確認書を、処理のたびに重ねて送る。"""

    breaks = "013-3.4.3-02"

    def seed(self, patch: Patch) -> None:
        def again(desk: Any, year: int) -> int:
            original(desk, year)
            return len(continuation.approved(desk, year - 1))

        original = continuation.issue_inquiries
        patch(continuation, "issue_inquiries", again)


class TakesSilenceForConsent(Defect):
    """回答のない減免を、変更なしとみなして継続する。"""

    breaks = "013-3.4.3-03"

    def seed(self, patch: Patch) -> None:
        original = continuation.reply_obstacle
        patch(
            continuation,
            "reply_obstacle",
            lambda asked: None if asked is None or asked.status_confirmation is None else original(asked),
        )


class DatesTheNoticeOnPrinting(Defect):
    """減免の通知の日付を、決定した日でなく印刷した日にする。"""

    breaks = "013-3.4.4-02"

    def seed(self, patch: Patch) -> None:
        original = reductions_api.notice_items
        patch(
            reductions_api,
            "notice_items",
            lambda desk, found: {**original(desk, found), "notified_on": desk.today.isoformat()},
        )


class RejectsWithABoilerplate(Defect):
    """却下の理由を、どの通知にも同じ定型文で印字する。"""

    breaks = "013-3.4.4-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(reductions_api, "notice_items", lambda items: {**items, "decision_reason": "要件に該当しないため"})


class NotifiesBeforeTheDecision(Defect):
    """決定していない申請について、却下の通知を作る。"""

    breaks = "013-3.4.4-04"

    def seed(self, patch: Patch) -> None:
        def eager(desk: Any, given: Any) -> dict[str, Any]:
            found = reductions.find(desk, given.reduction_id)
            found.decision, found.decided_on = found.decision or "rejected", found.decided_on or desk.today
            return original(desk, given)

        original = reductions_api.get_reduction_notice
        patch(reductions_api, "get_reduction_notice", eager)


class RevokesEveryYear(Defect):
    """減免の取消が、要件を満たしていた前の年度にも及ぶ。"""

    breaks = "013-3.4.4-05"

    def seed(self, patch: Patch) -> None:
        patch(reductions, "is_revoked_with", lambda one, year: one.decision == "approved")


class ErasesRevokedReductions(Defect):
    """取り消した減免の記録が消え、理由が残らない。"""

    breaks = "013-3.4.4-06"

    def seed(self, patch: Patch) -> None:
        def erase(desk: Any, reduction_id: str, year: int, reason: str) -> Any:
            revoked = original(desk, reduction_id, year, reason)
            for one in revoked:
                desk.session.delete(one)
            return revoked

        original = reductions.revoke
        patch(reductions, "revoke", erase)


class ForgetsStockVehicles(Defect):
    """申請のあった商品車に課税する。"""

    breaks = "013-3.7.1-01"

    def seed(self, patch: Patch) -> None:
        original = holds.covers
        patch(holds, "covers", lambda one, year: one.hold_ground != "stock_vehicle" and original(one, year))


class ExemptsStockForever(Defect):
    """商品車の課税免除が、申請のない翌年度にも続く。"""

    breaks = "013-3.7.1-02"

    def seed(self, patch: Patch) -> None:
        patch(holds_api, "last_exempt_year", lambda given: None)


class ExemptsMopedsAsStock(Defect):
    """原動機付自転車の商品車の申請を受け付ける。"""

    breaks = "013-3.7.1-03"

    def seed(self, patch: Patch) -> None:
        patch(holds_api, "may_be_stock", lambda vehicle_class: True)


class ClosesTheStockRequestsOnSaturday(Defect):
    """土曜日の期限を翌開庁日に延ばさない。"""

    breaks = "013-3.7.1-04"

    def seed(self, patch: Patch) -> None:
        patch(holds_api, "stock_deadline", lambda year: date(year, 4, 10))


class OpensAYearWithoutRates(Defect):
    """税率表のない年度に切り替える。"""

    breaks = "013-7.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(rules, "checked_year", lambda year: year)


class SkipsYears(Defect):
    """一年度飛ばした切替えや、前の年度への切替えを受け付ける。"""

    breaks = "013-7.1.1-02"

    def seed(self, patch: Patch) -> None:
        def any_year(desk: Any, year: int) -> None:
            rules.checked_year(year)
            desk.session.merge(yearly.OpenedYear(tenant=desk.id, fiscal_year=year, opened_on=desk.today))

        patch(yearly, "open_year", any_year)


class CountsVehiclesOfToday(Defect):
    """賦課期日より後に取得した車両も、新年度の登録車両数に数える。"""

    breaks = "013-7.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(yearly, "registered_vehicles", lambda desk, year: ledger.all_latest(desk))


class RewritesThePastYear(Defect):
    """年度の切替えが、前の年度の税額を新年度の税率で書き換える。"""

    breaks = "013-7.1.1-04"

    def seed(self, patch: Patch) -> None:
        def rewrite(desk: Any, year: int) -> None:
            original(desk, year)
            for one in assessment.of_year(desk, year - 1):
                vehicle = ledger.vehicle_of(ledger.latest(desk, one.vehicle_id))
                one.tax_amount = rules.annual_amount(vehicle, year).tax_amount

        original = yearly.open_year
        patch(yearly, "open_year", rewrite)


class ExtractsAYearLate(Defect):
    """重課の始まる車両を一年度ずれて抽出する。"""

    breaks, incident = "013-7.1.2-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = yearly.rate_changes
        patch(yearly, "rate_changes", lambda desk, year: original(desk, year - 1))


class OverlooksNewVehicles(Defect):
    """前年度に賦課のない新車を、軽課の始まる車両から漏らす。"""

    breaks = "013-7.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = yearly.is_change
        patch(yearly, "is_change", lambda one: one.before is not None and original(one))


class ExtractsScrappedVehicles(Defect):
    """賦課期日の前に廃車した車両も抽出する。"""

    breaks = "013-7.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(yearly, "registered_vehicles", lambda desk, year: ledger.all_latest(desk))


class HidesBlankMonths(Defect):
    """初度検査年月のない車両が、どの一覧にも出ない。"""

    breaks, incident = "013-7.1.2-04", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(yearly, "blank_months", lambda desk, year: [])


class CarriesOverWithoutDecision(Defect):
    """引き継いだ減免が審査中のままで、新年度の税額が減らない。"""

    breaks = "013-7.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(continuation, "next_year", lambda items: {**items, "decision": None})


class CarriesOverBlindly(Defect):
    """廃車した車両や名義の変わった車両の減免も引き継ぐ。"""

    breaks = "013-7.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(
            continuation,
            "obstacle",
            lambda desk, one, year: continuation.reply_obstacle(continuation.inquiry(desk, one.reduction_id)),
        )


class CarriesOverTwice(Defect):
    """引継ぎをやり直すと、同じ減免が二つになる。"""

    breaks = "013-7.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(continuation, "is_carried", lambda *_: False)


class RevivesRejectedReductions(Defect):
    """却下や取消になった減免も、新年度に承認済みとして引き継ぐ。"""

    breaks = "013-7.1.3-04"

    def seed(self, patch: Patch) -> None:
        patch(continuation, "approved", reductions.reductions)


class CountsRetentionFromTheDay(Defect):
    """保存期間を、翌年度の初日でなく廃車した日から数える。"""

    breaks = "013-7.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(yearly, "kept_until", lambda day: day.replace(year=day.year + 5))


class DiscardsDebtors(Defect):
    """未納のある車両も、保存期間の過ぎた車両として抽出する。"""

    breaks = "013-7.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(yearly, "owes", lambda desk, vehicle_id: False)
