"""Scaffolds a business: one slug, a first piece of it in every room, and one example that fails until its rule stands.

    python tools/new_business.py corporate_inhabitant_tax
    python tools/new_business.py flower_pot --name 鉢植え台帳 --number 990 --area other

A business of the registry (requirements/businesses.yaml) brings its name, number and area; any other needs the
options and is added to the registry as own judgement. Nothing that exists is overwritten, and no file of engine,
drivers, reporting or cli is touched.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from kijun.catalog.yaml_reader import read_yaml

TEMPLATES = Path(__file__).with_name("business_template")
PROFILE = "requirements/profiles/sample_city.yaml"
STATEMENT = "requirements/systems/reference/statement.yaml"
_REGISTRY_ROW = """\
  - id: "{number}"
    slug: "{slug}"
    area: "{area}"
    name: "{name}"
    aliases: []
    survey_2019: false
    ministry: "{ministry}"
    world: "closed"
    certainty: "own_judgement"
"""
_SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Business:
    """What a slug stands for."""

    slug: str
    name: str
    number: str  # 標準仕様ID
    area: str
    ministry: str = ""  # only of a business that is not in the registry yet

    def places(self) -> dict[str, str]:
        """Template → file, in every room."""
        return {
            "requirements/glossary.yaml.j2": f"requirements/glossary/{self.slug}.yaml",
            "requirements/table.yaml.j2": f"requirements/{self.area}/{self.slug}.yaml",
            "features/first_example.feature.j2": f"features/{self.area}/{self.slug}/first_example.feature",
            "features/canary.feature.j2": f"features/{self.area}/{self.slug}/canary.feature",
            "reference/__init__.py.j2": f"tools/kijun/reference/{self.slug}/__init__.py",
            "reference/rules.py.j2": f"tools/kijun/reference/{self.slug}/rules.py",
            "reference/records.py.j2": f"tools/kijun/reference/{self.slug}/records.py",
            "reference/api.py.j2": f"tools/kijun/reference/{self.slug}/api.py",
            "defects/first_example.py.j2": f"tests/defects/{self.slug}/first_example.py",
        }


class CannotScaffold(Exception):
    """Something is missing or in the way; nothing was written."""


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("slug", help="英語の呼び名（例 corporate_inhabitant_tax）")
    parser.add_argument("--name", default="", help="業務の名称（登録簿にない業務のとき）")
    parser.add_argument("--number", default="", help="標準仕様ID の3桁（登録簿にない業務のとき）")
    parser.add_argument("--area", default="", help="分野のフォルダー名（登録簿にない業務のとき）")
    parser.add_argument("--ministry", default="総務省", help="所管（登録簿にない業務のとき。既定は総務省）")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1], help="仕様の根")
    asked = parser.parse_args(argv)
    try:
        business = identified(asked)
        written = scaffold(asked.root, business)
    except CannotScaffold as error:
        print(error, file=sys.stderr)
        return 4
    print("\n".join(written))
    print(f"次に: kijun run --business {business.slug} で、初めの例が不合格になることを見てください。")
    return 0


def identified(asked: Any) -> Business:
    """The business of the registry, or the one described by the options. Raises CannotScaffold."""
    if not _SLUG.fullmatch(asked.slug):
        raise CannotScaffold(f"「{asked.slug}」は使えません。小文字の英数字を _ でつないでください。")
    rows = read_yaml(asked.root / "requirements" / "businesses.yaml").data["systems"]
    row = next((one for one in rows if one["slug"] == asked.slug), None)
    if row is not None:
        return Business(row["slug"], row["name"], row.get("id") or asked.number or "999", row["area"])
    if not (asked.name and asked.number and asked.area):
        raise CannotScaffold(
            f"業務「{asked.slug}」は登録簿（requirements/businesses.yaml）にありません。登録簿の呼び名を使うか、"
            "--name、--number、--area を全て指定してください。"
        )
    if any(one.get("id") == asked.number for one in rows):
        raise CannotScaffold(f"標準仕様ID {asked.number} は別の業務の番号です。使われていない3桁にしてください。")
    return Business(asked.slug, asked.name, asked.number, asked.area, asked.ministry)


def scaffold(root: Path, business: Business) -> list[str]:
    """Write every file and entry; returns what was written or extended. Raises CannotScaffold before writing."""
    taken = [name for name in business.places().values() if (root / name).exists()]
    if taken:
        raise CannotScaffold(f"すでにあるので何も書きませんでした: {'、'.join(taken)}")
    environment = jinja2.Environment(  # noqa: S701 - plain text and code, not HTML
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    today = date.today()
    for template, name in business.places().items():
        text = environment.get_template(template).render(
            slug=business.slug,
            name=business.name,
            number=business.number,
            camel="".join(part.title() for part in business.slug.split("_")),
            edition=f"{today:%Y-%m}",
            today=today.isoformat(),
        )
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [*business.places().values(), *_entered(root, business, f"{today:%Y-%m}")]


def _entered(root: Path, business: Business, edition: str) -> list[str]:
    """The business takes part in the sample profile, and the reference system answers for it."""
    changed = [PROFILE, STATEMENT]
    _edit(root / PROFILE, r"(businesses: \[[^\]]*)\]", rf'\1, "{business.slug}"]')
    _edit(root / STATEMENT, r"(  editions:\n)", rf'\1    {business.slug}: "{edition}"\n')
    answer = f'  - {{ requirement: "{business.number}-1.1.1-01", answer: "yes" }}\n'
    _edit(root / STATEMENT, r"\Z", answer)
    if business.ministry:
        changed.append("requirements/businesses.yaml")
        row = _REGISTRY_ROW.format(**asdict(business))
        _edit(root / "requirements" / "businesses.yaml", r"\Z", row)
    return changed


def _edit(path: Path, pattern: str, replacement: str) -> None:
    text, times = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
    if not times:
        raise CannotScaffold(f"{path} に書き足す場所が見つかりません。")
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
