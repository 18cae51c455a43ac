"""Reads requirements/inquiry.yaml: the codes with which bodies answer an inquiry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kijun.catalog.root import shipped_root
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import CatalogError, Problem
from kijun.model.inquiry import OpinionCode, OpinionCodes, squeezed


def read_codes(root: Path) -> OpinionCodes:
    """The codes of a root, or the shipped ones. Raises CatalogError with all problems."""
    own = root / "requirements" / "inquiry.yaml"
    file = read_yaml(own if own.exists() else shipped_root() / "requirements" / "inquiry.yaml")
    problems = file.problems or schema_problems("inquiry", file) or list(_contradictions(file))
    if problems:
        raise CatalogError(problems)
    codes = tuple(
        OpinionCode(row["code"], row["sign"], row["label"], row["meaning"], row["opinion"])
        for row in file.data["codes"]
    )
    return OpinionCodes(file.data["inquiry"]["source"], codes)


def _contradictions(file: YamlFile) -> Iterable[Problem]:
    rows = file.data["codes"]
    if sum(not row["opinion"] for row in rows) != 1:
        hint = "空欄の行が何を意味し得るかを決めるためです。一つだけを opinion: false にしてください。"
        yield Problem(file.at("codes"), "意見でない符号（opinion: false）が一つではありません。", hint)
    for index, row in enumerate(rows):
        if squeezed(row["sign"]).strip("()") != row["code"]:
            told = f"印「{row['sign']}」は番号 {row['code']} と読めません。"
            yield Problem(file.at("codes", index, "sign"), told, "番号と同じ丸数字などにしてください（例 ③）。")
    for name in ("code", "label"):
        seen: set[str] = set()
        for index, row in enumerate(rows):
            word = squeezed(row[name])
            if word in seen:
                told = f"「{row[name]}」が二つの符号にあります。"
                yield Problem(file.at("codes", index, name), told, "符号ごとに違うものにしてください。")
            seen.add(word)
