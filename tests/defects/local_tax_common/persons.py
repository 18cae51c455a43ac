"""Named faults of the reference system around persons: numbers, names, addresses, agents, protection, inquiries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import (
    contacts,
    identity,
    mailing,
    numbering,
    person_records,
    personal_numbers,
    persons_api,
    protection,
    protection_api,
    residents,
    searching,
    towns,
)
from kijun.reference.local_tax_common.person_records import (
    Agent,
    Memo,
    PersonVersion,
    Relation,
    ResidentNotice,
    Restraint,
    ReturnedMail,
    SavedSearch,
    SharedNumber,
    SupportPeriod,
    TaxRelation,
    Town,
    rows,
)
from kijun.reference.store import Taxpayer

# 宛名 -----------------------------------------------------------------------------------------------------


class LeavesRejectedOutOfTheCount(Defect):
    """受信件数にエラーの件数を数えず、取り込まれなかった住民に気付けない。"""

    breaks = "016-1.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            residents,
            "import_residents",
            lambda told: {**told, "residents_received": told["residents_received"] - told["residents_rejected"]},
        )


class IgnoresMoves(Defect):
    """既にいる住民の転居を宛名に反映しない。"""

    breaks = "016-1.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(residents, "update", lambda *_: None)


class UpdatesWhatIsTheSame(Defect):
    """同じ内容の再受信を更新として扱い、偽の履歴を積む。"""

    breaks = "016-1.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(residents, "differs", lambda *_: True)


class EntersTheSameAgain(Defect):
    """再取込みのたびに、同じ住民の宛名をもう一つ作る。"""

    breaks = "016-1.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(residents, "resident", lambda *_: None)


class TakesInBlanks(Defect):
    """氏名や住所の欠けた受信データを、空白のまま宛名にする。"""

    breaks = "016-1.1.1-04"

    def seed(self, patch: Patch) -> None:
        original = residents.take_in

        def filled(desk: Any, notice: ResidentNotice) -> str:
            notice.name, notice.address = notice.name or " ", notice.address or " "
            return original(desk, notice)

        patch(residents, "take_in", filled)


class LetsAnOldMoveWin(Defect):
    """遅れて届いた古い異動で、新しい住所を古い住所に戻す。"""

    breaks = "016-1.1.1-05"

    def seed(self, patch: Patch) -> None:
        patch(residents, "is_older", lambda *_: False)


class NumbersWithoutAsking(Defect):
    """共通の番号管理に尋ねず、業務だけの番号を付ける。"""

    breaks = "016-1.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(numbering, "known_number", lambda *_: None)


class RecognizesByBirthDateAlone(Defect):
    """生年月日が同じなら、氏名の違う別人にも同じ番号を付ける。"""

    breaks, incident = "016-1.1.2-01", "INC-14"

    def seed(self, patch: Patch) -> None:
        def known(desk: Any, _name: str, birth_date: Any) -> str | None:
            question = select(SharedNumber.number).where(
                SharedNumber.tenant == desk.id,
                SharedNumber.birth_date.is_not(None),
                SharedNumber.birth_date == birth_date,
            )
            found: str | None = desk.session.scalar(question.order_by(SharedNumber.serial))
            return found

        patch(numbering, "known_number", known)


class RecognizesByNameAlone(Defect):
    """氏名が同じなら、生年月日の違う別人にも同じ番号を付ける。"""

    breaks, incident = "016-1.1.2-02", "INC-14"

    def seed(self, patch: Patch) -> None:
        def by_name(desk: Any, name: str, _birth_date: Any) -> Any:
            question = select(SharedNumber.number).where(SharedNumber.tenant == desk.id, SharedNumber.name == name)
            return desk.session.scalar(question)

        patch(numbering, "known_number", by_name)


class RegistersNonresidentsTwice(Defect):
    """既に宛名のある住登外者を、別の番号でもう一度登録する。"""

    breaks = "016-1.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = numbering.known_number

        def unless_registered(desk: Any, name: str, birth_date: Any) -> Any:
            number = original(desk, name, birth_date)
            return None if number and desk.session.get(Taxpayer, (desk.id, number)) else number

        patch(numbering, "known_number", unless_registered)


class ForgetsTheRepresentative(Defect):
    """法人の代表者の氏名が、照会で示されない。"""

    breaks = "016-1.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(persons_api, "described", lambda told: {**told, "representative_name": None})


class ChecksOnlyTheLength(Defect):
    """法人番号の桁数だけを見て、検査用数字を確かめない。"""

    breaks = "016-1.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(numbering, "is_corporate_number", lambda number: len(number) == 13 and number.isdecimal())


class WeighsCorporateNumbersFromTheLeft(Defect):
    """法人番号の重みを左から数え、正しい番号を拒否する。"""

    breaks = "016-1.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = numbering.is_corporate_number
        patch(numbering, "is_corporate_number", lambda number: original(number[0] + number[:0:-1]))


class RegistersCorporationsTwice(Defect):
    """同じ法人番号の宛名を二つ作る。"""

    breaks = "016-1.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(persons_api, "corporations", lambda *_: [])


class RefusesNamesakesAmongCorporations(Defect):
    """法人番号でなく名称で重複を判断し、同じ名称の別の法人を登録できない。"""

    breaks = "016-1.1.3-03"

    def seed(self, patch: Patch) -> None:
        original = persons_api.register_corporation

        def by_name(desk: Any, given: Any) -> Any:
            if any(one.name == given.corporate_name for one in searching.everybody(desk)):
                raise Refusal("duplicate", "その名称の法人の宛名が既にあります。")
            return original(desk, given)

        patch(persons_api, "register_corporation", by_name)


class OverwritesTheRepresentative(Defect):
    """代表者を変えると、前の代表者が履歴から消える。"""

    breaks = "016-1.1.3-04"

    def seed(self, patch: Patch) -> None:
        def overwrite(desk: Any, taxpayer_id: str) -> Any:
            found = rows(desk, PersonVersion, taxpayer_id=taxpayer_id)
            for one in found:
                one.representative_name = found[-1].representative_name
            return found

        patch(persons_api, "versions", overwrite)


class ClearsTheRepresentative(Defect):
    """住所だけを修正しても、入力しなかった代表者の氏名が消える。"""

    breaks = "016-1.1.3-04"

    def seed(self, patch: Patch) -> None:
        original = taxpayers.add_version

        def cleared(desk: Any, person: Any, change_kind: str, day: Any) -> None:
            before = rows(desk, PersonVersion, taxpayer_id=person.taxpayer_id)
            if before and person.representative_name == before[-1].representative_name:
                person.representative_name = None
            original(desk, person, change_kind, day)

        patch(taxpayers, "add_version", cleared)


class NumbersEverybodyAlike(Defect):
    """照会すると、いつも後に登録した人を示す（番号が二人に付いている）。"""

    breaks = "016-1.1.4-01"

    def seed(self, patch: Patch) -> None:
        original = taxpayers.taxpayer
        patch(taxpayers, "taxpayer", lambda desk, _number: original(desk, _last_number(desk)))


def _last_number(desk: Any) -> str:
    question = select(SharedNumber.number).where(SharedNumber.tenant == desk.id).order_by(SharedNumber.serial.desc())
    return str(desk.session.scalar(question))


class NeverRestartsTheWeights(Defect):
    """検査数字の重みを7の次に8とし、桁の多い番号の検査数字を誤る。"""

    breaks = "016-1.1.4-02"

    def seed(self, patch: Patch) -> None:
        def digit(serial: str, _remainder_one: str) -> str:
            total = sum(int(one) * (2 + place) for place, one in enumerate(reversed(serial)))
            return str((11 - total % 11) % 11 % 10)

        patch(numbering, "check_digit", digit)


class IgnoresTheSettingOfRemainderOne(Defect):
    """剰余が1のとき、設定によらず欠番にする。"""

    breaks = "016-1.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(numbering, "remainder_one", lambda _desk: numbering.SKIP)


class OffersRenumbering(Defect):
    """既に付けた宛名番号を付け直す機能を提供する。"""

    breaks = "016-1.1.4-04"

    def seed(self, patch: Patch) -> None:
        from kijun.drivers.reference import ReferenceDriver

        original = ReferenceDriver._on_call

        def call(driver: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
            if params["operation"] == "renumber_addressee":
                return {"result": {"taxpayer_id": "000000099"}}
            return original(driver, params, deadline)

        patch(ReferenceDriver, "_on_call", call)


class TellsNoGround(Defect):
    """候補の根拠を、いつも氏名のみの一致と示す。"""

    breaks, incident = "016-1.1.5-01", "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(identity, "ground", lambda *_: "name_only")


class MergesNamesakes(Defect):
    """同姓同名の別人を、自動で一人に統合する。"""

    breaks, incident = "016-1.1.5-02", "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(identity, "may_merge_automatically", lambda _why: True)


class TakesUnknownBirthDatesAsEqual(Defect):
    """どちらも生年月日の不明な二人を、生年月日の一致した者として統合する。"""

    breaks, incident = "016-1.1.5-02", "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(identity, "same_birth_date", lambda one, other: one.birth_date == other.birth_date)


class MergesUnconfirmed(Defect):
    """本人の確認のないまま、生年月日の違う宛名を統合する。"""

    breaks, incident = "016-1.1.5-03", "INC-14"

    def seed(self, patch: Patch) -> None:
        original = identity.unify_addressees
        patch(
            identity,
            "unify_addressees",
            lambda desk, given: original(desk, given.model_copy(update={"is_identity_confirmed": True})),
        )


class LosesMergedContacts(Defect):
    """統合すると、統合した宛名の連絡先が見えなくなる。"""

    breaks = "016-1.1.5-04"

    def seed(self, patch: Patch) -> None:
        patch(identity, "numbers_of", lambda _desk, number: [number])


class NeverSeparates(Defect):
    """統合の取消しを受け付けるが、宛名は統合されたままになる。"""

    breaks, incident = "016-1.1.5-05", "INC-14"

    def seed(self, patch: Patch) -> None:
        patch(identity, "separate", lambda *_: None)


class KeepsTheOthersContacts(Defect):
    """統合を取り消しても、別人の連絡先が統合先に残る。"""

    breaks, incident = "016-1.1.5-05", "INC-14"

    def seed(self, patch: Patch) -> None:
        def ever(desk: Any, number: str) -> list[str]:
            return [number, *(one.merged for one in rows(desk, person_records.Merge, kept=number))]

        patch(identity, "numbers_of", ever)


class PrintsTheRegisteredName(Defect):
    """通称を選んだ人の帳票に、住民票の氏名を印字する。"""

    breaks = "016-1.1.6-01"

    def seed(self, patch: Patch) -> None:
        patch(persons_api, "imprint_name", lambda person: person.name)


class PrintsTheFormerSurnameAlone(Defect):
    """旧氏を選ぶと、名が消えて旧氏だけが印字される。"""

    breaks = "016-1.1.6-02"

    def seed(self, patch: Patch) -> None:
        original = persons_api.imprint_name
        patch(
            persons_api,
            "imprint_name",
            lambda one: one.former_surname if one.imprint_name_kind == "former_surname" else original(one),
        )


class KeepsTheLastGivenNameOnly(Defect):
    """旧氏を選ぶと、二語の名の前の語が落ちる。"""

    breaks = "016-1.1.6-02"

    def seed(self, patch: Patch) -> None:
        patch(persons_api, "given_names", lambda name: name.split("　")[-1])


class ChoosesAnEmptyName(Defect):
    """登録のない通称を選べ、空の氏名で帳票が出る。"""

    breaks = "016-1.1.6-03"

    def seed(self, patch: Patch) -> None:
        def choose(desk: Any, given: Any) -> dict[str, Any]:
            person = taxpayers.taxpayer(desk, given.taxpayer_id)
            person.imprint_name_kind = given.imprint_name_kind
            return {"taxpayer_id": given.taxpayer_id, "imprint_name": ""}

        patch(persons_api, "choose_imprint_name", choose)


class AcceptsWrongPersonalNumbers(Defect):
    """個人番号の検査用数字を確かめず、別人の番号を登録する。"""

    breaks = "016-1.1.7-01"

    def seed(self, patch: Patch) -> None:
        patch(numbering, "is_personal_number", lambda number: len(number) == 12 and number.isdecimal())


class ShowsPersonalNumbersToAnybody(Defect):
    """個人番号を利用する事務の担当でない利用者も、個人番号を照会できる。"""

    breaks = "016-1.1.7-02"

    def seed(self, patch: Patch) -> None:
        patch(personal_numbers, "check_user", lambda _desk: None)


class ForgetsTheHandling(Defect):
    """個人番号の照会が記録に残らない。"""

    breaks = "016-1.1.7-03"

    def seed(self, patch: Patch) -> None:
        patch(personal_numbers, "note_use", lambda *_: None)


class DependsOnTheHyphen(Defect):
    """郵便番号の区切りの有無が違うと、町字が見つからない。"""

    breaks = "016-1.1.8-01"

    def seed(self, patch: Patch) -> None:
        patch(towns, "plain", lambda postal_code: postal_code)


class OffersAbolishedTowns(Defect):
    """廃止された町字も検索の結果に示す。"""

    breaks = "016-1.1.8-01"

    def seed(self, patch: Patch) -> None:
        patch(person_records, "holds_on", lambda row, day: row.effective_since <= day)


class ChoosesAbolishedTowns(Defect):
    """廃止された町字を宛名に設定できる。"""

    breaks = "016-1.1.8-02"

    def seed(self, patch: Patch) -> None:
        patch(towns, "town_today", lambda desk, code: rows(desk, Town, town_code=code)[0])


class LetsTownsShareADay(Defect):
    """前の町字の最後の日から始まる、同じコードの町字を登録できる。"""

    breaks = "016-1.1.8-03"

    def seed(self, patch: Patch) -> None:
        patch(
            towns,
            "overlap",
            lambda one, first, _last: one.effective_through is None or first < one.effective_through,
        )


class ChangesADayLate(Defect):
    """異動の日の時点の照会に、異動の前の宛名を示す。"""

    breaks = "016-1.1.9-01"

    def seed(self, patch: Patch) -> None:
        def late(desk: Any, number: str, day: Any) -> Any:
            found = rows(desk, PersonVersion, taxpayer_id=number)
            return [one for one in found if one is found[0] or one.effective_on < day][-1]

        patch(persons_api, "version_on", late)


class ShowsDaysBeforeTheRegistration(Defect):
    """登録の前の日にも、今の住所を示す。"""

    breaks = "016-1.1.9-02"

    def seed(self, patch: Patch) -> None:
        original = persons_api.version_on
        patch(
            persons_api,
            "version_on",
            lambda desk, number, day: original(desk, number, day) or persons_api.versions(desk, number)[0],
        )


class KeepsOnlyTheLatestVersion(Defect):
    """宛名の履歴に、最新の異動しか示さない。"""

    breaks = "016-1.1.9-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            persons_api,
            "list_addressee_history",
            lambda told: {"addressee_history": told["addressee_history"][-1:]},
        )


class MixesHistories(Defect):
    """宛名の履歴に、別の宛名の異動を載せる。"""

    breaks = "016-1.1.9-03"

    def seed(self, patch: Patch) -> None:
        patch(persons_api, "versions", lambda desk, _number: rows(desk, PersonVersion))


class DistinguishesSmallKana(Defect):
    """小書きの仮名を別の字とし、「シヨウコ」で「ショウコ」が見つからない。"""

    breaks = "016-1.1.10-01"

    def seed(self, patch: Patch) -> None:
        patch(searching, "SMALL", {})


class KnowsNoVariants(Defect):
    """髙と高を別の字とし、本人が見つからない。"""

    breaks = "016-1.1.10-02"

    def seed(self, patch: Patch) -> None:
        patch(searching, "VARIANTS", {})


class ShowsTheFoldedName(Defect):
    """検索のために読み替えた字で、氏名を示す。"""

    breaks = "016-1.1.10-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            searching,
            "line",
            lambda told: {**told, "addressee_name": searching.fold(told["addressee_name"])},
        )


class ShowsOneOfTheVariants(Defect):
    """読み替えると同じ氏名になる人を一人とみなし、字の違うもう一人を示さない。"""

    breaks = "016-1.1.10-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(searching, "found_by", lambda found: list({searching.fold(one.name): one for one in found}.values()))


class FindsWhoeverSharesCharacters(Defect):
    """同じ字を含むだけの、読みの異なる人を示す。"""

    breaks = "016-1.1.10-04"

    def seed(self, patch: Patch) -> None:
        patch(
            searching,
            "matches",
            lambda person, text: any(
                set(searching.fold(text)) <= set(searching.fold(name)) for name in searching.names_of(person)
            ),
        )


# 送付先と代理人 --------------------------------------------------------------------------------------------


class UsesAMailingAddressForAllTaxes(Defect):
    """一つの税目の送付先に、全ての税目の通知を送る。"""

    breaks = "016-2.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "is_for", lambda *_: True)


class EndsTheMailingAddressADayEarly(Defect):
    """送付先を、設定終了日に用いない。"""

    breaks = "016-2.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = mailing.is_active
        patch(mailing, "is_active", lambda desk, one: original(desk, one) and one.effective_through != desk.today)


class MakesUpTheReason(Defect):
    """理由のない送付先を、本人の申出として登録する。"""

    breaks = "016-2.1.1-03"

    def seed(self, patch: Patch) -> None:
        from kijun.drivers.reference import ReferenceDriver

        original = ReferenceDriver._on_call

        def call(driver: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
            if params["operation"] == "register_mailing_address":
                params = {**params, "input": {"mailing_reason": "request", **params["input"]}}
            return original(driver, params, deadline)

        patch(ReferenceDriver, "_on_call", call)


class RanksByNumberAlone(Defect):
    """税目の送付先があっても、全ての税目の送付先を優先順位だけで選ぶ。"""

    breaks = "016-2.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "rank", lambda one: (False, one.mailing_priority))


class AllowsEqualRanks(Defect):
    """優先順位の同じ送付先を、重なる期間に登録できる。"""

    breaks = "016-2.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(towns, "overlap", lambda *_: False)


class LosesTheTitle(Defect):
    """代理人の肩書が示されない。"""

    breaks = "016-2.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(mailing, "agent_line", lambda told: {**told, "agent_title": None})


class PrefersTheMailingAddress(Defect):
    """納税管理人がいるのに、本人の届けた送付先に送る。"""

    breaks = "016-2.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = mailing.receiving_agent
        patch(
            mailing,
            "receiving_agent",
            lambda desk, person, tax: (
                None if mailing.chosen_mailing_address(desk, person, tax) else original(desk, person, tax)
            ),
        )


class KeepsDismissedAgents(Defect):
    """任の終わった納税管理人に、通知を送り続ける。"""

    breaks = "016-2.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "is_active", lambda desk, one: one.effective_since <= desk.today)


class TellsAgentsEverything(Defect):
    """一つの税目を頼まれた代理人に、全ての税目の通知を送る。"""

    breaks = "016-2.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = mailing.is_for
        patch(mailing, "is_for", lambda one, tax: isinstance(one, Agent) or original(one, tax))


class PassesOverTheGuardian(Defect):
    """成年後見人がいるのに、本人に通知を送る。"""

    breaks = "016-2.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "RECEIVE_BY_OFFICE", ("heirs_representative", "tax_administrator"))


class SendsToAnyCurator(Defect):
    """代理権のない保佐人や補助人に、通知を送る。"""

    breaks = "016-2.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "may_receive", lambda _one: True)


class DropsTheWarningOfAContact(Defect):
    """連絡してはならない旨が示されず、勤務先に電話をする。"""

    breaks = "016-2.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            contacts,
            "list_telecoms",
            lambda told: {"telecoms": [{**one, "is_telecom_forbidden": False} for one in told["telecoms"]]},
        )


class ComparesContactsAsWritten(Defect):
    """区切りの記号が違うだけの同じ電話番号を、二重に登録する。"""

    breaks = "016-2.3.1-02"

    def seed(self, patch: Patch) -> None:
        patch(contacts, "is_same", lambda one, given: one.telecom_value == given.telecom_value)


class ShowsTheAccountNumber(Defect):
    """口座番号の全ての桁を示す。"""

    breaks = "016-2.4.1-01"

    def seed(self, patch: Patch) -> None:
        patch(contacts, "covered", lambda number: number)


class UsesPublicMoneyAccountsUnasked(Defect):
    """本人の申出のない公金受取口座を、還付に使う。"""

    breaks = "016-2.4.1-02"

    def seed(self, patch: Patch) -> None:
        original = contacts.register_refund_account
        patch(
            contacts,
            "register_refund_account",
            lambda desk, given: original(desk, given.model_copy(update={"is_consent_given": True})),
        )


class SendsToAReturnedAddress(Defect):
    """返戻のあった住所に、調査の前に送り続ける。"""

    breaks = "016-2.5.1-01"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "is_stopped", lambda _person: False)


class NeverResumesSending(Defect):
    """居所が判明しても、送付を止めたままにする。"""

    breaks = "016-2.5.1-02"

    def seed(self, patch: Patch) -> None:
        original = mailing.record_investigation

        def record(desk: Any, given: Any) -> dict[str, Any]:
            told = original(desk, given)
            taxpayers.taxpayer(desk, given.taxpayer_id).is_mailing_stopped = True
            return told

        patch(mailing, "record_investigation", record)


class PublishesBeforeTheInvestigation(Defect):
    """調査の済んでいない返戻の宛名も、公示送達の対象にする。"""

    breaks = "016-2.5.1-03"

    def seed(self, patch: Patch) -> None:
        patch(
            mailing,
            "list_public_notice_targets",
            lambda desk, _given: {
                "public_notice_targets": [{"taxpayer_id": one.taxpayer_id} for one in rows(desk, ReturnedMail)]
            },
        )


# 支援措置と抑止 --------------------------------------------------------------------------------------------


class CountsRepeatedMeasuresAsNew(Defect):
    """既に登録のある支援措置も、登録件数に数える。"""

    breaks, incident = "016-3.1.1-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            protection_api,
            "import_support_measures",
            lambda told: {**told, "measures_added": told["measures_received"]},
        )


class TakesAnEmptyListAsNormal(Defect):
    """支援措置の対象者が零件の一覧を、正常なものとして受け付ける（明和町の事故）。"""

    breaks, incident = "016-3.1.1-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(protection_api, "check_not_empty", lambda *_: None)


class EndsTheMeasureADayEarly(Defect):
    """支援措置の終了日に、対象でないものとして扱う。"""

    breaks = "016-3.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(protection, "is_within", lambda one, desk: one.measure_from <= desk.today < one.measure_through)


class StartsTheMeasureADayLate(Defect):
    """支援措置の開始日に、対象でないものとして扱う。"""

    breaks = "016-3.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(protection, "is_within", lambda one, desk: one.measure_from < desk.today <= one.measure_through)


class DropsTheFlagTooEarly(Defect):
    """先の期間の通知が届くと、期間の始まる前の対象者の保護が外れる。"""

    breaks, incident = "016-3.1.1-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(protection, "has_begun", lambda *_: True)


class LosesTheMeasureInAMerge(Defect):
    """宛名を統合すると、支援措置が統合先に及ばず、住所が出る。"""

    breaks, incident = "016-3.1.1-04", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(protection, "absorbed", lambda *_: [])


class LiftsWithoutEffect(Defect):
    """一時解除をしても、住所を照会できない。"""

    breaks = "016-3.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(protection, "is_open", lambda *_: False)


class LiftsBeforeTheTime(Defect):
    """一時解除の開始の前から、住所を示す。"""

    breaks = "016-3.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(
            protection,
            "is_open",
            lambda lift, now: now <= lift.lift_through and lift.lift_spent < lift.lift_allowance,
        )


class LiftsForEver(Defect):
    """一時解除の終了の日時を過ぎても、戻すまで住所を示す。"""

    breaks = "016-3.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(
            protection,
            "is_open",
            lambda lift, now: lift.lift_from <= now and lift.lift_spent < lift.lift_allowance,
        )


class LiftsOnceTooOften(Defect):
    """一時解除の回数を使い切っても、もう一度住所を示す。"""

    breaks = "016-3.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(
            protection,
            "is_open",
            lambda lift, now: lift.lift_from <= now <= lift.lift_through and lift.lift_spent <= lift.lift_allowance,
        )


class ForgetsWhyItWasLifted(Defect):
    """一時解除の理由が記録に残らない。"""

    breaks = "016-3.1.2-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            protection_api,
            "list_support_lifts",
            lambda told: {"support_lifts": [{**one, "lift_reason": ""} for one in told["support_lifts"]]},
        )


class LiftsTheWrongProcess(Defect):
    """照会のための一時解除で、住所の載った紙が出る。"""

    breaks = "016-3.1.2-05"

    def seed(self, patch: Patch) -> None:
        original = protection.use_lift
        patch(
            protection,
            "use_lift",
            lambda desk, person, _process, time: any(original(desk, person, one, time) for one in ("inquiry", "issue")),
        )


class PrintsProtectedAddresses(Defect):
    """支援措置の対象者の帳票に、住所を記載する。"""

    breaks, incident = "016-3.1.3-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: person.address)


class PrintsThePostalCode(Defect):
    """住所を記載しない帳票に、町の分かる郵便番号を記載する。"""

    breaks, incident = "016-3.1.3-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(persons_api, "slip_postal_code", lambda desk, person, _address: towns.postal_code(desk, person))


class PrintsByTheOldFlag(Defect):
    """取り込んだ支援措置の期間を見ず、登録の時の印だけで住所を記載する。"""

    breaks, incident = "016-3.1.3-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: None if person.support_measure else person.address)


class ShowsProtectedAddresses(Defect):
    """照会担当にも、支援措置の対象者の住所を示す。"""

    breaks, incident = "016-3.1.3-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(protection, "visible_address", lambda _desk, person, *_: person.address)


class ShowsTheShelter(Defect):
    """照会担当に、支援措置の対象者の送付先（避難先）を示す。"""

    breaks, incident = "016-3.1.3-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(
            mailing,
            "decide_mailing",
            lambda desk, given: mailing.decided(desk, taxpayers.taxpayer(desk, given.taxpayer_id), given.related_tax),
        )


class ShowsAddressesInTheSearch(Defect):
    """照会の画面では隠した住所が、検索の結果に出る。"""

    breaks, incident = "016-3.1.3-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        original = searching.line
        patch(searching, "line", lambda desk, person: {**original(desk, person), "address": person.address})


class ProtectsForEver(Defect):
    """支援措置の期間が終わっても住所を記載せず、通知が返戻になる。"""

    breaks = "016-3.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(
            protection,
            "measure_holds",
            lambda desk, person: (
                person.support_measure or bool(rows(desk, SupportPeriod, taxpayer_id=person.taxpayer_id))
            ),
        )


class WarnsOnlyOfTheHousehold(Defect):
    """共有者や事業所の画面に、支援措置の注意が出ない（明和町の事故）。"""

    breaks, incident = "016-3.1.4-01", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch.wrap(protection, "related", lambda found: [(one, kind) for one, kind in found if kind == "household"])


class WarnsInOneDirection(Defect):
    """関係を登録した向きの画面にだけ、注意を示す。"""

    breaks, incident = "016-3.1.4-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        def forward(desk: Any, person: Taxpayer) -> Any:
            ties = rows(desk, Relation, taxpayer_id=person.taxpayer_id)
            return [(taxpayers.taxpayer(desk, one.related_taxpayer_id), one.relation_kind) for one in ties]

        patch(protection, "related", forward)


class WarnsOfEveryRelation(Defect):
    """支援措置のない関係者がいるだけで、注意を示す。"""

    breaks = "016-3.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(
            protection,
            "related_cautions",
            lambda desk, person: [f"{kind}_protected" for _one, kind in protection.related(desk, person)],
        )


class RestrainsOnlyTheIssue(Defect):
    """更新と照会の抑止が効かない。"""

    breaks = "016-3.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = protection.restraints
        patch(
            protection,
            "restraints",
            lambda desk, person, process: original(desk, person, process) if process == "issue" else [],
        )


class TreatsCautionAsForbidden(Defect):
    """注意だけの抑止で、発行を断る。"""

    breaks = "016-3.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = protection.restraints

        def forbidden(desk: Any, person: Taxpayer, process: str) -> Any:
            found = original(desk, person, process)
            for one in found:
                one.restraint_strength = "forbid"
            return found

        patch(protection, "restraints", forbidden)


class EndsTheRestraintUnseen(Defect):
    """設定終了日を過ぎると、誰も知らぬ間に抑止が終わる。"""

    breaks = "016-3.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(protection, "restraints", lambda found: [one for one in found if one.effective_through is None])


class ErasesTheReleasedRestraint(Defect):
    """抑止を解除すると、抑止の記録が消える。"""

    breaks = "016-3.2.1-04"

    def seed(self, patch: Patch) -> None:
        patch(protection_api, "release", lambda desk, one, _reason: desk.session.delete(one))


class RestrainsBeforeTheDay(Defect):
    """登録しただけで、設定開始日の前から発行を断る。"""

    breaks = "016-3.2.1-05"

    def seed(self, patch: Patch) -> None:
        def at_once(desk: Any, person: Taxpayer, process: str) -> Any:
            found = rows(desk, Restraint, taxpayer_id=person.taxpayer_id, restrained_process=process)
            return [one for one in found if one.released_on is None]

        patch(protection, "restraints", at_once)


# 照会 -----------------------------------------------------------------------------------------------------


class ShowsEverybodysTaxes(Defect):
    """別の人の台帳を、その人の税目として示す。"""

    breaks = "016-4.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(searching, "current_taxes", lambda desk, _number: rows(desk, TaxRelation))


class KeepsOneLedgerPerTax(Defect):
    """同じ税目の台帳を一つしか覚えず、二つ目の家屋が示されない。"""

    breaks = "016-4.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(searching, "current_taxes", lambda found: list({one.related_tax: one for one in found}.values()))


class ShowsEndedTaxes(Defect):
    """課税がなくなった台帳を示し続ける。"""

    breaks = "016-4.1.1-02"

    def seed(self, patch: Patch) -> None:
        def ever(desk: Any, number: str) -> list[TaxRelation]:
            return [one for one in rows(desk, TaxRelation, taxpayer_id=number) if one.is_tax_current]

        patch(searching, "current_taxes", ever)


class ForgetsTheCondition(Defect):
    """保存した検索が条件を失い、全ての宛名を示す。"""

    breaks = "016-4.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(searching, "matches", lambda *_: True)


class SharesSavedSearches(Defect):
    """ほかの利用者に、誰を調べているかが見える。"""

    breaks = "016-4.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(searching, "own_searches", lambda desk, *_: rows(desk, SavedSearch))


class ForgetsWhoWrote(Defect):
    """メモを書いた操作者が示されない。"""

    breaks = "016-4.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            contacts,
            "list_remarks",
            lambda told: {"remarks": [{**one, "operator": ""} for one in told["remarks"]]},
        )


class ShowsEverybodysMemos(Defect):
    """窓口で、別の人についてのメモが示される。"""

    breaks = "016-4.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = contacts.of_person

        def everybodys(desk: Any, table: Any, number: str) -> list[Any]:
            return rows(desk, Memo) if table is Memo else original(desk, table, number)

        patch(contacts, "of_person", everybodys)


class ShowsInternalRemarks(Defect):
    """賦課担当に限ったメモが、窓口の照会に出る。"""

    breaks = "016-4.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(contacts, "may_read", lambda *_: True)


class DropsTheStickerADayEarly(Defect):
    """付箋を、最後の日に示さない。"""

    breaks = "016-4.2.1-03"

    def seed(self, patch: Patch) -> None:
        original = contacts.is_stuck
        patch(contacts, "is_stuck", lambda desk, memo: original(desk, memo) and memo.effective_through != desk.today)


class KeepsTheSticker(Defect):
    """用の済んだ付箋を示し続ける。"""

    breaks = "016-4.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(contacts, "is_stuck", lambda *_: True)
