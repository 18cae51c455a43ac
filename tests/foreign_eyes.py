"""Reports read by what others wrote: public schemas, parsers and models. Each function lists what they complain of."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attr
import jsonschema_rs
import xmlschema
from allure_commons import model2
from rdflib import RDF, Graph, Literal, Namespace, URIRef

SCHEMAS = Path(__file__).parent / "reporting" / "schemas"

EARL = Namespace("http://www.w3.org/ns/earl#")
# https://www.w3.org/TR/EARL10-Schema/: classes; properties with the class they belong to and the class they lead to
EARL_CLASSES = {"Assertion", "Assertor", "Software", "TestSubject", "TestRequirement", "TestCase", "TestResult"}
EARL_PROPERTIES = {
    "assertedBy": ("Assertion", {"Assertor"}),
    "subject": ("Assertion", {"TestSubject"}),
    "test": ("Assertion", {"TestCriterion", "TestRequirement", "TestCase"}),
    "result": ("Assertion", {"TestResult"}),
    "mode": ("Assertion", {"automatic", "manual", "semiAuto", "undisclosed", "unknownMode"}),
    "outcome": ("TestResult", {"passed", "failed", "cantTell", "inapplicable", "untested"}),
    "info": ("TestResult", set()),
}
EARL_NEEDED = {"Assertion": ("assertedBy", "subject", "test", "result"), "TestResult": ("outcome",)}


def json_schema_complaints(content: bytes, schema: str) -> list[str]:
    return [f"{list(one.instance_path)} {one.message}" for one in _json_schema(schema).iter_errors(json.loads(content))]


def xml_schema_complaints(content: bytes, schema: str) -> list[str]:
    found = xmlschema.XMLSchema(SCHEMAS / schema).iter_errors(ElementTree.fromstring(content))
    return [f"{one.path} {one.reason}" for one in found]


def earl_complaints(content: bytes) -> list[str]:
    """Against the vocabulary: known terms only, each where it belongs, and nothing missing or twice."""
    graph = earl_graph(content)
    found = [f"unknown class {one}" for one in graph.objects(None, RDF.type) if _earl(one) not in EARL_CLASSES]
    for subject, predicate, target in graph:
        if str(predicate).startswith(EARL):
            found += _property_complaints(graph, subject, _earl(predicate), target)
    for owner, names in EARL_NEEDED.items():
        owners = set(graph.subjects(RDF.type, EARL[owner]))
        found += [] if owners else [f"no {owner}"]
        found += [
            f"{one} has not one {name}"
            for one in owners
            for name in names
            if len(set(graph.objects(one, EARL[name]))) != 1
        ]
    return found


def earl_graph(content: bytes) -> Graph:
    return Graph().parse(data=content, format="json-ld")


def allure_complaints(content: bytes) -> list[str]:
    """Against the model that the makers of Allure write their own results with."""
    return _model_complaints(json.loads(content), model2.TestResult)


def _property_complaints(graph: Graph, subject: Any, name: str, target: Any) -> list[str]:
    if name not in EARL_PROPERTIES:
        return [f"unknown property {name}"]
    owner, leads_to = EARL_PROPERTIES[name]
    found = [] if (subject, RDF.type, EARL[owner]) in graph else [f"{name} on something that is no {owner}"]
    if name in ("mode", "outcome"):
        right = isinstance(target, URIRef) and _earl(target) in leads_to
    elif leads_to:
        right = any((target, RDF.type, EARL[one]) in graph for one in leads_to)
    else:
        right = isinstance(target, Literal)
    return found if right else [*found, f"{name} leads to {target}"]


def _earl(term: Any) -> str:
    return str(term).removeprefix(str(EARL)) if str(term).startswith(EARL) else f"<{term}>"


@cache
def _json_schema(name: str) -> Any:
    document = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(document, validate_formats=True)


_PARTS = {
    "statusDetails": model2.StatusDetails,
    "steps": model2.TestStepResult,
    "attachments": model2.Attachment,
    "parameters": model2.Parameter,
    "labels": model2.Label,
    "links": model2.Link,
}
_ALLURE_STATUSES = {value for name, value in vars(model2.Status).items() if name.isupper()}


def _model_complaints(record: dict[str, Any], model: Any) -> list[str]:
    known = {field.name for field in attr.fields(model)}
    found = [f"{model.__name__} knows no {name}" for name in record if name not in known]
    if "status" in known and record.get("status") not in _ALLURE_STATUSES:
        found.append(f"no status {record.get('status')}")
    for name, part in _PARTS.items():
        inner = record.get(name, []) if name in known else []
        for one in inner if isinstance(inner, list) else [inner]:
            found += _model_complaints(one, part)
    return found
