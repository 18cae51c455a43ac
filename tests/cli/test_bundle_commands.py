"""kijun key, bundle and verify: the two commands of a sender, and the one of a stranger."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from command_line import kijun, over_stdio, text
from miniature import HonestPots, Miniature
from runs import folder, run


@pytest.fixture
def sent(mini: Miniature) -> Miniature:
    """A run in kijun-out/, a key, and its bundle."""
    run(mini, HonestPots)
    folder(mini).rename(mini.root / "kijun-out-r")
    (mini.root / "kijun-out").mkdir()
    (mini.root / "kijun-out-r").rename(mini.root / "kijun-out" / "r")
    done = kijun(mini, "key", "new", "--out", "keys")
    assert done.returncode == 0, text(done)
    done = kijun(mini, "bundle", "r", "--key", "keys", "--out", "送付/束.zip")
    assert done.returncode == 0, text(done)
    return mini


def verify(mini: Miniature, *words: str) -> tuple[int, str]:
    done = kijun(mini, "verify", "送付/束.zip", "--trust", "keys/key.pub", *words)
    return done.returncode, text(done)


GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "municipality.md"


def test_a_stranger_verifies_with_the_commands_of_the_guide(mini: Miniature) -> None:
    """Word for word: what the guide tells the sender, then what it tells the receiver."""
    section = GUIDE.read_text(encoding="utf-8").split("## 7. 届いた束を確かめる")[1].split("\n## ")[0]
    receiver, sender = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    run(mini, HonestPots)
    folder(mini).rename(mini.root / "kijun-out")
    for line in [*sender.splitlines(), "", *receiver.splitlines()]:
        words = line.split("#")[0].replace("実行の名前", "kijun-out").split()
        if not words:
            shutil.copy(mini.root / "鍵" / "key.pub", mini.root / "key.pub")  # it came another way than the bundle
            continue
        assert words[0] == "kijun"
        done = kijun(mini, *words[1:])
        assert done.returncode == 0, text(done)
    assert "結果: 署名の後に変わったところはなく、計算し直した判定も同じです。" in text(done)


def test_the_command_tells_what_the_bundle_holds(sent: Miniature) -> None:
    code, told = verify(sent)
    assert code == 0, told
    for line in (
        "署名: 正しい（指定した公開鍵の指紋 ",
        "製品: 鉢 1（架空園、ビルド b1）",
        "版: pot_register 1",
        "条件: 見本市の鉢（見本市、一般市、2026-06-01）",
        "タイムスタンプ: なし",
        "判定: 適合（conformant）",
        "  実装必須: 適合 4",
        "個人番号のように見える数字: 0 か所、架空と分からない氏名など: 0 か所、調べられない画像など: 0 件",
        "  無傷 data/run.jsonl",
        "  無傷 data/evidence/ の証跡 ",
        "判定のし直し: 6 件のシナリオを証跡から、全ての要件を記録から判定し直しました。",
        "結果: 署名の後に変わったところはなく、計算し直した判定も同じです。",
    ):
        assert line in told
    page = sent.root / "送付" / "verify.html"
    assert "default-src 'none'" in page.read_text(encoding="utf-8")


def test_the_sender_and_the_receiver_see_the_same_code(sent: Miniature) -> None:
    again = text(kijun(sent, "bundle", "r", "--key", "keys", "--out", "again.zip"))
    code = next(line for line in again.splitlines() if line.startswith("確認コード: "))
    assert code in verify(sent)[1]
    assert (sent.root / "again.zip").read_bytes() == (sent.root / "送付" / "束.zip").read_bytes()


def test_the_record_for_machines_holds_every_file(sent: Miniature) -> None:
    code, told = verify(sent, "--json")
    record: dict[str, Any] = json.loads(told)
    assert code == 0
    assert record["signed"]
    assert record["findings"] == record["unchecked"] == []
    assert len(record["files"]) > 15
    assert set(record["files"].values()) == {"intact"}
    assert record["statement"]["result"] == "PASSED"


def test_a_changed_file_ends_with_1_and_is_named(sent: Miniature) -> None:
    path = sent.root / "送付" / "束.zip"
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content + b" " if name.endswith(".html") else content)
    code, told = verify(sent)
    assert code == 1
    assert "  変更 data/report.html" in told
    assert "× 署名の後の変更が 1 件あります（data/report.html）。" in told
    assert "結果: このままでは信じられません。" in told


def test_another_edition_ends_with_2(sent: Miniature) -> None:
    sent.edit(sent.table, 'edition: "1"', 'edition: "2"')
    code, told = verify(sent)
    assert code == 2
    assert "△ 束の試験一式（pot_register 1、" in told
    assert "判定のし直し" not in told


def test_another_key_ends_with_1_and_tells_nothing_of_the_contents(sent: Miniature) -> None:
    assert kijun(sent, "key", "new", "--out", "other").returncode == 0
    done = kijun(sent, "verify", "送付/束.zip", "--trust", "other/key.pub")
    assert done.returncode == 1
    assert "× 別の鍵（指紋 " in text(done)
    assert "製品" not in text(done)


def test_what_cannot_be_read_ends_with_3(sent: Miniature) -> None:
    for words, told in (
        (("verify", "no.zip", "--trust", "keys/key.pub"), "束を読めません"),
        (("verify", "送付/束.zip", "--trust", "keys/key"), "Ed25519 の鍵のファイルではありません"),
        (("verify", "送付/束.zip", "--trust", "keys/key.pub", "--tsa-cert", "keys/key"), "証明書として読めません"),
        (("verify", "keys/key", "--trust", "keys/key.pub"), "zip ファイルとして読めません"),
        (("key", "new", "--out", "keys"), "鍵がすでにあります"),
        (("bundle", "r", "--key", "nowhere", "--out", "b.zip"), "鍵を読めません"),
        (("bundle", "r", "--key", "keys", "--out", "送付/束.zip"), "その名前のファイルがすでにあります"),
        (("bundle", "none", "--key", "keys", "--out", "b.zip"), "記録がありません"),
        (("bundle", "r", "--key", "keys", "--out", "b.zip", "--timestamp", "keys/none"), "タイムスタンプを読めません"),
    ):
        done = kijun(sent, *words)
        assert done.returncode == 3, text(done)
        assert told in text(done)


def test_words_that_do_not_fit_end_with_4(sent: Miniature) -> None:
    base = ("bundle", "r", "--key", "keys", "--out")
    for words, told in (
        ((*base, "b.exe"), "末尾を .zip に"),
        ((*base, "b.zip", "--privacy-office", "税務課"), "両方とも書いてください"),
        ((*base, "b.zip", "--privacy-office", "税務課", "--privacy-reason", "123456789018"), "個人番号のように見える"),
        (("verify", "b.zip"), "--trust"),
        (("key",), "new"),
    ):
        done = kijun(sent, *words)
        assert done.returncode == 4, text(done)
        assert told in text(done)


def test_a_run_over_stdio_is_sealed_and_verified_too(mini: Miniature) -> None:
    over_stdio(mini, "honest")
    assert kijun(mini, "run", "--run-id", "one", "--no-progress").returncode == 0
    assert kijun(mini, "key", "new", "--out", "keys").returncode == 0
    assert kijun(mini, "bundle", "one", "--key", "keys", "--out", "送付/束.zip").returncode == 0
    assert verify(mini)[0] == 0


def test_strange_words_of_a_product_do_not_turn_the_line(mini: Miniature) -> None:
    class Loud(HonestPots):
        IDENTITY = {**HonestPots.IDENTITY, "product": "鉢\u202e\x1b[31m"}

    run(mini, Loud)
    assert kijun(mini, "key", "new", "--out", "keys").returncode == 0
    done = kijun(mini, "bundle", "out/r", "--key", "keys", "--out", "送付/束.zip")
    assert done.returncode == 0, text(done)
    _, told = verify(mini)
    assert "製品: 鉢\\u202e\\x1b[31m 1" in told
    assert not Path(mini.root / "送付" / ".束.zip.part").exists()
