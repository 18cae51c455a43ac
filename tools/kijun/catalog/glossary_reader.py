"""Reads requirements/glossary/*.yaml into one Glossary and finds what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import Problem
from kijun.model.glossary import Fact, FieldUse, Glossary, Label, Operation, Word


def read_glossary(root: Path) -> tuple[Glossary, list[Problem], bool]:
    """All glossary files of a root, what is wrong with them, and whether every file could be read.

    Problems are returned, not raised, so that other rooms are read too.
    """
    glossary, problems, files, has_all_words = Glossary(), [], [], True
    for path in sorted((root / "requirements" / "glossary").glob("*.yaml")):
        file = read_yaml(path)
        faults = file.problems or schema_problems("glossary", file)
        problems.extend(faults)
        has_all_words &= not faults
        if not faults:
            files.append(file)
            glossary = glossary.merged(_glossary(file.data))
    if has_all_words:
        problems.extend(_cross_check(files, glossary))
    return glossary, problems, has_all_words


def _glossary(data: dict[str, Any]) -> Glossary:
    business = data["glossary"]["business"]
    return Glossary(
        words=tuple(_word(entry, business) for entry in data["words"]),
        operations=tuple(_operation(entry, business) for entry in data["operations"]),
        facts=tuple(Fact(entry["label"], entry["operation"]) for entry in data.get("facts", ())),
        reasons=tuple(Label(entry["label"], entry["key"]) for entry in data.get("reasons", ())),
        roles=tuple(Label(entry["label"], entry["key"]) for entry in data.get("roles", ())),
    )


def _word(entry: dict[str, Any], business: str) -> Word:
    return Word(
        entry["label"],
        entry["key"],
        entry["type"],
        codes=entry.get("codes", {}),
        fields=tuple(map(FieldUse.parse, entry.get("fields", ()))),
        synthetic=entry.get("synthetic", ""),
        context=entry.get("context", ""),
        unit=entry.get("unit", ""),
        same_as=entry.get("same_as", ""),
        note=entry.get("note", ""),
        source=entry.get("source", ""),
        business=business,
    )


def _operation(entry: dict[str, Any], business: str) -> Operation:
    return Operation(
        entry["label"],
        entry["key"],
        entry["kind"],
        tuple(map(FieldUse.parse, entry["input"])),
        tuple(map(FieldUse.parse, entry["result"])),
        prohibited=entry.get("prohibited", False),
        repeatable=entry.get("repeatable", True),
        deadline_seconds=float(entry.get("deadline_seconds", 10)),
        note=entry.get("note", ""),
        source=entry.get("source", ""),
        business=business,
    )


def _cross_check(files: list[YamlFile], glossary: Glossary) -> Iterator[Problem]:
    yield from _duplicates(files)
    for file in files:
        for index, entry in enumerate(file.data["words"]):
            for use in map(FieldUse.parse, entry.get("fields", ())):
                if not glossary.has_word_key(use.word):
                    yield _unknown(file, ("words", index, "fields"), use.word)
        for index, entry in enumerate(file.data["operations"]):
            for side in ("input", "result"):
                for use in map(FieldUse.parse, entry[side]):
                    if not glossary.has_word_key(use.word):
                        yield _unknown(file, ("operations", index, side), use.word)
                    if use.provider and not glossary.has_operation_key(use.provider):
                        yield _unknown(file, ("operations", index, side), use.provider)
        for index, entry in enumerate(file.data.get("facts", ())):
            if not glossary.has_operation_key(entry["operation"]):
                yield _unknown(file, ("facts", index), entry["operation"])


def _unknown(file: YamlFile, key: tuple[str | int, ...], name: str) -> Problem:
    return Problem(
        file.at(*key), f"用語集にないキー「{name}」を使っています。", "words か operations に加えてください。"
    )


def _duplicates(files: list[YamlFile]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Any] = {}
    for file in files:
        for kind in ("words", "operations", "facts", "roles", "reasons"):
            for index, entry in enumerate(file.data.get(kind, ())):
                for trait in ("label", "key"):
                    if trait not in entry:
                        continue
                    name = (kind, trait, entry[trait])
                    here = file.at(kind, index)
                    if name in seen:
                        hint = f"最初は {seen[name]} です。別の語にするか、一方を消してください。"
                        yield Problem(here, f"「{entry[trait]}」が重複しています。", hint)
                    seen.setdefault(name, here)
