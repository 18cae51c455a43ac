"""Named faults of the optional exchanges: 環境性能割, handbooks, batches of vehicles, vehicles to look at again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import (
    consignments,
    doubtful,
    environmental,
    environmental_api,
    handbooks_api,
    intake,
    ledger,
    payments,
)
from kijun.reference.light_vehicle_tax.option_records import Consignment, InspectionTerm, Whereabouts


class LinksToFirstVehicle(Defect):
    """申告情報を、番号を確かめずに台帳の先頭の車両と結び付ける。"""

    breaks = "013-4.1.1-01"

    def seed(self, patch: Patch) -> None:
        def first(desk: Any, _one: Any) -> Any:
            known = ledger.all_latest(desk)
            return known[0].vehicle_id if known else None

        patch(environmental, "vehicle_of", first)


class TaxesOneDayTooLong(Defect):
    """廃止の日の取得に係る環境性能割を受け付ける。"""

    breaks = "013-4.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(environmental, "is_abolished", lambda day: day > environmental.ABOLISHED_ON)


class RefusesTheLastDay(Defect):
    """廃止の前日の取得に係る環境性能割を拒む。"""

    breaks = "013-4.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(environmental, "is_abolished", lambda day: day >= environmental.ABOLISHED_ON - timedelta(days=1))


class KeepsCopies(Defect):
    """同じ申告情報を二度取り込む。"""

    breaks = "013-4.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(environmental, "is_known", lambda *_: False)


class TakesCorrectionsForCopies(Defect):
    """車台番号と取得日が同じなら、税額の異なる申告情報も重複とする。"""

    breaks = "013-4.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(environmental, "_CONTENT", ("chassis_number", "acquired_on"))


class NetsTheCharge(Defect):
    """払込額から徴収取扱費を二度引く。"""

    breaks = "013-4.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = environmental_api.get_remittance_totals

        def net(desk: Any, given: Any) -> Any:
            found = original(desk, given)
            return {**found, "remitted_total": found["remitted_total"] - found["handling_charge_total"]}

        patch(environmental_api, "get_remittance_totals", net)


class AddsUpAllYears(Defect):
    """年度の計に他の年度の払込額を含める。"""

    breaks = "013-4.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = environmental.remittances
        years = (2024, 2025, 2026)
        patch(environmental, "remittances", lambda desk, _year: [one for y in years for one in original(desk, y)])


class ExportsAgain(Defect):
    """出力した減免の決定を、出力のたびに繰り返す。"""

    breaks = "013-4.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(environmental, "is_untold", lambda one: one.decision is not None)


class CallsEveryDecisionApproved(Defect):
    """却下の決定を承認として都道府県へ渡す。"""

    breaks = "013-4.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = environmental_api.reduction_line
        patch(environmental_api, "reduction_line", lambda one: {**original(one), "decision": "approved"})


class TrustsReturnedHandbooks(Defect):
    """返還された手帳を有効と示す。"""

    breaks = "013-6.1.3-01"

    def seed(self, patch: Patch) -> None:
        def is_valid(one: Any, day: Any) -> bool:
            return one.handbook_issued_on <= day and (one.handbook_through is None or day <= one.handbook_through)

        patch(handbooks_api, "is_valid", is_valid)


class EndsHandbookOneDayEarly(Defect):
    """有効期限の日の手帳を無効とする。"""

    breaks = "013-6.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = handbooks_api.is_valid
        patch(handbooks_api, "is_valid", lambda one, day: original(one, day) and one.handbook_through != day)


class ShowsEverybodysHandbooks(Defect):
    """対象者を問わず、登録された手帳の全てを示す。"""

    breaks = "013-6.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = handbooks_api.list_effective_handbooks

        def everybody(desk: Any, given: Any) -> Any:
            return {
                **original(desk, given),
                "effective_handbooks": [handbooks_api.line(one) for one in handbooks_api.handbooks(desk)],
            }

        patch(handbooks_api, "list_effective_handbooks", everybody)


class ScrapsAnybodysVehicle(Defect):
    """宛名番号を確かめずに、他の者の車両を一括で廃車にする。"""

    breaks = "013-6.3.1-01"

    def seed(self, patch: Patch) -> None:
        original = consignments.scrap

        def careless(desk: Any, row: Any) -> str:
            found = intake.matching_vehicle(desk, row.chassis_number, row.plate_number)
            row.taxpayer_id = found.taxpayer_id if found else row.taxpayer_id
            return original(desk, row)

        patch(consignments, "scrap", careless)


class StopsBatchAtFaultyRow(Defect):
    """一行が成立しないと、その後の行を黙って飛ばす。"""

    breaks = "013-6.3.1-02"

    def seed(self, patch: Patch) -> None:
        def until_first_fault(desk: Any) -> Any:
            done = []
            for row in consignments.waiting(desk):
                fault = intake.attempt(desk, lambda row=row: consignments.perform(desk, row))
                consignments.settle(row, fault)
                done.append(row)
                if fault:
                    break
            return done

        patch(consignments, "run", until_first_fault)


class RunsBatchAgain(Defect):
    """実行のたびに、済んだ行も実行し直す。"""

    breaks = "013-6.3.1-03"

    def seed(self, patch: Patch) -> None:
        def everything(desk: Any) -> Any:
            question = select(Consignment).where(Consignment.tenant == desk.id)
            return list(desk.session.scalars(question.order_by(Consignment.consignment_id)))

        patch(consignments, "waiting", everything)


class AsksForOneYearMore(Defect):
    """指定した年度数を超える車両に限り、ちょうどその年度数の車両を落とす。"""

    breaks = "013-6.3.2-01"

    def seed(self, patch: Patch) -> None:
        original = doubtful.long_unpaid
        patch(doubtful, "long_unpaid", lambda desk, least: original(desk, least + 1))


class ChasesScrappedVehicles(Defect):
    """廃車した車両も抽出する。"""

    breaks = "013-6.3.2-01"

    def seed(self, patch: Patch) -> None:
        patch(doubtful, "registered", ledger.all_latest)


class CountsYearsNotDue(Defect):
    """納期限の前の年度も未納に数える。"""

    breaks = "013-6.3.2-02"

    def seed(self, patch: Patch) -> None:
        patch(doubtful, "unpaid_year_count", lambda desk, vehicle: len(payments.unpaid_years(desk, vehicle)))


class BelievesFirstInquiry(Defect):
    """所在を確認した後も、先の調査の「所在不明」のまま抽出する。"""

    breaks = "013-6.3.2-03"

    def seed(self, patch: Patch) -> None:
        def first(desk: Any) -> Any:
            question = select(Whereabouts).where(Whereabouts.tenant == desk.id)
            known = list(desk.session.scalars(question.order_by(Whereabouts.whereabouts_inquired_on)))
            return {one.vehicle_id: one for one in reversed(known)}

        patch(doubtful, "last_whereabouts", first)


class LapsesOnTheLastDay(Defect):
    """満了日の当日の車両を検査切れとする。"""

    breaks = "013-6.3.3-01"

    def seed(self, patch: Patch) -> None:
        def is_lapsed(desk: Any, one: Any) -> bool:
            return one.inspection_through is not None and one.inspection_through <= desk.today

        patch(doubtful, "is_lapsed", is_lapsed)


class OverlooksStruckOff(Defect):
    """検査の有効期間が残る車両の登録の抹消を見落とす。"""

    breaks = "013-6.3.3-01"

    def seed(self, patch: Patch) -> None:
        patch(
            doubtful,
            "lapse_of",
            lambda desk, one: "inspection_lapsed" if doubtful.is_lapsed(desk, one) else None,
        )


class BelievesLastArrival(Defect):
    """最後に届いた古い検査情報で判断する。"""

    breaks = "013-6.3.3-02"

    def seed(self, patch: Patch) -> None:
        def by_arrival(desk: Any) -> Any:
            question = select(InspectionTerm).where(InspectionTerm.tenant == desk.id)
            terms = desk.session.scalars(question.order_by(InspectionTerm.number))
            return {one.chassis_number: one for one in terms}

        patch(doubtful, "last_terms", by_arrival)
