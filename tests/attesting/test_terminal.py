"""The walk at the terminal: what is asked, what is asked again, what stands on the disk afterwards."""

from __future__ import annotations

import hashlib
import os
import pty
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from miniature import SYSTEM, Miniature
from sittings import FILE, LOOKS_REAL, SEEN, SHOWN, SHUT, attest, evidence, rows, text, waiting

from kijun.attesting.answers import default_expires


@pytest.fixture
def office(mini: Miniature) -> Miniature:
    return waiting(mini)


YES = "1\n税務課\n\n\n\n1\n"  # verdict, office, expiry, remark, no evidence, record


def test_the_walk_asks_what_is_claimed_and_unconfirmed_and_writes_what_was_said(office: Miniature) -> None:
    picture = evidence(office, "画面 の写し.png", b"\x89PNG")
    answers = f'１\n税務課\n令和9年3月31日\n見た。\n"{picture}"\n\n\n' + "不適合\n\n\n声が出ない。\n\nはい\n" + "後で\n"
    done = attest(office, answers=answers)
    assert done.returncode == 0, text(done)
    told = text(done)
    assert "人の確認を待っている要件が 3 件あります。" in told
    assert "札の現物が読めることを目で確かめられること。" in told
    assert "試験のため。" in told
    assert "1. 札を見る。" in told
    assert "記録したもの 2 件、後に回したもの 1 件。" in told
    today = date.today().isoformat()
    digest = hashlib.sha256(b"\x89PNG").hexdigest()
    seen, shown = rows(office)
    assert seen == {
        "requirement": SEEN,
        "verdict": "pass",
        "office": "税務課",
        "date": today,
        "expires": "2027-03-31",
        "remark": "見た。",
        "evidence": [{"name": "画面 の写し.png", "sha256": digest}],
    }
    assert (shown["requirement"], shown["verdict"], shown["office"]) == (SHOWN, "fail", "税務課")
    assert shown["expires"] == default_expires(date.today()).isoformat()
    kept = office.root / SYSTEM / "attestations" / "evidence" / "画面 の写し.png"
    assert kept.read_bytes() == b"\x89PNG"
    assert text(attest(office, answers="3\n")).count("件あります。") == 1  # only the one put off is asked again


@pytest.mark.parametrize(
    ("bad", "good", "told"),
    [
        ("5", "1", "「5」は選べません。"),
        ("", "1", "判定がありません。"),
        ("1\n ", "税務課", "担当がありません。"),
        (f"1\n係 {LOOKS_REAL}", "税務課", "担当の1行目の3文字目から、個人番号のように見える数字があります。"),
        ("1\n税務課\n来年", "", "有効期限「来年」を日付として読めません。"),
        ("1\n税務課\n2027-02-30", "", "有効期限「2027-02-30」を日付として読めません。"),
        ("1\n税務課\n2020-03-31", "", "有効期限 2020-03-31 は過ぎています。"),
        ("1\n税務課\n2207-03-31", "", "有効期限 2207-03-31 は先すぎます。"),
        (f"1\n税務課\n\n番号は{LOOKS_REAL}", "", "備考の1行目の4文字目から、個人番号のように見える数字があります。"),
        ("1\n税務課\n\n見た\x1b[31m", "", "備考に、読めない文字があります。"),
        ("2\n税務課\n\n", "声が出ない。", "「不適合」には理由が要ります。"),
        ("1\n税務課\n\n\n証拠 置き場/ない.png", "", "がありません。"),
        ("1\n税務課\n\n\n証拠 置き場", "", "はフォルダーです。"),
        ("1\n税務課\n\n\n証拠 置き場/空.txt", "", "「空.txt」は空です。"),
        (
            "1\n税務課\n\n\n証拠 置き場/名簿.csv",
            "",
            "「名簿.csv」の 2行目の3文字目に、個人番号のように",
        ),
        ("1\n税務課\n\n\n\n5", "1", "1（はい）か 2（やり直す）を選んでください。"),
    ],
)
def test_what_cannot_be_taken_is_asked_again(office: Miniature, bad: str, good: str, told: str) -> None:
    evidence(office, "空.txt", "")
    evidence(office, "名簿.csv", "氏名,番号\n甲,１２３４－５６７８－９０１８\n")
    whole = YES.split("\n")
    typed = f"{bad}\n{good}\n".split("\n")
    if bad.startswith("2"):
        whole[0] = "2"
    # the rest of a full set of answers, from where the bad one stood
    rest = whole[bad.count("\n") + 1 :]
    done = attest(office, "--requirement", SEEN, answers="\n".join([*typed[:-1], *rest]))
    assert told in text(done), text(done)
    assert done.returncode == 0, text(done)
    assert [row["requirement"] for row in rows(office)] == [SEEN]
    assert "5678" not in (office.root / FILE).read_text(encoding="utf-8")
    assert not (office.root / SYSTEM / "attestations" / "evidence").exists()


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("a.txt", "utf-8"),
        ("a.csv", "cp932"),
        ("a.json", "utf-16"),
        ("a.xml", "utf-16-le"),
        ("a.HTML", "utf-8-sig"),
        ("a.md", "utf-8"),
    ],
)
def test_text_in_any_usual_encoding_is_looked_through(office: Miniature, name: str, encoding: str) -> None:
    path = evidence(office, name, "番号一覧\n甲　１２３４　５６７８　９０１８\n".encode(encoding))
    done = attest(office, "--requirement", SEEN, answers=f"1\n税務課\n\n\n{path}\n\n1\n")
    assert "2行目の3文字目" in text(done)
    assert "9018" not in text(done)
    assert "evidence" not in rows(office)[0]


def test_the_answers_can_be_given_anew_before_they_are_recorded(office: Miniature) -> None:
    done = attest(
        office, "--requirement", SEEN, "--office", "税務課", answers="1\n\n\n\n\n2\n2\n収納課\n\n違う。\n\n\n"
    )
    assert done.returncode == 0, text(done)
    [row] = rows(office)
    assert (row["verdict"], row["office"], row["remark"]) == ("fail", "収納課", "違う。")


def test_when_the_answers_end_nothing_is_lost(office: Miniature) -> None:
    done = attest(office, answers=YES + "1\n税務課\n")
    assert done.returncode == 3
    assert "途中でやめました。記録したもの 1 件" in text(done)
    assert [row["requirement"] for row in rows(office)] == [SEEN]


def test_an_interrupt_loses_nothing_already_answered(office: Miniature) -> None:
    """At a real terminal: the keys, the prompts, and Ctrl-C."""
    keys, line = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kijun", "attest", "--system", SYSTEM],
        cwd=office.root,
        stdin=line,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    os.write(keys, YES.encode())
    until = time.monotonic() + 30
    while not rows(office):
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=30)[0].decode()
    os.close(keys)
    os.close(line)
    assert process.returncode == 3
    assert "同じ命令で、残りから続けられます。" in told
    assert [row["requirement"] for row in rows(office)] == [SEEN]


def test_nothing_that_was_there_is_lost(office: Miniature) -> None:
    row = f'{{ requirement: "{SHOWN}", verdict: "pass", office: "甲", date: "2020-04-01", expires: "2020-05-01" }}'
    before = f"# 手で書いた注記\r\nattestations:\r\n    - {row}\r\n    # 終わりの注記"
    office.write(FILE, "")
    (office.root / FILE).write_bytes(before.encode())
    (office.root / FILE).chmod(0o640)
    assert "前の確認は期限切れです（2020-04-01 甲、期限 2020-05-01）。" in text(
        attest(office, answers=YES + YES + "3\n")
    )
    after = (office.root / FILE).read_bytes().decode()
    assert after.startswith(before + "\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert [row["requirement"] for row in rows(office)] == [SHOWN, SEEN, SHOWN]
    assert (office.root / FILE).stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (office.root / FILE).parent.iterdir()] == ["attested.yaml"]


@pytest.mark.parametrize("empty", ["attestations: []\n", "# 注記\nattestations: []  # まだない", "attestations: [ ]"])
def test_an_empty_file_is_filled(office: Miniature, empty: str) -> None:
    office.write(FILE, empty)
    assert attest(office, "--requirement", SEEN, answers=YES).returncode == 0
    assert len(rows(office)) == 1
    assert ("注記" in empty, "まだない" in empty) == tuple(
        word in (office.root / FILE).read_text(encoding="utf-8") for word in ("注記", "まだない")
    )


def test_a_file_that_cannot_be_added_to_is_told_before_anybody_answers(office: Miniature) -> None:
    row = f'{{ requirement: "{SHOWN}", verdict: "pass", office: "甲", date: "2020-04-01", expires: "2020-05-01" }}'
    office.write(FILE, f"attestations: [{row}]\n")
    done = attest(office, answers=YES)
    assert done.returncode == 3
    assert "この書き方のファイルには書き足せません。 → --file に別の名前を付けて" in text(done)
    assert attest(office, "--file", "other", "--requirement", SEEN, answers=YES).returncode == 0
    assert len(rows(office, f"{SYSTEM}/attestations/other.yaml")) == 1


def test_words_come_back_as_they_were_said(office: Miniature) -> None:
    remark = "「'\"#: 𠮷\\n {a} - yes\u2028\ufeff終"
    assert attest(office, "--requirement", SEEN, answers=f'1\n税務課 #1: "甲"\n\n{remark}\n\n1\n').returncode == 0
    [row] = rows(office)
    assert (row["office"], row["remark"]) == ('税務課 #1: "甲"', remark)


def test_another_file_of_the_same_name_is_left_alone(office: Miniature) -> None:
    first, second = evidence(office, "写し.png", b"1"), evidence(office, "別/写し.png".replace("/", "_"), b"2")
    other = office.root / "別"
    other.mkdir()
    second = second.rename(other / "写し.png")
    attest(office, answers=f"1\n税務課\n\n\n{first}\n\n1\n1\n\n\n\n{second}\n\n1\n3\n")
    names = [row["evidence"][0]["name"] for row in rows(office)]
    assert names[0] == "写し.png"
    assert names[1].startswith("写し-")
    room = office.root / SYSTEM / "attestations" / "evidence"
    assert [(room / name).read_bytes() for name in names] == [b"1", b"2"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--requirement", "999-1.1.1-99"), "要件 999-1.1.1-99 は、この条件の要件表にありません。"),
        (("--requirement", "999-1.1.1-01"), "人ではなく機械で試験する要件です。"),
        (("--file", "../外"), "ファイルの名前「../外」は使えません。"),
        (("--minutes", "0", "--web"), "--minutes は 1 から 480 までの分で指定してください。"),
        (("--export", "用紙.xls"), "末尾を .xlsx にしてください。"),
        (("--web", "--export", "用紙.xlsx"), "使い方は kijun attest --help で見られます。"),
        (("--business", "pan_register"), "業務「pan_register」の要件表がありません。"),
    ],
)
def test_a_wrong_wish_ends_with_4(office: Miniature, words: tuple[str, ...], told: str) -> None:
    done = attest(office, *words)
    assert (done.returncode, told in text(done)) == (4, True), text(done)


def test_what_is_not_claimed_is_not_asked(office: Miniature) -> None:
    office.edit(f"{SYSTEM}/statement.yaml", f'"{SHOWN}", answer: "yes"', f'"{SHOWN}", answer: "no"')
    office.edit(f"{SYSTEM}/statement.yaml", f'  - {{ requirement: "{SEEN}", answer: "yes" }}\n', "")
    told = text(attest(office, answers="3\n"))
    assert "人の確認を待っている要件が 1 件あります。" in told
    assert SHUT in told  # "no" is the claim about a prohibited function
    assert "ほかに 1 件は、宣言書（statement.yaml）に答えがないので尋ねません。" in told
    assert "の宣言は「未実装」なので" in text(attest(office, "--requirement", SHOWN))


def test_evidence_that_changed_is_asked_about_again(office: Miniature) -> None:
    path = evidence(office, "記録.txt", "見た。")
    attest(office, answers=f"1\n税務課\n\n\n{path}\n\n1\n3\n3\n")
    kept = office.root / SYSTEM / "attestations" / "evidence" / "記録.txt"
    kept.write_text("見ていない。", encoding="utf-8")
    told = text(attest(office, answers="3\n3\n3\n"))
    assert "前の確認の証拠ファイルが、その後に変わっています" in told


def test_a_no_of_the_same_day_is_not_talked_away(office: Miniature) -> None:
    assert attest(office, "--requirement", SEEN, answers="2\n税務課\n\n読めない。\n\n1\n").returncode == 0
    told = text(attest(office, "--requirement", SEEN, answers="1\n3\n"))
    assert "「不適合」の有効な確認があります" in told
    assert "「適合」は数えられません。" in told
    assert "翌日以後に記録してください。" in told
    assert [row["verdict"] for row in rows(office)] == ["fail"]


def test_a_cp932_terminal_is_understood(office: Miniature) -> None:
    done = attest(office, "--requirement", SEEN, answers=YES, PYTHONIOENCODING="cp932", PYTHONUTF8="0")
    assert done.returncode == 0
    assert rows(office)[0]["office"] == "税務課"
