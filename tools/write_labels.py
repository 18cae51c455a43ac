"""Writes the words of the paper: titles, items and codes of every document of a glossary, for the reference system.

The reference system knows nothing of the standard's files, but a citizen should read the standard's words on its
paper. So they are copied: tools/kijun/reference/<business>/labels.yaml. Run it after changing a glossary.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from kijun.catalog.catalog import Catalog
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.glossary import Glossary, Word

HEAD = "# Copied from the glossary by tools/write_labels.py: what stands on the paper of this business.\n"


def main(argv: list[str]) -> int:
    root = Path(argv[0]) if argv else Path(__file__).resolve().parents[1]
    for place, text in labels(root).items():
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
