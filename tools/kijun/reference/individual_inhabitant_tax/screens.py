"""The clerks' pages of the business: which operations, in which order, and what leads where."""

from __future__ import annotations

from kijun.reference import taxpayers
from kijun.reference.boxes import Adjustment, page
from kijun.reference.individual_inhabitant_tax import (
    calculation_api,
    carryover_losses_api,
    casualty_losses_api,
    certificates_api,
    changes_api,
    checks_api,
    circumstances_api,
    consolidation_api,
    electronic_changes_api,
    employers_api,
    inquiries_api,
    instalments_api,
    intake_api,
    levy_notices_api,
    levying_api,
    preparation_screens,
    relatives_api,
    remissions_api,
    trial_api,
)
from kijun.reference.individual_inhabitant_tax.shared_screens import (
    AFTER_CHANGE,
    AFTER_DOSSIER,
    EMPLOYER,
    OF_PERSON,
    PERSON,
    REASON,
    RELATIVES,
)
from kijun.reference.local_tax_common import persons_api, searching
from kijun.reference.web import Screen, Screens

_PERSONS = "宛名"
_CIRCUMSTANCES = "個人の状況と親族"
_INTAKE = "課税資料の受信と取込"
_DOSSIERS = "課税資料と合算"
_CHECKS = "課税資料の点検"
_CALCULATION = "税額の計算"
_EMPLOYERS = "特別徴収義務者"
_METHODS = "徴収方法"
_LEVY = "当初賦課"
_NOTICES = "通知"
_CHANGES = "異動（特別徴収・年金特徴）"
_REVISIONS = "更正と減免"
_CERTIFICATES = "証明と閲覧"

_REPORT = {
    "incoming_id": (
        ("repair_incoming_report", "修正"),
        ("ascribe_incoming_report", "ひも付け"),
        ("discard_incoming_report", "破棄"),
        ("list_identifications", "記録"),
    ),
    **PERSON,
}

_RELATIVE = {"relative_id": (("link_relative", "宛名にひも付け"), ("withdraw_relative", "登録を取り消す"))}

_INCOMES = {
    "salary_revenue": "収入と所得（総合課税）",
    "social_premium": "所得控除",
    "long_held_gain": "分離課税の所得",
    "home_loan_ceiling": "税額控除",
}
_RESULTS = {
    "salary_income": "所得",
    "basic_allowance": "所得控除",
    "personal_allowance_gap": "課税所得と税額控除",
    "municipal_income_levy": "税額",
}
_LOSSES = dict.fromkeys(calculation_api.MAY_BE_LOSS, "損失は負の額で入力します（例 -500000）。")
_SALARY_REPORT = (
    *("taxpayer_id", "fiscal_year", "salary_revenue", "social_premium", "mutual_aid_premium", "new_life_premium"),
    *("old_life_premium", "care_premium", "new_annuity_premium", "old_annuity_premium", "quake_premium"),
    *("old_casualty_premium", "home_loan_ceiling", "home_loan_period"),
)
_PENSION_REPORT = ("taxpayer_id", "fiscal_year", "pension_revenue", "social_premium")


def _persons() -> tuple[Screen, ...]:
    number = {"taxpayer_id": (("get_addressee", "宛名"), *OF_PERSON)}
    after = ("register_presence", "register_circumstances", "register_relative", "lodge_dossier")
    return (
        page(_PERSONS, searching.search_addressees, links=number),
        page(_PERSONS, persons_api.get_addressee, then=("amend_addressee", *after, "end_presence")),
        page(_PERSONS, taxpayers.register_taxpayer, title="個人の宛名の登録", links=number, then=after),
        page(_PERSONS, persons_api.register_nonresident, links=number, then=after),
        page(
            _PERSONS, persons_api.amend_addressee, adjusted=Adjustment(today=("amended_on",)), then=("get_addressee",)
        ),
    )


def _circumstances() -> tuple[Screen, ...]:
    return (
        page(
            _CIRCUMSTANCES,
            calculation_api.register_circumstances,
            then=("list_circumstances", "register_relative", "lodge_dossier", "calculate_inhabitant_tax"),
        ),
        page(
            _CIRCUMSTANCES,
            circumstances_api.list_circumstances,
            then=("register_circumstances", "list_kin_liabilities"),
        ),
        page(
            _CIRCUMSTANCES,
            calculation_api.register_relative,
            links=_RELATIVE,
            then=("list_relatives", "list_circumstances", "lodge_dossier", "calculate_inhabitant_tax"),
        ),
        page(_CIRCUMSTANCES, relatives_api.list_relatives, links=_RELATIVE, then=("register_relative",)),
        page(_CIRCUMSTANCES, relatives_api.withdraw_relative, adjusted=REASON, then=("list_relatives",)),
        page(_CIRCUMSTANCES, checks_api.link_relative, then=("check_dependencies",)),
        page(
            _CIRCUMSTANCES,
            inquiries_api.list_kin_liabilities,
            links=RELATIVES,
            then=("register_relative",),
        ),
        page(
            _CIRCUMSTANCES,
            carryover_losses_api.register_carryover_loss,
            adjusted=Adjustment(hints={"carryover_loss": "正の額で入力します。"}),
            then=("list_carried_losses",),
        ),
        page(_CIRCUMSTANCES, carryover_losses_api.list_carried_losses, then=("calculate_inhabitant_tax",)),
        page(
            _CIRCUMSTANCES,
            casualty_losses_api.register_casualty_loss,
            adjusted=Adjustment(hints={"casualty_loss": "正の額で入力します。"}),
            then=("list_carried_casualties",),
        ),
        page(
            _CIRCUMSTANCES,
            casualty_losses_api.list_carried_casualties,
            then=("register_casualty_loss", "calculate_inhabitant_tax"),
        ),
    )


def _intake() -> tuple[Screen, ...]:
    listed = ("list_incoming_reports",)
    worked = (*listed, "reconcile_submissions")
    return (
        page(
            _INTAKE,
            intake_api.lodge_incoming_report,
            adjusted=Adjustment(today=("filed_on",), hints={"trade_profit": _LOSSES["trade_profit"]}),
            headings={
                "addressee_name": "資料に書かれた人",
                "filed_on": "提出と回送",
                "salary_revenue": "資料に書かれた額",
            },
            then=("take_in_incoming_reports", *listed),
        ),
        page(_INTAKE, intake_api.announce_submission, then=("reconcile_submissions",)),
        page(_INTAKE, intake_api.take_in_incoming_reports, then=worked),
        page(_INTAKE, intake_api.list_incoming_reports, links=_REPORT),
        page(_INTAKE, intake_api.repair_incoming_report, then=listed),
        page(
            _INTAKE,
            intake_api.ascribe_incoming_report,
            adjusted=REASON,
            then=("list_identifications", *AFTER_DOSSIER),
        ),
        page(_INTAKE, intake_api.revoke_identification, adjusted=REASON, then=("ascribe_incoming_report", *listed)),
        page(_INTAKE, intake_api.list_identifications, links=PERSON, then=("revoke_identification",)),
        page(_INTAKE, intake_api.discard_incoming_report, adjusted=REASON, then=listed),
        page(_INTAKE, intake_api.forward_incoming_report, then=listed),
        page(_INTAKE, intake_api.record_dossier_inquiry, then=("list_dossier_inquiries", "ascribe_incoming_report")),
        page(_INTAKE, intake_api.list_dossier_inquiries, then=("record_dossier_inquiry", "ascribe_incoming_report")),
        page(_INTAKE, intake_api.reconcile_submissions, then=(*listed, "conclude_intake")),
        page(
            _INTAKE,
            intake_api.conclude_intake,
            adjusted=Adjustment(hints={"clerk_reason": "提出者の警告を残したまま締め切るときに入力します。"}),
            then=("get_intake_conclusion",),
        ),
        page(_INTAKE, intake_api.get_intake_conclusion, then=("reconcile_submissions",)),
    )


def _dossiers() -> tuple[Screen, ...]:
    return (
        page(
            _DOSSIERS,
            calculation_api.lodge_dossier,
            slug="salary_report",
            title="給与支払報告書の入力",
            adjusted=Adjustment(fixed={"dossier_kind": "salary_report"}, only=_SALARY_REPORT),
            headings={"salary_revenue": "支払", "social_premium": "所得控除", "home_loan_ceiling": "税額控除"},
            then=AFTER_DOSSIER,
        ),
        page(
            _DOSSIERS,
            calculation_api.lodge_dossier,
            slug="pension_report",
            title="公的年金等支払報告書の入力",
            adjusted=Adjustment(fixed={"dossier_kind": "pension_report"}, only=_PENSION_REPORT),
            then=AFTER_DOSSIER,
        ),
        page(
            _DOSSIERS,
            calculation_api.lodge_dossier,
            adjusted=Adjustment(hints=_LOSSES),
            headings=_INCOMES,
            then=AFTER_DOSSIER,
        ),
        page(
            _DOSSIERS,
            consolidation_api.get_consolidated_dossiers,
            then=("amend_consolidated_item", "list_consolidation_amendments", "calculate_inhabitant_tax"),
        ),
        page(_DOSSIERS, consolidation_api.amend_consolidated_item, adjusted=REASON, then=AFTER_DOSSIER),
        page(_DOSSIERS, consolidation_api.revoke_amendment, then=AFTER_DOSSIER),
        page(
            _DOSSIERS,
            consolidation_api.list_consolidation_amendments,
            then=("amend_consolidated_item", "revoke_amendment"),
        ),
        page(
            _DOSSIERS,
            consolidation_api.list_outdated_amendments,
            links={"taxpayer_id": (("list_consolidation_amendments", "補正"), *OF_PERSON)},
        ),
    )


def _checks() -> tuple[Screen, ...]:
    return (
        page(_CHECKS, checks_api.check_dossiers),
        page(_CHECKS, consolidation_api.list_suspected_duplicates, links=PERSON),
        page(_CHECKS, consolidation_api.list_return_discrepancies, links=PERSON),
        page(
            _CHECKS,
            consolidation_api.list_one_stop_notices,
            links={"taxpayer_id": (("issue_one_stop_disqualification", "非該当通知書"), *OF_PERSON)},
        ),
        page(_CHECKS, consolidation_api.issue_one_stop_disqualification),
        page(_CHECKS, checks_api.check_dependencies, links=RELATIVES, then=("export_dependency_corrections",)),
        page(_CHECKS, checks_api.export_dependency_corrections, links=RELATIVES),
        page(_CHECKS, relatives_api.check_vouchers_abroad, links=PERSON),
        page(
            _CHECKS,
            checks_api.list_undeclared_inhabitants,
            links={"taxpayer_id": (("issue_filing_reminder", "お知らせを作る"), ("lodge_dossier", "申告を登録"))},
        ),
        page(_CHECKS, checks_api.issue_filing_reminder, then=("list_undeclared_inhabitants",)),
    )


def _calculation() -> tuple[Screen, ...]:
    tried = Adjustment(hints={"salary_revenue": "空の項目は、登録された資料の額で計算します。"})
    return (
        page(
            _CALCULATION,
            calculation_api.calculate_inhabitant_tax,
            headings=_RESULTS,
            then=("try_inhabitant_levy", "get_consolidated_dossiers", "decide_collection", "get_collection_plan"),
        ),
        page(_CALCULATION, trial_api.try_inhabitant_levy, adjusted=tried, then=("calculate_inhabitant_tax",)),
        page(_CALCULATION, instalments_api.calculate_instalments),
        page(_CALCULATION, instalments_api.calculate_monthly_shares),
        page(_CALCULATION, instalments_api.calculate_pension_shares),
        page(_CALCULATION, calculation_api.calculate_severance_levy),
        page(_CALCULATION, calculation_api.judge_holding_term),
    )


def _employers() -> tuple[Screen, ...]:
    changed = Adjustment(today=("employer_changed_on",))
    seen = ("get_employer",)
    query = Adjustment(hints={"employer_query": "名称の一部、指定番号又は電話番号です。"})
    return (
        page(_EMPLOYERS, employers_api.search_employers, adjusted=query, links=EMPLOYER),
        page(
            _EMPLOYERS,
            employers_api.get_employer,
            links={"absorbing_designation": (("get_employer", "統合先"),)},
            then=(
                "list_employees",
                "list_remittances",
                "amend_employer",
                "set_notice_delivery",
                "approve_half_year_dues",
                "register_severance_return",
            ),
        ),
        page(
            _EMPLOYERS,
            employers_api.register_employer,
            links=EMPLOYER,
            then=("set_notice_delivery", "designate_employer"),
        ),
        page(_EMPLOYERS, employers_api.amend_employer, adjusted=changed, then=seen),
        page(_EMPLOYERS, employers_api.set_notice_delivery, then=seen),
        page(
            _EMPLOYERS, employers_api.list_employees, links=PERSON, then=("issue_employer_notice", "list_remittances")
        ),
        page(_EMPLOYERS, employers_api.list_remittances, then=("approve_half_year_dues", "end_half_year_dues")),
        page(_EMPLOYERS, employers_api.approve_half_year_dues, then=("list_remittances",)),
        page(_EMPLOYERS, employers_api.end_half_year_dues, then=("list_remittances",)),
        page(
            _EMPLOYERS,
            employers_api.list_likely_same_employers,
            links={**EMPLOYER, "absorbed_designation": (("get_employer", "義務者"),)},
            then=("absorb_employer",),
        ),
        page(_EMPLOYERS, employers_api.absorb_employer, adjusted=changed, then=("get_employer", "list_employees")),
        page(_EMPLOYERS, employers_api.abolish_employer, adjusted=changed, then=seen),
    )


def _methods() -> tuple[Screen, ...]:
    decided = ("decide_collection",)
    ground = Adjustment(hints={"regular_staff": "普Aのときに入力します。"})
    return (
        page(_METHODS, levying_api.designate_employer, then=decided),
        page(_METHODS, levying_api.register_ordinary_ground, adjusted=ground, then=decided),
        page(_METHODS, levying_api.register_annuity, then=("judge_pension_collection", *decided)),
        page(_METHODS, levying_api.set_levy_parts, then=("judge_pension_collection", *decided)),
        page(_METHODS, levy_notices_api.register_direct_debit, then=("get_levy_notice",)),
        page(_METHODS, levying_api.judge_pension_collection, then=decided),
        page(
            _METHODS,
            levying_api.decide_collection,
            then=("designate_employer", "register_ordinary_ground", "register_annuity", "set_levy_parts"),
        ),
    )


def _levy() -> tuple[Screen, ...]:
    gaps = Adjustment(hints={"gap_threshold": "この額以上の増減がある者を示します。"})
    return (
        page(_LEVY, levying_api.preview_levy, then=("levy_inhabitant_tax",)),
        page(
            _LEVY,
            levying_api.levy_inhabitant_tax,
            then=("list_levy_gaps", "get_levy_resolution", "total_levies", "issue_levy_notices", "hand_over_levies"),
        ),
        page(_LEVY, levying_api.list_levy_gaps, adjusted=gaps, links=PERSON),
        page(
            _LEVY,
            levying_api.get_collection_plan,
            links=EMPLOYER,
            then=(
                "get_levy_history",
                "get_levy_notice",
                "issue_employee_notice",
                "revise_levy",
                "notify_employment_change",
            ),
        ),
        page(_LEVY, levying_api.get_levy_history, then=("get_collection_plan", "reinstate_levy")),
        page(_LEVY, levying_api.get_levy_resolution, then=("summarize_liability", "summarize_prefectural_levy")),
        page(_LEVY, levying_api.hand_over_levies, links=PERSON),
        page(_LEVY, certificates_api.summarize_liability),
        page(_LEVY, certificates_api.summarize_prefectural_levy),
    )


def _notices() -> tuple[Screen, ...]:
    confirmed = Adjustment(hints={"is_zero_confirmed": "支援措置の対象者がいないことを確かめたときに印を付けます。"})
    noticed = {"taxpayer_id": (("get_levy_notice", "通知書"), *OF_PERSON)}
    return (
        page(
            _NOTICES, levy_notices_api.issue_levy_notices, then=("list_pending_levy_notices", "dispatch_levy_notices")
        ),
        page(_NOTICES, levy_notices_api.list_pending_levy_notices, links=noticed, then=("dispatch_levy_notices",)),
        page(_NOTICES, levy_notices_api.dispatch_levy_notices, then=("list_pending_levy_notices",)),
        page(_NOTICES, levy_notices_api.get_levy_notice, then=("get_collection_plan", "register_direct_debit")),
        page(_NOTICES, levy_notices_api.issue_employer_notice, adjusted=confirmed, links=PERSON),
        page(_NOTICES, levy_notices_api.issue_employee_notice, then=("get_collection_plan",)),
        page(_NOTICES, levy_notices_api.list_electronic_notices, links={**EMPLOYER, **PERSON}),
    )


def _changes() -> tuple[Screen, ...]:
    hints = {
        "next_designation": "転勤のときに、新しい事業所の指定番号を入力します。",
        "subsequent_due": "普通徴収に切り替えるとき、残る納期がなければ入力します。",
    }
    subsequent = Adjustment(hints={"subsequent_due": hints["subsequent_due"]})
    return (
        page(
            _CHANGES,
            changes_api.notify_employment_change,
            adjusted=Adjustment(hints=hints, today=("change_notified_on",)),
            then=AFTER_CHANGE,
        ),
        page(
            _CHANGES,
            electronic_changes_api.lodge_electronic_change,
            adjusted=Adjustment(hints={"next_designation": hints["next_designation"]}, today=("change_notified_on",)),
            then=("take_in_electronic_changes",),
        ),
        page(_CHANGES, electronic_changes_api.take_in_electronic_changes, then=("list_electronic_changes",)),
        page(_CHANGES, electronic_changes_api.list_electronic_changes, links={**EMPLOYER, **PERSON}),
        page(_CHANGES, changes_api.switch_to_salary, then=AFTER_CHANGE),
        page(_CHANGES, levying_api.list_monthly_changes, links=EMPLOYER, then=("get_collection_plan",)),
        page(_CHANGES, changes_api.list_pension_requests, links=PERSON, then=("take_in_pension_answer",)),
        page(_CHANGES, changes_api.take_in_pension_answer, adjusted=subsequent, then=AFTER_CHANGE[:2]),
        page(_CHANGES, changes_api.notify_pension_change, adjusted=subsequent, then=AFTER_CHANGE[:2]),
    )


def _revisions() -> tuple[Screen, ...]:
    hints = {
        "subsequent_due": "残る納期がないときの納期限です。",
        "surplus_basis": "納め過ぎとなる額があるときの、起算の区分です。",
    }
    granted = {
        "remission_percent": "承認のときの割合です。",
    }
    number = {
        "remission_id": (
            ("decide_remission", "決定する"),
            ("get_remission_notice", "通知書"),
            ("revoke_remission", "取消"),
        )
    }
    noticed = ("get_remission_notice",)
    return (
        page(
            _REVISIONS,
            levying_api.revise_levy,
            adjusted=Adjustment(hints=hints),
            then=("get_levy_revision_notice", *AFTER_CHANGE),
        ),
        page(_REVISIONS, levying_api.get_levy_revision_notice, then=("get_levy_history",)),
        page(_REVISIONS, levying_api.cancel_levy, then=("get_levy_revision_notice", "get_levy_history")),
        page(_REVISIONS, levying_api.reinstate_levy, then=("get_levy_history", "get_collection_plan")),
        page(
            _REVISIONS,
            remissions_api.request_remission,
            adjusted=Adjustment(today=("remission_requested_on",)),
            links=number,
            then=("list_remissions",),
        ),
        page(_REVISIONS, remissions_api.decide_remission, adjusted=Adjustment(hints=granted), then=noticed),
        page(_REVISIONS, remissions_api.revoke_remission, then=noticed),
        page(_REVISIONS, remissions_api.list_remissions, then=("request_remission", "get_collection_plan")),
        page(_REVISIONS, remissions_api.get_remission_notice, then=("revoke_remission",)),
    )


def _certificates() -> tuple[Screen, ...]:
    number = {"income_certificate_number": (("void_income_certificate", "取り消す"),)}
    released = Adjustment(hints={"undeclared_release_reason": "未申告の者に発行するときだけ入力します。"})
    return (
        page(
            _CERTIFICATES,
            certificates_api.issue_income_certificate,
            adjusted=released,
            links=number,
            then=("list_income_certificates",),
        ),
        page(
            _CERTIFICATES, certificates_api.list_income_certificates, links=number, then=("issue_income_certificate",)
        ),
        page(_CERTIFICATES, certificates_api.void_income_certificate, adjusted=REASON),
        page(
            _CERTIFICATES,
            inquiries_api.get_tax_ledger,
            links={"fiscal_year": (("calculate_inhabitant_tax", "税額"), ("get_collection_plan", "徴収"))},
            then=("issue_income_certificate",),
        ),
    )


SCREENS = Screens(
    slug="individual_inhabitant_tax",
    name="個人住民税",
    screens=(
        *_persons(),
        *preparation_screens.preparation(),
        *preparation_screens.departures(),
        *_circumstances(),
        *preparation_screens.treaties(),
        *preparation_screens.summaries(),
        *_intake(),
        *_dossiers(),
        *preparation_screens.severance(),
        *preparation_screens.family(),
        *_checks(),
        *_calculation(),
        *_employers(),
        *_methods(),
        *_levy(),
        *_notices(),
        *_changes(),
        *_revisions(),
        *preparation_screens.totals(),
        *_certificates(),
        *preparation_screens.other_bodies(),
    ),
    labels={},
    codes={},
)
