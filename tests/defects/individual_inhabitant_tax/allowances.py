"""Named faults in the allowances: of the person, the spouse, the relatives, premiums, medical cost and damage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import allowances, levy
from kijun.reference.individual_inhabitant_tax.money import share
from kijun.reference.individual_inhabitant_tax.people import Person, Relative, age


def _over(patch: Patch, target: Any, name: str, change: Callable[..., Any]) -> None:
    """Replace a function by one that is given the real function first."""
    real = getattr(target, name)
    patch(target, name, lambda *given: change(real, *given))


def _born_a_day_later(one: Relative) -> Relative:
    """Whoever is born on the first of January is younger at the end of the year."""
    return replace(one, birth_date=one.birth_date + timedelta(days=1))


def _late_birthday(patch: Patch, youngest: int, oldest: int) -> None:
    """Relatives of these ages come of age on their birthday, not on the day before."""

    def late(real: Any, one: Relative, year: int) -> Any:
        is_meant = youngest <= age(one.birth_date, year) < oldest
        return real(_born_a_day_later(one) if is_meant else one, year)

    _over(patch, allowances, "for_relative", late)


class GrantsTheFullBasicAllowanceToAll(Defect):
    """2,400万円を超える者の基礎控除も43万円とする。"""

    breaks = "010-4.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "basic", lambda yen: 430_000 if yen else 0)


class GrantsTheBasicAllowanceBeyondTheTop(Defect):
    """2,500万円を超える者にも15万円の基礎控除を適用する。"""

    breaks = "010-4.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "basic", lambda yen: yen or 150_000)


class CapsTheSocialPremium(Defect):
    """社会保険料控除に60万円の上限を設ける。"""

    breaks = "010-4.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            allowances,
            "allowances",
            lambda all_: replace(all_, social_premium_allowance=min(all_.social_premium_allowance, 600_000)),
        )


class CapsTheMutualAidPremium(Defect):
    """小規模企業共済等掛金控除に144,000円の上限を設ける。"""

    breaks = "010-4.2.1-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            allowances,
            "allowances",
            lambda all_: replace(all_, mutual_aid_allowance=min(all_.mutual_aid_allowance, 144_000)),
        )


class TakesTheNewLifeTableOfTheIncomeTax(Defect):
    """新契約の生命保険料に、所得税の段（2万円、4万円、8万円）を用いる。"""

    breaks = "010-4.2.1-05"

    def seed(self, patch: Patch) -> None:
        def national(premium: int) -> int:
            if premium <= 20_000:
                return premium
            return premium // 2 + 10_000 if premium <= 40_000 else min(premium // 4 + 20_000, 40_000)

        patch(allowances, "new_life", national)


class TakesTheNewTableForOldContracts(Defect):
    """旧契約の生命保険料に、新契約の段を用いる。"""

    breaks = "010-4.2.1-06"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "old_life", allowances.new_life)


class CountsCareInsuranceAsAnOldContract(Defect):
    """介護医療保険料に、旧契約の段を用いる。"""

    breaks = "010-4.2.1-07"

    def seed(self, patch: Patch) -> None:
        def mistaken(said: Any) -> int:
            rest: int = real({**said, "care_premium": 0})
            return min(rest + allowances.old_life(said.get("care_premium", 0)), 70_000)

        real = patch(allowances, "life", mistaken)


class AddsTheAnnuityToTheGeneralPremium(Defect):
    """個人年金保険料の新契約と旧契約を、一つの旧契約の段に当てはめる。"""

    breaks = "010-4.2.1-08"

    def seed(self, patch: Patch) -> None:
        def mistaken(said: Any) -> int:
            paid = said.get("new_annuity_premium", 0) + said.get("old_annuity_premium", 0)
            found: int = real({**said, "new_annuity_premium": 0, "old_annuity_premium": paid})
            return found

        real = patch(allowances, "life", mistaken)


class AlwaysAddsOldAndNew(Defect):
    """旧契約だけの方が多くても、合計の28,000円までしか控除しない。"""

    breaks = "010-4.2.1-09"

    def seed(self, patch: Patch) -> None:
        patch(
            allowances,
            "life_kind",
            lambda new, old: min(allowances.new_life(new) + allowances.old_life(old), 28_000 if new else 35_000),
        )


class ForgetsTheTopOfAllLifeInsurance(Defect):
    """三つの区分の生命保険料控除の合計を、70,000円までとしない。"""

    breaks = "010-4.2.1-10"

    def seed(self, patch: Patch) -> None:
        def uncapped(said: Any) -> int:
            kinds = (
                ("new_life_premium", "old_life_premium"),
                ("care_premium", ""),
                ("new_annuity_premium", "old_annuity_premium"),
            )
            return sum(allowances.life_kind(said.get(new, 0), said.get(old, 0)) for new, old in kinds)

        patch(allowances, "life", uncapped)


class DropsTheFractionOfLifeInsurance(Defect):
    """生命保険料控除の端数を切り捨てる。"""

    breaks = "010-4.2.1-11"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "share_up", share)


class DeductsTheWholeQuakePremium(Defect):
    """地震保険料の全額を控除する（所得税の計算）。"""

    breaks = "010-4.2.1-12"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "quake", lambda real, premium, old: real(premium * 2, old))


class TakesTheOldCasualtyTableOfTheIncomeTax(Defect):
    """旧長期損害保険料に、所得税の段（1万円、2万円）を用いる。"""

    breaks = "010-4.2.1-13"

    def seed(self, patch: Patch) -> None:
        def national(real: Any, premium: int, old: int) -> int:
            rest: int = real(premium, 0)
            return min(rest + (old if old <= 10_000 else min(old // 2 + 5_000, 15_000)), 25_000)

        _over(patch, allowances, "quake", national)


class ForgetsTheTopOfQuakeAndCasualty(Defect):
    """地震保険料と旧長期損害保険料の控除額の合計を、25,000円までとしない。"""

    breaks = "010-4.2.1-14"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "quake", lambda real, premium, old: real(premium, 0) + real(0, old))


class IgnoresTheRefundOfMedicalCost(Defect):
    """補填額を差し引かずに医療費控除を求める。"""

    breaks = "010-4.2.1-15"

    def seed(self, patch: Patch) -> None:
        _over(
            patch, allowances, "medical", lambda real, said, aggregate: real({**said, "medical_refund": 0}, aggregate)
        )


class AlwaysTakesAHundredThousandOff(Defect):
    """総所得金額等が少ない者の医療費からも10万円を差し引く。"""

    breaks = "010-4.2.1-16"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "medical", lambda real, said, _aggregate: real(said, 10**9))


class ForgetsTheTopOfMedicalCost(Defect):
    """医療費控除を200万円までとしない。"""

    breaks = "010-4.2.1-17"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "medical",
            lambda real, said, aggregate: (
                real(said, aggregate) if said.get("medical_cost", 0) < 2_000_000 else said["medical_cost"] - 100_000
            ),
        )


class ForgetsTheTopOfTheDrugs(Defect):
    """医療費控除の特例を88,000円までとしない。"""

    breaks = "010-4.2.1-18"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "medical",
            lambda real, said, aggregate: (
                max(said["switch_drug_cost"] - 12_000, 0) if said.get("switch_drug_cost") else real(said, aggregate)
            ),
        )


class GrantsBothMedicalAllowances(Defect):
    """医療費控除と特例の両方を適用する。"""

    breaks = "010-4.2.1-19"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "medical",
            lambda real, said, aggregate: (
                real(said, aggregate)
                + (real({**said, "switch_drug_cost": 0}, aggregate) if said.get("switch_drug_cost") else 0)
            ),
        )


class TakesAFifthPartOfTheIncomeOffTheDamage(Defect):
    """雑損控除で、総所得金額等の一割でなく5％を差し引く。"""

    breaks = "010-4.2.1-20"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "casualty", lambda real, said, aggregate: real(said, aggregate // 2))


class IgnoresTheDisasterCost(Defect):
    """災害関連支出による雑損控除を求めない。"""

    breaks = "010-4.2.1-21"

    def seed(self, patch: Patch) -> None:
        _over(
            patch, allowances, "casualty", lambda real, said, aggregate: real({**said, "disaster_cost": 0}, aggregate)
        )


class AddsBothWaysOfTheCasualtyAllowance(Defect):
    """雑損控除の二つの式の額を合計する。"""

    breaks = "010-4.2.1-22"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "casualty",
            lambda real, said, aggregate: (
                real({**said, "disaster_cost": 0}, aggregate) + real({**said, "casualty_damage": 0}, aggregate)
            ),
        )


class TreatsSevereDisablementAsOrdinary(Defect):
    """特別障害者の障害者控除を26万円とする。"""

    breaks = "010-4.2.1-23"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "for_disablement", lambda yen: min(yen, 260_000))


class ForgetsTheCoresidentDisabled(Defect):
    """同居特別障害者の加算をしない。"""

    breaks = "010-4.2.1-24"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "for_disablement", lambda real, kind, _is_coresident: real(kind, False))


class ForgetsDisabledChildren(Defect):
    """16歳未満の扶養親族の障害者控除を適用しない。"""

    breaks = "010-4.2.1-25"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "dependents",
            lambda real, person, year: [one for one in real(person, year) if age(one.birth_date, year) >= 16],
        )


class GrantsTheDisablementOfEarningRelatives(Defect):
    """所得要件を超える親族にも障害者控除を適用する。"""

    breaks = "010-4.2.1-26"

    def seed(self, patch: Patch) -> None:
        def generous(real: Any, said: Any, person: Person, earned: Any, year: int) -> allowances.Allowances:
            found: allowances.Allowances = real(said, person, earned, year)
            kin = sum(allowances.for_disablement(one.disablement, one.is_coresident) for one in person.relatives)
            return replace(found, disablement_allowance=allowances.for_disablement(person.disablement, False) + kin)

        _over(patch, allowances, "allowances", generous)


class GrantsOneDisablementOnly(Defect):
    """障害者が何人いても、一人分の障害者控除とする。"""

    breaks = "010-4.2.1-27"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            allowances,
            "allowances",
            lambda all_: replace(all_, disablement_allowance=min(all_.disablement_allowance, 530_000)),
        )


class DeniesTheDisabledSpouseOfHighEarners(Defect):
    """合計所得金額が1,000万円を超える者の配偶者の障害者控除を適用しない。"""

    breaks = "010-4.2.1-28"

    def seed(self, patch: Patch) -> None:
        def denied(real: Any, said: Any, person: Person, earned: Any, year: int) -> allowances.Allowances:
            if earned.overall_income <= 10_000_000:
                found: allowances.Allowances = real(said, person, earned, year)
                return found
            kin = [one for one in person.relatives if one.kinship != "spouse"]
            alone: allowances.Allowances = real(said, replace(person, relatives=kin), earned, year)
            return alone

        _over(patch, allowances, "allowances", denied)


class ForgetsTheLimitOfWidows(Defect):
    """合計所得金額が500万円を超える寡婦にも控除を適用する。"""

    breaks = "010-4.2.1-29"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "widow", lambda real, person, _overall: real(person, 0))


class GrantsLoneFathersLess(Defect):
    """ひとり親（父）の控除を、廃止された寡夫控除の26万円とする。"""

    breaks = "010-4.2.1-30"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "lone_parent",
            lambda real, person, overall: (
                min(real(person, overall), 260_000) if person.lone_status == "lone_father" else real(person, overall)
            ),
        )


class TakesTheYoungForStudents(Defect):
    """勤労学生の区分を見ずに、給与のある若い者へ勤労学生控除を適用する。"""

    breaks = "010-4.2.1-31"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "student",
            lambda real, person, *rest: real(replace(person, is_working_student=person.birth_date.year >= 2003), *rest),
        )


class IgnoresWhatAStudentDoesNotEarn(Defect):
    """勤労によらない所得の限度を見ない。"""

    breaks = "010-4.2.1-32"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "unearned_income", lambda _said, _earned: 0)


class ForgetsTheTiersOfTheSpouseAllowance(Defect):
    """本人の合計所得金額が900万円を超えても、一般の配偶者控除を33万円とする。"""

    breaks = "010-4.2.1-33"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "for_spouse", lambda yen: {220_000: 330_000, 110_000: 330_000}.get(yen, yen))


class ForgetsTheElderlySpouse(Defect):
    """70歳以上の配偶者の配偶者控除を、一般の額とする。"""

    breaks = "010-4.2.1-34"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            allowances, "for_spouse", lambda yen: {380_000: 330_000, 260_000: 220_000, 130_000: 110_000}.get(yen, yen)
        )


class TakesTheSpouseBandsOfTheIncomeTax(Defect):
    """配偶者特別控除の初めの段を、所得税の95万円までとする。"""

    breaks = "010-4.2.1-35"

    def seed(self, patch: Patch) -> None:
        patch(
            allowances,
            "_SPECIAL_SPOUSE",
            (
                (950_000, (330_000, 220_000, 110_000)),
                (1_000_000, (310_000, 210_000, 110_000)),
                *allowances._SPECIAL_SPOUSE[1:],
            ),
        )


class DropsTheFractionOfTheSpouseTiers(Defect):
    """配偶者特別控除の三分の二と三分の一の一万円未満を切り捨てる。"""

    breaks = "010-4.2.1-36"

    def seed(self, patch: Patch) -> None:
        patch(
            allowances,
            "_SPECIAL_SPOUSE",
            tuple(
                (most, (full, full * 2 // 3 // 10_000 * 10_000, full // 3 // 10_000 * 10_000))
                for most, (full, _, _) in allowances._SPECIAL_SPOUSE
            ),
        )


class EndsTheSpecialSpouseAllowanceTooEarly(Defect):
    """配偶者特別控除を、配偶者の合計所得金額123万円までとする（改正の前の限度）。"""

    breaks = "010-4.2.1-37"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "_SPECIAL_SPOUSE", allowances._SPECIAL_SPOUSE[:-2])


class AddsToTheSpecialAllowanceOfElderlySpouses(Defect):
    """70歳以上の配偶者の配偶者特別控除に5万円を加える。"""

    breaks = "010-4.2.1-38"

    def seed(self, patch: Patch) -> None:
        def more(real: Any, person: Person, overall: int, year: int) -> int:
            found: int = real(person, overall, year)
            is_elderly = any(age(one.birth_date, year) >= 70 for one in person.relatives)
            return found + 50_000 if found and is_elderly else found

        _over(patch, allowances, "special_spouse", more)


class TakesTheRelativeAllowanceOfTheIncomeTax(Defect):
    """一般の扶養控除を所得税の38万円とする。"""

    breaks = "010-4.2.1-39"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "for_relative", lambda yen: 380_000 if yen == 330_000 else yen)


class ForgetsTheYoungDependents(Defect):
    """特定扶養親族を一般の33万円とする。"""

    breaks = "010-4.2.1-40"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "for_relative",
            lambda real, one, year: (
                min(real(one, year), 330_000) if age(one.birth_date, year) < 23 else real(one, year)
            ),
        )


class ForgetsTheElderlyDependents(Defect):
    """老人扶養親族を一般の33万円とする。"""

    breaks = "010-4.2.1-41"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "for_relative", lambda yen: 330_000 if yen == 380_000 else yen)


class ForgetsTheCoresidentParent(Defect):
    """同居老親等の加算をしない。"""

    breaks = "010-4.2.1-42"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "for_relative",
            lambda real, one, year: real(replace(one, is_coresident_parent=False), year),
        )


class GrantsTheAbolishedAllowanceForChildren(Defect):
    """16歳未満の扶養親族に、廃止された33万円の扶養控除を適用する。"""

    breaks = "010-4.2.1-43"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "for_relative",
            lambda real, one, year: 330_000 if age(one.birth_date, year) < 16 else real(one, year),
        )


class MultipliesOneAmountByTheHeads(Defect):
    """扶養控除を、人数に33万円を掛けて求める。"""

    breaks = "010-4.2.1-44"

    def seed(self, patch: Patch) -> None:
        def multiplied(real: Any, said: Any, person: Person, earned: Any, year: int) -> allowances.Allowances:
            found: allowances.Allowances = real(said, person, earned, year)
            heads = sum(allowances.for_relative(one, year) > 0 for one in person.relatives)
            return replace(found, relative_allowance=330_000 * heads if heads > 1 else found.relative_allowance)

        _over(patch, allowances, "allowances", multiplied)


class TakesTheYoungRelativeBandsOfTheIncomeTax(Defect):
    """特定親族特別控除に所得税の段を用い、85万円を超えると減らす。"""

    breaks = "010-4.2.1-45"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "_YOUNG_RELATIVE", ((850_000, 450_000), (900_000, 430_000), *allowances._YOUNG_RELATIVE[1:]))


class EndsTheYoungRelativeWithTheSpouse(Defect):
    """特定親族特別控除を、配偶者特別控除と同じ133万円まで適用する。"""

    breaks = "010-4.2.1-46"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "_YOUNG_RELATIVE", (*allowances._YOUNG_RELATIVE[:-1], (1_330_000, 30_000)))


class JudgesTheYoungRelativeOnTheBirthday(Defect):
    """特定親族の年齢を、誕生日の当日に年を取るものとして判定する。"""

    breaks = "010-4.2.1-47"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "young_relative", lambda real, one, year: real(_born_a_day_later(one), year))


class GrantsBothForOneRelative(Defect):
    """扶養控除の対象である親族に、特定親族特別控除も適用する。"""

    breaks = "010-4.2.1-48"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "young_relative",
            lambda real, one, year: real(replace(one, earnings=max(one.earnings, 700_000)), year),
        )


class TakesTheSpouseForAYoungRelative(Defect):
    """19歳以上23歳未満の配偶者にも特定親族特別控除を適用する。"""

    breaks = "010-4.2.1-49"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "young_relative", lambda real, one, year: real(replace(one, kinship="relative"), year))


class KeepsTheFractionOfTheTaxBase(Defect):
    """課税総所得金額の千円未満を切り捨てない。"""

    breaks = "010-4.2.1-50"

    def seed(self, patch: Patch) -> None:
        patch(levy, "tax_base", lambda yen: max(yen, 0))


class JudgesSixteenOnTheBirthday(Defect):
    """16歳に達したかどうかを、誕生日の当日に年を取るものとして判定する。"""

    breaks = "010-4.2.2-01"

    def seed(self, patch: Patch) -> None:
        _late_birthday(patch, 16, 17)


class JudgesNineteenOnTheBirthday(Defect):
    """19歳と23歳に達したかどうかを、誕生日の当日に年を取るものとして判定する。"""

    breaks = "010-4.2.2-02"

    def seed(self, patch: Patch) -> None:
        _late_birthday(patch, 19, 24)


class JudgesSeventyOnTheBirthday(Defect):
    """70歳に達したかどうかを、誕生日の当日に年を取るものとして判定する。"""

    breaks = "010-4.2.2-03"

    def seed(self, patch: Patch) -> None:
        _late_birthday(patch, 70, 71)


class JudgesTheSpouseOnTheBirthday(Defect):
    """配偶者が70歳に達したかどうかを、誕生日の当日に年を取るものとして判定する。"""

    breaks = "010-4.2.2-04"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "for_spouse",
            lambda real, person, overall, year: real(
                replace(person, relatives=[_born_a_day_later(one) for one in person.relatives]), overall, year
            ),
        )


class TrustsTheCoresidentParentMark(Defect):
    """70歳に達しない扶養親族にも、同居老親等の指定だけで45万円を控除する。"""

    breaks = "010-4.2.2-05"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "for_relative",
            lambda real, one, year: 450_000 if one.is_coresident_parent else real(one, year),
        )
