"""`alin assess`: do the offers fit, and why?"""

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from alin_core.commands.national_xml import demands
from alin_core.commands.terminal import day, read
from alin_core.errors import InvalidValue
from alin_core.exchange.dossier import read_dossier, read_offers, to_json
from alin_core.matching import Matches, matching_offers
from alin_core.national_xml.values import SneDemand
from alin_core.rules.priority import priority_of
from alin_core.text.national_xml import note_lines, number_text
from alin_core.text.page import Page
from alin_core.text.sentences import closing, wrapped
from alin_core.text.verdict import of_offer, priority_lines, summary
from alin_core.text.wording import Words
from alin_core.values.demand import Demand

__all__ = ["run"]

#: Between two offers.
_RULE = "─" * 80
#: Byte order marks and white space.
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def run(asked: Namespace) -> str | Iterator[str]:
    """A dossier, or each demand of a national XML, against offers."""
    if asked.offers is not None:
        return _assess_demands(asked)
    on = None if asked.on is None else day(asked.on)
    data = read(asked.dossier, "DOSSIER")
    if data.lstrip(_BEFORE_TEXT).startswith(b"<"):
        raise InvalidValue("DOSSIER", asked.dossier, "it is XML: give the offers with --offers")
    dossier = read_dossier(data, on=on)
    if dossier.on is None:
        raise InvalidValue("on", None, "give the date of the lease in the dossier, or --on")
    estimate = asked.estimate_aid
    matches = matching_offers(dossier.demand, dossier.offers, on=dossier.on, estimate_aid=estimate)
    if asked.json:
        return to_json(matches).rstrip()
    return "\n\n".join(_page(matches, dossier.demand, dossier.on, Words.of(asked.lang)))


def _assess_demands(asked: Namespace) -> Iterator[str]:
    """Each demand of the national XML against the same offers."""
    if asked.on is None:
        raise InvalidValue("on", None, "give the date of the lease, --on")
    on, offers = day(asked.on), read_offers(read(asked.offers, "--offers"))
    words = Words.of(asked.lang)
    for found in demands(asked.dossier, words, on):
        matches = matching_offers(found.demand, offers, on=on, estimate_aid=asked.estimate_aid)
        if asked.json:
            yield _json(found, matches, words)
            continue
        head = words.say("import.assessed", path=found.path, number=number_text(found, words))
        notes = filter(None, [note_lines(found, words)])
        page = _page(matches, found.demand, on, words)
        yield "\n\n".join([head, *(Page(answer=[block]).text() for block in notes), *page])


def _json(found: SneDemand, matches: Matches, words: Words) -> str:
    """One JSON text a demand: the matches, whose they are, and what was noted of the file."""
    number = found.demand.unique_number
    notes = [
        {"path": note.path, "kind": note.kind, "note": note.explain(words.lang, width=None)}
        for note in found.notes
    ]
    told = None if number is None else str(number)
    whose = {"path": found.path, "unique_number": told, "notes": notes}
    return json.dumps(whose | json.loads(to_json(matches)), ensure_ascii=False, indent=2)


def _page(matches: Matches, demand: Demand, on: date, words: Words) -> Iterator[str]:
    """Every offer at a glance when there are several, then one by one, then what they share."""
    found = (*matches.fitting, *matches.undecided, *matches.others)
    rule = f"{_RULE}\n" if len(found) > 1 else ""
    if rule:
        yield summary(found, len(matches.fitting), on, words).text()
    for one in found:
        yield rule + of_offer(one, words).text()
    yield rule + Page(answer=[priority_lines(priority_of(demand), words)]).text()
    if not matches.fitting:
        yield matches.explain(words.lang)
    yield wrapped(closing(words))
