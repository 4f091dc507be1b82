"""The subjects that may be asked for, by the pillar that gives them: one look shows whose records leave as what."""

from __future__ import annotations

from desmigratif.cases import extracts as cases
from desmigratif.cooperative import extracts as cooperative
from desmigratif.enterprises import extracts as enterprises
from desmigratif.shared.deidentified import Source

SOURCES: dict[str, Source] = {
    source.code: source for source in (*cases.SOURCES, *enterprises.SOURCES, *cooperative.SOURCES)
}
