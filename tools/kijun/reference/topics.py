"""Puts a business together from its topics: every module of its package that has a router."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable

from fastapi import APIRouter


def router_of(package: str, paths: Iterable[str]) -> APIRouter:
    """One router with the routes of all topics, in the order of their names: a new topic adds a file and nothing else.

    The routes themselves are taken over, not the routers: nested routers are searched anew at every request.
    """
    whole = APIRouter()
    for entry in pkgutil.iter_modules(list(paths)):
        if entry.name != "api":
            part = getattr(importlib.import_module(f"{package}.{entry.name}"), "router", None)
            if isinstance(part, APIRouter):
                whole.routes.extend(part.routes)
    return whole
