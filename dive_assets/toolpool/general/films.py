"""Films of 1940 to 2014, from the Wikidata extract that Bokeh ships."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from dive_assets.toolpool.general.data_sources import WIKIDATA_FILMS
from dive_assets.toolpool.general.entity_types import FILM, FILM_DIRECTOR, Director, Film
from dive_assets.toolpool.general.gazetteer import name_of
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import CALENDAR_YEAR, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@dataclass(frozen=True)
class FilmRecord:
    label: str
    year: int
    director: str
    minutes: float | None
    countries: tuple[str, ...]
    reviews: int


@cache
def films() -> dict[str, FilmRecord]:
    """Films by title, or by "Title (year)" where two films share a title; doublets are left out."""
    import sqlite3
    from contextlib import closing
    from pathlib import Path

    import bokeh_sampledata

    path = Path(str(bokeh_sampledata.__file__)).parent / "_data" / "movies.db"
    query = (
        "select o.Title, o.Year, o.Director, o.Runtime, o.Country, t.Reviews "
        "from omdb o join tomatoes t on o.ID = t.ID order by o.Title, o.Year, o.ID"
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        rows = database.execute(query).fetchall()
    titles, dated = Counter(row[0] for row in rows), Counter(row[:2] for row in rows)
    found = {}
    for title, year, director, minutes, countries, reviews in rows:
        if not title or dated[title, year] > 1:
            continue
        label = title if titles[title] == 1 else f"{title} ({year})"
        names = tuple(n.strip() for n in (countries or "").split(",") if n.strip())
        found[label] = FilmRecord(label, year, director, minutes or None, names, reviews or 0)
    return found


@cache
def _labels() -> dict[str, str]:
    labels = {f"{f.label} ({f.year})".casefold(): f.label for f in films().values()}
    return labels | {label.casefold(): label for label in films()}


@cache
def films_by_director() -> dict[str, list[FilmRecord]]:
    """Films of each sole director, by year."""
    found: dict[str, list[FilmRecord]] = defaultdict(list)
    for film in films().values():
        if film.director and "," not in film.director:
            found[film.director].append(film)
    return {name: sorted(made, key=lambda f: (f.year, f.label)) for name, made in sorted(found.items())}


def _production_countries(film: FilmRecord) -> list[str] | None:
    try:
        codes = {country_code(name) for name in film.countries}
    except ToolError:  # a former state
        return None
    names = sorted((name for code in codes if (name := name_of(code))), key=lambda n: n.removeprefix("the "))
    return names or None


class FilmFacts(Result):
    """What Wikidata says of a film."""

    director: Annotated[
        str | None,
        FILM_DIRECTOR,
        Says("the director of {film}", ask=("Who directed {film}?", "Who is the director of {film}?")),
    ]
    release_year: Annotated[
        int,
        Quantity(CALENDAR_YEAR, "", decimals=0, ratio=False),
        Says(
            ("the year in which {film} was first released", "the release year of {film}"),
            has="release year",
            ask=("In which year was {film} first released?",),
            high="latest",
            low="earliest",
        ),
    ]
    running_time_min: Annotated[
        float | None,
        Quantity("minute", "minutes", decimals=0, additive=True),
        Says(
            ("the running time of {film} according to Wikidata", "Wikidata's running time for {film}"),
            has="running time according to Wikidata",
            ask=("How long does {film} run according to Wikidata?",),
            high="longest",
            low="shortest",
        ),
    ]
    countries: Annotated[
        list[Annotated[str, COUNTRY]] | None,
        Says(
            "the countries of origin that Wikidata gives for {film}",
            ask=("Which countries does Wikidata give as the countries of origin of {film}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[WIKIDATA_FILMS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"film": "Rashomon"},
            {"/director": "Akira Kurosawa", "/release_year": 1950, "/running_time_min": 88, "/countries": ["Japan"]},
            "https://www.wikidata.org",
        ),
        Probe({"film": "Titanic (1997)"}, {"/director": "James Cameron", "/running_time_min": 194}),
    ],
)
def film_facts(film: Film) -> FilmFacts:
    """Director, release year, running time and countries of origin of a film of 1940 to 2014 (Wikidata)."""
    label = _labels().get(film.strip().casefold())
    if label is None:
        raise ToolError(f'unknown film {film!r}: give its title, or "Title (year)" if several films share it')
    found = films()[label]
    return FilmFacts(
        director=found.director if found.director in films_by_director() else None,
        release_year=found.year,
        running_time_min=found.minutes,
        countries=_production_countries(found),
    )


class DirectedFilms(Result):
    """Films of one director."""

    films: Annotated[
        list[Annotated[str, FILM]],
        Says(
            (
                "the films that Bokeh's movie data set lists under {director} as sole director",
                "the films of {director} in Bokeh's movie data set, co-directed ones left out",
            ),
            ask=("Which films does Bokeh's movie data set list under {director} as sole director?",),
        ),
    ]
    earliest: Annotated[
        str,
        FILM,
        Says(
            "the earliest film that Bokeh's movie data set lists under {director} as sole director",
            ask=("Which is the earliest film that Bokeh's movie data set lists under {director} as sole director?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[WIKIDATA_FILMS],
    determinism="snapshot",
    probes=[
        Probe(
            {"director": "Jane Campion"},
            {"/earliest": "Sweetie", "/films/2": "The Piano"},
            "https://www.wikidata.org/wiki/Q223830",
        )
    ],
)
def films_of_director(director: Director) -> DirectedFilms:
    """Films of a sole director from 1940 to 2014, by year and title (Wikidata extract of Bokeh)."""
    made = films_by_director().get(director.strip())
    if not made:
        raise ToolError(f"unknown film director {director!r}")
    return DirectedFilms(films=[film.label for film in made], earliest=made[0].label)
