"""A product for the miniature standard that has nothing but pages, laid out as such products are: forms in tables
without labels, a page to confirm, a window that asks back, a list in pages, and an answer that a script brings late.

`Greenhouse` serves it in a thread; `SCREENS` is the file that translates it.
"""

# ruff: noqa: E501 - pages and their cases read best in one line

from __future__ import annotations

import threading
import time
from html import escape
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SCREENS = """\
screens:
  isolation: "tenant"
  parallel_sessions: 2
  clock_control: true
  home: "/menu"
  empty: "－"
  mask: ["名札"]
labels:
  pot_id: "鉢番号"
formats:
  date: "YYYY年MM月DD日"
  yen: "#,##0円"
codes:
  size: { small: "小鉢", large: "大鉢" }
identity:
  page: "/about"
  product: "製品"
  vendor: "会社"
  version: { section: "版の情報", name: "版" }
  build: { css: "#build" }
open:
  - page: "/new-garden"
    press: "作る"
    arrives: { status: "作りました" }
    keep: { garden: "庭の番号" }
sign_in:
  - page: "/login"
    fill: { 庭の番号: "{kept.garden}", 係: "{actor}", 日付: "{as_of}" }
    press: "入る"
    arrives: { heading: "メニュー" }
refusals:
  - { says: "見学者", code: "forbidden" }
  - { says: "^E(?P<code>[0-9]+)", codes: { "404": "not_found" } }
operations:
  plant_pot:
    menu: "鉢の登録"
    press: ["確認する", "確定する"]
    arrives: { heading: "登録結果" }
    inputs: { size: "種類", label: "名札", planted_on: "植えた日" }
    result: { tag: { at: "札", fields: { label: "名札", size: "種類", fee: "料金" } } }
  water_pot:
    menu: ["その他", "水やり"]
    press: "実行"
    arrives: { heading: "水やり結果" }
    inputs: { water: "水の量" }
    result: { water: { at: { css: "#water" } } }
  price_pot:
    page: "/price"
    press: "計算"
    arrives: { region: "計算結果" }
    inputs: { year: "年度" }
    result: { fee: { at: { section: "計算結果", name: "料金" } } }
  list_pots:
    menu: "鉢の一覧"
    arrives: { heading: "鉢の一覧" }
    more: "次へ"
    result: { pots: { at: "鉢の一覧", fields: { label: "名札", size: "種類" } } }
"""


class Greenhouse:
    """Use as a context manager; the attributes let a test change the product."""

    def __init__(self) -> None:
        self.gardens: dict[str, list[dict[str, str]]] = {}
        self.paths: list[str] = []
        self.instead: dict[str, tuple[int, str, float]] = {}  # path → status, page, seconds
        self.halts = ""  # words behind which a page stops for a while on its way
        self.version = "1"
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Greenhouse:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self, path: str, given: dict[str, str], cookie: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The page of a path, and cookies to set."""
        if path == "/about":
            return (
                f"<h1>この製品</h1><dl><dt>製品</dt><dd>鉢</dd><dt>会社：</dt><dd>架空園</dd></dl><h2>版の情報</h2>"
                f"<table><tr><td>版</td><td>{self.version}</td></tr></table><p id=build>b1</p>"
            ), {}
        if path == "/new-garden":
            number = str(len(self.gardens) + 1) if given else ""
            self.gardens.setdefault(number, [])
            told = f"<p role=status>作りました。</p><label>庭の番号 <output>{number}</output></label>" if given else ""
            return f"<h1>庭</h1><form method=post><input type=submit name=go value=作る></form>{told}", {}
        if path == "/login":
            if given:
                return MENU, {"garden": given["garden"], "who": given["who"]}
            return _form("入る", ("庭の番号", "garden"), ("係", "who"), ("日付", "day")), {}
        if path == "/menu":
            return MENU, {}
        if path == "/favicon.ico":
            return "", {}
        return self._work(path, given, self.gardens[cookie["garden"]], cookie["who"] == "visitor"), {}

    def _work(self, path: str, given: dict[str, str], pots: list[dict[str, str]], is_visitor: bool) -> str:
        if is_visitor and path != "/list" and given:
            return "<h1>お知らせ</h1><div role=alert>見学者は操作できません。</div>"
        pot = next((one for one in pots if one["number"] == given.get("number")), None)
        if path == "/plant":
            return self._plant(given, pots)
        if path == "/list":
            at = int(given.get("at", 0))
            rows = "".join(
                f"<tr><td>{one['number']} <a href=#>詳しく</a></td><td>{escape(one['name'])}</td><td>{one['kind']}</td></tr>"
                for one in pots[at : at + 1]
            )
            table = f"<table><tr><th>鉢番号<th>名札 ※<th>種類</tr>{rows}</table>" if pots else "<p>ありません。</p>"
            more = f"<a href='/list?at={at + 1}'>次へ</a>" if at + 1 < len(pots) else ""
            return f"<h1>鉢の一覧</h1>{table}{more}"
        if path == "/others":
            return "<h1>その他</h1><a href=/water>水やり</a>"
        if path == "/water":
            if given:
                return f"<h1>水やり結果</h1><p id=water>{given['water']}</p>"
            asks = "onsubmit=\"return confirm('よろしいですか')\""
            return _form("実行", ("鉢番号", "number"), ("水の量", "water"), more=asks)
        if not given:
            return _form("計算", ("鉢番号", "number"), ("年度", "year"))
        if pot is None:
            return "<h1>計算</h1><div role=alert>E404 鉢がありません。</div>"
        fee = {"小鉢": "100円", "大鉢": "1,000円"}[pot["kind"]]
        return f"""<h1>計算</h1><div id=late></div><script>setTimeout(() => {{ late.innerHTML =
            "<section aria-label=計算結果><h2>計算結果</h2><table><tr><th>料金<td>{fee}</table></section>" }}, 80)</script>"""

    def _plant(self, given: dict[str, str], pots: list[dict[str, str]]) -> str:
        if not given:
            return """<h1>鉢の登録</h1><form method=post><table>
                <tr><td>種類<td><select name=kind><option><option value=1>小鉢<option value=2>大鉢</select>
                <tr><td>名札：<td><input name=name> <td>植えた日<td><input name=day value=2000年01月01日>
                </table><button>確認する</button></form>"""
        if not given.get("day"):
            return "<h1>鉢の登録</h1><div role=alert>見学者？ 植えた日がありません。</div>"
        kind = {"1": "小鉢", "2": "大鉢"}.get(given["kind"], given["kind"])
        if "sure" not in given:
            kept = "".join(
                f"<input type=hidden name={one} value='{escape(given[one])}'>" for one in ("kind", "name", "day")
            )
            return f"<h1>登録の確認</h1><form method=post>{kept}<button name=sure value=1>確定する</button></form>"
        pots.append({"number": f"P{len(pots) + 1}", "name": given["name"], "kind": kind})
        return f"""<h1>登録結果</h1><dl><dt>鉢番号<dd>P{len(pots)}</dl><h2>札</h2>
            <table><tr><th>名札<td>{escape(given["name"])}<th>種類<td>{kind}<tr><th>料金<td colspan=3>－</table>
            <p>{escape(given["name"])}を登録しました。</p>"""


MENU = """<h1>メニュー</h1><ul><li><a href=/plant>鉢の登録</a><li><a href=/list>鉢の一覧</a>
    <li><a href=/others>その他</a></ul>"""


def _form(button: str, *boxes: tuple[str, str], more: str = "") -> str:
    rows = "".join(f"<tr><th>{name}<td><input name={key}>" for name, key in boxes)
    return f"<h1>入力</h1><form method=post {more}><table>{rows}</table><button>{button}</button></form>"


def _handler(house: Greenhouse) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            query = parts.query + "&" + self.rfile.read(length).decode()
            given = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
            cookie = {key: one.value for key, one in SimpleCookie(self.headers.get("Cookie", "")).items()}
            house.paths.append(parts.path)
            if parts.path in house.instead and given:
                status, page, seconds = house.instead[parts.path]
                time.sleep(seconds)
                cookies: dict[str, str] = {}
            else:
                status = 200
                with house.lock:
                    page, cookies = house.page(parts.path, given, cookie)
            raw = f"<!doctype html><meta charset=utf-8><title>鉢</title>{page}".encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            for name, value in cookies.items():
                self.send_header("Set-Cookie", f"{name}={value}")
            self.end_headers()
            at = raw.find(house.halts.encode()) + len(house.halts.encode()) if house.halts.encode() in raw else 0
            self.wfile.write(raw[:at])
            time.sleep(0.5 if house.halts and at else 0)
            self.wfile.write(raw[at:])

        do_GET = do_POST = _do  # noqa: N815 - the library's names

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    return Handler
