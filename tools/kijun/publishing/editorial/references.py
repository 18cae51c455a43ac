"""What a row points at, and whether it is there: other rows, parts of a document, words, forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kijun.catalog.catalog import Catalog
from kijun.catalog.editorial_rules import EditorialRules
from kijun.model.requirement import Requirement
from kijun.publishing.editorial.findings import Remark

_ID = re.compile(r"(?<![0-9])[0-9]{3}-[0-9]+(?:\.[0-9]+)*-[0-9]{2}(?![0-9])")
_SECTION = re.compile(
    r"(?<![0-9.])([0-9]+(?:\.[0-9]+){1,3})(?![0-9.])(?:（[^）]*）)? ?(?:を参照|参照|のとおり|に定める|に従|による)"
)
_QUOTED = re.compile(r"「([^「」]+)」")
_DEFINED = re.compile(r"以下「([^」]+)」という")
_LOANWORD = re.compile(r"[A-Za-z][A-Za-z0-9]+|[ァ-ヴー]{3,}")
_OTHER_CELLS = ("rationale", "verification", "effective")  # cells that may name another row, besides the text


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Everything of a catalog that a row may point at."""

    ids: frozenset[str]
    retired: Mapping[str, tuple[str, ...]]  # id → what follows it
    sections: frozenset[tuple[str, str]]  # (business, number of a function)
    words: str  # all known words, a line each
    forms: Mapping[str, str]  # label of a form → key

    @classmethod
    def of(cls, catalog: Catalog, rules: EditorialRules) -> Landmarks:
        rows = catalog.requirements.values()
        glossary = catalog.glossary
        labels = [one.label for kind in (glossary.words, glossary.operations, glossary.facts) for one in kind]
        labels += [one.label for kind in (glossary.reasons, glossary.roles) for one in kind]
        labels += [label for word in glossary.words for label in word.codes]
        labels += [str(one.row[cell]) for one in rows for cell in ("major", "middle", "name")]
        labels += [str(row["name"]) for row in catalog.systems.values()]
        labels += [term for one in rows for term in _DEFINED.findall(one.text)]
        return cls(
            ids=frozenset(catalog.requirements),
            retired={
                key: tuple(row.get("superseded_by", ())) for one in catalog.tables for key, row in one.retired.items()
            },
            sections=frozenset((one.business, section) for one in rows for section in _sections(one.id)),
            words=_plain("\n".join(dict.fromkeys([*labels, *sorted(rules.terms)]))),
            forms={word.label: word.key for word in glossary.words if word.type == "document"},
        )


def _sections(one: str) -> Iterator[str]:
    parts = one.split("-")[1].split(".")
    yield from (".".join(parts[:length]) for length in range(2, len(parts) + 1))


def remarks(one: Requirement, marks: Landmarks) -> Iterator[Remark]:
    """Everything that a row points at and that is not there."""
    yield from _other_rows(one, marks)
    for section in dict.fromkeys(_SECTION.findall(one.text)):
        if (one.business, section) not in marks.sections:
            yield Remark(
                "reference", f"「{section}」を引いていますが、この表にその番号の機能はありません。", (section,)
            )
    yield from _words(one.text, marks)
    yield from _forms(one, marks)


def _other_rows(one: Requirement, marks: Landmarks) -> Iterator[Remark]:
    named = set(_ID.findall("\n".join([one.text, *map(str, map(one.row.get, _OTHER_CELLS))]))) - {one.id}
    for other in sorted(named - marks.ids):
        if other in marks.retired:
            follows = "、".join(marks.retired[other])
            hint = f"後継の {follows} で引く。" if follows else "廃止した理由を確かめ、引くのをやめる。"
            yield Remark("reference", f"廃止した要件 {other} を引いています。", (other,), suggestion=hint)
        else:
            yield Remark("reference", f"要件 {other} はありません。", (other,))
    for other in one.row.get("supersedes", ()):
        if other not in marks.ids and other not in marks.retired:
            told = f"前の要件として {other} を挙げていますが、表にも廃止した番号にもありません。"
            yield Remark("reference", told)


def _words(text: str, marks: Landmarks) -> Iterator[Remark]:
    plain = _plain(text)
    quoted = [term for term in _QUOTED.findall(plain) if not any(mark in term for mark in "、。")]
    loanwords = _LOANWORD.findall(_QUOTED.sub("", plain))
    for term in dict.fromkeys([*quoted, *loanwords]):
        if term not in marks.words:
            yield Remark("undefined", f"「{term}」は用語集にも表の項目名にもありません。", (term,))


def _forms(one: Requirement, marks: Landmarks) -> Iterator[Remark]:
    """A form that the text names, the longest name first, belongs among the documents of the row."""
    rest, listed = one.text, set(one.row.get("documents", ()))
    for label in sorted(marks.forms, key=lambda label: (-len(label), label)):
        if len(label) > 2 and label in rest:
            rest = rest.replace(label, "")
            if marks.forms[label] not in listed:
                told = f"帳票「{label}」を文に挙げていますが、documents にありません。"
                hint = f"documents に {marks.forms[label]} を加える。"
                yield Remark("unlinked", told, (label,), suggestion=hint)


def orphans(catalog: Catalog) -> Iterator[tuple[str, Remark]]:
    """(key, remark) for every form of the glossary that no row lists."""
    listed = {key for one in catalog.requirements.values() for key in one.row.get("documents", ())}
    for word in catalog.glossary.words:
        if word.type == "document" and word.key not in listed:
            yield (
                word.key,
                Remark("orphan", f"帳票「{word.label}」（{word.key}）を定める行がありません。", (word.label,)),
            )


def broken_successors(catalog: Catalog) -> Iterator[tuple[str, str, Remark]]:
    """(business, retired id, remark) for every retired number that names a successor which is not there."""
    known: dict[str, Any] = {**catalog.requirements}
    for table in catalog.tables:
        known.update(table.retired)
    for table in catalog.tables:
        for one, row in table.retired.items():
            for other in row.get("superseded_by", ()):
                if other not in known:
                    told = f"廃止した要件 {one} の後継 {other} がありません。"
                    yield table.business, one, Remark("reference", told, (other,))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
