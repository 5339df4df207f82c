"""The command `alin`: parse, call, print."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from importlib import import_module
from typing import NoReturn

from alin_core.commands.terminal import (
    Differing,
    ended_by_sigterm,
    let_go,
    set_up,
    show,
    tell,
    tell_crash,
)
from alin_core.errors import AlinError
from alin_core.text.wording import legible
from alin_core.version import __version__

__all__ = ["main"]

#: Exit codes; that of SIGTERM is raised.
_DIFFERENT, _REFUSED, _CRASHED, _INTERRUPTED = 1, 2, 70, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; docs/command-line.md lists them.

    >>> main(["ceilings", "--norm", "PLUS", "--zone", "MARS", "--on", "2026-11-23"])
    2

    Without `argv` the process is the command, and so SIGTERM is its own.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows `?` instead of failing.
        set_up(stream, errors="replace")
    try:
        with ended_by_sigterm() if argv is None else nullcontext():
            return _run(argv)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception:
        tell_crash()
        return _CRASHED
    finally:
        let_go()


def _run(argv: Sequence[str] | None) -> int:
    status = 0
    try:
        asked = _parser().parse_args(argv)
        # Only the module of the command is loaded.
        command = import_module(f"alin_core.commands.{asked.command}")
        run: Callable[[argparse.Namespace], str | Iterator[str]] = command.run
        try:
            found = run(asked)
        except Differing as differing:
            found, status = differing.page, _DIFFERENT
        show(found, as_json=asked.json)
    except AlinError as error:
        tell(error)
        return _REFUSED
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        sys.stdout = None
    except OSError as error:  # a full disk, a file that breaks off
        sys.stdout = None
        tell(f"nothing more can be read or written: {error.strerror}")
        return _REFUSED
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Refuse what was given, such as the name of a file, quoted without what moves a cursor."""
        super().error(legible(message))


def _parser() -> _Parser:
    parser = _Parser(
        prog="alin", description="Hold a social-housing demand against offers of AL'in."
    )
    parser.add_argument("--version", action="version", version=f"alin {__version__}")
    parser.set_defaults(json=False)  # of the commands that print pages only
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _assess(commands.add_parser("assess", help="say whether the offers of a dossier fit, and why"))
    _import(commands.add_parser("import", help="show what the national XML of demands says"))
    _rank(commands.add_parser("rank", help="put the candidatures on one offer in order"))
    _ceilings(commands.add_parser("ceilings", help="print the income ceilings of a day"))
    _rules(commands.add_parser("rules", help="print the catalogue of the rules, or one of them"))
    _workflow(commands.add_parser("workflow", help="print the table of a candidature's life"))
    _assess_frame(commands.add_parser("assess-frame", help="assess each row of a Parquet file"))
    _verify(
        commands.add_parser("verify", help="make the verdicts of a file again, say what differs")
    )
    _changes(commands.add_parser("changes", help="say which figures changed between two days"))
    schema = commands.add_parser("schema", help="print the JSON Schema of a dossier")
    schema.set_defaults(command="schema", json=True)
    return parser


def _assess(command: argparse.ArgumentParser) -> None:
    command.add_argument("dossier", metavar="DOSSIER", help="a JSON file; - reads standard input")
    command.add_argument("--offers", metavar="OFFERS", help="hold a national XML against these")
    command.add_argument("--on", metavar="DATE", help="expected date of the lease, 2026-11-23")
    command.add_argument("--estimate-aid", action="store_true", help="count an estimated APL")
    command.add_argument("--json", action="store_true", help="print JSON")
    _lang(command)
    command.set_defaults(command="assess")


def _assess_frame(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="IN", help="a Parquet file")
    command.add_argument("target", metavar="OUT", help="the Parquet file to write")
    day = command.add_mutually_exclusive_group(required=True)
    day.add_argument("--on", metavar="DATE", help="expected date of the lease, 2026-11-23")
    day.add_argument("--on-column", metavar="NAME", help="the column that holds it")
    where = "where an input is; FIELD= leaves it out"
    command.add_argument("--column", metavar="FIELD=NAME", action="append", default=[], help=where)
    command.set_defaults(command="assess_frame")


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="an XML file; - reads standard input")
    _lang(command)
    command.set_defaults(command="national_xml")


def _rank(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="a JSON file; - reads standard input")
    command.add_argument("--first", metavar="N", type=int, help="only the first N places")
    command.add_argument("--json", action="store_true", help="print JSON")
    _lang(command)
    command.set_defaults(command="rank")


def _ceilings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--norm", required=True, help="PLAI, PLUS or PLS")
    command.add_argument("--zone", help="PARIS_AND_ADJOINING, ILE_DE_FRANCE or OTHER_REGIONS")
    command.add_argument("--on", metavar="DATE", required=True, help="a day, 2026-11-23")
    _lang(command)
    command.set_defaults(command="ceilings")


def _rules(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", nargs="?", help="a rule, such as income-ceiling")
    command.add_argument("--json", action="store_true", help="print JSON, in both languages")
    _lang(command)
    command.set_defaults(command="rules")


def _workflow(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mermaid", action="store_true", help="print it as a Mermaid diagram")
    command.set_defaults(command="workflow")


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("verdict", metavar="VERDICT", help="a JSON file; - reads standard input")
    command.add_argument("--json", action="store_true", help="print JSON")
    _lang(command)
    command.set_defaults(command="verify")


def _changes(command: argparse.ArgumentParser) -> None:
    days = (("--from", "first", "a day, 2025-12-31"), ("--to", "last", "a later day, 2026-01-01"))
    for option, name, told in days:
        command.add_argument(option, dest=name, metavar="DATE", required=True, help=told)
    command.add_argument("--json", action="store_true", help="print JSON, in both languages")
    _lang(command)
    command.set_defaults(command="changes")


def _lang(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("fr", "en"), default="fr", help="fr by default")
