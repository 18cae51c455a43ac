"""verify.html in a real browser, from file:// and without a network: it finds what kijun verify finds."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from accessibility import assert_usable
from bundles import Desk, Members, desk, flipped, hostile, lines_of, members_of, patched, write_lines
from characters import RoundsUp
from miniature import HonestPots, Miniature

from kijun.bundle import archive, layout
from kijun.bundle.envelope import Envelope
from kijun.bundle.keys import new_key
from kijun.cli.bundle_command import PAGE
from kijun.model.requirement import MunicipalityClass
from kijun.model.verdict import Claim, Status

GOOD = "○ 署名は正しく、その後に変わったところはありません。"
SOURCE = resources.files("kijun.bundle") / PAGE


class Clerk:
    """Somebody at a machine without Python, who drops files on the page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("request", lambda request: self.troubles.append(request.url))

    def check(self, bundle: Path, key: Path) -> str:
        """What the page says of a bundle; its verdict first."""
        self.page.goto(Path(str(SOURCE)).as_uri())
        self.page.set_input_files("#key", key)
        self.page.set_input_files("#bundle", bundle)
        self.page.wait_for_selector("#result .verdict")
        self.troubles = [one for one in self.troubles if not one.endswith(PAGE)]
        assert self.troubles == []
        return str(self.page.inner_text("#result"))

    def states(self) -> dict[str, str]:
        """State by name of every row of the table of files."""
        rows = self.page.locator("#result tbody tr").all_inner_texts()
        return {name: state for state, name in (row.split("\t") for row in rows)}


@pytest.fixture
def clerk(browser: Any) -> Iterator[Clerk]:
    context = browser.new_context(offline=True)
    yield Clerk(context.new_page())
    context.close()


def public(vendor: Desk) -> Path:
    return vendor.keys / "key.pub"


def test_an_untouched_bundle_is_intact_and_its_facts_are_shown(vendor: Desk, clerk: Clerk) -> None:
    path, sealed = vendor.seal()
    told = clerk.check(path, public(vendor))
    assert told.startswith(GOOD)
    assert "この頁は判定を計算し直しません" in told
    for fact in (
        sealed.code,
        sealed.key,
        "鉢 1 / 架空園 / b1",
        "pot_register 1",
        "見本市の鉢 / 見本市 (一般市) / 2026-06-01",
        "実装必須\n適合 4",
    ):
        assert fact in told
    assert set(clerk.states().values()) == {"無傷"}
    clerk.page.click("#language")
    told = clerk.page.inner_text("#result")
    assert told.startswith("○ The signature is right, and nothing has changed since.")
    assert clerk.page.get_attribute("html", "lang") == "en"
    assert not re.search("[ぁ-ん]", told.replace("見本市の鉢", ""))


def test_everybody_can_read_it_in_both_languages(browser: Any, vendor: Desk) -> None:
    path, _ = vendor.seal()
    context = browser.new_context(bypass_csp=True, offline=True)
    clerk = Clerk(context.new_page())
    clerk.page.goto(Path(str(SOURCE)).as_uri())
    assert_usable(clerk.page)
    clerk.check(path, public(vendor))
    for language in ("ja", "en"):
        assert clerk.page.get_attribute("html", "lang") == language
        assert_usable(clerk.page)
        clerk.page.click("#language")
    context.close()


def test_one_turned_bit_in_any_member_is_found(vendor: Desk, clerk: Clerk) -> None:
    path, _ = vendor.seal()
    for name in members_of(path):
        doctored = vendor.doctored(lambda members, name=name: members.update({name: flipped(members[name])}))
        told = clerk.check(doctored, public(vendor))
        assert told.startswith("× このままでは信じられません。"), name
        assert clerk.states()[name] == "変更", name


def test_missing_and_added_files_are_named(vendor: Desk, clerk: Clerk) -> None:
    def change(members: Members) -> None:
        del members["data/report.xlsx"]
        members["data/notes.txt"] = b"1"
        members[layout.TOKEN] = b"1"

    told = clerk.check(vendor.doctored(change), public(vendor))
    states = clerk.states()
    assert (states["data/report.xlsx"], states["data/notes.txt"]) == ("欠落", "追加")
    assert states[layout.TOKEN] == "追加"
    assert "欠落が 1 件" in told


def test_page_and_command_agree_on_files_and_code(mini: Miniature, keys: Path, clerk: Clerk) -> None:
    vendor = desk(mini, keys, RoundsUp)

    def change(members: Members) -> None:
        del members["data/report.xlsx"]
        members["data/report.html"] += b" "
        members["data/evidence/x.json"] = b"1"

    path = vendor.doctored(change)
    clerk.check(path, public(vendor))
    shown, found = clerk.states(), vendor.verify(path)
    assert found.code in clerk.page.inner_text(".code")
    assert {name: one for name, one in shown.items() if "証跡" not in name} == {
        name: state.label
        for name, state in found.files.items()
        if not name.startswith("data/evidence/") or state.label != "無傷"
    }


def test_another_key_repeats_nothing_that_was_signed(vendor: Desk, clerk: Clerk, tmp_path: Path) -> None:
    path, sealed = vendor.seal()
    new_key(tmp_path / "other")
    told = clerk.check(path, tmp_path / "other" / "key.pub")
    assert f"別の鍵（指紋 {sealed.key}）で署名したと書かれています。" in told
    assert "鉢" not in told
    assert set(clerk.states().values()) == {"照合できず"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda members: members.pop(layout.STATEMENT), "署名（statement.dsse.json）がありません。"),
        (
            lambda members: members.update(
                {layout.STATEMENT: json.dumps(json.loads(members[layout.STATEMENT])).encode()}
            ),
            "署名（statement.dsse.json）が、書かれたときのままではありません。",
        ),
    ],
)
def test_a_signature_that_is_gone_or_resaved_is_told(
    vendor: Desk, clerk: Clerk, change: Callable[[Members], None], told: str
) -> None:
    assert told in clerk.check(vendor.doctored(change), public(vendor))


def test_every_turned_bit_of_an_envelope_is_found(vendor: Desk, clerk: Clerk) -> None:
    """In the browser itself, on a short one: a clerk with five hundred bundles would be busy all night."""
    assert clerk.check(vendor.seal()[0], public(vendor)).startswith(GOOD)
    taken, length, is_read = clerk.page.evaluate(
        """async ([text, pem]) => {
          const whole = encode(text), trusted = await readKey(pem);
          let taken = 0;
          for (let at = 0; at < whole.length; at++) {
            const bytes = whole.slice();
            bytes[at] ^= 1;
            const envelope = readEnvelope(bytes);
            if (envelope && (await isSigned(envelope, trusted))) taken++;
          }
          return [taken, whole.length, await isSigned(readEnvelope(whole), trusted)];
        }""",
        [Envelope.sign(b'{"a":10}', vendor.private).as_bytes().decode(), public(vendor).read_text(encoding="ascii")],
    )
    assert (taken, is_read) == (0, True)
    assert length > 250


def test_a_signed_something_else_is_no_bundle(vendor: Desk, clerk: Clerk) -> None:
    def change(members: Members) -> None:
        members[layout.STATEMENT] = Envelope.sign(b"{}", vendor.private).as_bytes()

    assert "この形式の束のものではありません" in clerk.check(vendor.doctored(change), public(vendor))


def test_a_run_of_2099_is_told(vendor: Desk, clerk: Clerk) -> None:
    def later(members: Members) -> None:
        write_lines(members, [{**one, "time": one["time"].replace("2026", "2099")} for one in lines_of(members)])

    told = {
        "https://kijun.example/bundle/v1": {
            **vendor.verify(vendor.seal()[0]).predicate["https://kijun.example/bundle/v1"],
            "recorded": ["2099-01-01T00:00:00Z"] * 2,
        }
    }
    assert "より先です" in clerk.check(vendor.lied(later, told), public(vendor))


@pytest.mark.parametrize("name", ["../evil.txt", "data/\u202etxt.exe", "データ.txt", "a" * 201])
def test_names_that_mean_harm_are_refused_and_spelt_out(vendor: Desk, clerk: Clerk, name: str) -> None:
    told = clerk.check(hostile(vendor, name), public(vendor))
    assert "の名前は使えません" in told
    assert "\u202e" not in told


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zip_files_that_hurt_are_refused(vendor: Desk, clerk: Clerk) -> None:
    def told(path: Path) -> str:
        return clerk.check(path, public(vendor))

    number = iter(range(9))

    def fresh() -> Path:
        return vendor.seal(f"{next(number)}.zip")[0]

    assert "大きすぎます" in told(patched(fresh(), "data/run.jsonl", 24, "<I", 2 << 30))
    assert "大きすぎます" in told(patched(fresh(), "data/run.jsonl", 20, "<I", 1 << 30))
    assert "パスワードが掛かっています" in told(patched(fresh(), "data/ics.json", 8, "<H", 1))
    assert "リンクか" in told(patched(fresh(), "data/ics.json", 38, "<I", 0o120777 << 16))
    assert "リンクか" in told(patched(fresh(), "data/ics.json", 10, "<H", 12))
    assert "同じ名前「data/report.json」" in told(hostile(vendor, "data/report.json"))
    told(patched(fresh(), "data/run.jsonl", 24, "<I", 100))
    assert clerk.states()["data/run.jsonl"] == "変更"
    broken = vendor.mini.root / "broken.zip"
    for content in (b"", b"no zip", b"PK\x05\x06" + b"\x01" * 18, fresh().read_bytes()[:-300]):
        broken.write_bytes(content)
        assert "zip ファイルとして読めません" in told(broken)


def test_a_bundle_packed_again_by_hand_is_still_read(vendor: Desk, clerk: Clerk) -> None:
    """Another zip program: other order, other compression, same files."""
    path, sealed = vendor.seal()
    again = path.with_name("again.zip")
    with zipfile.ZipFile(again, "w") as file:
        file.mkdir("data")
        for name, content in reversed(members_of(path).items()):
            file.writestr(name, content)
    assert clerk.check(again, public(vendor)).startswith(GOOD)
    assert vendor.verify(again).code == sealed.code


def test_words_of_a_product_are_text_and_do_not_turn_the_line(mini: Miniature, keys: Path, clerk: Clerk) -> None:
    class Loud(HonestPots):
        IDENTITY = {**HonestPots.IDENTITY, "product": "<img src=x onerror=alert(1)>\u202e鉢"}

    told = clerk.check(desk(mini, keys, Loud).seal()[0], keys / "key.pub")
    assert told.startswith(GOOD)
    assert "<img src=x onerror=alert(1)>\\u202e鉢" in told
    assert clerk.page.locator("#result img").count() == 0


def test_the_key_can_be_pasted_and_files_can_be_dropped(vendor: Desk, clerk: Clerk) -> None:
    path, _ = vendor.seal()
    clerk.check(path, public(vendor))
    clerk.page.reload()
    clerk.page.fill("#pasted", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")
    clerk.page.wait_for_selector("#result .bad")
    assert "Ed25519 の公開鍵" in clerk.page.inner_text("#result")
    clerk.page.fill("#pasted", public(vendor).read_text(encoding="ascii"))
    clerk.page.evaluate(
        """(bytes) => {
          const files = new DataTransfer();
          files.items.add(new File([Uint8Array.from(bytes)], "a.zip"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        list(path.read_bytes()),
    )
    clerk.page.wait_for_selector("#result .verdict")
    assert clerk.page.inner_text("#result").startswith(GOOD)


def test_a_browser_without_the_signature_says_so(vendor: Desk, clerk: Clerk) -> None:
    path, _ = vendor.seal()
    clerk.page.add_init_script(
        "crypto.subtle.importKey = async () => { throw new DOMException('', 'NotSupportedError'); };"
    )
    clerk.page.goto(Path(str(SOURCE)).as_uri())
    clerk.page.set_input_files("#key", public(vendor))
    clerk.page.set_input_files("#bundle", path)
    clerk.page.wait_for_selector("#result .bad")
    assert "137 以後" in clerk.page.inner_text("#result")


def test_the_page_reaches_for_nothing_and_calls_things_as_the_command_does() -> None:
    page = SOURCE.read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "require-trusted-types-for 'script'" in page
    assert not re.search(r"innerHTML|insertAdjacent|document\.write|eval\(|fetch\(|XMLHttp|WebSocket|import\(", page)
    assert not re.search(r"""(src|href)=|url\(|@import""", page)
    for one in (*Claim, *Status, *MunicipalityClass):
        assert f'{one.value}: "{one.label}"' in page
    assert f"LONGEST_NAME = {archive._LONGEST_NAME}" in page
    assert f"MOST_MEMBERS = {archive.MOST_MEMBERS}," in page
    assert archive.MOST_BYTES == 256 * 2**20
    assert "MOST_BYTES = 256 * 2 ** 20" in page
    assert "MOST_BYTES_IN_ALL = 2 * 2 ** 30" in page
    assert archive.MOST_BYTES_IN_ALL == 2 * 2**30
