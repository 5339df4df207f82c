"""The pages of the site, read: their parts, and the figures told in them and computed on them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from alin_core.candidature.transitions import transitions_markdown
from tools import table_pages
from tools.decision_tables import printed

__all__ = ["DOCS", "parts_of", "uncomputed"]

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
#: A kind, and what is in it.
Part = tuple[str, str]


def parts_of(name: str) -> list[Part]:
    """Those of a page of the site, or of README."""
    path = ROOT / "README.md" if name == "README" else DOCS / f"{name}.md"
    # What stands above the first heading of a notebook is for the program that executes it.
    return list(_parts(re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)))


def _parts(text: str) -> Iterator[Part]:
    """The parts of a page in their order.

    A fence bears its language or its directive; what stands in no fence is a heading, a table, a
    picture or prose.
    """
    fence = r"^(?P<sign>```|:::)\{?(?P<name>[\w-]*)\}?(?P<of>.*)\n(?P<body>(?:.*\n)*?)(?P=sign)$"
    end = 0
    for found in re.finditer(fence, text, re.MULTILINE):
        yield from _plain(text[end : found.start()])
        yield found["name"], (found["of"].strip() + "\n" + found["body"]).strip()
        end = found.end()
    yield from _plain(text[end:])


def _plain(text: str) -> Iterator[Part]:
    for block in filter(None, map(str.strip, text.split("\n\n"))):
        sign = re.match(r"#|\||\[?!\[", block)
        yield {"#": "heading", "|": "table"}.get(sign[0], "picture") if sign else "prose", block


def _sections(parts: Iterable[Part]) -> list[list[Part]]:
    """What stands before the first heading of the second level, and under each of them."""
    found: list[list[Part]] = [[]]
    for kind, text in parts:
        if kind == "heading" and text.startswith("## "):
            found.append([])
        found[-1].append((kind, text))
    return found


EXAMPLE = ("heading", "## Exemple exécuté · Executed example")
_MONTHS_FR = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_MONTHS_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS = f"{_MONTHS_FR}|{_MONTHS_EN}"
_MONTH_OF = {
    name: month
    for names in (_MONTHS_FR, _MONTHS_EN)
    for month, name in enumerate(names.split("|"), 1)
}
#: A day in words, and as code and its output write it.
_DAY_IN_WORDS = rf"\b(\d{{1,2}})(?:er)?\s({_MONTHS})(?:\s(\d{{4}}))?\b"
_DAY_IN_CODE = r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)|\bdate(?:time)?\((\d{4}), (\d+), (\d+)"
#: A number, or a day: the year where it is told, the month, and its place in the month.
Figure = Decimal | tuple[int, ...]
#: Numbers that name a text, a place in it, or a thing: they are no figures.
_NAMES = [
    r"`[^`]*`",
    r"\]\([^)]*\)",  # where a link leads
    rf"(arrêtés?|ordonnance|décret|decree)[^,;:.]*? (du|of)? ?\d+ ({_MONTHS}) \d{{4}}",
    rf"(en vigueur depuis le|in force since) \d+ ({_MONTHS}) \d{{4}}",
    r"\b(art|articles?)\. \d[\d°]*(( ?, | à | to | et | and )\d[\d°]*)*",
    r"\b[Aa]rticle \d+\b( \d°)?",
    r"\b(CGI|CCH|CSS|CASF)( [\dA-Z][\w-]*( [A-Z]\b)?( bis)?,?)+",
    r"\b[A-Z]\.?\d[\w-]*",  # R441-1, D823-16, T3, G12, F869, N−2
    r"[LRD]\d[\d-]*( \d°)?",
    r"#\d",
    r"Choix°\d",
    r"N[−-]\d",
    r"R441-1 1°",
    r"\b(choix|choices?|zones?|étapes?|steps?) \d\b((,| à| to| et| and| ou| or) \d\b)*",
    r"\blast twelve months\b",  # `Resources.last_twelve_months`
    r"\b1 bis",
    r"\bEQUC\d+A\b",
    # When a public page was read.
    r"\b(éditions? de|édition|editions? of) \d{4}(, \d{4})*( (et|and) \d{4})?",
]
_NUMBER = r"(?:(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_PERCENT = r"(?=[ \u00a0\u202f]?%)"
_IN_FULL = {
    word: Decimal(number)
    for words in (
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
    )
    for number, word in enumerate(words.split(), 2)
} | {
    word: Decimal(number)
    for words, number in (
        ("vingt twenty", 20), ("vingt-quatre twenty-four", 24), ("trente thirty", 30),
        ("quarante forty", 40), ("cinquante fifty", 50), ("cent hundred", 100),
    )
    for word in words.split()
}  # fmt: skip
#: What the law counts: a number in full before another noun is a way of speaking.
_UNITS = (
    "jours?|mois|ans?|années?|heures?|salariés?|pièces?|caractères?|personnes?|euros?|"
    "days?|months?|years?|hours?|employees|rooms?|characters|persons?"
)
_WORDS = re.compile(
    rf"\b({'|'.join(sorted(_IN_FULL, key=len, reverse=True))})[\s\u00a0](?:{_UNITS})\b"
)
_WORDS_PERCENT = re.compile(
    rf"\b({'|'.join(sorted(_IN_FULL, key=len, reverse=True))})[\s\u00a0](?:pour cent|per ?cent)\b"
)


def _figures(text: str) -> set[Decimal]:
    """The figures of a text, in digits or, before a unit of the law, in full.

    Thousands may be apart, and the decimal mark is either one.
    """
    digits = {
        Decimal(re.sub(r"\s", "", one).replace(",", ".")) for one in re.findall(_NUMBER, text)
    }
    return digits | {_IN_FULL[one] for one in _WORDS.findall(text)}


def _percents(text: str) -> set[Decimal]:
    """Those of its figures that are a percentage."""
    digits = re.findall(_NUMBER + _PERCENT, text)
    numbers = {Decimal(re.sub(r"\s", "", one).replace(",", ".")) for one in digits}
    return numbers | {_IN_FULL[one] for one in _WORDS_PERCENT.findall(text)}


def _days(text: str) -> tuple[set[Figure], str]:
    """The days told in words, and the text without them."""
    days = set[Figure]()
    for day, name, year in re.findall(_DAY_IN_WORDS, text):
        days.add((*map(int, filter(None, [year])), _MONTH_OF[name], int(day)))
    return days, re.sub(_DAY_IN_WORDS, " ", text)


def _told(parts: Iterable[Part]) -> tuple[set[Figure], set[Decimal]]:
    """The figures in the prose, the headings and the typed tables: plain ones, percentages."""
    kinds = ("fr", "en", "prose", "heading", "table", "text")
    text = "\n".join(text for kind, text in parts if kind in kinds)
    for pattern in _NAMES:
        text = re.sub(pattern, " ", text)
    days, text = _days(text)
    percents = _percents(text)
    return days | (_figures(text) - percents), percents


def _executed(parts: Iterable[Part]) -> tuple[str, str]:
    """What the blocks are given, and what comes out of them or is made anew at the build."""
    given, out = list[str](), list[str]()
    for kind, text in parts:
        if kind in ("python", "console"):
            for line in re.sub(r"(?<=\d)[_,](?=\d{3})", "", text).splitlines():
                is_input = line.startswith((">>> ", "... ", "$ "))
                (given if is_input else out).append(line)
        elif kind == "decision-table":
            out.append(printed(text))
        elif kind == "law-table":
            out.append(table_pages.printed(text))
        elif kind == "workflow-table":
            out.append(transitions_markdown())
    return "\n".join(given), "\n".join(out)


def _computed(text: str) -> set[Figure]:
    """The figures in lines of code or of output; a digit within a name is none.

    Of a day only its year counts as a number: 23 hours are not computed by a 23 November.
    """
    days, text = _days(text)
    for found in re.findall(_DAY_IN_CODE, text):
        days.add(tuple(int(part) for part in found if part))
    text = re.sub(_DAY_IN_CODE, " ", text)
    whole = {day for day in days if isinstance(day, tuple) and len(day) == 3}
    days |= {day[1:] for day in whole} | {Decimal(day[0]) for day in whole}
    return days | _figures(re.sub(r"\b[A-Za-z_]\w*", " ", text))


def uncomputed(parts: Iterable[Part]) -> set[Decimal]:
    """The figures of a page that its blocks do not give.

    One of the output counts on the whole page; one of the input in its section only, where the
    prose says what is tried, or everywhere if the executed example of a rule page is given it.
    A share may be told in percent. That the figure is the one which the sentence is about, this
    cannot see.
    """
    page = _sections(parts)
    everywhere = {
        figure
        for section in page
        for given, out in [_executed(section)]
        for figure in _computed(out if section[:1] != [EXAMPLE] else f"{given}\n{out}")
    }
    missing = set[Figure]()
    for section in page:
        plain, percents = _told(section)
        known = everywhere | _computed(_executed(section)[0])
        numbers = {one for one in known if isinstance(one, Decimal)}
        shares = {100 * part for one in numbers if one < 2 for part in (one, abs(1 - one))}
        missing |= (plain - known) | (percents - numbers - shares)
    return {Decimal(one[-1]) if isinstance(one, tuple) else one for one in missing}
