"""The two codes: the activation code lives 24 hours, the security code until the next one."""

import pickle
from copy import copy, deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from alin_core.errors import InvalidValue, MissingInput, NotADate, WrongType
from alin_core.law.catalogue import rules
from alin_core.law.rulebook import Rulebook
from alin_core.registration.codes import (
    ActivationCode,
    SecurityCode,
    check_activation_code,
    check_security_code,
    number_validation,
    same_code,
)
from alin_core.rules.findings import Finding, Outcome
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.resources import Resources
from tests.worked import cases

SENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(hours=24)
EMAIL = "ada@example.org"
CODE = ActivationCode(text="012345", issued_at=SENT, sent_to=EMAIL)
STANDARD = Rulebook.standard()
DEMAND = Demand(household=Household.of(), resources=Resources(), email=EMAIL)


@pytest.mark.parametrize("case", cases("registration")["activation"])
def test_worked_case_of_an_activation(case: dict[str, Any]) -> None:
    code = evolve(CODE, issued_at=case["sent"])
    finding = check_activation_code(code, "012345", at=case["entered"])
    assert (finding.reason or finding.outcome) == case["answer"]


@pytest.mark.parametrize("finding", [
    check_activation_code(CODE, "012345", at=SENT),
    number_validation(None),
    check_security_code([], "0071"),
])  # fmt: skip
def test_a_finding_bears_the_id_of_its_rule(finding: Finding) -> None:
    assert finding.rule in rules()


def test_a_code_went_to_an_address() -> None:
    nobody: Any = None
    for code in (CODE, SecurityCode(text="0071", sent_to=EMAIL)):
        with pytest.raises(WrongType, match=r"^sent_to: "):
            evolve(code, sent_to=nobody)


@pytest.mark.parametrize("case", cases("registration")["creation"])
def test_worked_case_of_a_creation(case: dict[str, Any]) -> None:
    assert number_validation(case["created"]).outcome == case["answer"]


class TestActivationCode:
    """« Ce code est actif durant un délai de 24h. »"""

    @pytest.mark.parametrize("after", [timedelta(0), MICROSECOND, DAY - MICROSECOND, DAY])
    def test_it_is_active_for_24_hours_last_instant_included(self, after: timedelta) -> None:
        assert check_activation_code(CODE, "012345", at=SENT + after).outcome is Outcome.MET

    @pytest.mark.parametrize(
        ("entered", "after", "reason"),
        [
            ("012345", -MICROSECOND, "not issued"),
            ("999999", -DAY, "not issued"),
            ("012345", DAY + MICROSECOND, "expired"),
            ("999999", DAY + MICROSECOND, "expired"),
            ("999999", DAY, "wrong"),
            ("12345", timedelta(0), "wrong"),
            ("0012345", timedelta(0), "wrong"),
            ("012345 ", timedelta(0), "wrong"),
            ("", timedelta(0), "wrong"),
            ("０１２３４５", timedelta(0), "wrong"),
            ("\ud800", timedelta(0), "wrong"),
        ],
    )
    def test_wrong_expired_and_not_issued_are_three_answers(
        self, entered: str, after: timedelta, reason: str
    ) -> None:
        finding = check_activation_code(CODE, entered, at=SENT + after)
        assert (finding.outcome, finding.reason) == (Outcome.NOT_MET, reason)

    def test_no_code_was_sent(self) -> None:
        assert check_activation_code(None, "012345", at=SENT).reason == "not issued"

    @pytest.mark.parametrize("month", [3, 10])
    def test_hours_are_real_ones_when_the_clocks_change(self, month: int) -> None:
        """The nights of 29 March and 25 October 2026 lose and gain an hour in Paris."""
        paris = ZoneInfo("Europe/Paris")
        evening = datetime(2026, month, 28 if month == 3 else 24, 20, tzinfo=paris)
        code = evolve(CODE, issued_at=evening)
        last = (evening.astimezone(UTC) + DAY).astimezone(paris)
        assert last.hour == (21 if month == 3 else 19)
        assert check_activation_code(code, "012345", at=last).outcome is Outcome.MET
        late = (last.astimezone(UTC) + MICROSECOND).astimezone(paris)
        assert check_activation_code(code, "012345", at=late).reason == "expired"

    def test_a_zone_is_only_a_way_to_write_an_instant(self) -> None:
        there = SENT.astimezone(timezone(timedelta(hours=-11)))
        twin = evolve(CODE, issued_at=there)
        assert (twin, hash(twin), twin.issued_at.tzinfo) == (CODE, hash(CODE), UTC)

    def test_a_reform_of_its_life(self) -> None:
        longer = evolve(STANDARD, activation_hours=48)
        at = SENT + 2 * DAY
        assert check_activation_code(CODE, "012345", at=at, rulebook=longer).outcome == "MET"
        late = check_activation_code(CODE, "012345", at=at + MICROSECOND, rulebook=longer)
        assert (late.reason, late.fact("hours")) == ("expired", 48)
        open_ended = evolve(STANDARD, activation_last_instant=False)
        for after, reason in ((DAY - MICROSECOND, None), (DAY, "expired")):
            finding = check_activation_code(CODE, "012345", at=SENT + after, rulebook=open_ended)
            assert finding.reason == reason

    @pytest.mark.parametrize("at", [datetime(2026, 11, 23), date(2026, 11, 23), "2026-11-23", 0])  # noqa: DTZ001
    def test_an_instant_without_a_time_zone_is_refused(self, at: Any) -> None:
        for refused in (InvalidValue, WrongType):
            if isinstance(at, datetime) == (refused is InvalidValue):
                with pytest.raises(refused, match=r"^at: "):
                    check_activation_code(CODE, "012345", at=at)
                with pytest.raises(refused, match=r"^issued_at: "):
                    evolve(CODE, issued_at=at)

    @pytest.mark.parametrize("year", [1899, 9001])
    def test_an_instant_at_the_ends_of_the_calendar_is_refused(self, year: int) -> None:
        with pytest.raises(InvalidValue, match=r"^issued_at: .* give a year from 1900 to 9000"):
            evolve(CODE, issued_at=datetime(year, 1, 1, tzinfo=UTC))
        for edge in (1900, 9000):
            assert evolve(CODE, issued_at=datetime(edge, 12, 31, tzinfo=UTC)).issued_at.year == edge

    def test_it_goes_to_the_e_mail_of_the_demand(self) -> None:
        assert ActivationCode.of(DEMAND, "012345", issued_at=SENT) == CODE
        with pytest.raises(MissingInput, match="depends on email;"):
            ActivationCode.of(evolve(DEMAND, email=None), "012345", issued_at=SENT)

    @given(st.timedeltas(timedelta(days=-3), timedelta(days=3)), st.text(), st.text(min_size=1))
    @example(DAY, "0", "0")
    @example(DAY + MICROSECOND, "0", "0")
    @example(-MICROSECOND, "0", "0")
    def test_it_imports_only_the_right_text_at_the_right_time(
        self, after: timedelta, entered: str, sent: str
    ) -> None:
        code = ActivationCode(text=f"c{sent}", issued_at=SENT, sent_to=EMAIL)
        for text in (entered, code.text):
            finding = check_activation_code(code, text, at=SENT + after)
            fits = text == code.text and timedelta(0) <= after <= DAY
            assert (finding.outcome is Outcome.MET) == fits


class TestSecurityCode:
    """« Un code de sécurité » for demands created on AL'in « avant le 20/04/21 »."""

    FIRST, SECOND = (SecurityCode(text=text, sent_to=EMAIL) for text in ("0071", "4420"))

    @pytest.mark.parametrize(
        ("created", "needed"),
        [
            (date(2021, 4, 19), True),
            (date(2021, 4, 20), False),
            (date(2021, 4, 21), False),
        ],
    )
    def test_it_is_for_demands_created_strictly_before_20_april_2021(
        self, created: date, needed: bool
    ) -> None:
        assert (number_validation(created).outcome is Outcome.NOT_MET) == needed
        assert number_validation(created, validated=True).outcome is Outcome.MET

    def test_a_creation_that_is_not_told_may_need_one(self) -> None:
        unknown = number_validation(None)
        assert (unknown.outcome, unknown.missing) == (Outcome.UNKNOWN, ("created_on_alin",))
        assert number_validation(None, validated=True).outcome is Outcome.MET

    def test_the_day_of_the_deposit_changes_nothing(self) -> None:
        """The day that counts is that of the creation on AL'in."""
        old = evolve(DEMAND, lodged_on=date(2015, 1, 1), created_on_alin=date(2021, 4, 20))
        assert number_validation(old.created_on_alin).outcome is Outcome.MET

    def test_a_reform_of_the_day(self) -> None:
        later = evolve(STANDARD, security_code_before=date(2022, 1, 1))
        for day, outcome in ((date(2021, 12, 31), "NOT_MET"), (date(2022, 1, 1), "MET")):
            assert number_validation(day, rulebook=later).outcome == outcome
        assert number_validation(None, rulebook=later).fact("cutoff") == date(2022, 1, 1)
        with pytest.raises(WrongType, match=r"^validated: "):
            number_validation(date(2021, 4, 19), validated=1)  # type: ignore[arg-type]
        with pytest.raises(NotADate, match=r"^created_on_alin: "):
            number_validation(datetime(2021, 4, 19, tzinfo=UTC))

    def test_a_code_of_another_kind_validates_nothing(self) -> None:
        codes: list[Any] = [CODE, "0071", None]
        for code in codes:
            with pytest.raises(WrongType, match=r"^sent: .* give SecurityCode$"):
                check_security_code([self.FIRST, code], "0071")

    def test_the_code_that_was_sent_validates(self) -> None:
        assert check_security_code([self.FIRST], "0071").outcome is Outcome.MET

    def test_a_new_code_voids_the_old(self) -> None:
        sent = [self.FIRST, self.SECOND]
        assert check_security_code(sent, "4420").outcome is Outcome.MET
        assert check_security_code(sent, "0071").reason == "void"
        assert check_security_code([*sent, self.FIRST], "0071").outcome is Outcome.MET

    @pytest.mark.parametrize(("sent", "reason"), [([], "not issued"), ([FIRST], "wrong")])
    def test_a_code_that_does_not_fit(self, sent: list[SecurityCode], reason: str) -> None:
        finding = check_security_code(sent, "71")
        assert (finding.outcome, finding.reason) == (Outcome.NOT_MET, reason)

    def test_no_life_is_invented_for_it(self) -> None:
        assert [field for field in dir(self.FIRST) if "issued" in field or "expire" in field] == []

    def test_it_goes_to_the_e_mail_of_the_demand(self) -> None:
        assert SecurityCode.of(DEMAND, "0071") == self.FIRST
        with pytest.raises(MissingInput, match="depends on email;"):
            SecurityCode.of(evolve(DEMAND, email=None), "0071")


CODES = [CODE, SecurityCode(text="012345", sent_to=EMAIL)]


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_in_no_repr(code: ActivationCode | SecurityCode) -> None:
    assert "012345" not in repr(code)
    assert "012345" not in str([code])
    assert EMAIL not in repr(code)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_value(code: ActivationCode | SecurityCode) -> None:
    for twin in (pickle.loads(pickle.dumps(code)), copy(code), deepcopy(code), evolve(code)):
        assert (twin, hash(twin), twin.text) == (code, hash(code), "012345")


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_text_and_an_error_does_not_show_it(code: Any) -> None:
    for secret in (12345, b"012345", ["012345"], None):
        calls: list[Any] = [
            lambda s=secret: evolve(code, text=s),
            lambda s=secret: check_activation_code(CODE, s, at=SENT),
            lambda s=secret: check_security_code([], s),
        ]
        for call in calls:
            with pytest.raises(WrongType, match=r"^(text|entered): .* zeros at its head") as e:
                call()
            assert "12345" not in f"{e.value}{e.value!r}"
    with pytest.raises(InvalidValue, match=r"^text: .* give the text that was sent"):
        evolve(code, text=" ")


@given(st.text(), st.text())
def test_two_codes_are_the_same_when_their_texts_are(one: str, other: str) -> None:
    assert same_code(one, other) == (one == other)
    assert same_code(one, one)
