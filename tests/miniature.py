"""A made-up standard of one page, and made-up systems: the whole machine, small enough to read in one sitting.

The business is 「鉢植え台帳」: pots are registered, watered and counted. It has nothing to do with any office, so
that a test of the engine fails for reasons of the engine.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from kijun.catalog.root import shipped_root
from kijun.drivers.in_process import InProcessDriver

SLUG = "pot_register"
PROFILE = "requirements/profiles/sample_city.yaml"
SYSTEM = "requirements/systems/reference"

BUSINESSES = """\
registry:
  source: "試験用"
systems:
  - id: "999"
    slug: "pot_register"
    area: "internal_administration"
    name: "鉢植え台帳"
    aliases: []
    survey_2019: false
    ministry: "総務省"
    world: "closed"
    certainty: "own_judgement"
"""

GLOSSARY = """\
glossary:
  business: "pot_register"
  source: "試験用"
roles:
  - { label: "園芸係", key: "gardener" }
  - { label: "見学者", key: "visitor" }
reasons:
  - { label: "権限がない", key: "forbidden" }
  - { label: "対象がない", key: "not_found" }
words:
  - { label: "処理日", key: "as_of", type: "date", context: "as_of" }
  - { label: "利用者", key: "actor", type: "role", context: "actor" }
  - { label: "年度", key: "year", type: "fiscal_year" }
  - { label: "鉢の番号", key: "pot_id", type: "identifier" }
  - { label: "名札", key: "label", type: "text", synthetic: "架空{digits:8}" }
  - { label: "大きさ", key: "size", type: "code", codes: { "小": "small", "大": "large" } }
  - { label: "水の量", key: "water", type: "count" }
  - { label: "料金", key: "fee", type: "yen" }
  - { label: "植えた日", key: "planted_on", type: "date" }
  - { label: "札", key: "tag", type: "document", fields: ["label", "size", "fee~"] }
  - { label: "鉢の一覧", key: "pots", type: "list", fields: ["pot_id", "label", "size"] }
facts:
  - { label: "鉢", operation: "plant_pot" }
operations:
  - label: "鉢の登録"
    key: "plant_pot"
    kind: "command"
    input: ["size", "label", { word: "planted_on", default: "as_of" }]
    result: ["pot_id", "tag"]
  - label: "水やり"
    key: "water_pot"
    kind: "command"
    input: [{ word: "pot_id", from: "plant_pot" }, "water"]
    result: ["water"]
  - label: "料金の計算"
    key: "price_pot"
    kind: "command"
    input: [{ word: "pot_id", from: "plant_pot" }, "year"]
    result: ["fee"]
  - label: "鉢の照会"
    key: "list_pots"
    kind: "query"
    input: []
    result: ["pots"]
  - label: "鉢の破壊"
    key: "smash_pot"
    kind: "command"
    prohibited: true
    input: []
    result: []
"""

REQUIREMENT = """\
  - id: "{id}"
    official_ids: []
    major: "鉢"
    middle: "台帳"
    name: "{name}"
    text: "{text}"
    category:
      designated_city: "{obligation}"
      core_city: "{obligation}"
      special_ward: "{obligation}"
      general_city: "{obligation}"
      town_village: "none"
    category_source: "estimated"
    effective: {{ from: "2020-04-01", basis: "試験用", source: "estimated" }}
    legal_basis:
      - {{ law: "架空法", article: "1条" }}
    rationale: "試験のため。"
    verification: {{ method: "{method}"{procedure} }}
    operations: []
    history:
      - {{ edition: "1", date: "2020-04-01", change: "added" }}
"""

FEES = "999-1.1.1-01"
LEDGER = "999-1.1.1-02"
VISITORS = "999-1.1.1-03"
SMASHING = "999-1.1.1-04"
EXTRA = "999-1.1.1-05"
SEEN = "999-1.1.1-06"

REQUIREMENTS = (
    (FEES, "料金", "大きさに応じた料金を計算できること。", "mandatory", "test"),
    (LEDGER, "台帳", "登録した鉢を一覧にできること。", "mandatory", "test"),
    (VISITORS, "権限", "見学者が鉢を登録できないこと。", "mandatory", "test"),
    (SMASHING, "破壊", "鉢を破壊する機能を持たないこと。", "prohibited", "test"),
    (EXTRA, "水やり", "水の量を記録できること。", "optional", "test"),
    (SEEN, "札", "札の現物が読めることを目で確かめられること。", "mandatory", "inspection"),
)

FEATURE = """\
# language: ja
機能: 鉢植え台帳

  @req:999-1.1.1-01
  シナリオアウトライン: <大きさ>の鉢の料金は<料金>である
    前提 「年度」は「令和8年度」である
    かつ 次の「鉢」が登録されている
      | 大きさ   |
      | <大きさ> |
    もし 「料金の計算」を行う
    ならば 「料金」は「<料金>」である

    例:
      | 大きさ | 料金    |
      | 小     | 100円   |
      | 大     | 1,000円 |

  @req:999-1.1.1-02
  シナリオ: 登録した鉢が一覧にある
    前提 次の「鉢」が登録されている
      | 鉢の番号 | 名札 | 大きさ |
      | 一号     | 甲   | 小     |
      | 二号     | 乙   | 大     |
    もし 「鉢の照会」を行う
    ならば 「鉢の一覧」は次のとおりである
      | 鉢の番号 | 名札 | 大きさ |
      | 二号     | 乙   | 大     |
      | 一号     | 甲   | 小     |
    かつ 「鉢の一覧」は「2」件である

  @req:999-1.1.1-03
  シナリオ: 見学者は鉢を登録できない
    前提 「鉢の照会」の結果を控えておく
    かつ 「利用者」は「見学者」である
    もし 次の内容で「鉢の登録」を行う
      | 項目   | 値 |
      | 大きさ | 小 |
    ならば 処理は「権限がない」として拒否される
    かつ 「鉢の照会」の結果は控えと変わらない

  @req:999-1.1.1-04
  シナリオ: 鉢の破壊は提供されていない
    もし 提供されないはずの「鉢の破壊」を試みる
    ならば その機能は提供されていない

  @req:999-1.1.1-05
  シナリオ: 水の量が記録される
    前提 「鉢」が登録されている
    もし 次の内容で「水やり」を行う
      | 項目     | 値 |
      | 鉢の番号 | 甲 |
      | 水の量   | 3  |
    ならば 「水の量」は「3」である

  @canary
  シナリオ: この検査は必ず失敗する
    前提 「年度」は「令和8年度」である
    かつ 次の「鉢」が登録されている
      | 大きさ |
      | 小     |
    もし 「料金の計算」を行う
    ならば 「料金」は「7円」である
""".replace(
    "    前提 「鉢」が登録されている\n    もし 次の内容で「水やり」",
    "    前提 次の「鉢」が登録されている\n      | 鉢の番号 | 大きさ |\n      | 甲       | 小     |\n"
    "    もし 次の内容で「水やり」",
)

PROFILE_TEXT = """\
profile:
  id: "mini"
  title: "見本市の鉢"
  municipality: { code: "992011", class: "general_city" }
  as_of: "2026-06-01"
  businesses: ["pot_register"]
"""

SUT_TEXT = """\
sut:
  driver: "reference"
"""


def requirement(one: str, name: str, text: str, obligation: str, method: str) -> str:
    procedure = ', procedure: ["札を見る。"]' if method == "inspection" else ""
    return REQUIREMENT.format(id=one, name=name, text=text, obligation=obligation, method=method, procedure=procedure)


def table_text(rows: tuple[tuple[str, str, str, str, str], ...] = REQUIREMENTS) -> str:
    head = 'table:\n  business: "pot_register"\n  edition: "1"\n  status: "draft"\n  source: "試験用"\nrequirements:\n'
    return head + "".join(requirement(*row) for row in rows)


def statement_text(**answers: str) -> str:
    """All mandatory and optional answered yes, the prohibited no; single answers by keyword like r01="no"."""
    chosen = {row[0]: "no" if row[3] == "prohibited" else "yes" for row in REQUIREMENTS}
    chosen.update({f"999-1.1.1-{key[1:]}": value for key, value in answers.items()})
    head = (
        'statement:\n  product: "鉢"\n  vendor: "架空園"\n  version: "1"\n  date: "2026-04-01"\n'
        '  editions:\n    pot_register: "1"\nanswers:\n'
    )
    due = ', due: "2027-03-31"'
    return head + "".join(
        f'  - {{ requirement: "{one}", answer: "{answer}"{due if answer == "planned" else ""} }}\n'
        for one, answer in chosen.items()
        if answer
    )


ATTESTATION = f"""\
attestations:
  - {{ requirement: "{SEEN}", verdict: "pass", office: "架空園 品質係", date: "2026-04-01", expires: "2099-03-31" }}
"""


class Miniature:
    """A spec root in a folder of its own; write over any file to break it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(shipped_root() / "steps", root / "steps", ignore=shutil.ignore_patterns("__pycache__"))
        self.write("requirements/businesses.yaml", BUSINESSES)
        self.write(f"requirements/glossary/{SLUG}.yaml", GLOSSARY)
        self.write(f"requirements/plants/{SLUG}.yaml", table_text())
        self.write(f"features/plants/{SLUG}/pots.feature", FEATURE)
        self.write(PROFILE, PROFILE_TEXT)
        self.write(f"{SYSTEM}/sut.yaml", SUT_TEXT)
        self.write(f"{SYSTEM}/statement.yaml", statement_text())
        self.write(f"{SYSTEM}/attestations/seen.yaml", ATTESTATION)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def edit(self, name: str, old: str, new: str) -> Path:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        return self.write(name, text.replace(old, new))

    @property
    def glossary(self) -> str:
        return f"requirements/glossary/{SLUG}.yaml"

    @property
    def table(self) -> str:
        return f"requirements/plants/{SLUG}.yaml"

    @property
    def feature(self) -> str:
        return f"features/plants/{SLUG}/pots.feature"


class HonestPots:
    """An in-process driver and product in one: does what the miniature standard asks."""

    OPERATIONS = ("plant_pot", "water_pot", "price_pot", "list_pots")
    IDENTITY = {"product": "鉢", "vendor": "架空園", "version": "1", "build": "b1"}
    FEES = {"small": 100, "large": 1000}

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, dict[str, Any]]] = {}
        self.opened: list[str] = []

    def hello(self, params: dict[str, Any]) -> dict[str, Any]:
        return {
            "identity": self.identity(),
            "driver_version": "1",
            "protocol": "1",
            "operations": list(self.OPERATIONS),
            "isolation": "tenant",
            "parallel_sessions": 4,
            "clock_control": True,
        }

    def identity(self) -> dict[str, str]:
        return dict(self.IDENTITY)

    def ics(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"answers": None}

    def open(self, params: dict[str, Any]) -> dict[str, Any]:
        self.sessions[params["session"]] = {}
        self.opened.append(params["session"])
        return {"session": params["session"], "state_digest": "empty"}

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["operation"] not in self.OPERATIONS:
            return {"unsupported": {"operation": params["operation"]}}
        if params["actor"] == "visitor" and params["operation"] != "list_pots":
            return {"refused": {"code": "forbidden", "message": "見学者です。"}}
        answer: dict[str, Any] = getattr(self, params["operation"])(self.sessions[params["session"]], params["input"])
        return answer

    observe = call

    def attach(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"attachments": []}

    def close(self, params: dict[str, Any]) -> dict[str, Any]:
        self.sessions.pop(params["session"], None)
        return {"session": params["session"], "identity": self.identity()}

    def bye(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"identity": self.identity()}

    # the product ------------------------------------------------------------------------------------

    def plant_pot(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        number = f"P{len(pots) + 1}"
        pots[number] = {"pot_id": number, "label": given["label"], "size": given["size"]}
        tag = {"label": given["label"], "size": given["size"], "fee": None}
        return {"result": {"pot_id": number, "tag": tag}}

    def water_pot(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        return {"result": {"water": given["water"]}}

    def price_pot(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        pot = pots.get(given["pot_id"])
        if pot is None:
            return {"refused": {"code": "not_found", "message": "ありません。"}}
        return {"result": {"fee": self.FEES[pot["size"]]}}

    def list_pots(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        return {"result": {"pots": list(pots.values())}}


class InProcess:
    """A system under test made of a class in this process."""

    def __init__(self, make: type[HonestPots]) -> None:
        self.make = make
        self.made: list[HonestPots] = []

    def connect(self) -> InProcessDriver:
        return InProcessDriver(self._new)

    def shut(self) -> None:
        """Nothing to release."""

    def _new(self) -> HonestPots:
        self.made.append(self.make())
        return self.made[-1]


def events(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "run.jsonl").read_text(encoding="utf-8").splitlines()]
