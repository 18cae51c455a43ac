"""Named faults in who is exempt, in the adjustment above the limits, and in the capita levy and the forest tax."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    calculation,
    dossiers,
    incomes,
    levy,
    liability,
    terms,
    years,
)
from kijun.reference.individual_inhabitant_tax import credits as crediting
from kijun.reference.individual_inhabitant_tax.levy import NOTHING, Pair
from kijun.reference.individual_inhabitant_tax.people import Person, age, dependents, headcount, spouse
from kijun.reference.individual_inhabitant_tax.terms import Terms


class TaxesAtTheLimitItself(Defect):
    """合計所得金額が非課税限度ちょうどの人を課税とする。"""

    breaks = "010-4.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(liability, "exemption_limit", lambda yen: yen - 1)


class TakesEveryTownForTheFirstGrade(Defect):
    """2級地と3級地の団体でも、1級地の限度で判定する。"""

    breaks = "010-4.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(terms, "terms_of", lambda given: replace(given, living_area_grade="first_grade"))


class ForgetsTheAdditionForFamilies(Defect):
    """扶養のある人の非課税限度に21万円などを加えない。"""

    breaks = "010-4.3.1-02"

    def seed(self, patch: Patch) -> None:
        original = liability.exemption_limit
        patch(
            liability,
            "exemption_limit",
            lambda count, given: original(count, replace(given, exemption_addition=0)),
        )


class CountsOnlyRelativesWithAnAllowance(Defect):
    """非課税限度の人数に、16歳未満の扶養親族を数えない。"""

    breaks = "010-4.3.1-03"

    def seed(self, patch: Patch) -> None:
        def older(person: Person, fiscal_year: int) -> int:
            kin = [one for one in dependents(person, fiscal_year) if age(one.birth_date, fiscal_year) >= 16]
            return len(kin) + (spouse(person, fiscal_year) is not None)

        patch(liability, "headcount", older)


class CountsRelativesWhoEarnTooMuch(Defect):
    """所得要件を超える配偶者や親族も、非課税限度の人数に数える。"""

    breaks = "010-4.3.1-08"

    def seed(self, patch: Patch) -> None:
        patch(liability, "headcount", lambda person, _fiscal_year: len(person.relatives))


class CountsYoungRelativesWithTheirOwnAllowance(Defect):
    """特定親族特別控除の対象の親族を、非課税限度の人数に数える。"""

    breaks = "010-4.3.1-04"

    def seed(self, patch: Patch) -> None:
        def more(person: Person, fiscal_year: int) -> int:
            limit = years.amount("relative_limit", fiscal_year)
            young = [
                one
                for one in person.relatives
                if 19 <= age(one.birth_date, fiscal_year) < 23 and limit < one.earnings <= 1_230_000
            ]
            return headcount(person, fiscal_year) + len(young)

        patch(liability, "headcount", more)


class IgnoresTheAdditionOfTheOrdinance(Defect):
    """条例で定めた加算額を使わず、法の標準の額で判定する。"""

    breaks = "010-4.3.1-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(terms, "terms_of", lambda given: replace(given, exemption_addition=None))


class AddsToTheLimitOfEverybody(Defect):
    """条例で定めた加算額を、扶養のない人にも加える。"""

    breaks = "010-4.3.1-05"

    def seed(self, patch: Patch) -> None:
        original = liability.exemption_limit

        def raised(count: int, given: Terms) -> int:
            return original(count, given) + (0 if count else given.exemption_addition or 0)

        patch(liability, "exemption_limit", raised)


class SparesOnlyTheIncomeLevy(Defect):
    """均等割の非課税限度以下の人にも均等割を課す。"""

    breaks = "010-4.3.1-06"

    def seed(self, patch: Patch) -> None:
        patch.wrap(liability, "liability", lambda status: "capita_only" if status == "exempt" else status)


def judges(patch: Patch, change: Callable[[incomes.Incomes], incomes.Incomes]) -> None:
    """Have the exemption judged on other incomes than those of the statute."""
    original = liability.liability
    patch(
        liability,
        "liability",
        lambda person, earned, given, fiscal_year: original(person, change(earned), given, fiscal_year),
    )


class JudgesTheCapitaLevyAfterCarriedLosses(Defect):
    """均等割の非課税を、純損失の繰越控除の後の額で判定する。"""

    breaks = "010-4.3.1-07"

    def seed(self, patch: Patch) -> None:
        judges(patch, lambda earned: replace(earned, overall_income=earned.aggregate_income))


class LacksTheTenthousandsOfTheReform(Defect):
    """所得割の非課税限度に、令和3年度からの10万円を加えない。"""

    breaks = "010-4.3.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(liability, "income_levy_limit", lambda yen: yen - 100_000)


class AddsTheAmountOfTheCapitaLevy(Defect):
    """所得割の非課税限度に、32万円でなく均等割の21万円を加える。"""

    breaks = "010-4.3.2-02"

    def seed(self, patch: Patch) -> None:
        patch(
            liability,
            "income_levy_limit",
            lambda count: 350_000 * (1 + count) + 100_000 + (210_000 if count else 0),
        )


class GradesTheLimitOfTheIncomeLevy(Defect):
    """所得割の非課税限度にも、級地の率を掛ける。"""

    breaks = "010-4.3.2-03"

    def seed(self, patch: Patch) -> None:
        def graded(person: Person, earned: incomes.Incomes, given: Terms, fiscal_year: int) -> str:
            percent = {"first_grade": 100, "second_grade": 90, "third_grade": 80}[given.living_area_grade]
            count = headcount(person, fiscal_year)
            if liability.is_personally_exempt(person, earned.overall_income, fiscal_year):
                return "exempt"
            if earned.overall_income <= liability.exemption_limit(count, given):
                return "exempt"
            limit = liability.income_levy_limit(count) * percent // 100
            return "capita_only" if earned.aggregate_income <= limit else "liable"

        patch(liability, "liability", graded)


class JudgesTheIncomeLevyBeforeCarriedLosses(Defect):
    """所得割の非課税を、純損失の繰越控除の前の額で判定する。"""

    breaks = "010-4.3.2-04"

    def seed(self, patch: Patch) -> None:
        judges(patch, lambda earned: replace(earned, aggregate_income=earned.overall_income))


class SparesTheCapitaLevyWithTheIncomeLevy(Defect):
    """所得割だけが非課税の人を、均等割も非課税とする。"""

    breaks = "010-4.3.2-06"

    def seed(self, patch: Patch) -> None:
        patch.wrap(liability, "liability", lambda status: "exempt" if status == "capita_only" else status)


def overlooks(patch: Patch, **told: Any) -> None:
    """Have the personal exemption judged as if something were not on record."""
    original = liability.is_personally_exempt
    patch(
        liability,
        "is_personally_exempt",
        lambda person, overall, fiscal_year: original(replace(person, **told), overall, fiscal_year),
    )


class CallsTheCapitaLevyAnExemption(Defect):
    """所得割だけが非課税の人も、非課税の人と同じ区分で答える。"""

    breaks = "010-4.3.2-05"

    def seed(self, patch: Patch) -> None:
        def mixed(found: calculation.Outcome) -> calculation.Outcome:
            return replace(found, liability="exempt" if found.liability == "capita_only" else found.liability)

        patch.wrap(calculation, "compute", mixed)


class OverlooksPublicAid(Defect):
    """生活扶助を受けている人を、所得だけで判定する。"""

    breaks = "010-4.3.3-01"

    def seed(self, patch: Patch) -> None:
        overlooks(patch, receives_public_aid=False)


class OverlooksDisablement(Defect):
    """障害者の135万円の限度を使わない。"""

    breaks = "010-4.3.3-02"

    def seed(self, patch: Patch) -> None:
        overlooks(patch, disablement="none")


class SparesOnlyTheSeverelyDisabled(Defect):
    """特別障害者だけに135万円の限度を使う。"""

    breaks = "010-4.3.3-02"

    def seed(self, patch: Patch) -> None:
        original = liability.is_personally_exempt

        def severe(person: Person, overall: int, fiscal_year: int) -> bool:
            told = person if person.disablement == "special" else replace(person, disablement="none")
            return original(told, overall, fiscal_year)

        patch(liability, "is_personally_exempt", severe)


class ComesOfAgeAtTwentyForEver(Defect):
    """令和5年度からも20歳未満を未成年者とする。"""

    breaks = "010-4.3.3-03"

    def seed(self, patch: Patch) -> None:
        patch(liability, "is_minor", is_below_twenty)


def is_below_twenty(born: date, fiscal_year: int) -> bool:
    """At the end of the assessment date."""
    return fiscal_year - born.year - ((born.month, born.day) > (1, 2)) < 20


class ComesOfAgeAtTheEndOfTheYear(Defect):
    """未成年者の年齢を、賦課期日でなく前年の12月31日で数える。"""

    breaks = "010-4.3.3-03"

    def seed(self, patch: Patch) -> None:
        patch(
            liability,
            "is_minor",
            lambda born, fiscal_year: age(born, fiscal_year) < years.amount("minor_age", fiscal_year),
        )


class OverlooksWidows(Defect):
    """寡婦の135万円の限度を使わない。"""

    breaks = "010-4.3.3-04"

    def seed(self, patch: Patch) -> None:
        forgets_status(patch, "widow")


class OverlooksLoneFathers(Defect):
    """ひとり親の父に135万円の限度を使わない。"""

    breaks = "010-4.3.3-05"

    def seed(self, patch: Patch) -> None:
        forgets_status(patch, "lone_father")


def forgets_status(patch: Patch, status: str) -> None:
    original = liability.is_personally_exempt

    def forgetful(person: Person, overall: int, fiscal_year: int) -> bool:
        told = replace(person, lone_status="none") if person.lone_status == status else person
        return original(told, overall, fiscal_year)

    patch(liability, "is_personally_exempt", forgetful)


class JudgesAfterSocialPremiums(Defect):
    """135万円の判定を、社会保険料を引いた後の額で行う。"""

    breaks = "010-4.3.3-06"

    def seed(self, patch: Patch) -> None:
        paid: dict[str, int] = {}
        patch.wrap(dossiers, "adopted", lambda figures: paid.update(yen=figures.get("social_premium", 0)) or figures)
        judges(patch, lambda earned: replace(earned, overall_income=earned.overall_income - paid["yen"]))


class ForgetsTheAdjustment(Defect):
    """所得割の非課税限度を少し超えた人の税額を調整しない。"""

    breaks = "010-4.3.4-01"

    def seed(self, patch: Patch) -> None:
        patch(levy, "floor_adjustment", lambda *_: NOTHING)


class CountsOneRelativeMoreForTheAdjustment(Defect):
    """調整額の人数を一人多く数える（公表された計算例にあった誤り）。"""

    breaks = "010-4.3.4-01"

    def seed(self, patch: Patch) -> None:
        original = levy.floor_adjustment
        patch(levy, "floor_adjustment", lambda left, aggregate, count: original(left, aggregate, count + 1))


class AdjustsTheMunicipalLevyAlone(Defect):
    """調整額の全額を市町村民税から引く。"""

    breaks = "010-4.3.4-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levy, "floor_adjustment", lambda pair: Pair(pair.total, 0))


class AdjustsAboveTheLimit(Defect):
    """手取りが非課税限度を一万円上回る人まで調整する。"""

    breaks = "010-4.3.4-03"

    def seed(self, patch: Patch) -> None:
        original = levy.floor_adjustment
        patch(levy, "floor_adjustment", lambda left, aggregate, count: original(left, aggregate - 10_000, count))


class AdjustsBeforeTheGifts(Defect):
    """調整額を、寄附金税額控除の前の所得割から計算する。"""

    breaks = "010-4.3.4-04"

    def seed(self, patch: Patch) -> None:
        given: list[Pair] = []
        patch.wrap(crediting, "gift_credit", lambda pair: given.append(pair) or pair)
        original = levy.floor_adjustment
        patch(levy, "floor_adjustment", lambda left, *rest: original(left.plus(given[-1]), *rest))


def dates(patch: Patch, names: tuple[str, ...], move: Callable[[int], int]) -> None:
    """Have some values of the year read as of another year."""
    original = years.amount
    patch(years, "amount", lambda name, year: original(name, move(year) if name in names else year))


CAPITA = ("municipal_capita", "prefectural_capita")


class EndsTheRebuildingSurchargeEarly(Defect):
    """令和5年度までの均等割を、加算のない3,000円と1,000円とする。"""

    breaks = "010-4.4.7-01"

    def seed(self, patch: Patch) -> None:
        dates(patch, CAPITA, lambda year: max(year, 2024))


class KeepsTheRebuildingSurcharge(Defect):
    """令和6年度からも均等割を3,500円と1,500円とし、森林環境税と二重に負担させる。"""

    breaks = "010-4.4.7-02"

    def seed(self, patch: Patch) -> None:
        dates(patch, CAPITA, lambda year: min(year, 2023))


class StartsTheForestTaxAYearLate(Defect):
    """森林環境税を令和7年度から課す。"""

    breaks = "010-4.4.7-08"

    def seed(self, patch: Patch) -> None:
        dates(patch, ("forest_tax",), lambda year: max(year - 1, 2021))


def computes(
    patch: Patch, change: Callable[[calculation.Outcome, Mapping[str, Any], Terms], calculation.Outcome]
) -> None:
    """Change the outcome of the computation, with the figures and the terms at hand."""
    original = calculation.compute

    def changed(figures: Mapping[str, Any], person: Person, given: Terms, fiscal_year: int) -> calculation.Outcome:
        return change(original(figures, person, given, fiscal_year), figures, given)

    patch(calculation, "compute", changed)


class TakesThePrefecturesSurchargeForTheForestTax(Defect):
    """府県の超過額を、国の森林環境税に足す。"""

    breaks = "010-4.4.7-03"

    def seed(self, patch: Patch) -> None:
        def mixed(found: calculation.Outcome, _figures: Mapping[str, Any], given: Terms) -> calculation.Outcome:
            yen = given.prefectural_capita_surcharge
            capita = Pair(found.capita.municipal, found.capita.prefectural - yen)
            return replace(found, capita=capita, forest_environment_tax=found.forest_environment_tax + yen)

        computes(patch, mixed)


class IgnoresTheMunicipalSurcharge(Defect):
    """市町村民税の均等割の超過額を使わない。"""

    breaks = "010-4.4.7-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(terms, "terms_of", lambda given: replace(given, municipal_capita_surcharge=0))


class LeviesTheForestTaxOnEverybody(Defect):
    """非課税の人にも森林環境税を課す。"""

    breaks = "010-4.4.7-05"

    def seed(self, patch: Patch) -> None:
        patch(liability, "is_free_of_forest_tax", lambda *_: False)


class JudgesTheForestTaxByTheOrdinance(Defect):
    """森林環境税の非課税を、条例の限度で判定する。"""

    breaks = "010-4.4.7-06"

    def seed(self, patch: Patch) -> None:
        def local(person: Person, overall: int, given: Terms, fiscal_year: int) -> bool:
            limit = liability.exemption_limit(headcount(person, fiscal_year), given)
            return liability.is_personally_exempt(person, overall, fiscal_year) or overall <= limit

        patch(liability, "is_free_of_forest_tax", local)


class LeavesTheForestTaxOutOfTheAnnualAmount(Defect):
    """年税額に森林環境税を含めない。"""

    breaks = "010-4.4.7-07"

    def seed(self, patch: Patch) -> None:
        patch(calculation.Outcome, "annual_levy", property(lambda self: self.income_levy.total + self.capita.total))
