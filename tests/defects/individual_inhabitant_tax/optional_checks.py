"""Named faults of family employees, of trying a reform on everybody, and of answers to other bodies."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    family_employees,
    official_inquiries,
    official_inquiries_api,
    reform_trial,
    sharing,
    terms,
)


class LooksAtTheOwnersRelativesOnly(Defect):
    """事業主のほかの者が専従者を親族としていることに気付かない。"""

    breaks = "010-3.5.5-01"

    def seed(self, patch: Patch) -> None:
        def own(one: Any, claims: Any) -> bool:
            pair = (one.taxpayer_id, one.relative_taxpayer_id)
            return any((claim.taxpayer_id, claim.relative_taxpayer_id) == pair for claim in claims)

        patch(family_employees, "is_claimed", own)


class AcceptsMorePayThanReported(Defect):
    """専従者の給与収入が、事業主の給与の額より多いことを挙げない。"""

    breaks = "010-3.5.5-02"

    def seed(self, patch: Patch) -> None:
        original = family_employees.paid
        patch(family_employees, "paid", lambda desk, one: min(original(desk, one), one.family_employee_amount))


class TakesOneCeiling(Defect):
    """配偶者でない専従者にも、86万円の限度を当てはめる。"""

    breaks = "010-3.5.5-03"

    def seed(self, patch: Patch) -> None:
        patch(family_employees, "CEILING_OF_OTHERS", family_employees.CEILING_OF_SPOUSE)


class SharesTheProfitAfterDeduction(Defect):
    """専従者控除の後の所得で、限度を求める。"""

    breaks = "010-3.5.5-04"

    def seed(self, patch: Patch) -> None:
        original = family_employees.exceeds_share

        def after(one: Any, earned: int, employees: int) -> bool:
            return original(one, earned - one.family_employee_amount, employees)

        patch(family_employees, "exceeds_share", after)


class ForgetsToShareWithTheOwner(Defect):
    """事業の所得を、一を足さずに専従者の数だけで除す。"""

    breaks = "010-3.5.5-04"

    def seed(self, patch: Patch) -> None:
        original = family_employees.exceeds_share
        patch(family_employees, "exceeds_share", lambda one, earned, employees: original(one, earned, employees - 1))


class TriesWithPresentTerms(Defect):
    """改正後の年税額を、現行の条件で計算する。"""

    breaks = "010-4.5.2-01"

    def seed(self, patch: Patch) -> None:
        patch(reform_trial, "amended", lambda given, said: given)


class CountsWhoIsAsBefore(Defect):
    """税額の変わらない者も、増える者に数える。"""

    breaks = "010-4.5.2-02"

    def seed(self, patch: Patch) -> None:
        original = reform_trial.summed

        def counted(found: Any) -> Any:
            effect = original(found)
            equal = len([now for now, then in found if now == then])
            return reform_trial.Effect(effect.present, effect.amended, effect.raised + equal, effect.lowered)

        patch(reform_trial, "summed", counted)


class KeepsTheTrial(Defect):
    """試算の条件を、課税条件として登録する。"""

    breaks = "010-4.5.2-03"

    def seed(self, patch: Patch) -> None:
        original = reform_trial.effect

        def kept(desk: Any, fiscal_year: int, said: dict[str, Any]) -> Any:
            found = original(desk, fiscal_year, said)
            terms.set_terms(desk, fiscal_year, said)
            return found

        patch(reform_trial, "effect", kept)


class AnswersWhatIsNotDecided(Defect):
    """賦課した後に届いて更正していない資料も含めて回答する。"""

    breaks = "010-7.2.3-01"

    def seed(self, patch: Patch) -> None:
        patch(official_inquiries, "known", sharing.information)


class AnswersMoreThanAsked(Defect):
    """求められていない税額も回答する。"""

    breaks = "010-7.2.3-02"

    def seed(self, patch: Patch) -> None:
        original = official_inquiries.told
        patch(official_inquiries, "told", lambda found, asked: original(found, "income_and_levy"))


class AnswersLawyers(Defect):
    """弁護士会の照会に、本人の同意なしに回答する。"""

    breaks = "010-7.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(official_inquiries, "is_lifted", lambda lift: lift != "groundless")


class AnswersZeroForTheUndeclared(Defect):
    """未申告の者の所得と税額を、0円と回答する。"""

    breaks = "010-7.2.3-04"

    def seed(self, patch: Patch) -> None:
        original = official_inquiries.told

        def zero(found: dict[str, Any], asked: str) -> dict[str, Any]:
            return original({name: 0 if value is None else value for name, value in found.items()}, asked)

        patch(official_inquiries, "told", zero)


class ForgetsWhoAsked(Defect):
    """回答の履歴に、照会元を残さない。"""

    breaks = "010-7.2.3-05"

    def seed(self, patch: Patch) -> None:
        def nameless(answer: dict[str, Any]) -> dict[str, Any]:
            return {"official_answers": [{**one, "inquiring_office": "不明"} for one in answer["official_answers"]]}

        patch.wrap(official_inquiries_api, "list_official_answers", nameless)
