"""The page of a demand read from the national XML: what was read, then the notes."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from alin_core.national_xml.values import Kept, MonthlyResource, Note, SneDemand, SnePerson
from alin_core.text.page import Block, Page, Paragraph
from alin_core.text.wording import Words, legible

__all__ = ["PAGES", "note_lines", "number_text"]


def _demand(read: SneDemand, words: Words) -> Page:
    """What was read of a demand, and its notes."""
    lodged = read.demand.lodged_on
    known = "lodged" if lodged else "undated"
    day = words.say(f"import.{known}", day=lodged and words.day(lodged))
    title = words.say("import.title", number=number_text(read, words), lodged=day)
    sections = (
        ("persons", _household(read, words)),
        ("incomes", _incomes(read, words)),
        ("aside", _aside(read, words)),
    )
    details = [_section(name, list(lines), words) for name, lines in sections]
    return Page(
        answer=[[Paragraph(f"{read.path} · {title}")]],
        details=[*filter(None, details), *filter(None, [note_lines(read, words)])],
    )


def _section(name: str, lines: list[Paragraph], words: Words) -> list[Block]:
    return [Paragraph(words.say(f"import.{name}")), *lines] if lines else []


def note_lines(read: SneDemand, words: Words) -> list[Block]:
    """Return what was noted of a demand; empty: nothing."""
    return _section("notes", list(_notes(read.notes, words)), words)


def number_text(read: SneDemand, words: Words) -> str:
    """Return the unique number, or that there is none."""
    number = read.demand.unique_number
    return words.say("import.number") if number is None else legible(str(number))


def _line(text: str, indent: int = 2) -> Paragraph:
    """One thing; a path or a word that is longer than a line is broken."""
    space = " " * indent
    return Paragraph(space + legible(text), f"{space}  ", breaks_words=True)


def _key(key: str, words: Words) -> str:
    """`cotitulaire[2]` in words."""
    name, _, rank = key.partition("[")
    return f"{words.word('person', name)} {rank}".rstrip("] ")


def _household(read: SneDemand, words: Words) -> Iterator[Paragraph]:
    for person in read.persons:
        who, told = _key(person.key, words), _person(person, words)
        yield _line(words.say("import.person", person=who, told=told))
    unborn = read.demand.household.unborn
    if unborn:
        yield _line(words.say("import.unborn", count=unborn))


def _person(person: SnePerson, words: Words) -> str:
    names = (person.first_name, person.surname or person.birth_name)
    birth = person.birth_date
    day = words.say("import.unknown") if birth is None else words.day(birth)
    return ", ".join(part for part in (" ".join(filter(None, names)), day) if part)


def _incomes(read: SneDemand, words: Words) -> Iterator[Paragraph]:
    resources = read.demand.resources
    for year, income in resources.reference_tax_income:
        yield _line(words.say("import.tax", year=year, income=words.euros(income)))
    yield _line(words.say("import.monthly", income=_income(resources.monthly_income, words)))
    for line in read.monthly_resources:
        yield _line(_resource(line, words), 4)


def _resource(line: MonthlyResource, words: Words) -> str:
    amount = line.amount
    income = _income(amount.copy_negate() if amount and line.sign < 0 else amount, words)
    if line.sign == 0:
        income = words.say("import.left_out", income=income)
    template = "import.charge" if line.of_dependants else "import.line"
    code = line.code or words.say("import.unknown")
    return words.say(template, person=_key(line.person, words), code=code, income=income)


def _income(amount: Decimal | None, words: Words) -> str:
    return words.say("import.unknown") if amount is None else words.euros(amount)


def _aside(read: SneDemand, words: Words) -> Iterator[Paragraph]:
    if read.email is not None:
        yield _line(words.say("import.email", email=read.email))
    for name, kept in (("address", read.address), ("dwelling", read.current_dwelling)):
        if kept:
            yield _line(words.say(f"import.{name}", kept=_kept(kept)))


def _kept(kept: Kept) -> str:
    return ", ".join(f"{path} {text}" for path, text in kept)


def _notes(notes: Iterable[Note], words: Words) -> Iterator[Paragraph]:
    """Each thing noted once, above the paths it is noted of."""
    paths: dict[str, list[str]] = {}
    for note in notes:
        paths.setdefault(_note_text(note, words), []).append(note.path)
    for text, places in paths.items():
        yield _line(f"- {text}")
        yield from (_line(place, 4) for place in places)


def _note_text(note: Note, words: Words) -> str:
    return words.say(f"note.{note.reason}", value=note.value and legible(note.value))


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {
    Note: lambda note, words: Page(answer=[[Paragraph(_note_text(note, words))]]),
    SneDemand: _demand,
}
