"""Every business flow as a file of its own: BPMN for tools that draw processes, SVG to paste and to print."""

from __future__ import annotations

from kijun.publishing import flow_bpmn, flow_svg
from kijun.publishing.specification import Specification


def render(document: Specification) -> dict[str, bytes]:
    """Files by name: `<business>.<flow>.bpmn` and `.svg`."""
    files: dict[str, bytes] = {}
    for book in document.flows:
        for process in book.processes:
            name = f"{book.business}.{process.id}"
            files[f"{name}.bpmn"] = flow_bpmn.render(process, book.business, document.labels, book.source)
            files[f"{name}.svg"] = flow_svg.render(process).encode()
    return files
