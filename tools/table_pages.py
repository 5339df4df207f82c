"""The dated tables as the site prints them, made anew at each build: `docs/conf.py` asks.

An edition more changes no page: what is newest stands in none, only in what these blocks print.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from attrs import fields

from alin_core.housing_aid.tables import AidLaw, aid_editions
from alin_core.law.catalogue import load
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingTable

__all__ = ["BLOCKS", "figures", "marks", "printed", "published"]

#: How the page of the tables writes each mark.
_SIGNS = {
    "two-sources": "2",
    "one-source+revision": "1r",
    "one-source": "1",
    "derived-two-sided": "d2",
    "derived-one-sided": "d1",
    "derived-back": "db",
    "corrected": "c",
}


def printed(name: str) -> str:
    """Return the Markdown of one block."""
    return "\n".join(("```text", *BLOCKS[name](), "```"))


def days(table: CeilingTable) -> Iterator[str]:
    """Yield how many editions a table has, its first day and the last one checked."""
    first, last = table.editions[0].in_force, table.checked_until
    yield f"{table.norm.value} {len(table.editions)} editions, {first} to {last}"


def marks(table: CeilingTable) -> Iterator[str]:
    """Yield how many cells a table has, and how many bear each mark."""
    cells = [mark for edition in table.editions for column in edition.columns for _, mark in column]
    count = Counter(cells)
    each = " ".join(f"{sign}:{count[mark]}" for mark, sign in _SIGNS.items())
    yield f"{table.norm.value} {len(cells)} {each}"


def figures(table: CeilingTable) -> Iterator[str]:
    """Yield every cell of every edition, with the sign of its mark."""
    for edition in table.editions:
        yield f"{edition.in_force} {edition.text}"
        for name, row in zip("123456+", zip(*edition.columns, strict=True), strict=True):
            cells = " ".join(f"{amount:>7} {_SIGNS[mark]:2}" for amount, mark in row)
            yield f"{name} {cells}".rstrip()


def published(table: CeilingTable) -> Iterator[str]:
    """Yield the identifiers of each edition: the article, the Journal officiel, the NOR."""
    for edition in table.editions:
        others = f"{edition.jorf or '-'} {edition.nor or '-'}"
        yield f"{table.norm.value} {edition.in_force} {edition.article} {others}"


def notes(table: CeilingTable) -> Iterator[str]:
    """Yield what an auditor should know of some editions."""
    for edition in table.editions:
        for note in edition.notes:
            yield f"{table.norm.value} {edition.in_force} {note}"


def verified(table: CeilingTable) -> Iterator[str]:
    """Yield each edition with its text and the marks that its cells bear."""
    for edition in table.editions:
        borne = sorted({mark for column in edition.columns for _, mark in column})
        text = f"{table.norm.value} {edition.in_force} {edition.text}"
        yield f"{text} | {' '.join(borne)}"


def aid() -> Iterator[str]:
    """Yield every edition of every article of the housing aid."""
    for table in fields(AidLaw):
        yield table.name
        for edition in aid_editions(table.name):
            rows = " / ".join(" ".join(map(str, row)) for row in edition.rows)
            source = f"{edition.text} | {edition.article} {edition.verified}"
            yield f"    {edition.in_force} | {source}"
            yield f"        {rows}"
            yield from (f"        {note}" for note in edition.notes)


def aid_counts() -> Iterator[str]:
    """Yield how many editions each article of the aid has, and how many from two sources."""
    for table in fields(AidLaw):
        editions = aid_editions(table.name)
        both = sum(edition.verified == "two-sources" for edition in editions)
        since = f"{len(editions)} since {editions[0].in_force}"
        yield f"{table.name}: {since}, {both} from two sources"


def aid_rents() -> Iterator[str]:
    """Yield each text that set the rent ceilings of the aid, with where it is published."""
    for edition in aid_editions("rent_ceiling"):
        yield f"{edition.in_force} {edition.article} {edition.text}"


def aid_notes() -> Iterator[str]:
    """Yield what an auditor should know of some editions of the aid."""
    for table in fields(AidLaw):
        for edition in aid_editions(table.name):
            for note in edition.notes:
                yield f"{table.name} {edition.in_force} {note}"


def aid_days() -> Iterator[str]:
    """Yield each article of the housing aid with the last day that it was checked for."""
    for name, table in load("housing_aid").items():
        yield f"{name} {table['checked_until']}"


def _of_both(block: Callable[[CeilingTable], Iterator[str]]) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[str]:
        law = Rulebook.standard()
        yield from block(law.plus)
        yield from block(law.plai)

    return lines


#: What a page can ask for.
BLOCKS: dict[str, Callable[[], Iterator[str]]] = {
    "days": _of_both(days),
    "marks": _of_both(marks),
    "plus": lambda: figures(Rulebook.standard().plus),
    "plai": lambda: figures(Rulebook.standard().plai),
    "published": _of_both(published),
    "notes": _of_both(notes),
    "verified": _of_both(verified),
    "aid": aid,
    "aid-counts": aid_counts,
    "aid-rents": aid_rents,
    "aid-notes": aid_notes,
    "aid-days": aid_days,
}
