"""The page of a verdict, of what it is made of, and of many verdicts at a glance."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from alin_core.eligibility import Assessment, Remedy
from alin_core.law.catalogue import rule
from alin_core.law.rulebook import Rulebook
from alin_core.matching import Matches
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Finding
from alin_core.rules.priority import Priority
from alin_core.text.page import Block, Page, Paragraph, Table, item
from alin_core.text.sentences import closing, no_match, remedy_sentence, sentence, tier_sentence
from alin_core.text.wording import Words, legible
from alin_core.values.housing import Offer

__all__ = ["PAGES", "changed_fields", "of_offer", "priority_lines", "summary"]

#: Told apart without colour.
_SIGNS = {MET: "✓", BORDERLINE: "≈", UNKNOWN: "?", NOT_MET: "✗"}
#: The rules that a verdict applies.
_OF_A_VERDICT = (
    "typology",
    "household-category",
    "income-ceiling",
    "zone",
    "affordability",
    "legal-priority",
    "company-priority",
)
#: One column for each of the three findings, in their order.
_COLUMNS = ("income-ceiling", "size", "affordability")


#: A finding: its sign, its title, its outcome and its sentence.
_Row = tuple[str, str, str, str]


def _assessment(assessment: Assessment, words: Words) -> Page:
    rows = _rows(assessment.findings, words)
    offer = _offer(assessment, rows, words)
    caveats = [*_hypothesis(assessment.rulebook, words), closing(words)]
    return Page(
        answer=offer.answer,
        details=[
            *offer.details,
            priority_lines(assessment.priority, words),
            *([Paragraph(caveat)] for caveat in caveats),
        ],
        caption=" · ".join([*_offer_words(assessment.offer, words), _verdict(assessment, words)]),
        rows=rows,
        notes=caveats,
    )


def of_offer(assessment: Assessment, words: Words) -> Page:
    """Return one offer with its verdict, each rule and the remedies: nothing of the priority."""
    return _offer(assessment, _rows(assessment.findings, words), words)


def _offer(assessment: Assessment, rows: Iterable[_Row], words: Words) -> Page:
    offer = " · ".join(_offer_words(assessment.offer, words))
    details = [_finding_lines(*row, words) for row in rows]
    remedies = [item(_remedy_text(remedy, words)) for remedy in assessment.remedies()]
    if remedies:
        details.append([Paragraph(words.say("head.remedies")), *remedies])
    answer = [Paragraph(offer, "  "), Paragraph(_verdict(assessment, words))]
    return Page(answer=[answer], details=details)


def _rows(findings: Iterable[Finding], words: Words) -> list[_Row]:
    return [
        (
            _SIGNS[finding.outcome],
            words.pair(finding.rule.title),
            words.word("outcome", finding.outcome),
            sentence(finding, words),
        )
        for finding in findings
    ]


def _verdict(assessment: Assessment, words: Words) -> str:
    verdict = words.word("verdict", assessment.outcome)
    return words.say("head.verdict", on=words.day(assessment.on), verdict=verdict)


def _finding_lines(_sign: str, title: str, outcome: str, told: str, words: Words) -> list[Block]:
    name = words.say("head.finding", title=title[:1].upper() + title[1:], outcome=outcome.lower())
    return [Paragraph(name), item(told, "")]


def _remedy_text(remedy: Remedy, words: Words) -> str:
    return remedy_sentence(remedy.rule_id, remedy.path, remedy.value, words)


def priority_lines(priority: Priority, words: Words) -> list[Block]:
    """Return where the candidature would stand, and why."""
    findings = [sentence(finding, words) for finding in priority.findings]
    lines = [item(text, "") for text in (tier_sentence(priority.tier, words), *findings)]
    return [Paragraph(words.say("head.priority")), *lines]


def _hypothesis(rulebook: Rulebook, words: Words) -> list[str]:
    """Which figures of a verdict are those of a reform; nothing where none is."""
    if rulebook == Rulebook.standard():  # before the catalogue is read
        return []
    read = (name for one in _OF_A_VERDICT for name in rule(one).parameters)
    changed = changed_fields(rulebook, read)
    return [words.say("page.hypothesis", changed=changed)] if changed else []


def changed_fields(rulebook: Rulebook, names: Iterable[str]) -> str:
    """Return those of the fields that a reform has changed, in one line; empty where none is."""
    standard = Rulebook.standard()
    changed = {name for name in names if getattr(rulebook, name) != getattr(standard, name)}
    return ", ".join(sorted(changed))


def _offer_words(offer: Offer, words: Words) -> list[str]:
    """What an offer is known by: reference, typology, norm, rent, commune, lessor."""
    full = offer.rent.including_charges
    amount = words.euros(offer.rent.base if full is None else full)
    return [
        legible(offer.reference),
        str(offer.typology),
        words.say("head.no_norm") if offer.norm is None else offer.norm.value,
        words.say("head.base" if full is None else "head.rent", rent=amount),
        words.say("head.commune", commune=offer.commune),
        *([] if offer.lessor is None else [legible(offer.lessor)]),
        *([] if offer.available else [words.say("head.gone")]),
    ]


def summary(verdicts: Sequence[Assessment], fitting: int, on: date, words: Words) -> Page:
    """Return the offers at a glance, those that fit first: each with its outcome and findings."""
    # The borderline ones are told apart.
    near = sum(verdict.outcome == BORDERLINE for verdict in verdicts[:fitting])
    apart = "all_near" if near == fitting else "near"
    told = words.say(f"summary.{apart}", near=words.number(near)) if near else ""
    title = words.say(
        "summary.title",
        offers=words.count("offers", len(verdicts)),
        on=words.day(on),
        fitting=words.count("fitting", fitting) + told,
    )
    columns = ("reference", "typology", "rent", "norm", *_COLUMNS, "verdict")
    head = [words.word("column", column) for column in columns]
    rows = [_summary_row(verdict, words) for verdict in verdicts]
    legend = Paragraph(words.say("summary.legend"))
    return Page(answer=[[Paragraph(title)]], details=[[Table([head, *rows])], [legend]])


def _summary_row(verdict: Assessment, words: Words) -> list[str]:
    offer, rent = verdict.offer, verdict.offer.rent.including_charges
    base = words.say("summary.from", rent=words.euros(offer.rent.base))
    gone = words.say("summary.gone")
    return [
        legible(offer.reference),
        str(offer.typology),
        base if rent is None else words.euros(rent),
        "?" if offer.norm is None else offer.norm.value,
        *(words.word("short", finding.outcome) for finding in verdict.findings),
        words.word("verdict", verdict.outcome) if offer.available else gone,
    ]


def _matches(matches: Matches, words: Words) -> Page:
    if matches.fitting:
        verdicts = (*matches.fitting, *matches.undecided, *matches.others)
        return summary(verdicts, len(matches.fitting), verdicts[0].on, words)
    offers = len(matches.undecided) + len(matches.others)
    return Page(answer=[[Paragraph(no_match(words, offers))]])


def _priority(priority: Priority, words: Words) -> Page:
    head, tier, *findings = priority_lines(priority, words)
    return Page(answer=[[head, tier]], details=[findings])


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {
    Assessment: _assessment,
    Finding: lambda finding, words: Page(answer=[[Paragraph(sentence(finding, words))]]),
    Matches: _matches,
    Priority: _priority,
    Remedy: lambda remedy, words: Page(answer=[[Paragraph(_remedy_text(remedy, words))]]),
}
