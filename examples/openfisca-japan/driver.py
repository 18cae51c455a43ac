"""A kijun driver for OpenFisca-Japan: standard library only, JSON-RPC 2.0, one object per line on stdin and stdout.

It turns operations of the glossary into questions to POST /calculate and hands back what comes, to the nearest yen
(the product computes with 32-bit floats). It corrects nothing; what it has no question for is unsupported.
"""

import hashlib
import json
import os
import sys
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
BASE = os.environ.get("KIJUN_BASE_URL", "http://127.0.0.1:5000")
ME, HOUSEHOLD = "本人", "世帯"
ASKED = {  # operation → word of the result → variable
    "estimate_employment_income": {"employment_income": "所得"},
    "estimate_basic_deduction": {"basic_deduction": "住民税基礎控除"},
    "estimate_spouse_deduction": {"spouse_deduction": "住民税配偶者控除"},
    "estimate_dependant_deduction": {"dependant_deduction": "住民税扶養控除"},
    "estimate_disability_deduction": {"disability_deduction": "住民税障害者控除"},
    "estimate_status_deduction": {"status_deduction": ""},  # one variable for each of STATUSES
    "judge_per_capita_exemption": {"per_capita_exempt": "住民税非課税世帯"},
    "estimate_income_levy": {"income_levy": "住民税所得割"},
    "estimate_adjustment_credit": {"adjustment_credit": "調整控除"},
    "estimate_per_capita_levy": {"per_capita_levy_and_forest_tax": "住民税均等割"},
    "estimate_annual_tax": {"income_levy": "住民税所得割", "annual_tax": "住民税"},
}
OF_HOUSEHOLDS = ("住民税非課税世帯", "調整控除")
STATUSES = {"widow": "住民税寡婦控除", "single_parent": "住民税ひとり親控除", "working_student": "住民税勤労学生控除"}
ROLES = {"親一覧": (ME, "配偶者"), "子一覧": ("子",), "祖父母一覧": ("老親",)}  # told by the beginning of a name
AREAS = {"first": 1, "second": 2, "third": 3}


def earning(yen: int) -> Json:
    """A person of this income, in both words that the product has for it."""
    return {"所得": yen, "合計所得金額": yen}


def children(count: int, age: int = 10) -> dict[str, Json]:
    return {f"子{age}-{number}": {"年齢": age} for number in range(count)}


def family(operation: str, given: Json) -> tuple[dict[str, Json], Json]:
    """What is known of each person and of the household. A variable given for one is zero for the others."""
    me = earning(given.get("total_income", 0))
    match operation:
        case "estimate_employment_income":
            return {ME: {"収入": given["employment_revenue"]}}, {}
        case "estimate_spouse_deduction":
            return {ME: me, "配偶者": {"年齢": given["spouse_age"], **earning(given["spouse_income"])}}, {}
        case "estimate_dependant_deduction":
            age, elsewhere = given["relative_age"], not given["cohabiting_parent"]
            relative = {"年齢": age, "介護施設入所中": elsewhere, **earning(given["relative_income"])}
            return {ME: me, "子" if age < 70 else "老親": relative}, {}
        case "estimate_disability_deduction":
            fact = {"障害者控除対象" if given["disability_class"] == "ordinary" else "特別障害者控除対象": True}
            return {ME: me, "子": fact} if given["disability_class"] == "cohabiting_special" else {ME: me | fact}, {}
        case "estimate_status_deduction":
            status = given["personal_status"]
            me["学生"] = status == "working_student"
            return {ME: me, **children(status == "single_parent")}, {"夫と離別死別": status == "widow"}
        case "judge_per_capita_exemption":
            return {ME: me, **children(given["dependant_count"])}, {"居住級地区分1": AREAS[given["area_class"]]}
        case "estimate_income_levy":
            known = {**earning(given["aggregate_income"]), "住民税所得控除": given["total_deductions"]}
            facts = {"人的控除額の差": given["personal_deduction_difference"]}
            return {ME: known, **children(given["dependant_count"])}, facts
        case "estimate_adjustment_credit":
            taxable, difference = given["total_taxable_income"], given["personal_deduction_difference"]
            return {ME: {}}, {"控除後住民税世帯高所得": taxable, "人的控除額の差": difference}
        case "estimate_annual_tax":
            known = {"収入": given["employment_revenue"], "社会保険料控除": given["social_insurance_deduction"]}
            spouse = {"配偶者": {"年齢": 40}} if given["has_spouse"] else {}
            others = children(given["ordinary_dependant_count"], 17) | children(given["young_dependant_count"])
            return {ME: known, **spouse, **others}, {"居住級地区分1": AREAS[given["area_class"]]}
    return {ME: me}, {}


def call(params: Json) -> Json:
    """Everything known of everybody on one day, null where an answer is wanted; then the answers, or the trouble."""
    operation, given = params["operation"], params["input"]
    if operation not in ASKED:
        return {"unsupported": {"operation": operation}}
    # income and deductions are those of the year before; the levy per head is that of the day of assessment
    year, per_head = given["fiscal_year"], operation == "estimate_per_capita_levy"
    day = f"{year}-01-01" if per_head else f"{year - 1}-12-31"
    asked = {word: variable or STATUSES[given["personal_status"]] for word, variable in ASKED[operation].items()}
    people, facts = family(operation, given)
    for variable in asked.values():
        (facts if variable in OF_HOUSEHOLDS else people[ME])[variable] = None
    members = {role: [one for one in people if one.startswith(names)] for role, names in ROLES.items()}
    dated = {name: {key: {day: value} for key, value in known.items()} for name, known in people.items()}
    house = {**members, **{key: {day: value} for key, value in facts.items()}}
    status, answer, _ = fetch("/calculate", {"世帯員": dated, "世帯一覧": {HOUSEHOLD: house}})
    if status != 200:
        kind, told = "driver" if status < 500 else "product", json.dumps(answer, ensure_ascii=False)[:300]
        return {"fault": {"kind": kind, "message": f"HTTP {status}: {told}"}}
    found = answer["世帯一覧"][HOUSEHOLD] | answer["世帯員"][ME]
    values = {word: found[variable][day] for word, variable in asked.items()}
    return {"result": {word: one if isinstance(one, bool) else round(one) for word, one in values.items()}}


def fetch(path: str, body: Json | None = None) -> tuple[int, Any, Json]:
    """Status, content and headers of an answer."""
    connection = HTTPConnection(urlsplit(BASE).netloc, timeout=30)
    text = json.dumps(body) if body else None
    connection.request("POST" if body else "GET", path, text, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, json.load(answer), {name.lower(): value for name, value in answer.getheaders()}


def identity() -> Json:
    """Product and version as the server itself tells them; the build is a digest of the variables it offers."""
    _, variables, headers = fetch("/variables")
    build = hashlib.sha256("\n".join(sorted(variables)).encode()).hexdigest()[:16]
    product, version = headers["country-package"], headers["country-package-version"]
    return {"product": product, "vendor": "project-inclusive", "version": version, "build": build}


def reply(method: str, params: Json) -> Json:
    """The product keeps nothing between two questions: a session is only a name."""
    match method:
        case "hello":
            offer = {"operations": sorted(ASKED), "isolation": "tenant", "parallel_sessions": 2, "clock_control": True}
            return {"identity": identity(), "driver_version": "1", "protocol": "1", **offer}
        case "ics":
            return {"answers": None}
        case "open":
            return {"session": params["session"], "state_digest": hashlib.sha256(b"").hexdigest()}
        case "call" | "observe":
            return call(params)
        case "attach":
            return {"attachments": []}
        case "close":
            return {"session": params["session"], "identity": identity()}
    return {"identity": identity()}


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"jsonrpc": "2.0", "id": request["id"], "result": reply(request["method"], request["params"])}
        except OSError as error:
            sys.exit(f"{BASE} につながりません（{error}）。")
        print(json.dumps(answer, ensure_ascii=False), flush=True)
