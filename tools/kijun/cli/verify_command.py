"""kijun verify"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kijun.bundle.keys import fingerprint, read_public
from kijun.bundle.layout import DATA
from kijun.bundle.statement import OURS
from kijun.bundle.timestamp import read_authority
from kijun.bundle.verify import Retrial, State, Verification, verify
from kijun.catalog.root import spec_root, suite_digest
from kijun.catalog.run_folder import EVIDENCE
from kijun.cli.common import add_spec, cache, clean, editions_text, say
from kijun.cli.report_command import RENDERERS
from kijun.engine.replay import replay
from kijun.engine.suite import Suite
from kijun.model.requirement import MunicipalityClass
from kijun.model.verdict import Claim, Status
from kijun.reporting.run_view import RunView

_GROUPS = {"mandatory": "実装必須", "optional_claimed": "標準オプション（実装と宣言）", "prohibited": "実装不可"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, metavar="ファイル.zip", help="受け取った束")
    parser.add_argument("--trust", type=Path, required=True, metavar="key.pub", help="束とは別に受け取った公開鍵")
    parser.add_argument(
        "--tsa-cert", type=Path, metavar="証明書.pem", help="時刻認証局の証明書（タイムスタンプを確かめる）"
    )
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    trusted = read_public(arguments.trust)
    authority = read_authority(arguments.tsa_cert) if arguments.tsa_cert else ()
    root = spec_root(arguments.spec)
    found = verify(arguments.bundle, trusted, lambda folder: judge(folder, root), datetime.now(UTC), authority)
    if arguments.json:
        say(json.dumps(_record(found, fingerprint(trusted)), ensure_ascii=False, indent=1))
    else:
        say(f"束: {arguments.bundle}")
        for line in _told(found, fingerprint(trusted)):
            say(line)
    return found.exit_code


def judge(folder: Path, root: Path) -> Retrial:
    """Make the reports of an unpacked run again, and play its cases again by the suite it was made with."""
    view = RunView.read(folder)
    reports = {name: render(view) for name, render in RENDERERS.items()}
    start = view.report.facts.start
    own = suite_digest(root)
    if start["suite_digest"] != own:
        unplayed = (
            f"束の試験一式（{editions_text(start['edition'])}、{start['suite_digest'][:12]}…）は、"
            f"この kijun のもの（{own[:12]}…）と違います。証跡からシナリオを判定し直していません。"
            "その版の kijun か、--spec にその版のフォルダーを指定して確かめてください。"
        )
        return Retrial(reports, 0, (), unplayed)
    again = replay(folder, Suite.load(root, cache()))
    return Retrial(reports, again.played, again.disagreements, "")


def _told(found: Verification, trusted: str) -> Iterator[str]:
    yield f"署名: {'正しい' if found.is_signed else '確かめられません'}（指定した公開鍵の指紋 {trusted}）"
    if found.predicate:
        yield from _contents(found)
    yield from _files(found.files)
    if found.predicate:
        yield from _retrial(found)
    yield from (f"× {clean(one)}" for one in found.findings)
    yield from (f"△ {clean(one)}" for one in found.unchecked)
    yield f"結果: {_RESULTS[found.exit_code]}"


_RESULTS = {
    0: "署名の後に変わったところはなく、計算し直した判定も同じです。",
    1: "このままでは信じられません。× の所を送り主に示し、もう一度送るよう頼んでください。",
    2: "署名の後に変わったところはありませんが、△ の所は確かめていません。",
}


def _contents(found: Verification) -> Iterator[str]:
    ours = found.predicate[OURS]
    suite = _configured(found.predicate, "suite")
    yield f"確認コード: {found.code}（電話や紙で、送り主のものと比べてください）"
    yield f"製品: {_product(ours['product'])}"
    yield f"版: {editions_text(suite['annotations']['edition'])}"
    yield f"試験一式: {suite['digest']['sha256']}"
    yield f"条件: {_profile(_configured(found.predicate, 'profile')['annotations']['profile'])}"
    yield f"実行: {ours['recorded'][0]} から {ours['recorded'][1]} まで（実行した機械の時計による）"
    yield f"タイムスタンプ: {_token(found)}"
    yield f"判定: {Claim(ours['claim']).label}（{ours['claim']}）"
    for group, label in _GROUPS.items():
        counted = [f"{status.label} {count}" for status in Status if (count := ours["counts"][group][status])]
        yield f"  {label}: {'、'.join(counted) or 'なし'}"
    if ours["left_out"]:
        yield f"束に入れていない証跡: {ours['left_out']} 件（製品の画面の HTML など。SHA-256 は実行記録にあります）"
    privacy = ours["privacy"]
    yield (
        f"個人番号のように見える数字: {privacy['numbers']} か所、架空と分からない氏名など: {privacy['persons']} か所、"
        f"調べられない画像など: {privacy['unsearched']} 件"
        + (f"（{clean(privacy['office'])}が認めた: {clean(privacy['reason'])}）" if privacy["reason"] else "")
    )


def _token(found: Verification) -> str:
    if found.token is None:
        return "なし"
    how = (
        "指定した証明書の時刻認証局のものと確かめました"
        if found.token.is_proved
        else "この署名に対するものですが、時刻認証局の署名は確かめていません。--tsa-cert で確かめられます"
    )
    return f"{found.token.time:%Y-%m-%dT%H:%M:%SZ}（{how}）"


def _files(files: Mapping[str, State]) -> Iterator[str]:
    """Every file with its state; pieces of evidence that are intact are many and are counted."""
    counts = Counter(files.values())
    yield f"ファイル: {'、'.join(f'{state.label} {counts[state]}' for state in State if counts[state])}"
    room = f"{DATA}{EVIDENCE}/"
    alike: Counter[State] = Counter()
    for name, state in files.items():
        if name.startswith(room) and state in (State.INTACT, State.UNKNOWN):
            alike[state] += 1
        else:
            yield f"  {state.label} {name}"
    yield from (f"  {state.label} {room} の証跡 {count} 件" for state, count in alike.items())


def _retrial(found: Verification) -> Iterator[str]:
    if found.played:
        yield f"判定のし直し: {found.played} 件のシナリオを証跡から、全ての要件を記録から判定し直しました。"


def _configured(predicate: Mapping[str, Any], name: str) -> Any:
    return next(one for one in predicate["configuration"] if one["name"] == name)


def _profile(profile: Mapping[str, Any]) -> str:
    kind = MunicipalityClass(profile["municipality_class"]).label
    return clean(f"{profile['title']}（{profile['municipality_name']}、{kind}、{profile['as_of']}）")


def _product(product: Mapping[str, str] | None) -> str:
    if product is None:
        return "名乗りなし"
    return clean(f"{product['product']} {product['version']}（{product['vendor']}、ビルド {product['build']}）")


def _record(found: Verification, trusted: str) -> dict[str, Any]:
    return {
        "signed": found.is_signed,
        "trusted_key": trusted,
        "signer": found.signer,
        "check_code": found.code,
        "envelope_sha256": found.digest,
        "files": {name: state.value for name, state in found.files.items()},
        "statement": dict(found.predicate),
        "timestamp": {"time": found.token.time.isoformat(), "proved": found.token.is_proved} if found.token else None,
        "cases_judged_again": found.played,
        "findings": list(found.findings),
        "unchecked": list(found.unchecked),
    }
