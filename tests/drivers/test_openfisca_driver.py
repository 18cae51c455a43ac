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
from kijun.engine.lint import lint
from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.setup import Request, prepare
from kijun.model.statement import SystemUnderTest
from kijun.reporting.run_view import RunView

FOLDER = Path(__file__).parents[2] / "examples" / "openfisca-japan"
SPEC = FOLDER / "spec"
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


def ask(driver: StdioDriver, operation: str, **given: Any) -> dict[str, Any]:
    given = {"fiscal_year": 2026, **given}
    params = {"session": "s", "operation": operation, "input": given, "actor": "assessor", "as_of": "2026-06-01"}
    return driver.exchange("observe", params, 10)


def offered(driver: StdioDriver) -> set[str]:
    return set(driver.exchange("hello", {}, 10)["operations"])


def beyond(operations: set[str], catalog: Catalog) -> set[str]:
    """The requirements that need an operation which is not offered."""
    return {one.id for one in catalog.requirements.values() if not set(one.operations) <= operations}


KJ_090 = {
    "area_class": "first",
    "employment_revenue": 5_000_000,
    "social_insurance_deduction": 500_000,
    "has_spouse": True,
    "ordinary_dependant_count": 1,
    "young_dependant_count": 1,
}


def test_the_driver_is_short_and_needs_nothing_but_python() -> None:
    lines = (FOLDER / "driver.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 150
    imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def test_the_server_says_what_it_is(driver: StdioDriver) -> None:
    identity = driver.exchange("hello", {}, 10)["identity"]
    assert (identity["product"], identity["version"]) == ("openfisca-japan", "2.2.0")
    assert driver.exchange("bye", {}, 10) == {"identity": identity}


@pytest.mark.parametrize("calculator", [({"住民税": 194500.0, "住民税所得割": 189500.02},)], indirect=True)
def test_a_family_is_asked_about_the_year_of_income(driver: StdioDriver, calculator: CannedCalculator) -> None:
    reply = ask(driver, "estimate_annual_tax", **KJ_090)
    assert reply == {"result": {"annual_tax": 194500, "income_levy": 189500}}
    [question] = calculator.asked
    assert question["世帯員"]["本人"]["収入"] == {YEAR_OF_INCOME: 5_000_000}
    household = question["世帯一覧"]["世帯"]
    assert household["親一覧"] == ["本人", "配偶者"]
    ages = [question["世帯員"][one]["年齢"][YEAR_OF_INCOME] for one in household["子一覧"]]
    assert ages == [17, 10]


@pytest.mark.parametrize("calculator", [({"住民税非課税世帯": True, "住民税均等割": 5000.0},)], indirect=True)
def test_answers_about_a_household_and_about_the_day_of_assessment_are_found(
    driver: StdioDriver, calculator: CannedCalculator
) -> None:
    given = {"area_class": "third", "total_income": 380_000, "dependant_count": 0}
    assert ask(driver, "judge_per_capita_exemption", **given) == {"result": {"per_capita_exempt": True}}
    assert ask(driver, "estimate_per_capita_levy") == {"result": {"per_capita_levy_and_forest_tax": 5000}}
    of_a_person = calculator.asked[-1]["世帯員"]["本人"]
    assert list(of_a_person["住民税均等割"]) == ["2026-01-01"]


@pytest.mark.parametrize(
    ("calculator", "kind"), [(({}, 400), "driver"), (({}, 500), "product")], indirect=["calculator"]
)
def test_a_refused_question_is_the_driver_s_fault_and_a_crash_the_product_s(driver: StdioDriver, kind: str) -> None:
    fault = ask(driver, "estimate_per_capita_levy")["fault"]
    assert fault["kind"] == kind
    assert "no such parameter" in fault["message"]


def test_what_a_calculator_does_not_do_is_unsupported(driver: StdioDriver, calculator: CannedCalculator) -> None:
    known = {one.key for one in Catalog.load(SPEC).glossary.operations}
    missing = known - offered(driver)
    assert missing == {
        "divide_income_levy",
        "divide_into_instalments",
        "divide_into_months",
        "issue_special_collection_notice",
    }
    for operation in (*missing, "kijun_trap_12345678"):
        assert ask(driver, operation) == {"unsupported": {"operation": operation}}
    assert calculator.asked == []


@pytest.mark.parametrize("calculator", [({"住民税非課税世帯": False},)], indirect=True)
def test_a_calculator_that_answers_nothing_but_zero_is_not_conformant(system: StdioSystem, tmp_path: Path) -> None:
    assignment, _ = prepare(Request(root=SPEC, system=FOLDER, seed="seed"))
    with Run(assignment, system, tmp_path) as run:
        Scheduler(run, 2).go()
        run.finish()
    report = RunView.read(tmp_path).report
    statuses = {one.requirement.id: one.status.value for one in report.outcomes}
    assert report.claim.value == "not_conformant"
    assert "satisfied" not in statuses.values()
    assert statuses["010-4.5.2-01"] == "not_implemented"
    assert statuses["010-4.4.11-01"] == "not_verified"


def test_the_requirements_of_the_example_are_sound() -> None:
    assert lint(SPEC) == []


def test_the_committed_report_is_valid_and_never_satisfied_beyond_what_was_asked(driver: StdioDriver) -> None:
    report = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))
    catalog = Catalog.load(SPEC)
    assert list(schema("report").errors(report)) == []
    assert report["edition"] == catalog.editions
    statuses = {one["id"]: one["status"] for one in report["requirements"]}
    assert set(statuses) == set(catalog.requirements)
    unreachable = beyond(offered(driver), catalog)
    assert unreachable
    assert {statuses[one] for one in unreachable} == {"not_satisfied"}
    assert "satisfied" not in {statuses[one["id"]] for one in report["not_testable"]}
    assert report["claim"] == "not_conformant"
