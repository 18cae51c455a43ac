"""The clerks' pages as a clerk without a mouse meets them: forms, links, refusals, and who may do what."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Literal

import pytest
from clerks import Clerk, said
from pydantic import BaseModel

from kijun.reference import one_time, web
from kijun.reference.boxes import Adjustment, boxes
from kijun.reference.server import EmbeddedServer
from kijun.reference.web import TODAY

PAGES = "/clerk/light_vehicle_tax"
VEHICLE = {
    "taxpayer_id": "000000019",
    "vehicle_class": "small_two_wheeler",
    "plate_number": "見本　き　1234",
    "chassis_number": "KJ100-000001",
    "base_location": "架空県見本市見本町1番地",
    "acquired_on": "2026-03-01",
    "declared_on": "2026-03-05",
    "declaration_reason": "new",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with EmbeddedServer() as running:
        yield running.url


@pytest.fixture
def clerk(server: str) -> Clerk:
    one = Clerk(server)
    assert one.sign_in() == 303
    return one


def test_nobody_sees_a_page_without_signing_in(server: str) -> None:
    stranger = Clerk(server)
    assert stranger.get("/clerk/")[0] == 303
    assert stranger.get(f"{PAGES}/search")[0] == 303
    assert stranger.send(f"{PAGES}/assess", {"fiscal_year": "2026"}).status == 303
    assert stranger.sign_in(passphrase="まちがい") == 403
    assert stranger.sign_in(user_id="administrator-01") == 403
    assert stranger.sign_in(tenant="ありません") == 403


def test_a_clerk_registers_searches_assesses_and_reads_the_notice(clerk: Clerk) -> None:
    assert "000000019" in clerk.fill("person", {"name": "架空 太郎", "address": "架空県見本市"})[1]
    assert "「車両の登録」を受け付けました。" in clerk.fill("register", VEHICLE)[1]
    status, found = clerk.get(f"{PAGES}/search?name=架空 太郎")
    assert status == 200
    assert f'<a href="{PAGES}/ledger?vehicle_id=V00000001">台帳</a>' in found
    assert "小型二輪" in clerk.get(f"{PAGES}/ledger?vehicle_id=V00000001")[1]
    assert "6,000円" in clerk.fill("assess", {"fiscal_year": "2026"})[1]
    clerk.fill("issue", {"fiscal_year": "2026"})
    notice = clerk.get(f"{PAGES}/notice?vehicle_id=V00000001&fiscal_year=2026")[1]
    assert '納付すべき額</th><td class="number">6,000円' in notice


def test_a_refusal_tells_what_to_do_and_keeps_what_was_written(clerk: Clerk) -> None:
    status, page = clerk.fill("register", {"plate_number": "見本　き　9999"})
    assert status == 422
    assert said(page).startswith("処理できませんでした。")
    assert "宛名番号" in said(page)
    assert 'value="見本　き　9999"' in page
    status, page = clerk.fill(
        "scrap", {"vehicle_id": "V99999999", "scrapped_on": "2026-06-01", "scrap_reason": "stolen"}
    )
    assert (status, "その軽自管理番号の車両はありません。" in said(page)) == (422, True)


def test_a_role_may_do_no_more_here_than_elsewhere(server: str, clerk: Clerk) -> None:
    clerk.fill("person", {"name": "架空 太郎", "address": "架空県見本市"})
    inquirer = Clerk(server, "inquirer", clerk.tenant)
    inquirer.sign_in()
    assert "権限がありません" in said(inquirer.fill("register", VEHICLE)[1])
    assert "（0 件）" in inquirer.get(f"{PAGES}/search?name=架空 太郎")[1]


def test_every_page_leaves_its_line_in_the_operation_log(server: str, clerk: Clerk) -> None:
    clerk.fill("person", {"name": "架空 太郎", "address": "架空県見本市"})
    clerk.get(f"{PAGES}/search?name=架空 太郎")
    headers = {
        "X-Tenant": clerk.tenant["tenant"],
        "Authorization": f"Bearer {clerk.tenant['tokens']['administrator']}",
    }
    log = clerk.http.request("GET", f"{server}/v1/operation-log", headers=headers).json()["operation_log"]
    assert {"register_taxpayer", "search_vehicles"} <= {line["operation_name"] for line in log}


def test_an_individual_needs_the_one_time_code_as_well(server: str, clerk: Clerk) -> None:
    headers = {
        "X-Tenant": clerk.tenant["tenant"],
        "Authorization": f"Bearer {clerk.tenant['tokens']['administrator']}",
    }
    key = "JBSWY3DPEHPK3PXP"
    user = {
        "user_id": "kakuu01",
        "section": "税務課",
        "assigned_role": "assessor",
        "usable_since": "2026-04-01",
        "usable_through": "2027-03-31",
        "passphrase": "みほん の ながい あいことば",
        "authenticator_key": key,
    }
    answer = clerk.http.request("POST", f"{server}/v1/users", json=user, headers=headers)
    assert answer.status == 200, answer.data
    one = Clerk(server, tenant=clerk.tenant)
    code = one_time.code_at(key, int(time.time()))
    assert one.sign_in(user_id="kakuu01", passphrase=user["passphrase"], code="000000") == 403
    assert one.sign_in(user_id="kakuu01", passphrase=user["passphrase"], code=code) == 303
    assert "kakuu01（賦課担当）が利用中" in one.get("/clerk/")[1]


def test_a_form_from_elsewhere_or_from_yesterday_is_not_taken(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = clerk.send(f"{PAGES}/person", {"name": "架空 太郎", "address": "架空県", "form_key": "よそ"})
    assert "古くなっています" in said(answer.data.decode())
    monkeypatch.setattr(web, "SESSION_MINUTES", -1)
    clerk.sign_in()
    assert clerk.get("/clerk/")[0] == 303


def test_who_signs_out_is_out(clerk: Clerk) -> None:
    form_key = re.findall(r'name="form_key" value="([^"]+)"', clerk.get("/clerk/")[1])[0]
    clerk.send("/clerk/sign-out", {"form_key": form_key})
    assert clerk.get("/clerk/")[0] == 303


def test_what_a_person_is_called_is_never_markup(clerk: Clerk) -> None:
    clerk.fill("person", {"name": "<script>架空</script>", "address": "架空県見本市"})
    clerk.fill("register", VEHICLE)
    page = clerk.get(f"{PAGES}/search?taxpayer_id=000000019")[1]
    assert "&lt;script&gt;架空" in page
    assert "<script" not in page


def test_every_page_can_be_used_without_a_mouse(clerk: Clerk) -> None:
    menu = re.findall(rf'href="({PAGES}/[^"]+)"', clerk.get("/clerk/")[1])
    assert len(set(menu)) >= 20
    for address in set(menu):
        status, page = clerk.get(address)
        assert status == 200
        assert '<html lang="ja">' in page
        assert 'class="skip" href="#main"' in page
        assert "onclick" not in page
        names = re.findall(r'<(?:input|select) id="([^"]+)"', page)
        assert names
        assert all(f'<label for="{name}">' in page for name in names)
    assert clerk.get(f"{PAGES}/nothing")[0] == 404


# what every page can do -----------------------------------------------------------------------------------


def test_a_link_carries_the_year_and_asks_only_when_nothing_is_missing(clerk: Clerk) -> None:
    clerk.fill("person", {"name": "架空 太郎", "address": "架空県見本市"})
    clerk.fill("register", VEHICLE)
    owned = clerk.get(f"{PAGES}/owner?taxpayer_id=000000019&fiscal_year=2026")[1]
    assert f'href="{PAGES}/notice?vehicle_id=V00000001&amp;fiscal_year=2026"' in owned
    found = clerk.get(f"{PAGES}/search?name=架空 太郎")[1]
    assert f'href="{PAGES}/notice?vehicle_id=V00000001"' in found
    status, page = clerk.get(f"{PAGES}/notice?vehicle_id=V00000001")
    assert (status, said(page)) == (200, "")
    assert 'value="V00000001"' in page
    assert "課税年度を正しく入力" in said(clerk.get(f"{PAGES}/notice?vehicle_id=V00000001&fiscal_year=")[1])


def test_the_day_is_proposed_once_and_what_was_emptied_stays_empty(clerk: Clerk) -> None:
    proposed = 'id="scrapped_on" name="scrapped_on" type="date" value="2026-06-01"'
    assert proposed in clerk.get(f"{PAGES}/scrap?vehicle_id=V1")[1]
    page = clerk.fill("scrap", {"vehicle_id": "V1"})[1]
    assert "廃車日" in said(page)
    assert proposed not in page


def test_the_menu_shows_the_pages_of_the_business_at_hand(clerk: Clerk) -> None:
    menu = clerk.get(f"{PAGES}/search")[1].partition('<nav class="menu"')[2].partition("</nav>")[0]
    assert re.findall(r'href="/clerk/(\w*)/', menu) == ["light_vehicle_tax"] * len(re.findall(r"<li>", menu))
    assert re.findall(r"<details open><summary>(.*?)</summary>", menu) == ["台帳"]
    assert {"/clerk/#light_vehicle_tax", "/clerk/#individual_inhabitant_tax"} <= set(
        re.findall(r'href="([^"]+)"', menu)
    )


class Box(BaseModel):
    fiscal_year: int
    taxpayer_id: str
    birth_date: date
    salary_revenue: int | None = None
    instalment_fraction: Literal[100, 1000] | None = None
    disablement: Literal["none", "ordinary"] = "none"
    lives_abroad: bool = False
    is_pay_sufficient: bool = True
    clerk_reason: str | None = None


def test_a_form_becomes_boxes_in_the_words_of_the_standard() -> None:
    adjusted = Adjustment(today=("birth_date",), required=("clerk_reason",), fixed={"salary_revenue": "1"})
    made = {one.name: one for one in boxes(Box.model_fields, adjusted)}
    assert list(made)[:2] == ["taxpayer_id", "fiscal_year"]
    assert (made["birth_date"].label, made["birth_date"].kind, made["birth_date"].preset) == ("生年月日", "date", TODAY)
    assert (made["salary_revenue"].kind, made["salary_revenue"].preset) == ("hidden", "1")
    assert made["instalment_fraction"].choices == {"100": "100円", "1000": "1,000円"}
    assert made["disablement"].choices == {"none": "該当なし", "ordinary": "普通障害"}
    assert made["disablement"].preset == "none"
    assert made["lives_abroad"].kind == "checkbox"
    assert (made["is_pay_sufficient"].choices, made["is_pay_sufficient"].preset) == (
        {"true": "はい", "false": "いいえ"},
        "true",
    )
    assert [name for name, one in made.items() if one.required] == [
        "taxpayer_id",
        "fiscal_year",
        "birth_date",
        "clerk_reason",
    ]
    only = boxes(Box.model_fields, Adjustment(only=("birth_date", "salary_revenue")))
    assert [(one.name, one.unit) for one in only] == [("birth_date", ""), ("salary_revenue", "円")]
