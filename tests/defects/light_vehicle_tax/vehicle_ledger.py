"""Named faults of the vehicle ledger: lost items, the wrong person, dates off by one, numbers used twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers
from kijun.reference.light_vehicle_tax import (
    assessment,
    categories,
    consistency,
    event_history,
    event_history_api,
    holders_api,
    ledger,
    ledger_api,
    ownership,
    plate_numbers,
    rules,
)


def _change_without(patch: Patch, kind: str, lost: dict[str, Any], names: tuple[str, ...] = ()) -> None:
    """Events of a kind lose the named changes and gain others."""
    original = ledger.change

    def changed(desk: Any, vehicle_id: str, event_kind: str, day: date, changes: dict[str, Any]) -> Any:
        if event_kind == kind:
            changes = {**{name: value for name, value in changes.items() if name not in names}, **lost}
        return original(desk, vehicle_id, event_kind, day, changes)

    patch(ledger, "change", changed)


def _fill_in(patch: Patch, operation: str, item: str, value: str) -> None:
    """The product puts something in place of an item that nobody stated."""
    from kijun.drivers.reference import ReferenceDriver

    original = ReferenceDriver._on_call

    def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
        if params["operation"] == operation:
            params = {**params, "input": {item: value, **params["input"]}}
        return original(self, params, deadline)

    patch(ReferenceDriver, "_on_call", call)


class LosesTheOutput(Defect):
    """定格出力を登録しても照会に示さない。電動車の種別を確かめられない。"""

    breaks = "013-1.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "rated_output_w": None})


class KeepsTheWrongChassis(Defect):
    """車台番号を修正しても元の誤った番号のままになる。"""

    breaks = "013-1.1.1-04"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "amended", {}, ("chassis_number",))


class RewritesTheFormerChassis(Defect):
    """車台番号の修正が、前の履歴の番号まで書き換える。"""

    breaks = "013-1.1.1-04"

    def seed(self, patch: Patch) -> None:
        original = event_history.numbered

        def rewritten(desk: Any, vehicle_id: str, number: int) -> Any:
            event = original(desk, vehicle_id, number)
            event.chassis_number = ledger.latest(desk, vehicle_id).chassis_number
            return event

        patch(event_history, "numbered", rewritten)


class AmendsIntoAnotherChassis(Defect):
    """他の車両の車台番号への修正を受け付け、同じ車両が二台になる。"""

    breaks = "013-1.1.1-05"

    def seed(self, patch: Patch) -> None:
        original = ledger.check_not_taken

        def plates_only(desk: Any, vehicle_id: str, changes: dict[str, Any]) -> None:
            original(desk, vehicle_id, {name: v for name, v in changes.items() if name != "chassis_number"})

        patch(ledger, "check_not_taken", plates_only)


class RefusesTheOwnChassis(Defect):
    """自らの車台番号を改めて入力しただけの修正を、重複として断る。"""

    breaks = "013-1.1.1-05"

    def seed(self, patch: Patch) -> None:
        original = ledger.check_not_taken
        patch(ledger, "check_not_taken", lambda desk, _own, changes: original(desk, "", changes))


class GivesTheNumberOfAScrappedVehicle(Defect):
    """廃車した車両の軽自管理番号を次の車両に付け、その履歴に続ける。"""

    breaks = "013-1.1.1-06"

    def seed(self, patch: Patch) -> None:
        number, append = ledger.new_number, ledger.append

        def reused(desk: Any) -> str:
            scrapped = [one.vehicle_id for one in ledger.all_latest(desk) if one.vehicle_state == "scrapped"]
            return scrapped[0] if scrapped else number(desk)

        def continued(desk: Any, vehicle_id: str, kind: str, *rest: Any) -> Any:
            known = any(one.vehicle_id == vehicle_id for one in ledger.all_latest(desk))
            return append(desk, vehicle_id, "amended" if known and kind == "registered" else kind, *rest)

        patch(ledger, "new_number", reused)
        patch(ledger, "append", continued)


class DropsTheClassNumber(Defect):
    """標識番号を分けるとき、分類番号を捨てる。"""

    breaks = "013-1.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "plate_class_number": None})


class SwapsKanaAndSerial(Defect):
    """標識番号をつなぐとき、かな文字と一連指定番号の順を取り違える。"""

    breaks = "013-1.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(
            plate_numbers,
            "composed",
            lambda one: "　".join(part for part in (one.text, one.class_number, one.serial, one.kana) if part),
        )


class AcceptsPlateZero(Defect):
    """一連指定番号の零や五桁の番号を受け付ける。"""

    breaks = "013-1.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(plate_numbers, "is_serial", lambda digits: digits.isdigit())


class AcceptsKanjiForKana(Defect):
    """かな文字に漢字を受け付ける。"""

    breaks = "013-1.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(plate_numbers, "is_kana", lambda text: len(text) == 1)


class ChangesIntoAnotherPlate(Defect):
    """他の車両の標識番号への変更を受け付け、同じ番号の標識が二枚になる。"""

    breaks = "013-1.1.2-04"

    def seed(self, patch: Patch) -> None:
        original = ledger.check_not_taken

        def chassis_only(desk: Any, vehicle_id: str, changes: dict[str, Any]) -> None:
            original(desk, vehicle_id, {name: v for name, v in changes.items() if name != "plate_number"})

        patch(ledger, "check_not_taken", chassis_only)


class TellsLeadingZerosApart(Defect):
    """「0012」と「12」を別の標識番号とみなす。"""

    breaks = "013-1.1.2-04"

    def seed(self, patch: Patch) -> None:
        patch(
            plate_numbers,
            "checked",
            lambda text, number, kana, serial: plate_numbers.PlateNumber(text, number, kana, serial),
        )


class TaxesTheRetainingSeller(Defect):
    """所有権留保の売主（販売店）を納税義務者にする。"""

    breaks = "013-1.1.3-03"

    def seed(self, patch: Patch) -> None:
        original = ownership.liable_person

        def seller(kind: str, owner: str, user: str | None) -> str:
            original(kind, owner, user)
            return owner

        patch(ownership, "liable_person", seller)


class TaxesTheUser(Defect):
    """リースの車両で、所有者でなく使用者を納税義務者にする。"""

    breaks = "013-1.1.3-04"

    def seed(self, patch: Patch) -> None:
        original = ownership.liable_person
        patch(
            ownership,
            "liable_person",
            lambda kind, owner, user: user or owner if kind == "leased" else original(kind, owner, user),
        )


class RetainsWithoutABuyer(Defect):
    """買主の空の所有権留保を受け付け、売主に課税する。"""

    breaks = "013-1.1.3-05"

    def seed(self, patch: Patch) -> None:
        original = ownership.liable_person
        patch(ownership, "liable_person", lambda kind, owner, user: original(kind, owner, user) if user else owner)


class ForgetsTheRetainingSeller(Defect):
    """買主が変わると、売主の所有権留保まで消える。"""

    breaks = "013-1.1.3-06"

    def seed(self, patch: Patch) -> None:
        patch(
            ownership,
            "after_transfer",
            lambda _before, new: {
                "taxpayer_id": new,
                "owner_taxpayer_id": new,
                "user_taxpayer_id": None,
                "ownership_kind": "owned",
            },
        )


class KeepsTheFirstBuyer(Defect):
    """所有権留保の車両の買主が変わっても、初めの買主が使用者に残る。"""

    breaks = "013-1.1.3-06"

    def seed(self, patch: Patch) -> None:
        patch(ownership, "after_transfer", lambda _before, new: {"taxpayer_id": new})


class TaxesBeyondTheBorder(Defect):
    """定置場が他の市区町村にある車両を受け付ける。"""

    breaks = "013-1.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(ledger_api, "check_base_area", lambda area: None)


class MovesTheBaseFromTheBeginning(Defect):
    """定置場の変更が、変更前の日の照会にも及ぶ。"""

    breaks = "013-1.1.4-03"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.get_vehicle

        def moved(desk: Any, given: Any) -> Any:
            place = ledger.latest(desk, given.vehicle_id).base_location
            return {**original(desk, given), "base_location": place}

        patch(ledger_api, "get_vehicle", moved)


class MovesTheBaseWithTheAddress(Defect):
    """住所が変わると、定置場も新しい住所に書き換える。"""

    breaks = "013-1.1.4-04"

    def seed(self, patch: Patch) -> None:
        original = ledger.change

        def followed(desk: Any, vehicle_id: str, kind: str, day: date, changes: dict[str, Any]) -> Any:
            owner = taxpayers.taxpayer(desk, ledger.latest(desk, vehicle_id).taxpayer_id)
            moved = {"base_location": owner.address} if kind == "holder_revised" else {}
            return original(desk, vehicle_id, kind, day, {**changes, **moved})

        patch(ledger, "change", followed)


class IgnoresTheCorrectedMonth(Defect):
    """初度検査年月を修正しても、登録のときの年月で税額を計算する。"""

    breaks, incident = "013-1.1.5-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "amended", {}, ("first_inspection_month",))


class CorrectsThePowerRetroactively(Defect):
    """動力の修正が、修正の前の日の照会にも及ぶ。"""

    breaks, incident = "013-1.1.6-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.get_vehicle

        def current(desk: Any, given: Any) -> Any:
            return {**original(desk, given), "power": ledger.latest(desk, given.vehicle_id).power}

        patch(ledger_api, "get_vehicle", current)


class TrustsAnyPerformance(Defect):
    """ガソリン車に電気自動車等の区分を登録しても気付かない。"""

    breaks, incident = "013-1.1.6-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "fits_performance", lambda *_: True)


class DoubtsNaturalGas(Defect):
    """天然ガス車の正しい区分に注意を示す。"""

    breaks, incident = "013-1.1.6-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "_CLEAN_POWERS", frozenset({"electric"}))


class IgnoresThePurpose(Defect):
    """自家用の種別に営業用の登録を受け付ける。"""

    breaks, incident = "013-1.1.7-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "agrees", lambda *_: True)


class ChecksThePurposeOnlyAtRegistration(Defect):
    """修正のときだけ、種別と食い違う営業用を受け付ける。"""

    breaks, incident = "013-1.1.7-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = consistency.check_purpose

        def lenient(facts: Any) -> None:
            if "vehicle_state" not in facts:  # a declaration, not a state of the ledger
                original(facts)

        patch(consistency, "check_purpose", lenient)


class KeepsOnlyTheLastCategory(Defect):
    """課税区分を設定し直すと、前の設定の理由と日付が消える。"""

    breaks = "013-1.1.7-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            event_history_api,
            "get_category_history",
            lambda answer: {"category_history": answer["category_history"][-1:]},
        )


class DatesTheCategoryToday(Defect):
    """課税区分の設定の日を、指定した日でなく処理日にする。"""

    breaks = "013-1.1.7-02"

    def seed(self, patch: Patch) -> None:
        original = categories.stack
        patch(categories, "stack", lambda desk, one, kind, why, _day: original(desk, one, kind, why, desk.today))


class AsksNoReason(Defect):
    """理由のない課税区分の設定を受け付ける。"""

    breaks = "013-1.1.7-03"

    def seed(self, patch: Patch) -> None:
        _fill_in(patch, "set_taxation_category", "category_reason", "なし")


class SetsCategoriesInTheFuture(Defect):
    """未来の日付の課税区分の設定を受け付ける。"""

    breaks, incident = "013-1.1.7-04", "INC-23"

    def seed(self, patch: Patch) -> None:
        original = ledger.check_not_future

        def lenient(desk: Any, day: date, what: str) -> None:
            if day <= desk.today + timedelta(days=1000):
                return
            original(desk, day, what)

        patch(ledger, "check_not_future", lenient)


class SetsNoCategoryToday(Defect):
    """処理日の当日の課税区分の設定を断る。"""

    breaks, incident = "013-1.1.7-04", "INC-23"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.set_taxation_category

        def tomorrow(desk: Any, given: Any) -> Any:
            if given.event_on == desk.today:
                given = given.model_copy(update={"event_on": desk.today + timedelta(days=1)})
            return original(desk, given)

        patch(ledger_api, "set_taxation_category", tomorrow)


class CountsScrappedVehicles(Defect):
    """一括納税対象者の台数に、廃車した車両を数える。"""

    breaks = "013-1.1.8-01"

    def seed(self, patch: Patch) -> None:
        patch(
            holders_api,
            "vehicles_of",
            lambda desk, number: [one for one in ledger.all_latest(desk) if one.taxpayer_id == number],
        )


class BundlesForever(Defect):
    """一括納税を解除しても一覧に残る。"""

    breaks = "013-1.1.8-02"

    def seed(self, patch: Patch) -> None:
        original = holders_api.set_bulk_payer
        patch(
            holders_api,
            "set_bulk_payer",
            lambda desk, given: original(desk, given.model_copy(update={"is_bulk_payer": True})),
        )


class LosesTheApprovalNumber(Defect):
    """型式認定番号を登録しても照会に示さない。"""

    breaks, incident = "013-1.1.9-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_api, "get_vehicle", lambda answer: {**answer, "type_approval_number": None})


class AllowsThirtyFive(Defect):
    """農耕作業用の「35キロメートル未満」を「以下」と読む。"""

    breaks, incident = "013-1.1.9-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "_MOST_KMH", {"small_special_agricultural": 35, "small_special_other": 15})


class TreatsAllAsAgricultural(Defect):
    """その他の小型特殊にも農耕作業用の速度を当てる。"""

    breaks, incident = "013-1.1.9-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "_MOST_KMH", {"small_special_agricultural": 34, "small_special_other": 34})


class KeepsTheWrongClass(Defect):
    """農耕作業用とその他の区分を修正しても、元の種別で課税し続ける（一宮町の事故と同じ型）。"""

    breaks, incident = "013-1.1.9-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "amended", {}, ("vehicle_class",))


class MakesEveryTrailerACargoCar(Defect):
    """被けん引車を、車輪数にかかわらず四輪貨物にする（三条市の事故と同じ型）。"""

    breaks, incident = "013-1.1.10-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = consistency.class_by_wheels

        def heavy(wheels: int, is_trailer: bool, purpose: str | None, business: str | None) -> str:
            return original(4 if is_trailer else wheels, is_trailer, purpose, business)

        patch(consistency, "class_by_wheels", heavy)


class ForgetsTheThreeWheeledTaxi(Defect):
    """営業用の乗用の三輪を、ほかの三輪と区別しない。"""

    breaks, incident = "013-1.1.10-01", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            consistency,
            "class_by_wheels",
            lambda kind: kind.replace("_passenger_business", "") if kind.startswith("three") else kind,
        )


class IgnoresTheWheels(Defect):
    """種別と車輪数の食い違いに気付かない。"""

    breaks, incident = "013-1.1.10-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "fits_wheels", lambda *_: True)


class DoubtsTheSideCar(Defect):
    """側車付きの軽二輪に注意を示す。"""

    breaks, incident = "013-1.1.10-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "_MOST_WHEELS", {**consistency._MOST_WHEELS, "light_two_wheeler": 2})


class RecordsEverythingAsDeclared(Defect):
    """職権による修正を、申告によるものとして残す。"""

    breaks = "013-1.2.1-03"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "amended", {"declaration_kind": "declared"})


class CarriesTheOfficeMarkOn(Defect):
    """一度職権で処理すると、その後の申告まで職権と残る。"""

    breaks = "013-1.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "OF_THE_EVENT", {})


class FillsMissingDates(Defect):
    """取得日のない登録に、処理日を補って受け付ける。"""

    breaks = "013-1.2.1-04"

    def seed(self, patch: Patch) -> None:
        _fill_in(patch, "register_vehicle", "acquired_on", "2026-04-01")


class IgnoresEarlyDeclarations(Defect):
    """取得日より前の申告日に気付かない。"""

    breaks = "013-1.2.1-05"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "is_early_declaration", lambda *_: False)


class DoubtsTheSameDay(Defect):
    """取得の当日の申告に注意を示す。"""

    breaks = "013-1.2.1-05"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "is_early_declaration", lambda acquired, declared: declared <= acquired)


class ScrapsBeforeTheAcquisition(Defect):
    """取得の前日の廃車を受け付け、課税すべき年度の課税を消す。"""

    breaks, incident = "013-1.2.2-03", "INC-23"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_order", lambda *_: None)


class ScrapsTomorrow(Defect):
    """処理日の翌日の廃車を受け付ける。"""

    breaks, incident = "013-1.2.2-03", "INC-23"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_not_future", lambda *_: None)


class DatesTheScrappingByItsDeclaration(Defect):
    """廃車の申告日に廃車日を入れ、区別しない。"""

    breaks = "013-1.2.2-04"

    def seed(self, patch: Patch) -> None:
        original = ledger.change

        def same(desk: Any, vehicle_id: str, kind: str, day: date, changes: dict[str, Any]) -> Any:
            lost = {"scrap_declared_on": day} if kind == "scrapped" else {}
            return original(desk, vehicle_id, kind, day, {**changes, **lost})

        patch(ledger, "change", same)


class TransfersToTheSamePerson(Defect):
    """今の納税義務者への名義変更を受け付ける。"""

    breaks = "013-1.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(ownership, "check_new_owner", lambda *_: None)


class TransfersToNobody(Defect):
    """宛名にない者への名義変更を受け付ける。"""

    breaks = "013-1.2.3-04"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.transfer_vehicle

        def anybody(desk: Any, given: Any) -> Any:
            if desk.session.get(taxpayers.Taxpayer, (desk.id, given.new_taxpayer_id)) is None:
                nobody = taxpayers.register_taxpayer(desk, taxpayers.NewTaxpayer(name="不明", address="不明"))
                given = given.model_copy(update={"new_taxpayer_id": nobody["taxpayer_id"]})
            return original(desk, given)

        patch(ledger_api, "transfer_vehicle", anybody)


class KeepsTheOldAcquisition(Defect):
    """名義変更をしても、旧所有者の取得日のままになる。"""

    breaks = "013-1.2.3-05"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "transferred", {}, ("acquired_on",))


class ListsCollectedPlatesToo(Defect):
    """回収していない標識の一覧に、回収した標識も示す。"""

    breaks = "013-1.2.4-01"

    def seed(self, patch: Patch) -> None:
        original = holders_api.list_foreign_plates
        patch(
            holders_api,
            "list_foreign_plates",
            lambda desk, given: original(desk, given.model_copy(update={"former_plate_collected": None})),
        )


class PrintsTheNewPlateOnTheSlip(Defect):
    """標識回収連絡票に、旧標識番号でなくこちらの標識番号を印字する。"""

    breaks = "013-1.2.4-02"

    def seed(self, patch: Patch) -> None:
        original = holders_api.collected_plate_slip
        patch(
            holders_api,
            "collected_plate_slip",
            lambda event, note, owner: {**original(event, note, owner), "former_plate_number": event.plate_number},
        )


class PrintsTheProtectedAddressOnTheSlip(Defect):
    """支援措置の対象者の住所を、他の市区町村へ送る連絡票に印字する。"""

    breaks, incident = "013-1.2.4-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        original = holders_api.collected_plate_slip
        patch(
            holders_api,
            "collected_plate_slip",
            lambda event, note, owner: {**original(event, note, owner), "address": owner.address},
        )


class ReportsUncollectedPlates(Defect):
    """回収していない標識の連絡票を出す。"""

    breaks = "013-1.2.4-03"

    def seed(self, patch: Patch) -> None:
        original = holders_api.record_foreign_plate

        def always(desk: Any, given: Any) -> Any:
            return original(desk, given.model_copy(update={"former_plate_collected": True}))

        patch(holders_api, "record_foreign_plate", always)


class RecordsAnotherReason(Defect):
    """他の市区町村からの廃車連絡を、転出でなく解体として残す。"""

    breaks = "013-1.2.4-04"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "scrapped", {"scrap_reason": "dismantled"})


class ScrapsTheNewestVehicle(Defect):
    """廃車連絡の標識番号を照合せず、最後に登録した車両を廃車にする。"""

    breaks = "013-1.2.4-04"

    def seed(self, patch: Patch) -> None:
        patch(holders_api, "wearing", lambda desk, _plate: ledger.all_latest(desk)[-1])


class ScrapsTheNearestPlate(Defect):
    """台帳にない標識番号の廃車連絡で、ほかの車両を廃車にする。"""

    breaks = "013-1.2.4-05"

    def seed(self, patch: Patch) -> None:
        original = holders_api.wearing

        def nearest(desk: Any, plate: str) -> Any:
            try:
                return original(desk, plate)
            except holders_api.Refusal:
                return ledger.all_latest(desk)[0]

        patch(holders_api, "wearing", nearest)


class RenamesOneVehicle(Defect):
    """氏名の変更を、一台の車両にしか反映しない。"""

    breaks = "013-1.2.5-01"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.search_vehicles
        patch(
            ledger_api,
            "search_vehicles",
            lambda desk, given: {"vehicles": original(desk, given)["vehicles"][:1]},
        )


class LeavesNoTraceOfTheMove(Defect):
    """住所の変更を車両の異動履歴に残さない。"""

    breaks = "013-1.2.5-02"

    def seed(self, patch: Patch) -> None:
        patch(holders_api, "vehicles_of", lambda *_: [])


class TouchesScrappedVehicles(Defect):
    """廃車済みの車両にも、住所の変更の異動を積む。"""

    breaks = "013-1.2.5-02"

    def seed(self, patch: Patch) -> None:
        patch(
            holders_api,
            "vehicles_of",
            lambda desk, number: [one for one in ledger.all_latest(desk) if one.taxpayer_id == number],
        )
        patch(ledger, "check_changeable", lambda now: None)


class ReprintsTheOldAddress(Defect):
    """再発行した証明書に、変更前の住所が印字される。"""

    breaks = "013-1.2.5-03"

    def seed(self, patch: Patch) -> None:
        original = holders_api.record_holder_revision

        def name_only(desk: Any, given: Any) -> Any:
            return original(desk, given.model_copy(update={"address": None}))

        patch(holders_api, "record_holder_revision", name_only)


class KeepsNoFormerAddress(Defect):
    """住所や氏名を書き換えるだけで、前の住所と氏名が宛名の履歴に残らない。"""

    breaks = "013-1.2.5-04"

    def seed(self, patch: Patch) -> None:
        original = taxpayers.add_version

        def first_only(desk: Any, person: Any, change_kind: str, day: date) -> None:
            if change_kind == "registered":
                original(desk, person, change_kind, day)

        patch(taxpayers, "add_version", first_only)


class IgnoresTheOutput(Defect):
    """種別と定格出力の食い違いに気付かない。"""

    breaks, incident = "013-1.2.10-04", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(consistency, "fits_output", lambda *_: True)


class ExcludesTheUpperOutput(Defect):
    """定格出力の「以下」を「未満」と読み、上限ちょうどに注意を示す。"""

    breaks, incident = "013-1.2.10-04", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = consistency.fits_output
        patch(consistency, "fits_output", lambda kind, watts: original(kind, watts + 1 if watts is not None else None))


class ChecksScrappedVehicles(Defect):
    """点検結果に廃車済みの車両を示し、正すべき車両が埋もれる。"""

    breaks, incident = "013-1.2.10-05", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(
            event_history,
            "contradictions",
            lambda desk: [
                (one.vehicle_id, kind) for one in ledger.all_latest(desk) for kind in event_history.faults_of(one)
            ],
        )


class OverlooksBlankMonths(Defect):
    """点検で初度検査年月の空を見落とす（豊岡市の事故と同じ型）。"""

    breaks, incident = "013-1.2.10-05", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(event_history, "faults_of", lambda event: consistency.faults(ledger.state_of(event)))


class OverwritesTheFormerPlate(Defect):
    """標識番号を変更すると、前の番号の履歴も新しい番号になる。"""

    breaks = "013-1.3.1-05"

    def seed(self, patch: Patch) -> None:
        original = event_history_api.get_history_detail

        def latest_plate(desk: Any, given: Any) -> Any:
            plate = ledger.latest(desk, given.vehicle_id).plate_number
            return {**original(desk, given), "plate_number": plate}

        patch(event_history_api, "get_history_detail", latest_plate)


class LosesTheReasonOfTheChange(Defect):
    """標識変更の理由を残さない。"""

    breaks = "013-1.3.1-05"

    def seed(self, patch: Patch) -> None:
        _change_without(patch, "plate_renumbered", {}, ("plate_change_reason",))


class KeepsOnlyWhatChanged(Defect):
    """履歴に、異動で変わった事項しか残さない。"""

    breaks = "013-1.3.1-06"

    def seed(self, patch: Patch) -> None:
        patch.wrap(event_history_api, "get_history_detail", lambda answer: {**answer, "manufacturer": None})


class ShowsTheLatestAlways(Defect):
    """どの履歴番号を指定しても、最新の事項を示す。"""

    breaks = "013-1.3.1-06"

    def seed(self, patch: Patch) -> None:
        patch(event_history, "numbered", lambda desk, vehicle_id, _number: ledger.latest(desk, vehicle_id))


class OffersRewriting(Defect):
    """異動履歴を書き換える機能を提供する。"""

    breaks = "013-1.3.1-07"

    def seed(self, patch: Patch) -> None:
        from kijun.drivers.reference import ReferenceDriver

        original = ReferenceDriver._on_call

        def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
            wanted = params["operation"] == "rewrite_vehicle_history"
            return {"result": {}} if wanted else original(self, params, deadline)

        patch(ReferenceDriver, "_on_call", call)


class UndoesOnlyOnce(Defect):
    """二度目の取消しが、一度目の取消しを取り消してしまう。"""

    breaks = "013-1.3.2-03"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "state_before_last", lambda past: past[-2] if len(past) > 1 else None)


class RevivesATakenPlate(Defect):
    """廃車の取消しで、既に他の車両に付いた標識番号を戻す。"""

    breaks = "013-1.3.2-04"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_not_taken", lambda *_: None)


class OrdersByTheCancelledEvent(Defect):
    """取り消した異動の日を、まだ異動の順の基準にする。"""

    breaks = "013-1.3.2-05"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "last_effective", lambda past: past[-1])


class TaxesByTheCancelledScrapping(Defect):
    """入れ直した廃車の日でなく、取り消した廃車の日で賦課する。"""

    breaks = "013-1.3.2-05"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def by_first_scrapping(past: Any, year: int) -> Any:
            scrapped = [event for event in past if event.vehicle_state == "scrapped"]
            if scrapped and scrapped[0].event_on > rules.assessment_date(year):
                return past[0]
            return original(past, year)

        patch(assessment, "liable_state", by_first_scrapping)


class ExcludesTheLastDay(Defect):
    """期間の末日の異動が一覧から漏れる。"""

    breaks = "013-1.3.3-01"

    def seed(self, patch: Patch) -> None:
        original = event_history.is_listed
        patch(
            event_history,
            "is_listed",
            lambda event, first, last, kind: original(event, first, last - timedelta(days=1), kind),
        )


class ExcludesTheFirstDay(Defect):
    """期間の初日の異動が一覧から漏れる。"""

    breaks = "013-1.3.3-01"

    def seed(self, patch: Patch) -> None:
        original = event_history.is_listed
        patch(
            event_history,
            "is_listed",
            lambda event, first, last, kind: original(event, first + timedelta(days=1), last, kind),
        )


class IgnoresTheKind(Defect):
    """異動事由を指定しても全ての異動を示す。"""

    breaks = "013-1.3.3-02"

    def seed(self, patch: Patch) -> None:
        original = event_history.is_listed
        patch(event_history, "is_listed", lambda event, first, last, _kind: original(event, first, last, None))


class AcceptsReversedPeriods(Defect):
    """逆の期間を受け付け、零件の一覧を示す。"""

    breaks, incident = "013-1.3.3-03", "INC-23"

    def seed(self, patch: Patch) -> None:
        original = event_history.in_period
        patch(
            event_history,
            "in_period",
            lambda desk, first, last, kind: original(desk, first, last, kind) if first <= last else [],
        )


class CountsUndoneEvents(Defect):
    """取り消された廃車を、有効な異動として示す。"""

    breaks = "013-1.3.3-04"

    def seed(self, patch: Patch) -> None:
        patch(event_history, "is_undone", lambda *_: False)


class MarksEverythingUndone(Defect):
    """一つの異動の取消しで、登録まで取消済みと示す。"""

    breaks = "013-1.3.3-04"

    def seed(self, patch: Patch) -> None:
        original = event_history.is_undone

        def all_before(desk: Any, event: Any) -> bool:
            past = ledger.events(desk, event.vehicle_id)
            return original(desk, event) or (event.restores is None and past[-1].restores is not None)

        patch(event_history, "is_undone", all_before)
