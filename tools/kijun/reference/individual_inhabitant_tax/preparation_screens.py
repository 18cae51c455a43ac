"""The clerks' pages of what is prepared before the levy and kept with it: years, departures, reports, other bodies."""

from __future__ import annotations

from kijun.reference.boxes import Adjustment, page
from kijun.reference.individual_inhabitant_tax import (
    calculation_api,
    family_employees_api,
    levy_totals_api,
    movements_api,
    network_api,
    official_inquiries_api,
    presence_api,
    reform_trial_api,
    salary_summaries_api,
    severance_payments_api,
    treaties_api,
    year_start_api,
)
from kijun.reference.individual_inhabitant_tax.shared_screens import EMPLOYER, OF_PERSON, PERSON, RELATIVES
from kijun.reference.web import Screen

_PREPARATION = "課税準備"
_DEPARTURES = "転出・死亡と相続人"
_SUMMARIES = "給与支払報告書の総括表"
_SEVERANCE = "退職所得の資料"
_TREATIES = "租税条約"
_FAMILY = "事業専従者"
_TOTALS = "集計と試算"
_OTHERS = "他の団体への照会と回答"
_FILED = Adjustment(today=("filed_on",))
_RATE = {"prefectural_levy_rate": "十万分率です（2.025％は 2025）。条例で標準と異なる府県だけが設定します。"}


def preparation() -> tuple[Screen, ...]:
    numbers = {"levy_serial_from": "範囲を定めないときは、初めも終わりも空にします。"}
    elsewhere = {"taxpayer_id": (("issue_elsewhere_notice", "通知書を作る"), ("acknowledge_elsewhere_notice", "受理"))}
    aided = {"taxpayer_id": (("register_circumstances", "個人の状況を登録"),)}
    fixed = ("get_assessment_day_resident", "list_residents_to_refix")
    return (
        page(
            _PREPARATION,
            year_start_api.start_levy_year,
            adjusted=Adjustment(hints=numbers),
            then=("set_inhabitant_tax_terms", "fix_assessment_day_residents"),
        ),
        page(_PREPARATION, calculation_api.set_inhabitant_tax_terms, adjusted=Adjustment(hints=_RATE)),
        page(_PREPARATION, year_start_api.fix_assessment_day_residents, then=fixed),
        page(_PREPARATION, year_start_api.get_assessment_day_resident, then=("refix_assessment_day_resident",)),
        page(_PREPARATION, year_start_api.list_residents_to_refix, then=("refix_assessment_day_resident",)),
        page(_PREPARATION, year_start_api.refix_assessment_day_resident, then=fixed),
        page(
            _PREPARATION,
            presence_api.register_presence,
            then=("register_circumstances", "lodge_dossier", "end_presence"),
        ),
        page(_PREPARATION, presence_api.list_taxable_inhabitants, links=PERSON),
        page(_PREPARATION, presence_api.list_unregistered_residents, links=elsewhere),
        page(_PREPARATION, presence_api.issue_elsewhere_notice, then=("list_unregistered_residents",)),
        page(_PREPARATION, presence_api.acknowledge_elsewhere_notice, then=("list_unregistered_residents",)),
        page(_PREPARATION, presence_api.take_in_aid_decisions, then=("list_unreflected_aid",)),
        page(_PREPARATION, presence_api.list_unreflected_aid, links=aided),
    )


def departures() -> tuple[Screen, ...]:
    questioned = {"taxpayer_id": (("cancel_levy", "課税の取消"), *OF_PERSON)}
    portion = {"inherited_portion": "分数で入力します（例 1/2）。"}
    noticed = {"taxpayer_id": (("get_levy_notice", "通知書"), *OF_PERSON)}
    heirs = {"taxpayer_id": (("register_heir", "相続人を登録"), ("get_levy_notice", "通知書"), *OF_PERSON)}
    return (
        page(_DEPARTURES, movements_api.reflect_resident_moves, then=("list_questionable_levies",)),
        page(_DEPARTURES, movements_api.list_questionable_levies, links=questioned),
        page(
            _DEPARTURES,
            movements_api.end_presence,
            then=("list_emigrants_without_administrator", "list_dead_without_representative"),
        ),
        page(_DEPARTURES, movements_api.list_emigrants_without_administrator, links=noticed),
        page(_DEPARTURES, movements_api.list_dead_without_representative, links=heirs),
        page(
            _DEPARTURES,
            movements_api.register_heir,
            adjusted=Adjustment(hints=portion),
            then=("register_heir", "list_inherited_dues"),
        ),
        page(_DEPARTURES, movements_api.list_inherited_dues, then=("register_heir",)),
    )


def summaries() -> tuple[Screen, ...]:
    asked = {"designation_number": (("issue_salary_summary", "総括表を作る"), ("get_employer", "義務者"))}
    missing = {"designation_number": (("issue_report_demand", "督促状を作る"), ("intake_salary_summary", "受け付ける"))}
    states = ("list_salary_summary_states",)
    return (
        page(_SUMMARIES, salary_summaries_api.list_salary_summary_targets, links=asked),
        page(_SUMMARIES, salary_summaries_api.issue_salary_summary, then=states),
        page(_SUMMARIES, salary_summaries_api.intake_salary_summary, adjusted=_FILED, then=states),
        page(_SUMMARIES, salary_summaries_api.list_salary_summary_states, links=missing),
        page(_SUMMARIES, salary_summaries_api.judge_electronic_filing, then=("intake_salary_summary",)),
        page(_SUMMARIES, salary_summaries_api.issue_report_demand, then=states),
    )


def severance() -> tuple[Screen, ...]:
    return (
        page(
            _SEVERANCE,
            severance_payments_api.register_severance_dossier,
            headings={"severance_paid_on": "支払", "municipal_severance_levy": "徴収した税額"},
            then=("list_severance_dossiers", "check_severance_dossiers"),
        ),
        page(
            _SEVERANCE,
            severance_payments_api.list_severance_dossiers,
            links=EMPLOYER,
            then=("register_severance_dossier", "calculate_severance_levy"),
        ),
        page(_SEVERANCE, severance_payments_api.check_severance_dossiers, links=PERSON),
        page(
            _SEVERANCE,
            severance_payments_api.register_severance_return,
            adjusted=_FILED,
            then=("check_severance_returns",),
        ),
        page(_SEVERANCE, severance_payments_api.check_severance_returns, links=EMPLOYER),
    )


def treaties() -> tuple[Screen, ...]:
    return (
        page(
            _TREATIES,
            treaties_api.register_treaty_notice,
            adjusted=_FILED,
            then=("list_treaty_notices", "calculate_inhabitant_tax"),
        ),
        page(_TREATIES, treaties_api.list_treaty_notices, then=("register_treaty_notice",)),
    )


def family() -> tuple[Screen, ...]:
    amount = {"family_employee_amount": "青色は支払った給与の額、白色は控除の額です。"}
    return (
        page(
            _FAMILY,
            family_employees_api.register_family_employee,
            adjusted=Adjustment(hints=amount),
            then=("register_family_employee", "check_family_employees"),
        ),
        page(_FAMILY, family_employees_api.check_family_employees, links=RELATIVES),
    )


def totals() -> tuple[Screen, ...]:
    return (
        page(_TOTALS, levy_totals_api.total_levies, then=("summarize_liability", "summarize_prefectural_levy")),
        page(
            _TOTALS,
            reform_trial_api.try_reform,
            adjusted=Adjustment(hints=_RATE),
            then=("set_inhabitant_tax_terms",),
        ),
    )


def other_bodies() -> tuple[Screen, ...]:
    lifted = {"secrecy_lift": "弁護士会の照会は、税務の秘密を解きません。"}
    outside = ("list_outside_incomes",)
    asked = {"taxpayer_id": (("inquire_outside_income", "照会する"), *OF_PERSON)}
    return (
        page(_OTHERS, network_api.extract_replicas, links=PERSON),
        page(_OTHERS, network_api.list_outside_income_targets, links=asked),
        page(_OTHERS, network_api.inquire_outside_income, then=("take_in_outside_income", *outside)),
        page(_OTHERS, network_api.take_in_outside_income, then=outside),
        page(_OTHERS, network_api.list_outside_incomes, then=("inquire_outside_income", "take_in_outside_income")),
        page(
            _OTHERS,
            official_inquiries_api.answer_tax_inquiry,
            adjusted=Adjustment(hints=lifted),
            then=("list_official_answers",),
        ),
        page(_OTHERS, official_inquiries_api.list_official_answers, then=("answer_tax_inquiry",)),
    )
