"""ISBN, ISSN, ORCID and Cutter numbers (python-stdnum, csan)."""

import re
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import CSAN, PYTHON_STDNUM
from dive_assets.toolpool.academic.entity_types import AUTHOR, ISBN, ISBN_GROUP, ISSN, ORCID
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Isbn = Annotated[str, ISBN, Field(description="ISBN-13 or ISBN-10, with or without hyphens", max_length=20)]
IsbnGroup = Annotated[str, ISBN_GROUP, Field(description="Prefix and group, such as 978-85", max_length=50)]
Country = Annotated[str, COUNTRY, Field(description="English short name or ISO 3166-1 alpha-2 code", max_length=80)]
Digits = r"^\d+$"
# The ISBN Agency's names of countries that ISO 3166-1 calls otherwise.
AREA_NAMES = {
    "China, People's Republic": "China",
    "Hong Kong, China": "Hong Kong",
    "Korea, P.D.R.": "North Korea",
    "Korea, Republic": "South Korea",
    "Kyrgyz Republic": "Kyrgyzstan",
    "Macau": "Macao",
}


@cache
def isbn_groups() -> dict[str, str]:
    """Country or area by registration group ("978-85"), from the International ISBN Agency's ranges."""
    from stdnum import numdb

    return {
        f"{prefix[1]}-{group[1]}": group[3]["agency"]
        for prefix in numdb.get("isbn").prefixes
        for group in prefix[4]
        if "agency" in group[3]
    }


@cache
def _country_of_area(area: str) -> str | None:
    try:
        return country_name(country_code(AREA_NAMES.get(area, area)))
    except ToolError:
        return None


@cache
def groups_by_country() -> dict[str, list[str]]:
    """Registration groups by country, as tools write it."""
    found: dict[str, list[str]] = {}
    for group, area in isbn_groups().items():
        if country := _country_of_area(area):
            found.setdefault(country, []).append(group)
    return {country: sorted(groups) for country, groups in sorted(found.items())}


def _group(group: str) -> str:
    text = group.strip().split()[-1] if group.strip() else ""
    if text not in isbn_groups():
        raise ToolError(f"the ISBN ranges have no registration group {group!r}")
    return text


def _capacity(group: str) -> int:
    return int(10 ** (12 - len(group.replace("-", ""))))


class CountryGroups(Result):
    """ISBN groups of a country."""

    groups: Annotated[
        list[Annotated[str, ISBN_GROUP]],
        Says(
            (
                "the ISBN registration groups (with their 978 or 979 prefix) that belong to {country} alone",
                "the ISBN prefix and group numbers that are kept for {country} alone",
            ),
            ask=("Which ISBN registration groups, written with their 978 or 979 prefix, belong to {country} alone?",),
        ),
    ]
    capacity: Annotated[
        int,
        Quantity("ISBNs", "ISBNs", 0, additive=True),
        Says(
            ("the number of different ISBNs that fit into the registration groups that belong to {country} alone",),
            has="number of different ISBNs that fit into its own registration groups",
            ask=("How many different ISBNs fit into the ISBN registration groups that belong to {country} alone?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    also=("general",),
    kind="R",
    sources=[PYTHON_STDNUM, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Brazil"},
            {"/groups": ["978-65", "978-85"], "/capacity": 2 * 10**7},
            "International ISBN Agency, list of ranges: 7 digits remain before the check digit",
        ),
        Probe({"country": "Japan"}, {"/groups": ["978-4"], "/capacity": 10**8}, "International ISBN Agency"),
    ],
)
def isbn_groups_of_country(country: Country) -> CountryGroups:
    """ISBN registration groups of a country and how many numbers they hold (International ISBN Agency, stdnum)."""
    name = country_name(country_code(country))
    groups = groups_by_country().get(name)
    if groups is None:
        raise ToolError(f"no ISBN registration group belongs to {name} alone")
    return CountryGroups(groups=groups, capacity=sum(map(_capacity, groups)))


class GroupFacts(Result):
    """An ISBN registration group."""

    area: Annotated[
        str,
        Text("the name of the country or language area"),
        Says(
            (
                "the country or language area to which the ISBN Agency has given {group}",
                "the area that the International ISBN Agency names for {group}",
            ),
            ask=("To which country or language area has the International ISBN Agency given {group}?",),
        ),
    ]
    country: Annotated[
        str | None,
        COUNTRY,
        Says(
            (
                "the country to which the ISBN Agency has given {group}",
                "the country whose publishers use {group} in their ISBNs",
            ),
            ask=("Which country's publishers use {group} in their ISBNs?",),
        ),
    ]


@tool(
    domain="academic",
    also=("general",),
    kind="R",
    sources=[PYTHON_STDNUM, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"group": "the registration group 978-85"},
            {"/area": "Brazil", "/country": "Brazil"},
            "International ISBN Agency",
        ),
        Probe({"group": "978-2"}, {"/area": "French language", "/country": None}, "International ISBN Agency"),
        Probe({"group": "979-11"}, {"/country": "South Korea"}, "International ISBN Agency"),
    ],
)
def isbn_group_facts(group: IsbnGroup) -> GroupFacts:
    """Country or language area of an ISBN registration group (International ISBN Agency, stdnum)."""
    area = isbn_groups()[_group(group)]
    return GroupFacts(area=area, country=_country_of_area(area))


class IsbnOfTitle(Result):
    """A complete ISBN."""

    isbn: Annotated[
        str,
        ISBN,
        Says(
            (
                "the ISBN-13 that starts with {group}, is filled up to twelve digits from the start of {digits} and ends "
                "with its check digit",
            ),
            ask=(
                "An ISBN-13 starts with {group}, is filled up to twelve digits from the start of {digits}, and ends with "
                "its check digit: which ISBN is it?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYTHON_STDNUM],
    determinism="snapshot",
    probes=[
        Probe({"group": "978-0", "digits": "30640615"}, {"/isbn": "978-0-306-40615-7"}, "ISBN Users' Manual, 2005"),
        Probe({"group": "978-3", "digits": "16148410"}, {"/isbn": "978-3-16-148410-0"}, "Wikipedia: ISBN"),
    ],
)
def isbn_in_group(
    group: IsbnGroup,
    digits: Annotated[str, Draw.sequence("0123456789", 8, 8), Field(pattern=Digits, min_length=8, max_length=8)],
) -> IsbnOfTitle:
    """ISBN-13 with check digit and hyphens from a registration group and further digits (stdnum)."""
    from stdnum import ean, isbn

    start = _group(group).replace("-", "")
    body = start + digits[: 12 - len(start)]
    number = body + ean.calc_check_digit(body)
    hyphened = isbn.format(number)
    if hyphened.count("-") != 4:
        raise ToolError(f"the range of {number} in {group} has not been given out", "invalid_arguments")
    return IsbnOfTitle(isbn=hyphened)


class IsbnParts(Result):
    """The parts of an ISBN."""

    group: Annotated[
        str,
        ISBN_GROUP,
        Says(
            ("the prefix and registration group of {isbn}", "the registration group, with its prefix, of {isbn}"),
            ask=("To which registration group, written with its 978 or 979 prefix, does {isbn} belong?",),
        ),
    ]
    registrant: Annotated[
        str,
        Text("the digits of the registrant element"),
        Says(
            ("the registrant (publisher) element of {isbn}",),
            ask=("Which digits are the registrant, or publisher, element of {isbn}?",),
        ),
    ]
    isbn10: Annotated[
        str | None,
        Text("the ISBN-10 with its hyphens"),
        Says(
            ("the ISBN-10 form of {isbn}", "the old ten-digit form of {isbn}"),
            ask=("What is the ISBN-10 form of {isbn}?",),
        ),
    ]
    publisher_titles: Annotated[
        int,
        Quantity("titles", "titles", 0),
        Says(
            ("the number of titles that the publisher's number range in {isbn} has room for",),
            has="number of titles that its publisher's number range has room for",
            ask=("For how many titles has the registrant element of {isbn} room?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYTHON_STDNUM],
    determinism="snapshot",
    probes=[
        Probe(
            {"isbn": "978-0-306-40615-7"},
            {"/group": "978-0", "/registrant": "306", "/isbn10": "0-306-40615-2", "/publisher_titles": 100_000},
            "ISBN Users' Manual, 2005: 0-306-40615-2",
        ),
        Probe({"isbn": "9788535902778"}, {"/group": "978-85", "/registrant": "359", "/isbn10": "85-359-0277-5"}),
    ],
)
def isbn_parts(isbn: Isbn) -> IsbnParts:
    """Registration group, registrant element, ISBN-10 form and room of a publisher's range of an ISBN (stdnum)."""
    from stdnum import exceptions
    from stdnum import isbn as numbers

    try:
        number = numbers.validate(isbn, convert=True)
    except exceptions.ValidationError:
        raise ToolError(f"{isbn!r} is no valid ISBN", "invalid_arguments") from None
    prefix, group, registrant, item, _ = numbers.split(number)
    if not (group and registrant and item):
        raise ToolError(f"the range of {isbn!r} has not been given out")
    return IsbnParts(
        group=f"{prefix}-{group}",
        registrant=registrant,
        isbn10=numbers.format(numbers.to_isbn10(number)) if prefix == "978" else None,
        publisher_titles=10 ** len(item),
    )


class SerialNumber(Result):
    """A complete ISSN."""

    issn: Annotated[
        str,
        ISSN,
        Says(
            ("the ISSN whose first seven digits are {digits}", "the ISSN that begins with the seven digits {digits}"),
            ask=("Which ISSN has {digits} as its first seven digits?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYTHON_STDNUM],
    probes=[
        Probe({"digits": "0378595"}, {"/issn": "0378-5955"}, "ISO 3297: Hearing Research"),
        Probe({"digits": "0317847"}, {"/issn": "0317-8471"}, "ISSN Manual"),
        Probe({"digits": "2434561"}, {"/issn": "2434-561X"}, "Wikipedia: ISSN"),
    ],
)
def issn_from_digits(
    digits: Annotated[str, Draw.sequence("0123456789", 7, 7), Field(pattern=Digits, min_length=7, max_length=7)],
) -> SerialNumber:
    """ISSN with check character from its first seven digits (ISO 3297, stdnum)."""
    from stdnum import issn

    return SerialNumber(issn=issn.format(digits + issn.calc_check_digit(digits)))


class SerialBarcode(Result):
    """The bar code number of a serial."""

    ean: Annotated[
        str,
        Text("the thirteen digits of the EAN"),
        Says(
            ("the EAN-13 with variant 00 that stands for {issn}", "the thirteen-digit bar code, variant 00, of {issn}"),
            ask=("Which EAN-13 bar code number, with variant 00, stands for {issn}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYTHON_STDNUM],
    probes=[
        Probe(
            {"issn": "0378-5955"},
            {"/ean": "9770378595002"},
            "977 0378595 00: weights 1 and 3 give 108, so the check digit is 2",
        ),
    ],
)
def issn_barcode(issn: Annotated[str, ISSN, Field(max_length=9)]) -> SerialBarcode:
    """EAN-13 of an ISSN with variant 00 (GS1, stdnum)."""
    from stdnum import exceptions
    from stdnum import issn as numbers

    try:
        return SerialBarcode(ean=numbers.to_ean(numbers.validate(issn)))
    except exceptions.ValidationError:
        raise ToolError(f"{issn!r} is no valid ISSN", "invalid_arguments") from None


class OrcidId(Result):
    """A complete ORCID iD."""

    orcid: Annotated[
        str,
        ORCID,
        Says(
            ("the ORCID iD whose first fifteen digits are 0000 0002 followed by {digits}",),
            ask=(
                "The first fifteen digits of an ORCID iD are 0000 0002 followed by {digits}: what is the whole ORCID "
                "iD, with its check character?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYTHON_STDNUM],
    probes=[
        Probe({"digits": "1825009"}, {"/orcid": "0000-0002-1825-0097"}, "ORCID's own example, Josiah Carberry"),
        Probe({"digits": "1694233"}, {"/orcid": "0000-0002-1694-233X"}, "ORCID, Structure of the ORCID Identifier"),
    ],
)
def orcid_from_digits(
    digits: Annotated[str, Draw.sequence("0123456789", 7, 7), Field(pattern=Digits, min_length=7, max_length=7)],
) -> OrcidId:
    """ORCID iD with its ISO 7064 MOD 11-2 check character (stdnum)."""
    from stdnum.iso7064 import mod_11_2

    body = "00000002" + digits
    return OrcidId(orcid="-".join(re.findall("....", body + mod_11_2.calc_check_digit(body))))


class CutterNumbers(Result):
    """Book numbers of an author."""

    cutter_sanborn: Annotated[
        str,
        Text("the letter and three figures"),
        Says(
            ("the Cutter-Sanborn three-figure author number of {author}", "the three-figure Cutter number of {author}"),
            ask=("Which Cutter-Sanborn three-figure author number has {author}?",),
        ),
    ]
    library_of_congress: Annotated[
        str,
        Text("the letter and three figures"),
        Says(
            ("the author number with three figures from the Library of Congress Cutter table of {author}",),
            ask=(
                "Which author number does the Library of Congress Cutter table give {author}, expanded to three "
                "figures?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CSAN],
    probes=[
        Probe({"author": "Leo Tolstoy"}, {"/cutter_sanborn": "T654"}, "Cutter-Sanborn Three-Figure Author Table"),
        Probe({"author": "Jane Austen"}, {"/cutter_sanborn": "A933"}, "Cutter-Sanborn Three-Figure Author Table"),
        Probe(
            {"author": "Charles Dickens"},
            {"/cutter_sanborn": "D548", "/library_of_congress": "D535"},
            "Cutter-Sanborn table; LC Cutter table: i = 5, c = 3, k = 5",
        ),
    ],
)
def cutter_numbers(
    author: Annotated[str, AUTHOR, Field(description="Forename and surname", max_length=60)],
) -> CutterNumbers:
    """Cutter-Sanborn and Library of Congress author numbers of an author (csan)."""
    import csan

    forename, _, surname = author.strip().rpartition(" ")
    if not forename or not surname.isascii() or not surname.isalpha():
        raise ToolError(f"give forename and surname in plain letters, not {author!r}", "invalid_arguments")
    return CutterNumbers(
        cutter_sanborn=csan.cutter_sanborn(forename=forename, surname=surname),
        library_of_congress=csan.cutter_loc(forename=forename, surname=surname),
    )
