"""Schemes of identifiers for databases, ontologies and publications (Bioregistry)."""

import re
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import BIOREGISTRY
from dive_assets.toolpool.academic.entity_types import IDENTIFIER_SCHEME
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Scheme = Annotated[str, IDENTIFIER_SCHEME, Field(description="Bioregistry's prefix, such as chebi", max_length=40)]


@cache
def registry() -> dict[str, dict[str, Any]]:
    """Bioregistry's records in use, by prefix, read from the package's file: importing the package writes to disk."""
    import importlib.util
    import json
    import pathlib

    spec = importlib.util.find_spec("bioregistry")
    assert spec is not None and spec.origin is not None
    path = pathlib.Path(spec.origin).parent / "data" / "bioregistry.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    return {prefix: record for prefix, record in records.items() if not record.get("deprecated")}


@cache
def _spellings() -> dict[str, str]:
    found = {prefix: prefix for prefix in registry()}
    for prefix, record in registry().items():
        for synonym in record.get("synonyms", []):
            found.setdefault(synonym.casefold(), prefix)
    return found


def scheme_prefix(scheme: str) -> str:
    """Bioregistry's prefix. Raises ToolError for an unknown scheme."""
    prefix = _spellings().get(scheme.strip().casefold())
    if prefix is None:
        raise ToolError(f"Bioregistry has no scheme {scheme!r}: give its prefix, such as chebi")
    return prefix


def local_pattern(record: dict[str, Any]) -> str | None:
    """The pattern of Bioregistry's own, or else of identifiers.org (MIRIAM)."""
    return record.get("pattern") or record.get("miriam", {}).get("pattern")


def _known(values: Any) -> list[str]:
    return sorted({prefix for value in values or [] if (prefix := _spellings().get(str(value).casefold()))})


class SchemeEntry(Result):
    """A scheme of identifiers."""

    pattern: Annotated[
        str | None,
        Text("the regular expression"),
        Says(
            (
                "the regular expression by which Bioregistry recognises a local identifier of {scheme}",
                "Bioregistry's pattern for the local identifiers of {scheme}",
            ),
            ask=("Which regular expression does Bioregistry give for the local identifiers of {scheme}?",),
        ),
    ]
    homepage: Annotated[
        str | None,
        Text("the web address"),
        Says(
            ("the homepage that identifiers.org (MIRIAM) gives for {scheme}",),
            ask=("Which homepage does identifiers.org (MIRIAM) give for {scheme}?",),
        ),
    ]
    licence: Annotated[
        str | None,
        Text("the SPDX identifier"),
        Says(
            ("the licence that Bioregistry records for {scheme}",),
            ask=("Under which licence is {scheme} published, by Bioregistry?",),
        ),
    ]
    registries: Annotated[
        int,
        Quantity("registries", "registries", 0),
        Says(
            ("the number of other registries to which Bioregistry maps {scheme}",),
            has="number of other registries to which Bioregistry maps it",
            ask=("To how many other registries does Bioregistry map {scheme}?",),
            high="largest",
            low="smallest",
        ),
    ]
    wikidata_property: Annotated[
        str | None,
        Text("it in the form P496"),
        Says(
            ("the Wikidata property that Bioregistry maps to {scheme}",),
            ask=("Which Wikidata property does Bioregistry map to {scheme}?",),
        ),
    ]


@tool(
    domain="academic",
    also=("biological",),
    kind="R",
    sources=[BIOREGISTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"scheme": "chebi"},
            {"/pattern": r"^\d+$", "/licence": "CC-BY-4.0", "/wikidata_property": "P683"},
            "https://www.ebi.ac.uk/chebi; Wikidata P683 is the ChEBI ID",
        ),
        Probe({"scheme": "orcid"}, {"/wikidata_property": "P496", "/licence": "CC0-1.0"}, "Wikidata P496 is ORCID iD"),
        Probe({"scheme": "DOI"}, {"/wikidata_property": "P356", "/licence": "CC-BY-4.0"}, "Wikidata P356 is the DOI"),
    ],
)
def identifier_scheme(scheme: Scheme) -> SchemeEntry:
    """Pattern, homepage, licence and mappings of an identifier scheme (Bioregistry)."""
    record = registry()[scheme_prefix(scheme)]
    return SchemeEntry(
        pattern=local_pattern(record),
        homepage=record.get("miriam", {}).get("homepage"),
        licence=record.get("license"),
        registries=len(record.get("mappings", {})),
        wikidata_property=record.get("mappings", {}).get("wikidata.property"),
    )


class OntologyLinks(Result):
    """Which ontologies a scheme builds on, and which build on it."""

    builds_on: Annotated[
        list[Annotated[str, IDENTIFIER_SCHEME]] | None,
        Says(
            ("the ontologies that the OBO Foundry lists as dependencies of {scheme}",),
            ask=("On which ontologies does {scheme} depend, by the OBO Foundry?",),
        ),
    ]
    used_in: Annotated[
        list[Annotated[str, IDENTIFIER_SCHEME]] | None,
        Says(
            ("the ontologies that the OBO Foundry lists as depending on {scheme}",),
            ask=("Which ontologies depend on {scheme}, by the OBO Foundry?",),
        ),
    ]
    dependants: Annotated[
        int,
        Quantity("ontologies", "ontologies", 0),
        Says(
            ("the number of ontologies that depend on {scheme} by the OBO Foundry",),
            has="number of ontologies that depend on it by the OBO Foundry",
            ask=("How many ontologies depend on {scheme} by the OBO Foundry?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    also=("biological",),
    kind="R",
    sources=[BIOREGISTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"scheme": "uberon"},
            {"/builds_on": ["bfo", "bspo", "chebi", "cl", "envo", "go", "nbo", "ncbitaxon", "omo", "pato", "pr", "ro"]},
        ),
    ],
)
def ontology_links(scheme: Scheme) -> OntologyLinks:
    """Dependencies and dependants of an ontology in the OBO Foundry (Bioregistry)."""
    prefix = scheme_prefix(scheme)
    entry = registry()[prefix].get("obofoundry")
    if not entry:
        raise ToolError(f"{scheme!r} is no ontology of the OBO Foundry")
    uses = _known(entry.get("depends_on"))
    used = _known(entry.get("appears_in"))
    return OntologyLinks(builds_on=uses or None, used_in=used or None, dependants=len(used))


class RecordAddress(Result):
    """Whether a number can be a record of a scheme, and how it is written."""

    valid: Annotated[
        bool,
        Says(
            ("whether {number} fits Bioregistry's pattern for the local identifiers of {scheme}",),
            ask=("Does {number} fit Bioregistry's pattern for the local identifiers of {scheme}?",),
        ),
    ]
    curie: Annotated[
        str | None,
        Text("prefix, colon and local identifier, the prefix in lower case"),
        Says(
            ("the compact identifier (CURIE), in Bioregistry's standard form, of the record {number} in {scheme}",),
            ask=("What is the CURIE, in Bioregistry's standard form, of the record {number} in {scheme}?",),
        ),
    ]
    url: Annotated[
        str | None,
        Text("the web address"),
        Says(
            ("the web address, by Bioregistry's URI format, of the record {number} in {scheme}",),
            ask=("Under which web address does Bioregistry's URI format put the record {number} in {scheme}?",),
        ),
    ]


@tool(
    domain="academic",
    also=("biological",),
    kind="P",
    sources=[BIOREGISTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"scheme": "chebi", "number": "24867"},
            {"/valid": True, "/url": "http://purl.obolibrary.org/obo/CHEBI_24867", "/curie": "chebi:24867"},
            "OBO Foundry identifier policy",
        ),
        Probe(
            {"scheme": "doi", "number": "10.1038/nature12373"}, {"/url": "https://doi.org/10.1038/nature12373"}, "DOI"
        ),
        Probe(
            {"scheme": "uniprot", "number": "1234567"}, {"/valid": False, "/curie": None}, "UniProt accession format"
        ),
    ],
)
def record_address(
    scheme: Scheme,
    number: Annotated[str, Draw.sequence("123456789", 5, 8), Field(pattern=r"^\w[\w.:/-]*$", max_length=30)],
) -> RecordAddress:
    """Whether a local identifier fits a scheme's pattern, its CURIE and its web address (Bioregistry)."""
    prefix = scheme_prefix(scheme)
    record = registry()[prefix]
    pattern, address = local_pattern(record), record.get("uri_format")
    if not pattern:
        raise ToolError(f"Bioregistry has no pattern for the identifiers of {scheme!r}")
    valid = re.fullmatch(pattern, number) is not None
    return RecordAddress(
        valid=valid,
        curie=f"{prefix}:{number}" if valid else None,
        url=address.replace("$1", number) if valid and address else None,
    )
