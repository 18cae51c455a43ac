"""The pages of 個人住民税: from the person over the levy to the certificate, in the standard's words alone."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from accessibility import assert_usable
from clerks import Clerk, said

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.model.glossary import Glossary
from kijun.reference import app, routing, web
from kijun.reference.server import EmbeddedServer
from kijun.reference.web import Screens

SLUG = "individual_inhabitant_tax"
PAGES = f"/clerk/{SLUG}"
YEAR = {"fiscal_year": "2026"}
PERSON = {"addressee_name": "架空　太郎", "address": "架空県見本市見本町1番地", "birth_date": "1980-06-15"}
EMPLOYER = {"employer_name": "架空商事", "employer_address": "架空県1番地", "employer_phone": "0000-000000"}
# what other systems send and fetch, without a clerk: welfare, convenience stores, other offices
NO_PAGE = {"absorb_integrated_number", "lodge_aid_decision", "offer_kiosk_certificates", "share_tax_information"}
OWN_TITLES = {"salary_report", "pension_report", "register_taxpayer"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with EmbeddedServer() as running:
        yield running.url


@pytest.fixture
def clerk(server: str) -> Clerk:
    one = Clerk(server, pages=SLUG)
    assert one.sign_in() == 303
    return one


@pytest.fixture(scope="module")
def screens() -> Screens:
    assert list(app.businesses())
    return web.businesses()[SLUG]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Catalog.load(shipped_root()).glossary


def shown(page: str) -> str:
    """The text of the main part without its tags."""
    main = page[page.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def number_in(page: str, label: str) -> str:
    found = re.search(rf"{label}</th><td[^>]*>(\w+)", page)
    assert found, shown(page)
    return found[1]


def cell(page: str, label: str) -> str:
    found = re.search(rf">{label}</th><td[^>]*>([^<]*)", page)
    return found[1].strip() if found else ""


def employee(clerk: Clerk) -> dict[str, str]:
    """A person with a salary of five million yen, whose employer withholds; the number, the year, the employer."""
    number = number_in(clerk.fill("register_nonresident", PERSON)[1], "宛名番号")
    who = {"taxpayer_id": number, **YEAR}
    clerk.fill("register_presence", {"presence_kind": "registered_resident", "present_from": "2000-01-01", **who})
    clerk.fill("register_circumstances", {"birth_date": "1980-06-15", **who})
    clerk.fill("register_relative", {"kinship": "spouse", "relative_birth_date": "1982-01-01", **who})
    report = {"dossier_kind": "salary_report", "salary_revenue": "5000000", "social_premium": "700000"}
    clerk.fill("salary_report", {**report, **who})
    employer = number_in(clerk.fill("register_employer", EMPLOYER)[1], "指定番号")
    clerk.fill("designate_employer", {"designation_number": employer, **who})
    return {**who, "designation_number": employer}


def address(page: str, who: dict[str, str]) -> str:
    return f"{PAGES}/{page}?taxpayer_id={who['taxpayer_id']}&fiscal_year=2026"


# what a clerk does ----------------------------------------------------------------------------------------


def test_a_clerk_enters_a_report_levies_and_follows_the_person_to_the_certificate(clerk: Clerk) -> None:
    who = employee(clerk)
    levy = clerk.get(address("calculate_inhabitant_tax", who))[1]
    # 5,000,000 - (1,000,000 × 0.2 + 1,240,000) = 3,560,000; less 430,000 + 330,000 + 700,000: 2,100,000; ten percent
    # less 2,500 of 調整控除, with 5,000 of 均等割 and 森林環境税: 212,500
    assert (cell(levy, "合計所得金額"), cell(levy, "課税総所得金額")) == ("3,560,000円", "2,100,000円")
    assert cell(levy, "年税額") == "212,500円"
    assert [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h2>(.*?)</h2>", levy)] == [
        "所得",
        "所得控除",
        "課税所得と税額控除",
        "税額",
        "続けて行う",
    ]
    assert "212,500円" in clerk.fill("levy_inhabitant_tax", YEAR)[1]
    plan = shown(clerk.get(address("get_collection_plan", who))[1])
    assert (plan.count("給与特別徴収"), plan.count("17,700円"), plan.count("17,800円")) == (12, 11, 1)
    change = {"employment_change": "retired", "employment_changed_on": "2026-09-30", "is_pay_sufficient": "true"}
    left = clerk.fill("notify_employment_change", {**change, "change_notified_on": "2026-10-01", **who})[1]
    assert (cell(left, "未徴収の税額"), cell(left, "残額の徴収方法")) == ("141,600円", "普通徴収への切替")
    assert "141,600円" in clerk.get(address("get_levy_notice", who))[1]
    asked = {"income_certificate_kind": "taxation", **who}
    certificate = clerk.fill("issue_income_certificate", asked)[1]
    assert cell(certificate, "給与収入") == "5,000,000円"
    assert "取り消す" in certificate


def test_a_remission_is_requested_decided_and_printed_by_following_links(clerk: Clerk) -> None:
    who = employee(clerk)
    clerk.fill("levy_inhabitant_tax", YEAR)
    request = clerk.fill(
        "request_remission", {"remission_ground": "disaster", "remission_requested_on": "2026-06-01", **who}
    )[1]
    number = number_in(request, "住民税減免番号")
    assert f'href="{PAGES}/decide_remission?remission_id={number}"' in request
    decided = clerk.fill("decide_remission", {"remission_id": number, "remission_decision": "approved"})[1]
    assert f'href="{PAGES}/get_remission_notice?remission_id={number}"' in decided
    notice = clerk.get(f"{PAGES}/get_remission_notice?remission_id={number}")[1]
    assert (cell(notice, "住民税減免の状態"), cell(notice, "住民税減免の事由")) == ("承認", "災害")


def test_what_came_in_is_worked_off_from_the_list_of_what_is_held(clerk: Clerk) -> None:
    report = {
        "submitter_number": "T00000001",
        "incoming_kind": "salary_report",
        "incoming_medium": "written",
        "incoming_version": "newly_filed",
        "incoming_reference": "N00000001",
        "filed_on": "2026-01-20",
        "salary_revenue": "3000000",
        **PERSON,
        **YEAR,
    }
    clerk.fill("lodge_incoming_report", report)
    assert cell(clerk.fill("take_in_incoming_reports", YEAR)[1], "保留件数") == "1"
    held = clerk.get(f"{PAGES}/list_incoming_reports?fiscal_year=2026&intake_state=held")[1]
    assert "該当者なし" in shown(held)
    link = re.search(rf'href="{PAGES}/ascribe_incoming_report\?incoming_id=(\w+)', held)
    assert link
    who = number_in(clerk.fill("register_nonresident", PERSON)[1], "宛名番号")
    tied = clerk.fill(
        "ascribe_incoming_report", {"incoming_id": link[1], "taxpayer_id": who, "clerk_reason": "本人への聞き取り"}
    )[1]
    assert cell(tied, "取込の状態") == "取込"
    assert "3,000,000円" in clerk.get(f"{PAGES}/get_consolidated_dossiers?taxpayer_id={who}&fiscal_year=2026")[1]


def test_a_link_from_a_relative_leads_to_the_relative(clerk: Clerk) -> None:
    who = employee(clerk)
    spouse = number_in(clerk.fill("register_nonresident", {**PERSON, "addressee_name": "架空　花子"})[1], "宛名番号")
    clerk.fill("link_relative", {"relative_id": "F00000001", "relative_taxpayer_id": spouse})
    kin = clerk.get(address("list_kin_liabilities", who))[1]
    assert f'href="{PAGES}/get_collection_plan?taxpayer_id={spouse}&amp;fiscal_year=2026"' in kin


def test_an_employer_that_has_not_reported_is_asked_again_from_the_list(clerk: Clerk) -> None:
    employer = {"designation_number": number_in(clerk.fill("register_employer", EMPLOYER)[1], "指定番号")}
    sheet = {"incoming_medium": "written", "reported_headcount": "12", "filed_on": "2025-01-20"}
    assert (
        cell(clerk.fill("intake_salary_summary", {**employer, **sheet, "fiscal_year": "2025"})[1], "期限後の提出")
        == "いいえ"
    )
    states = clerk.get(f"{PAGES}/list_salary_summary_states?fiscal_year=2026")[1]
    asked = urlencode({**employer, **YEAR})
    assert f'href="{PAGES}/issue_report_demand?{html.escape(asked)}"' in states
    letter = clerk.fill("issue_report_demand", {**employer, **YEAR})[1]
    assert cell(letter, "給与支払報告書の提出期限") == "2026-02-02"  # the last of January is a Saturday


def test_a_death_leads_from_the_end_of_the_residence_to_what_every_heir_owes(clerk: Clerk) -> None:
    who = employee(clerk)
    clerk.fill("levy_inhabitant_tax", YEAR)
    clerk.fill(
        "notify_employment_change",
        {"employment_change": "died", "employment_changed_on": "2026-06-01", "change_notified_on": "2026-06-01", **who},
    )
    ended = clerk.fill("end_presence", {"present_until": "2026-06-01", "presence_end_ground": "died", **who})[1]
    assert f'href="{PAGES}/list_dead_without_representative' in ended
    dead = clerk.get(f"{PAGES}/list_dead_without_representative?fiscal_year=2026")[1]
    assert f'href="{PAGES}/register_heir?taxpayer_id={who["taxpayer_id"]}"' in dead
    for heir, portion in (("架空　花子", "1/2"), ("架空　一郎", "1/4")):
        clerk.fill("register_heir", {**who, "heir_name": heir, "inherited_portion": portion})
    refused = clerk.fill("register_heir", {**who, "heir_name": "架空　次郎", "inherited_portion": "1/3"})
    assert refused[0] == 422
    assert "相続分の計が一を超えます" in said(refused[1])
    owed = shown(clerk.get(f"{PAGES}/list_inherited_dues?taxpayer_id={who['taxpayer_id']}&inherited_dues=150000")[1])
    assert ("75,000円" in owed, "37,500円" in owed) == (True, True)


def test_a_relative_is_withdrawn_from_the_list_of_relatives(clerk: Clerk) -> None:
    who = employee(clerk)
    listed = clerk.get(address("list_relatives", who))[1]
    link = re.search(rf'href="{PAGES}/withdraw_relative\?relative_id=(\w+)', listed)
    assert link
    given = {
        "relative_id": link[1],
        "relative_withdrawal_ground": "entered_by_mistake",
        "clerk_reason": "重ねて登録した",
    }
    assert "受け付けました" in clerk.fill("withdraw_relative", given)[1]
    assert cell(clerk.get(address("calculate_inhabitant_tax", who))[1], "配偶者控除") == "0円"


# how the pages are made -----------------------------------------------------------------------------------


def test_every_operation_has_a_page_but_those_between_systems(screens: Screens) -> None:
    module = f"kijun.reference.{SLUG}."
    offered = {name for name, one in routing.OPERATIONS.items() if one.module.startswith(module)}
    assert offered - {one.operation for one in screens.screens} == NO_PAGE


def test_every_page_bears_the_name_of_its_operation_and_none_two(screens: Screens, glossary: Glossary) -> None:
    labels = {one.key: one.label for one in glossary.operations}
    named = {one.operation: one.title for one in screens.screens if one.slug not in OWN_TITLES}
    assert named == {operation: labels[operation] for operation in named}
    titles = Counter(one.title for business in web.businesses().values() for one in business.screens)
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_link_leads_to_a_page_that_takes_what_it_carries(screens: Screens) -> None:
    for screen in screens.screens:
        for slug in screen.then:
            assert screens.screen(slug), (screen.slug, slug)
        for key, links in (screen.links or {}).items():
            for slug, _ in links:
                known = web.words.known()[key]
                target = screens.screen(slug)
                assert target, (screen.slug, slug)
                assert (known.same_as or key) in {one.name for one in target.fields}, (screen.slug, key, slug)


def test_every_heading_stands_above_something(screens: Screens, glossary: Glossary) -> None:
    results = {one.key: {use.word for use in one.result} for one in glossary.operations}
    for screen in screens.screens:
        names = {one.name for one in screen.fields} | results[screen.operation]
        assert set(screen.headings or {}) <= names, screen.slug


def test_every_page_can_be_used_without_a_mouse(clerk: Clerk, screens: Screens) -> None:
    assert set(re.findall(rf'href="({PAGES}/[^"]+)"', clerk.get("/clerk/")[1])) == {
        f"{PAGES}/{one.slug}" for one in screens.screens
    }
    for screen in screens.screens:
        status, page = clerk.get(f"{PAGES}/{screen.slug}")
        assert (status, said(page)) == (200, "")
        boxes = re.findall(r'<(?:input|select) id="([^"]+)"', page)
        assert all(f'<label for="{name}">' in page for name in boxes)
        assert len(set(boxes)) == len(boxes)
        assert not re.search(r"[a-z]+_[a-z]+", shown(page)), screen.slug


def test_no_key_of_a_program_stands_on_a_result(clerk: Clerk, screens: Screens) -> None:
    who = employee(clerk)
    clerk.fill("levy_inhabitant_tax", YEAR)
    asked = {**who, "gap_threshold": "0", "employer_query": "架空", "search_text": "架空", "annual_levy": "100000"}
    answered = 0
    for screen in screens.screens:
        names = {one.name for one in screen.fields if one.required}
        if screen.is_query and names <= asked.keys():
            query = "&".join(f"{name}={asked[name]}" for name in [*names, *asked] if name in asked)
            page = clerk.get(f"{PAGES}/{screen.slug}?{query}")[1]
            assert not re.search(r"[a-z]+_[a-z]+", re.sub("エラー番号 [a-z_]+", "", shown(page))), screen.slug
            answered += not said(page)
    assert answered >= 40


def test_pages_satisfy_the_examiner_of_accessibility(browser: Any, server: str, clerk: Clerk) -> None:
    who = employee(clerk)
    clerk.fill("levy_inhabitant_tax", YEAR)
    context = browser.new_context(bypass_csp=True)
    name, _, value = clerk.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"{server}/clerk"}])
    page = context.new_page()
    page.goto(f"{server}{PAGES}/lodge_dossier")
    assert_usable(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(server + address("get_levy_history", who))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_usable(page)
    context.close()
