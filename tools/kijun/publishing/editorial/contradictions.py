"""What no single row shows: rows that say the same, the opposite, another number, or need what others forbid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kijun.catalog.catalog import Catalog
from kijun.catalog.matching import plain
from kijun.model.requirement import MunicipalityClass, Obligation, Requirement
from kijun.publishing.editorial.findings import Remark, class_names, common_classes

_UNITS = "年度|年|か月|ヶ月|箇月|月|日|時間|分|秒|円|件|回|桁|字|割|%|倍|人|台|枚|MB|GB"
_NUMBER = re.compile(rf"([0-9][0-9,.]*|[〇零一二三四五六七八九十百千万]+)(?={_UNITS})")
_GODAN = dict(zip("かさたなばまらわが", "くすつぬぶむるうぐ", strict=True))
_NEVER = "ないこと。"

Found = Iterator[tuple[Requirement, Remark]]


def remarks(catalog: Catalog) -> Found:
    """(row, remark) for every pair that does not fit; the remark stands at the row that comes later."""
    rows = list(catalog.requirements.values())
    yield from _same_text(rows)
    yield from _opposites(rows)
    yield from _other_numbers(rows)
    yield from _forbidden_operations(rows, catalog)
    yield from _optional_grounds(rows)


def _same_text(rows: Sequence[Requirement]) -> Found:
    first = dict[tuple[str, str], Requirement]()
    for one in rows:
        other = first.setdefault((one.business, plain(one.text)), one)
        if other is one:
            continue
        unlike = [kind for kind, ours, theirs in common_classes(one, other) if ours is not theirs]
        if unlike:
            told = f"{other.id} と同じ文なのに、実装区分が違います（{class_names(unlike)}）。"
            yield one, Remark("contradiction", told, others=(other.id,))
        elif next(common_classes(one, other), None):
            yield one, Remark("duplicate", f"{other.id} と同じ文です。", others=(other.id,))


def _opposites(rows: Sequence[Requirement]) -> Found:
    """「…できること」 and 「…できないこと」 under the same obligation, of the same business."""
    said = {(one.business, plain(one.text)): one for one in rows}
    for one in rows:
        for positive in _positives(plain(one.text)):
            other = said.get((one.business, positive))
            if other is None:
                continue
            alike = [kind for kind, ours, theirs in common_classes(one, other) if ours is theirs]
            if alike:
                told = f"{other.id} の反対を、同じ実装区分で求めています（{class_names(alike)}）。"
                yield one, Remark("contradiction", told, (one.text[-10:],), (other.id,))


def _positives(text: str) -> Iterator[str]:
    """The sentences that a sentence in 「…ないこと。」 may deny."""
    if not text.endswith(_NEVER) or len(text) < len(_NEVER) + 2:
        return
    stem = text.removesuffix(_NEVER)
    yield stem + "ること。"
    if stem.endswith("し"):
        yield stem[:-1] + "すること。"
    if stem[-1] in _GODAN:
        yield stem[:-1] + _GODAN[stem[-1]] + "こと。"


def _other_numbers(rows: Sequence[Requirement]) -> Found:
    """Two rows of a function in the same words with other numbers: one of them is out of date."""
    first = dict[tuple[str, str, str], Requirement]()
    for one in rows:
        text = plain(one.text)
        masked = _NUMBER.sub("□", text)
        if masked == text:
            continue
        other = first.setdefault((one.business, one.name, masked), one)
        if other is one or plain(other.text) == text or not next(common_classes(one, other), None):
            continue
        pairs = zip(_NUMBER.findall(plain(other.text)), _NUMBER.findall(text), strict=True)
        told = "、".join(f"{theirs} と {ours}" for theirs, ours in pairs if theirs != ours)
        yield one, Remark("contradiction", f"{other.id} と数だけが違います（{told}）。", others=(other.id,))


def _forbidden_operations(rows: Sequence[Requirement], catalog: Catalog) -> Found:
    """An operation that a × row names is needed by a ◎ or ○ row of the same group."""
    banned = defaultdict[str, list[Requirement]](list)
    for one in rows:
        if Obligation.PROHIBITED in one.category.values():
            for key in one.operations:
                banned[key].append(one)
    for one in rows:
        for key in dict.fromkeys(one.operations):
            label = catalog.glossary.operation_of(key).label if catalog.glossary.has_operation_key(key) else key
            for other in banned[key]:
                found = [
                    kind
                    for kind, ours, theirs in common_classes(one, other)
                    if theirs is Obligation.PROHIBITED and ours is not Obligation.PROHIBITED
                ]
                if found and _is_the_forbidden(key, other, catalog):
                    told = f"{other.id} が実装不可とする「{label}」を要します（{class_names(found)}）。"
                    yield one, Remark("contradiction", told, others=(other.id,))


def _is_the_forbidden(key: str, row: Requirement, catalog: Catalog) -> bool:
    """Whether the × row banned this one: its first operation, or one marked so; others may only show the outcome."""
    known = catalog.glossary
    return key == row.operations[0] or (known.has_operation_key(key) and known.operation_of(key).prohibited)


def _optional_grounds(rows: Sequence[Requirement]) -> Found:
    """A ◎ row stands on an operation whose own rows, those that name it first, are all ○ for a group."""
    own = defaultdict[str, list[Requirement]](list)
    for one in rows:
        for key in one.operations[:1]:
            own[key].append(one)
    for one in rows:
        for key in dict.fromkeys(one.operations[1:]):
            kinds = [kind for kind in MunicipalityClass if _stands_on_option(one, own[key], kind)]
            if kinds:
                others = tuple(other.id for other in own[key])
                named = "、".join(others[:3])
                told = f"実装必須なのに、標準オプションの {named} の操作を要します（{class_names(kinds)}）。"
                yield one, Remark("contradiction", told, others=others)


def _stands_on_option(one: Requirement, own: Sequence[Requirement], kind: MunicipalityClass) -> bool:
    if one.category[kind] is not Obligation.MANDATORY or not own:
        return False
    asked: Mapping[str, Obligation] = {other.id: other.category[kind] for other in own}
    return set(asked.values()) == {Obligation.OPTIONAL}
