"""The specification as ReqIF: accepted by the published schema, and read back without loss by another program."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from contextlib import chdir
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import reqif
import xmlschema
from edition_rows import row, table
from lxml import etree
from miniature import FEES, LEDGER, Miniature
from published import dressed, gathered
from reqif.models.reqif_types import SpecObjectAttributeType
from reqif.parser import ReqIFParser
from reqif.reqif_bundle import ReqIFBundle
from reqif.unparser import ReqIFUnparser

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.model.edition import Edition
from kijun.publishing.specification import Specification, specification
from kijun.publishing.specification_reqif import ATTRIBUTES, CHOICES, cells_of, render

AT = datetime(2026, 11, 24, tzinfo=UTC)
SCHEMA = Path(reqif.__file__).parent / "reqif_schema" / "reqif.xsd"
HOSTILE = "=1+1\u202e逆\n<b>&amp;\"'\t𠮷 \\n 終わり"


def of_rows(*rows: Mapping[str, Any], retired: Any = ()) -> Specification:
    catalog = Catalog.load(shipped_root())
    return specification(Edition("1", (table(rows, retired=retired),)), catalog)


def read(content: bytes) -> ReqIFBundle:
    return ReqIFParser.parse_from_string(content.decode())


def rows_of(bundle: ReqIFBundle) -> list[dict[str, Any]]:
    """Every requirement as the other program holds it, back in the form of the table."""
    found = bundle.core_content.req_if_content.spec_objects
    return [cells_of(values_of(one)) for one in found if one.spec_object_type == "type_requirement"]


def values_of(one: Any) -> dict[str, Any]:
    return {attribute.definition_ref: value_of(attribute) for attribute in one.attributes}


def value_of(attribute: Any) -> str:
    if attribute.attribute_type is SpecObjectAttributeType.ENUMERATION:
        (chosen,) = attribute.value
        return chosen.split("_", 2)[2]
    if attribute.attribute_type is SpecObjectAttributeType.XHTML:
        inner = re.sub(r"<(xhtml:)?br\s*/>", "\n", attribute.value.strip())
        return "".join(etree.fromstring(f'<x xmlns:xhtml="x">{inner}</x>').itertext())
    return str(attribute.value)


def accepted(content: bytes) -> bool:
    """Whether the schema of the OMG accepts the file."""
    return bool(_schema().is_valid(io.BytesIO(content)))


@cache
def _schema() -> xmlschema.XMLSchema:
    with chdir(Path(reqif.__file__).parent.parent):  # its imports are relative to this folder
        return xmlschema.XMLSchema(SCHEMA)


@pytest.fixture(scope="module")
def shipped() -> Specification:
    catalog = Catalog.load(shipped_root())
    return specification(Edition("今の要件表", catalog.tables), catalog)


def test_every_cell_of_every_row_comes_back_through_another_program(shipped: Specification) -> None:
    rows = [dict(one.requirement.row) for one in shipped.rows]
    bundle = read(render(shipped, AT))
    assert rows_of(bundle) == rows
    again = read(ReqIFUnparser.unparse(bundle).encode())
    assert rows_of(again) == rows


def test_every_cell_that_a_table_may_have_has_its_attribute() -> None:
    """A cell that is added to the tables must not be lost in silence."""
    document = json.loads((shipped_root() / "requirements/schema/requirement_table.json").read_text())
    row_schema = document["properties"]["requirements"]["items"]
    row_schema = document["$defs"][row_schema["$ref"].split("/")[-1]] if "$ref" in row_schema else row_schema
    paths = set()
    for name, cell in row_schema["properties"].items():
        paths |= {(name, inner) for inner in cell["properties"]} if "properties" in cell else {(name,)}
    assert {one.path for one in ATTRIBUTES} == paths


def test_what_is_absent_stays_absent_and_what_is_empty_stays_empty() -> None:
    rows = [
        row("01", HOSTILE, operations=[], rationale=HOSTILE),
        row("02", "二", verification={"method": "inspection", "procedure": [HOSTILE, "札を\\見る。"]}),
        row("03", "三", effective={"from": "2020-04-01", "to": "2027-03-31", "basis": "b", "source": "draft"}),
        row("04", "四", supersedes=["999-1.1.1-01"], incidents=["INC-01"], documents=["tag"]),
    ]
    content = render(of_rows(*rows), AT)
    assert rows_of(read(content)) == rows
    assert accepted(content)


def test_what_no_xml_can_hold_stands_as_its_code() -> None:
    content = render(of_rows(row("01", "半分\ud800の字\x07", rationale="\x00")), AT)
    (found,) = rows_of(read(content))
    assert (found["text"], found["rationale"]) == ("半分〔U+D800〕の字〔U+0007〕", "〔U+0000〕")


def test_the_published_schema_accepts_the_whole_specification(mini: Miniature) -> None:
    content = render(gathered(dressed(mini)), AT)
    assert accepted(content)
    assert not accepted(content.replace(b"<TITLE>", b"<TITEL>").replace(b"</TITLE>", b"</TITEL>"))


def test_headings_hold_their_rows_and_every_reference_resolves(mini: Miniature) -> None:
    document = gathered(dressed(mini))
    root = etree.fromstring(render(document, AT))
    ids = [one.get("IDENTIFIER") for one in root.iter() if one.get("IDENTIFIER")]
    assert len(ids) == len(set(ids))
    references = {one.text for one in root.iter() if str(one.tag).endswith("-REF")}
    assert references <= set(ids)
    objects = {one.identifier: one for one in read(render(document, AT)).core_content.req_if_content.spec_objects}
    (whole,) = read(render(document, AT)).core_content.req_if_content.specifications
    depth_first = [(one.level, objects[one.spec_object]) for one in flat(whole.children)]
    told = [(level, value_of(one.attributes[0])) for level, one in depth_first]
    assert told[:4] == [(1, "1 鉢"), (2, "1.1 台帳"), (3, "1.1.1 料金"), (4, FEES)]
    assert [value for level, value in told if level == 4] == [one.id for one in document.rows]


def flat(children: Any) -> list[Any]:
    return [found for one in children for found in (one, *flat(one.children or []))]


def test_scenarios_check_their_requirements_and_followers_their_formers(mini: Miniature) -> None:
    document = gathered(dressed(mini))
    content = read(render(document, AT)).core_content.req_if_content
    texts = {one.identifier: values_of(one) for one in content.spec_objects}
    checks = [one for one in content.spec_relations if one.relation_type_ref == "type_checks"]
    assert len(checks) == sum(len(one.scenarios) for one in document.rows) > 0
    first = next(one for one in checks if one.target == f"requirement_{LEDGER}")
    assert "ならば 「鉢の一覧」は次のとおりである\n| 鉢の番号 |" in texts[first.source]["attribute_scenario.text"]


def test_a_number_that_is_used_no_more_is_there_for_what_follows_it() -> None:
    gone = {
        "id": "999-1.1.1-09",
        "edition": "1",
        "because": "分けた",
        "superseded_by": ["999-1.1.1-01", "999-1.1.1-77"],
    }
    document = of_rows(row("01", "一"), row("02", "二", supersedes=["999-1.1.1-09", "999-1.1.1-88"]), retired=[gone])
    content = read(render(document, AT)).core_content.req_if_content
    pairs = [(one.source[-2:], one.target[-2:]) for one in content.spec_relations]
    assert pairs == [("02", "09"), ("01", "09")]
    retired = next(one for one in content.spec_objects if one.spec_object_type == "type_retired")
    assert values_of(retired)["attribute_retired.because"] == "分けた"


def test_enumerations_are_those_of_the_tables() -> None:
    assert [*CHOICES["obligation"]] == ["mandatory", "optional", "prohibited", "none"]
    content = read(render(of_rows(row("01", "一")), AT)).core_content.req_if_content
    labels = {value.long_name for one in content.data_types for value in getattr(one, "values", None) or ()}
    assert {"実装必須", "標準オプション", "実装不可", "規定なし"} <= labels


def test_the_same_specification_gives_the_same_bytes(shipped: Specification) -> None:
    assert render(shipped, AT) == render(shipped, AT)
    assert b'LAST-CHANGE="2026-11-24T00:00:00Z"' in render(shipped, AT)
