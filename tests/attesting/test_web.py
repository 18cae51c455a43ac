"""The page, over a real socket: the same questions and the same file, and nobody else gets in."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from miniature import SYSTEM, Miniature
from sittings import LOOKS_REAL, SEEN, SHOWN, SHUT, rows, waiting

Fields = dict[str, str | tuple[str, bytes]]
YES: Fields = {"verdict": "pass", "office": "税務課", "expires": "", "remark": "見た。"}


class Page:
    """A running `kijun attest --web`, spoken to as a browser speaks."""

    def __init__(self, office: Miniature, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kijun", "attest", "--system", SYSTEM, "--web", *words],
            cwd=office.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert self.process.stdout is not None
        self.url = next(line.strip() for line in self.process.stdout if line.startswith("http"))
        self.place = urlsplit(self.url)

    def ask(
        self, method: str = "GET", path: str = "", body: bytes = b"", **headers: str
    ) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.place.port or 0, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path or self.place.path, body or None, named)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, content, answer.headers

    def send(self, fields: Fields, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
        """A form as a browser packs it (multipart/form-data)."""
        edge = "----kijun"
        parts = [_part(edge, name, value) for name, value in fields.items()]
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        return self.ask("POST", f"{self.place.path}record", body, Content_Type=kind, **headers)

    def close(self) -> str:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=20)[0]


def _part(edge: str, name: str, value: str | tuple[str, bytes]) -> bytes:
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"'
    if isinstance(value, str):
        return f"{head}\r\n\r\n{value}\r\n".encode()
    head = f'{head}; filename="{value[0]}"\r\nContent-Type: application/octet-stream'
    return f"{head}\r\n\r\n".encode() + value[1] + b"\r\n"


@pytest.fixture
def office(mini: Miniature) -> Miniature:
    return waiting(mini)


@pytest.fixture
def page(office: Miniature) -> Iterator[Page]:
    opened = Page(office, "--minutes", "7")
    yield opened
    opened.close()


class Reader(HTMLParser):
    """Gathers what an assistive program needs: labels, inputs, descriptions, ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def test_the_page_can_be_read_and_filled_by_anybody(page: Page) -> None:
    status, text, headers = page.ask()
    assert status == 200
    reader = Reader(text)
    assert reader.all("html")[0]["lang"] == "ja"
    labelled = {one["for"] for one in reader.all("label")}
    shown = [one for one in reader.all("input", "textarea", "select") if one.get("type") != "hidden"]
    assert len(shown) == 3 * 7
    assert all(one["id"] in labelled for one in shown)
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    described = {part for _, one in reader.tags for part in (one.get("aria-describedby") or "").split()}
    assert described <= set(ids)
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//|@import|url\(""", text)
    assert 'tabindex="-1"' in text
    assert not any(int(one.get("tabindex") or 0) > 0 for _, one in reader.tags)
    for words in ("札の現物が読めることを目で確かめられること。", "試験のため。", "札を見る。", "目安 7 分"):
        assert words in text
    clocks = [one for one in reader.all("p") if "data-clock" in one]
    assert [(one["data-clock"], one["data-seconds"]) for one in clocks] == [(one, "420") for one in (SEEN, SHOWN, SHUT)]
    nonce = reader.all("script")[0]["nonce"]
    assert f"script-src 'nonce-{nonce}'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_what_is_sent_is_recorded_and_leads_on(office: Miniature, page: Page) -> None:
    picture = bytes(range(256)) * 40 + b"\r\n------kij\r\n\r\n"
    status, _, headers = page.send({"requirement": SEEN, **YES, "evidence": ("画面 の写し.png", picture)})
    assert (status, headers["Location"]) == (303, f"./#r-{SHOWN}")
    [row] = rows(office)
    assert (row["requirement"], row["verdict"], row["office"], row["remark"]) == (SEEN, "pass", "税務課", "見た。")
    kept = office.root / SYSTEM / "attestations" / "evidence" / row["evidence"][0]["name"]
    assert (kept.name, kept.read_bytes()) == ("画面 の写し.png", picture)
    text = page.ask()[1]
    assert "記録しました: 適合、税務課" in text
    assert 'value="税務課"' in text  # the office is not to be typed again
    assert page.send({"requirement": SEEN, **YES})[0] == 409  # sent twice
    status, _, headers = page.send({"requirement": SHUT, **YES, "verdict": "later", "office": ""})
    assert (status, headers["Location"]) == (303, f"./#r-{SHOWN}")
    assert "後に回したもの 1 件" in page.ask()[1]
    assert len(rows(office)) == 1
    status, text, _ = page.ask("POST", f"{page.place.path}end", b"")
    assert (status, "確認を終えました。" in text) == (200, True)
    assert "記録したもの 1 件、後に回したもの 2 件。" in page.process.communicate(timeout=20)[0]
    assert page.process.returncode == 0


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"verdict": ""}, "判定がありません。"),
        ({"office": " "}, "担当がありません。"),
        ({"expires": "いつか"}, "有効期限「いつか」を日付として読めません。"),
        ({"verdict": "fail", "remark": ""}, "「不適合」には理由が要ります。"),
        ({"remark": f"番号は{LOOKS_REAL}"}, "備考の1行目の4文字目から、個人番号のように見える数字があります。"),
        ({"evidence": ("名簿.csv", "甲,123456789018".encode())}, "「名簿.csv」の 1行目の3文字目に、個人番号のように"),
        ({"evidence": ("123456789018.png", b"1")}, "証拠ファイルの名前に、個人番号のように見える数字があります。"),
        ({"evidence": ("空.png", b"")}, "証拠ファイル「空.png」は空です。"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_what_was_written(
    office: Miniature, page: Page, fields: Fields, told: str
) -> None:
    status, text, _ = page.send({"requirement": SHOWN, **YES, "office": "<b>課", **fields})
    assert status == 422
    assert told in text
    assert "記録していません。" in text
    assert "<b>" not in text
    assert ("office" in fields) or 'value="&lt;b&gt;課"' in text
    assert 'aria-invalid="true"' in text
    assert rows(office) == []


def test_a_no_of_the_same_day_is_not_talked_away(office: Miniature) -> None:
    no: Fields = {"requirement": SEEN, **YES, "verdict": "fail"}
    for fields, status in ((no, 303), ({"requirement": SEEN, **YES}, 422)):
        page = Page(office, "--requirement", SEEN)
        try:
            assert page.send(fields)[0] == status
        finally:
            page.close()
    assert len(rows(office)) == 1


def test_every_faulty_file_is_told(office: Miniature, page: Page) -> None:
    edge = "----kijun"
    fields: list[tuple[str, str | tuple[str, bytes]]] = [("requirement", SEEN), ("verdict", "pass"), ("office", "課")]
    fields += [
        ("evidence", ("甲.png", b"")),
        ("evidence", ("乙.txt", LOOKS_REAL.encode())),
        ("evidence", ("丙.png", b"1")),
    ]
    body = b"".join(_part(edge, name, value) for name, value in fields) + f"--{edge}--\r\n".encode()
    kind = f"multipart/form-data; boundary={edge}"
    status, text, _ = page.ask("POST", f"{page.place.path}record", body, Content_Type=kind)
    assert status == 422
    assert "「甲.png」は空です。" in text
    assert "「乙.txt」の 1行目の1文字目に" in text
    assert "証拠ファイルは、選び直してください。" in text
    assert rows(office) == []


def test_no_evidence_chosen_is_no_evidence(office: Miniature, page: Page) -> None:
    assert page.send({"requirement": SEEN, **YES, "evidence": ("", b"")})[0] == 303
    assert "evidence" not in rows(office)[0]


def test_a_name_cannot_leave_the_room(office: Miniature, page: Page) -> None:
    assert page.send({"requirement": SEEN, **YES, "evidence": ("..\\../../外.png", b"1")})[0] == 303
    assert page.send({"requirement": SHOWN, **YES, "evidence": ("..", b"1")})[0] == 303
    assert [row["evidence"][0]["name"] for row in rows(office)] == ["外.png", "証拠"]
    assert not list(office.root.glob("外.png"))


def test_another_site_gets_nowhere(office: Miniature, page: Page) -> None:
    good: Fields = {"requirement": SEEN, **YES}
    assert page.ask(path="/")[0] == 404
    assert page.ask(path=f"/{'x' * 32}/")[0] == 404
    assert page.ask(path="/%E3%81%82/")[0] == 404
    assert page.ask(path=f"{page.place.path}other")[0] == 404
    assert page.ask(Host=f"evil.example:{page.place.port}")[0] == 403
    assert page.send(good, Origin="https://evil.example")[0] == 403
    assert page.send(good, Origin="null")[0] == 403
    assert page.send(good, Sec_Fetch_Site="cross-site")[0] == 403
    assert page.ask("POST", f"/{'x' * 32}/record", b"verdict=pass")[0] == 404
    assert rows(office) == []
    own = f"http://127.0.0.1:{page.place.port}"
    assert page.send(good, Origin=own, Sec_Fetch_Site="same-origin")[0] == 303


def test_what_is_no_form_is_told(office: Miniature, page: Page) -> None:
    assert page.ask("POST", f"{page.place.path}record", b"nonsense", Content_Type="multipart/form-data")[0] == 409
    assert page.ask("POST", f"{page.place.path}record", Content_Length="many")[0] == 411
    status, text, _ = page.ask("POST", f"{page.place.path}record", Content_Length="999999999999")
    assert (status, "証拠ファイルが大きすぎます" in text) == (413, True)
    assert page.ask()[0] == 200


def test_an_interrupt_ends_the_page_in_peace(office: Miniature, page: Page) -> None:
    assert page.send({"requirement": SEEN, **YES})[0] == 303
    assert "記録したもの 1 件" in page.close()
    assert page.process.returncode == 0
    assert len(rows(office)) == 1


def test_a_port_that_is_taken_is_told(office: Miniature, page: Page) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kijun", "attest", "--system", SYSTEM, "--web", "--port", str(page.place.port)],
        cwd=office.root,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 3
    assert "そのポートは使えません。 → --port を外すか" in done.stderr.decode()
