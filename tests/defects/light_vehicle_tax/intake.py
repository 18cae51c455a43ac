"""Named faults of what comes in from outside and of what is handed on."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import (
    declarations,
    inspections,
    intake,
    jnks,
    ledger,
    ledger_api,
    linkage,
    linkage_api,
    rules,
)


def _take_in_all(desk: Any, source: str | None) -> Any:
    waiting = declarations.every(desk, source)
    for one in waiting:
        declarations.settle(desk, one)
    return waiting


def _fill_with_unknown(one: Any) -> bool:
    for item in ("chassis_number", "plate_number", "base_location"):
        setattr(one, item, getattr(one, item) or "不明")
    return False


class SwapsNumbersAtIntake(Defect):
    """申告の車台番号と標識番号を取り違えて登録する。"""

    breaks = "013-1.2.6-01"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.register_vehicle

        def swapped(desk: Any, given: Any) -> Any:
            numbers = {"chassis_number": given.plate_number, "plate_number": given.chassis_number}
            return original(desk, given.model_copy(update=numbers))

        patch(ledger_api, "register_vehicle", swapped)


class CountsHeldAsEntered(Defect):
    """保留した申告を取込件数に数える。"""

    breaks = "013-1.2.6-02"

    def seed(self, patch: Patch) -> None:
        original = intake.tally

        def hopeful(received: Any, waiting: Any = None) -> dict[str, int]:
            counts = original(received, waiting)
            return {**counts, "absorbed_count": counts["absorbed_count"] + counts["held_count"], "held_count": 0}

        patch(intake, "tally", hopeful)


class LosesTheLastDeclaration(Defect):
    """最後の申告を処理せずに終わる。"""

    breaks = "013-1.2.6-02"

    def seed(self, patch: Patch) -> None:
        def lossy(desk: Any, source: Any) -> Any:
            waiting = declarations.every(desk, source, "unprocessed")[:-1]
            for one in waiting:
                declarations.settle(desk, one)
            return waiting

        patch(declarations, "take_in", lossy)


class StaysSilentWithoutReceipts(Defect):
    """一件も届かなくても正常終了と示す。"""

    breaks = "013-1.2.6-03"

    def seed(self, patch: Patch) -> None:
        patch(intake, "is_silent", lambda _counts: False)


class TakesInAgain(Defect):
    """取込のたびに、取り込んだ申告も処理し直す。"""

    breaks = "013-1.2.6-04"

    def seed(self, patch: Patch) -> None:
        patch(declarations, "take_in", _take_in_all)


class TransfersToFormerOwner(Defect):
    """名義変更の申告を、前の所有者のまま記録する。"""

    breaks = "013-1.2.7-01"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.transfer_vehicle

        def unchanged(desk: Any, given: Any) -> Any:
            owner = ledger.latest(desk, given.vehicle_id).taxpayer_id
            return original(desk, given.model_copy(update={"new_taxpayer_id": owner}))

        patch(ledger_api, "transfer_vehicle", unchanged)


class KnowsCopiesByNumberOnly(Defect):
    """経路の異なる同じ申告を重複と判らない。"""

    breaks = "013-1.2.7-02"

    def seed(self, patch: Patch) -> None:
        patch(declarations, "is_same_event", lambda *_: False)


class DiscardsCorrections(Defect):
    """受付番号が同じなら、内容が異なっても捨てる。"""

    breaks = "013-1.2.7-03"

    def seed(self, patch: Patch) -> None:
        patch(declarations, "is_same_content", lambda *_: True)


class IgnoresInspectionMonth(Defect):
    """検査情報の初度検査年月を台帳に写さない。"""

    breaks, incident = "013-1.2.8-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(inspections, "COMPLETED", ("environmental_performance",))


class OverwritesLedger(Defect):
    """職員の確かめた初度検査年月を、検査情報で書き換える。"""

    breaks, incident = "013-1.2.8-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(inspections, "conflicts", lambda *_: [])


class AdoptsAgainstDecision(Defect):
    """台帳の維持と決めても、検査情報を採用する。"""

    breaks = "013-1.2.8-03"

    def seed(self, patch: Patch) -> None:
        original = inspections.decide
        patch(inspections, "decide", lambda desk, number, _adopted: original(desk, number, True))


class OverlooksCargoVehicles(Defect):
    """抽出の対象を乗用車に限り、貨物車の空を見逃す。"""

    breaks, incident = "013-1.2.8-04", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = inspections.is_unratable
        patch(inspections, "is_unratable", lambda event: "cargo" not in event.vehicle_class and original(event))


class AcceptsBlankItems(Defect):
    """欠けた項目を「不明」で埋めて取り込む。"""

    breaks = "013-1.2.9-01"

    def seed(self, patch: Patch) -> None:
        patch(declarations, "is_lacking", _fill_with_unknown)


class MatchesByNameAlone(Defect):
    """氏名だけで突合し、同姓同名の別人に課税する。"""

    breaks = "013-1.2.9-02"

    def seed(self, patch: Patch) -> None:
        patch(intake, "is_same_person", lambda one, name, _address: one.name == name)


class StopsAtFirstObjection(Defect):
    """台帳が一件を受け付けないと、取込の全体が戻される。"""

    breaks = "013-1.2.9-05"

    def seed(self, patch: Patch) -> None:
        def whole(_desk: Any, work: Any) -> None:
            work()

        patch(intake, "attempt", whole)


class ForgetsClerksRepair(Defect):
    """職員の補った宛名番号を使わない。"""

    breaks = "013-1.2.9-03"

    def seed(self, patch: Patch) -> None:
        original = declarations.release
        patch(declarations, "release", lambda desk, number, _repairs: original(desk, number, {}))


class DiscardsWithoutReason(Defect):
    """理由のない破棄を受け付ける。"""

    breaks = "013-1.2.9-04"

    def seed(self, patch: Patch) -> None:
        original = declarations.discard
        patch(declarations, "discard", lambda desk, number, reason: original(desk, number, reason or "-"))


class HandsOverChassisAsPlate(Defect):
    """標識番号の欄に車台番号を入れて引き渡す。"""

    breaks = "013-3.5.5-01"

    def seed(self, patch: Patch) -> None:
        original = linkage_api.assessment_line

        def misplaced(desk: Any, one: Any) -> Any:
            chassis = ledger.latest(desk, one.vehicle_id).chassis_number
            return {**original(desk, one), "plate_number": chassis}

        patch(linkage_api, "assessment_line", misplaced)


class LosesLastAssessment(Defect):
    """引渡しで最後の一件を落とす。"""

    breaks = "013-3.5.5-02"

    def seed(self, patch: Patch) -> None:
        original = linkage.hand_over
        patch(linkage, "hand_over", lambda desk, year: original(desk, year)[:-1])


class HandsOverTwice(Defect):
    """変わらない調定を再び引き渡す。"""

    breaks = "013-3.5.5-03"

    def seed(self, patch: Patch) -> None:
        patch(linkage, "is_changed", lambda *_: True)


class KeepsNilToItself(Defect):
    """零円への更正を引き渡さない。"""

    breaks = "013-3.5.5-03"

    def seed(self, patch: Patch) -> None:
        original = linkage.is_changed
        patch(linkage, "is_changed", lambda desk, one: one.tax_amount > 0 and original(desk, one))


class LeavesOutMotorcycles(Defect):
    """小型二輪を送信の対象から落とす。"""

    breaks = "013-5.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(jnks, "is_inspected", lambda kind: kind.startswith(("three", "four")))


class ForgetsFormerArrears(Defect):
    """過年度の滞納を見ずに、滞納なしと送信する（小樽市の事故と同じ型）。"""

    breaks, incident = "013-5.1.4-02", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(jnks, "is_overdue", lambda desk, year: year == desk.today.year and desk.today > rules.due_date(year))


class TreatsDueDayAsArrears(Defect):
    """納期限の日の未納を滞納と送信する。"""

    breaks = "013-5.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(jnks, "is_overdue", lambda desk, year: desk.today >= rules.due_date(year))


class CountsErrorsAsAccepted(Defect):
    """エラーとなった車両を正常件数に数える。"""

    breaks = "013-5.1.5-01"

    def seed(self, patch: Patch) -> None:
        original = jnks.counts

        def cheerful(notes: Any) -> dict[str, Any]:
            found = original(notes)
            errors = found["transmission_error_count"]
            return {**found, "accepted_count": found["accepted_count"] + errors, "transmission_error_count": 0}

        patch(jnks, "counts", cheerful)


class RepeatsStaleState(Defect):
    """再送の時に、送り損ねた時の滞納の有無をそのまま送る。"""

    breaks = "013-5.1.5-02"

    def seed(self, patch: Patch) -> None:
        original = jnks.note

        def stale(desk: Any, number: str, event: Any) -> Any:
            added = original(desk, number, event)
            before = [one.arrears_state for one in jnks.sent(desk) if one.vehicle_id == event.vehicle_id]
            added.arrears_state = before[-1] if before else added.arrears_state
            return added

        patch(jnks, "note", stale)


class OffersScrappedVehicles(Defect):
    """廃車済みの車両も滞納管理へ渡す。"""

    breaks = "013-6.1.1-01"

    def seed(self, patch: Patch) -> None:
        def everything(desk: Any, person: str) -> Any:
            return [one for one in ledger.all_latest(desk) if one.taxpayer_id == person]

        patch(linkage, "vehicles_of", everything)


class RevealsBaseLocation(Defect):
    """支援措置の対象者の主たる定置場を渡す。"""

    breaks = "013-6.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(linkage, "shown_place", lambda _person, place: place)


class ReflectsOnlyMovesWithin(Defect):
    """転出した者の住所を改めない。"""

    breaks = "013-6.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = linkage.reflect

        def partial(desk: Any, person: Any, one: Any) -> None:
            if one.resident_change_kind == "moved_within":
                original(desk, person, one)
            else:
                intake.entered(one)

        patch(linkage, "reflect", partial)


class MissesTheDead(Defect):
    """死亡の異動を車両と結び付けず、一覧が空になる。"""

    breaks = "013-6.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(linkage, "deceased_vehicles", lambda _desk: [])


class LetsOldMovesWin(Defect):
    """届いた順に住所を書き換え、古い住所に戻す。"""

    breaks = "013-6.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(linkage, "is_superseded", lambda *_: False)


class CountsChangesTwice(Defect):
    """同じ住民異動を二件取り込んだと数える。"""

    breaks = "013-6.1.2-04"

    def seed(self, patch: Patch) -> None:
        patch(linkage, "is_repeated", lambda *_: False)


class NotifiesWithoutScrapDate(Defect):
    """廃車通知書の廃車日に処理した日を書く。"""

    breaks = "013-6.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = linkage_api.register_foreign_scrapping

        def dated_today(desk: Any, given: Any) -> Any:
            return original(desk, given.model_copy(update={"scrapped_on": desk.today}))

        patch(linkage_api, "register_foreign_scrapping", dated_today)


class NotifiesOfOwnVehicles(Defect):
    """自らの車両の廃車を他の市区町村へ通知する。"""

    breaks = "013-6.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(linkage, "check_foreign", lambda *_: None)


class CallsMovedOutDismantled(Defect):
    """転出による廃車を解体と記録する。"""

    breaks = "013-6.2.1-03"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.scrap_vehicle

        def dismantled(desk: Any, given: Any) -> Any:
            return original(desk, given.model_copy(update={"scrap_reason": "dismantled"}))

        patch(ledger_api, "scrap_vehicle", dismantled)


class TaxesTheNeighboursVehicle(Defect):
    """他の市区町村の分である申告を台帳に登録する。"""

    breaks = "013-6.2.2-01"

    def seed(self, patch: Patch) -> None:
        original = declarations.obstacle

        def blind(desk: Any, one: Any) -> Any:
            one.other_municipality = None
            return original(desk, one)

        patch(declarations, "obstacle", blind)


class ForwardsAgainAndAgain(Defect):
    """回送した申告を保留に残し、何度でも回送する。"""

    breaks = "013-6.2.2-02"

    def seed(self, patch: Patch) -> None:
        original = declarations.forward

        def forgetful(desk: Any, number: str, municipality: str) -> Any:
            one = original(desk, number, municipality)
            intake.hold(one, "belongs_elsewhere")
            return one

        patch(declarations, "forward", forgetful)
