"""A kijun driver for OpenFisca-Japan: standard library only, JSON-RPC 2.0, one object per line on stdin and stdout.

It keeps what a scenario tells of a taxpayer, turns it into a question to POST /calculate and hands back what comes, to
the nearest yen (the product computes with 32-bit floats). It computes no tax and corrects nothing: a fact that the
product has no variable for is unsupported, a result that it has no variable for is null.
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
ME, SPOUSE, STAND_IN, HOUSEHOLD, BORN = "本人", "配偶者", "子", "世帯", "誕生年月日"
FACTS = {  # operation that tells a fact → word of its result, and what of the fact the product has a place for
    "register_taxpayer": ("taxpayer_id", "name address"),
    "set_inhabitant_tax_terms": ("fiscal_year", "living_area_grade"),
    "register_circumstances": ("circumstance_id", "birth_date disablement lone_status is_working_student"),
    "register_relative": (
        "relative_id",
        "kinship relative_birth_date relative_earnings disablement is_coresident is_coresident_parent",
    ),
    "lodge_dossier": ("dossier_id", "dossier_kind salary_revenue trade_profit social_premium"),
}
ASKED = {  # word of the result → variable
    "salary_income": "所得",
    "overall_income": "合計所得金額",
    "basic_allowance": "住民税基礎控除",
    "spouse_allowance": "住民税配偶者控除",
    "special_spouse_allowance": "住民税配偶者特別控除",
    "relative_allowance": "住民税扶養控除",
    "disablement_allowance": "住民税障害者控除",
    "widow_allowance": "住民税寡婦控除",
    "lone_parent_allowance": "住民税ひとり親控除",
    "student_allowance": "住民税勤労学生控除",
    "allowance_sum": "住民税所得控除",
    "personal_allowance_gap": "人的控除額の差",
    "taxable_base": "控除後住民税世帯高所得",
    "annual_levy": "住民税",
}
EXEMPT, INCOME_LEVY = "住民税非課税世帯", "住民税所得割"
OF_HOUSEHOLDS = (EXEMPT, "人的控除額の差", "控除後住民税世帯高所得")
TRIED = (
    "taxable_base municipal_income_levy prefectural_income_levy municipal_capita_levy prefectural_capita_levy "
    "forest_environment_tax annual_levy liability"
)
UNTOLD = (
    "income_adjustment pension_income aggregate_income young_relative_allowance social_premium_allowance "
    "mutual_aid_allowance life_premium_allowance quake_premium_allowance medical_allowance casualty_allowance "
    "municipal_gross_levy prefectural_gross_levy municipal_gap_credit prefectural_gap_credit municipal_dividend_credit "
    "prefectural_dividend_credit home_loan_credit municipal_gift_credit prefectural_gift_credit "
    "municipal_floor_adjustment prefectural_floor_adjustment municipal_flat_cut prefectural_flat_cut levy_refund"
)
RESULTS = {  # operation that asks → words of its result; those that are not asked for are null
    "calculate_inhabitant_tax": [*ASKED, *TRIED.split(), *UNTOLD.split()],
    "try_inhabitant_levy": TRIED.split(),
}
DISABLED = {"ordinary": "障害者控除対象", "special": "特別障害者控除対象"}
SEXES = {"lone_mother": "女性", "lone_father": "男性"}
GRADES = {"first_grade": 1, "second_grade": 2, "third_grade": 3}
told_in: dict[str, list[tuple[str, Json]]] = {}  # session → operations and what they told, in their order


def told(session: str, operation: str, given: Json) -> list[Json]:
    """What was told by an operation of the taxpayer and year asked about, the newest last, after nothing at all."""
    about = [key for key in ("taxpayer_id", "fiscal_year") if key in given]
    facts = [one for kind, one in told_in[session] if kind == operation]
    return [{}, *(one for one in facts if all(one.get(key, given[key]) == given[key] for key in about))]


def has_place(operation: str, given: Json) -> bool:
    """Whether the product can be told all of this. No and zero need no place; there is place for one income only."""
    facts = {key for key, value in given.items() if value not in (None, 0, "none")}
    is_one_income = not {"salary_revenue", "trade_profit"} <= facts
    return is_one_income and facts <= {"taxpayer_id", "fiscal_year", *FACTS[operation][1].split()}


def business(profit: int | None) -> Json:
    """An income that is given as it is: the revenue of a business without expenses."""
    return {"収入": profit or 0, "個人事業主である": True}


def disabled(given: Json) -> Json:
    return {DISABLED[given["disablement"]]: True} if given.get("disablement") in DISABLED else {}


def household(session: str, given: Json) -> tuple[dict[str, Json], Json]:
    """What is known of each person and of the household. A variable given for one is zero for the others."""
    person = told(session, "register_circumstances", given)[-1]
    income = told(session, "lodge_dossier", given)[-1] | given
    profit, salary = income.get("trade_profit"), income.get("salary_revenue")
    me = business(profit) if profit or salary is None else {"収入": salary}
    me |= {"社会保険料控除": income.get("social_premium") or 0, "学生": bool(person.get("is_working_student"))}
    me |= disabled(person) | ({BORN: person["birth_date"]} if person else {})
    people = {ME: me}
    for number, one in enumerate(told(session, "register_relative", given)[1:]):
        known = {BORN: one["relative_birth_date"], "介護施設入所中": not one.get("is_coresident_parent")}
        name = SPOUSE if one["kinship"] == "spouse" else f"親族{number}"
        people[name] = known | business(one.get("relative_earnings")) | disabled(one)
    lone = person.get("lone_status")
    if lone in SEXES:
        me["性別"] = SEXES[lone]
        people |= {} if people.keys() - {ME, SPOUSE} else {STAND_IN: {"年齢": 10}}
    others = [one for one in people if one not in (ME, SPOUSE)]
    facts = {
        "親一覧": [one for one in people if one not in others],
        "子一覧" if lone in SEXES else "祖父母一覧": others,
    }
    grade = told(session, "set_inhabitant_tax_terms", given)[-1].get("living_area_grade")
    return people, facts | {"居住級地区分1": GRADES[grade or "first_grade"], "夫と離別死別": lone == "widow"}


def ask(people: dict[str, Json], facts: Json, day: str, variables: list[str]) -> tuple[int, Json]:
    """Everything known of everybody on one day, null where an answer is wanted: the status, and what was answered."""
    unknown = {kind: {one: None for one in variables if (one in OF_HOUSEHOLDS) is kind} for kind in (True, False)}
    people = people | {ME: unknown[False] | people[ME]}
    dated = {
        name: {key: {"ETERNITY" if key == BORN else day: value} for key, value in known.items()}
        for name, known in people.items()
    }
    house = {key: one if isinstance(one, list) else {day: one} for key, one in (facts | unknown[True]).items()}
    status, answer, _ = fetch("/calculate", {"世帯員": dated, "世帯一覧": {HOUSEHOLD: house}})
    if status != 200:
        return status, answer
    found = answer["世帯一覧"][HOUSEHOLD] | answer["世帯員"][ME]
    return status, {one: found[one][day] for one in variables}


def calculate(session: str, operation: str, given: Json) -> Json:
    """Income and deductions are those of the last day of the year before, and so is all that is computed from them."""
    people, facts = household(session, given)
    day, variables = f"{given['fiscal_year'] - 1}-12-31", [*ASKED.values(), INCOME_LEVY, EXEMPT]
    status, found = ask(people, facts, day, variables)
    if status == 500:  # the tax of a year has no value on days before 2024; the rest may have
        variables.remove(ASKED["annual_levy"])
        status, found = ask(people, facts, day, variables)
    if status != 200:
        kind, message = "driver" if status < 500 else "product", json.dumps(found, ensure_ascii=False)[:300]
        return {"fault": {"kind": kind, "message": f"HTTP {status}: {message}"}}
    values: Json = {word: round(found[one]) for word, one in ASKED.items() if one in found}
    values["liability"] = "exempt" if found[EXEMPT] else "liable" if found[INCOME_LEVY] else "capita_only"
    if people[ME].get("個人事業主である"):
        del values["salary_income"]  # there is none: the income is another
    return {"result": {word: values.get(word) for word in RESULTS[operation]}}


def call(params: Json) -> Json:
    session, operation, given = params["session"], params["operation"], params["input"]
    lodged = told(session, "lodge_dossier", given)
    if operation in RESULTS and has_place("lodge_dossier", lodged[-1] | given):
        return calculate(session, operation, given)
    is_second = operation == "lodge_dossier" and len(lodged) > 1  # there is place for one alone
    if operation in FACTS and has_place(operation, given) and not is_second:
        told_in[session].append((operation, given))
        word = FACTS[operation][0]
        return {"result": {word: given.get(word, str(len(told_in[session])))}}
    return {"unsupported": {"operation": operation}}


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
    """The product keeps nothing between two questions: a session is what was told in it."""
    match method:
        case "hello":
            operations = sorted({*FACTS, *RESULTS})
            offer = {"operations": operations, "isolation": "tenant", "parallel_sessions": 2, "clock_control": True}
            return {"identity": identity(), "driver_version": "2", "protocol": "1", **offer}
        case "ics":
            return {"answers": None}
        case "open":
            told_in[params["session"]] = []
            return {"session": params["session"], "state_digest": hashlib.sha256(b"").hexdigest()}
        case "call" | "observe":
            return call(params)
        case "attach":
            return {"attachments": []}
        case "close":
            told_in.pop(params["session"], None)
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
