"""Named faults of remitted amounts, sums of levies, electronic notices and what goes through the network."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    calculation,
    changes_api,
    dossiers,
    electronic_changes,
    levy_totals,
    levying,
    matching,
    outside_incomes,
    planning,
    remissions,
    replicas,
)
from kijun.reference.local_tax_common import personal_numbers


class RemitsFirstInstalmentOnly(Defect):
    """対象となる期別のうち、最初の期別だけを減免する。"""

    breaks = "010-4.4.9-01"

    def seed(self, patch: Patch) -> None:
        original = remissions.remitted_lines

        def first_only(lines: Any, requested_on: Any, percent: int) -> Any:
            place = next((n for n, one in enumerate(lines) if remissions.is_remissible(one, requested_on)), len(lines))
            return [*original(lines[: place + 1], requested_on, percent), *lines[place + 1 :]]

        patch(remissions, "remitted_lines", first_only)


class RemitsNothingWithheld(Defect):
    """給与特別徴収の月割額を減免しない。"""

    breaks = "010-4.4.9-02"

    def seed(self, patch: Patch) -> None:
        patch(remissions, "REMISSIBLE", frozenset({"ordinary"}))


class ReturnsWithheldPartByNotice(Defect):
    """減免を取り消した月割額を、普通徴収に戻す。"""

    breaks = "010-4.4.9-02"

    def seed(self, patch: Patch) -> None:
        patch(planning, "to_months", lambda fiscal_year, lines, *_: (list(lines), 0))


def municipal_only(parts: dict[str, int], amount: int) -> dict[str, int]:
    return {**dict.fromkeys(parts, 0), "municipal_income_levy": amount}


class RemitsMunicipalPartOnly(Defect):
    """減免額の全額を、市町村民税の減免とする。"""

    breaks = "010-4.4.9-03"

    def seed(self, patch: Patch) -> None:
        patch(assessment, "apportioned", municipal_only)


class KeepsElectronicNoticesUnread(Defect):
    """電子の異動届を取込とするだけで、徴収を変えない。"""

    breaks = "010-6.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch(electronic_changes, "apply", lambda desk, one: None)


class StopsNamesakes(Defect):
    """生年月日を確かめずに、氏名だけで異動届の本人を決める。"""

    breaks = "010-6.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(electronic_changes, "is_born_so", lambda person, one: True)


class TakesNoticesFromAnyEmployer(Defect):
    """別の事業所の従業員の異動届も取り込む。"""

    breaks = "010-6.2.2-03"

    def seed(self, patch: Patch) -> None:
        def anybody(desk: Any, one: Any) -> Any:
            alike = matching.namesakes(desk, one.addressee_name)
            return (alike[0].taxpayer_id, None) if alike else (None, "nobody_found")

        patch(electronic_changes, "employee", anybody)


class HandsOnToTheAbolished(Defect):
    """廃止した事業所を転勤先とする異動届を取り込む。"""

    breaks = "010-6.2.2-04"

    def seed(self, patch: Patch) -> None:
        patch(electronic_changes, "has_successor", lambda desk, one: True)
        patch(changes_api.employers, "designated", changes_api.employers.employer)


class TakesNoticesByReceptionOnly(Defect):
    """事業所を見ずに、受付番号だけで再受信とする。"""

    breaks = "010-6.2.2-05"

    def seed(self, patch: Patch) -> None:
        def repeated(one: Any, known: Any) -> bool:
            return any(other.change_reception == one.change_reception and other.id < one.id for other in known)

        patch(electronic_changes, "is_repeated", repeated)


class TakesRepeatedNotices(Defect):
    """取り込んだ異動届を、再び届いたときにもう一度取り込む。"""

    breaks = "010-6.2.2-05"

    def seed(self, patch: Patch) -> None:
        patch(electronic_changes, "is_repeated", lambda one, known: False)


class CopiesPeopleWithoutNumber(Defect):
    """個人番号の登録のない者も、副本登録データに含める。"""

    breaks = "010-8.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(replicas, "has_number", lambda desk, taxpayer_id: True)


class CopiesOnlyNewPeople(Defect):
    """差分に、初めて登録する者だけを含め、更正した者を含めない。"""

    breaks = "010-8.2.1-02"

    def seed(self, patch: Patch) -> None:
        def is_first(desk: Any, one: Any, fiscal_year: int) -> bool:
            return desk.session.get(replicas.Replica, (desk.id, one["taxpayer_id"], fiscal_year)) is None

        patch(replicas, "is_new", is_first)


class AnswersZeroForTheUnknown(Defect):
    """未申告の者を、所得0円の非課税として登録する。"""

    breaks = "010-8.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(dossiers, "is_income_known", lambda *_: True)


class AnswersForTheProtected(Defect):
    """支援措置対象者の照会にも、自動で応答する。"""

    breaks = "010-8.2.1-04"

    def seed(self, patch: Patch) -> None:
        patch(replicas, "is_denied", lambda is_protected: False)


class CopiesWhatIsNotDecided(Defect):
    """更正していない資料も含めた計算の結果を、副本とする。"""

    breaks = "010-8.2.1-05"

    def seed(self, patch: Patch) -> None:
        def computed(desk: Any, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
            if not dossiers.is_income_known(desk, taxpayer_id, fiscal_year):
                return dict.fromkeys(replicas.ASKED)
            found = calculation.calculate(desk, taxpayer_id, fiscal_year).as_result()
            return {name: found[name] for name in replicas.ASKED}

        patch(replicas, "decision", computed)


class AsksAboutEverybody(Defect):
    """賦課期日に住所のあった者も、所得照会の対象とする。"""

    breaks = "010-8.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch(outside_incomes.presence, "is_absent", lambda *_: True)


class AsksWithoutNumber(Defect):
    """個人番号の登録のない者も照会する。"""

    breaks = "010-8.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(personal_numbers, "is_held", lambda desk, taxpayer_id: True)


class LeviesOutsideIncomes(Defect):
    """他の団体から取得した所得を、税額の計算に入れる。"""

    breaks = "010-8.2.2-03"

    def seed(self, patch: Patch) -> None:
        original = dossiers.adopted

        def with_outside(desk: Any, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
            figures = original(desk, taxpayer_id, fiscal_year)
            asked = outside_incomes.of_person(desk, taxpayer_id, fiscal_year)
            more = sum(one.outside_income or 0 for one in asked)
            return {**figures, "sundry_profit": figures.get("sundry_profit", 0) + more} if more else figures

        patch(dossiers, "adopted", with_outside)


class TakesUndeclaredForZero(Defect):
    """未申告の回答を、所得0円とする。"""

    breaks = "010-8.2.2-04"

    def seed(self, patch: Patch) -> None:
        patch(outside_incomes, "told", lambda kind, income: income)


class AsksWithoutTrace(Defect):
    """所得照会を、個人番号の利用の記録に残さない。"""

    breaks = "010-8.2.2-05"

    def seed(self, patch: Patch) -> None:
        original = personal_numbers.note_use

        def noted(desk: Any, taxpayer_id: str, kind: str, purpose: str) -> None:
            if kind == "register":
                original(desk, taxpayer_id, kind, purpose)

        patch(personal_numbers, "note_use", noted)


class TotalsForestTaxWithPrefecture(Defect):
    """森林環境税を、道府県民税の均等割に足して集計する。"""

    breaks = "010-8.3.2-01"

    def seed(self, patch: Patch) -> None:
        def merged(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
            forest = parts[-1]["part_total"]
            return [*parts[:3], {**parts[3], "part_total": parts[3]["part_total"] + forest}]

        patch.wrap(levy_totals, "by_part", merged)


class TotalsWithoutMethod(Defect):
    """徴収方法を分けずに、月だけで集計する。"""

    breaks = "010-8.3.2-02"

    def seed(self, patch: Patch) -> None:
        def by_month_only(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
            found: dict[str, int] = {}
            for one in lines:
                found[one["collection_month"]] = found.get(one["collection_month"], 0) + one["collection_share"]
            return [
                {"collection_method": "ordinary", "collection_month": month, "collection_share": amount}
                for month, amount in found.items()
            ]

        patch.wrap(levy_totals, "by_month", by_month_only)


class KeepsThePartsBeforeRevision(Defect):
    """更正しても、税目ごとの額を当初のままとする。"""

    breaks = "010-8.3.2-03"

    def seed(self, patch: Patch) -> None:
        original = levying.assessment.follow

        def follow(desk: Any, former: Any, event: str, lines: Any, **changed: Any) -> Any:
            if event == "revised":
                changed["parts"] = former.parts
            return original(desk, former, event, lines, **changed)

        patch(levying.assessment, "follow", follow)


class TotalsBeforeRemission(Defect):
    """減免した額を、税目ごとの調定額から除かない。"""

    breaks = "010-8.3.2-04"

    def seed(self, patch: Patch) -> None:
        patch(assessment, "parts_to_pay", lambda levy: levy.parts)
