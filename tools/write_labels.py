"""Writes the words of the paper and of the pages and the layouts of the files, for the reference system.

The reference system knows nothing of the standard's files, but a citizen should read the standard's words on its
paper and a clerk on its pages, and its batch command reads and writes files of the standard's layouts. So they are
copied: tools/kijun/reference/<business>/labels.yaml (titles, items and codes of every document of a glossary),
layouts.json beside it, and tools/kijun/reference/words.json (every word). Run it after changing a glossary or a layout.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from kijun.catalog.catalog import Catalog
from kijun.catalog.layout_reader import read_layout_file
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.glossary import Glossary, Word

HEAD = "# Copied from the glossary by tools/write_labels.py: what stands on the paper of this business.\n"


def main(argv: list[str]) -> int:
    root = Path(argv[0]) if argv else Path(__file__).resolve().parents[1]
    for place, text in {**labels(root), **layouts(root), **words(root)}.items():
        place.write_text(text, encoding="utf-8")
    return 0


def labels(root: Path) -> dict[Path, str]:
    """File → content, for every business that the reference system has a folder of and that has documents."""
    glossary = Catalog.load(root).glossary
    found: dict[Path, str] = {}
    for path in sorted((root / "requirements" / "glossary").glob("*.yaml")):
        folder = root / "tools" / "kijun" / "reference" / path.stem
        keys = [row["key"] for row in read_yaml(path).data.get("words") or () if row["type"] == "document"]
        if keys and folder.is_dir():
            content = yaml.safe_dump(of_documents(glossary, keys), allow_unicode=True, sort_keys=False, width=120)
            found[folder / "labels.yaml"] = HEAD + content
    return found


def layouts(root: Path) -> dict[Path, str]:
    """File → content, for every business with layouts that the reference system has a folder of."""
    found: dict[Path, str] = {}
    glossary = Catalog.load(root).glossary
    for path in sorted((root / "requirements" / "layouts").glob("*.yaml")):
        folder = root / "tools" / "kijun" / "reference" / path.stem
        book, _ = read_layout_file(path, glossary)
        if book and folder.is_dir():
            files: dict[str, dict[str, Any]] = {}
            for one in book.layouts:
                files.setdefault(one.operation, {})[one.carries] = {item.name: item.word for item in one.items}
            found[folder / "layouts.json"] = line_by_line(files)
    return found


def words(root: Path) -> dict[Path, str]:
    """File → content: every word of every glossary."""
    told = {one.key: as_row(one) for one in Catalog.load(root).glossary.words}
    return {root / "tools" / "kijun" / "reference" / "words.json": line_by_line(dict(sorted(told.items())))}


def as_row(word: Word) -> dict[str, Any]:
    """A word without what only its glossary needs."""
    codes = {key: label for label, key in word.codes.items()}
    told = {"label": word.label, "type": word.type, "codes": codes, "same_as": word.same_as}
    return {name: value for name, value in told.items() if value}


def line_by_line(told: dict[str, Any]) -> str:
    lines = ",\n".join(f'"{key}": {json.dumps(one, ensure_ascii=False)}' for key, one in told.items())
    return f"{{\n{lines}\n}}\n"


def of_documents(glossary: Glossary, keys: list[str]) -> dict[str, Any]:
    documents = [glossary.word_of(key) for key in keys]
    words: dict[str, Any] = {}
    for one in documents:
        for use in one.fields:
            add(glossary, glossary.word_of(use.word), words)
    return {
        "documents": {one.key: {"title": one.label, "items": [use.word for use in one.fields]} for one in documents},
        "words": dict(sorted(words.items())),
    }


def add(glossary: Glossary, word: Word, words: dict[str, Any]) -> None:
    """The word, and the words of its rows when it is a list."""
    entry: dict[str, Any] = {"label": word.label, "type": word.type}
    if word.codes:
        entry["codes"] = {key: label for label, key in word.codes.items()}
    if word.unit:
        entry["unit"] = word.unit
    if word.fields:
        entry["items"] = [use.word for use in word.fields]
        for use in word.fields:
            add(glossary, glossary.word_of(use.word), words)
    words[word.key] = entry


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
