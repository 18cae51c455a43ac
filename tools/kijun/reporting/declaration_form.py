"""What a supplier fills in to declare conformity, held against the run: every mistake of the form at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.configuration import read_checked
from kijun.catalog.yaml_reader import Key, YamlFile
from kijun.model.conformance import newest_attestation
from kijun.model.errors import ConfigurationError, Problem
from kijun.model.official_numbers import ConformityNumber, corporate_check_digit
from kijun.model.personal_number import personal_numbers_in
from kijun.model.profile import municipality_check_digit
from kijun.model.requirement import Method
from kijun.model.verdict import Status
from kijun.press.legible import legible
from kijun.press.typesetter import undrawable
from kijun.press.unseen import hidden
from kijun.reporting.run_view import RunView

_FORM = "declaration"


def read_form(path: Path, view: RunView, today: date) -> YamlFile:
    """The form, fit to be declared on `today`. Raises ConfigurationError with all problems."""
    file, problems = read_checked(path, _FORM)
    problems = problems or [
        *_text_problems(file, (), file.data),
        *_number_problems(file, view),
        *_object_problems(file, view),
        *_day_problems(file, view, today),
    ]
    if problems:
        raise ConfigurationError(problems)
    return file


def expiries(view: RunView) -> Iterator[tuple[str, str, str]]:
    """Requirement, kind and last day of everything limited in time that the claim rests on."""
    for one in view.report.outcomes:
        if one.waiver:
            yield one.requirement.id, "免除", one.waiver["expires"]
        newest = newest_attestation(one.attestations)
        if newest and one.status is Status.SATISFIED and one.requirement.method is not Method.TEST:
            yield one.requirement.id, "人による確認", newest["expires"]


def _text_problems(file: YamlFile, key: Key, value: Any) -> Iterator[Problem]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _text_problems(file, (*key, name), one)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _text_problems(file, (*key, index), one)
    elif isinstance(value, str):
        name, at = f"「{next(part for part in reversed(key) if isinstance(part, str))}」", file.at(*key)
        unseen = hidden(value)
        if unseen or "\n" in value:
            shown = "、".join(f"U+{ord(one):04X}" for one in unseen) or "改行"
            yield Problem(at, f"{name}に目に見えない文字（{shown}）があります。", "消して、打ち直してください。")
        elif missing := undrawable(value):
            shown = "、".join(f"{one}（U+{ord(one):04X}）" for one in missing)
            yield Problem(at, f"{name}に印刷できない文字 {shown} があります。", "標準の文字に置き換えてください。")
        if any(personal_numbers_in(value)):
            yield Problem(at, f"{name}に個人番号のように見える数字があります。", "番号を消してください。")


def _number_problems(file: YamlFile, view: RunView) -> Iterator[Problem]:
    data = file.data[_FORM]
    own = data["issuer"]["corporate_number"]
    yield from _corporate_problems(file, (_FORM, "issuer", "corporate_number"), own)
    systems = sorted({one.requirement.id.split("-")[0] for one in view.report.outcomes})
    for index, text in enumerate(data.get("conformity_numbers", ())):
        key = (_FORM, "conformity_numbers", index)
        number, shown = ConformityNumber.parse(text), f"適合確認番号「{legible(text)}」"
        if number is None:
            hint = "「標準仕様ID_法人番号_連番」（共同なら法人番号を「／」でつなぐ）と書いてください。"
            yield Problem(file.at(*key), f"{shown}の形が違います。", hint)
            continue
        for one in number.companies:
            yield from _corporate_problems(file, key, one)
        if own not in number.companies:
            hint = "発行者が受けた番号だけを書いてください。"
            yield Problem(file.at(*key), f"{shown}に発行者の法人番号がありません。", hint)
        if number.system.split("-")[0] not in systems:
            hint = f"この実行の標準仕様ID は {'、'.join(systems)} です。"
            yield Problem(file.at(*key), f"{shown}は、この実行の業務のものではありません。", hint)


def _corporate_problems(file: YamlFile, key: Key, number: str) -> Iterator[Problem]:
    right = corporate_check_digit(number[1:])
    if number[0] != right:
        hint = f"後の12桁が正しければ先頭は {right} です。"
        yield Problem(file.at(*key), f"法人番号 {number} の検査数字が合いません。", hint)


def _object_problems(file: YamlFile, view: RunView) -> Iterator[Problem]:
    asked, start = file.data[_FORM]["object"], view.report.facts.start
    code = asked["municipality_code"]
    right = municipality_check_digit(code[:5])
    found = {**view.report.facts.identities[0], "municipality_code": start["profile"]["municipality_code"]}
    labels = {"product": "製品", "version": "版", "municipality_code": "団体コード"}
    if code[5] != right:
        del labels["municipality_code"]
        hint = f"先頭5桁が正しければ末尾は {right} です。"
        at = file.at(_FORM, "object", "municipality_code")
        yield Problem(at, f"団体コード {code} の検査数字が合いません。", hint)
    for name, label in labels.items():
        if asked[name] != found[name]:
            told = f"{label}「{legible(asked[name])}」は、実行の「{legible(found[name])}」と違います。"
            hint = "実行のときに名乗ったとおりに書くか、宣言する製品と条件で実行し直してください。"
            yield Problem(file.at(_FORM, "object", name), told, hint)


def _day_problems(file: YamlFile, view: RunView, today: date) -> Iterator[Problem]:
    at, day = file.at(_FORM, "date"), date.fromisoformat(file.data[_FORM]["date"])
    last_day = date.fromisoformat(view.report.facts.finished_at[:10])
    if day > today:
        hint = f"今日は {today} です。日付と機械の時計を確かめてください。"
        yield Problem(at, f"宣言の日 {day} は、まだ来ていません。", hint)
    if last_day > today:
        hint = f"今日は {today} です。時計を直してから実行し直してください。"
        yield Problem(at, f"実行の日 {last_day} は、まだ来ていません。", hint)
    if day < last_day:
        yield Problem(at, f"宣言の日 {day} は、実行の日 {last_day} より前です。", "実行の日以後の日を書いてください。")
    for identity, kind, expires in expiries(view):
        if date.fromisoformat(expires) < day:
            hint = f"{kind}を更新し、実行し直してください。"
            yield Problem(at, f"要件 {identity} の{kind}は、宣言の日 {day} には期限切れです（期限 {expires}）。", hint)
