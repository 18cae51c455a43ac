"""Who saved a workbook last, and when, as far as the file tells."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml import etree

_PART: Final = "docProps/core.xml"
_WHO: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_WHEN: Final = "{http://purl.org/dc/terms/}modified"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class LastChange:
    """The properties of a file; empty where it has none, or none that can be read."""

    who: str = ""
    when: datetime | None = None


def last_change(content: bytes) -> LastChange:
    """Of an .xlsx whose archive has been checked (`kind_of`)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            tree = etree.fromstring(archive.read(_PART), _PARSER)
        except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error):
            return LastChange()
    return LastChange((tree.findtext(_WHO) or "").strip(), _moment((tree.findtext(_WHEN) or "").strip()))


def _moment(text: str) -> datetime | None:
    """A moment as the file states it; one without a zone is in UTC, as the format has it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
