"""The clerks' pages: plain forms and tables, made on the server, usable with the keyboard alone.

A page knows no rule. It sends what the clerk wrote through the same handlers, the same authorization and the same
operation log as the interface for programs. A business declares its pages in `screens.py`; what it does not name
itself stands there in the words of the standard.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pkgutil
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import jinja2
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Mapped, mapped_column

import kijun.reference
from kijun.reference import accounts, desk, events, routing, words
from kijun.reference.errors import Refusal
from kijun.reference.store import Base, Store, Tenant, open_tenant

COOKIE = "kijun_reference"
SESSION_MINUTES = 30
MUNICIPALITIES = {
    "designated_city": "指定都市",
    "core_city": "中核市",
    "general_city": "一般市",
    "town_village": "町村",
    "special_ward": "特別区",
}
TODAY = "today"
ROLE_NAMES = {"assessor": "賦課担当", "inquirer": "照会担当", "administrator": "システム管理者"}
router = APIRouter(prefix="/clerk", tags=["system"], include_in_schema=False)


class WebSession(Base):
    """A clerk who is signed in; the cookie holds nothing but the number of this row."""

    __tablename__ = "web_session"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    operator: Mapped[str]
    role: Mapped[str]
    bearer: Mapped[str]
    day: Mapped[date | None]  # the business day this clerk works on, where it is not that of the municipality
    form_key: Mapped[str]  # goes back with every form, so that no other site can send one
    expires_at: Mapped[datetime]


# what a business declares --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """One box of a form. Kinds are those of HTML inputs; `choices` make a list to choose from."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: Mapping[str, str] | None = None  # value → label
    hint: str = ""
    unit: str = ""  # stands behind the box
    preset: str = ""  # what stands there before the clerk writes; TODAY is the day the clerk works on


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: a form that asks one operation, and its answer."""

    slug: str
    title: str
    group: str
    handler: Callable[[desk.Desk, Any], dict[str, Any]]
    form: type[BaseModel]
    fields: tuple[Field, ...]
    is_query: bool = False
    links: Mapping[str, tuple[tuple[str, str], ...]] | None = None  # column → (screen, label of the link)
    headings: Mapping[str, str] | None = None  # first of several items, of the form or of the answer → heading
    then: tuple[str, ...] = ()  # screens that go on with the same person, thing and year

    @property
    def operation(self) -> str:
        return self.handler.__name__

    @property
    def sections(self) -> list[tuple[str, list[Field]]]:
        """The boxes by heading; those before the first have none."""
        fields = {one.name: one for one in self.fields}
        return [(title, [fields[name] for name in names]) for title, names in self.grouped(fields, "")]

    def grouped(self, names: Iterable[str], first: str) -> list[tuple[str, list[str]]]:
        """Names in their order by heading; `first` stands above those before the first heading."""
        groups: list[tuple[str, list[str]]] = [(first, [])]
        for name in names:
            if name in (self.headings or {}):
                groups.append(((self.headings or {})[name], []))
            groups[-1][1].append(name)
        return [(title, group) for title, group in groups if group]

    def is_asked_by(self, given: Mapping[str, str]) -> bool:
        """Whether an address asks at once: with everything required, be it empty, or where nothing can be asked."""
        required = {one.name for one in self.fields if one.required}
        return not self.fields or (bool(given) and required <= given.keys())


@dataclass(frozen=True, slots=True)
class Screens:
    """All pages of one business, and how its values are shown."""

    slug: str
    name: str
    screens: tuple[Screen, ...]
    labels: Mapping[str, str]  # key of a value → what a clerk calls it, where that is not the word of the standard
    codes: Mapping[str, Mapping[str, str]]  # key of a value → its codes → what a clerk calls them, likewise

    def screen(self, slug: str) -> Screen | None:
        return next((one for one in self.screens if one.slug == slug), None)

    def address(self, slug: str, values: Mapping[str, Any]) -> str:
        """Of a page, with the numbers and years among the values that it has a box for."""
        screen = self.screen(slug)
        names = [one.name for one in screen.fields] if screen else []
        kept = {name: values[name] for name in names if values.get(name) and _is_carried(name)}
        return f"/clerk/{self.slug}/{slug}" + (f"?{urlencode(kept)}" if kept else "")


def _is_carried(name: str) -> bool:
    """Numbers and years lead from page to page; what was written about one thing says nothing of the next."""
    return words.type_of(name) in ("identifier", "fiscal_year")


@cache
def businesses() -> dict[str, Screens]:
    """The pages of every business that has some: adding a business adds a file and nothing else."""
    found = {}
    for entry in pkgutil.iter_modules(kijun.reference.__path__):
        if entry.ispkg and importlib.util.find_spec(f"kijun.reference.{entry.name}.screens"):
            declared: Screens = importlib.import_module(f"kijun.reference.{entry.name}.screens").SCREENS
            found[declared.slug] = declared
    return found


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be done: for the clerk, and as the number that support asks for."""

    message: str
    code: str = ""


# signing in and out --------------------------------------------------------------------------------------


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    return _page(request, "sign_in.html", None, given=dict(request.query_params))


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """An individual signs in with passphrase and one-time code; the account of a role with the key of the role."""
    given = _values(await request.body())
    store, tenant = request.app.state.store, given.get("tenant", "")
    try:
        day = _day(given.get("day", ""))
    except ValueError:
        problem = Trouble("処理日が正しくありません。確かめて、もう一度入力してください。", "invalid_value")
        return _page(request, "sign_in.html", None, 422, problem=problem, given=given)
    bearer = _bearer(store, tenant, given.get("user_id", ""), given.get("passphrase", ""), given.get("code", ""))
    if bearer is None:
        problem = Trouble(
            "団体、利用者ID、合言葉又は認証番号が違います。確かめて、もう一度入力してください。", "forbidden"
        )
        return _page(request, "sign_in.html", None, 403, problem=problem, given=given)
    with store.transaction() as session:
        sitting = desk.sit_down(session, tenant, f"Bearer {bearer}", None, is_query=False)
        seat = WebSession(
            tenant=tenant,
            number=secrets.token_urlsafe(32),
            operator=sitting.operator,
            role=sitting.role,
            bearer=bearer,
            day=day,
            form_key=secrets.token_urlsafe(16),
            expires_at=_now() + timedelta(minutes=SESSION_MINUTES),
        )
        session.add(seat)
        answer = RedirectResponse("/clerk/", 303)
        answer.set_cookie(COOKIE, f"{tenant}.{seat.number}", httponly=True, samesite="strict", path="/clerk")
        return answer


def _day(told: str) -> date | None:
    """Raises ValueError for a day that does not exist."""
    return date.fromisoformat(told) if told else None


def _bearer(store: Store, tenant_id: str, user_id: str, passphrase: str, code: str) -> str | None:
    """What the requests of this clerk are authorized with, when both factors (or the key of a role) are right."""
    with store.transaction() as session:
        tenant = session.get(Tenant, tenant_id)
        if tenant is None:
            return None
        role = desk.role_of(tenant, passphrase)
        day = tenant.business_date
        if role is not None and user_id == f"{role}-01":
            events.note(session, tenant_id, "authentication", day, user_id, "サインイン", "completed")
            return passphrase
    return accounts.enter(store, tenant_id, user_id, passphrase, code, day)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    seat = _seat(request)
    if seat and _values(await request.body()).get("form_key") == seat.form_key:
        with request.app.state.store.transaction() as session:
            session.delete(session.get(WebSession, (seat.tenant, seat.number)))
            accounts.sign_out(session, seat.tenant, seat.bearer)
    answer = RedirectResponse("/clerk/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/clerk")
    return answer


def _seat(request: Request) -> WebSession | None:
    """Who sits in front of this page; nobody when the session is unknown or has expired."""
    tenant, _, number = request.cookies.get(COOKIE, "").partition(".")
    with request.app.state.store.transaction() as session:
        found: WebSession | None = session.get(WebSession, (tenant, number))
    return found if found and found.expires_at > _now() else None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


# what stands before signing in ---------------------------------------------------------------------------


@router.get("/about")
def about(request: Request) -> Response:
    """Product, vendor, version, build: what support asks for first."""
    return _page(request, "about.html", _seat(request), product=request.app.state.product)


@router.get("/prepare")
def prepare_page(request: Request) -> Response:
    return _prepare(request, {}, None)


@router.post("/prepare")
async def prepare(request: Request) -> Response:
    """A fresh municipality for tests and exercises, with one account per role."""
    given = _values(await request.body())
    try:
        day = date.fromisoformat(given.get("business_date", ""))
    except ValueError:
        problem = Trouble("業務日を正しく入力してください。", "invalid_value")
        return _prepare(request, given, None, problem)
    with request.app.state.store.transaction() as session:
        tenant = open_tenant(session, given.get("municipality_code", ""), given.get("municipality_class", ""), day)
        opened = {"団体": tenant.id}
        opened |= {f"{ROLE_NAMES[role]}の合言葉": desk.token_of(tenant, role) for role in desk.ROLES}
    return _prepare(request, given, opened)


def _prepare(
    request: Request, given: Mapping[str, str], opened: Mapping[str, str] | None, problem: Trouble | None = None
) -> Response:
    status = 422 if problem else 200
    kinds = MUNICIPALITIES
    return _page(request, "prepare.html", None, status, given=given, opened=opened, problem=problem, kinds=kinds)


# pages ---------------------------------------------------------------------------------------------------


@router.get("/")
def home(request: Request) -> Response:
    seat = _seat(request)
    return _page(request, "home.html", seat) if seat else RedirectResponse("/clerk/sign-in", 303)


@router.get("/{business}/{slug}")
def show(request: Request, business: str, slug: str) -> Response:
    """A form to fill in; one that only inquires is answered at once when the address carries what it requires."""
    seat, screen = _seat(request), _screen(business, slug)
    if seat is None or screen is None:
        return RedirectResponse("/clerk/sign-in", 303) if seat is None else _nothing(request, seat)
    given = {name: value for name, value in request.query_params.items() if value}
    is_sent = screen.is_query and screen.is_asked_by(request.query_params)
    answer, problem = _ask(request, seat, screen, given) if is_sent else (None, None)
    return _form(request, seat, business, screen, given, answer, problem)


@router.post("/{business}/{slug}")
async def submit(request: Request, business: str, slug: str) -> Response:
    seat, screen = _seat(request), _screen(business, slug)
    if seat is None or screen is None:
        return RedirectResponse("/clerk/sign-in", 303) if seat is None else _nothing(request, seat)
    given = _values(await request.body())
    if given.pop("form_key", "") != seat.form_key:
        stale = Trouble("この画面は古くなっています。内容を確かめて、もう一度送ってください。", "stale_page")
        return _form(request, seat, business, screen, given, None, stale)
    answer, problem = _ask(request, seat, screen, given)
    return _form(request, seat, business, screen, given, answer, problem)


def _ask(
    request: Request, seat: WebSession, screen: Screen, given: Mapping[str, str]
) -> tuple[dict[str, Any] | None, Trouble | None]:
    """The answer of the operation, or what the clerk has to do instead."""
    try:
        form = screen.form(**_typed(screen, given))
    except ValidationError as error:
        labels = {field.name: field.label for field in screen.fields}
        names = "、".join(labels.get(str(fault["loc"][0]), str(fault["loc"][0])) for fault in error.errors())
        return None, Trouble(f"{names}を正しく入力してください。", routing.fault_code(error.errors()))
    headers = (seat.tenant, f"Bearer {seat.bearer}", seat.day)
    answer = routing.serve(request.app.state.store, screen.handler, screen.operation, form, screen.is_query, headers)
    if isinstance(answer, partial):  # long work, worked off while the clerk waits
        answer = answer()
    if isinstance(answer, JSONResponse):
        told = json.loads(bytes(answer.body))
        return None, Trouble(told["message"], told.get("code", "system_error"))
    return answer, None


def _typed(screen: Screen, given: Mapping[str, str]) -> dict[str, Any]:
    """What was written, without empty boxes; a tick that is not set is sent by no browser."""
    typed: dict[str, Any] = {}
    for field in screen.fields:
        value = given.get(field.name, "").strip()
        if field.kind == "checkbox":
            typed[field.name] = value == "on"
        elif value:
            typed[field.name] = value
    return typed


def _values(body: bytes) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _screen(business: str, slug: str) -> Screen | None:
    declared = businesses().get(business)
    return declared.screen(slug) if declared else None


def _nothing(request: Request, seat: WebSession) -> Response:
    return _page(request, "home.html", seat, 404, problem=Trouble("その画面はありません。下の一覧から選んでください。"))


def _form(
    request: Request,
    seat: WebSession,
    business: str,
    screen: Screen,
    given: Mapping[str, str],
    answer: dict[str, Any] | None,
    problem: Trouble | None,
) -> Response:
    declared = businesses()[business]
    view = View(declared, screen, given)
    today = (seat.day or _business_date(request, seat)).isoformat()
    proposed = {} if answer is not None or problem else proposals(screen, today)
    return _page(
        request,
        "screen.html",
        seat,
        422 if problem else 200,
        business=declared,
        screen=screen,
        given={**proposed, **given},
        parts=view.parts(answer) if answer is not None else None,
        onward=view.onward(answer) if answer is not None else [],
        problem=problem,
    )


def proposals(screen: Screen, today: str) -> dict[str, str]:
    """What stands in the boxes of a page that was not sent yet."""
    return {one.name: today if one.preset == TODAY else one.preset for one in screen.fields if one.preset}


def _business_date(request: Request, seat: WebSession) -> date:
    with request.app.state.store.transaction() as session:
        tenant = session.get(Tenant, seat.tenant)
        if tenant is None:
            raise Refusal("not_found", "その団体はありません。")
        day: date = tenant.business_date
        return day


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as a clerk reads it, and the pages it leads to."""

    text: str
    links: tuple[tuple[str, str], ...] = ()  # address, label
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with pairs (label, cell), or with a table."""

    title: str
    pairs: tuple[tuple[str, Cell], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    count: int | None = None  # of the rows of a table


@dataclass(frozen=True, slots=True)
class View:
    """Turns the answer of an operation into what stands on the page."""

    business: Screens
    screen: Screen
    given: Mapping[str, str]  # what the clerk wrote

    def parts(self, answer: Mapping[str, Any]) -> list[Part]:
        single = [key for key, value in answer.items() if not isinstance(value, list | dict)]
        found = [
            Part(title, pairs=self._pairs({key: answer[key] for key in keys}))
            for title, keys in self.screen.grouped(single, "結果")
        ]
        for key, value in answer.items():
            if isinstance(value, dict):
                found.append(Part(self.label(key), pairs=self._pairs(value)))
            elif isinstance(value, list):
                found.append(self._table(key, value))
        return found

    def onward(self, answer: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Address and title of the pages to go on with."""
        known = {**self.given, **answer}
        pages = [one for slug in self.screen.then if (one := self.business.screen(slug))]
        return [(self.business.address(one.slug, known), one.title) for one in pages]

    def _pairs(self, values: Mapping[str, Any]) -> tuple[tuple[str, Cell], ...]:
        return tuple((self.label(key), self._cell(key, values)) for key in values)

    def _table(self, key: str, rows: list[dict[str, Any]]) -> Part:
        columns = list(rows[0]) if rows else []
        cells = tuple(tuple(self._cell(column, row) for column in columns) for row in rows)
        return Part(self.label(key), columns=tuple(map(self.label, columns)), rows=cells, count=len(rows))

    def label(self, key: str) -> str:
        known = words.known().get(key)
        return self.business.labels.get(key) or (known.label if known else key)

    def _cell(self, key: str, row: Mapping[str, Any]) -> Cell:
        value = row.get(key)
        leads = (self.screen.links or {}).get(key, ()) if value else ()
        links = tuple((self.business.address(to, self._known(key, row)), label) for to, label in leads)
        is_number = isinstance(value, int) and not isinstance(value, bool) and words.type_of(key) != "fiscal_year"
        return Cell(self._text(key, value), links, is_number)

    def _known(self, key: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """What a link from this value can carry; another use of a number leads to what the number names."""
        word = words.known().get(key)
        return {**self.given, **row, (word.same_as if word else "") or key: row[key]}

    def _text(self, key: str, value: Any) -> str:
        if value is None or value == "":
            return "―"
        if isinstance(value, bool):
            return "はい" if value else "いいえ"
        word = words.known().get(key)
        if isinstance(value, int) and word and word.type == "yen":
            return f"{value:,}円"
        codes = self.business.codes.get(key) or (word.codes if word else {})
        return codes.get(str(value), str(value))


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).with_name("templates"))
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)


def _page(request: Request, template: str, seat: WebSession | None, status: int = 200, **values: Any) -> HTMLResponse:
    known = {
        "problem": None,
        "business": None,
        "screen": None,
        "seat": seat,
        "here": request.url.path,
        "role_names": ROLE_NAMES,
        "menu": _menu(),
        **values,
    }
    page = _environment().get_template(template).render(**known)
    return HTMLResponse(page, status, {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY})


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def _menu() -> list[tuple[str, str, list[tuple[str, list[tuple[str, str]]]]]]:
    """Slug and name of every business, and its groups of pages as (address, title)."""
    found = []
    for declared in businesses().values():
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in declared.screens:
            groups.setdefault(one.group, []).append((declared.address(one.slug, {}), one.title))
        found.append((declared.slug, declared.name, list(groups.items())))
    return found
