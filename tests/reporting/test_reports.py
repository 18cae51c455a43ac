"""Reports: the same bytes for the same log, nothing hostile alive, nothing painted green that was not run."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import characters
import pytest
from miniature import EXTRA, FEES, REQUIREMENTS, HonestPots, Miniature
from runs import run

from kijun.cli.report_command import ON_REQUEST, STANDARD
from kijun.reporting import html_report, junit_report
from kijun.reporting.run_view import RunView

HOSTILE = '<script>alert("1")</script>=1+1\u202e𠮷'


class SpeaksMarkup(HonestPots):
    """Refuses with a message that would run if it were ever taken for markup."""

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "not_found", "message": HOSTILE}}


def view_of(mini: Miniature, character: type[HonestPots]) -> RunView:
    if character is SpeaksMarkup:
        mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 処理は「権限がない」として拒否される")
    return run(mini, character)


@pytest.mark.parametrize("character", [HonestPots, characters.RoundsUp, characters.RaisesOnPrice, SpeaksMarkup])
def test_a_run_gives_the_same_bytes_again(mini: Miniature, character: type[HonestPots]) -> None:
    if character is characters.RaisesOnPrice:
        mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 「料金」は「8円」である")
    view = view_of(mini, character)
    again = RunView.read(view.folder)
    for paper in (*STANDARD, *ON_REQUEST.values()):
        assert list(paper.files(view)) == list(paper.files(again)), paper.name


def test_the_page_needs_nothing_from_outside_and_names_every_requirement(mini: Miniature) -> None:
    page = html_report.render(view_of(mini, characters.RoundsUp)).decode()
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)\s*=\s*["'](https?:)?//""", page)
    assert "@import" not in page
    assert "url(" not in page
    assert all(row[0] in page for row in REQUIREMENTS)
    assert 'lang="ja"' in page
    assert "不適合" in page


def test_what_a_product_says_is_never_markup(mini: Miniature) -> None:
    page = html_report.render(view_of(mini, SpeaksMarkup)).decode()
    assert "alert(" not in page


@pytest.mark.parametrize(
    ("character", "requirement", "tag", "kind"),
    [
        (characters.RoundsUp, FEES, "failure", "fail"),
        (characters.NeverWaters, EXTRA, "error", "not-run"),
        (characters.RefusesToPlant, FEES, "error", "inconclusive"),
    ],
)
def test_junit_paints_nothing_green_that_was_not_run(
    mini: Miniature, character: type[HonestPots], requirement: str, tag: str, kind: str
) -> None:
    root = ElementTree.fromstring(junit_report.render(view_of(mini, character)))
    assert list(root.iter("skipped")) == []
    marked = [
        case.find(tag)
        for case in root.iter("testcase")
        if f"[[PROPERTY|requirement={requirement}]]" in (case.findtext("system-out") or "")
    ]
    assert kind in [one.get("type") for one in marked if one is not None]
