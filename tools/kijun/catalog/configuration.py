"""Reads what buyers and vendors bring: profile, statement, system, attestations, waivers, reviews, disputes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.catalog import Catalog, read_municipalities
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import Key, YamlFile, read_yaml
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.office import Office
from kijun.model.personal_number import personal_numbers_in
from kijun.model.profile import FileForm, Profile, municipality_check_digit
from kijun.model.requirement import MunicipalityClass, Obligation
from kijun.model.statement import Answer, ImplementationConformanceStatement, SystemUnderTest

Problems = list[Problem]
ATTESTATIONS, EVIDENCE = "attestations", "evidence"  # rooms of a vendor's folder, the second within the first


def read_checked(path: Path, schema: str) -> tuple[YamlFile, Problems]:
    """A YAML file and everything wrong with its form; its data is only to be used when nothing is."""
    file = read_yaml(path)
    return file, file.problems or schema_problems(schema, file)


def read_profile(path: Path, catalog: Catalog | Edition) -> Profile:
    """Read a profile that speaks of these tables. Raises ConfigurationError with all problems."""
    file, problems = read_checked(path, "profile")
    if problems:
        raise ConfigurationError(problems)
    data = file.data["profile"]
    problems = [*_municipality_problems(file), *_business_problems(file, catalog)]
    problems = problems or [*_wish_problems(file, catalog), *_office_problems(file, catalog)]
    if problems:
        raise ConfigurationError(problems)
    return Profile(
        id=data["id"],
        title=data["title"],
        municipality=read_municipalities()[data["municipality"]["code"]],
        as_of=date.fromisoformat(data["as_of"]),
        businesses=tuple(data["businesses"]),
        files=FileForm(**data.get("files", {})),
        options=frozenset(data.get("options", ())),
        offices=tuple(
            Office(
                one["name"],
                chapters=frozenset((part["business"], major) for part in one["covers"] for major in part["majors"]),
            )
            for one in data.get("offices", ())
        ),
        weights={one["requirement"]: one["weight"] for one in data.get("weights", ())},
    )


def _municipality_problems(file: YamlFile) -> Iterable[Problem]:
    asked = file.data["profile"]["municipality"]
    at, code = file.at("profile", "municipality", "code"), asked["code"]
    right = municipality_check_digit(code[:5])
    if code[5] != right:
        hint = f"先頭5桁が正しければ末尾は {right} です。"
        yield Problem(at, f"団体コード {code} の検査数字が合いません。", hint)
        return
    body = read_municipalities().get(code)
    if body is None:
        yield Problem(
            at,
            f"団体コード {code} の団体は登録簿にありません。",
            "requirements/municipalities.csv を確かめてください。",
        )
    elif body.kind is not MunicipalityClass(asked["class"]):
        hint = f"class を {body.kind.value} にしてください。"
        yield Problem(
            file.at("profile", "municipality", "class"), f"{body.name}の団体区分は「{body.kind.label}」です。", hint
        )


def _wish_problems(file: YamlFile, catalog: Catalog | Edition) -> Iterable[Problem]:
    """Options and weights that speak of requirements which this profile does not have, or not as options."""
    data, known = file.data["profile"], catalog.requirements
    kind = MunicipalityClass(data["municipality"]["class"])
    named = [(("options", index), one) for index, one in enumerate(data.get("options", ()))]
    named += [(("weights", index), row["requirement"]) for index, row in enumerate(data.get("weights", ()))]
    for key, one in named:
        at = file.at("profile", *key)
        if one not in known or known[one].business not in data["businesses"]:
            hint = "番号と版を確かめるか、その業務を businesses に加えてください。"
            yield Problem(at, f"要件 {one} は、この条件の業務の要件表にありません。", hint)
        elif key[0] == "options" and known[one].category[kind] is not Obligation.OPTIONAL:
            hint = "この行を消してください（実装必須の要件は、書かなくても求められます）。"
            told = f"要件 {one} は「{known[one].category[kind].label}」で、標準オプションではありません。"
            yield Problem(at, told, hint)
    for one, count in Counter(row["requirement"] for row in data.get("weights", ())).items():
        if count > 1:
            yield Problem(
                file.at("profile", "weights"), f"要件 {one} の重みが {count} つあります。", "一つにしてください。"
            )


def _office_problems(file: YamlFile, catalog: Catalog | Edition) -> Iterable[Problem]:
    """Chapters that no table has, and chapters of two offices."""
    data = file.data["profile"]
    chapters = {(one.business, one.major) for one in catalog.requirements.values()}
    taken: dict[tuple[str, str], str] = {}
    for index, office in enumerate(data.get("offices", ())):
        for place, part in enumerate(office["covers"]):
            at = file.at("profile", "offices", index, "covers", place)
            for chapter in ((part["business"], major) for major in part["majors"]):
                if chapter[0] not in data["businesses"] or chapter not in chapters:
                    there = "、".join(sorted(major for slug, major in chapters if slug == chapter[0]))
                    hint = f"あるのは {there} です。" if there else "businesses にある業務の大項目を書いてください。"
                    yield Problem(at, f"業務「{chapter[0]}」に大項目「{chapter[1]}」はありません。", hint)
                elif chapter in taken:
                    told = f"大項目「{chapter[1]}」は「{taken[chapter]}」の分です。"
                    yield Problem(at, told, "一つの大項目は、一つの課だけに書いてください。")
                taken.setdefault(chapter, office["name"])


def _business_problems(file: YamlFile, catalog: Catalog | Edition) -> Iterable[Problem]:
    known = {table.business for table in catalog.tables}
    for index, slug in enumerate(file.data["profile"]["businesses"]):
        if slug not in known:
            hint = f"使えるのは {', '.join(sorted(known))} です。"
            yield Problem(file.at("profile", "businesses", index), f"業務「{slug}」の要件表がありません。", hint)


def read_system(folder: Path) -> SystemUnderTest:
    """Read sut.yaml of a vendor's folder. Raises ConfigurationError."""
    path = folder / "sut.yaml"
    if not path.exists():
        hint = "フォルダーに sut.yaml を置くか、--system で正しいフォルダーを指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "つなぎ方の宣言（sut.yaml）がありません。", hint)])
    file, problems = read_checked(path, "sut")
    if problems:
        raise ConfigurationError(problems)
    data = file.data["sut"]
    return SystemUnderTest(
        folder=folder.resolve(),
        driver=data["driver"],
        command=tuple(data.get("command", ())),
        settings=data.get("settings", {}),
        deadlines={name: value / 1000 for name, value in data.get("deadline_milliseconds", {}).items()},
        sessions=data.get("sessions"),
        **({"memory_megabytes": data["memory_megabytes"]} if "memory_megabytes" in data else {}),
    )


def read_statement(folder: Path, catalog: Catalog) -> ImplementationConformanceStatement:
    """Read statement.yaml. Unknown, double or edition-foreign answers are problems; unanswered rows are not yet."""
    path = folder / "statement.yaml"
    if not path.exists():
        hint = "kijun statement new で空の宣言書を作り、全ての要件に答えてください。"
        raise ConfigurationError([Problem(Position.of(path), "実装適合宣言書（statement.yaml）がありません。", hint)])
    file, problems = read_checked(path, "statement")
    if problems:
        raise ConfigurationError(problems)
    problems = [*_edition_problems(file, catalog), *_answer_problems(file, catalog)]
    if problems:
        raise ConfigurationError(problems)
    rows = file.data["answers"]
    return ImplementationConformanceStatement(
        editions=file.data["statement"]["editions"],
        answers={row["requirement"]: Answer(row["answer"]) for row in rows},
        due={row["requirement"]: row["due"] for row in rows if "due" in row},
    )


def unanswered(statement: ImplementationConformanceStatement, catalog: Catalog, folder: Path) -> Problems:
    """One problem naming every requirement of the catalog that the statement does not answer."""
    missing = [one for one in catalog.requirements if statement.answer(one) is Answer.UNANSWERED]
    if not missing:
        return []
    shown = "、".join(missing[:5]) + (" ほか" if len(missing) > 5 else "")
    hint = "無回答は「いいえ」ではありません。yes、no、planned のいずれかを書いてください。"
    at = Position.of(folder / "statement.yaml")
    return [Problem(at, f"{len(missing)} 件の要件に答えていません（{shown}）。", hint)]


def _edition_problems(file: YamlFile, catalog: Catalog) -> Iterable[Problem]:
    for business, edition in file.data["statement"]["editions"].items():
        table = catalog.table(business)
        at = file.at("statement", "editions", business)
        if table and table.edition != edition:
            hint = "宣言書を今の版で答え直すか、その版の試験一式を使ってください。"
            yield Problem(at, f"宣言書は「{edition}」版、要件表は「{table.edition}」版です。", hint)


def _answer_problems(file: YamlFile, catalog: Catalog) -> Iterable[Problem]:
    declared = set(file.data["statement"]["editions"])
    known = catalog.requirements
    yield from row_problems(
        file, known, {catalog.systems.get(table.business, {}).get("id", "") for table in catalog.tables}
    )
    for index, row in enumerate(file.data["answers"]):
        one = row["requirement"]
        if one in known and known[one].business not in declared:
            hint = "editions に業務と版を書いてください。"
            yield Problem(file.at("answers", index), f"要件 {one} の業務の版が editions にありません。", hint)


def row_problems(file: YamlFile, known: Collection[str], numbers: Collection[str]) -> Iterable[Problem]:
    """Answers to rows that no table has, though it is one of these businesses, and second answers."""
    seen: set[str] = set()
    for index, row in enumerate(file.data["answers"]):
        at, one = file.at("answers", index), row["requirement"]
        if one not in known and one.split("-")[0] in numbers:
            yield Problem(at, f"要件 {one} は要件表にありません。", "番号と版を確かめてください。")
        if one in seen:
            yield Problem(at, f"要件 {one} に二度答えています。", "一方を消してください。")
        seen.add(one)


def read_records(
    paths: Iterable[Path], kind: str, known: Collection[str], today: date | None = None
) -> list[dict[str, Any]]:
    """Rows of files of attestations, waivers, reviews or disputes (`kind`); `known` are the ids they may speak of.

    With `today` a row whose `expires` lies before it is a problem. Raises ConfigurationError with all problems.
    """
    rows: list[dict[str, Any]] = []
    problems: Problems = []
    subject = "scenario" if kind == "disputes" else "requirement"
    for path in paths:
        file, faults = read_checked(path, kind.removesuffix("s"))
        problems += faults
        if faults:
            continue
        for index, row in enumerate(file.data[kind]):
            problems += _personal_numbers(file, (kind, index), row)
            problems += _unknown(file.at(kind, index), subject, row[subject], known)
            if today and "expires" in row and date.fromisoformat(row["expires"]) < today:
                hint = "延ばすのなら、出した者が新しい期限を書いてください。終わったのなら、行を消してください。"
                problems.append(
                    Problem(file.at(kind, index, "expires"), f"期限（{row['expires']}）が過ぎています。", hint)
                )
            rows.append(row)
    if problems:
        raise ConfigurationError(problems)
    return sorted(rows, key=lambda row: (row[subject], row.get("date", "")))


def _unknown(at: Position, subject: str, one: str, known: Collection[str]) -> Problems:
    if one in known:
        return []
    if subject == "requirement":
        return [Problem(at, f"要件 {one} は要件表にありません。", "番号と版を確かめてください。")]
    moved = next((other for other in known if other.partition("#")[2] == one.partition("#")[2]), "")
    hint = f"移っています。{moved} と書いてください。" if moved else "直されたか、なくなりました。見直してください。"
    return [Problem(at, f"シナリオ {one} は試験一式にありません。", hint)]


def _personal_numbers(file: YamlFile, key: Key, row: dict[str, Any]) -> Problems:
    """These rows go into every report: what looks like a 個人番号 must not be among their words."""
    hint = "番号を消すか、「個人番号（記載省略）」のように書き換えてください。"
    return [
        Problem(file.at(*key, name), f"「{name}」に個人番号のように見える数字があります。", hint)
        for name, value in row.items()
        if isinstance(value, str) and any(personal_numbers_in(value))
    ]


def read_attestations(folder: Path, catalog: Catalog) -> list[dict[str, Any]]:
    """Rows of a vendor's attestations; `changed_evidence` names kept evidence that is not what it was."""
    room = folder / ATTESTATIONS
    rows = read_records(sorted(room.glob("*.yaml")), "attestations", catalog.requirements)
    return [{**row, "changed_evidence": changed} if (changed := _changed(room, row)) else row for row in rows]


def _changed(room: Path, row: dict[str, Any]) -> list[str]:
    """Evidence that is not kept here cannot be compared: its digest stands as declared."""
    return [
        one["name"]
        for one in row.get("evidence", ())
        if Path(one["name"]).name == one["name"]
        and (kept := room / EVIDENCE / one["name"]).is_file()
        and file_digest(kept) != one["sha256"]
    ]


def file_digest(path: Path) -> str:
    """SHA-256 of a file of any size."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
