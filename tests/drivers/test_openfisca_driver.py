"""The driver for a calculator that nobody here wrote, against a canned server: no network, no OpenFisca."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kijun.catalog.catalog import Catalog
from kijun.catalog.schemas import schema
from kijun.drivers.stdio import StdioDriver, StdioSystem
from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.setup import Request, prepare
from kijun.model.statement import SystemUnderTest
from kijun.reporting.run_view import RunView

SPEC = Path(__file__).parents[2]
FOLDER = SPEC / "examples" / "openfisca-japan"
PROFILE = SPEC / "requirements" / "profiles" / "sample_city_inhabitant_tax.yaml"
BUSINESS = "individual_inhabitant_tax"
YEAR_OF_INCOME = "2025-12-31"  # of fiscal year 2026 (令和8年度)


class CannedCalculator(ThreadingHTTPServer):
    """Speaks like `openfisca serve`: fills every null of POST /calculate, and remembers what it was asked."""

    def __init__(self, answers: dict[str, float | bool], status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.answers, self.status, self.asked = answers, status, list[dict[str, Any]]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: CannedCalculator

    def do_GET(self) -> None:
        self._send(200, {"住民税": {}, "住民税所得割": {}})

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(question)
        people, households = question["世帯員"], question["世帯一覧"]
        for known in (*people.values(), *households.values()):
            for variable, values in known.items():
                if isinstance(values, dict) and None in values.values():
                    known[variable] = dict.fromkeys(values, self.server.answers.get(variable, 0.0))
        self._send(self.server.status, question if self.server.status == 200 else {"error": "no such parameter"})

    def _send(self, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Country-Package": "openfisca-japan",
            "Country-Package-Version": "2.2.0",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Tests stay silent."""


@pytest.fixture
def calculator(request: pytest.FixtureRequest) -> Iterator[CannedCalculator]:
    with CannedCalculator(*getattr(request, "param", ({},))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def system(calculator: CannedCalculator) -> Iterator[StdioSystem]:
    command = (sys.executable, str(FOLDER / "driver.py"))
    found = StdioSystem(SystemUnderTest(FOLDER, "stdio", command, settings={"base_url": calculator.url}))
    yield found
    found.shut()


@pytest.fixture
def driver(system: StdioSystem) -> StdioDriver:
    return system.connect()


@pytest.fixture
def driver_in_session(driver: StdioDriver) -> StdioDriver:
    driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 10)
    return driver


def ask(driver: StdioDriver, operation: str, **given: Any) -> dict[str, Any]:
    params = {"session": "s", "operation": operation, "input": given, "actor": "assessor", "as_of": "2026-06-01"}
    return driver.exchange("call", params, 10)


def of(taxpayer: str, fiscal_year: int = 2026) -> dict[str, Any]:
    return {"taxpayer_id": taxpayer, "fiscal_year": fiscal_year}


def offered(driver: StdioDriver) -> set[str]:
    return set(driver.exchange("hello", {}, 10)["operations"])


def test_the_driver_is_short_and_needs_nothing_but_python() -> None:
    lines = (FOLDER / "driver.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 220
    imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def test_the_server_says_what_it_is(driver: StdioDriver) -> None:
    identity = driver.exchange("hello", {}, 10)["identity"]
    assert (identity["product"], identity["version"]) == ("openfisca-japan", "2.2.0")
    assert driver.exchange("bye", {}, 10) == {"identity": identity}


def test_the_driver_answers_every_word_of_what_it_offers(driver_in_session: StdioDriver) -> None:
    operations = {one.key: one for one in Catalog.load(SPEC).glossary.operations}
    assert offered(driver_in_session) <= operations.keys()
    for key in ("calculate_inhabitant_tax", "try_inhabitant_levy"):
        reply = ask(driver_in_session, key, **of("1"))
        assert reply["result"].keys() == {one.word for one in operations[key].result}


@pytest.mark.parametrize(
    "calculator", [({"住民税": 194500.0, "住民税所得割": 189500.02, "住民税非課税世帯": False},)], indirect=True
)
def test_a_family_is_asked_about_the_year_of_income(
    driver_in_session: StdioDriver, calculator: CannedCalculator
) -> None:
    driver = driver_in_session
    ask(driver, "register_relative", **of("1"), kinship="spouse", relative_birth_date="1982-05-10")
    ask(driver, "register_relative", **of("1"), kinship="relative", relative_birth_date="2007-07-01")
    ask(driver, "register_relative", **of("2"), kinship="relative", relative_birth_date="1950-07-01")
    ask(driver, "lodge_dossier", **of("1"), salary_revenue=5_000_000, social_premium=500_000)
    found = ask(driver, "calculate_inhabitant_tax", **of("1"))["result"]
    assert (found["annual_levy"], found["liability"], found["municipal_income_levy"]) == (194_500, "liable", None)
    [question] = calculator.asked
    people, household = question["世帯員"], question["世帯一覧"]["世帯"]
    assert people["本人"]["収入"] == {YEAR_OF_INCOME: 5_000_000}
    assert people["本人"]["社会保険料控除"] == {YEAR_OF_INCOME: 500_000}
    assert people.keys() == {"本人", "配偶者", "親族1"}
    assert people["親族1"]["誕生年月日"] == {"ETERNITY": "2007-07-01"}
    assert household["親一覧"] == ["本人", "配偶者"]
    assert household["祖父母一覧"] == ["親族1"]


@pytest.mark.parametrize(
    ("answers", "liability"),
    [
        ({"住民税非課税世帯": True, "住民税所得割": 5.0}, "exempt"),
        ({"住民税非課税世帯": False, "住民税所得割": 0.0}, "capita_only"),
    ],
)
def test_the_liability_is_read_from_two_answers(
    driver_in_session: StdioDriver, calculator: CannedCalculator, answers: dict[str, Any], liability: str
) -> None:
    calculator.answers |= answers
    assert ask(driver_in_session, "calculate_inhabitant_tax", **of("1"))["result"]["liability"] == liability


def test_a_lone_parent_has_a_child_and_a_widow_says_so(
    driver_in_session: StdioDriver, calculator: CannedCalculator
) -> None:
    for taxpayer, status in (("1", "lone_father"), ("2", "widow")):
        person = {"birth_date": "1980-06-15", "lone_status": status}
        ask(driver_in_session, "register_circumstances", **of(taxpayer), **person)
        ask(driver_in_session, "calculate_inhabitant_tax", **of(taxpayer))
    father, widow = (one["世帯一覧"]["世帯"] for one in calculator.asked)
    assert (father["子一覧"], father["夫と離別死別"]) == (["子"], {YEAR_OF_INCOME: False})
    assert (widow["祖父母一覧"], widow["夫と離別死別"]) == ([], {YEAR_OF_INCOME: True})
    assert calculator.asked[0]["世帯員"]["本人"]["性別"] == {YEAR_OF_INCOME: "男性"}


@pytest.mark.parametrize(
    ("calculator", "kind"), [(({}, 400), "driver"), (({}, 500), "product")], indirect=["calculator"]
)
def test_a_refused_question_is_the_driver_s_fault_and_a_crash_the_product_s(
    driver_in_session: StdioDriver, kind: str
) -> None:
    fault = ask(driver_in_session, "calculate_inhabitant_tax", **of("1"))["fault"]
    assert fault["kind"] == kind
    assert "no such parameter" in fault["message"]


def test_after_a_crash_all_but_the_tax_of_the_year_is_asked_again(
    driver_in_session: StdioDriver, calculator: CannedCalculator
) -> None:
    calculator.status = 500
    ask(driver_in_session, "calculate_inhabitant_tax", **of("1", 2022))
    first, second = (one["世帯員"]["本人"].keys() for one in calculator.asked)
    assert first - second == {"住民税"}


def test_what_the_calculator_has_no_place_for_is_unsupported(
    driver_in_session: StdioDriver, calculator: CannedCalculator
) -> None:
    driver = driver_in_session
    assert ask(driver, "lodge_dossier", **of("1"), salary_revenue=5_000_000, trade_profit=0)["result"]
    for operation, given in (
        ("lodge_dossier", {"salary_revenue": 100}),  # a second one
        ("lodge_dossier", {**of("2"), "salary_revenue": 100, "trade_profit": 100}),  # incomes of two kinds
        ("lodge_dossier", {**of("2"), "medical_cost": 200_000}),
        ("register_circumstances", {**of("1"), "receives_public_aid": True}),
        ("register_relative", {**of("1"), "kinship": "relative", "lives_abroad": True}),
        ("try_inhabitant_levy", {**of("1"), "trade_profit": 100}),
        ("calculate_severance_levy", {}),
        ("kijun_trap_12345678", {}),
    ):
        assert ask(driver, operation, **{**of("1"), **given}) == {"unsupported": {"operation": operation}}
    assert calculator.asked == []


@pytest.mark.parametrize("calculator", [({"住民税非課税世帯": False},)], indirect=True)
def test_a_calculator_that_answers_nothing_but_zero_satisfies_nothing(system: StdioSystem, tmp_path: Path) -> None:
    allowances = [f"010-4.2.1-{number:02d}" for number in range(33, 51)]
    assignment, _ = prepare(Request(root=SPEC, profile=PROFILE, system=FOLDER, seed="seed", select=allowances))
    with Run(assignment, system, tmp_path) as run:
        Scheduler(run, 2).go()
        run.finish()
    report = RunView.read(tmp_path).report
    selected = [one for one in report.outcomes if one.requirement.id in allowances]
    assert len(selected) == len(allowances)
    assert "satisfied" not in {one.status.value for one in selected}


def test_the_committed_report_is_valid_and_never_satisfied_beyond_what_was_asked(driver: StdioDriver) -> None:
    report = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))
    rows = {one.id: one for one in Catalog.load(SPEC).requirements.values() if one.business == BUSINESS}
    assert list(schema("report").errors(report)) == []
    statuses = {one["id"]: one["status"] for one in report["requirements"]}
    assert statuses.keys() <= rows.keys()
    unreachable = {one for one in statuses if not set(rows[one].operations) <= offered(driver)}
    assert unreachable
    assert {statuses[one] for one in unreachable} == {"not_satisfied", "not_implemented", "not_verified", "satisfied"}
    assert {one for one in unreachable if statuses[one] == "satisfied"} == {"010-6.1.3-04"}  # must not be offered
    assert "satisfied" not in {statuses[one["id"]] for one in report["not_testable"]}
    assert report["claim"] == "not_conformant"
