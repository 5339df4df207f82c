"""One applicant's record: every candidature, of which one at most is active."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from attrs import evolve, field

from alin_core.candidature.events import Cancel, Event, Submit, events_in_order
from alin_core.candidature.submission import (
    Documents,
    available_offer,
    documents_confirmed,
    documents_deposited,
    number_territory,
    number_validity,
    unique_number_held,
)
from alin_core.candidature.transitions import State
from alin_core.eligibility import Assessment
from alin_core.errors import InvalidValue, must_be
from alin_core.frozen import frozen
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer
from alin_core.values.identifiers import compared
from alin_core.values.instants import instant, paris_day
from alin_core.values.languages import Explained
from alin_core.workflow import Candidature, ForbiddenEvent

__all__ = ["Record", "Submission"]


@frozen
class Submission(Explained):
    """What became of a candidature that was to be submitted."""

    #: With the new candidature; the record as it was when it is refused.
    record: "Record"
    #: Everything that was looked at, met or not.
    findings: tuple[Finding, ...]
    #: The candidature that was cancelled first, by `switch`.
    cancelled: Candidature | None = None

    @property
    def accepted(self) -> bool:
        """Nothing refuses it: it stands in the record."""
        return not self.refusals

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Every ground of refusal."""
        return tuple(finding for finding in self.findings if finding.outcome == NOT_MET)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What does not refuse it, and should be known: borderline, or unknown."""
        return tuple(
            finding for finding in self.findings if finding.outcome in (BORDERLINE, UNKNOWN)
        )


@frozen
class Record(Explained):
    """What happened to one applicant's candidatures, in order.

    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    >>> submit = Submit(at=at, offer="IVRY-T3", unique_number="111 10 23 000123 GDPUB")
    >>> record = Record([submit])
    >>> record.active.offer
    'IVRY-T3'
    >>> record.after(Cancel(at=at)).active is None
    True

    It is replayed wherever it is made or loaded; what was judged when a candidature was submitted
    (assessment, documents) is not asked again.
    Raises `ForbiddenEvent`, whose `index` is that of the first event that may not follow.
    """

    history: tuple[Event, ...] = field(default=(), converter=events_in_order)
    #: In the order of their submission.
    candidatures: tuple[Candidature, ...] = field(init=False, eq=False, repr=False)

    @candidatures.default
    def _replayed(self) -> tuple[Candidature, ...]:
        history, made, leased = self.history, list[Candidature](), set[str]()
        starts = [at for at, event in enumerate(history) if at == 0 or isinstance(event, Submit)]
        for start, end in pairwise([*starts, len(history)]):
            _may_open(made, leased, history[start], start)
            try:
                made.append(Candidature(history[start:end]))
            except ForbiddenEvent as error:
                raise evolve(error, index=start + error.index) from None
            leased |= _leased(made[-1:])
        return tuple(made)

    @property
    def active(self) -> Candidature | None:
        """The one that blocks another; None: another offer may be applied for."""
        last = self.candidatures[-1] if self.candidatures else None
        return last if last is not None and last.blocks else None

    @property
    def archived(self) -> tuple[Candidature, ...]:
        """The closed ones, oldest first."""
        return tuple(one for one in self.candidatures if not one.blocks)

    def after(self, event: Event) -> "Record":
        """The record when something happens to the last candidature; raises `ForbiddenEvent`.

        A new one is for `submit`, which judges it: an `InvalidValue` here.
        """
        if isinstance(event, Submit):
            raise InvalidValue("event", event, "call submit(), which says whether it may be made")
        return Record((*self.history, event))

    @explained
    def submit(
        self,
        demand: Demand,
        offer: Offer,
        *,
        at: datetime,
        assessment: Assessment,
        documents: Documents,
    ) -> Submission:
        """Apply for an offer (« Je postule »), or say every ground that forbids it.

        The assessment must be that of this demand and this offer, for a lease that is not past;
        its own findings are among the grounds, and its rulebook rules the others too.
        What is BORDERLINE or UNKNOWN warns, and does not refuse.
        Raises `ForbiddenEvent` when nothing refuses it but an event of the record came later.
        """
        moment = instant(at)
        must_be(assessment, Assessment, "assessment")
        must_be(documents, Documents, "documents")
        findings = (
            *_number(demand, offer, moment, assessment),
            documents_confirmed(documents),
            documents_deposited(documents),
            available_offer(offer),
            *_assessed(demand, offer, moment, assessment),
            _one_candidature(self.active),
            _struck_off(demand, self.candidatures),
        )
        number = demand.unique_number
        if number is None or any(finding.outcome == NOT_MET for finding in findings):
            return Submission(self, findings)
        event = Submit(at=moment, offer=offer.reference, unique_number=number)
        return Submission(Record((*self.history, event)), findings)

    def switch(
        self,
        demand: Demand,
        offer: Offer,
        *,
        at: datetime,
        assessment: Assessment,
        documents: Documents,
    ) -> Submission:
        """Cancel the active candidature, then apply for another offer, in this order.

        When the second would be refused, nothing is cancelled.
        Raises `ForbiddenEvent` when there is none to cancel.
        """
        freed = self.after(Cancel(at=at))
        done = freed.submit(demand, offer, at=at, assessment=assessment, documents=documents)
        if not done.accepted:
            return Submission(self, done.findings)
        return evolve(done, cancelled=freed.candidatures[-1])


def _may_open(before: list[Candidature], leased: set[str], event: Event, index: int) -> None:
    """Raise `ForbiddenEvent` when no candidature may begin with that event, after those.

    `leased` holds the numbers on which one of those was leased.
    """
    if not before:
        return
    last, reason = before[-1], None
    if event.at < last.history[-1].at:
        reason = f"it comes before the last event, of {last.history[-1].at.isoformat()}"
    elif last.blocks:
        reason = f"the candidature for {last.offer!r} is active, and one at most may be"
    elif isinstance(event, Submit) and compared(event.unique_number) in leased:
        reason = "the demand is struck off: a lease was signed on it"
    if reason is not None:
        raise ForbiddenEvent(last.state, event, last.allowed(), reason, index)


def _leased(candidatures: Iterable[Candidature]) -> set[str]:
    return {compared(one.unique_number) for one in candidatures if one.state is State.LEASED}


def _number(
    demand: Demand, offer: Offer, at: datetime, assessment: Assessment
) -> tuple[Finding, ...]:
    held = unique_number_held(demand)
    if demand.unique_number is None:
        return (held,)
    valid = number_validity(demand, on=paris_day(at), rulebook=assessment.rulebook)
    return held, valid, number_territory(demand.unique_number, offer.commune)


def _assessed(
    demand: Demand, offer: Offer, at: datetime, assessment: Assessment
) -> tuple[Finding, ...]:
    reasons = [
        reason
        for reason, same in (
            ("another demand", assessment.demand == demand),
            ("another offer", assessment.offer == offer),
            ("past lease", paris_day(at) <= assessment.on),
        )
        if not same
    ]
    if reasons:
        return tuple(Finding("own-assessment", NOT_MET, reason=reason) for reason in reasons)
    return Finding("own-assessment", MET), *assessment.findings


def _one_candidature(active: Candidature | None) -> Finding:
    if active is None:
        return Finding("one-candidature", MET)
    return Finding("one-candidature", NOT_MET, basis=(("active_offer", active.offer),))


def _struck_off(demand: Demand, candidatures: Sequence[Candidature]) -> Finding:
    number = None if demand.unique_number is None else compared(demand.unique_number)
    if number in _leased(candidatures):
        return Finding("struck-off", NOT_MET)
    if number in {compared(one.unique_number) for one in candidatures if one.inadmissible}:
        return Finding("struck-off", UNKNOWN, reason="inadmissible")
    return Finding("struck-off", MET)
