"""Turns a business function into a route whose operationId is the function's name."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session
from starlette.types import Receive, Scope, Send

from kijun.reference import desk as desks
from kijun.reference import displays, logbook, papers
from kijun.reference.errors import Refusal
from kijun.reference.store import Store, hold_tenant

_log = logging.getLogger("kijun.reference")
_PAUSE_SECONDS = 0.002
_MISSING = frozenset({"missing", "string_too_short"})
QUERIES: set[str] = set()  # the names of all operations that change nothing
Handler = Callable[[desks.Desk, Any], dict[str, Any]]
Endpoint = Callable[[Request], Awaitable[JSONResponse]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a business offers under one name, whichever way it is asked."""

    module: str
    form: type[BaseModel]
    is_query: bool


OPERATIONS: dict[str, Operation] = {}
_endpoints: dict[tuple[str, str], Endpoint] = {}  # by method and path


def add(router: APIRouter, path: str, form: type[BaseModel], handler: Handler, is_query: bool = False) -> None:
    """Route a handler: queries are GET with parameters, commands POST with a JSON body."""
    name = handler.__name__
    OPERATIONS[name] = Operation(handler.__module__, form, is_query)
    if is_query:
        QUERIES.add(name)

    async def endpoint(request: Request) -> JSONResponse:
        try:
            given = form(**request.query_params) if is_query else form.model_validate_json(await request.body())
            headers = _headers(request)
        except ValidationError as error:
            return explained(error.errors())
        except ValueError:
            return explained([{"loc": ("business-date",), "type": "date"}])
        work = partial(serve, request.app.state.store, _handler(name), name, given, is_query, headers)
        answer = await performed(request, work)
        if isinstance(answer, partial):
            answer = await run_in_threadpool(answer)
        return answer if isinstance(answer, JSONResponse) else JSONResponse(answer)

    summary = (handler.__doc__ or name).split("\n")[0]
    method = router.get if is_query else router.post
    method(path, name=name, operation_id=name, summary=summary)(endpoint)
    _endpoints["GET" if is_query else "POST", router.prefix + path] = endpoint


async def performed(request: Request, work: Callable[[], Any]) -> Any:
    """Where one request at a time reaches the database, a thread for each would only wait for the others."""
    return work() if request.app.state.store.is_one_at_a_time else await run_in_threadpool(work)


class Counter(FastAPI):
    """The application, with a short way to its operations in front of the routes that describe them.

    No path of an operation has a variable part but its last, so a look into a table replaces a walk through layers
    and along hundreds of routes; and its endpoint reads the request itself, so nothing of FastAPI's own reading is
    missed.
    """

    def openapi(self) -> dict[str, Any]:
        """The published interface. Forms are described when it is asked for: that takes longer than routing them."""
        if self.openapi_schema is None:
            for route in self.routes:
                operation = OPERATIONS.get(route.operation_id or "") if isinstance(route, APIRoute) else None
                if isinstance(route, APIRoute) and operation:
                    route.openapi_extra = _described(operation.form, operation.is_query)
        return super().openapi()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = _endpoint(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if endpoint is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        response = await endpoint(Request(scope, receive, send))
        await response(scope, receive, send)


def offer(router: APIRouter, method: str, path: str, endpoint: Endpoint, form: type[BaseModel] | None = None) -> None:
    """Route what is not an operation of a business; the last part of the path may be variable (`{name}`)."""
    body = {"content": {"application/json": {"schema": form.model_json_schema()}}} if form else None
    described = {"requestBody": body} if body else {}
    router.add_api_route(path, endpoint, methods=[method], openapi_extra=described)
    head, _, last = path.rpartition("/")
    _endpoints[method, f"{head}/" if last.startswith("{") else path] = endpoint


def _endpoint(method: str, path: str) -> Endpoint | None:
    return _endpoints.get((method, path)) or _endpoints.get((method, path[: path.rfind("/") + 1]))


def _headers(request: Request) -> tuple[str, str, date | None]:
    """Municipality, authorization and day. Raises ValueError for a day that is none."""
    told = request.headers
    day = told.get("business-date")
    return told.get("x-tenant", ""), told.get("authorization", ""), date.fromisoformat(day) if day else None


def explained(faults: Sequence[Any]) -> JSONResponse:
    """What a form lacks or holds wrongly, in the form of every other refusal."""
    names = "、".join(str(fault["loc"][-1]) if fault["loc"] else "本文" for fault in faults)
    code = fault_code(faults)
    told = "がありません" if code == "missing_item" else "の値が正しくありません"
    return JSONResponse({"code": code, "message": f"{names}{told}。"}, status_code=422)


def fault_code(faults: Sequence[Any]) -> str:
    """Whether a form merely lacks something, or holds something wrong."""
    missing = bool(faults) and all(fault["type"] in _MISSING for fault in faults)
    return "missing_item" if missing else "invalid_value"


def _described(form: type[BaseModel], is_query: bool) -> dict[str, Any]:
    """The form and the headers for the published interface. They are read here and not by FastAPI, which is faster."""
    schema = form.model_json_schema()
    headers = [
        {"name": name, "in": "header", "required": required, "schema": {"type": "string"}}
        for name, required in (("X-Tenant", True), ("Authorization", True), ("Business-Date", False))
    ]
    if not is_query:
        return {
            "parameters": headers,
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        }
    required_items = schema.get("required", ())
    items = [
        {"name": name, "in": "query", "required": name in required_items, "schema": one}
        for name, one in schema.get("properties", {}).items()
    ]
    return {"parameters": [*items, *headers]}


def ask(
    store: Store, name: str, items: Mapping[str, Any], headers: tuple[str, str, date | None]
) -> tuple[int, dict[str, Any]]:
    """Status and content of an operation asked for by name, to the last of its transactions."""
    operation = OPERATIONS[name]
    try:
        answer = serve(store, _handler(name), name, operation.form(**items), operation.is_query, headers)
    except ValidationError as error:
        answer = explained(error.errors())
    if isinstance(answer, partial):
        answer = answer()
    if isinstance(answer, JSONResponse):
        return answer.status_code, json.loads(bytes(answer.body))
    return 200, answer


def _handler(name: str) -> Handler:
    """The function as it is called now: a test may have put another one in its place."""
    module = OPERATIONS[name].module
    handler: Handler = getattr(__import__(module, fromlist=[name]), name)
    return handler


def serve(
    store: Store,
    handler: Handler,
    name: str,
    given: BaseModel,
    is_query: bool,
    headers: tuple[str, str, date | None],
) -> Any:
    """Authorize, perform, log. A refusal rolls back what was done and is logged in a transaction of its own.

    Returns the answer, or what is still to be called for it when the work goes on in further transactions.
    """
    desk: desks.Desk | None = None
    try:
        with store.transaction() as session:
            desk = desks.sit_down(session, *headers, is_query)
            desk.target_id = getattr(given, "vehicle_id", None) or getattr(given, "taxpayer_id", None)
            desks.authorize(desk, name, is_query)
            hidden = desks.hidden_items(desk)
            answer = handler(desk, given)
            papers.keep(desk, answer)
            desks.record(desk, name, "completed")
        if desk.more is not None:
            return partial(_worked_off, store, desk, answer, hidden)
        return displays.masked(answer, hidden)
    except Refusal as refusal:
        if desk is not None:
            with store.transaction() as session:
                _log_refusal(session, desk, name)
        return JSONResponse({"code": refusal.code, "message": refusal.message}, status_code=refusal.status)
    except Exception:  # noqa: BLE001 - told to the caller as a fault of ours, and to the operator with its trace
        _log.exception("%s failed", name)
        return JSONResponse({"message": "システムの異常です。"}, status_code=500)


def _worked_off(store: Any, desk: desks.Desk, answer: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    """Long work goes on in short transactions, and lets others in between: a batch must not stop the counter."""
    while desk.more is not None:
        work, desk.more = desk.more, None
        time.sleep(_PAUSE_SECONDS)
        with store.transaction() as session:
            hold_tenant(session, desk.id)
            desk.session = session
            answer = work(desk)
    done: dict[str, Any] = displays.masked(answer, hidden)
    return done


def _log_refusal(session: Session, desk: desks.Desk, name: str) -> None:
    logbook.append(session, desks.log_line(desk, name, "refused"))
    for keep in desk.on_refusal:
        keep(session)
