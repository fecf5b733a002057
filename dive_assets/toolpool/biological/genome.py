"""One reading of human genes for every tool: Ensembl BioMart's table of GRCh38, as hgfind carries it."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from dive_assets.tools.errors import ToolError

CHROMOSOMES = (*(str(n) for n in range(1, 23)), "X", "Y", "MT")


@dataclass(frozen=True, order=True)
class Locus:
    """Where a gene lies; `coding` if BioMart gives it a UniProt name."""

    chromosome: str
    start: int
    end: int
    strand: str
    symbol: str
    coding: bool


@cache
def _table() -> tuple[dict[str, set[Locus]], dict[str, set[str]]]:
    import csv
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("hgfind")
    if spec is None or spec.origin is None:
        raise ToolError("the package hgfind is not installed")
    rows: dict[tuple[str, str, int, int, str], bool] = {}
    aliases: dict[str, set[str]] = {}
    path = Path(spec.origin).with_name("biomart-gene-coordinates.txt")
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t")
        next(lines)
        for start, end, symbol, alias, _, protein, chromosome, strand in lines:
            if symbol and chromosome in CHROMOSOMES:
                key = (symbol, chromosome, int(start), int(end), strand)
                rows[key] = rows.get(key, False) or bool(protein)
                if alias:
                    aliases.setdefault(alias, set()).add(symbol)
    loci: dict[str, set[Locus]] = {}
    for (symbol, chromosome, begin, stop, strand), coding in rows.items():
        side = "forward" if strand == "1" else "reverse"
        loci.setdefault(symbol, set()).add(Locus(chromosome, begin, stop, side, symbol, coding))
    return loci, aliases


def locus(gene: str) -> Locus:
    """The locus of a gene symbol. Raises ToolError for an unknown symbol or one with several loci."""
    found = _table()[0].get(gene.strip(), set())
    if len(found) > 1:
        raise ToolError(f"{gene!r} names {len(found)} loci in GRCh38")
    for only in found:
        return only
    raise ToolError(f"unknown gene {gene!r}: give its HGNC symbol")


def symbols_of_alias(alias: str) -> list[str]:
    """The symbols of the genes that Ensembl lists under an alias, sorted."""
    return sorted(_table()[1].get(alias.strip(), set()))


def is_symbol(name: str) -> bool:
    """Whether a name is the symbol of a gene."""
    return name in _table()[0]


@cache
def coding_genes(chromosome: str) -> tuple[Locus, ...]:
    """Protein-coding genes with one locus, by start."""
    single = (next(iter(found)) for found in _table()[0].values() if len(found) == 1)
    return tuple(sorted(gene for gene in single if gene.coding and gene.chromosome == chromosome))


def next_coding(gene: Locus, step: int) -> Locus | None:
    """The protein-coding gene before (-1) or after (1) a gene in order of start coordinates."""
    genes = coding_genes(gene.chromosome)
    place = bisect_left(genes, gene)
    if step > 0 and place < len(genes) and genes[place] == gene:
        place += 1
    if step < 0:
        place -= 1
    return genes[place] if 0 <= place < len(genes) else None


def chromosome_name(chromosome: str) -> str:
    """'17' as 'chromosome 17'."""
    return f"chromosome {chromosome}"


def chromosome_key(name: str) -> str:
    """'chromosome 17' or '17' as '17'. Raises ToolError for anything else."""
    key = re.sub(r"^(the )?(human )?chromosome ", "", name.strip(), flags=re.IGNORECASE).upper()
    if key not in CHROMOSOMES:
        raise ToolError(f"unknown human chromosome {name!r}: 1 to 22, X, Y or MT")
    return key


@cache
def aliases_by_symbol() -> dict[str, list[str]]:
    """Per gene the aliases that name no other gene and are no symbol themselves, sorted."""
    loci, aliases = _table()
    found: dict[str, list[str]] = {}
    for alias, symbols in aliases.items():
        if len(symbols) == 1 and alias not in loci:
            found.setdefault(next(iter(symbols)), []).append(alias)
    return {symbol: sorted(names) for symbol, names in found.items()}
