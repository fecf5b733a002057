"""Languages and scripts in ISO 639, ISO 15924, CLDR and Unicode."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MACROLANGUAGES, UNICODE_SCRIPTS
from dive_assets.toolpool.academic.entity_types import SCRIPT
from dive_assets.toolpool.shared.data_sources import BABEL, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import LANGUAGE
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Language = Annotated[str, LANGUAGE, Field(description="English name or ISO 639 code of a language", max_length=60)]
Script = Annotated[str, SCRIPT, Field(description="English name or ISO 15924 code of a script", max_length=60)]

SCOPES = {"I": "individual language", "M": "macrolanguage"}
KINDS = {"L": "living", "E": "extinct", "H": "historical", "A": "ancient", "C": "constructed"}
# Codes that ISO 15924 gives to combinations and styles of scripts or to things that are no script.
NO_SCRIPT = frozenset(
    {"Hans", "Hant", "Jpan", "Kore", "Hanb", "Jamo", "Hrkt", "Zinh", "Zyyy", "Zzzz", "Zxxx", "Zmth", "Zsye", "Zsym"}
    | {"Latf", "Latg", "Cyrs", "Syre", "Syrj", "Syrn", "Geok", "Aran", "Qaaa", "Qabx", "Qaai", "Blis", "Visp"}
)


@cache
def language_names() -> dict[str, str]:
    """CLDR's English name by ISO 639-3 code, of the languages that both name."""
    import pycountry
    from babel import Locale

    english = Locale.parse("en").languages
    found = {}
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        if language.scope in SCOPES and code in english:
            found[language.alpha_3] = english[code]
    return found


@cache
def _codes_by_spelling() -> dict[str, str]:
    names = list(language_names().values())
    spellings = {name.casefold(): code for code, name in language_names().items() if names.count(name) == 1}
    for code in language_names():
        record = _record(code)
        spellings.setdefault(code, code)
        spellings.setdefault(getattr(record, "alpha_2", code), code)
    return spellings


def _record(code: str) -> Any:
    import pycountry

    return pycountry.languages.get(alpha_3=code)


def iso_639_3(language: str) -> str:
    """ISO 639-3 code of a language by its English name in CLDR or a code. Raises ToolError for anything else."""
    code = _codes_by_spelling().get(language.strip().casefold())
    if code is None:
        raise ToolError(f"unknown language {language!r}: give CLDR's English name, such as Swahili")
    return code


@cache
def _macrolanguage_of() -> dict[str, str]:
    """Macrolanguage by member, as ISO 639-3 codes."""
    import pycountry
    from langcodes.data_dicts import MACROLANGUAGES as PAIRS

    def alpha_3(code: str) -> str | None:
        record = pycountry.languages.get(alpha_2=code) if len(code) == 2 else pycountry.languages.get(alpha_3=code)
        return record.alpha_3 if record else None

    found = {}
    for member, whole in PAIRS.items():
        inner, outer = alpha_3(member), alpha_3(whole)
        if inner and outer and _record(inner).scope == "I" and _record(outer).scope == "M":
            found[inner] = outer
    return found


@cache
def likely_script(code: str) -> str | None:
    """ISO 15924 code of the script that CLDR's likely subtags give a language."""
    from babel.core import get_global

    subtags = get_global("likely_subtags")
    full = subtags.get(getattr(_record(code), "alpha_2", code)) or subtags.get(code)
    script = full.split("_")[1] if full and full.count("_") >= 1 else None
    return script if script and len(script) == 4 else None


@cache
def script_names() -> dict[str, str]:
    """ISO 15924 code by CLDR's English name of a script."""
    import pycountry
    from babel import Locale

    english = Locale.parse("en").scripts
    registered = {script.alpha_4 for script in pycountry.scripts}
    return {name: code for code, name in sorted(english.items()) if code in registered and code not in NO_SCRIPT}


def _script_code(script: str) -> str:
    text = script.strip().casefold().removeprefix("the ")
    for name, code in script_names().items():
        if code.casefold() == text or name.casefold() in (text, text.removesuffix(" script")):
            return code
    raise ToolError(f"unknown script {script!r}: give its English name, such as Devanagari")


class LanguageEntry(Result):
    """How ISO 639 and CLDR register a language."""

    code: Annotated[
        str,
        Text("the three-letter code"),
        Says(
            ("the ISO 639-3 code of {language}", "the three-letter ISO 639-3 code for {language}"),
            ask=("Which ISO 639-3 code has {language}?",),
        ),
    ]
    kind: Annotated[
        str,
        Text("'living', 'extinct', 'historical', 'ancient' or 'constructed'"),
        Says(
            ("the language type (living, extinct, historical, ancient or constructed) of {language} in ISO 639-3",),
            ask=("Does ISO 639-3 class {language} as a living, extinct, historical, ancient or constructed language?",),
        ),
    ]
    is_macrolanguage: Annotated[
        bool,
        Says(
            ("whether {language} is a macrolanguage in ISO 639-3",),
            ask=("Is {language} a macrolanguage in ISO 639-3?",),
        ),
    ]
    macrolanguage: Annotated[
        str | None,
        LANGUAGE,
        Says(
            ("the macrolanguage in ISO 639-3 to which {language} belongs",),
            ask=("To which macrolanguage of ISO 639-3 does {language} belong?",),
        ),
    ]
    script: Annotated[
        str | None,
        SCRIPT,
        Says(
            (
                "the script that CLDR's likely subtags give to {language}",
                "the most likely script, by CLDR, of a text in {language}",
            ),
            ask=("Which script do CLDR's likely subtags give to {language}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PYCOUNTRY, BABEL, MACROLANGUAGES],
    determinism="snapshot",
    probes=[
        Probe(
            {"language": "Amharic"},
            {"/code": "amh", "/kind": "living", "/is_macrolanguage": False, "/script": "Ethiopic"},
            "SIL, ISO 639-3 code tables; CLDR",
        ),
        Probe({"language": "Arabic"}, {"/code": "ara", "/is_macrolanguage": True, "/script": "Arabic"}, "SIL"),
        Probe({"language": "Egyptian Arabic"}, {"/code": "arz", "/macrolanguage": "Arabic"}, "SIL"),
        Probe({"language": "Esperanto"}, {"/code": "epo", "/kind": "constructed"}, "SIL"),
    ],
)
def language_entry(language: Language) -> LanguageEntry:
    """ISO 639-3 code, type and macrolanguage and CLDR's likely script of a language (pycountry, Babel, langcodes)."""
    code = iso_639_3(language)
    record = _record(code)
    names = {value: key for key, value in script_names().items()}
    whole = _macrolanguage_of().get(code)
    return LanguageEntry(
        code=code,
        kind=KINDS[record.type],
        is_macrolanguage=record.scope == "M",
        macrolanguage=language_names().get(whole) if whole else None,
        script=names.get(likely_script(code) or ""),
    )


class ScriptEntry(Result):
    """How ISO 15924, Unicode and CLDR register a script."""

    code: Annotated[
        str,
        Text("the four-letter code"),
        Says(
            ("the ISO 15924 code of {script}", "the four-letter ISO 15924 code for {script}"),
            ask=("Which four-letter ISO 15924 code has {script}?",),
        ),
    ]
    number: Annotated[
        int,
        Quantity("", "", 0, ratio=False, comparable=False),
        Says(
            ("the ISO 15924 number of {script}",),
            ask=("Which number has {script} in ISO 15924?",),
        ),
    ]
    characters: Annotated[
        int | None,
        Quantity("characters", "characters", 0, additive=True),
        Says(
            (
                "the number of code points that Unicode 18.0 assigns to {script} in Scripts.txt",
                "how many code points carry the script property of {script} in Unicode 18.0",
            ),
            has="number of code points in Unicode 18.0",
            ask=("How many code points have the script property of {script} in Unicode 18.0?",),
            high="largest",
            low="smallest",
        ),
    ]
    right_to_left: Annotated[
        bool | None,
        Says(
            ("whether {script} runs from right to left",),
            ask=("Is {script} written from right to left?",),
        ),
    ]
    languages: Annotated[
        list[Annotated[str, LANGUAGE]] | None,
        Says(
            (
                "the living languages to which CLDR's likely subtags give {script}",
                "the living languages whose likely script in CLDR is {script}",
            ),
            ask=("To which living languages do CLDR's likely subtags give {script}?",),
        ),
    ]


@cache
def _code_points() -> dict[str, int]:
    """Number of code points by ISO 15924 code."""
    from fontTools.unicodedata import Scripts

    counts: dict[str, int] = {}
    limits = [*Scripts.RANGES, 0x110000]
    for start, end, code in zip(Scripts.RANGES, limits[1:], Scripts.VALUES, strict=True):
        counts[code] = counts.get(code, 0) + end - start
    return counts


@tool(
    domain="academic",
    kind="R",
    sources=[PYCOUNTRY, BABEL, UNICODE_SCRIPTS],
    determinism="snapshot",
    probes=[
        Probe(
            {"script": "the Cherokee script"},
            {"/code": "Cher", "/number": 445, "/characters": 172, "/right_to_left": False, "/languages": ["Cherokee"]},
            "ISO 15924 register; Unicode blocks U+13A0 (92 characters) and U+AB70 (80 characters)",
        ),
        Probe({"script": "Hebrew"}, {"/code": "Hebr", "/number": 125, "/right_to_left": True}, "ISO 15924 register"),
        Probe({"script": "Runic"}, {"/code": "Runr", "/number": 211, "/languages": None}, "ISO 15924 register"),
    ],
)
def script_entry(script: Script) -> ScriptEntry:
    """ISO 15924 code, Unicode characters, direction and languages of a script (pycountry, fontTools, CLDR)."""
    import pycountry
    from fontTools import unicodedata as scripts

    code = _script_code(script)
    entry: Any = pycountry.scripts.get(alpha_4=code)
    characters = _code_points().get(code)
    direction = scripts.script_horizontal_direction(code, None) if characters else None
    languages = sorted(
        name
        for alpha_3, name in language_names().items()
        if likely_script(alpha_3) == code and _record(alpha_3).type == "L"
    )
    return ScriptEntry(
        code=code,
        number=int(entry.numeric),
        characters=characters,
        right_to_left=None if direction is None else direction == "RTL",
        languages=languages or None,
    )
