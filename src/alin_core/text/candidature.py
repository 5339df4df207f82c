"""The page of a candidature, of an applicant's record, and of what became of a submission.

Nothing in them promises a dwelling: only the commission allocates.
"""

from collections.abc import Callable
from typing import Any

from alin_core.candidature.rulings import Refusal
from alin_core.candidature.transitions import State
from alin_core.record import Record, Submission
from alin_core.text.page import Page, Paragraph, item
from alin_core.text.sentences import sentence
from alin_core.text.wording import Words, label, legible
from alin_core.workflow import Candidature

__all__ = ["PAGES"]

#: More would fill a notebook.
_IN_HTML = 10


def _candidature(candidature: Candidature, words: Words) -> Page:
    figures = _figures(candidature, words)
    step = "head" if candidature.step is None else "head_step"
    head, state = words.say(f"candidature.{step}", **figures), _state(candidature, words)
    ways = [
        words.word("event", name).format_map(figures)
        for name in dict.fromkeys(row.event.__name__ for row in candidature.allowed())
    ]
    following = [words.say("candidature.next")] if ways else []
    notes = [words.say("candidature.promise", **figures)] if ways else []
    return Page(
        answer=[[Paragraph(head)], [Paragraph(state)]],
        details=[
            *([[Paragraph(following[0]), *map(item, ways)]] if ways else []),
            *([Paragraph(note)] for note in notes),
        ],
        caption=f"{head}. {state}",
        rows=[[way] for way in ways],
        head=following,
        notes=notes,
    )


def _state(candidature: Candidature, words: Words) -> str:
    """Where it stands and who acts next, in one sentence or two."""
    key = "inadmissible" if candidature.inadmissible else f"state.{candidature.state}"
    return words.say(f"candidature.{key}", **_figures(candidature, words))


def _figures(candidature: Candidature, words: Words) -> dict[str, Any]:
    decision, refusal = candidature.decision, candidature.refusal
    answer_by, condition = candidature.answer_by, decision and decision.condition
    return {
        "offer": legible(candidature.offer),
        "step": candidature.step,
        "rank": decision and decision.rank,
        "condition": condition and legible(condition),
        "answer_by": answer_by and words.day(answer_by),
        "refusal": refusal and _refusal_text(refusal, words),
        "caleol": label("name.commission", "short"),
        "cancel": label("label.cancel_candidature"),
    }


def _refusal_text(refusal: Refusal, words: Words) -> str:
    reason = words.word("refusal", refusal.reason)
    return reason if refusal.detail is None else f"{reason} – {legible(refusal.detail)}"


def _record(record: Record, words: Words) -> Page:
    """Where the active candidature stands; without one, how to apply.

    After a lease, that the demand is struck off: applying again takes a new one.
    After a rejection as inadmissible, that it may be.
    """
    last = record.candidatures[-1] if record.candidatures else None
    caption = words.say("candidature.record")
    if last is None:
        none = _how_to_apply(words)
        return Page(answer=[[Paragraph(none)]], caption=caption, notes=[none])
    blocking = last.blocks or last.state is State.LEASED or last.inadmissible
    apply = Page(answer=[[Paragraph(_how_to_apply(words))]])
    shown = _candidature(last, words) if blocking else apply
    made = record.candidatures[::-1]
    rows = [
        (legible(one.offer), str(one.step or ""), _state(one, words)) for one in made[:_IN_HTML]
    ]
    earlier = len(made) - len(rows)
    notes = [words.say("candidature.earlier", number=words.number(earlier))] if earlier else []
    if record.active is not None:
        caleol = label("name.commission", "short")
        notes.append(words.say("candidature.promise", caleol=caleol))
    return Page(
        answer=shown.answer,
        details=shown.details,
        caption=caption,
        head=[words.word("column", name) for name in ("reference", "step", "stands")],
        rows=rows,
        notes=notes,
    )


def _how_to_apply(words: Words) -> str:
    return words.say("candidature.none", offers=label("label.offers"), apply=label("label.apply"))


def _submission(submission: Submission, words: Words) -> Page:
    """Whether it was submitted, why not, and what to look at."""
    answer = ["accepted" if submission.accepted else "refused"]
    figures = {}
    if submission.cancelled is not None:
        answer.insert(0, "cancelled")
        figures = {"offer": legible(submission.cancelled.offer)}
    details = [
        [Paragraph(words.say(f"submission.{name}")), *(item(sentence(f, words)) for f in findings)]
        for name, findings in (("refusals", submission.refusals), ("warnings", submission.warnings))
        if findings
    ]
    said = [[Paragraph(words.say(f"submission.{key}", **figures))] for key in answer]
    return Page(answer=said, details=details)


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {
    Candidature: _candidature,
    Record: _record,
    Submission: _submission,
}
