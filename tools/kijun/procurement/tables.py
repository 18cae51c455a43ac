"""The tables that a request, a returned book or a contract speaks of: a frozen edition, or the present ones."""

from __future__ import annotations

from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.editions import edition_names, read_edition
from kijun.model.edition import Edition
from kijun.model.errors import CatalogError, UsageError

PRESENT = "今の要件表"


def tables_of(root: Path, name: str = "") -> Edition:
    """The frozen edition of this name, the present tables when none is named. Raises UsageError, CatalogError."""
    if name:
        names = edition_names(root)
        if name not in names:
            told = f"凍結した版は {'、'.join(names)} です。" if names else "凍結した版はまだありません。"
            raise UsageError(f"「{name}」という版はありません。{told}")
        return read_edition(root, name)
    catalog, problems = Catalog.inspect(root)
    if not catalog.has_all_rows or not catalog.tables:
        raise CatalogError(problems)
    return Edition(PRESENT, catalog.tables)
