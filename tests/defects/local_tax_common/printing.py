"""Named faults of the reference system around printing, errors and alerts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import paper, papers
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import barcode, findings, issuers, outsourcing, printing, printing_api, wording


class DropsTheLastItem(Defect):
    """帳票の最後の項目が印字されない（様式の改修で一行ずれた）。"""

    breaks = "016-5.1.1-01"

    def seed(self, patch: Patch) -> None:
        original = papers.lines
        patch(papers, "lines", lambda *given: original(*given)[:-1])


class CountsPreviewsAsPrints(Defect):
    """プレビューするたびに印刷の記録ができ、交付の件数が合わない。"""

    breaks = "016-5.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = printing_api.preview_document

        def counting(desk: Any, given: Any) -> Any:
            shown = original(desk, given)
            if shown["folio_count"]:
                one = printing.draft(desk, papers.find(given.document_kind), given.request())
                printing.make(desk, one, "pdf", None, None)
            return shown

        patch(printing_api, "preview_document", counting)


class RecordsOnlyTheFirstPrint(Defect):
    """印刷の記録が一件目しか示されない。"""

    breaks = "016-5.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = printing_api.found_prints
        patch(printing_api, "found_prints", lambda *given: original(*given)[:1])


class PrintsOnAnyTray(Defect):
    """プリンタやトレイを選ばなくても、既定の普通紙に証明書を印刷する。"""

    breaks = "016-5.1.1-04"

    def seed(self, patch: Patch) -> None:
        original = printing.make
        patch(
            printing,
            "make",
            lambda desk, one, medium, printer, tray: original(desk, one, medium, printer or "既定", tray or "普通紙"),
        )


class OffersDeletionOfPrints(Defect):
    """印刷の記録を削除する機能を提供する。"""

    breaks = "016-5.1.1-06"

    def seed(self, patch: Patch) -> None:
        from kijun.drivers.reference import ReferenceDriver

        original = ReferenceDriver._on_call

        def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
            is_asked = params["operation"] == "delete_print_record"
            return {"result": {}} if is_asked else original(self, params, deadline)

        patch(ReferenceDriver, "_on_call", call)


class CountsHalfWidthAsFull(Defect):
    """半角も一字と数え、半角の多い通信文を誤って文字あふれにする。"""

    breaks = "016-5.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(printing, "width", len)


class AllowsOneCharacterMore(Defect):
    """一字の文字あふれを見逃す（以上と超過の取違え）。"""

    breaks = "016-5.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = printing.capacity_of

        def generous(*given: Any) -> int | None:
            found = original(*given)
            return found + 1 if found else found

        patch(printing, "capacity_of", generous)


class CutsSilently(Defect):
    """印字欄に収まらない文字を、黙って二十字で切り落とす。"""

    breaks = "016-5.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = papers.lines
        patch(papers, "lines", lambda *given: [(key, label, text[:20]) for key, label, text in original(*given)])


class ForgetsOverflows(Defect):
    """文字あふれのまま印刷した帳票が一覧に残らない。"""

    breaks = "016-5.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(printing, "note_overflows", lambda *_: None)


class IgnoresChosenCapacity(Defect):
    """印字欄の字数を設定しても、製品の既定の字数で判断する。"""

    breaks = "016-5.1.2-04"

    def seed(self, patch: Patch) -> None:
        patch(printing, "capacity_of", lambda _desk, _kind, label: printing.DEFAULT_CAPACITY.get(label))


class SortsTheLayout(Defect):
    """項目を様式の順でなく五十音の順に並べ、委託先が住所の欄に氏名を印字する。"""

    breaks = "016-5.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = outsourcing.layout

        def sorted_layout(drafts: Any) -> Any:
            names = sorted(row["imprint_item"] for row in original(drafts))
            return [{"layout_position": place, "imprint_item": name} for place, name in enumerate(names, start=1)]

        patch(outsourcing, "layout", sorted_layout)


class HandsOverProtectedAddresses(Defect):
    """帳票では伏せた支援措置の対象者の住所を、委託先に渡すデータに載せる。"""

    breaks, incident = "016-5.1.3-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(outsourcing, "address", lambda one: one.person.address)


class OutsourcesByTheOldFlag(Defect):
    """委託先に渡すデータだけ、取り込んだ支援措置の期間を見ずに住所を載せる。"""

    breaks, incident = "016-5.1.3-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(outsourcing, "address", lambda one: None if one.person.support_measure else one.person.address)


class ForgetsSpoiledSheets(Defect):
    """刷損じを数えず、刷り直した正しい納品を不足と判断する。"""

    breaks = "016-5.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(outsourcing, "is_complete", lambda made, returned, _spoiled: returned == made.record_count)


class AcceptsSurplusLetters(Defect):
    """委託した件数より多い納品を受け入れ、二重の発送に気付かない。"""

    breaks = "016-5.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(outsourcing, "is_complete", lambda made, returned, spoiled: returned + spoiled >= made.record_count)


class AlwaysSeals(Defect):
    """公印を省略すると設定した通知にも公印を印字する。"""

    breaks = "016-5.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(issuers, "bears_seal", lambda *_: True)


class EndsActingADayEarly(Defect):
    """職務代理の末日の帳票が、職務に就けない長の名で出る。"""

    breaks = "016-5.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(
            issuers,
            "covers",
            lambda one, day: one.issuer_from <= day and (one.issuer_expires_on is None or day < one.issuer_expires_on),
        )


class NeverEndsActing(Defect):
    """職務代理の期間が終わっても、職務代理者の名で出し続ける。"""

    breaks = "016-5.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(issuers, "covers", lambda one, day: one.issuer_from <= day)


class ChangesIssuerADayLate(Defect):
    """就任の当日の帳票が、前任者の名で出る。"""

    breaks = "016-5.1.4-03"

    def seed(self, patch: Patch) -> None:
        original = issuers.covers
        patch(
            issuers, "covers", lambda one, day: original(one, day) and (one.is_acting_issuer or one.issuer_from < day)
        )


class TakesTheRemainder(Defect):
    """合計を19で割った余りをそのままチェックデジットにする。"""

    breaks = "016-5.1.5-01"

    def seed(self, patch: Patch) -> None:
        kinds = barcode._CHARACTERS
        patch(barcode, "check_character", lambda found: kinds[sum(kinds.index(one) for one in found) % len(kinds)])


class LetsTheBarcodeGrow(Defect):
    """長い住所表示番号を切らず、バーコードのけたが増える。"""

    breaks = "016-5.1.5-02"

    def seed(self, patch: Patch) -> None:
        patch(barcode, "_LENGTH", 24)


class OrdersByRegistration(Defect):
    """郵便番号の順でなく登録の順に並べ、区分割引を受けられない。"""

    breaks = "016-5.1.5-03"

    def seed(self, patch: Patch) -> None:
        patch(outsourcing, "in_order", lambda _desk, drafts: sorted(drafts, key=lambda one: one.request.target_id))


class EncodesProtectedAddresses(Defect):
    """支援措置の対象者の番地を、カスタマバーコードで印字する。"""

    breaks, incident = "016-5.1.5-04", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(
            printing,
            "mailing_code",
            lambda desk, person: desk.session.get(printing.MailingCode, (desk.id, person.taxpayer_id)),
        )


class SaysTheWordsOfToday(Defect):
    """別の年度の帳票に、印刷した日の年度の文言を印字する。"""

    breaks = "016-5.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(
            printing,
            "words_of",
            lambda desk, kind, _request: wording.of_year(desk, kind.title, wording.fiscal_year_of(desk.today)),
        )


class KeepsOneWordingForAllYears(Defect):
    """文言を年度の別なく一つしか持たず、翌年度の設定で今年度の文言が変わる。"""

    breaks = "016-5.2.1-02"

    def seed(self, patch: Patch) -> None:
        original_put, original_get = wording.put, wording.of_year
        patch(wording, "put", lambda desk, kind, _year, *said: original_put(desk, kind, 0, *said))
        patch(wording, "of_year", lambda desk, kind, _year: original_get(desk, kind, 0))


class LosesTheSecondGuide(Defect):
    """二つ目の案内の同封が漏れる。"""

    breaks = "016-5.2.2-01"

    def seed(self, patch: Patch) -> None:
        original = printing.guides
        patch(printing, "guides", lambda *given: original(*given)[:1])


class OutsourcesWithoutGuides(Defect):
    """委託先に渡すデータから、同封する案内が漏れる。"""

    breaks = "016-5.2.2-02"

    def seed(self, patch: Patch) -> None:
        original = outsourcing.row
        patch(outsourcing, "row", lambda *given: {**original(*given), "enclosed_guide_count": 0})


class CountsGuidesAsOne(Defect):
    """案内が二つ要る人の数も1とし、委託先が一つしか封入しない。"""

    breaks = "016-5.2.2-02"

    def seed(self, patch: Patch) -> None:
        original = outsourcing.row

        def at_most_one(*given: Any) -> dict[str, Any]:
            told = original(*given)
            return {**told, "enclosed_guide_count": min(1, told["enclosed_guide_count"])}

        patch(outsourcing, "row", at_most_one)


class TurnsBackwardPeriods(Defect):
    """逆さまの期間を、断りなく入れ替えて登録する。"""

    breaks = "016-9.1.1-01"

    def seed(self, patch: Patch) -> None:
        original = issuers.add

        def turned(desk: Any, post: str, name: str, start: Any, end: Any, is_acting: bool) -> None:
            first, last = (end, start) if end is not None and end < start else (start, end)
            original(desk, post, name, first, last, is_acting)

        patch(issuers, "add", turned)


class PrintsGetaMarks(Defect):
    """書体にない文字を、断りなく〓に置き換えて印刷する。"""

    breaks = "016-9.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = paper.render

        def with_geta(sheet: Any) -> Any:
            return original(replace(sheet, items=[(label, text.replace("👍", "〓")) for label, text in sheet.items]))

        patch(printing, "undrawable", lambda _one: [])
        patch(paper, "render", with_geta)


class NeverForgivesAnError(Defect):
    """一度エラーになった対象は、入力を直しても印刷できない。"""

    breaks = "016-9.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = findings.settle
        refused: set[tuple[str, str | None]] = set()

        def unforgiving(desk: Any, operation: str, found: Any, is_confirmed: bool) -> None:
            if (desk.id, desk.target_id) in refused:
                raise Refusal("unprintable_character", "前の入力にエラーがあります。")
            if any(one.level == findings.ERROR for one in found):
                refused.add((desk.id, desk.target_id))
            original(desk, operation, found, is_confirmed)

        patch(findings, "settle", unforgiving)


class ForgivesTheSecondAttempt(Defect):
    """一度エラーを示した対象は、直っていなくても二度目に印刷する。"""

    breaks = "016-9.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = findings.settle
        refused: set[tuple[str, str | None]] = set()

        def lenient(desk: Any, operation: str, found: Any, is_confirmed: bool) -> None:
            if (desk.id, desk.target_id) not in refused:
                if any(one.level == findings.ERROR for one in found):
                    refused.add((desk.id, desk.target_id))
                original(desk, operation, found, is_confirmed)

        patch(findings, "settle", lenient)


class OnlyTellsAlerts(Defect):
    """アラートを示すだけで、確認を待たずに確定する。"""

    breaks = "016-9.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(findings, "stops", lambda one, _is_confirmed: one.level == findings.ERROR)


class TreatsAlertsAsErrors(Defect):
    """アラートを確認しても先へ進めない。"""

    breaks = "016-9.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(findings, "stops", lambda _one, _is_confirmed: True)


class ForgetsWhoConfirmed(Defect):
    """アラートを誰が確認したかが残らない。"""

    breaks = "016-9.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(findings, "keep", lambda *_: None)


class ConfirmsWithoutAlert(Defect):
    """アラートがなくても、確認の記録を残す。"""

    breaks = "016-9.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = findings.settle

        def noting(desk: Any, operation: str, found: Any, is_confirmed: bool) -> None:
            original(desk, operation, found, is_confirmed)
            if is_confirmed and not found:
                findings.keep(desk, operation, findings.Finding("overflow", ""))

        patch(findings, "settle", noting)


class SaysOnlyThatSomethingIsWrong(Defect):
    """誤りがあることだけを示し、どう直すかを示さない。"""

    breaks = "016-9.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(findings, "TOLD", {kind: (*told[:3], "") for kind, told in findings.TOLD.items()})


class ShowsOneFindingOnly(Defect):
    """最初の指摘だけを示し、直すたびに次の指摘が出る。"""

    breaks = "016-9.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = printing.check
        patch(printing, "check", lambda one: original(one)[:1])
