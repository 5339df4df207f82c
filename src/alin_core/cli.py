"""The command `alin`: parse, call, print."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alin_core.errors import AlinError, InvalidValue, member

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from alin_core.eligibility import Matches
    from alin_core.values.demand import Demand

__all__ = ["main"]

#: Between two offers.
_RULE = "─" * 80


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0: done, 2: bad input, told on standard error.

    >>> main(["ceilings", "--norm", "PLUS", "--zone", "MARS", "--on", "2026-11-23"])
    2
    """
    _make_printable()
    asked = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], str] = asked.command
    try:
        text = command(asked)
    except AlinError as error:
        told = str(error).replace("\n", "\n      ")  # one fault a line, under one another
        if sys.stderr is not None:  # else `print` would turn to standard output
            print(f"alin: {told}", file=sys.stderr)
        return 2
    return _told(text)


def _told(text: str) -> int:
    if sys.stdout is None:  # closed by the caller, `>&-`: nobody reads
        return 0
    try:
        print(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        sys.stdout = None  # or Python flushes it again on its way out
    except OSError as error:  # a full disk
        sys.stdout = None
        print(f"alin: nothing can be written: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def _make_printable() -> None:
    """A terminal that lacks a character shows `?` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alin", description="Hold a social-housing demand against offers of AL'in."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    assess = commands.add_parser("assess", help="say whether the offers of a dossier fit, and why")
    assess.add_argument("dossier", metavar="DOSSIER", help="a JSON file; - reads standard input")
    assess.add_argument("--on", metavar="DATE", help="expected date of the lease, 2026-11-23")
    assess.add_argument("--json", action="store_true", help="print JSON")
    assess.add_argument("--estimate-aid", action="store_true", help="count an estimated APL")
    assess.set_defaults(command=_assess)
    ceilings = commands.add_parser("ceilings", help="print the income ceilings of a day")
    ceilings.add_argument("--norm", required=True, help="PLAI, PLUS or PLS")
    ceilings.add_argument("--zone", help="PARIS_AND_ADJOINING, ILE_DE_FRANCE or OTHER_REGIONS")
    ceilings.add_argument("--on", metavar="DATE", required=True, help="a day, 2026-11-23")
    ceilings.set_defaults(command=_ceilings)
    _add_rank(commands.add_parser("rank", help="put the candidatures on one offer in order"))
    for command in (assess, ceilings):
        command.add_argument("--lang", choices=("fr", "en"), default="fr", help="fr by default")
    schema = commands.add_parser("schema", help="print the JSON Schema of a dossier")
    schema.set_defaults(command=_schema)
    workflow = commands.add_parser("workflow", help="print the table of a candidature's life")
    workflow.add_argument("--mermaid", action="store_true", help="print it as a Mermaid diagram")
    workflow.set_defaults(command=_workflow)
    return parser


def _add_rank(rank: argparse.ArgumentParser) -> None:
    rank.add_argument("file", metavar="FILE", help="a JSON file; - reads standard input")
    rank.add_argument("--first", metavar="N", type=int, help="only the first N places")
    rank.add_argument("--json", action="store_true", help="print JSON")
    rank.add_argument("--lang", choices=("fr", "en"), default="fr", help="fr by default")
    rank.set_defaults(command=_rank)


def _schema(_asked: argparse.Namespace) -> str:
    from alin_core.serialization import schema

    return schema().rstrip()


def _workflow(asked: argparse.Namespace) -> str:
    from alin_core.transitions import transitions_markdown, transitions_mermaid

    return transitions_mermaid() if asked.mermaid else transitions_markdown()


def _day(text: str) -> "date":
    from datetime import date

    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # 20261123 is a date to Python, not to a dossier
        raise InvalidValue("--on", text, "give a day such as 2026-11-23")
    return day


def _read(name: str, argument: str) -> bytes:
    if name == "-":
        return b"" if sys.stdin is None else sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name that no file can bear
        raise InvalidValue(argument, name, f"no file can be read: {error.args[-1]}") from None


def _assess(asked: argparse.Namespace) -> str:
    from alin_core.eligibility import matching_offers
    from alin_core.serialization import read_dossier, to_json

    day = None if asked.on is None else _day(asked.on)
    dossier = read_dossier(_read(asked.dossier, "DOSSIER"), on=day)
    if dossier.on is None:
        raise InvalidValue("on", None, "give the date of the lease in the dossier, or --on")
    estimate = asked.estimate_aid
    matches = matching_offers(dossier.demand, dossier.offers, on=dossier.on, estimate_aid=estimate)
    if asked.json:
        return to_json(matches).rstrip()
    return "\n\n".join(_page(matches, dossier.demand, dossier.on, asked.lang))


def _page(matches: "Matches", demand: "Demand", on: "date", lang: str) -> "Iterator[str]":
    """Every offer at a glance when there are several, then one by one, then what they share."""
    from alin_core.law import pages, sentences
    from alin_core.rules.priority import priority_of

    found = (*matches.fitting, *matches.undecided, *matches.others)
    if len(found) > 1:
        rows = [(one.offer, one.outcome, one.findings) for one in found]
        yield pages.summary_text(rows, len(matches.fitting), on, lang)
    for one in found:
        remedies = [
            sentences.remedy_sentence(remedy.rule_id, remedy.path, remedy.value, lang)
            for remedy in one.remedies()
        ]
        text = pages.offer_text(one.offer, on, one.outcome, one.findings, remedies, lang)
        yield f"{_RULE}\n{text}" if len(found) > 1 else text
    priority = priority_of(demand)
    text = pages.priority_text(priority.findings, priority.tier, lang)
    yield f"{_RULE}\n{text}" if len(found) > 1 else text
    advice = matches.explain(lang)
    if advice:
        yield sentences.wrapped(advice)
    yield sentences.wrapped(sentences.closing(lang))


def _ceilings(asked: argparse.Namespace) -> str:
    from alin_core.eligibility import HouseholdCategory, income_ceiling
    from alin_core.law.pages import ceilings_text
    from alin_core.law.zones import Zone
    from alin_core.values.amounts import subtract
    from alin_core.values.housing import RentalNorm

    norm, on = RentalNorm(asked.norm), _day(asked.on)
    zones: list[Zone] = [zone for zone in Zone if zone is not Zone.OVERSEAS]
    if asked.zone is not None:
        zones = [member(Zone, asked.zone, "--zone")]
    columns: dict[Zone, list[tuple[Decimal, str]]] = {}
    for zone in zones:
        rows = [
            income_ceiling(norm, zone, HouseholdCategory(number), on=on) for number in range(1, 7)
        ]
        seven = income_ceiling(norm, zone, HouseholdCategory(6, 1), on=on).amount
        edition = rows[0].edition
        cells = [(row.amount, row.verified) for row in rows]
        further = (subtract(seven, rows[-1].amount), edition.cell(zone, 6)[1])
        columns[zone] = [*cells, further]
    return ceilings_text(norm.value, on, edition, columns, asked.lang)


def _rank(asked: argparse.Namespace) -> str:
    from alin_core.ranking_json import ranking_to_json, read_ranking

    ranking = read_ranking(_read(asked.file, "FILE"), first=asked.first)
    return ranking_to_json(ranking) if asked.json else ranking.summary(asked.lang)
