"""Named faults about plates, certificates and searches: each breaks one requirement of the counter's daily work."""

from __future__ import annotations

from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers
from kijun.reference.light_vehicle_tax import (
    assessment,
    certificates,
    certificates_api,
    documents,
    ledger,
    ledger_api,
    lookup,
    payments,
    plate_settlement,
    plate_stock,
    plates_api,
    proofs_api,
    rules,
    thefts,
)


class CountsVoidPlatesAsStock(Defect):
    """欠番にした標識を在庫枚数に数え、棚卸しの枚数が合わない。"""

    breaks = "013-2.1.1-01"

    def seed(self, patch: Patch) -> None:
        def line(answer: dict[str, Any]) -> dict[str, Any]:
            return {**answer, "stock_count": answer["stock_count"] + answer["void_plate_count"]}

        patch.wrap(plate_stock, "stock_line", line)


class MixesClassesInStock(Defect):
    """種別を分けずに在庫を数え、どの色の標識が残っているか分からない。"""

    breaks = "013-2.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(plate_stock, "stock", lambda found: [plate_stock.stock_line("moped_50cc", list(found))])


class StocksUpToTheOverlap(Defect):
    """重なる番号帯を拒否せず、重なる手前まで黙って受け入れる。"""

    breaks = "013-2.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.receive

        def shortened(desk: Any, given: Any) -> int:
            known = [one.stock_number for one in plate_stock.plates(desk, given.vehicle_class)]
            overlap = [one for one in known if given.stock_number_from < one <= given.stock_number_to]
            end = min(overlap) - 1 if overlap else given.stock_number_to
            return original(desk, given.model_copy(update={"stock_number_to": end}))

        patch(plate_stock, "receive", shortened)


class RefusesTheSameNumberOfAnotherClass(Defect):
    """別の種別の同じ番号まで重複とみなし、受け入れられない。"""

    breaks = "013-2.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.check_new_range
        patch(plate_stock, "check_new_range", lambda desk, _kind, numbers: original(desk, "", numbers))


class ContinuesAfterTheLargestNumber(Defect):
    """次の番号を最も新しい番号帯から取り、古い番号帯が残り続ける。"""

    breaks = "013-2.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.stock_line

        def line(kind: str, own: list[Any]) -> dict[str, Any]:
            free = [one.stock_number for one in own if plate_stock.is_free(one)]
            return {**original(kind, own), "next_stock_number": max(free, default=None)}

        patch(plate_stock, "stock_line", line)


class ForgetsVoidsInTheRegister(Defect):
    """欠番を受払に残さず、在庫が減った理由が分からない。"""

    breaks = "013-2.1.1-04"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.movements

        def without(desk: Any, kind: str | None) -> list[Any]:
            return [one for one in original(desk, kind) if one.stock_movement_kind != "voided"]

        patch(plate_stock, "movements", without)


class IgnoresTheWish(Defect):
    """希望された番号を無視し、次の番号を渡す。"""

    breaks = "013-2.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.chosen
        patch(plate_stock, "chosen", lambda desk, kind, _number, design: original(desk, kind, None, design))


class MixesDesigns(Defect):
    """図柄を問わず在庫から渡し、通常の標識を求めた人にご当地標識を渡す。"""

    breaks = "013-2.1.2-02"

    def seed(self, patch: Patch) -> None:
        def first(desk: Any, kind: str, _design: str) -> Any:
            return next(one for one in plate_stock.plates(desk, kind) if plate_stock.is_free(one))

        patch(plate_stock, "next_free", first)


class DatesVoidsToday(Defect):
    """欠番の日として、破損した日でなく入力した日を残す。"""

    breaks = "013-2.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.void

        def today(desk: Any, given: Any) -> Any:
            return original(desk, given.model_copy(update={"voided_on": desk.today}))

        patch(plate_stock, "void", today)


class IssuesVoidNumbers(Defect):
    """欠番の番号を次の番号として渡す。"""

    breaks = "013-2.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(plate_stock, "is_free", lambda plate: plate.plate_state in ("in_stock", "voided"))


class ReusesMissingPlates(Defect):
    """紛失による欠番だけを交付できるとみなす。"""

    breaks = "013-2.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.is_free
        patch(plate_stock, "is_free", lambda plate: original(plate) or plate.void_reason == "missing")


class VoidsPlatesInUse(Defect):
    """車両に付いている標識を在庫の欠番にしてしまう。"""

    breaks = "013-2.1.3-03"

    def seed(self, patch: Patch) -> None:
        def anyhow(desk: Any, given: Any) -> Any:
            plate = plate_stock.plate_at(desk, given.vehicle_class, given.stock_number)
            plate.void_reason, plate.voided_on = given.void_reason, given.voided_on
            plate_stock.take(desk, plate, "voided", given.voided_on)
            return plate

        patch(plate_stock, "void", anyhow)


class RestocksReturnedPlates(Defect):
    """返納された標識を在庫に戻し、同じ番号を次の人に渡す。"""

    breaks = "013-2.1.3-04"

    def seed(self, patch: Patch) -> None:
        original = plate_settlement.settle

        def restock(desk: Any, vehicle_id: str, outcome: str, day: date) -> Any:
            plate = original(desk, vehicle_id, outcome, day)
            for one in plate_stock.plates(desk):
                if plate_stock.notation(one) == plate.plate_number and outcome == "given_back":
                    one.plate_state = "in_stock"
            return plate

        patch(plate_settlement, "settle", restock)


class OffersReuse(Defect):
    """欠番の標識を再び使う機能を提供する。"""

    breaks = "013-2.1.3-05"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "reuse_void_plate", {"issued_plate": "見本市　さ　1"})


class LeavesTheLedgerPlate(Defect):
    """標識を渡しても台帳の標識番号を変えない。"""

    breaks = "013-2.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.change

        def without(desk: Any, vehicle_id: str, kind: str, day: date, changes: Any) -> Any:
            kept = {name: value for name, value in changes.items() if name != "plate_number"}
            return original(desk, vehicle_id, kind, day, kept)

        patch(ledger, "change", without)


class IssuesTwice(Defect):
    """交付済みの番号を、指定されれば別の車両にも渡す。"""

    breaks = "013-2.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.chosen

        def anyhow(desk: Any, kind: str, number: int | None, design: str) -> Any:
            return original(desk, kind, None, design) if number is None else plate_stock.plate_at(desk, kind, number)

        patch(plate_stock, "chosen", anyhow)
        patch(ledger, "is_same_number", lambda *_: False)


class ForgetsWhatIsHandedOut(Defect):
    """交付した標識を在庫から外さず、続けて同じ番号を渡す。"""

    breaks = "013-2.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(plate_stock, "take", lambda *_: None)
        patch(ledger, "is_same_number", lambda *_: False)


class TakesAnyNumber(Defect):
    """番号帯にない番号でも、新しい標識として渡したことにする。"""

    breaks = "013-2.2.1-03"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.chosen

        def anyhow(desk: Any, kind: str, number: int | None, design: str) -> Any:
            known = {one.stock_number for one in plate_stock.plates(desk, kind)}
            return original(desk, kind, number if number in known else None, design)

        patch(plate_stock, "chosen", anyhow)


class LooksInEveryClass(Defect):
    """別の種別の番号帯の番号を渡し、色の違う標識になる。"""

    breaks = "013-2.2.1-03"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.plate_at

        def elsewhere(desk: Any, kind: str, number: int) -> Any:
            found = [one for one in plate_stock.plates(desk) if one.stock_number == number]
            return found[0] if found else original(desk, kind, number)

        patch(plate_stock, "plate_at", elsewhere)


class BorrowsFromAnotherClass(Defect):
    """在庫がないと、黙って別の種別の標識を渡す。"""

    breaks = "013-2.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.next_free

        def borrowed(desk: Any, kind: str, design: str) -> Any:
            free = [one for one in plate_stock.plates(desk) if plate_stock.is_free(one)]
            own = [one for one in free if one.vehicle_class == kind]
            return original(desk, kind, design) if own or not free else free[0]

        patch(plate_stock, "next_free", borrowed)


class HandsOutASecondPlate(Defect):
    """標識の付いた車両に、返納を確かめずに二枚目を渡す。"""

    breaks = "013-2.2.1-05"

    def seed(self, patch: Patch) -> None:
        patch(plate_settlement, "check_no_plate", lambda *_: None)


class NeverReplacesAPlate(Defect):
    """紛失を記録しても、一度標識を渡した車両に新しい標識を渡せない。"""

    breaks = "013-2.2.1-05"

    def seed(self, patch: Patch) -> None:
        original = plate_settlement.plates_of

        def unsettled(desk: Any, vehicle_id: str) -> None:
            if original(desk, vehicle_id):
                raise plate_settlement.Refusal("conflicting_state", "標識は交付済みです。")

        patch(plate_settlement, "check_no_plate", unsettled)


class ForgetsTheReissueMark(Defect):
    """再発行した標識交付証明書に再発行と記載しない。"""

    breaks = "013-2.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(proofs_api, "marked", lambda paper: paper)


class MarksEveryCertificate(Defect):
    """最初の標識交付証明書にも再発行と記載する。"""

    breaks = "013-2.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(documents, "plate_certificate", lambda paper: {**paper, "is_reissue": True})


class ReprintsForScrapped(Defect):
    """廃車済みの車両の標識交付証明書を再発行する。"""

    breaks = "013-2.2.2-03"

    def seed(self, patch: Patch) -> None:
        original = proofs_api.reprint_plate_certificate

        def anyhow(desk: Any, given: Any) -> dict[str, Any]:
            event = ledger.latest(desk, given.vehicle_id)
            if event.vehicle_state != "scrapped":
                return original(desk, given)
            return {"plate_certificate": documents.plate_certificate(event, proofs_api.owner_of(desk, event))}

        anyhow.__name__ = original.__name__
        patch(proofs_api, "reprint_plate_certificate", anyhow)


class ReprintsTheAddress(Defect):
    """再発行の処理だけが、支援措置の対象者の住所を印字する。"""

    breaks, incident = "013-2.2.2-04", "INC-11"

    def seed(self, patch: Patch) -> None:
        _print_address(patch, "reprint_plate_certificate", "plate_certificate")


class ForgetsTheMarkOnReceipts(Defect):
    """再発行した廃車申告受付書に再発行と記載しない。"""

    breaks = "013-2.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(proofs_api, "marked", lambda paper: paper)


class DatesTheSecondReceiptToday(Defect):
    """廃車申告受付書を再発行すると、廃車日が再発行の日になる。"""

    breaks = "013-2.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(proofs_api, "scrap_day", lambda _event: date(2026, 6, 1))


class ReceiptsWithoutScrapping(Defect):
    """廃車していない車両の廃車申告受付書を出す。"""

    breaks = "013-2.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(proofs_api, "scrapped_state", ledger.latest)


class ReceiptsForCancelledScrapping(Defect):
    """取り消した廃車の受付書を、履歴に廃車があるというだけで出す。"""

    breaks = "013-2.2.3-03"

    def seed(self, patch: Patch) -> None:
        original = proofs_api.scrapped_state

        def once(desk: Any, vehicle_id: str) -> Any:
            past = [one for one in ledger.events(desk, vehicle_id) if one.vehicle_state == "scrapped"]
            return past[-1] if past else original(desk, vehicle_id)

        patch(proofs_api, "scrapped_state", once)


class ChargesReturnedPlates(Defect):
    """標識を返納した人にも弁償金を求める。"""

    breaks = "013-2.2.4-01"

    def seed(self, patch: Patch) -> None:
        patch(plate_settlement, "compensation", lambda rule, _outcome, _reported: rule.compensation_rate)


class ChargesAFixedAmount(Defect):
    """団体の設定した額でなく、決まった200円を求める。"""

    breaks = "013-2.2.4-01"

    def seed(self, patch: Patch) -> None:
        original = plate_settlement.compensation
        patch(
            plate_settlement,
            "compensation",
            lambda rule, outcome, reported: min(original(rule, outcome, reported), 1) * 200,
        )


class BelievesEveryTheft(Defect):
    """盗難届がなくても、盗難と言われれば弁償金を免除する。"""

    breaks = "013-2.2.4-02"

    def seed(self, patch: Patch) -> None:
        patch(thefts, "is_reported", lambda *_: True)


class WaivesAgainstTheOrdinance(Defect):
    """盗難でも弁償金を求める条例の団体で、免除する。"""

    breaks = "013-2.2.4-02"

    def seed(self, patch: Patch) -> None:
        original = plate_settlement.compensation

        def waived(rule: Any, outcome: str, reported: bool) -> int:
            return 0 if outcome == "stolen" and reported else original(rule, outcome, reported)

        patch(plate_settlement, "compensation", waived)


class ListsEveryScrappedVehicle(Defect):
    """返納された標識まで未返納の一覧に載せる。"""

    breaks = "013-2.2.4-03"

    def seed(self, patch: Patch) -> None:
        patch(plate_settlement, "is_unreturned", lambda event: event.vehicle_state == "scrapped")


class NeverClosesUnreturned(Defect):
    """後から返納されても、未返納の一覧から消えない。"""

    breaks = "013-2.2.4-03"

    def seed(self, patch: Patch) -> None:
        def always(desk: Any) -> list[Any]:
            return [one for one in ledger.all_latest(desk) if plate_settlement.is_unreturned(one)]

        patch(plate_settlement, "unreturned", always)


class PaysForEverybody(Defect):
    """一人の弁償金の納付で、全員が納付したことになる。"""

    breaks = "013-2.2.4-04"

    def seed(self, patch: Patch) -> None:
        def all_paid(desk: Any, _vehicle_id: str) -> Any:
            found = plate_settlement.plates_of(desk)
            for one in found:
                one.compensation_paid = True
            return found[0]

        patch(plate_settlement, "pay", all_paid)


class SettlesTwice(Defect):
    """返納した標識に、後から紛失の弁償金を求める。"""

    breaks = "013-2.2.4-05"

    def seed(self, patch: Patch) -> None:
        def anyhow(desk: Any, vehicle_id: str) -> Any:
            event = ledger.latest(desk, vehicle_id)
            return plate_settlement.attach(desk, vehicle_id, event.plate_number)

        patch(plate_settlement, "plate_to_settle", anyhow)


class ForgetsTheDealer(Defect):
    """試乗標識の貸与一覧に、別の宛名番号を示す。"""

    breaks = "013-2.2.5-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(plates_api, "loan_line", lambda line: {**line, "taxpayer_id": "T99999999"})


class OverdueOnTheDay(Defect):
    """返却期限の当日を期限の超過とする。"""

    breaks = "013-2.2.5-02"

    def seed(self, patch: Patch) -> None:
        patch(plates_api, "is_overdue", lambda desk, one: desk.today >= one.lent_due_on)


class IssuesLentPlates(Defect):
    """販売店に貸している標識を、別の人の車両に渡す。"""

    breaks = "013-2.2.5-03"

    def seed(self, patch: Patch) -> None:
        patch(plate_stock, "is_free", lambda plate: plate.plate_state in ("in_stock", "lent"))


class KeepsReturnedLoansOut(Defect):
    """返却された試乗標識が在庫に戻らない。"""

    breaks = "013-2.2.5-03"

    def seed(self, patch: Patch) -> None:
        original = plate_stock.take

        def keep(desk: Any, plate: Any, state: str, day: date, vehicle_id: str | None = None) -> None:
            original(desk, plate, "lent" if state == "in_stock" else state, day, vehicle_id)

        patch(plate_stock, "take", keep)


class DatesTheftsToday(Defect):
    """盗難届の日として、記録した日を残す。"""

    breaks = "013-2.2.6-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(thefts, "related", lambda answer: {**answer, "theft_reported_on": "2026-06-01"})


class AcceptsTheftsOfTomorrow(Defect):
    """処理日より後の盗難届を受け付ける。"""

    breaks = "013-2.2.6-01"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "check_not_future", lambda *_: None)


class NeverRecovers(Defect):
    """発見された車両の盗難中の印が消えず、課税が止まったままになる。"""

    breaks = "013-2.2.6-02"

    def seed(self, patch: Patch) -> None:
        patch(thefts, "open_report", lambda found: found[-1] if found else None)


class ErasesTheReport(Defect):
    """発見を記録すると、盗難届の番号まで消える。"""

    breaks = "013-2.2.6-02"

    def seed(self, patch: Patch) -> None:
        def erased(answer: dict[str, Any]) -> dict[str, Any]:
            return answer if answer["is_stolen"] else {**answer, "theft_report_number": None}

        patch.wrap(thefts, "related", erased)


class ExpiresInsuranceOnTheDay(Defect):
    """自賠責の満了日の当日を無保険と示す。"""

    breaks = "013-2.2.6-03"

    def seed(self, patch: Patch) -> None:
        patch(
            thefts, "is_insured", lambda insurance, day: insurance is not None and day < insurance.insurance_expires_on
        )


class InheritsArrears(Defect):
    """前の所有者の滞納を理由に、車を買った人への証明書の発行を拒む。"""

    breaks = "013-5.1.1-05"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_own", lambda *_: True)


class ForgivesNewOwners(Defect):
    """名義変更された車両では、新しい所有者自身の滞納も見ない。"""

    breaks = "013-5.1.1-05"

    def seed(self, patch: Patch) -> None:
        original = certificates.arrears

        def forgiving(desk: Any, event: Any) -> list[int]:
            past = ledger.events(desk, event.vehicle_id)
            return [] if any(one.event_kind == "transferred" for one in past) else original(desk, event)

        patch(certificates, "arrears", forgiving)
        patch(certificates, "is_settled", lambda *_: True)


class TellsTheFormerOwnersPayment(Defect):
    """前の所有者が納付したことを、新しい所有者の証明書に完納と記載する。"""

    breaks = "013-5.1.1-06"

    def seed(self, patch: Patch) -> None:
        def state(desk: Any, event: Any, year: int) -> str:
            return "paid_in_full" if assessment.current(desk, event.vehicle_id, year) else "not_levied"

        patch(certificates, "certified_state", state)


class NamesTheAssessedPerson(Defect):
    """新しい所有者の証明書に、賦課された前の所有者の氏名を印字する。"""

    breaks = "013-5.1.1-06"

    def seed(self, patch: Patch) -> None:
        original = certificates_api.tax_certificate

        def former(desk: Any, event: Any, year: int) -> dict[str, Any]:
            one = assessment.current(desk, event.vehicle_id, year)
            person = one.taxpayer_id if one else event.taxpayer_id
            return {**original(desk, event, year), "name": taxpayers.taxpayer(desk, person).name}

        patch(certificates_api, "tax_certificate", former)


class RefusesNewVehicles(Defect):
    """4月2日以後に取得した車両の証明書を、賦課がないことを理由に発行しない。"""

    breaks = "013-5.1.1-07"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_liable", lambda *_: True)


class CertifiesOmittedLevies(Defect):
    """賦課の漏れた車両を課税なしと証明する。"""

    breaks = "013-5.1.1-07"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_liable", lambda *_: False)


class CertifiesScrappedVehicles(Defect):
    """廃車した車両の継続検査用の証明書を発行する。"""

    breaks = "013-5.1.1-08"

    def seed(self, patch: Patch) -> None:
        patch(certificates_api, "check_registered", lambda *_: None)


class AcceptsPartOfFormerYears(Defect):
    """過年度は一円でも納付されていれば滞納なしとする（小樽市の事故と同じ型）。"""

    breaks, incident = "013-5.1.1-09", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = payments.is_unpaid

        def lenient(desk: Any, one: Any) -> bool:
            paid = payments.paid_amount(desk, one.vehicle_id, one.fiscal_year)
            return original(desk, one) and (one.fiscal_year == 2026 or paid == 0)

        patch(payments, "is_unpaid", lenient)


class LooksAtTheLastPaymentOnly(Defect):
    """分けて納付した過年度分を、最後の一回の額だけで未納と判定する。"""

    breaks = "013-5.1.1-09"

    def seed(self, patch: Patch) -> None:
        def last(desk: Any, vehicle_id: str, fiscal_year: int) -> int:
            found = payments.payments_of(desk, vehicle_id, fiscal_year)
            return found[-1].paid_amount if found else 0

        patch(payments, "paid_amount", last)


class JudgesByPerson(Defect):
    """同じ所有者の別の車両の滞納で、納付済みの車両の証明を拒む。"""

    breaks = "013-5.1.1-10"

    def seed(self, patch: Patch) -> None:
        original = payments.unpaid_years

        def of_person(desk: Any, vehicle_id: str) -> list[int]:
            owner = ledger.latest(desk, vehicle_id).taxpayer_id
            own = [one for one in ledger.all_latest(desk) if one.taxpayer_id == owner]
            return [year for one in own for year in original(desk, one.vehicle_id)]

        patch(payments, "unpaid_years", of_person)


class PoolsPayments(Defect):
    """同じ年度の別の車両の納付を足し合わせ、滞納している車両を完納とする。"""

    breaks = "013-5.1.1-10"

    def seed(self, patch: Patch) -> None:
        original = payments.paid_amount

        def pooled(desk: Any, _vehicle_id: str, fiscal_year: int) -> int:
            return sum(original(desk, one.vehicle_id, fiscal_year) for one in ledger.all_latest(desk))

        patch(payments, "paid_amount", pooled)


class ForgetsTheRegister(Defect):
    """発行した納税証明書を発行記録に残さない。"""

    breaks = "013-5.1.1-11"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "register", lambda *_, **__: None)


class OffersCertificatesDespiteArrears(Defect):
    """職員が未納を無視して納税証明書を出せる。"""

    breaks, incident = "013-5.1.1-12", "INC-16"

    def seed(self, patch: Patch) -> None:
        paper = {"plate_number": "見本", "name": "見本", "fiscal_year": 2026, "expires_on": "2027-05-30"}
        _offer(patch, "certify_despite_arrears", {"tax_certificate": paper})


class FixesTheExpiry(Defect):
    """団体の規則によらず、有効期限を翌年の5月30日にする。"""

    breaks = "013-5.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "expiry", lambda _rule, year, _due: date(year + 1, 5, 30))


class ForgetsTheSunday(Defect):
    """納期限が日曜日で延びることを有効期限に反映しない。"""

    breaks = "013-5.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(rules, "next_weekday", lambda day: day)


class CallsTheDueDateOverdue(Defect):
    """納期限の当日を滞納とし、証明書を発行しない。"""

    breaks = "013-5.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_overdue", lambda desk, year: desk.today >= rules.due_date(year))


class NeverOverdueThisYear(Defect):
    """納期限を過ぎても、今年度分の未納を滞納としない。"""

    breaks = "013-5.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_overdue", lambda desk, year: year < desk.today.year)


class CertifiesLastYearAfterPayment(Defect):
    """納期の途中に全額を納付しても、前年度分の証明書を出す。"""

    breaks = "013-5.1.2-03"

    def seed(self, patch: Patch) -> None:
        def late(desk: Any, _event: Any) -> int:
            year = certificates.fiscal_year_of(desk.today)
            return year if certificates.is_overdue(desk, year) else year - 1

        patch(certificates, "certified_year", late)


class CertifiesThisYearUnpaid(Defect):
    """一部の納付で、今年度分の証明書を出す。"""

    breaks = "013-5.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "certified_year", lambda desk, _event: certificates.fiscal_year_of(desk.today))


class RewritesIssuedExpiry(Defect):
    """有効期限の規則を変えると、発行済みの証明の期限まで変わって見える。"""

    breaks = "013-5.1.2-04"

    def seed(self, patch: Patch) -> None:
        original = certificates.issued

        def rewritten(desk: Any, vehicle_id: str) -> list[Any]:
            found = original(desk, vehicle_id)
            for one in found:
                one.expires_on = certificates.expires_on(desk, one.fiscal_year)
            return found

        patch(certificates, "issued", rewritten)


class MailsToTheCounterPayer(Defect):
    """窓口で納付した人にも証明書を送る。"""

    breaks = "013-5.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(payments, "is_cashless", lambda *_: True)


class ForgetsElectronicPayers(Defect):
    """電子納付の人を送付対象から漏らす。"""

    breaks = "013-5.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(payments, "CASHLESS", frozenset({"account_transfer"}))


class MailsDespiteArrears(Defect):
    """過年度に滞納のある車両の証明書を一括で送る（小樽市の事故と同じ型）。"""

    breaks, incident = "013-5.1.3-02", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "arrears", lambda *_: [])


class MailsToUninspected(Defect):
    """車検のない軽二輪の証明書まで送る。"""

    breaks = "013-5.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_inspected", lambda *_: True)


class MailsTwice(Defect):
    """送付対象を確定するたびに、同じ証明書を送る。"""

    breaks = "013-5.1.3-04"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_mailed", lambda *_: False)


class DistinguishesKana(Defect):
    """片仮名で入力すると、平仮名の標識番号が見つからない。"""

    breaks = "013-5.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(lookup, "to_hiragana", lambda text: text)


class DistinguishesBlanks(Defect):
    """空白を入れ忘れると、標識番号が見つからない。"""

    breaks = "013-5.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(lookup, "folded", lambda text: lookup.to_hiragana(text.replace("　", " ")))


class MatchesTheWholeSerial(Defect):
    """番号の一部では見つからず、一連指定番号の全てが要る。"""

    breaks = "013-5.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = lookup.contains

        def whole(name: str, text: str, part: str) -> bool:
            return (
                part == lookup.serial(text)
                if name == "plate_fragment" and part.isdigit()
                else original(name, text, part)
            )

        patch(lookup, "contains", whole)


class MatchesDigitsAnywhere(Defect):
    """標識の文字にある数字まで一連指定番号とみなし、関係のない車両を挙げる。"""

    breaks = "013-5.2.1-04"

    def seed(self, patch: Patch) -> None:
        patch(lookup, "contains", lambda _name, text, part: part in text)


class HidesScrappedVehicles(Defect):
    """廃車した車両が検索に出ず、放置された車両の持ち主が分からない。"""

    breaks = "013-5.2.1-05"

    def seed(self, patch: Patch) -> None:
        original = lookup.fits

        def registered(desk: Any, event: Any, wanted: dict[str, str]) -> bool:
            return event.vehicle_state == "registered" and original(desk, event, wanted)

        patch(lookup, "fits", registered)


class ForgetsTheWarning(Defect):
    """支援措置の対象者の車両に印が付かず、窓口で住所を読み上げる。"""

    breaks, incident = "013-5.2.1-06", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch.wrap(lookup, "found_line", lambda line: {**line, "support_measure": False})


class ShowsEverybody(Defect):
    """条件のない検索で、全ての車両と所有者を示す。"""

    breaks = "013-5.2.1-07"

    def seed(self, patch: Patch) -> None:
        def everything(desk: Any, _given: Any) -> list[dict[str, Any]]:
            return [lookup.found_line(desk, one) for one in ledger.all_latest(desk)]

        patch(lookup, "find", everything)


class ShowsVehiclesOnceOwned(Defect):
    """名義変更で手放した車両を、前の所有者の車両として示し続ける。"""

    breaks = "013-5.2.2-03"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.list_taxpayer_vehicles

        def once(desk: Any, given: Any) -> dict[str, Any]:
            own = [
                one
                for one in ledger.all_latest(desk)
                if any(past.taxpayer_id == given.taxpayer_id for past in ledger.events(desk, one.vehicle_id))
            ]
            return {"taxpayer_vehicles": [ledger_api.taxpayer_line(desk, one, given.fiscal_year) for one in own]}

        once.__name__ = original.__name__
        patch(ledger_api, "list_taxpayer_vehicles", once)


class HidesScrappedFromTheOwner(Defect):
    """義務者の一覧から廃車した車両が消える。"""

    breaks = "013-5.2.2-04"

    def seed(self, patch: Patch) -> None:
        def registered(answer: dict[str, Any]) -> dict[str, Any]:
            found = answer["taxpayer_vehicles"]
            return {"taxpayer_vehicles": [one for one in found if one["vehicle_state"] == "registered"]}

        patch.wrap(ledger_api, "list_taxpayer_vehicles", registered)


class OwesTheWholeTax(Defect):
    """一部を納付しても、未納額が年税額のまま示される。"""

    breaks = "013-5.2.2-05"

    def seed(self, patch: Patch) -> None:
        patch(lookup, "owed", lambda payable, paid: 0 if paid >= payable else payable)


class ShowsThisYearOnly(Defect):
    """納付状況に過年度が出ず、滞納を見落とす。"""

    breaks = "013-5.2.2-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(lookup, "payment_states", lambda found: [one for one in found if one["fiscal_year"] == 2026])


class MovesTheDebt(Defect):
    """名義変更すると、前の所有者の滞納が新しい所有者の納付状況に移る。"""

    breaks = "013-5.2.2-06"

    def seed(self, patch: Patch) -> None:
        def of_vehicles(desk: Any, taxpayer_id: str) -> list[dict[str, Any]]:
            own = [one.vehicle_id for one in ledger.all_latest(desk) if one.taxpayer_id == taxpayer_id]
            return [lookup.payment_line(desk, one) for number in own for one in assessment.of_vehicle(desk, number)]

        patch(lookup, "payment_states", of_vehicles)


class LosesTheGround(Defect):
    """公用照会の回答書に照会の根拠が残らない。"""

    breaks = "013-5.2.3-01"

    def seed(self, patch: Patch) -> None:
        def lost(answer: dict[str, Any]) -> dict[str, Any]:
            return {"official_disclosure": {**answer["official_disclosure"], "inquiry_ground": "照会による"}}

        patch.wrap(proofs_api, "answer_official_inquiry", lost)


class AnswersWithTodaysOwner(Defect):
    """事件の日の所有者でなく、今の所有者を警察に回答する。"""

    breaks = "013-5.2.3-02"

    def seed(self, patch: Patch) -> None:
        original = proofs_api.bearer
        patch(proofs_api, "bearer", lambda desk, plate, _day: original(desk, plate, desk.today))


class AnswersWithTheAddress(Defect):
    """支援措置の対象者の住所を公用照会の回答書に印字する。"""

    breaks, incident = "013-5.2.3-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: person.address)


class CertifiesTodaysItems(Defect):
    """過去の日の登録証明書に、今の標識番号と所有者を載せる。"""

    breaks = "013-5.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch(proofs_api, "state_on", lambda desk, vehicle_id, _day: ledger.latest(desk, vehicle_id))


class CertifiesADayLate(Defect):
    """異動の当日の証明書に、異動の前の事項を載せる。"""

    breaks = "013-5.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "holds_on", lambda event, day: event.event_on < day or event.event_kind == "registered")


class CertifiesBeforeAcquisition(Defect):
    """取得する前の日の登録を証明する。"""

    breaks = "013-5.3.1-02"

    def seed(self, patch: Patch) -> None:
        original = proofs_api.state_on

        def first(desk: Any, vehicle_id: str, day: date) -> Any:
            past = ledger.events(desk, vehicle_id)
            return past[0] if day < past[0].event_on else original(desk, vehicle_id, day)

        patch(proofs_api, "state_on", first)


class CertifiesTheScrapDay(Defect):
    """廃車した当日を、まだ登録中と証明する。"""

    breaks = "013-5.3.1-02"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "holds_on", lambda event, day: event.event_on < day or event.event_kind == "registered")


class PrintsTheWrongReason(Defect):
    """廃車証明書の廃車事由が、いつも解体になる。"""

    breaks = "013-5.3.1-03"

    def seed(self, patch: Patch) -> None:
        def dismantled(answer: dict[str, Any]) -> dict[str, Any]:
            return {"scrap_certificate": {**answer["scrap_certificate"], "scrap_reason": "dismantled"}}

        patch.wrap(proofs_api, "issue_scrap_certificate", dismantled)


class CertifiesCancelledEvents(Defect):
    """取り消された名義変更の所有者を証明する。"""

    breaks = "013-5.3.1-04"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "effective_events", lambda past: [one for one in past if one.restores is None])


class CertifiesTheAddress(Defect):
    """支援措置の対象者の登録証明書に住所を印字する。"""

    breaks, incident = "013-5.3.1-05", "INC-11"

    def seed(self, patch: Patch) -> None:
        _print_address(patch, "issue_registration_certificate", "registration_certificate")


class CertifiesTheAddressOfScrapped(Defect):
    """支援措置の対象者の廃車証明書に住所を印字する。"""

    breaks, incident = "013-5.3.1-05", "INC-11"

    def seed(self, patch: Patch) -> None:
        _print_address(patch, "issue_scrap_certificate", "scrap_certificate")


def _print_address(patch: Patch, operation: str, paper: str) -> None:
    """One operation prints the address whatever protects the person."""
    original = getattr(proofs_api, operation)

    def printed(desk: Any, given: Any) -> dict[str, Any]:
        answer = original(desk, given)
        address = proofs_api.owner_of(desk, ledger.latest(desk, given.vehicle_id)).address
        return {paper: {**answer[paper], "address": address}}

    patch(proofs_api, operation, printed)


def _offer(patch: Patch, operation: str, answer: dict[str, Any]) -> None:
    """The product answers to an operation it must not have; only its driver knows the way."""
    from kijun.drivers.reference import ReferenceDriver

    original = ReferenceDriver._on_call

    def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
        return {"result": answer} if params["operation"] == operation else original(self, params, deadline)

    patch(ReferenceDriver, "_on_call", call)
