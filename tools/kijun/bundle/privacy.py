"""The gate before anything leaves the house: what looks like a 個人番号, and persons that nobody invented."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kijun.catalog.personal_data import is_searched, personal_numbers_in_file

_FICTION = "架空"  # what the suite makes up for a person or a place says so
_DIGITS = re.compile(r"\\\{digits:(\d+)\\\}")


@dataclass(frozen=True, slots=True)
class PrivacyFindings:
    """Places, never the words found there; for persons also the name of the item."""

    numbers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    unsearched: int = 0  # pictures and the like, into which this gate cannot look

    @property
    def places(self) -> tuple[str, ...]:
        return self.numbers + self.persons

    def counts(self) -> dict[str, int]:
        return {"numbers": len(self.numbers), "persons": len(self.persons), "unsearched": self.unsearched}


def search(
    members: Iterable[tuple[str, bytes]], exchanges: Iterable[str], snapshot: Mapping[str, Any]
) -> PrivacyFindings:
    """Look through all members; `exchanges` names those that hold what was said to a product and by it.

    Names and addresses that the suite makes up follow the templates of the snapshot; a value under the same keys that
    follows none of them, and is not masked, may be somebody's. Runs recorded before snapshots had templates cannot be
    compared.
    """
    templates = snapshot.get("synthetic", {})
    fiction = {key: template for key, template in templates.items() if _FICTION in template}
    invented = re.compile("|".join(map(_pattern, fiction.values())) + r"|\W*")  # a masked value has no letter
    said, numbers, persons, unsearched = set(exchanges), [], [], 0
    for name, content in members:
        if is_searched(name):
            numbers += [f"{name} の {place}" for place in personal_numbers_in_file(name, content)]
        else:
            unsearched += 1
        if name in said:
            persons += [f"{name} の {place}" for place in _strangers(json.loads(content), fiction.keys(), invented)]
    if said and "synthetic" not in snapshot:
        persons.append("実行記録に架空の値のひな形がなく、氏名などが架空かどうかを照らせません")
    return PrivacyFindings(tuple(numbers), tuple(persons), unsearched)


def _pattern(template: str) -> str:
    return _DIGITS.sub(lambda found: rf"[0-9]{{{found[1]}}}", re.escape(template))


def _strangers(exchanges: list[dict[str, Any]], keys: Collection[str], invented: re.Pattern[str]) -> Iterator[str]:
    """Items of requests and replies, exchange by exchange counted from 1."""
    for number, one in enumerate(exchanges, start=1):
        reply = one["reply"] if isinstance(one["reply"], dict) else {}
        for side, content in (("要求", one["request"].get("input")), ("応答", reply.get("result"))):
            for key, value in _leaves(content):
                if key in keys and not invented.fullmatch(value):
                    yield f"{number}番目の{side}の「{key}」"


def _leaves(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _leaves(value, name)
    elif isinstance(content, list):
        for value in content:
            yield from _leaves(value, key)
    elif isinstance(content, str):
        yield key, content
