"""A demand read from the national XML, laid out in 80 columns: what was read, then the notes."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from textwrap import fill

from alin_core.law.wording import date_text, euros_text, legible, texts, word
from alin_core.national_xml.values import Kept, MonthlyResource, Note, SneDemand, SnePerson

__all__ = ["demand_text", "notes_text", "number_text"]

_WIDTH = 80


def demand_text(read: SneDemand, lang: str) -> str:
    """What was read of a demand, and its notes, in French (`fr`) or English (`en`)."""
    said, lodged = texts(lang)["import"], read.demand.lodged_on
    day = said["lodged"].format(day=date_text(lodged, lang)) if lodged else said["undated"]
    title = said["title"].format(number=number_text(read, lang), lodged=day)
    blocks = [f"{read.path} · {title}"]
    sections = (
        ("persons", _household(read, lang)),
        ("incomes", _incomes(read, lang)),
        ("aside", _aside(read, lang)),
    )
    for name, lines in sections:
        told = "\n".join(lines)
        if told:
            blocks.append(f"{said[name]}\n{told}")
    return "\n\n".join([*blocks, *notes_text(read, lang)])


def notes_text(read: SneDemand, lang: str) -> list[str]:
    """What was noted of a demand, as one block of text; empty: nothing."""
    told = "\n".join(_notes(read.notes, lang))
    return [f"{texts(lang)['import']['notes']}\n{told}"] if told else []


def number_text(read: SneDemand, lang: str) -> str:
    """The unique number, or that there is none."""
    number = read.demand.unique_number
    return str(texts(lang)["import"]["number"]) if number is None else legible(str(number))


def _line(text: str, indent: int = 2) -> str:
    """One thing on lines of 80 columns; a path or a word that is longer is cut."""
    space = " " * indent
    return fill(
        legible(text),
        _WIDTH,
        initial_indent=space,
        subsequent_indent=f"{space}  ",
        break_on_hyphens=False,
    )


def _key(key: str, lang: str) -> str:
    """`cotitulaire[2]` in words."""
    name, _, rank = key.partition("[")
    return f"{word('person', name, lang)} {rank}".rstrip("] ")


def _household(read: SneDemand, lang: str) -> Iterator[str]:
    said = texts(lang)["import"]
    for person in read.persons:
        told = _person(person, lang)
        yield _line(said["person"].format(person=_key(person.key, lang), told=told))
    unborn = read.demand.household.unborn
    if unborn:
        yield _line(said["unborn"].format(count=unborn))


def _person(person: SnePerson, lang: str) -> str:
    names = (person.first_name, person.surname or person.birth_name)
    birth = person.birth_date
    day = texts(lang)["import"]["unknown"] if birth is None else date_text(birth, lang)
    return ", ".join(part for part in (" ".join(filter(None, names)), day) if part)


def _incomes(read: SneDemand, lang: str) -> Iterator[str]:
    said, resources = texts(lang)["import"], read.demand.resources
    for year, income in resources.reference_tax_income:
        yield _line(said["tax"].format(year=year, income=euros_text(income, lang)))
    monthly = _income(resources.monthly_income, lang)
    yield _line(said["monthly"].format(income=monthly))
    for line in read.monthly_resources:
        yield _line(_resource(line, lang), 4)


def _resource(line: MonthlyResource, lang: str) -> str:
    said, amount = texts(lang)["import"], line.amount
    income = _income(amount.copy_negate() if amount and line.sign < 0 else amount, lang)
    if line.sign == 0:
        income = said["left_out"].format(income=income)
    template = said["charge" if line.of_dependants else "line"]
    code = line.code or said["unknown"]
    return str(template).format(person=_key(line.person, lang), code=code, income=income)


def _income(amount: Decimal | None, lang: str) -> str:
    return str(texts(lang)["import"]["unknown"]) if amount is None else euros_text(amount, lang)


def _aside(read: SneDemand, lang: str) -> Iterator[str]:
    said = texts(lang)["import"]
    if read.email is not None:
        yield _line(said["email"].format(email=read.email))
    for name, kept in (("address", read.address), ("dwelling", read.current_dwelling)):
        if kept:
            yield _line(said[name].format(kept=_kept(kept)))


def _kept(kept: Kept) -> str:
    return ", ".join(f"{path} {text}" for path, text in kept)


def _notes(notes: Iterable[Note], lang: str) -> Iterator[str]:
    """Each thing noted once, above the paths it is noted of."""
    paths: dict[str, list[str]] = {}
    for note in notes:
        paths.setdefault(note.explain(lang), []).append(note.path)
    for told, places in paths.items():
        yield _line(f"- {told}")
        yield from (_line(place, 4) for place in places)
