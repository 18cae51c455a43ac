"""The graph: every edge has two ends, and other people's readers find in the file what stands in the document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from edition_rows import edition, row, table
from miniature import FEES, SMASHING, Miniature
from published import dressed, gathered
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import RDFS

from kijun.catalog.catalog import Catalog
from kijun.model.edition import Edition
from kijun.publishing.specification import specification
from kijun.publishing.traces import VOCABULARY, Edge, Link, Thing, as_jsonld, node_id, traces

FEES_NODE = node_id(Thing.REQUIREMENT, FEES)


def test_every_edge_of_a_requirement_is_there(mini: Miniature) -> None:
    graph = traces(gathered(dressed(mini)))
    told = {(edge.link, graph.nodes[edge.target].label) for edge in graph.outward[FEES_NODE]}
    assert told == {
        (Link.IN_BUSINESS, "鉢植え台帳"),
        (Link.RESTS_ON, "架空法 1条"),
        (Link.VERIFIED_BY, "<大きさ>の鉢の料金は<料金>である"),
        (Link.NEEDS, "料金の計算"),
        (Link.CONCERNS, "札"),
        (Link.REFERS_TO, "INC-01"),
        (Link.STANDS_IN, "今の要件表"),
    }
    incident = graph.inward[node_id(Thing.INCIDENT, "INC-01")]
    assert {graph.nodes[edge.source].key for edge in incident} == {FEES, "RoundsUp"}
    assert [(edge.link, graph.nodes[edge.source].key) for edge in graph.inward[FEES_NODE]] == [
        (Link.BREAKS, "RoundsUp")
    ]


def test_the_chain_goes_on_from_scenario_and_operation(mini: Miniature) -> None:
    graph = traces(gathered(mini))
    (scenario,) = [one.target for one in graph.outward[FEES_NODE] if one.link is Link.VERIFIED_BY]
    assert {graph.nodes[one.target].key for one in graph.outward[scenario]} == {"plant_pot", "price_pot"}
    planting = graph.outward[node_id(Thing.OPERATION, "plant_pot")]
    assert [(one.link, graph.nodes[one.target].key) for one in planting] == [(Link.RETURNS, "tag")]


def test_nothing_dangles_in_a_sound_specification(mini: Miniature) -> None:
    assert traces(gathered(dressed(mini))).dangling == ()


def test_an_edge_to_what_is_not_there_is_found(mini: Miniature) -> None:
    today = Catalog.load(mini.root)
    lost = edition("1", row("01", "水の量を記録できること。", supersedes=["999-9.9.9-99"]))
    assert traces(specification(lost, today)).dangling == (
        Edge("urn:kijun:requirement:999-1.1.1-01", Link.SUPERSEDES, "urn:kijun:requirement:999-9.9.9-99"),
    )


def test_a_scenario_of_an_unknown_operation_is_found(mini: Miniature) -> None:
    found = gathered(mini)
    (business,) = found.businesses
    first = business.majors[0].middles[0].functions[0].rows[0]
    astray = replace(first, scenarios=(replace(first.scenarios[0], operations=("dry_pot",)),))
    functions = (replace(business.majors[0].middles[0].functions[0], rows=(astray,)),)
    middle = replace(business.majors[0].middles[0], functions=functions)
    broken = replace(found, businesses=(replace(business, majors=(replace(business.majors[0], middles=(middle,)),)),))
    assert "urn:kijun:operation:dry_pot" in {one.target for one in traces(broken).dangling}


def test_a_number_that_was_retired_or_is_another_businesss_leads_somewhere(mini: Miniature) -> None:
    retired = {"id": "999-1.1.1-08", "edition": "1", "because": "重複のため。", "superseded_by": ["999-1.1.1-01"]}
    rows = [row("01", "水の量を記録できること。", supersedes=["999-1.1.1-08", "998-1.1.1-01"])]
    ours, theirs = (
        table(rows, retired=[retired]),
        table([{**row("01", "葉の数を数えること。"), "id": "998-1.1.1-01"}], "fern"),
    )
    catalog = replace(Catalog.load(mini.root), tables=(ours, theirs))
    graph = traces(specification(Edition("1", (ours,)), catalog))
    assert graph.dangling == ()
    assert graph.nodes["urn:kijun:requirement:999-1.1.1-08"].label == "廃止した要件"
    assert graph.nodes["urn:kijun:requirement:998-1.1.1-01"].label == "この文書に収めていない業務の要件"
    assert (
        graph.outward["urn:kijun:requirement:999-1.1.1-01"].count(
            Edge("urn:kijun:requirement:999-1.1.1-01", Link.SUPERSEDES, "urn:kijun:requirement:999-1.1.1-08")
        )
        == 1
    )  # told by both rows, and one edge


def test_a_row_of_an_earlier_edition_stands_in_that_edition(mini: Miniature) -> None:
    before = Edition("0.1", (table([row("09", "鉢を焼くこと。")]),), date(2026, 1, 1))
    graph = traces(gathered(mini, [before]))
    assert graph.dangling == ()
    assert graph.nodes["urn:kijun:requirement:999-1.1.1-09"].label == "前の版の要件"


def test_the_file_is_read_as_the_same_graph_by_a_stranger(mini: Miniature) -> None:
    graph = traces(gathered(dressed(mini)))
    read = Graph().parse(data=as_jsonld(graph), format="json-ld")  # no network: the context stands in the file
    links = {
        (str(subject), str(predicate).removeprefix(VOCABULARY), str(target))
        for subject, predicate, target in read
        if isinstance(target, URIRef) and predicate != RDF.type
    }
    assert links == {(one.source, one.link.value, one.target) for one in graph.edges}
    assert {str(one) for one in read.subjects(RDFS.label)} == set(graph.nodes)
    smashing = URIRef(node_id(Thing.REQUIREMENT, SMASHING))
    assert read.value(smashing, RDF.type) == URIRef(f"{VOCABULARY}Requirement")
    assert str(read.value(smashing, RDFS.label)) == "破壊"


def test_hostile_keys_stay_inside_their_identifier(mini: Miniature) -> None:
    found = gathered(mini)
    rows = edition("1", row("01", "水の量を記録できること。", operations=['x"> <b>', "a/../b"]))
    graph = traces(specification(rows, Catalog.load(mini.root)))
    assert "urn:kijun:operation:x%22%3E%20%3Cb%3E" in graph.nodes
    json.loads(as_jsonld(graph))
    assert found.rows
