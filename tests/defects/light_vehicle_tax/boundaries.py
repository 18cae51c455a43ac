"""Named faults one step beside the rule: a day, a yen, a year, a person or a vehicle too many or too few."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    certificates,
    ledger,
    ledger_api,
    payments,
    plate_stock,
    proofs_api,
    yearly,
)


class KeepsScrappedPlatesTaken(Defect):
    """廃車済みの車両の標識番号まで使用中とみなし、登録を拒否する。"""

    breaks = "013-1.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.check_unique

        def strict(desk: Any, chassis: str, plate: str) -> list[str]:
            if any(one.plate_number == plate for one in ledger.all_latest(desk)):
                raise Refusal("duplicate", "同じ標識番号の車両があります。")
            return original(desk, chassis, plate)

        patch(ledger, "check_unique", strict)


class RefusesTheCurrentMonth(Defect):
    """処理日と同じ月の初度検査年月を未来とみなし、買ったばかりの新車を登録できない。"""

    breaks = "013-1.1.5-02"

    def seed(self, patch: Patch) -> None:
        def strict(desk: Any, month: str | None) -> None:
            if month and month >= desk.today.isoformat()[:7]:
                raise Refusal("invalid_value", "初度検査年月が処理日より後です。")

        patch(ledger_api, "check_inspection_month", strict)


class TransfersTheWholeFleet(Defect):
    """一台の名義変更で、旧所有者の全ての車両が新しい所有者に移る。"""

    breaks = "013-1.2.3-01"

    def seed(self, patch: Patch) -> None:
        original = ledger.change

        def changed(desk: Any, vehicle_id: str, kind: str, day: date, changes: dict[str, Any]) -> Any:
            owner = ledger.latest(desk, vehicle_id).taxpayer_id
            others = [one.vehicle_id for one in ledger.all_latest(desk) if one.taxpayer_id == owner]
            for other in others:
                if kind == "transferred" and other != vehicle_id:
                    original(desk, other, kind, day, changes)
            return original(desk, vehicle_id, kind, day, changes)

        patch(ledger, "change", changed)


class RefusesTheSameDay(Defect):
    """直前の異動と同じ日の異動を拒否し、取得した日のうちに誤りを直せない。"""

    breaks = "013-1.3.1-03"

    def seed(self, patch: Patch) -> None:
        def strict(now: Any, day: date) -> None:
            if day <= now.event_on:
                raise Refusal("invalid_value", "異動日が直前の異動より前です。")

        patch(ledger, "check_order", strict)


class CountsLentPlatesAsStock(Defect):
    """貸与した試乗標識を在庫枚数に数え、棚にない標識を交付しようとする。"""

    breaks = "013-2.1.1-01"

    def seed(self, patch: Patch) -> None:
        def line(answer: dict[str, Any]) -> dict[str, Any]:
            return {**answer, "stock_count": answer["stock_count"] + answer["lent_plate_count"]}

        patch.wrap(plate_stock, "stock_line", line)


class ForgetsLendingInTheRegister(Defect):
    """試乗標識の貸与を受払に残さない。"""

    breaks = "013-2.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(plate_stock, "movements", lambda found: [one for one in found if one.stock_movement_kind != "lent"])


class AsksTheFirstOwnersProtection(Defect):
    """再発行のとき、今の所有者でなく初めの所有者の支援措置を確かめる。"""

    breaks, incident = "013-2.2.2-04", "INC-11"

    def seed(self, patch: Patch) -> None:
        _protect_as(patch, lambda desk, event: ledger.events(desk, event.vehicle_id)[0].taxpayer_id)


class AsksTheLatestOwnersProtection(Defect):
    """過去の日の所有者を回答するとき、今の所有者の支援措置を確かめる。"""

    breaks, incident = "013-5.2.3-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        _protect_as(patch, lambda desk, event: ledger.latest(desk, event.vehicle_id).taxpayer_id)


def _protect_as(patch: Patch, whose: Any) -> None:
    """The owner's name and address, under the protection of somebody else."""
    original = proofs_api.owner_of

    def owner_of(desk: Any, event: Any) -> Any:
        owner, asked = original(desk, event), taxpayers.taxpayer(desk, whose(desk, event))
        return SimpleNamespace(name=owner.name, address=owner.address, is_protected=asked.is_protected)

    patch(proofs_api, "owner_of", owner_of)


class LooksBackOneYear(Defect):
    """前年度までしか未納を確かめず、二年度前からの滞納者に納税証明書を発行する。"""

    breaks, incident = "013-5.1.1-03", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = certificates.arrears

        def recent(desk: Any, event: Any) -> list[int]:
            oldest = certificates.fiscal_year_of(desk.today) - 1
            return [year for year in original(desk, event) if year >= oldest]

        patch(certificates, "arrears", recent)


class MailsOnlyOnce(Defect):
    """前の年度に証明書を送った車両に、次の年度の証明書を送らない。"""

    breaks = "013-5.1.3-04"

    def seed(self, patch: Patch) -> None:
        def ever(desk: Any, vehicle_id: str, _fiscal_year: int) -> bool:
            return any(one.by_mail for one in certificates.issued(desk, vehicle_id))

        patch(certificates, "is_mailed", ever)


class ShowsTheFormerYearsTax(Defect):
    """今年度をまだ賦課していないと、前年度の税額を今年度の税額として示す。"""

    breaks = "013-5.2.2-02"

    def seed(self, patch: Patch) -> None:
        original = ledger_api.taxpayer_line

        def line(desk: Any, event: Any, fiscal_year: int) -> dict[str, Any]:
            answer = original(desk, event, fiscal_year)
            return answer if answer["tax_amount"] is not None else original(desk, event, fiscal_year - 1)

        patch(ledger_api, "taxpayer_line", line)


class DiscardsPartialDebtors(Defect):
    """一部でも納付があれば未納なしとみなし、保存期間の過ぎた車両として抽出する。"""

    breaks = "013-7.1.4-02"

    def seed(self, patch: Patch) -> None:
        def owes(desk: Any, vehicle_id: str) -> bool:
            years = payments.unpaid_years(desk, vehicle_id)
            return any(payments.paid_amount(desk, vehicle_id, year) == 0 for year in years)

        patch(yearly, "owes", owes)
