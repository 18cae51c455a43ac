"""Named faults around late due dates, corrections over the years, overpayments and counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import (
    assessment,
    back_taxation,
    corrections,
    jnks,
    late_dues,
    levy_api,
    levy_counts,
    overpayments,
    payments,
    reductions,
    rules,
    statistics,
)
from kijun.reference.light_vehicle_tax.records import Assessment


class AssessesLateOnesAgain(Defect):
    """随時に賦課した車両を、当初賦課でもう一度賦課する。"""

    breaks = "013-3.6.1-04"

    def seed(self, patch: Patch) -> None:
        original = assessment.of_year

        def regular(desk: Any, year: int) -> list[Assessment]:
            return [one for one in original(desk, year) if one.reason != "随時賦課"]

        patch(assessment, "of_year", regular)
        entry = assessment.entry

        def next_number(desk: Any, state: Any, year: int, amount: Any, reason: str, number: int) -> Assessment:
            if reason == "当初賦課":
                number += len(assessment.history(desk, state.vehicle_id, year))
            return entry(desk, state, year, amount, reason, number)

        patch(assessment, "entry", next_number)


class DemandsLateTaxByThePastDueDate(Defect):
    """随時の税額に、過ぎた当初の納期限を付ける。"""

    breaks = "013-3.6.1-05"

    def seed(self, patch: Patch) -> None:
        patch(late_dues, "first_due", lambda desk, one: rules.due_date(one.fiscal_year))


class LeavesNineDaysForTheNotice(Defect):
    """納期限まで九日しかない納期限を受け付ける。"""

    breaks = "013-3.6.1-05"

    def seed(self, patch: Patch) -> None:
        patch(late_dues, "NOTICE_DAYS", 9)


class AsksForElevenDays(Defect):
    """十日後の納期限を受け付けない。"""

    breaks = "013-3.6.1-05"

    def seed(self, patch: Patch) -> None:
        patch(late_dues, "leaves_time", lambda today, due_on: due_on > today + timedelta(days=10))


class FallsDueOnSaturdays(Defect):
    """土曜日の納期限を翌開庁日にしない。"""

    breaks = "013-3.6.1-05"

    def seed(self, patch: Patch) -> None:
        patch(late_dues, "open_day", lambda day: day)


class CallsLateTaxArrearsAtOnce(Defect):
    """随時の税額を、納期限の前から滞納として軽JNKSへ送る。"""

    breaks, incident = "013-3.6.1-06", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(late_dues, "is_demanded", lambda *_: True)


class CallsLateTaxArrearsOnItsDueDate(Defect):
    """随時の納期限の当日から滞納とする。"""

    breaks, incident = "013-3.6.1-06", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = late_dues.parts_of

        def a_day_early(*asked: Any) -> Any:
            return [(day - timedelta(days=1), yen) for day, yen in original(*asked)]

        patch(late_dues, "parts_of", a_day_early)


class ForgetsLateArrears(Defect):
    """随時の納期限を過ぎても滞納としない。"""

    breaks, incident = "013-3.6.1-06", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = jnks.arrears_state

        def lenient(desk: Any, vehicle_id: str) -> str:
            years = [one.fiscal_year for one in assessment.of_vehicle(desk, vehicle_id)]
            has_late = any(late_dues.noted(desk, vehicle_id, year) for year in years)
            return "no_arrears" if has_late else original(desk, vehicle_id)

        patch(jnks, "arrears_state", lenient)


class CorrectsTheFormerYearToo(Defect):
    """一つの年度の更正で、前年度の賦課も計算し直す。"""

    breaks = "013-3.6.2-05"

    def seed(self, patch: Patch) -> None:
        original = assessment.correct

        def both(desk: Any, vehicle_id: str, year: int, reason: str) -> tuple[int, int]:
            if assessment.current(desk, vehicle_id, year - 1):
                original(desk, vehicle_id, year - 1, reason)
            return original(desk, vehicle_id, year, reason)

        patch(assessment, "correct", both)


class AddsUpThePaymentsOfAllYears(Defect):
    """過納額に、他の年度の納付も含める。"""

    breaks = "013-3.6.2-05"

    def seed(self, patch: Patch) -> None:
        paid = payments.paid_amount

        def every_year(desk: Any, one: Assessment) -> int:
            found = assessment.of_vehicle(desk, one.vehicle_id)
            total = sum(paid(desk, one.vehicle_id, each.fiscal_year) for each in found)
            return max(0, total - reductions.payable_amount(desk, one))

        patch(corrections, "overpaid", every_year)


class RaisesForFiveYears(Defect):
    """増額の更正を、減額と同じ五年まで受け付ける。"""

    breaks = "013-3.6.2-06"

    def seed(self, patch: Patch) -> None:
        original = corrections.is_correctable
        patch(corrections, "is_correctable", lambda year, today, is_increase: original(year, today, is_increase=False))


class RaisesUntilTheDayBeforeTheLast(Defect):
    """期間制限の最後の日に増額の更正ができない。"""

    breaks = "013-3.6.2-06"

    def seed(self, patch: Patch) -> None:
        original = back_taxation.is_within_limit
        patch(back_taxation, "is_within_limit", lambda year, today: original(year, today + timedelta(days=1)))


class LowersForThreeYearsOnly(Defect):
    """減額の更正も三年で締め切り、返すべき税額を返せなくなる。"""

    breaks = "013-3.6.2-07"

    def seed(self, patch: Patch) -> None:
        patch(corrections, "DECREASE_LIMIT_YEARS", 3)


class LowersForEver(Defect):
    """五年を過ぎた年度の減額の更正も受け付ける。"""

    breaks = "013-3.6.2-07"

    def seed(self, patch: Patch) -> None:
        original = corrections.is_correctable

        def lenient(year: int, today: Any, *, is_increase: bool) -> bool:
            return not is_increase or original(year, today, is_increase=True)

        patch(corrections, "is_correctable", lenient)


class ErasesWhatIsCancelled(Defect):
    """零円に更正すると、取り消す前の税額も零円に書き換える。"""

    breaks = "013-3.6.2-08"

    def seed(self, patch: Patch) -> None:
        original = assessment.correct

        def erasing(desk: Any, vehicle_id: str, year: int, reason: str) -> tuple[int, int]:
            before, after = original(desk, vehicle_id, year, reason)
            for one in assessment.history(desk, vehicle_id, year):
                one.tax_amount = one.tax_amount if after else 0
            return before, after

        patch(assessment, "correct", erasing)


class CancelsWhateverIsScrapped(Defect):
    """賦課期日の後に廃車された車両の税額も取り消す。"""

    breaks = "013-3.6.2-08"

    def seed(self, patch: Patch) -> None:
        original = assessment.correct

        def by_todays_state(desk: Any, vehicle_id: str, year: int, reason: str) -> tuple[int, int]:
            event = assessment.ledger.latest(desk, vehicle_id)
            before, after = original(desk, vehicle_id, year, reason)
            return before, after if event.vehicle_state == "registered" else 0

        patch(assessment, "correct", by_todays_state)


class KeepsTwoStates(Defect):
    """二度目の更正で、間の賦課の記録をなくす。"""

    breaks = "013-3.6.2-09"

    def seed(self, patch: Patch) -> None:
        patch.wrap(assessment, "history", lambda past: past if len(past) < 3 else [past[0], past[-1]])


class GivesBackTheLastDifference(Defect):
    """過納額を、最後の更正の前後の差額とする。"""

    breaks = "013-3.6.2-09"

    def seed(self, patch: Patch) -> None:
        def last_difference(desk: Any, one: Assessment) -> int:
            past = assessment.history(desk, one.vehicle_id, one.fiscal_year)
            is_paid = payments.paid_amount(desk, one.vehicle_id, one.fiscal_year) > one.tax_amount
            return past[-2].tax_amount - one.tax_amount if len(past) > 1 and is_paid else 0

        patch(corrections, "overpaid", last_difference)


class CountsInterestFromTheCorrection(Defect):
    """過納額の引渡しで、納付した日に代えて更正の日を渡す。"""

    breaks, incident = "013-3.6.2-10", "INC-06"

    def seed(self, patch: Patch) -> None:
        original = overpayments.line

        def by_correction(desk: Any, one: Assessment, yen: int) -> dict[str, Any]:
            return {**original(desk, one, yen), "paid_on": one.assessed_on.isoformat()}

        patch(overpayments, "line", by_correction)


class HandsOverEverythingPaid(Defect):
    """過納でない納付も引き渡す。"""

    breaks = "013-3.6.2-10"

    def seed(self, patch: Patch) -> None:
        patch(overpayments, "known", lambda *_: -1)


class HandsOverTheSameOverpayment(Defect):
    """引き渡した過納額を、引渡しのたびに渡す。"""

    breaks = "013-3.6.2-11"

    def seed(self, patch: Patch) -> None:
        patch(overpayments, "keep", lambda *_: None)


class HidesWhatIsNoLongerOverpaid(Defect):
    """なくなった過納額を引き渡さず、収納管理に残す。"""

    breaks = "013-3.6.2-11"

    def seed(self, patch: Patch) -> None:
        patch.wrap(overpayments, "hand_over", lambda lines: [one for one in lines if one["overpaid_amount"]])


class DemandsTheWholeTaxAgain(Defect):
    """追加の税額に、更正後の税額の全部を記載する。"""

    breaks = "013-3.6.3-04"

    def seed(self, patch: Patch) -> None:
        original = corrections.change_items

        def whole(desk: Any, before: Assessment, after: Assessment) -> dict[str, object]:
            items = original(desk, before, after)
            return {**items, "supplementary_tax": after.tax_amount if items["supplementary_tax"] else 0}

        patch(corrections, "change_items", whole)


class PrintsThePastDueDate(Defect):
    """増額の通知に、過ぎた当初の納期限を記載する。"""

    breaks = "013-3.6.3-04"

    def seed(self, patch: Patch) -> None:
        def regular(_desk: Any, before: Assessment, after: Assessment) -> str | None:
            return rules.due_date(after.fiscal_year).isoformat() if after.tax_amount > before.tax_amount else None

        patch(corrections, "added_due", regular)


class PrintsADueDateForDecreases(Defect):
    """減額の通知にも納期限を記載する。"""

    breaks = "013-3.6.3-04"

    def seed(self, patch: Patch) -> None:
        patch(corrections, "added_due", lambda desk, *_: (desk.today + timedelta(days=29)).isoformat())


class ComparesWithTheFirstAssessment(Defect):
    """二度目の更正の通知を、当初の税額と比べて作成する。"""

    breaks = "013-3.6.3-04"

    def seed(self, patch: Patch) -> None:
        def first(desk: Any, vehicle_id: str, year: int) -> tuple[Assessment, Assessment]:
            past = assessment.history(desk, vehicle_id, year)
            return past[0], past[-1]

        patch(corrections, "last_change", first)


class PromisesTheDecrease(Defect):
    """納付した額によらず、減少した税額を過納額として記載する。"""

    breaks = "013-3.6.3-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(corrections, "change_items", lambda items: {**items, "overpaid_amount": items["decreased_tax"]})


class ForgetsTheDecrease(Defect):
    """税額変更通知書に、減少した税額を記載しない。"""

    breaks = "013-3.6.3-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(corrections, "change_items", lambda items: {**items, "decreased_tax": 0})


class CountsCancelledAssessments(Defect):
    """取り消した賦課も、零円の一台として集計する。"""

    breaks = "013-6.4.1-02"

    def seed(self, patch: Patch) -> None:
        original = levy_api.totals

        def with_cancelled(desk: Any, year: int) -> list[dict[str, Any]]:
            rows = original(desk, year)
            for one in (each for each in assessment.of_year(desk, year) if each.tax_amount == 0):
                same = [row for row in rows if row["vehicle_class"] == one.vehicle_class]
                if same:
                    same[0]["count"] += 1
                else:
                    row = {"vehicle_class": one.vehicle_class, "rate_category": one.rate_category}
                    rows.append({**row, "count": 1, "total_tax": 0})
            return rows

        patch(levy_api, "totals", with_cancelled)


class MixesTaxedAndUntaxed(Defect):
    """非課税の車両を、課税の車両と合わせて数える。"""

    breaks = "013-6.4.1-03"

    def seed(self, patch: Patch) -> None:
        original = levy_counts.parts

        def mixed(*asked: Any) -> Any:
            return (((kind, rate, "taxable"), yen) for (kind, rate, _), yen in original(*asked))

        patch(levy_counts, "parts", mixed)


class LosesVehiclesThatCouldNotBeAssessed(Defect):
    """賦課が止まった車両を、課税台数の集計から落とす。"""

    breaks = "013-6.4.1-03"

    def seed(self, patch: Patch) -> None:
        original = levy_counts.parts
        patch(levy_counts, "parts", lambda *asked: (one for one in original(*asked) if one[0][1]))


class CountsAsOfToday(Defect):
    """基準日によらず、今の賦課で集計する。"""

    breaks = "013-6.4.2-03"

    def seed(self, patch: Patch) -> None:
        original = levy_counts.in_force
        patch(levy_counts, "in_force", lambda desk, year, _day: original(desk, year, desk.today))


class LeavesOutTheReferenceDay(Defect):
    """基準日の当日にされた更正を集計に含めない。"""

    breaks = "013-6.4.2-03"

    def seed(self, patch: Patch) -> None:
        original = levy_counts.in_force
        patch(levy_counts, "in_force", lambda desk, year, day: original(desk, year, day - timedelta(days=1)))


class CountsCancelledOnesAsTaxed(Defect):
    """非課税として取り消した車両を、課税の台数に数える。"""

    breaks = "013-6.4.2-04"

    def seed(self, patch: Patch) -> None:
        patch(levy_counts, "is_counted", lambda _one: True)


class CountsVehiclesOfAfterTheDay(Defect):
    """賦課期日の後に取得された車両も台数に数える。"""

    breaks = "013-6.4.2-04"

    def seed(self, patch: Patch) -> None:
        original = levy_counts.parts

        def todays(desk: Any, year: int, day: Any) -> Any:
            yield from original(desk, year, day)
            for _, past in assessment.ledger.all_events(desk):
                if assessment.liable_state(past, year) is None and past[-1].vehicle_state == "registered":
                    yield (past[-1].vehicle_class, "standard", "taxable"), 0

        patch(levy_counts, "parts", todays)


class ForgetsStandingMarks(Defect):
    """台帳に設定した非課税を数えず、決定のあるものだけを数える。"""

    breaks = "013-6.4.3-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levy_counts, "ground_of", lambda ground: ground if ground and ground[1] else None)


class MultipliesTheFirstAmount(Defect):
    """課さない税額を一台分しか数えない。"""

    breaks = "013-6.4.3-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            levy_counts, "untaxed_row", lambda row: {**row, "untaxed_amount": row["untaxed_amount"] // row["count"]}
        )


class CountsHoldsOfOtherYears(Defect):
    """その年度に効力のない課税停止の決定も数える。"""

    breaks = "013-6.4.3-03"

    def seed(self, patch: Patch) -> None:
        original = levy_counts.ground_of

        def ever(desk: Any, vehicle_id: str, year: int) -> Any:
            held = levy_counts.holds.of_vehicle(desk, vehicle_id)
            one = held[0] if held else None
            return (one.taxation_category, one.hold_ground, "") if one else original(desk, vehicle_id, year)

        patch(levy_counts, "ground_of", ever)


class SumsReductionsOfTheFirstTax(Defect):
    """減免額を、更正前の税額で集計する。"""

    breaks = "013-6.4.3-04"

    def seed(self, patch: Patch) -> None:
        original = statistics.reliefs

        def first(desk: Any, year: int) -> list[dict[str, Any]]:
            rows = original(desk, year)
            for one in assessment.of_year(desk, year):
                fall = one.tax_amount - assessment.history(desk, one.vehicle_id, year)[0].tax_amount
                for row in rows:
                    row["reduction_amount"] -= fall
            return rows

        patch(statistics, "reliefs", first)


class CountsReductionsOfNothing(Defect):
    """取り消した賦課の減免も件数に数える。"""

    breaks = "013-6.4.3-04"

    def seed(self, patch: Patch) -> None:
        patch(statistics, "is_levied", lambda _one: True)
