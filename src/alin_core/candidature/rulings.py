"""What a commission decides, and why a candidature is refused."""

from enum import StrEnum

from attrs import field

from alin_core.errors import InvalidValue, member
from alin_core.frozen import frozen
from alin_core.values.identifiers import is_text
from alin_core.values.privacy import hidden

__all__ = ["Reason", "Refusal", "Ruling"]


class Ruling(StrEnum):
    """What the commission decides for one candidature; the letters are those of CCH R441-3.

    >>> Ruling("b")
    <Ruling.B: 'B'>
    """

    #: Awarded.
    A = "A"
    #: Awarded by rank: the next one moves up when those before refuse.
    B = "B"
    #: Awarded under a condition: a mandatory document is missing.
    C = "C"
    #: Not awarded.
    D = "D"
    #: Rejected as inadmissible.
    E = "E"

    @classmethod
    def _missing_(cls, value: object) -> "Ruling":
        return member(cls, value, "ruling")


class Reason(StrEnum):
    """Why a candidature was refused.

    ASSUMPTION: a refusal is reasoned (CCH L441-2-2), but no text that we read lists the reasons.
    """

    INCOMPLETE_FILE = "INCOMPLETE_FILE"
    INCOME_ABOVE_CEILING = "INCOME_ABOVE_CEILING"
    INCOME_TOO_LOW = "INCOME_TOO_LOW"
    SIZE = "SIZE"
    #: Those of CCH R441-3 e: the conditions of access to social housing.
    INADMISSIBLE = "INADMISSIBLE"
    #: Others come before, by priority or by rank.
    OTHERS_FIRST = "OTHERS_FIRST"
    ANOTHER_ACCEPTED = "ANOTHER_ACCEPTED"
    CONDITION_NOT_MET = "CONDITION_NOT_MET"
    #: Told in the detail.
    OTHER = "OTHER"

    @classmethod
    def _missing_(cls, value: object) -> "Reason":
        return member(cls, value, "reason")


def _reason(value: Reason | str) -> Reason:
    return Reason(value)


@frozen
class Refusal:
    """The reason of a refusal, from a closed list, and in the words of who refuses.

    >>> Refusal("OTHER")
    Traceback (most recent call last):
    ...
    alin_core.errors.InvalidValue: detail: None is refused; say in it what OTHER means
    """

    reason: Reason = field(converter=_reason)
    #: Free text, which may name somebody.
    detail: str | None = field(default=None, validator=is_text, repr=hidden)

    def __attrs_post_init__(self) -> None:
        if self.reason is Reason.OTHER and self.detail is None:
            raise InvalidValue("detail", None, "say in it what OTHER means")
