"""Named faults in the register of employers who withhold the tax."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import calendars
from kijun.reference.individual_inhabitant_tax import collectors, dues, employers, employers_api


class LosesThePhoneNumber(Defect):
    """登録した電話番号を、指定番号で上書きして答える。"""

    breaks = "010-2.1.1-01"

    def seed(self, patch: Patch) -> None:
        def swapped(answer: dict[str, Any]) -> dict[str, Any]:
            return {**answer, "employer_phone": answer["employer_address"]}

        patch.wrap(employers_api, "get_employer", swapped)


class ForgetsFormerNames(Defect):
    """変更を履歴に残さず、今の名称だけを持つ。"""

    breaks = "010-2.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = employers.note
        patch(
            employers,
            "note",
            lambda desk, found, change, day: None if change == "amended" else original(desk, found, change, day),
        )


class AssignsAbolishedEmployers(Defect):
    """廃止した事業所も徴収先にする。"""

    breaks = "010-2.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(employers, "may_withhold", lambda found: True)


class AbolishesWithEmployees(Defect):
    """徴収中の従業員がいても廃止する。"""

    breaks = "010-2.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch(collectors, "still_collects", lambda desk, number, month: False)


class NumbersEverybodyAlikeOfInhabitants(Defect):
    """検索の答えに、どの事業所も同じ指定番号で載る。"""

    breaks = "010-2.1.2-01"

    def seed(self, patch: Patch) -> None:
        def alike(answer: dict[str, Any]) -> dict[str, Any]:
            first = answer["employers"][0]["designation_number"]
            return {"employers": [{**one, "designation_number": first} for one in answer["employers"]]}

        patch.wrap(employers_api, "search_employers", alike)


class ReusesNumbers(Defect):
    """廃止した事業所の台帳を、次に登録した事業所で上書きする。"""

    breaks = "010-2.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = employers.register

        def overwrite(desk: Any, name: str, *rest: Any) -> Any:
            free = [one for one in employers.all_employers(desk) if one.employer_state == "abolished"]
            if not free:
                return original(desk, name, *rest)
            free[0].employer_name, free[0].employer_state = name, "designated"
            return free[0]

        patch(employers, "register", overwrite)


class LeavesEmployeesBehind(Defect):
    """統合しても、従業員の徴収先が古い番号に残る。"""

    breaks = "010-2.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(collectors, "move_employees", lambda desk, old, new, month: 0)


class ForgetsWhoAbsorbed(Defect):
    """統合した番号から、統合先が分からない。"""

    breaks = "010-2.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(employers_api, "get_employer", lambda answer: {**answer, "absorbing_designation": None})


class AssignsAbsorbedEmployers(Defect):
    """統合した番号も徴収先にする。"""

    breaks = "010-2.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(employers, "may_withhold", lambda found: found.employer_state != "abolished")


class ProposesAbolishedEmployers(Defect):
    """廃止した事業所も統合の候補に挙げる。"""

    breaks = "010-2.1.3-04"

    def seed(self, patch: Patch) -> None:
        patch(employers, "may_withhold", lambda found: True)


class AllowsTenEmployees(Defect):
    """従業員10人の事業所にも納期の特例を承認する。"""

    breaks = "010-2.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(employers, "MOST_STAFF", 10)


class EndsHalfYearsInJuneAndDecember(Defect):
    """1月から6月まで、7月から12月までの半年で納入させる。"""

    breaks = "010-2.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(
            dues, "half_year_due", lambda month: dues.monthly_due(f"{month[:4]}-{'06' if month[5:] <= '06' else '12'}")
        )


class CollectsInTheSameMonth(Defect):
    """徴収した月の10日を納入期限とする。"""

    breaks = "010-2.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(dues, "monthly_due", lambda month: dues.open_day(dues.first_day(month).replace(day=10)))


class IgnoresPublicHolidays(Defect):
    """土曜と日曜だけを避け、祝日を納入期限とする。"""

    breaks = "010-2.1.4-04"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "is_national_holiday", lambda day: False)


class AppliesHalfYearsToTheWholeYear(Defect):
    """年度の途中の承認を、年度の初めに遡って適用する。"""

    breaks = "010-2.1.4-05"

    def seed(self, patch: Patch) -> None:
        patch(employers, "pays_half_yearly", lambda found, month: found.half_year_from is not None)


class NeverEndsHalfYears(Defect):
    """承認を取り消しても、納期の特例を続ける。"""

    breaks = "010-2.1.4-06"

    def seed(self, patch: Patch) -> None:
        patch(
            employers,
            "pays_half_yearly",
            lambda found, month: found.half_year_from is not None and found.half_year_from <= month,
        )


class LetsTheEndedHalfYearRun(Defect):
    """納期の特例を取り消しても、取り消した月までの分の納入期限を早めない。"""

    breaks = "010-2.1.4-07"

    def seed(self, patch: Patch) -> None:
        patch(employers, "cut_short", lambda half_year_due, _until: half_year_due)


class CutsEveryHalfYearShort(Defect):
    """取り消した月より前に終わった期間の納入期限も、取り消した月の翌月10日にする。"""

    breaks = "010-2.1.4-07"

    def seed(self, patch: Patch) -> None:
        patch(employers, "cut_short", lambda half_year_due, until: dues.monthly_due(until) if until else half_year_due)


class FindsByNumberOnly(Defect):
    """指定番号でしか検索できない。"""

    breaks = "010-2.1.5-01"

    def seed(self, patch: Patch) -> None:
        patch(employers, "matches", lambda one, query: query == one.designation_number)


class ListsEverybodysEmployees(Defect):
    """他の事業所の従業員も一覧に載せる。"""

    breaks = "010-2.1.5-02"

    def seed(self, patch: Patch) -> None:
        patch(collectors, "withheld_by", lambda lines, number: [one for one in lines if one.method == "salary"])


class DeliversOnPaperOnly(Defect):
    """受取方法を設定しても、書面のままとする。"""

    breaks = "010-2.1.6-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(employers_api, "get_employer", lambda answer: {**answer, "notice_delivery": "hardcopy"})


class DeliversWithoutAddress(Defect):
    """通知先がなくても、電子の受取りを受け付ける。"""

    breaks = "010-2.1.6-02"

    def seed(self, patch: Patch) -> None:
        patch(employers_api, "lacks_email", lambda delivery, email: False)
