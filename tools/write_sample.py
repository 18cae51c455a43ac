"""Writes the sample: a run of the reference system against an excerpt of the standard, every paper, a signature.

Run it after a change of a report: the bundle holds the reports, too.

reports/samples/reference/ is a specification root of its own. It is an excerpt, so that the signed run in it stays
good while the standard grows; the key that signed it was thrown away.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import yaml

from kijun.catalog.root import shipped_root
from kijun.cli.report_command import ON_REQUEST, STANDARD, write_reports

ROOT = shipped_root()
SAMPLE = ROOT / "reports" / "samples" / "reference"
BUSINESS = "light_vehicle_tax"
FEATURES = ("heavy_surcharge", "former_rates", "annual_amounts_by_year", "canary")
COPIED = ("requirements/businesses.yaml", "requirements/municipalities.csv", "requirements/municipalities.README.md")
SHOWN = ("pdf", "badge")
DECLARATION = """\
# 見本。架空の会社による、架空の宣言です。
declaration:
  serial: "1"
  issuer:
    name: "架空システム株式会社"
    address: "架空県見本市見本町1番地"
    corporate_number: "7000020992011"
    contact: "品質保証部 03-0000-0000"
  object: {{ product: "kijun 参照システム", version: "0.1.0", municipality_code: "992011" }}
  conformity_numbers: []
  place: "架空県見本市"
  date: "{day}"
  signer: {{ title: "代表取締役", name: "架空　太郎" }}
"""
README = """\
# 見本 / Sample

標準の抜粋（経年重課と税率の要件 {rows} 件）を、kijun の参照システムに対して実行した結果です。
インストールせずに見られます。
An excerpt of the standard, run against kijun's reference system. Everything here can be opened without installing.

| ファイル | 内容 |
|---|---|
| `report.html` | 報告書。ダブルクリックで開きます（ネットワーク不要、English の切替えあり） |
| `report.pdf` / `report.xlsx` | 印刷用 / 表計算用の報告書 |
| `report.json` / `junit.xml` / `badge.svg` | 機械が読む報告、継続的インテグレーション用、バッジ |
| `declaration.pdf` | 自己適合宣言書の見本（`declaration.yaml` から。架空の会社） |
| `bundle.zip` / `key.pub` / `verify.html` | 署名付きの束、公開鍵、ブラウザーで確かめる頁 |
| `requirements/` `features/` | 実行した抜粋（版は草案。要件の実装区分と日付は推定で、公式の表と照合していません） |

束は、このフォルダーで次の二つの命令で確かめられます。

```console
kijun --version
kijun verify bundle.zip --trust key.pub --spec .
```

Python のない端末では、`verify.html` をダブルクリックし、`bundle.zip` と `key.pub` を落とします。

この見本の鍵は、署名した後に捨てました。`python tools/write_sample.py` が全てを作り直します。
"""


def main() -> None:
    shutil.rmtree(SAMPLE, ignore_errors=True)
    write_excerpt()
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder, "kijun-out", "sample")
        kijun("run", "--spec", str(SAMPLE), "--seed", "sample", "--run-id", "sample", "--no-progress", at=folder)
        kijun("key", "new", "--out", "keys", at=folder)
        kijun("bundle", str(run), "--key", "keys", "--out", str(SAMPLE / "bundle.zip"), at=folder)
        shutil.copy(Path(folder, "keys", "key.pub"), SAMPLE)
        write("declaration.yaml", DECLARATION.format(day=date.today()))
        kijun("declare", str(run), "--by", str(SAMPLE / "declaration.yaml"), "--out", "declaration.pdf", at=folder)
        shutil.copy(Path(folder, "declaration.pdf"), SAMPLE)
        write_papers(run)


def write_excerpt() -> None:
    """The rows, features and words that the excerpt is made of."""
    for name in (*COPIED, *(f"requirements/glossary/{one.name}" for one in (ROOT / "requirements/glossary").iterdir())):
        copy(name)
    for name in FEATURES:
        copy(f"features/local_tax/{BUSINESS}/{name}.feature")
    wanted = {tag for name in FEATURES for tag in _cited(ROOT / f"features/local_tax/{BUSINESS}/{name}.feature")}
    table = f"requirements/local_tax/{BUSINESS}.yaml"
    head, *rows = (ROOT / table).read_text(encoding="utf-8").split("\n  - id: ")
    chosen = [row for row in rows if row.split('"')[1] in wanted]
    write(table, "\n  - id: ".join([head, *chosen]).rstrip() + "\n")
    write("README.md", README.format(rows=len(chosen)))
    _write_target(wanted)


def _cited(feature: Path) -> set[str]:
    words = feature.read_text(encoding="utf-8").split()
    return {word.removeprefix("@req:") for word in words if word.startswith("@req:")}


def _write_target(wanted: set[str]) -> None:
    """Profile, declaration and address of the reference system, for the one business."""
    write("requirements/profiles/sample_city.yaml", _only(ROOT / "requirements/profiles/sample_city.yaml"))
    copy("requirements/systems/reference/sut.yaml")
    statement = yaml.safe_load((ROOT / "requirements/systems/reference/statement.yaml").read_text(encoding="utf-8"))
    statement["statement"]["editions"] = {BUSINESS: statement["statement"]["editions"][BUSINESS]}
    statement["answers"] = [one for one in statement["answers"] if one["requirement"] in wanted]
    text = yaml.safe_dump(statement, allow_unicode=True, sort_keys=False, default_style='"', width=1000)
    write("requirements/systems/reference/statement.yaml", text)


def _only(profile: Path) -> str:
    return profile.read_text(encoding="utf-8").replace('["local_tax_common", "light_vehicle_tax"]', f'["{BUSINESS}"]')


def write_papers(run: Path) -> None:
    """Every report of a run that somebody may want to see before installing anything."""
    papers = (*STANDARD, *(ON_REQUEST[kind] for kind in SHOWN))
    write_reports(run, papers)
    for paper in papers:
        shutil.copy(run / paper.name, SAMPLE)


def kijun(*arguments: str, at: str) -> None:
    command = [sys.executable, "-m", "kijun", *arguments]
    subprocess.run(command, cwd=at, check=True)  # noqa: S603 - the words of this file


def copy(name: str) -> None:
    (SAMPLE / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / name, SAMPLE / name)


def write(name: str, text: str) -> None:
    (SAMPLE / name).parent.mkdir(parents=True, exist_ok=True)
    (SAMPLE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
