"""Somebody in front of the clerks' pages, with the cookies of one browser and no mouse."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import urllib3


class Clerk:
    """Works in a municipality of their own unless one is given; `pages` is the business they work in."""

    def __init__(
        self, url: str, role: str = "assessor", tenant: dict[str, Any] | None = None, pages: str = "light_vehicle_tax"
    ) -> None:
        self.http, self.url, self.cookie = urllib3.PoolManager(), url, ""
        body = {"municipality_code": "992011", "municipality_class": "general_city", "business_date": "2026-06-01"}
        self.tenant = tenant or self.http.request("POST", f"{url}/tenants", json=body).json()
        self.role, self.pages = role, f"/clerk/{pages}"

    def sign_in(self, **changed: str) -> int:
        given = {
            "tenant": self.tenant["tenant"],
            "user_id": f"{self.role}-01",
            "passphrase": self.tenant["tokens"][self.role],
        }
        answer = self.send("/clerk/sign-in", {**given, **changed})
        self.cookie = answer.headers.get("set-cookie", "").split(";")[0]
        return answer.status

    def send(self, path: str, given: dict[str, str]) -> Any:
        return self.http.request(
            "POST",
            self.url + path,
            fields=given,
            encode_multipart=False,
            redirect=False,
            headers={"Cookie": self.cookie},
        )

    def get(self, path: str) -> tuple[int, str]:
        answer = self.http.request("GET", self.url + path, redirect=False, headers={"Cookie": self.cookie})
        return answer.status, answer.data.decode()

    def fill(self, page: str, given: dict[str, str]) -> tuple[int, str]:
        """Open the form and send it, as a browser does."""
        form_key = re.findall(r'name="form_key" value="([^"]+)"', self.get(f"{self.pages}/{page}")[1])[-1]
        answer = self.send(f"{self.pages}/{page}", {**given, "form_key": form_key})
        return answer.status, answer.data.decode()


def said(page: str) -> str:
    """The message of a refusal; nothing where none stands."""
    found = re.search(r'role="alert"[^>]*>(.*?)</div>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""
