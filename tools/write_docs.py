"""Writes the pages of docs/ that are made from the specification: the phrases and the glossary.

python tools/write_docs.py            # writes docs/phrases.md and docs/glossary.md
python tools/write_docs.py --check    # exit code 1 when a page is not what it would be written as
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator

from kijun.catalog.root import shipped_root
from kijun.catalog.yaml_reader import read_yaml
from kijun.engine.suite import Suite
from kijun.model.glossary import FieldUse, Glossary, Word

_KINDS = {"given": "前提", "when": "もし", "then": "ならば"}
_TYPES = {
    "text": "文字",
    "identifier": "番号（製品が付ける）",
    "yen": "金額",
    "count": "数",
    "flag": "はい・いいえ",
    "date": "日付",
    "year_month": "年月",
    "fiscal_year": "年度",
    "code": "区分",
    "role": "役割",
    "operation": "操作",
    "list": "一覧",
    "document": "帳票",
}


def main(argv: list[str]) -> int:
    root = shipped_root()
    suite = Suite.load(root)
    stale = []
    for name, write in PAGES.items():
        path, text = root / "docs" / name, write(suite)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in argv:
                path.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--check" in argv:
        print(f"docs/{'、docs/'.join(stale)} が仕様と合っていません。make docs で書き直してください。")
        return 1
    return 0


def phrase_uses(suite: Suite) -> Counter[Callable[..., None]]:
    """How many written steps use each phrase; the rows of an outline count once."""
    written = {(one.at.path, step.line, step.function) for one in suite.scenarios for step in one.steps}
    return Counter(function for _, _, function in written)


def phrases_page(suite: Suite) -> str:
    uses = phrase_uses(suite)
    lines = [
        "# 言い回し",
        "",
        f"シナリオで使える言い回しは次の {len(suite.phrases.phrases)} だけです。「」の中には、項目・操作・帳票などの"
        "用語集の語か、値が入ります。この頁は `make docs` が `steps/` と `features/` から書きます。",
    ]
    for kind, keyword in _KINDS.items():
        lines += ["", f"## {keyword}", "", "| 言い回し | 使われる回数 |", "|---|---|"]
        chosen = [one for one in suite.phrases.phrases if one.step_type == kind]
        for one in sorted(chosen, key=lambda one: (-uses[one.function], one.pattern)):
            lines.append(f"| {_readable(one.pattern)} | {uses[one.function]} |")
    return "\n".join(lines) + "\n"


_PARAMETERS = {
    "{word:Word}": "項目",
    "{document:Word}": "帳票",
    "{operation:Operation}": "操作",
    "{fact:Fact}": "登録の対象",
    "{reason:Reason}": "拒否の理由",
    "{text}": "値",
    "{number}": "件数",
}


def _readable(pattern: str) -> str:
    for parameter, label in _PARAMETERS.items():
        pattern = pattern.replace(parameter, f"〈{label}〉")
    return pattern


def glossary_page(suite: Suite) -> str:
    lines = [
        "# 用語集",
        "",
        "シナリオの「」に書ける語と、ドライバーが受け取るキーです。"
        "この頁は `make docs` が `requirements/glossary/` から書きます。語の出典は用語集の各ファイルにあります。",
    ]
    for path in sorted((suite.catalog.root / "requirements" / "glossary").glob("*.yaml")):
        data = read_yaml(path).data
        name = suite.catalog.systems.get(path.stem, {}).get("name", "全ての業務に共通")
        lines += ["", f"## {name}（`{path.stem}`）", "", data["glossary"]["source"]]
        lines += _words(data["words"], suite.catalog.glossary)
        lines += _operations(data["operations"], suite.catalog.glossary)
        lines += _labels("拒否の理由", data.get("reasons") or [])
        lines += _labels("役割", data.get("roles") or [])
    return "\n".join(lines) + "\n"


def _words(rows: list[dict[str, str]], glossary: Glossary) -> Iterator[str]:
    yield from _table("項目と帳票", "| 語 | キー | 型 | 値・内訳 |") if rows else ()
    for row in rows:
        word = glossary.word_of(row["key"])
        yield f"| {word.label} | `{word.key}` | {_TYPES[word.type]} | {_detail(word, glossary)} |"


def _detail(word: Word, glossary: Glossary) -> str:
    if word.codes:
        return "、".join(word.codes)
    if word.fields:
        return _uses(word.fields, glossary)
    return word.unit


def _operations(rows: list[dict[str, str]], glossary: Glossary) -> Iterator[str]:
    yield from _table("操作", "| 操作 | キー | 入力 | 結果 |") if rows else ()
    for row in rows:
        one = glossary.operation_of(row["key"])
        label = f"{one.label}（実装不可）" if one.prohibited else one.label
        yield f"| {label} | `{one.key}` | {_uses(one.input, glossary)} | {_uses(one.result, glossary)} |"


def _uses(uses: tuple[FieldUse, ...], glossary: Glossary) -> str:
    return "、".join(glossary.word_of(use.word).label + ("（任意）" if use.optional else "") for use in uses)


def _labels(title: str, rows: list[dict[str, str]]) -> Iterator[str]:
    yield from _table(title, "| 語 | キー |") if rows else ()
    for row in rows:
        yield f"| {row['label']} | `{row['key']}` |"


def _table(title: str, head: str) -> tuple[str, ...]:
    return "", f"### {title}", "", head, "|" + "---|" * (head.count("|") - 1)


PAGES: dict[str, Callable[[Suite], str]] = {"phrases.md": phrases_page, "glossary.md": glossary_page}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
