"""Croissant 1.0 metadata (JSON-LD) of a published set: its files with hashes, its configs with their fields.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

from typing import Any

import orjson
import pyarrow as pa

from dive_assets.publishing.manifest import CASSETTE, REJECTED, RL, SFT, TOOLS, Manifest
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, TASK_SCHEMA, TOOL_SCHEMA
from dive_assets.publishing.training_rows import RL_SCHEMA, SFT_SCHEMA
from dive_assets.tables import REJECTED_COLUMNS

CROISSANT_FILE = "croissant.json"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant_json(manifest: Manifest, repository: str) -> bytes:
    """The JSON-LD of a published set. `manifest` names the tables; the repository is a file object that holds them."""
    configs = [*manifest.domains, *(name for name in manifest.rows if name not in manifest.domains)]
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": repository.rpartition("/")[2],
        "description": "Questions whose answers are entailed by recorded calls of real tools, with their proofs.",
        "citeAs": f"{repository}: verified tool-use tasks, made with dive-assets {manifest.project_version}",
        "license": LICENCE_URL,
        "url": f"https://huggingface.co/datasets/{repository}",
        "version": manifest.project_version,
        "keywords": ["tool-use", "function-calling", "agent", "synthetic", "verified"],
        "distribution": [_repository(repository), *(_file_set(config) for config in configs)],
        "recordSet": [_record_set(config) for config in configs],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def _repository(repository: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": "repository",
        "name": "repository",
        "description": "The dataset repository on the Hub.",
        "contentUrl": f"https://huggingface.co/datasets/{repository}",
        "encodingFormat": "git+https",
        "sha256": "https://github.com/mlcommons/croissant/issues/80",
    }


def _file_set(config: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{config}-files",
        "name": f"{config}-files",
        "containedIn": {"@id": "repository"},
        "encodingFormat": "application/x-parquet",
        "includes": f"data/{config}/*.parquet",
    }


def _record_set(config: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "field": [_field(config, name, kind) for name, kind in _columns(config)],
    }


def _columns(config: str) -> list[tuple[str, pa.DataType]]:
    known = {TOOLS: TOOL_SCHEMA, CASSETTE: CASSETTE_SCHEMA, SFT: SFT_SCHEMA, RL: RL_SCHEMA}
    if config == REJECTED:
        return [(name, pa.int64() if name == "index" else pa.string()) for name in REJECTED_COLUMNS]
    return [(field.name, field.type) for field in known.get(config, TASK_SCHEMA)]


def _field(config: str, name: str, kind: pa.DataType) -> dict[str, Any]:
    repeated = pa.types.is_list(kind)
    value = kind.value_type if repeated else kind
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{config}/{name}",
        "name": name,
        "source": {"fileSet": {"@id": f"{config}-files"}, "extract": {"column": name}},
    }
    if repeated:
        found["repeated"] = True
    if pa.types.is_struct(value):
        found["subField"] = [_sub_field(config, name, field) for field in value]
    else:
        found["dataType"] = _data_type(value)
    return found


def _sub_field(config: str, parent: str, field: pa.Field) -> dict[str, Any]:
    extract = {"column": parent}, {"jsonPath": field.name}
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{config}/{parent}/{field.name}",
        "name": field.name,
        "dataType": "sc:Text",
        "source": {
            "fileSet": {"@id": f"{config}-files"},
            "extract": extract[0],
            "transform": extract[1],
        },
    }
    if pa.types.is_list(field.type):
        found["repeated"] = True
    return found


def _data_type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "sc:Boolean"
    return "sc:Integer" if pa.types.is_integer(kind) else "sc:Text"
