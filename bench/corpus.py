"""Writes corpora of any size: the same Japanese scenarios for kijun, for plain behave and for pytest-bdd.

A scenario has five steps with trivial bodies; two of the five carry a value that no other scenario has, three
carry values that many share. Twenty scenarios make a file and one requirement: 2,000 are 100 files, 20,000 are 1,000.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STEPS = 5
PER_FILE = 20
SLUG = "bench_ledger"
AREA = "internal_administration"
KEYWORDS = ("前提", "かつ", "もし", "ならば", "かつ")
ITEMS = ("住所", "氏名", "区分", "備考")
# type, phrase, function of bodies.py
PHRASES = (
    ("given", "「{item}」の欄に「{text}」と記す", "note"),
    ("given", "「{day}」に受け付ける", "accept"),
    ("given", "「{name}」を窓口に呼ぶ", "call_up"),
    ("given", "「{item}」に「{number}」枚を添える", "enclose"),
    ("when", "「{item}」を写す", "copy"),
    ("when", "「{item}」を「{text}」に改める", "amend"),
    ("then", "控えは「{text}」のままである", "kept"),
    ("then", "「{item}」の写しが「{number}」枚ある", "counted"),
    ("then", "「{item}」に印がある", "stamped"),
    ("then", "「{name}」に返されている", "returned"),
)
_BODIES = Path(__file__).with_name("bodies.py")
_SHIPPED_STEPS = Path(__file__).resolve().parents[1] / "steps"


@dataclass(frozen=True)
class Corpus:
    """How large, and with how many definitions and words that no scenario uses."""

    scenarios: int
    extra: int = 0
    asking: bool = False  # scenarios that ask the system three times, instead of trivial bodies

    @property
    def files(self) -> int:
        return -(-self.scenarios // PER_FILE)

    @property
    def steps(self) -> int:
        return self.scenarios * STEPS

    def numbers(self, file: int) -> range:
        return range(file * PER_FILE, min((file + 1) * PER_FILE, self.scenarios))


def bound_steps(number: int) -> list[tuple[str, dict[str, str]]]:
    """The five steps of one scenario as function names and arguments: what a bare loop calls."""
    item = ITEMS[number % 4]
    second = {
        0: ("accept", {"day": f"令和8年6月{number % 30 + 1}日"}),
        1: ("accept", {"day": f"令和8年7月{number % 30 + 1}日"}),
        2: ("call_up", {"name": "甲"}),
        3: ("enclose", {"item": item, "number": str(number % 5)}),
    }[number % 4]
    action = ("copy", {"item": item}) if number % 2 else ("amend", {"item": item, "text": "新しい値"})
    return [
        ("note", {"item": item, "text": f"架空の記録 {number:06}"}),
        second,
        action,
        ("kept", {"text": f"架空の控え {number:06}"}),
        ("counted", {"item": item, "number": "1"}),
    ]


def sentences(number: int) -> list[str]:
    """The five steps of one scenario as an official reads them."""
    patterns = {function: pattern for _, pattern, function in PHRASES}
    return [patterns[function].format(**arguments) for function, arguments in bound_steps(number)]


def requirement_id(file: int) -> str:
    return f"999-1.{file // 99 + 1}.1-{file % 99 + 1:02}"


def feature_text(corpus: Corpus, file: int) -> str:
    lines = ["# language: ja", f"機能: 帳簿 {file:04}", ""]
    for number in corpus.numbers(file):
        lines += [f"  @req:{requirement_id(file)}", f"  シナリオ: {number:06} 番の記録が帳簿に残る"]
        lines += _asking_steps(number) if corpus.asking else _trivial_steps(number)
        lines.append("")
    return "\n".join(lines)


def _trivial_steps(number: int) -> list[str]:
    return [f"    {keyword} {text}" for keyword, text in zip(KEYWORDS, sentences(number), strict=True)]


def _asking_steps(number: int) -> list[str]:
    """Two 前提, one もし, two ならば; three requests (受付, 審査, 照会)."""
    return [
        f"    前提 「件数」は「{number % 9 + 1}」である",
        "    かつ 「受付」が済んでいる",
        "    かつ 「照会」が済んでいる",
        "    もし 「審査」を行う",
        f"    ならば 「件数」は「{number % 9 + 1}」である",
    ]


CANARY = """\
# language: ja
機能: 必ず失敗する検査

  @canary
  シナリオ: この検査は必ず失敗する
    前提 「件数」は「1」である
    もし 「審査」を行う
    ならば 「件数」は「7」である
"""

BUSINESSES = f"""\
registry:
  source: "測定用"
systems:
  - id: "999"
    slug: "{SLUG}"
    area: "{AREA}"
    name: "測定用の帳簿"
    aliases: []
    survey_2019: false
    ministry: "総務省"
    world: "closed"
    certainty: "own_judgement"
"""

GLOSSARY = f"""\
glossary:
  business: "{SLUG}"
  source: "測定用"
roles:
  - {{ label: "担当", key: "clerk" }}
reasons:
  - {{ label: "権限がない", key: "forbidden" }}
words:
  - {{ label: "処理日", key: "as_of", type: "date", context: "as_of" }}
  - {{ label: "利用者", key: "actor", type: "role", context: "actor" }}
  - {{ label: "件数", key: "number", type: "count" }}
facts:
  - {{ label: "記録", operation: "receive" }}
operations:
  - {{ label: "受付", key: "receive", kind: "command", input: ["number"], result: ["number"] }}
  - {{ label: "審査", key: "examine", kind: "command", input: ["number"], result: ["number"] }}
  - {{ label: "照会", key: "look_up", kind: "query", input: ["number"], result: ["number"] }}
"""

REQUIREMENT = """\
  - id: "{id}"
    official_ids: []
    major: "帳簿"
    middle: "記録"
    name: "記録 {file:04}"
    text: "帳簿 {file:04} の記録が残ること。"
    category:
      designated_city: "mandatory"
      core_city: "mandatory"
      special_ward: "mandatory"
      general_city: "mandatory"
      town_village: "mandatory"
    category_source: "estimated"
    effective: {{ from: "2020-04-01", basis: "測定用", source: "estimated" }}
    legal_basis:
      - {{ law: "架空法", article: "1条" }}
    rationale: "測定のため。"
    verification: {{ method: "test" }}
    operations: []
    history:
      - {{ edition: "1", date: "2020-04-01", change: "added" }}
"""

PROFILE = f"""\
profile:
  id: "bench"
  title: "測定用の条件"
  municipality: {{ code: "992011", class: "general_city" }}
  as_of: "2026-06-01"
  businesses: ["{SLUG}"]
"""

ENVIRONMENT = """\
class Tally:
    assertions = 0


def before_all(context):
    context.world = Tally()
"""

CONFTEST = """\
import pytest


class Tally:
    assertions = 0


class Context:
    world = Tally()


@pytest.fixture
def context():
    return Context()


def pytest_bdd_apply_tag(tag, function):
    return True  # marks of the requirements would only be registered and warned about
"""


def write_kijun(root: Path, corpus: Corpus) -> Path:
    """A specification root that `kijun lint` accepts."""
    shutil.copytree(_SHIPPED_STEPS, root / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    _write(root / "steps" / "bench_steps.py", behave_steps())
    _write(root / "requirements" / "businesses.yaml", BUSINESSES)
    _write(root / "requirements" / "glossary" / f"{SLUG}.yaml", GLOSSARY)
    _write(root / "requirements" / AREA / f"{SLUG}.yaml", table_text(corpus))
    _write(root / "requirements" / "profiles" / "sample_city.yaml", PROFILE)
    system = root / "requirements" / "systems" / "reference"
    _write(system / "sut.yaml", 'sut:\n  driver: "reference"\n')
    _write(system / "statement.yaml", statement_text(corpus))
    features = root / "features" / AREA / SLUG
    write_features(features, corpus)
    _write(features / "canary.feature", CANARY)
    if corpus.extra:
        _write(root / "steps" / "extra_steps.py", extra_steps(corpus.extra))
        _write(root / "requirements" / "glossary" / "extra.yaml", extra_glossary(corpus.extra))
    return root


def write_behave(root: Path, corpus: Corpus) -> Path:
    """The same features for plain behave: its own runner, ten definitions and no configuration."""
    write_features(root / "features", corpus)
    _write(root / "features" / "steps" / "bench_steps.py", behave_steps())
    _write(root / "features" / "environment.py", ENVIRONMENT)
    return root


def write_pytest_bdd(root: Path, corpus: Corpus) -> Path:
    """The same features for pytest-bdd, collected from one module."""
    write_features(root / "features", corpus)
    _write(root / "pytest.ini", "[pytest]\n")
    _write(root / "conftest.py", CONFTEST)
    _write(root / "test_all.py", pytest_bdd_steps())
    return root


def write_features(folder: Path, corpus: Corpus) -> None:
    for file in range(corpus.files):
        _write(folder / f"ledger_{file:04}.feature", feature_text(corpus, file))


def table_text(corpus: Corpus) -> str:
    head = f'table:\n  business: "{SLUG}"\n  edition: "1"\n  status: "draft"\n  source: "測定用"\nrequirements:\n'
    return head + "".join(REQUIREMENT.format(id=requirement_id(file), file=file) for file in range(corpus.files))


def statement_text(corpus: Corpus) -> str:
    head = (
        'statement:\n  product: "帳簿"\n  vendor: "架空社"\n  version: "1"\n  date: "2026-04-01"\n'
        f'  editions:\n    {SLUG}: "1"\nanswers:\n'
    )
    answers = (f'  - {{ requirement: "{requirement_id(file)}", answer: "yes" }}\n' for file in range(corpus.files))
    return head + "".join(answers)


def behave_steps() -> str:
    """The step definitions as behave, and kijun with it, reads them."""
    decorated = {function: f'@{kind}("{pattern}")\n' for kind, pattern, function in PHRASES}
    return _decorate("from behave import given, then, when\n", decorated)


def pytest_bdd_steps() -> str:
    head = "from pytest_bdd import given, parsers, scenarios, then, when\n\nscenarios('features')\n"
    decorated = {function: f'@{kind}(parsers.parse("{pattern}"))\n' for kind, pattern, function in PHRASES}
    return _decorate(head, decorated)


def _decorate(head: str, decorators: dict[str, str]) -> str:
    text = _BODIES.read_text(encoding="utf-8").split('"""', 2)[2]
    for function, decorator in decorators.items():
        text = text.replace(f"def {function}(", f"{decorator}def {function}(")
    return head + text


def extra_steps(count: int) -> str:
    """Definitions that no scenario uses."""
    kinds = ("given", "when", "then")
    made = (
        f'@{kinds[number % 3]}("「{{item}}」を第{number}の棚に置く")\n'
        f'def extra_{number}(context, item):\n    """Unused."""\n'
        for number in range(count)
    )
    return "from behave import given, then, when\n\n\n" + "\n\n".join(made)


def extra_glossary(count: int) -> str:
    """Words that no scenario uses."""
    head = 'glossary:\n  business: "extra_words"\n  source: "測定用"\nwords:\n'
    words = (f'  - {{ label: "予備の語{n}", key: "spare_{n}", type: "text" }}\n' for n in range(count))
    return head + "".join(words) + "operations: []\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


class Product:
    """An in-process driver and product in one: every operation gives back the number it was given."""

    OPERATIONS = ("receive", "examine", "look_up")
    IDENTITY = {"product": "帳簿", "vendor": "架空社", "version": "1", "build": "b1"}  # noqa: RUF012 - never changed

    def hello(self, params: dict[str, Any]) -> dict[str, Any]:
        return {
            "identity": self.IDENTITY,
            "driver_version": "1",
            "protocol": "1",
            "operations": list(self.OPERATIONS),
            "isolation": "tenant",
            "parallel_sessions": 64,
            "clock_control": True,
        }

    def ics(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"answers": None}

    def open(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"session": params["session"], "state_digest": "empty"}

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["operation"] not in self.OPERATIONS:
            return {"unsupported": {"operation": params["operation"]}}
        return {"result": {"number": params["input"]["number"]}}

    observe = call

    def attach(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"attachments": []}

    def close(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"session": params["session"], "identity": self.IDENTITY}

    def bye(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"identity": self.IDENTITY}


def all_steps(corpus: Corpus) -> Iterator[tuple[str, dict[str, str]]]:
    """Every step of the corpus in order, for the bare loop."""
    for number in range(corpus.scenarios):
        yield from bound_steps(number)
