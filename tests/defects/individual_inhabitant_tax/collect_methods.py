"""Named faults in the choice between salary, pension and notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import methods


class SendsNoticesToEmployees(Defect):
    """徴収先のある者も普通徴収とする。"""

    breaks = "010-5.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(methods, "has_employer", lambda known: False)


class WithholdsWithoutEmployer(Defect):
    """徴収先のない者も給与特別徴収とする。"""

    breaks = "010-5.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(methods, "has_employer", lambda known: known.ordinary_ground is None)


class WithholdsPensionTaxFromPay(Defect):
    """勤めている者の年金所得分も、給与から徴収する。"""

    breaks = "010-5.1.1-03"

    def seed(self, patch: Patch) -> None:
        def from_pay(answer: methods.Shares) -> methods.Shares:
            if not answer.salary:
                return answer
            return replace(answer, salary=answer.salary + answer.pension, pension=0)

        patch.wrap(methods, "shares", from_pay)


class TellsTheEmployerAll(Defect):
    """自分で納付することを選んでも、給与から徴収する。"""

    breaks = "010-5.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(methods, "salary_part", lambda rest, known: rest if methods.has_employer(known) else 0)


class SplitsUnasked(Defect):
    """選ばない者の他の所得分も、普通徴収とする。"""

    breaks = "010-5.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(methods, "salary_part", lambda rest, known: rest - known.other_levy if methods.has_employer(known) else 0)


class AcceptsMoreThanTheWhole(Defect):
    """年税額を超える配分を受け付ける。"""

    breaks = "010-5.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(methods, "fits", lambda annual, parts: True)


class IgnoresOrdinaryGrounds(Defect):
    """普通徴収切替理由を登録しても、給与特別徴収とする。"""

    breaks = "010-5.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(methods, "has_employer", lambda known: known.designation_number is not None)


class AllowsThreeEmployees(Defect):
    """総従業員数3人の事業所の普Aを受け付ける。"""

    breaks = "010-5.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(methods, "MOST_SMALL_STAFF", 3)


class AllowsFamilyOfCorporations(Defect):
    """法人の普Eを受け付ける。"""

    breaks = "010-5.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(methods, "may_name_family", lambda is_sole_proprietor: True)


class TakesTheBirthdayItself(Defect):
    """4月1日が誕生日の者までを65歳とし、4月2日生まれの者を除く。"""

    breaks = "010-5.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch(methods, "is_aged", lambda born, year: born <= date(year - methods.AGE, 4, 1))


class IncludesSmallAnnuities(Defect):
    """年額18万円未満の年金からも徴収する。"""

    breaks = "010-5.3.1-02"

    def seed(self, patch: Patch) -> None:
        patch(methods, "is_small_annuity", lambda annuity: False)


class IgnoresCarePremiums(Defect):
    """介護保険料が年金から徴収されない者も対象とする。"""

    breaks = "010-5.3.1-03"

    def seed(self, patch: Patch) -> None:
        original = methods.exclusion

        def ignore(known: Any, *rest: Any) -> str | None:
            reason = original(known, *rest)
            return None if reason == "no_care_withheld" else reason

        patch(methods, "exclusion", ignore)


class TakesMoreThanThePension(Defect):
    """税額が年金の年額を超えても、年金から徴収する。"""

    breaks = "010-5.3.1-04"

    def seed(self, patch: Patch) -> None:
        patch(methods, "exceeds", lambda levy, annuity: False)
