"""Turns a business function into a route whose operationId is the function's name."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from kijun.reference import desk as desks
from kijun.reference import displays, logbook, papers
from kijun.reference.errors import Refusal

_log = logging.getLogger("kijun.reference")
_PAUSE_SECONDS = 0.002
QUERIES: set[str] = set()  # the names of all operations that change nothing
Handler = Callable[[desks.Desk, Any], dict[str, Any]]


def add(router: APIRouter, path: str, form: type[BaseModel], handler: Handler, is_query: bool = False) -> None:
    """Route a handler: queries are GET with parameters, commands POST with a JSON body."""
    name = handler.__name__
    if is_query:
        QUERIES.add(name)

    async def endpoint(
        request: Request,
        given: Any,
        x_tenant: Annotated[str, Header()],
        authorization: Annotated[str, Header()] = "",
        business_date: Annotated[date | None, Header()] = None,
    ) -> Any:
        module = __import__(handler.__module__, fromlist=[name])
        headers = (x_tenant, authorization, business_date)
        work = partial(serve, request, getattr(module, name), name, given, is_query, headers)
        # where one request at a time reaches the database, a thread for each would only wait for the others
        answer = work() if request.app.state.store.is_one_at_a_time else await run_in_threadpool(work)
        if isinstance(answer, partial):
            answer = await run_in_threadpool(answer)
        return answer if isinstance(answer, JSONResponse) else JSONResponse(answer)

    endpoint.__annotations__["given"] = Annotated[form, Query()] if is_query else form
    endpoint.__name__ = name
    method = router.get if is_query else router.post
    method(path, operation_id=name, summary=(handler.__doc__ or name).split("\n")[0])(endpoint)


def serve(
    request: Request,
    handler: Handler,
    name: str,
    given: BaseModel,
    is_query: bool,
    headers: tuple[str, str, date | None],
) -> Any:
    """Authorize, perform, log. A refusal rolls back what was done and is logged in a transaction of its own.

    Returns the answer, or what is still to be called for it when the work goes on in further transactions.
    """
    store = request.app.state.store
    desk: desks.Desk | None = None
    try:
        with store.transaction() as session:
            desk = desks.sit_down(session, *headers)
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
            desk.session = session
            answer = work(desk)
    done: dict[str, Any] = displays.masked(answer, hidden)
    return done


def _log_refusal(session: Session, desk: desks.Desk, name: str) -> None:
    logbook.append(session, desks.log_entry(desk, name, "refused"))
    for keep in desk.on_refusal:
        keep(session)
