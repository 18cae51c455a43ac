"""Operations on the remark of a taxpayer, and on characters."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import characters, remarks

router = APIRouter(prefix="/v1")


class ByTaxpayer(BaseModel):
    taxpayer_id: str


class RemarkChange(ByTaxpayer):
    remark: str = Field(min_length=1)
    base_version: int = 0


class Conversion(BaseModel):
    source_text: str = Field(min_length=1)
    character_set: Literal["unicode", "unicode_signed", "cp932"]


class ScreenCopy(ByTaxpayer):
    screen_name: str = Field(min_length=1)


def revise_remark(desk: Desk, given: RemarkChange) -> dict[str, Any]:
    """宛名の備考の記入"""
    return {"remark_version": remarks.change(desk, given.taxpayer_id, given.remark, given.base_version)}


def get_remark(desk: Desk, given: ByTaxpayer) -> dict[str, Any]:
    """宛名の備考の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    found = remarks.current(desk, given.taxpayer_id)
    return {"remark": found.text if found else None, "remark_version": remarks.version(found)}


def transcode_characters(_desk: Desk, given: Conversion) -> dict[str, Any]:
    """文字の変換"""
    text, replaced = characters.converted(given.source_text, given.character_set)
    return {"converted_text": text, "replaced_characters": [replaced_line(one) for one in replaced]}


def replaced_line(one: characters.Replaced) -> dict[str, Any]:
    return {"source_character": one.character, "code_point": one.code_point, "substitute_character": one.substitute}


def copy_screen(desk: Desk, given: ScreenCopy) -> dict[str, Any]:
    """画面の写しの出力"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    return {"screen_name": given.screen_name}


routing.add(router, "/remarks", RemarkChange, revise_remark)
routing.add(router, "/remarks/one", ByTaxpayer, get_remark, is_query=True)
routing.add(router, "/characters", Conversion, transcode_characters, is_query=True)
routing.add(router, "/screen-copies", ScreenCopy, copy_screen)
