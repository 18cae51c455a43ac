"""The HTTP application: system routes, and the routes of every business found in this package."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.orm import Session

import kijun.reference
from kijun.reference import desk, routing, store, web

VERSION = "0.1.0"
system = APIRouter(tags=["system"])


class NewTenant(BaseModel):
    municipality_code: str
    municipality_class: str
    business_date: date


class NewTenants(NewTenant):
    number: int = Field(ge=1, le=64)


@system.get("/about")
async def about() -> dict[str, str]:
    """Product, vendor, version and a digest of the program files."""
    return product()


@system.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


async def open_tenant(request: Request) -> JSONResponse:
    """A fresh municipality with one account per role."""
    try:
        given = NewTenant.model_validate_json(await request.body())
    except ValidationError as error:
        return routing.explained(error.errors())

    def work() -> dict[str, Any]:
        with request.app.state.store.transaction() as session:
            return opened(session, given)

    return JSONResponse(await routing.performed(request, work))


def opened(session: Session, given: NewTenant) -> dict[str, Any]:
    tenant = store.open_tenant(session, given.municipality_code, given.municipality_class, given.business_date)
    tokens = {role: desk.token_of(tenant, role) for role in desk.ROLES}
    return {"tenant": tenant.id, "tokens": tokens, "state_digest": "empty"}


async def open_tenants(request: Request) -> JSONResponse:
    """As many fresh municipalities as are asked for, each of its own."""
    try:
        given = NewTenants.model_validate_json(await request.body())
    except ValidationError as error:
        return routing.explained(error.errors())

    def work() -> dict[str, Any]:
        with request.app.state.store.transaction() as session:
            return {"tenants": [opened(session, given) for _ in range(given.number)]}

    return JSONResponse(await routing.performed(request, work))


async def drop_tenants(request: Request) -> JSONResponse:
    """Municipalities and everything about them go; more than one are joined by commas."""
    tenants = request.url.path.rpartition("/")[2].split(",")

    await routing.performed(request, partial(request.app.state.store.drop, tenants))
    return JSONResponse({"tenants": tenants})


routing.offer(system, "POST", "/tenants", open_tenant, NewTenant)
routing.offer(system, "POST", "/tenants/several", open_tenants, NewTenants)
routing.offer(system, "DELETE", "/tenants/{tenants}", drop_tenants)


def product() -> dict[str, str]:
    return {"product": "kijun 参照システム", "vendor": "kijun", "version": VERSION, "build": build()}


def name() -> str:
    """The same in a word: every answer bears it (RFC 9110 10.2.4), so that nobody has to ask again."""
    return f"kijun-reference/{VERSION} ({build()})"


@cache
def build() -> str:
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".yaml", ".json", ".typ"):
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def businesses() -> Iterator[APIRouter]:
    """The router of every subpackage: adding a business adds a folder and nothing else."""
    for entry in pkgutil.iter_modules(kijun.reference.__path__):
        if entry.ispkg:
            yield importlib.import_module(f"kijun.reference.{entry.name}.api").router


def create_app(database_url: str) -> FastAPI:
    app = routing.Counter(title="kijun 参照システム", version=VERSION, docs_url=None, redoc_url=None)
    app.include_router(system)
    app.include_router(web.router)
    for router in businesses():
        app.router.routes.extend(router.routes)
    app.state.product = product()
    app.state.store = store.Store(database_url)  # after the businesses: their tables are known now
    app.add_exception_handler(RequestValidationError, _explain)
    return app


def _explain(_request: Request, error: Exception) -> JSONResponse:
    """FastAPI's own complaints in the form of every other refusal."""
    return routing.explained(error.errors() if isinstance(error, RequestValidationError) else [])
