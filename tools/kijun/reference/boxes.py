"""Makes a page of an operation from its form: the boxes bear the words of the standard."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from kijun.reference import routing, words
from kijun.reference.web import TODAY, Field, Screen
from kijun.reference.words import Word

_KINDS = {"date": "date", "year_month": "month", "yen": "number", "count": "number", "fiscal_year": "number"}
_HINTS = {"fiscal_year": "西暦で入力します（例 2026）。", "year_month": "年と月です（例 2026-06）。"}
_FIRST = {"identifier": 0, "fiscal_year": 1}  # who or what, then which year, then the rest
_YES_OR_NO = {"true": "はい", "false": "いいえ"}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the form of an operation does not say about its page."""

    hints: Mapping[str, str] = field(default_factory=dict)
    today: Collection[str] = ()  # days that are most often the day the clerk works on
    required: Collection[str] = ()  # what the rules demand although the form does not
    fixed: Mapping[str, str] = field(default_factory=dict)  # what this page always says
    only: Collection[str] = ()  # all that can be written here, where that is less than the form takes


def page(
    group: str,
    handler: Callable[..., dict[str, Any]],
    *,
    slug: str = "",
    title: str = "",
    adjusted: Adjustment | None = None,
    **more: Any,
) -> Screen:
    """The page of a routed handler, named as the operation is. `more` goes to the screen."""
    operation = routing.OPERATIONS[handler.__name__]
    named = (slug or handler.__name__, title or (handler.__doc__ or "").strip())
    fields = boxes(operation.form.model_fields, adjusted or Adjustment())
    return Screen(*named, group, handler, operation.form, fields, is_query=operation.is_query, **more)


def boxes(infos: Mapping[str, FieldInfo], adjusted: Adjustment) -> tuple[Field, ...]:
    """One box for every item: numbers and years that must be there first, the others in the order of the form."""
    chosen = [name for name in infos if not adjusted.only or name in adjusted.only or name in adjusted.fixed]
    found = [_box(name, infos[name], adjusted) for name in chosen]
    return tuple(sorted(found, key=lambda one: _FIRST.get(words.type_of(one.name), 2) if one.required else 2))


def _box(name: str, info: FieldInfo, adjusted: Adjustment) -> Field:
    word = words.known()[name]
    if name in adjusted.fixed:
        return Field(name, word.label, "hidden", preset=adjusted.fixed[name])
    hint = adjusted.hints.get(name, _HINTS.get(word.type, ""))
    if word.type == "flag" and info.default is False:
        return Field(name, word.label, "checkbox", hint=hint)
    required = info.is_required() or name in adjusted.required
    preset = TODAY if name in adjusted.today else _preset(info)
    kind, unit = _KINDS.get(word.type, "text"), "円" if word.type == "yen" else ""
    return Field(name, word.label, kind, required, _choices(word, info), hint, unit, preset)


def _preset(info: FieldInfo) -> str:
    """The value that the form would take where none is given, unless that is nothing."""
    if isinstance(info.default, bool):
        return str(info.default).lower()
    return str(info.default) if isinstance(info.default, str | int) and info.default else ""


def _choices(word: Word, info: FieldInfo) -> Mapping[str, str] | None:
    if word.type == "flag":
        return _YES_OR_NO
    taken = _literals(info.annotation)
    if word.codes:
        return {key: label for key, label in word.codes.items() if not taken or key in taken}
    unit = "円" if word.type == "yen" else ""
    return {str(one): f"{one:,}{unit}" for one in taken} or None


def _literals(annotation: Any) -> tuple[Any, ...]:
    """The values that somebody can choose from."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else get_args(annotation)[:1]
    return tuple(one for part in parts for one in _literals(part))
