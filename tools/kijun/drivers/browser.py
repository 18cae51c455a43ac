"""Drives a product that has nothing but pages, by screens.yaml alone, with Chromium. It knows no business.

One browser serves all connections; every session has windows of its own, one for each role and day.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import re
import shutil
import threading
import time
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from kijun.catalog.yaml_reader import read_yaml
from kijun.drivers.mapped import check_environment, greeting
from kijun.model.api_mapping import MISSING, NotThere, Sources, Template, Unsayable, dotted, put, text_of
from kijun.model.driver import Message
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, DriverBroke, Position, Problem
from kijun.model.screen_mapping import MappedScreen, PageReading, ScreenMapping, Sign, Spot, Visit, read_page
from kijun.model.statement import SystemUnderTest

try:
    from playwright import async_api as playwright
except ImportError:  # told when a browser is asked for
    playwright = None  # type: ignore[assignment]  # the extra is not installed

_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_START_SECONDS = 60.0
_MOST_PAGES = 1000
_PATIENCE = 0.8  # of a deadline is spent waiting for a page; the rest is for saying what stands there instead
_PAUSES = (0.0, 0.005, 0.01, 0.02, 0.05)
_SCRIPT = Path(__file__).with_name("page.js").read_text(encoding="utf-8")

Result = TypeVar("Result")


class Rejected(Exception):
    """The page says no, for a reason of the business."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class PageBroke(Exception):
    """The product answered with an error of its own."""


class BrowserSystem:
    """The product at `settings.url`, seen through one browser that starts with the first connection."""

    def __init__(self, sut: SystemUnderTest) -> None:
        assert isinstance(sut.mapping, ScreenMapping), "screens are read together with sut.yaml"
        self._mapping = sut.mapping
        self._url = str(sut.settings["url"]).rstrip("/")
        self._headed = bool(sut.settings.get("headed"))
        self._program = _program(sut)
        check_environment(self._mapping, Position.of(sut.folder / "screens.yaml"))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="kijun-browser", daemon=True)
        self._thread.start()
        self._started: Any = None  # Playwright's own process
        self._browser: Any = None
        self._one_by_one = asyncio.Lock()

    def connect(self) -> BrowserDriver:
        driver = BrowserDriver(self, self._mapping, self._url)
        self.wait(self.browser(), _START_SECONDS, "ブラウザーの起動")
        return driver

    def shut(self) -> None:
        try:
            self.wait(self._stop(), _START_SECONDS, "ブラウザーの終了")
        except (ConnectionLost, DeadlinePassed, DriverBroke):
            pass
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def wait(self, work: Coroutine[Any, Any, Result], seconds: float, what: str) -> Result:
        """Do the work in the browser's own thread. Raises DeadlinePassed when it takes longer."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise DeadlinePassed(f"{what}が {seconds:g} 秒以内に終わりません。") from None
        except playwright.Error as error:
            raise self._trouble(error, what) from error

    async def browser(self) -> Any:
        """The running browser; started again when it has died."""
        async with self._one_by_one:
            if self._browser is None or not self._browser.is_connected():
                self._started = self._started or await playwright.async_playwright().start()
                self._browser = await self._started.chromium.launch(
                    executable_path=self._program,
                    headless=not self._headed,
                    args=["--lang=ja"],  # dates in boxes are shown in the language of the browser, not of the page
                    chromium_sandbox=getattr(os, "geteuid", lambda: 1)() != 0,
                )
            return self._browser

    async def _stop(self) -> None:
        if self._browser is not None:
            await self._browser.close()
        if self._started is not None:
            await self._started.stop()

    def _trouble(self, error: Exception, what: str) -> ConnectionLost | DriverBroke:
        told = str(error).split("\n", 1)[0]
        if "net::ERR_" in told or self._browser is None or not self._browser.is_connected():
            hint = "製品とブラウザーが動いているか、sut.yaml の url を確かめてください。"
            return ConnectionLost(f"{what}の途中でつながらなくなりました（{told}）。{hint}")
        return DriverBroke(f"{what}の途中でブラウザーが止まりました: {told}")


def _program(sut: SystemUnderTest) -> str:
    """The browser to start. Raises ConfigurationError with everything that is missing."""
    problems = []
    told = str(sut.settings.get("browser", ""))
    known = _BROWSERS[1:] if sut.settings.get("headed") else _BROWSERS  # the first has no window, and is the quickest
    found = shutil.which(told) if told else next(filter(None, map(shutil.which, known)), None)
    if playwright is None:
        hint = "pip install 'kijun[browser]' で加えてください。"
        problems.append(Problem(Position.of(sut.folder / "sut.yaml"), "Playwright が入っていません。", hint))
    if found is None:
        at = read_yaml(sut.folder / "sut.yaml").at("sut", "settings", *(["browser"] if told else []))
        hint = "Chromium、Chrome 又は Edge を入れるか、settings の browser に実行ファイルの場所を書いてください。"
        problems.append(Problem(at, f"ブラウザー{f'「{told}」' if told else ''}が見つかりません。", hint))
    if problems:
        raise ConfigurationError(problems)
    return str(found)


@dataclass
class _Sitting:
    """One session: what the product gave, its windows, and the pictures taken of them."""

    kept: Message = field(default_factory=dict)
    windows: dict[tuple[str, ...], Any] = field(default_factory=dict)  # role and day → page
    statuses: dict[int, int] = field(default_factory=dict)  # id of a page → HTTP status of its last document
    personal: list[str] = field(default_factory=list)  # what has to be covered wherever it stands
    pictures: list[Message] = field(default_factory=list)


class BrowserDriver:
    """One conversation; used by one thread at a time, while the pages live in the browser's own thread."""

    honours_deadlines = True

    def __init__(self, system: BrowserSystem, mapping: ScreenMapping, url: str) -> None:
        self._system = system
        self._mapping = mapping
        self._url = url
        self._sittings: dict[str, _Sitting] = {}
        self._doorstep = _Sitting()  # one window for what is done without a role
        self._until = 0.0

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        handler = getattr(self, f"_on_{method}", None)
        if handler is None:
            raise DriverBroke(f"知らない電文「{method}」です。")
        self._until = time.monotonic() + _PATIENCE * deadline_seconds
        try:
            reply: Message = self._system.wait(handler(params), deadline_seconds, method)
        except (Unsayable, Rejected, PageBroke) as error:
            raise DriverBroke(f"{method}: screens.yaml のとおりに進めません。{error}") from error
        return reply

    def reconnect(self) -> None:
        """A new beginning: no window of before stays."""
        self._system.wait(self._leave_all(), _START_SECONDS, "つなぎ直し")
        self._system.wait(self._system.browser(), _START_SECONDS, "ブラウザーの起動")

    def shut(self) -> None:
        try:
            self._system.wait(self._leave_all(), _START_SECONDS, "画面の片付け")
        except (ConnectionLost, DeadlinePassed, DriverBroke):
            return

    def stderr_tail(self) -> str:
        return ""

    # messages ---------------------------------------------------------------------------------------

    async def _on_hello(self, params: Message) -> Message:  # noqa: ARG002 - the seed is not needed
        return greeting(self._mapping, await self._identity())

    async def _on_ics(self, params: Message) -> Message:  # noqa: ARG002 - statement.yaml speaks
        return {"answers": None}

    async def _on_open(self, params: Message) -> Message:
        sitting = self._sittings[params["session"]] = _Sitting()
        sources = {**params, "kept": sitting.kept, "env": os.environ}
        await self._run_errands(sitting, self._mapping.opening, sources)
        return {"session": params["session"], "state_digest": str(sitting.kept.get("state_digest") or "-")}

    async def _on_call(self, params: Message) -> Message:
        screen = self._mapping.operations.get(params["operation"])
        if screen is None:
            return {"unsupported": {"operation": params["operation"]}}
        sitting = self._sittings[params["session"]]
        try:
            page = await self._window(sitting, params)
        except (Unsayable, Rejected) as error:
            return {"fault": {"kind": "driver", "message": f"{params['actor']} としてサインインできません。{error}"}}
        reply = await self._answer(sitting, page, screen, params)
        await self._picture(sitting, page, screen.key)
        return reply

    async def _answer(self, sitting: _Sitting, page: Any, screen: MappedScreen, params: Message) -> Message:
        try:
            return {"result": await self._perform(sitting, page, screen, params)}
        except Rejected as error:
            return {"refused": {"code": error.code, "message": str(error)}}
        except PageBroke as error:
            return {"fault": {"kind": "product", "message": str(error)}}
        except NotThere:
            return {"unsupported": {"operation": params["operation"]}}
        except Unsayable as error:
            return {"fault": {"kind": "driver", "message": f"操作「{screen.key}」: {error}"}}

    _on_observe = _on_call

    async def _on_attach(self, params: Message) -> Message:
        return {"attachments": self._sittings[params["session"]].pictures}

    async def _on_close(self, params: Message) -> Message:
        sitting = self._sittings.pop(params["session"], None)
        if sitting is not None:
            await _close(sitting)
            await self._run_errands(sitting, self._mapping.closing, {**params, "kept": sitting.kept, "env": os.environ})
        return {"session": params["session"], "identity": await self._identity()}

    async def _on_bye(self, params: Message) -> Message:  # noqa: ARG002 - bye carries nothing
        return {"identity": await self._identity()}

    async def _identity(self) -> Message:
        page = await self._threshold()
        reading = await self._go(self._doorstep, page, self._mapping.identity_page, {})
        return {name: await self._text(page, reading, spot) for name, spot in self._mapping.identity.items()}

    # windows ----------------------------------------------------------------------------------------

    async def _window(self, sitting: _Sitting, params: Message) -> Any:
        """The window of this role on this day; the role signs in when it is opened."""
        key = (params["actor"], params["as_of"]) if self._mapping.clock_control else (params["actor"],)
        if key not in sitting.windows:
            page = await self._new_window(sitting, key)
            sources = {**params, "kept": sitting.kept, "env": os.environ}
            try:
                for visit in self._mapping.signing_in:
                    await self._go(sitting, page, visit, sources)
            except BaseException:
                await sitting.windows.pop(key).context.close()
                raise
        return sitting.windows[key]

    async def _threshold(self) -> Any:
        """The window without a role, as if never used."""
        if () not in self._doorstep.windows:
            return await self._new_window(self._doorstep, ())
        page = self._doorstep.windows[()]
        await page.context.clear_cookies()
        return page

    async def _new_window(self, sitting: _Sitting, key: tuple[str, ...]) -> Any:
        browser = await self._system.browser()
        context = await browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", accept_downloads=False)
        context.set_default_timeout(0)  # the deadline of the message holds, and no other
        page = await context.new_page()
        sitting.windows[key] = page

        def note(response: Any) -> None:
            if response.frame == page.main_frame and response.request.is_navigation_request():
                sitting.statuses[id(page)] = response.status

        page.on("response", note)
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        return page

    async def _leave_all(self) -> None:
        for sitting in (*self._sittings.values(), self._doorstep):
            await _close(sitting)
        self._sittings.clear()

    async def _run_errands(self, sitting: _Sitting, visits: tuple[Visit, ...], sources: Sources) -> None:
        """Errands before and after everything else; each sees what those before it kept."""
        page = await self._threshold()
        for visit in visits:
            reading = await self._go(self._doorstep, page, visit, sources)
            for name, spot in visit.keep.items():
                put(sitting.kept, dotted(name), await self._text(page, reading, spot))

    # one errand -------------------------------------------------------------------------------------

    async def _go(self, sitting: _Sitting, page: Any, visit: Visit, sources: Sources) -> PageReading:
        """Do one errand that must succeed; returns what stands there at its end."""
        await self._reach(page, visit, sources)
        for spot, template in visit.fill:
            await self._write(page, spot, text_of(template.value(sources)))
        return await self._press_through(sitting, page, visit)

    async def _perform(self, sitting: _Sitting, page: Any, screen: MappedScreen, params: Message) -> Message:
        given = {key: value for key, value in params["input"].items() if value is not None}
        lost = sorted(screen.unmapped.intersection(given))
        if lost:
            raise Unsayable(f"入力「{'」「'.join(lost)}」の欄が screens.yaml にありません。")
        sources = {**params, "kept": sitting.kept, "env": os.environ}
        written = [
            (one.spot, given[one.key], one.product_value(given[one.key])) for one in screen.inputs if one.key in given
        ]
        await self._reach(page, screen.visit, sources)
        await self._empty(page, [one.spot for one in screen.inputs if one.key not in given])
        for spot, value, text in written:
            await self._write(page, spot, text, value)
        reading = await self._press_through(sitting, page, screen.visit)
        result = read_page(screen.result, reading, self._mapping.empty)
        for one in screen.result:
            if one.spot.css:
                result[one.key] = one.glossary_value(await self._text(page, reading, one.spot), self._mapping.empty)
        if screen.more is not None:
            await self._add_pages(page, screen, screen.more, result)
        return result

    async def _reach(self, page: Any, visit: Visit, sources: Sources) -> None:
        """Go where the errand begins: by address, or by the menu of the first page."""
        if visit.page is not None:
            await page.goto(self._url + _path(visit.page, sources))
        elif visit.menu:
            await page.goto(self._url + self._mapping.home)
        for name in visit.menu:
            await self._click(page, Spot(name))
            await page.wait_for_load_state()

    async def _press_through(self, sitting: _Sitting, page: Any, visit: Visit) -> PageReading:
        """Press the buttons in turn and wait for what comes. Raises Rejected, PageBroke, Unsayable."""
        if not visit.press:
            return await self._arrival(sitting, page, visit.arrives, None)
        if visit.arrives is not None and visit.arrives.stands(await _read(page)):
            raise Unsayable(f"{visit.at}: 押す前から{visit.arrives.shown}があり、結果が来たことを知れません。")
        for spot, following in zip(visit.press, visit.press[1:], strict=False):
            await self._click(page, spot)
            await self._arrival(sitting, page, None, following)
        sitting.statuses.pop(id(page), None)
        await self._click(page, visit.press[-1])
        return await self._arrival(sitting, page, visit.arrives, None)

    async def _arrival(self, sitting: _Sitting, page: Any, sign: Sign | None, button: Spot | None) -> PageReading:
        """Wait for a sign, the next button or a message, until the deadline of the message."""
        tries = 0
        while True:
            reading = await _read(page)
            if sitting.statuses.get(id(page), 200) >= 500:
                shown = "、".join(reading.alerts or reading.headings)
                raise PageBroke(f"HTTP {sitting.statuses[id(page)]}: {shown or '画面に何もありません。'}")
            if reading.is_whole and await self._has_come(page, reading, sign, button):
                return reading
            if time.monotonic() > self._until:
                waited = sign.shown if sign else f"ボタン{button.shown}" if button else "画面"
                now = "、".join(reading.headings) or "なし"
                raise DeadlinePassed(f"{waited}が期限内に現れません（今の見出しは {now}）。")
            await asyncio.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
            tries += 1

    async def _has_come(self, page: Any, reading: PageReading, sign: Sign | None, button: Spot | None) -> bool:
        """Whether a whole page is the one waited for. Raises Rejected, Unsayable for a message instead of it."""
        told = self._mapping.reason(reading.alerts)
        if told is not None:
            raise Rejected(*told)
        if sign is None and button is None:
            return True
        if sign is not None and sign.stands(reading):
            return True
        if button is not None and await self._buttons(page, button):
            return True
        if reading.alerts:
            raise Unsayable(f"refusals にない知らせが出ました:「{reading.alerts[0][:120]}」")
        return False

    async def _add_pages(self, page: Any, screen: MappedScreen, more: Spot, result: Message) -> None:
        """Lengthen the one list of the result by the rows of every further page."""
        listed = next(one for one in screen.result if one.kind == "list")
        for _ in range(_MOST_PAGES):
            buttons = await self._buttons(page, more)
            if not buttons:
                return
            before = await _read(page)
            await buttons[0].click()
            await page.wait_for_load_state()
            reading = await _read(page)
            rows = listed.read(reading, self._mapping.empty)
            if rows is MISSING or reading.tables == before.tables:
                raise Unsayable(f"{more.shown}を押しても次のページが現れません。")
            result[listed.key] = [*result[listed.key], *rows]
        raise Unsayable(f"ページが終わりません（{_MOST_PAGES} ページ）。")

    # boxes and buttons ------------------------------------------------------------------------------

    async def _write(self, page: Any, spot: Spot, text: Any, value: Any = None) -> None:
        """Fill a box, choose from a list, or tick."""
        where = _where(spot)
        try:
            told = await page.evaluate(f"spot => {_SCRIPT}.kind(spot)", where)
            box = (await page.evaluate_handle(f"spot => {_SCRIPT}.box(spot)", where)).as_element()
        except playwright.Error as error:
            found = re.search(r"boxes:(\d+)", str(error))
            if found is None:
                raise
            how_many = f"{found[1]} 個あります" if found[1] != "0" else "ありません"
            hint = "名前を確かめるか、section で絞ってください。"
            raise Unsayable(f"画面に欄{spot.shown}が{how_many}。{hint}") from error
        if told["kind"] == "checkbox":
            await box.set_checked(value if isinstance(value, bool) else str(text).lower() in ("true", "on", "1"))
        elif told["kind"] == "select":
            await box.select_option(index=_choice(spot, told["options"], text_of(text)))
        elif told["kind"] == "radio":
            raise Unsayable(f"{spot.shown}は選択肢（ラジオボタン）です。選ぶものの名前を css で指してください。")
        else:
            is_day = told["kind"] in ("date", "month") and value is not None
            await box.fill(text_of(value if is_day else text))

    async def _empty(self, page: Any, spots: Sequence[Spot]) -> None:
        """Take out what the page proposes where nothing was given."""
        wheres = [_where(spot) for spot in spots]
        proposals = await page.evaluate(f"spots => {_SCRIPT}.proposals(spots)", wheres)
        for where, kind in zip(wheres, proposals, strict=True):
            if kind:
                box = (await page.evaluate_handle(f"spot => {_SCRIPT}.box(spot)", where)).as_element()
                await (box.fill("") if kind == "box" else box.select_option(value=""))

    async def _buttons(self, page: Any, spot: Spot) -> list[Any]:
        """What can be pressed under this name: buttons before links."""
        if spot.css:
            elements: list[Any] = await page.query_selector_all(spot.css)
            return elements
        handle = await page.evaluate_handle(f"spot => {_SCRIPT}.buttons(spot)", _where(spot))
        entries = [one.as_element() for one in (await handle.get_properties()).values()]
        return [one for one in entries if one is not None]

    async def _click(self, page: Any, spot: Spot) -> None:
        found = await self._buttons(page, spot)
        if not found:
            raise Unsayable(f"画面にボタン又はリンク{spot.shown}がありません。")
        await found[0].click()

    async def _text(self, page: Any, reading: PageReading, spot: Spot) -> str:
        """What stands there. Raises Unsayable when nothing does."""
        if spot.css:
            element = await page.query_selector(spot.css)
            found = (await element.inner_text()).strip() if element else MISSING
        else:
            found = reading.value(spot)
        if found is MISSING:
            raise Unsayable(f"画面に{spot.shown}がありません。")
        return str(found)

    # evidence ---------------------------------------------------------------------------------------

    async def _picture(self, sitting: _Sitting, page: Any, operation: str) -> None:
        """Keep what is seen now, with personal data covered: as a picture and as a page."""
        number = len(sitting.pictures) // 2 + 1
        asked = {"names": self._mapping.masked, "known": sitting.personal}
        sitting.personal = await page.evaluate(f"asked => {_SCRIPT}.mask(asked)", asked)
        picture = await page.screenshot(full_page=True, type="png", animations="disabled")
        content = (await page.content()).encode()
        name = f"{number:02}-{operation}"
        sitting.pictures.append(_attachment(f"{name}.png", "image/png", picture))
        sitting.pictures.append(_attachment(f"{name}.html", "text/html", content))


def _where(spot: Spot) -> dict[str, str]:
    return {"name": spot.name, "section": spot.section, "css": spot.css}


def _choice(spot: Spot, options: Sequence[Sequence[str]], text: str) -> int:
    """The place in a list of what is chosen: by what it shows, else by what it sends."""
    found = [at for side in (0, 1) for at, option in enumerate(options) if option[side] == text]
    if not found:
        shown = "、".join(label for label, _ in options)
        raise Unsayable(f"一覧{spot.shown}に「{text}」がありません（あるのは {shown}）。")
    return found[0]


def _attachment(name: str, media_type: str, content: bytes) -> Message:
    return {
        "name": name,
        "media_type": media_type,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content_base64": base64.b64encode(content).decode(),
    }


async def _read(page: Any) -> PageReading:
    """What the page says. A page that is just being left is asked again when the next has come."""
    while True:
        try:
            return PageReading.of(await page.evaluate(f"{_SCRIPT}.read()"))
        except playwright.Error as error:
            if "context was destroyed" not in str(error) and "navigation" not in str(error):
                raise
            await page.wait_for_load_state()


async def _close(sitting: _Sitting) -> None:
    for page in sitting.windows.values():
        with suppress(playwright.Error):  # the browser is gone, and the window with it
            await page.context.close()
    sitting.windows.clear()


def _path(template: Template, sources: Mapping[str, Any]) -> str:
    pieces = (one if isinstance(one, str) else quote(text_of(one.value(sources)), safe="") for one in template.pieces)
    return "".join(pieces)
