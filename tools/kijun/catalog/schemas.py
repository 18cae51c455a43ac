"""JSON Schema checks, told in Japanese. jsonschema-rs answers first when it is installed; jsonschema explains."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

import jsonschema
from jsonschema.exceptions import ValidationError

from kijun.catalog.extras import optional
from kijun.catalog.root import shipped_root
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.errors import Problem

jsonschema_rs = optional("jsonschema_rs")


class Schema:
    """One JSON Schema (2020-12), compiled once and safe to share between threads."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._slow = jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())
        self._fast = jsonschema_rs.validator_for(dict(document), validate_formats=True) if jsonschema_rs else None

    def is_valid(self, data: Any) -> bool:
        return bool(self._fast.is_valid(data) if self._fast else self._slow.is_valid(data))

    def errors(self, data: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """(path, message) for everything wrong, in document order; nothing when the data is valid."""
        if self._fast and self._fast.is_valid(data):
            return
        for error in sorted(self._slow.iter_errors(data), key=lambda one: list(map(str, one.absolute_path))):
            for leaf in _leaves(error):
                yield tuple(leaf.absolute_path), explain(leaf)


@cache
def schema(name: str) -> Schema:
    """The schema file requirements/schema/<name>.json that came with this program."""
    path = shipped_root() / "requirements" / "schema" / f"{name}.json"
    return Schema(json.loads(path.read_text(encoding="utf-8")))


def schema_problems(name: str, file: YamlFile) -> list[Problem]:
    """Every violation of the named schema in a YAML file, with its line."""
    return [
        Problem(file.at(*path), message, f"形式は requirements/schema/{name}.json にあります。")
        for path, message in schema(name).errors(file.data)
    ]


def json_path(path: Iterable[str | int]) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The innermost errors of a oneOf/anyOf that came nearest, else the error itself."""
    if error.context and error.validator in ("oneOf", "anyOf"):
        best = max(error.context, key=lambda one: len(one.absolute_path))
        yield from _leaves(best)
    else:
        yield error


def explain(error: ValidationError) -> str:
    """One violation in Japanese: what is wrong and what was expected."""
    rule, value = error.validator, cast(Any, error.validator_value)
    instance = cast(Any, error.instance)
    if rule == "required":
        missing = [name for name in value if name not in instance]
        return f"項目「{'」「'.join(missing)}」がありません。"
    if rule == "dependentRequired":
        return _missing_companions(value, instance)
    if rule == "additionalProperties":
        return _unknown_keys(error)
    name = f"「{error.absolute_path[-1]}」" if error.absolute_path else ""
    if rule == "enum":
        near = get_close_matches(str(instance), [str(one) for one in value], n=1, cutoff=0.5)
        guess = f"「{near[0]}」のことですか。" if near else ""
        return f"{name}の値「{instance}」は使えません。{guess}使えるのは {', '.join(map(str, value))} です。"
    told = _RULES.get(str(rule), "形式に合いません（{rule}）")
    return f"{name}{told.format(value=value, rule=rule, got=_short(error))}。"


def _missing_companions(rules: dict[str, list[str]], instance: dict[str, Any]) -> str:
    wanted = [(key, one) for key in rules if key in instance for one in rules[key] if one not in instance]
    return "".join(f"「{key}」があるときは「{one}」も要ります。" for key, one in wanted)


def _unknown_keys(error: ValidationError) -> str:
    known = list(cast(dict[str, Any], error.schema).get("properties", {}))
    unknown = [key for key in cast(dict[str, Any], error.instance) if key not in known]
    near = [match for key in unknown for match in get_close_matches(str(key), known, n=1, cutoff=0.5)]
    guess = f"「{near[0]}」のことですか。" if near else ""
    return f"知らない項目「{'」「'.join(map(str, unknown))}」があります。{guess}"


def _short(error: ValidationError) -> str:
    text = json.dumps(error.instance, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


_RULES = {
    "type": "の型が違います（期待 {value}、実際 {got}）",
    "pattern": "の値 {got} は書き方 {value} に合いません",
    "format": "の値 {got} は {value} として正しくありません（暦にない日など）",
    "minItems": "が足りません（{value} 件以上）",
    "maxItems": "が多すぎます（{value} 件以下）",
    "uniqueItems": "に同じものが重なっています",
    "minLength": "が短すぎます（{value} 文字以上）",
    "minimum": "が小さすぎます（{value} 以上）",
    "const": "の値は {value} でなければなりません（実際 {got}）",
    "not": "は書けません",
    "minProperties": "の項目が足りません",
    "maxProperties": "の項目が多すぎます",
}
