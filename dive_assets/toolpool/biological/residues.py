"""One reading of amino acids, peptides and named scales for every tool."""

from functools import cache

from dive_assets.tools.errors import ToolError

AMINO_ACIDS = {
    "A": "alanine",
    "R": "arginine",
    "N": "asparagine",
    "D": "aspartic acid",
    "C": "cysteine",
    "Q": "glutamine",
    "E": "glutamic acid",
    "G": "glycine",
    "H": "histidine",
    "I": "isoleucine",
    "L": "leucine",
    "K": "lysine",
    "M": "methionine",
    "F": "phenylalanine",
    "P": "proline",
    "S": "serine",
    "T": "threonine",
    "W": "tryptophan",
    "Y": "tyrosine",
    "V": "valine",
}

SCALES = {
    "the Kyte-Doolittle hydropathy scale": "KYTJ820101",
    "the Hopp-Woods hydrophilicity scale": "HOPT810101",
    "the Eisenberg consensus hydrophobicity scale": "EISD840101",
    "the Engelman hydrophobicity scale": "ENGD860101",
    "the Argos hydrophobicity scale": "ARGP820101",
    "the Fauchere-Pliska hydrophobicity scale": "FAUJ830101",
    "the Zimmerman hydrophobicity scale": "ZIMJ680101",
    "the Zimmerman bulkiness scale": "ZIMJ680102",
    "the Zimmerman polarity scale": "ZIMJ680103",
    "the Zimmerman isoelectric point scale": "ZIMJ680104",
    "the Grantham composition scale": "GRAR740101",
    "the Grantham polarity scale": "GRAR740102",
    "the Grantham volume scale": "GRAR740103",
    "the Bigelow residue volume scale": "BIGC670101",
    "the Bhaskaran-Ponnuswamy flexibility scale": "BHAR880101",
    "the Bull-Breese surface transfer scale": "BULH740101",
    "the Charton polarizability scale": "CHAM820101",
    "the Chou-Fasman alpha-helix scale (1978b)": "CHOP780201",
    "the Chou-Fasman beta-sheet scale (1978b)": "CHOP780202",
    "the Chou-Fasman beta-turn scale (1978b)": "CHOP780203",
    "the Levitt weighted alpha-helix scale": "LEVM780101",
    "the Levitt weighted beta-sheet scale": "LEVM780102",
    "the Levitt weighted reverse-turn scale": "LEVM780103",
    "the Dawson size scale": "DAWD720101",
    "the Eisenberg-McLachlan solvation free energy scale": "EISD860101",
    "the Fasman melting point scale": "FASG760102",
    "the Fasman optical rotation scale": "FASG760103",
    "the Fasman hydrophobicity scale (1989)": "FASG890101",
    "the Fauchere normalized van der Waals volume scale": "FAUJ880103",
    "the Fauchere graph shape scale": "FAUJ880101",
    "the Goldsack-Chalifoux hydrophobicity scale": "GOLD730101",
    "the Goldsack-Chalifoux residue volume scale": "GOLD730102",
    "the Janin accessible surface area scale (1978)": "JANJ780101",
    "the Janin buried residue scale (1978)": "JANJ780102",
    "the Janin transfer free energy scale (1979)": "JANJ790102",
    "the McMeekin refractivity scale": "MCMT640101",
    "the Ponnuswamy hydrophobicity scale (1993)": "PONP930101",
    "the Radzicka-Wolfenden mean polarity scale": "RADA880108",
    "the Radzicka-Wolfenden accessible surface area scale": "RADA880106",
    "the Rose mean buried area scale": "ROSG850101",
    "the Wolfenden hydrophobicity scale (1979)": "WOLR790101",
    "the Wolfenden hydration potential scale (1981)": "WOLR810101",
    "the Andersen alpha-CH chemical shift scale": "ANDN920101",
    "the Black-Mould hydrophobicity scale": "BLAS910101",
    "the Casari-Sippl hydrophobicity scale": "CASG920101",
    "the Charton steric scale": "CHAM810101",
    "the Chothia buried residue volume scale": "CHOC750101",
    "the Chothia tripeptide accessible surface area scale": "CHOC760101",
    "the Cohn-Edsall partial specific volume scale": "COHE430101",
    "the Cowan-Whittaker hydrophobicity scale (pH 3.0)": "COWR900101",
    "the Dayhoff composition scale": "DAYM780101",
    "the Dayhoff relative mutability scale": "DAYM780201",
    "the Bull-Breese partial specific volume scale": "BULH740102",
    "the Parker HPLC scale": "PARJ860101",
    "the Pontius residue volume scale": "PONJ960101",
    "the Prabhakaran hydrophobicity scale": "PRAM900101",
    "the Pliska partition coefficient scale": "PLIV810101",
    "the Robson-Osguthorpe hydration free energy scale": "ROBB790101",
    "the Rose mean fractional area loss scale": "ROSG850102",
    "the Simon transfer free energy scale": "SIMZ760101",
    "the Suyama-Ohara linker propensity scale": "SUYM030101",
    "the Sweet-Eisenberg hydrophobicity scale": "SWER830101",
    "the Takano-Yutani protein stability scale": "TAKK010101",
    "the von Heijne-Blomberg transfer free energy scale": "VHEG790101",
    "the Vihinen flexibility scale": "VINM940101",
    "the Warme-Morgan side-chain interaction scale": "WARP780101",
    "the Wertz-Scheraga burial propensity scale": "WERD780101",
    "the Wimley-White interface-to-water scale": "WIMW960101",
    "the Woese polar requirement scale": "WOEC730101",
    "the Wold z1 scale": "WOLS870101",
    "the Wold z2 scale": "WOLS870102",
    "the Wold z3 scale": "WOLS870103",
    "the Zhou-Zhou buriability scale": "ZHOH040103",
    "the Bae linker index scale": "BAEK050101",
}


@cache
def _letters() -> dict[str, str]:
    from Bio.Data.IUPACData import protein_letters_1to3

    found = {}
    for letter, name in AMINO_ACIDS.items():
        found |= dict.fromkeys((letter.casefold(), name, protein_letters_1to3[letter].casefold()), letter)
    return found


def residue_letter(amino_acid: str) -> str:
    """One-letter code of an amino acid's name or code. Raises ToolError for anything else."""
    letter = _letters().get(amino_acid.strip().casefold())
    if letter is None:
        raise ToolError(f"unknown amino acid {amino_acid!r}: give one of the twenty standard ones, such as leucine")
    return letter


def checked_peptide(peptide: str) -> str:
    """The sequence in capitals. Raises ToolError if it holds letters other than the twenty standard ones."""
    sequence = peptide.strip().upper()
    if not sequence or set(sequence) - AMINO_ACIDS.keys():
        raise ToolError("give a peptide in the twenty standard one-letter codes", "invalid_arguments")
    return sequence


def scale_values(scale: str) -> dict[str, float]:
    """Values of a named scale by one-letter code. Raises ToolError for an unknown scale."""
    from aaindex import aaindex1

    for name, code in SCALES.items():
        if scale.strip().casefold().removeprefix("the ") == name.casefold().removeprefix("the "):
            return {letter: float(aaindex1[code].values[letter]) for letter in AMINO_ACIDS}
    raise ToolError(f"unknown amino-acid scale {scale!r}: known are {'; '.join(sorted(SCALES))}")
