"""Pictures and files that a driver handed over: packed when they are harmless, counted when they are not."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from bundles import LOOKS_REAL, Desk, Members, desk, flipped, members_of
from miniature import HonestPots, Miniature

from kijun.bundle import layout, statement
from kijun.bundle.verify import State
from kijun.model.errors import ConfigurationError

FILES = {"image/png": b"\x89PNG", "text/csv": "名札\n甲\n".encode(), "text/html": b"<script>alert(1)</script>"}


class HandsOver(HonestPots):
    """Shows a picture, a list and a page of every session."""

    FILES = FILES

    def attach(self, params: dict[str, Any]) -> dict[str, Any]:
        return {
            "attachments": [
                {
                    "name": f"控え {media_type}",
                    "media_type": media_type,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "content_base64": base64.b64encode(content).decode(),
                }
                for media_type, content in self.FILES.items()
            ]
        }


def name_of(media_type: str) -> str:
    return layout.evidence_member(hashlib.sha256(FILES[media_type]).hexdigest(), media_type)


@pytest.fixture
def vendor(mini: Miniature, keys: Path) -> Desk:
    return desk(mini, keys, HandsOver)


def test_pictures_and_lists_are_packed_and_pages_are_counted(vendor: Desk) -> None:
    path, sealed = vendor.seal()
    members = members_of(path)
    assert members[name_of("image/png")] == FILES["image/png"]
    assert members[name_of("text/csv")] == FILES["text/csv"]
    assert name_of("text/html") not in members
    assert sealed.privacy.counts() == {"numbers": 0, "persons": 0, "unsearched": 1}
    found = vendor.verify(path)
    assert (found.findings, found.unchecked, found.played) == ((), (), 6)
    assert found.predicate[statement.OURS]["left_out"] == 1
    assert json.loads(members[layout.PRIVACY])["unsearched"] == 1


def test_a_list_is_looked_through(mini: Miniature, keys: Path) -> None:
    class HandsOverNumbers(HandsOver):
        FILES = {"text/csv": f"甲,{LOOKS_REAL}".encode("cp932")}

    with pytest.raises(ConfigurationError, match=r"\.csv の 1行目の3文字目 に、個人番号のように見える数字があります"):
        desk(mini, keys, HandsOverNumbers).seal()


def test_a_picture_that_changed_or_is_gone_is_not_sealed(vendor: Desk) -> None:
    picture = vendor.run / name_of("image/png").removeprefix(layout.DATA)
    picture.write_bytes(flipped(FILES["image/png"]))
    with pytest.raises(ConfigurationError, match=r"\.png: 証跡が書き換えられています"):
        vendor.seal()
    picture.unlink()
    with pytest.raises(ConfigurationError, match=r"\.png: 証跡がありません"):
        vendor.seal()


def test_a_picture_that_changed_after_signing_is_found(vendor: Desk) -> None:
    name = name_of("image/png")
    found = vendor.verify(vendor.doctored(lambda members: members.update({name: flipped(members[name])})))
    assert found.files[name] is State.CHANGED


@pytest.mark.parametrize("change", [lambda one: None, flipped])
def test_a_picture_that_the_signer_changed_or_left_out_is_found(vendor: Desk, change: Any) -> None:
    name = name_of("image/png")

    def lie(members: Members) -> None:
        content = change(members.pop(name))
        if content:
            members[name] = content

    assert f"{name} が、実行記録の控えと違うか、署名されていません。" in vendor.verify(vendor.lied(lie)).findings
