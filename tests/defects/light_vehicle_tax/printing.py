"""Named faults of the reference system around the paper of the light vehicle tax."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import papers, taxpayers
from kijun.reference.light_vehicle_tax import documents, ledger, notices, printing
from kijun.reference.local_tax_common import issuers, outsourcing
from kijun.reference.local_tax_common import printing as common_printing


class CertifiesTheFirstRegistration(Defect):
    """修正の前の内容で標識交付証明書を印刷する。"""

    breaks = "013-2.2.2-50"

    def seed(self, patch: Patch) -> None:
        def stale(desk: Any, request: Any) -> Any:
            first = ledger.events(desk, request.target_id)[0]
            return documents.plate_certificate(first, taxpayers.taxpayer(desk, first.taxpayer_id))

        patch(printing, "plate_certificate", stale)


class PrintsPlateCertificatesOfScrappedVehicles(Defect):
    """廃車した車両の標識交付証明書を印刷する。"""

    breaks = "013-2.2.2-51"

    def seed(self, patch: Patch) -> None:
        def unchecked(desk: Any, request: Any) -> Any:
            event = ledger.latest(desk, request.target_id)
            return documents.plate_certificate(event, taxpayers.taxpayer(desk, event.taxpayer_id))

        patch(printing, "plate_certificate", unchecked)


class PrintsReceiptsWithoutScrapping(Defect):
    """廃車していない車両に、印刷した日を廃車日とする廃車申告受付書を出す。"""

    breaks = "013-2.2.3-50"

    def seed(self, patch: Patch) -> None:
        def unchecked(desk: Any, request: Any) -> Any:
            event = ledger.latest(desk, request.target_id)
            day = event.scrapped_on or desk.today
            return documents.scrap_receipt(event, taxpayers.taxpayer(desk, event.taxpayer_id), day)

        patch(printing, "scrap_receipt", unchecked)


class PrintsNoInstructions(Defect):
    """納税通知書の表だけを印字し、不服申立ての方法などを印字しない。"""

    breaks = "013-3.5.6-50"

    def seed(self, patch: Patch) -> None:
        original = common_printing.compose
        patch(common_printing, "compose", lambda *given: replace(original(*given), notes=[]))


class OutsourcesOneLetterLess(Defect):
    """見出し行と取り違え、委託データの最初の一件が漏れる。"""

    breaks = "013-3.5.6-51"

    def seed(self, patch: Patch) -> None:
        original = printing.live_notices
        patch(printing, "live_notices", lambda *given: original(*given)[1:])


class PrintsWithdrawnNotices(Defect):
    """減免が承認されても納税通知書を引き抜かず、印刷して委託先にも渡す。"""

    breaks, incident = "013-3.5.9-50", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(notices, "withdraw_notices", lambda *_: None)


class ShowsProtectedAddressInTheWindow(Defect):
    """表では住所を伏せ、窓あき封筒の窓には支援措置の対象者の住所を印字する。"""

    breaks, incident = "013-3.5.10-50", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(common_printing, "window", lambda _desk, person, _content: [person.address, f"{person.name}　様"])


class OutsourcesProtectedAddresses(Defect):
    """納税通知書の委託データに支援措置の対象者の住所を載せる。"""

    breaks, incident = "013-3.5.10-50", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(outsourcing, "address", lambda one: one.person.address)


class CertifiesWithoutSeal(Defect):
    """納税証明書に公印がない。"""

    breaks = "013-5.1.1-50"

    def seed(self, patch: Patch) -> None:
        patch(issuers, "bears_seal", lambda *_: False)


class ReprintsTheOldCertificate(Defect):
    """前に発行した納税証明書を、今の未納を確かめずに刷り直す。"""

    breaks, incident = "013-5.1.1-51", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = papers.find

        def kept(title: str) -> Any:
            found = original(title)
            return replace(found, produce=papers.as_issued(found.key)) if found.key == "tax_certificate" else found

        patch(papers, "find", kept)
