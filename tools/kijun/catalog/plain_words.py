"""The words that need an explanation on paper for people outside the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kijun.catalog.configuration import read_checked
from kijun.catalog.root import shipped_root
from kijun.model.errors import CatalogError


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Words with their meanings, and how many of them one page may use."""

    most: int
    meanings: Mapping[str, str]

    def found_in(self, text: str) -> set[str]:
        """The words that stand in a text; of two that overlap the longer one alone."""
        found = set()
        for word in sorted(self.meanings, key=len, reverse=True):
            if word in text:
                found.add(word)
                text = text.replace(word, "\n")
        return found


def read_plain_words() -> PlainWords:
    """The list that is shipped. Raises CatalogError."""
    file, problems = read_checked(shipped_root() / "reports" / "plain_words.yaml", "plain_words")
    if problems:
        raise CatalogError(problems)
    return PlainWords(file.data["most"], {row["word"]: row["meaning"] for row in file.data["words"]})
