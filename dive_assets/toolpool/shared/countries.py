"""One reading of country names for every tool: English short name or ISO 3166-1 alpha-2 code."""

from functools import cache

from dive_assets.tools.errors import ToolError

# Short forms that people write where ISO 3166-1 has an official inversion or a longer name.
EVERYDAY_NAMES = {
    "BN": "Brunei",
    "BO": "Bolivia",
    "CD": "the Democratic Republic of the Congo",
    "CG": "the Republic of the Congo",
    "CZ": "Czechia",
    "FK": "the Falkland Islands",
    "FM": "Micronesia",
    "GB": "the United Kingdom",
    "GM": "the Gambia",
    "BS": "the Bahamas",
    "IR": "Iran",
    "KP": "North Korea",
    "KR": "South Korea",
    "LA": "Laos",
    "MD": "Moldova",
    "MK": "North Macedonia",
    "NL": "the Netherlands",
    "PH": "the Philippines",
    "PS": "Palestine",
    "RU": "Russia",
    "SY": "Syria",
    "TR": "Turkey",
    "TW": "Taiwan",
    "TZ": "Tanzania",
    "US": "the United States",
    "AE": "the United Arab Emirates",
    "VA": "Vatican City",
    "VE": "Venezuela",
    "VN": "Vietnam",
    "CI": "Ivory Coast",
    "CV": "Cape Verde",
    "CF": "the Central African Republic",
    "DO": "the Dominican Republic",
    "MV": "the Maldives",
    "SC": "the Seychelles",
    "SB": "the Solomon Islands",
    "MH": "the Marshall Islands",
    "KM": "the Comoros",
}


@cache
def _codes_by_name() -> dict[str, str]:
    import pycountry

    found: dict[str, str] = {}
    for country in pycountry.countries:
        names = [country.alpha_2, country.name, getattr(country, "common_name", "")]
        names.append(EVERYDAY_NAMES.get(country.alpha_2, ""))
        for name in names:
            if name:
                found[name.casefold()] = country.alpha_2
                found[name.removeprefix("the ").casefold()] = country.alpha_2
    return found


def country_code(country: str) -> str:
    """ISO 3166-1 alpha-2 code of an English short name or of the code itself.

    Raises ToolError "not_found" for anything else.
    """
    code = _codes_by_name().get(country.strip().casefold())
    if code is None:
        raise ToolError(f"unknown country {country!r}: give its English short name or ISO 3166-1 alpha-2 code")
    return code


def country_name(code: str) -> str:
    """The name that every tool returns for an alpha-2 code. Raises ToolError for an unknown code."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        raise ToolError(f"unknown country code {code!r}")
    return EVERYDAY_NAMES.get(code) or getattr(found, "common_name", found.name)
