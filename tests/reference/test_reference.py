"""The reference system as a product: its rules against published tables, its ledger, its doors."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import urllib3
from sqlalchemy.dialects.postgresql import dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.catalog.yaml_reader import read_yaml
from kijun.reference import logbook
from kijun.reference.app import create_app
from kijun.reference.desk import Desk, record
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import rates, rules
from kijun.reference.server import EmbeddedServer, PortInUse, serve
from kijun.reference.store import (
    Store,
    Taxpayer,
    Tenant,
    _question,
    direct,
    enter,
    find,
    hold_tenant,
    kept,
    municipality,
    open_tenant,
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with EmbeddedServer() as running:
        yield running.url


class Office:
    """One municipality, opened over HTTP."""

    def __init__(self, url: str) -> None:
        self.http, self.url = urllib3.PoolManager(), url
        body = {"municipality_code": "992011", "municipality_class": "general_city", "business_date": "2026-06-01"}
        self.tenant = self.http.request("POST", f"{url}/tenants", json=body).json()

    def ask(self, method: str, path: str, role: str = "assessor", **given: Any) -> tuple[int, Any]:
        headers = {"X-Tenant": self.tenant["tenant"], "Authorization": f"Bearer {self.tenant['tokens'].get(role, '')}"}
        where = {"fields": given} if method == "GET" else {"json": given}
        answer = self.http.request(method, f"{self.url}/v1{path}", headers=headers, **where)
        return answer.status, answer.json()


def test_the_published_interface_is_the_glossary_without_what_is_prohibited(server: str) -> None:
    document = urllib3.PoolManager().request("GET", f"{server}/openapi.json").json()
    entries = [entry for path in document["paths"].values() for entry in path.values()]
    offered = {entry["operationId"] for entry in entries if "system" not in entry.get("tags", ())}
    glossary = Catalog.load(shipped_root()).glossary
    assert offered == {one.key for one in glossary.operations if not one.prohibited}


def test_no_two_operations_share_an_address() -> None:
    app = create_app("sqlite://")
    addresses = [(method, one.path) for one in app.routes for method in getattr(one, "methods", None) or ()]
    assert len(addresses) > 100
    assert [one for one, times in Counter(addresses).items() if times > 1] == []


def test_tenants_do_not_see_each_other(server: str) -> None:
    one, other = Office(server), Office(server)
    assert one.ask("POST", "/taxpayers", name="架空 太郎", address="架空県")[1] == {"taxpayer_id": "000000019"}
    assert other.ask("GET", "/taxpayers/vehicles", taxpayer_id="000000019", fiscal_year=2026)[0] == 404


def test_refusals_say_why_in_japanese(server: str) -> None:
    office = Office(server)
    assert office.ask("POST", "/taxpayers", name="架空 太郎")[1]["code"] == "missing_item"
    assert office.ask("POST", "/taxpayers", name=5, address="a")[1]["code"] == "invalid_value"
    assert office.ask("POST", "/taxpayers", role="nobody", name="a", address="b") == (
        403,
        {"code": "forbidden", "message": "利用者を確かめられません。"},
    )
    office.tenant["tenant"] = "none"
    assert office.ask("POST", "/taxpayers", name="a", address="b")[0] == 404


def test_many_clients_at_once_lose_nothing(server: str) -> None:
    office = Office(server)

    def register() -> None:
        for _ in range(10):
            office.ask("POST", "/taxpayers", name="架空 花子", address="架空県")

    clients = [threading.Thread(target=register) for _ in range(8)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    log = office.ask("GET", "/operation-log", role="administrator", operation_name="register_taxpayer")[1]
    assert len({line["target_id"] for line in log["operation_log"]}) == 80


def test_where_others_reach_the_database_the_municipality_is_held_until_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Store("sqlite://")
    with store.transaction() as session:
        tenant = open_tenant(session, "992011", "general_city", date(2026, 4, 1)).id
    asked: list[tuple[bool, str]] = []

    def note(session: Session, statement: ClauseElement, values: Mapping[str, Any]) -> list[Any]:
        asked.append((session.info["is_alone"], str(statement.compile(dialect=dialect()))))
        return direct(session, statement, values)

    monkeypatch.setattr("kijun.reference.store.direct", note)
    for is_alone in (True, False):
        with store.transaction() as session:
            session.info["is_alone"] = is_alone
            read = municipality(session, tenant)
            assert read is not None
            held = hold_tenant(session, tenant)
            assert held == read
            assert (held is read) == is_alone
    assert [(is_alone, "FOR UPDATE" in told) for is_alone, told in asked] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_a_column_that_is_none_is_not_entered() -> None:
    with Store("sqlite://").transaction() as session, pytest.raises(TypeError, match="Taxpayer has no colour"):
        enter(session, Taxpayer, tenant="t", colour="red")


def test_rows_are_asked_for_by_their_values_and_come_in_the_order_of_their_key() -> None:
    def person(number: str, town: str | None) -> dict[str, Any]:
        return {"tenant": "t", "taxpayer_id": number, "name": "架空", "support_measure": False, "town_code": town}

    with Store("sqlite://").transaction() as session:
        for one in (person("2", None), person("1", None), person("3", "001"), {**person("4", None), "tenant": "u"}):
            enter(session, Taxpayer, address="架空県見本市", **one)
        assert [one.taxpayer_id for one in kept(session, Taxpayer, "t", town_code=None)] == ["1", "2"]
        assert [one.taxpayer_id for one in kept(session, Taxpayer, "t", town_code="001", name="架空")] == ["3"]
        assert [one.taxpayer_id for one in kept(session, Taxpayer, "t")] == ["1", "2", "3"]
    asked = str(_question(Taxpayer, ()))  # some databases keep the order of the key unasked, others do not
    assert asked.endswith("ORDER BY taxpayer.tenant, taxpayer.taxpayer_id")


def test_what_is_written_past_the_session_and_what_the_session_keeps_do_not_undo_each_other() -> None:
    store = Store("sqlite://")
    with store.transaction() as session:
        opened = open_tenant(session, "992011", "general_city", date(2026, 4, 1)).id
        tenant = find(session, Tenant, opened)
        assert tenant is not None
        assert (tenant.log_count, tenant.has_exceptions) == (0, False)
        tenant.has_exceptions = True
        desk = Desk(session, opened, "assessor", date(2026, 4, 1))
        for operation in ("register_taxpayer", "get_taxpayer"):
            record(desk, operation, "completed")
        assert find(session, Tenant, opened) is tenant
        assert logbook.first_break(session, opened) is None
    with store.transaction() as session:
        kept = session.get_one(Tenant, opened)
        assert (kept.log_count, kept.has_exceptions) == (2, True)
        assert logbook.first_break(session, opened) is None
        assert find(session, Tenant, "nobody") is None


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortInUse, match="別の --port を指定する"):
        serve("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("fiscal_year", [2013, 2029])
def test_a_year_without_a_table_is_refused(fiscal_year: int) -> None:
    with pytest.raises(Refusal, match="税率表がありません"):
        rules.annual_amount(rules.Vehicle("mini_car", None, None, None, False), fiscal_year)


def test_discounts_are_the_standard_rate_less_the_share_rounded_up_to_a_hundred_yen() -> None:
    """The statutory amounts agree with this arithmetic, which the published table was checked with."""
    share = {"reduced_75": 25, "reduced_50": 50, "reduced_25": 75}
    for year in range(2014, 2029):
        table = rates.rates_of(year)
        for category, amounts in table.reduced.items():
            for kind, yen in amounts.items():
                assert yen == -(-table.standard[kind] * share[category] // 10000) * 100, (year, category, kind)


def test_every_period_of_the_rate_data_names_article_source_and_certainty() -> None:
    for entry in (*rates.data()["periods"], *rates.data()["reductions"]):
        assert all(entry[name] for name in ("from", "article", "source", "certainty"))


def test_the_attestation_names_the_rate_data_that_was_inspected() -> None:
    folder = shipped_root() / "requirements" / "systems" / "reference" / "attestations"
    [row] = read_yaml(folder / "rates.yaml").data["attestations"]
    content = Path(rates.__file__).with_name("rates.yaml").read_bytes()
    assert row["evidence"] == [{"name": "rates.yaml", "sha256": hashlib.sha256(content).hexdigest()}]
