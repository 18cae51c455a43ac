"""What scenarios cannot reach: a log changed behind the system's back, individuals at the door, the clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import urllib3
from sqlalchemy import create_engine, text

from kijun.reference import accounts, calendars, one_time
from kijun.reference.local_tax_common import batches, characters, schedules
from kijun.reference.server import EmbeddedServer
from kijun.reference.store import Store, open_tenant

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PASSPHRASE = "long enough passphrase"


class Office:
    """One municipality, opened over HTTP, with its database at hand."""

    def __init__(self, url: str, database: str) -> None:
        self.http, self.url, self.database = urllib3.PoolManager(maxsize=8), url, database
        body = {"municipality_code": "992011", "municipality_class": "general_city", "business_date": "2026-06-01"}
        self.tenant = self.http.request("POST", f"{url}/tenants", json=body).json()

    def ask(self, method: str, path: str, role: str = "administrator", token: str = "", **given: Any) -> Any:
        secret = token or self.tenant["tokens"][role]
        headers = {"X-Tenant": self.tenant["tenant"], "Authorization": f"Bearer {secret}"}
        where = {"fields": given} if method == "GET" else {"json": given}
        return self.http.request(method, f"{self.url}/v1{path}", headers=headers, **where).json()

    def tamper(self, statement: str) -> None:
        engine = create_engine(self.database)
        with engine.begin() as connection:
            connection.execute(text(statement), {"tenant": self.tenant["tenant"]})
        engine.dispose()

    def user(self, user_id: str, role: str) -> None:
        self.ask(
            "POST",
            "/users",
            user_id=user_id,
            section="税務課",
            assigned_role=role,
            usable_since="2026-04-01",
            usable_through="2027-03-31",
            passphrase=PASSPHRASE,
            authenticator_key=RFC_SECRET,
        )

    def sign_in(self, user_id: str) -> Any:
        code = self.ask("POST", "/one-time-codes", authenticator_key=RFC_SECRET)["one_time_code"]
        return self.ask("POST", "/sign-ins", user_id=user_id, passphrase=PASSPHRASE, one_time_code=code)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = f"sqlite:///{(tmp_path / 'office.sqlite').as_posix()}"
    with EmbeddedServer(database) as running:
        yield Office(running.url, database)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE operation_log SET operator = 'assessor-09' WHERE tenant = :tenant AND sequence = 2", 2),
        ("DELETE FROM operation_log WHERE tenant = :tenant AND sequence = 1", 1),
        ("DELETE FROM operation_log WHERE tenant = :tenant AND sequence = 3", 3),
    ],
)
def test_a_log_changed_in_the_database_is_found(office: Office, statement: str, line: int) -> None:
    for number in range(3):
        office.ask("POST", "/taxpayers", "assessor", name=f"架空 {number}", address="架空県")
    office.tamper(statement)
    told = office.ask("GET", "/operation-log/verification")
    assert (told["is_log_intact"], told["first_tampered_number"]) == (False, line)


def test_a_user_who_signed_in_acts_under_the_own_name_and_only_that_day(office: Office) -> None:
    office.user("hanako", "assessor")
    token = office.sign_in("hanako")["sign_in_credential"]
    assert "taxpayer_id" in office.ask("POST", "/taxpayers", token=token, name="架空 太郎", address="架空県")
    log = office.ask("GET", "/operation-log", operation_name="register_taxpayer")["operation_log"]
    assert [(line["operator"], line["operator_role"]) for line in log] == [("hanako", "assessor")]
    headers = {"X-Tenant": office.tenant["tenant"], "Authorization": f"Bearer {token}", "Business-Date": "2026-06-02"}
    later = office.http.request("GET", f"{office.url}/v1/taxpayers/one?taxpayer_id=T00000001", headers=headers)
    assert later.status == 403


def test_passphrase_and_token_are_not_kept_readable(office: Office) -> None:
    office.user("hanako", "inquirer")
    token = office.sign_in("hanako")["sign_in_credential"]
    engine = create_engine(office.database)
    with engine.connect() as connection:
        users = str(connection.execute(text("SELECT * FROM user_account")).all())
        sign_ins = str(connection.execute(text("SELECT * FROM user_sign_in")).all())
    engine.dispose()
    assert PASSPHRASE not in users
    assert token not in sign_ins


def test_a_restricted_user_is_refused_what_the_role_allows(office: Office) -> None:
    office.user("hanako", "assessor")
    office.ask("POST", "/users/restrictions", user_id="hanako", operation_name="register_taxpayer")
    token = office.sign_in("hanako")["sign_in_credential"]
    assert office.ask("POST", "/taxpayers", token=token, name="架空", address="架空県")["code"] == "forbidden"


def test_a_token_of_another_municipality_opens_nothing(office: Office) -> None:
    other = Office(office.url, office.database)
    office.ask("POST", "/taxpayers", "assessor", name="架空 太郎", address="架空県")
    told = office.ask("GET", "/taxpayers/one", token=other.tenant["tokens"]["inquirer"], taxpayer_id="T00000001")
    assert told["code"] == "forbidden"


def test_inquiries_are_answered_between_the_steps_of_a_batch(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "CHUNK", 5)
    number = office.ask("POST", "/taxpayers", "assessor", name="架空", address="架空県")["taxpayer_id"]
    for _ in range(60):
        office.ask("POST", "/bulk-entries", "assessor", taxpayer_id=number, remark="備考")
    result: dict[str, Any] = {}
    batch = threading.Thread(
        target=lambda: result.update(
            office.ask("POST", "/batch-runs", "assessor", batch_kind="remark_posting", overwrites_remark=True)
        )
    )
    batch.start()
    answered = 0
    while batch.is_alive():
        assert office.ask("GET", "/taxpayers/one", "inquirer", taxpayer_id=number)["taxpayer_id"] == number
        answered += 1
    batch.join()
    assert (result["batch_success_count"], result["batch_execution_state"]) == (60, "completed")
    assert answered >= 2


# RFC 6238, appendix B, SHA-1: the eight digits there end with the six here
@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_one_time_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert one_time.code_at(RFC_SECRET, seconds) == code


def test_a_code_is_good_for_one_step_of_delay_and_once() -> None:
    code = one_time.code_at(RFC_SECRET, 3000)
    assert one_time.matching_step(RFC_SECRET, code, 3030, 0) == 100
    assert one_time.matching_step(RFC_SECRET, code, 3060, 0) is None
    assert one_time.matching_step(RFC_SECRET, code, 3000, 100) is None
    assert one_time.matching_step(RFC_SECRET, "１２３４５６", 3000, 0) is None


# the national holidays of 2026 as the Cabinet Office lists them, substitute and between included
def test_the_national_holidays_of_a_year() -> None:
    days = (date.fromordinal(one) for one in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()))
    found = [f"{day:%m-%d}" for day in days if calendars.is_national_holiday(day)]
    listed = (
        "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23"
    )
    assert found == listed.split()


def test_a_shifted_day_before_today_gives_way_to_the_next() -> None:
    end_of_month = schedules.Schedule("month_end", None, None, None, "preceding")
    assert schedules.first(end_of_month, date(2026, 5, 30)) == (date(2026, 6, 30), date(2026, 6, 30))


def test_a_selector_alone_is_outside_the_set() -> None:
    assert [characters.is_outside(one) for one in ("\U000e0100", "辻\U000e0100", "\U0010de92")] == [True, False, False]


def test_pages_enter_with_two_factors_and_every_failure_counts(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{(tmp_path / 'door.sqlite').as_posix()}")
    day, salt = date(2026, 6, 1), "00" * 16
    with store.transaction() as session:
        tenant = open_tenant(session, "992011", "general_city", day).id
        known = {"passphrase_digest": accounts.digest(salt, PASSPHRASE), "salt": salt, "authenticator_key": RFC_SECRET}
        period = {"usable_since": day, "usable_through": day}
        session.add(
            accounts.UserAccount(tenant=tenant, user_id="hanako", section="税務課", role="inquirer", **known, **period)
        )
    code = one_time.code_at(RFC_SECRET, int(accounts.now().timestamp()))
    assert accounts.enter(store, tenant, "hanako", "wrong", code, day) is None
    assert accounts.enter(store, tenant, "nobody", PASSPHRASE, code, day) is None
    with store.transaction() as session:
        assert accounts.account(session, tenant, "hanako").failures == 1
    token = accounts.enter(store, tenant, "hanako", PASSPHRASE, code, day) or ""
    with store.transaction() as session:
        assert accounts.user_of_token(session, tenant, token, day) == ("hanako", "inquirer")
        accounts.sign_out(session, tenant, token)
        assert accounts.user_of_token(session, tenant, token, day) is None
    store.close()


def test_the_lock_of_a_user_needs_failures_in_a_row() -> None:
    user = accounts.UserAccount(failures=accounts.MAX_FAILURES - 1)
    assert not accounts.is_locked(user)
