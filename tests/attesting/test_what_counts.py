"""From the answer of a person to the status in a report: what counts, and what no longer does."""

from __future__ import annotations

import base64
import gzip
import json
import re

import pytest
from miniature import SYSTEM, HonestPots, Miniature
from runs import run, statuses
from sittings import FILE, SEEN, SHOWN, attest, evidence, rows, waiting

from kijun.reporting import html_report, wording
from kijun.reporting.run_view import RunView


@pytest.fixture
def office(mini: Miniature) -> Miniature:
    """One requirement was confirmed with evidence, another was found wanting, a third was put off."""
    waiting(mini)
    path = evidence(mini, "記録.txt", "見た。")
    done = attest(mini, answers=f"1\n税務課\n\n\n{path}\n\n1\n" + "2\n\n\n声が出ない。\n\n1\n" + "3\n")
    assert done.returncode == 0
    return mini


def told(view: RunView) -> str:
    """What the page says of the words of people: it carries its rows packed."""
    page = html_report.render(view).decode()
    packs = [json.loads(gzip.decompress(base64.b64decode(one))) for one in re.findall(r' id="r\d+">([^<]+)<', page)]
    assert packs
    return "\n".join(word for pack in packs for one in pack for word in one["attestations"])


def test_words_of_people_are_judged_like_tests_and_shown_apart(office: Miniature) -> None:
    view = run(office, HonestPots)
    found = statuses(view)
    assert (found[SEEN], found[SHOWN]) == ("satisfied", "not_satisfied")
    assert dict(wording.summary_rows(view))["適合の裏付け"] == "自動試験 5 件、人による確認 1 件"
    [kept] = rows(office)[0]["evidence"]
    assert f"証拠 記録.txt（SHA-256 {kept['sha256'][:12]}…）" in told(view)


def test_evidence_that_changed_makes_the_requirement_unverified(office: Miniature) -> None:
    office.write(f"{SYSTEM}/attestations/evidence/記録.txt", "見ていない。")
    view = run(office, HonestPots)
    assert statuses(view)[SEEN] == "not_verified"
    assert (SEEN, "書類確認", "証拠が変わった") in wording.people_rows(view)
    assert "確認の後に変わった証拠 記録.txt" in told(view)


def test_a_confirmation_past_its_day_makes_the_requirement_unverified(office: Miniature) -> None:
    row = rows(office)[0]
    office.edit(
        FILE, f'date: "{row["date"]}"\n    expires: "{row["expires"]}"', 'date: "2020-04-01"\n    expires: "2021-03-31"'
    )
    view = run(office, HonestPots)
    assert statuses(view)[SEEN] == "not_verified"
    assert (SEEN, "書類確認", "期限切れ") in wording.people_rows(view)
