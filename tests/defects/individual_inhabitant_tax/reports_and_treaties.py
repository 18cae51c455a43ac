"""Named faults of treaties, cover sheets of salary reports, severance payments and the match by personal number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    calculation,
    dossiers,
    intake,
    matching,
    salary_summaries,
    salary_summaries_api,
    severance_payments,
    severance_payments_api,
    treaties,
    years,
)
from kijun.reference.individual_inhabitant_tax.levy import Pair
from kijun.reference.individual_inhabitant_tax.severance_payments import SeveranceRecord
from kijun.reference.local_tax_common import personal_numbers
from kijun.reference.local_tax_common.person_records import rows


class ExemptsTheWholeSalary(Defect):
    """免除される額によらず、給与の全額を除く。"""

    breaks = "010-1.2.7-01"

    def seed(self, patch: Patch) -> None:
        patch(treaties, "without", lambda figures, exempt: {**figures, "salary_revenue": 0})


class ExemptsEveryYear(Defect):
    """一度の届出を、ほかの年度にも及ぼす。"""

    breaks = "010-1.2.7-02"

    def seed(self, patch: Patch) -> None:
        def every(desk: Any, taxpayer_id: str, fiscal_year: int) -> Any:
            return rows(desk, treaties.TreatyNotice, taxpayer_id=taxpayer_id)

        patch(treaties, "of_person", every)


class ExemptsByTheFiscalYear(Defect):
    """免除の期間を、前年でなく課税年度の年と比べる。"""

    breaks = "010-1.2.7-03"

    def seed(self, patch: Patch) -> None:
        original = treaties.reaches
        patch(treaties, "reaches", lambda one, fiscal_year: original(one, fiscal_year + 1))


class ExemptsFromForestTax(Defect):
    """租税条約で、森林環境税も課さない。"""

    breaks = "010-1.2.7-04"

    def seed(self, patch: Patch) -> None:
        original = calculation.by_treaty

        def relieved(*given: Any) -> Any:
            found = original(*given)
            return replace(found, forest_environment_tax=0) if given[-1] else found

        patch(calculation, "by_treaty", relieved)


class TakesOneDeadlineForTreaties(Defect):
    """条約の種類によらず、3月15日を期限とする。"""

    breaks = "010-1.2.7-05"

    def seed(self, patch: Patch) -> None:
        original = treaties.deadline
        patch(treaties, "deadline", lambda kind, fiscal_year: original("covers_local_tax", fiscal_year))


class AsksOnlyThoseWithSummaries(Defect):
    """総括表のない、従業員の徴収先であった事業所を対象としない。"""

    breaks = "010-2.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(salary_summaries, "employees", lambda desk, fiscal_year: {})


class AsksTheAbolished(Defect):
    """廃止した事業所と統合した事業所にも総括表を送る。"""

    breaks = "010-2.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(salary_summaries, "is_asked", lambda one, former: one.designation_number in former)


class PrintsLastOfJanuary(Defect):
    """総括表の提出期限を、閉庁日でも1月31日とする。"""

    breaks = "010-2.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(salary_summaries, "deadline", lambda fiscal_year: date(fiscal_year, 1, 31))


class ShowsFirstSummaryOnly(Defect):
    """提出状況に、最初に受け付けた事業所の総括表だけを示す。"""

    breaks = "010-2.2.2-01"

    def seed(self, patch: Patch) -> None:
        original = salary_summaries.forms
        patch(salary_summaries, "forms", lambda desk, fiscal_year: original(desk, fiscal_year)[:1])


class ListsOnlyWhoAnswered(Defect):
    """未提出の事業所を、提出状況に示さない。"""

    breaks = "010-2.2.2-02"

    def seed(self, patch: Patch) -> None:
        def answered(desk: Any, fiscal_year: int) -> list[str]:
            return sorted({one.designation_number for one in salary_summaries.forms(desk, fiscal_year)})

        patch(salary_summaries, "expected", answered)


class CountsTheLastDayAsLate(Defect):
    """期限の日に届いた総括表を、期限後とする。"""

    breaks = "010-2.2.2-03"

    def seed(self, patch: Patch) -> None:
        patch(salary_summaries, "is_late", lambda form: form.filed_on >= salary_summaries.deadline(form.fiscal_year))


class CountsRepeatedReports(Defect):
    """同じ報告書の再受信も、報告書の人数に数える。"""

    breaks = "010-2.2.2-04"

    def seed(self, patch: Patch) -> None:
        def counted(desk: Any, form: Any) -> int:
            where = {"fiscal_year": form.fiscal_year, "submitter_number": form.submitter_number}
            return len(intake.every(desk, **where))

        patch(salary_summaries, "received_reports", counted)


class KeepsToAHundredSlips(Defect):
    """令和9年度も、100枚以上の事業所だけに電子提出の義務があるとする。"""

    breaks = "010-2.2.2-05"

    def seed(self, patch: Patch) -> None:
        original = years.amount

        def amount(name: str, fiscal_year: int) -> int:
            return original(name, 2021 if name == "electronic_slips" else fiscal_year)

        patch(years, "amount", amount)


class DemandsWithTodaysDate(Defect):
    """督促状に、提出期限でなく作成日を記載する。"""

    breaks = "010-2.2.3-01"

    def seed(self, patch: Patch) -> None:
        def dated(answer: dict[str, Any]) -> dict[str, Any]:
            return {"report_demand": {**answer["report_demand"], "report_deadline": "2026-02-03"}}

        patch.wrap(salary_summaries_api, "issue_report_demand", dated)


class DemandsOnTheLastDay(Defect):
    """提出期限の日に、督促状を作成する。"""

    breaks = "010-2.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(
            salary_summaries, "has_passed", lambda today, fiscal_year: today >= salary_summaries.deadline(fiscal_year)
        )


class ForgetsDemands(Defect):
    """督促状の作成日を示さない。"""

    breaks = "010-2.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(salary_summaries, "demanded_on", lambda *_: None)


class RemitsSeveranceInTheSameMonth(Defect):
    """退職所得の納入期限を、支払った月の10日とする。"""

    breaks = "010-3.1.9-01"

    def seed(self, patch: Patch) -> None:
        patch(severance_payments, "remit_by", lambda one: one.severance_paid_on.replace(day=10))


class AddsOtherMonthsOfSeverance(Defect):
    """納入申告を、ほかの月に支払われた資料も合わせた計と比べる。"""

    breaks = "010-3.1.9-02"

    def seed(self, patch: Patch) -> None:
        def every(one: Any, found: Any) -> int:
            mine = [each for each in found if each.designation_number == one.designation_number]
            return sum(severance_payments.withheld(each).total for each in mine)

        patch(severance_payments, "recorded", every)


class ChecksSeveranceTotals(Defect):
    """市町村民税と道府県民税を分けずに、計だけを比べる。"""

    breaks = "010-3.1.9-03"

    def seed(self, patch: Patch) -> None:
        for name in ("withheld", "computed"):
            original = getattr(severance_payments, name)
            patch(severance_payments, name, lambda one, original=original: Pair(original(one).total, 0))


class AddsSeveranceToNextYear(Defect):
    """分離課税で徴収した退職所得を、翌年度の所得に足す。"""

    breaks = "010-3.1.9-04"

    def seed(self, patch: Patch) -> None:
        original = dossiers.adopted

        def with_severance(desk: Any, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
            figures = original(desk, taxpayer_id, fiscal_year)
            paid = [
                one.severance_pay
                for one in rows(desk, SeveranceRecord, taxpayer_id=taxpayer_id)
                if one.severance_paid_on.year == fiscal_year - 1
            ]
            return {**figures, "sundry_profit": figures.get("sundry_profit", 0) + sum(paid)} if paid else figures

        patch(dossiers, "adopted", with_severance)


class AsksResidenceOnPaymentDay(Defect):
    """1月1日でなく、支払日の住所で課税権を判定する。"""

    breaks = "010-3.1.9-05"

    def seed(self, patch: Patch) -> None:
        patch(severance_payments_api.severance_payments, "misdirected", lambda desk, found: [])


class AsksAddressBesideTheNumber(Defect):
    """個人番号が一致しても、氏名と住所が一致しなければひも付けない。"""

    breaks = "010-3.2.2-01"

    def seed(self, patch: Patch) -> None:
        original = matching.owner

        def strict(desk: Any, name: str, birth_date: date, address: str, personal_number: str | None = None) -> Any:
            number, reason = original(desk, name, birth_date, address, personal_number)
            return (number, reason) if reason else matching.by_name(desk, name, birth_date, address)

        patch(matching, "owner", strict)


class TrustsTheNumberAlone(Defect):
    """個人番号だけで、生年月日を確かめずにひも付ける。"""

    breaks = "010-3.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(matching, "by_number", lambda people, birth_date: (people[0].taxpayer_id, None))


class IgnoresAnotherNumber(Defect):
    """個人番号が登録と違っても、氏名、生年月日及び住所でひも付ける。"""

    breaks = "010-3.2.2-03"

    def seed(self, patch: Patch) -> None:
        patch(matching, "contradicts", lambda desk, taxpayer_id: False)


class RequiresTheNumber(Defect):
    """個人番号で見つからない資料を、全て保留する。"""

    breaks = "010-3.2.2-04"

    def seed(self, patch: Patch) -> None:
        patch(matching, "by_name", lambda *_: (None, "nobody_found"))


class LeavesNoTraceOfTheNumber(Defect):
    """個人番号による突合を、利用の記録に残さない。"""

    breaks = "010-3.2.2-05"

    def seed(self, patch: Patch) -> None:
        original = personal_numbers.note_use

        def noted(desk: Any, taxpayer_id: str, kind: str, purpose: str) -> None:
            if kind == "register":
                original(desk, taxpayer_id, kind, purpose)

        patch(personal_numbers, "note_use", noted)
