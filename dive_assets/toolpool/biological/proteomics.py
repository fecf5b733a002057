"""Peptides in the laboratory: absorbance, aliphatic index, proteases, fragment ions, formulas."""

import re
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.codon_usage import Peptide
from dive_assets.toolpool.biological.data_sources import FORMULA, PYTEOMICS
from dive_assets.toolpool.biological.entity_types import PROTEIN
from dive_assets.toolpool.biological.nucleic_acids import ABSORPTIVITY
from dive_assets.toolpool.biological.residues import checked_peptide
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.toolpool.shared.entity_types import CHEMICAL_FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

GLUCAGON = "HSQGTFTSDYSKYLDSRRAQDFVQWLMNT"
INSULIN_B = "FVNQHLCGSHLVEALYLVCGERGFFYTPKT"
PROTEASES = {
    "lysc": (r"(?<=K)", "Lys-C (cutting after every lysine)"),
    "argc": (r"(?<=R)", "Arg-C (cutting after every arginine)"),
    "aspn": (r"(?=D)", "Asp-N (cutting before every aspartic acid)"),
    "gluc": (r"(?<=E)", "Glu-C (cutting after every glutamic acid)"),
    "lysn": (r"(?=K)", "Lys-N (cutting before every lysine)"),
    "cnbr": (r"(?<=M)", "cyanogen bromide (cutting after every methionine)"),
    "chymotrypsin": (r"(?<=[FWY])(?!P)", "chymotrypsin (cutting after Phe, Trp and Tyr, not before Pro)"),
}
ION = re.compile(r"^([by])([2-6])$")


class PeptideAbsorbance(Result):
    """How a peptide absorbs at 280 nm."""

    coefficient: Annotated[
        float,
        ABSORPTIVITY,
        Says(
            (
                "the molar extinction coefficient at 280 nm of {peptide} with reduced cysteines (Pace's values)",
                "the extinction coefficient at 280 nm, by Pace's values with all cysteines reduced, of {peptide}",
            ),
            has="molar extinction coefficient at 280 nm with reduced cysteines (Pace's values)",
            ask=(
                "By Pace's values and with all cysteines reduced, what is the molar extinction coefficient at 280 nm of"
                " {peptide}?",
            ),
        ),
    ]
    one_gram_per_liter: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            "the absorbance at 280 nm of a 1 g/L solution of {peptide} in a 1 cm cell, with reduced cysteines (Pace's"
            " values)",
            has="absorbance at 280 nm of a 1 g/L solution in a 1 cm cell, with reduced cysteines (Pace's values)",
            ask=(
                "By Pace's values and with all cysteines reduced, what is the absorbance at 280 nm of a 1 g/L solution of"
                " {peptide} in a 1 cm cell?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"peptide": GLUCAGON}, {"/coefficient": 5500 + 2 * 1490}, "Pace et al. 1995, 1 Trp and 2 Tyr, by hand"),
        Probe({"peptide": INSULIN_B}, {"/coefficient": 2 * 1490}, "Pace et al. 1995, 2 Tyr, by hand"),
    ],
)
def peptide_absorbance(peptide: Peptide) -> PeptideAbsorbance:
    """Extinction coefficient at 280 nm of a peptide with reduced cysteines (Pace et al. 1995)."""
    from Bio.SeqUtils.ProtParam import ProteinAnalysis

    found = ProteinAnalysis(checked_peptide(peptide))
    coefficient = found.molar_extinction_coefficient()[0]
    return PeptideAbsorbance(coefficient=coefficient, one_gram_per_liter=coefficient / found.molecular_weight())


class AliphaticIndex(Result):
    """Aliphatic side chains and charged residues."""

    index: Annotated[
        float,
        Quantity("", "", 1),
        Says(
            ("the aliphatic index of {peptide} by Ikai's formula", "Ikai's aliphatic index of {peptide}"),
            has="aliphatic index by Ikai's formula",
            ask=("What is the aliphatic index of {peptide} by Ikai's formula?",),
        ),
    ]
    positive: Annotated[
        int,
        Quantity("residues", "", 0, additive=True),
        Says(
            "the number of positively charged residues (Arg and Lys) in {peptide}",
            has="number of positively charged residues (Arg and Lys)",
            ask=("How many positively charged residues (Arg and Lys) does {peptide} have?",),
            high="largest",
            low="smallest",
        ),
    ]
    negative: Annotated[
        int,
        Quantity("residues", "", 0, additive=True),
        Says(
            "the number of negatively charged residues (Asp and Glu) in {peptide}",
            has="number of negatively charged residues (Asp and Glu)",
            ask=("How many negatively charged residues (Asp and Glu) does {peptide} have?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"peptide": GLUCAGON},
            {"/index": (1 + 2.9 * 1 + 3.9 * 2) / 29 * 100, "/positive": 3, "/negative": 3},
            "Ikai 1980: 1 Ala, 1 Val, 2 Leu, no Ile in 29 residues, by hand",
        )
    ],
)
def aliphatic_index(peptide: Peptide) -> AliphaticIndex:
    """Aliphatic index (Ikai 1980: Ala + 2.9 Val + 3.9 (Ile + Leu), in mole percent) and charged residues."""
    sequence = checked_peptide(peptide)
    count = sequence.count
    share = count("A") + 2.9 * count("V") + 3.9 * (count("I") + count("L"))
    return AliphaticIndex(
        index=100 * share / len(sequence), positive=count("R") + count("K"), negative=count("D") + count("E")
    )


class ProteaseDigest(Result):
    """The peptides that a protease makes."""

    peptides: Annotated[
        list[Annotated[str, PROTEIN]],
        Says(
            "the distinct peptides from complete digestion of {peptide} by {protease}",
            ask=("Which distinct peptides does complete digestion of {peptide} by {protease} give?",),
        ),
    ]
    longest: Annotated[
        str | None,
        PROTEIN,
        Says(
            (
                "the longest peptide from complete digestion of {peptide} by {protease}",
                "the longest fragment of {peptide} after complete digestion by {protease}",
            ),
            ask=("What is the longest peptide from complete digestion of {peptide} by {protease}?",),
        ),
    ]
    cuts: Annotated[
        int,
        Quantity("bonds", "", 0, additive=True),
        Says(
            "the number of bonds that {protease} cuts in {peptide} on complete digestion",
            has="number of bonds that {protease} cuts",
            ask=("How many bonds of {peptide} does {protease} cut on complete digestion?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"peptide": GLUCAGON, "protease": "lysc"},
            {"/peptides": ["HSQGTFTSDYSK", "YLDSRRAQDFVQWLMNT"], "/longest": "YLDSRRAQDFVQWLMNT", "/cuts": 1},
            "cut after K by hand",
        ),
        Probe(
            {"peptide": GLUCAGON, "protease": "aspn"},
            {"/peptides": ["DFVQWLMNT", "DSRRAQ", "DYSKYL", "HSQGTFTS"], "/cuts": 3},
            "cut before D by hand",
        ),
        Probe({"peptide": INSULIN_B, "protease": "gluc"}, {"/cuts": 2, "/longest": "FVNQHLCGSHLVE"}, "after E by hand"),
    ],
)
def protease_digest(
    peptide: Peptide,
    protease: Annotated[
        str,
        Draw.choice({key: spoken for key, (_, spoken) in PROTEASES.items()}),
        Field(pattern="^(lysc|argc|aspn|gluc|lysn|cnbr|chymotrypsin)$"),
    ],
) -> ProteaseDigest:
    """Peptides of a complete digestion by a protease or reagent, by its stated cutting rule."""
    sequence = checked_peptide(peptide)
    pieces = [piece for piece in re.split(PROTEASES[protease][0], sequence) if piece]
    distinct = sorted(set(pieces))
    longest = [piece for piece in distinct if len(piece) == max(map(len, distinct))]
    return ProteaseDigest(peptides=distinct, longest=longest[0] if len(longest) == 1 else None, cuts=len(pieces) - 1)


class FragmentIon(Result):
    """A fragment ion of a peptide."""

    mz: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the monoisotopic m/z of the singly charged {ion} ion of {peptide}",
                "the m/z at which the singly charged monoisotopic {ion} ion of {peptide} appears",
            ),
            has="monoisotopic m/z of the singly charged {ion} ion",
            ask=("At what monoisotopic m/z does the singly charged {ion} ion of {peptide} appear?",),
        ),
    ]
    fragment: Annotated[
        str,
        PROTEIN,
        Says(
            "the residues that the {ion} ion of {peptide} contains",
            ask=("Which residues does the {ion} ion of {peptide} contain?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[PYTEOMICS],
    probes=[
        Probe(
            {"peptide": "PEPTIDE", "ion": "b2"},
            {"/mz": 227.1026487, "/fragment": "PE"},
            "P 97.05276 + E 129.04259 + H+",
        ),
        Probe({"peptide": "PEPTIDE", "ion": "y2"}, {"/mz": 263.0873934, "/fragment": "DE"}, "D + E + H2O + H+"),
    ],
)
def fragment_ion(
    peptide: Peptide,
    ion: Annotated[
        str,
        Draw.choice({name: name for name in ("b2", "b3", "b4", "b5", "y2", "y3", "y4", "y5")}),
        Field(pattern="^[by][2-6]$"),
    ],
) -> FragmentIon:
    """Monoisotopic m/z and residues of a singly charged b or y ion of an unmodified peptide (pyteomics)."""
    from pyteomics import mass

    sequence, kind, size = checked_peptide(peptide), ion[0], int(ion[1])
    if size >= len(sequence):
        raise ToolError(f"{sequence} is too short for a {ion} ion", "invalid_arguments")
    part = sequence[:size] if kind == "b" else sequence[-size:]
    return FragmentIon(mz=mass.fast_mass(part, ion_type=kind, charge=1), fragment=part)


class PeptideFormula(Result):
    """The elements of a peptide."""

    formula: Annotated[
        str,
        CHEMICAL_FORMULA,
        Says(
            ("the molecular formula of {peptide}", "the Hill formula of {peptide} without modifications"),
            ask=("What is the molecular formula of the unmodified peptide with the sequence of {peptide}?",),
        ),
    ]
    carbons: Annotated[
        int,
        Quantity("carbon atoms", "", 0, additive=True),
        Says(
            "the number of carbon atoms in {peptide}",
            has="number of carbon atoms",
            ask=("How many carbon atoms does a molecule of {peptide} contain?",),
            high="largest",
            low="smallest",
        ),
    ]
    monoisotopic_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the share of molecules of {peptide} that hold only the lightest isotopes of C, H, N, O and S",
                "the monoisotopic share of molecules of {peptide} at natural isotope abundances",
            ),
            has="monoisotopic share of molecules at natural isotope abundances",
            ask=(
                "At natural isotope abundances, what percentage of molecules of {peptide} hold only the lightest isotopes"
                " of C, H, N, O and S?",
            ),
        ),
    ]


def _hill(composition: dict[str, Any]) -> str:
    """Composition in Hill notation: C, H, then the others by letter."""
    order = [e for e in ("C", "H") if e in composition] + sorted(e for e in composition if e not in ("C", "H"))
    return "".join(f"{e}{composition[e] if composition[e] > 1 else ''}" for e in order)


@tool(
    domain="biological",
    kind="P",
    sources=[PYTEOMICS],
    probes=[
        Probe(
            {"peptide": "RPPGFSPFR"},
            {
                "/formula": "C50H73N15O11",
                "/carbons": 50,
                "/monoisotopic_percent": 100 * 0.9893**50 * 0.999885**73 * 0.99636**15 * 0.99757**11,
            },
            "bradykinin, PubChem CID 439201; IUPAC isotope abundances",
        ),
        Probe({"peptide": GLUCAGON}, {"/formula": "C153H225N43O49S"}, "glucagon, PubChem CID 16132283"),
    ],
)
def peptide_formula(peptide: Peptide) -> PeptideFormula:
    """Molecular formula, carbon atoms and monoisotopic share of an unmodified peptide (pyteomics)."""
    from pyteomics import mass

    composition = {e: int(n) for e, n in mass.Composition(sequence=checked_peptide(peptide)).items() if n}
    share = 1.0
    for element, number in composition.items():
        isotopes = mass.nist_mass[element]
        lightest = min(isotope for isotope in isotopes if isotope and isotopes[isotope][1] > 0)
        share *= isotopes[lightest][1] ** number
    return PeptideFormula(formula=_hill(composition), carbons=composition.get("C", 0), monoisotopic_percent=100 * share)
