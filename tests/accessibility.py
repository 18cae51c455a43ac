"""What axe finds on a page: WCAG 2.2 AA and its best practice."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def assert_usable(page: Any) -> None:
    """Fail with every violation; the context of the page must bypass its policy, for the examiner's own script."""
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()
