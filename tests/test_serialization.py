"""A dossier is read whole or refused with every fault; a verdict is only written."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Context, Decimal, Inexact, localcontext
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args

import pytest
from attrs import NOTHING, evolve, fields, frozen
from hypothesis import given
from jsonschema import Draft202012Validator

from alin_core.candidature.events import (
    Decide,
    Event,
    NotifyAward,
    NotifyRefusal,
    Submit,
    Transmit,
    Validate,
)
from alin_core.candidature.rulings import Refusal
from alin_core.eligibility import Assessment, assess
from alin_core.errors import InvalidValue, NotADate, NotYetBorn, WrongType
from alin_core.exchange.dossier import (
    Dossier,
    DossierError,
    read_candidature,
    read_dossier,
    read_offers,
    read_record,
    schema,
    to_json,
)
from alin_core.exchange.structuring import structured
from alin_core.exchange.unstructuring import plain_event
from alin_core.matching import Matches, matching_offers
from alin_core.record import Record
from alin_core.values.demand import DataSharing, Demand, Identity, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.resources import Resources
from alin_core.workflow import Candidature
from tests import strategies

FULL = (Path(__file__).parent / "cases" / "dossier.json").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads(schema())
CLASSES: dict[str, Any] = {
    "demand": Demand,
    "employer": Employer,
    "employment": Employment,
    "household": Household,
    "identity": Identity,
    "offer": Offer,
    "person": Person,
    "rent": Rent,
    "resources": Resources,
}
CHILD = Household(applicant=Person(birth_date=date(2026, 11, 24)))
BARE = Demand(household=Household.of(), resources=Resources())


def faults(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(DossierError) as caught:
        read_dossier(text)
    return [(fault.path, fault.message) for fault in caught.value.faults]


def changed(path: str, value: object) -> str:
    """Give the full dossier with one value replaced; the path is dotted, indices too."""
    whole = json.loads(FULL)
    *steps, last = path.split(".")
    place = whole
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if isinstance(place, list) else last] = value
    return json.dumps(whole)


class TestReading:
    def test_every_field_is_read(self) -> None:
        child = Person(birth_date=date(2019, 1, 1), alternating_custody=True)
        assert read_dossier(FULL) == Dossier(
            on=date(2026, 11, 23),
            demand=Demand(
                unique_number=UniqueNumber("1111023000123GDPUB"),
                lodged_on=date(2023, 10, 1),
                renewed_on=date(2025, 10, 2),
                household=Household(
                    applicant=Person(birth_date=date(1990, 5, 2)),
                    partner=Person(birth_date=date(1991, 7, 9), disabled=True),
                    co_applicants=(Person(),),
                    dependants=(child,),
                    visiting_children=(Person(),),
                    unborn=1,
                ),
                resources=Resources(
                    reference_tax_income={2024: "31000", 2025: "28000.50"},
                    last_twelve_months="27000.10",
                    monthly_income=2_450,
                    housing_aid="85.20",
                ),
                employment=Employment(
                    Employer(siret="35600000000048", sector="PRIVATE", headcount="9.99")
                ),
                co_applicant_employment=Employment(None),
                attached_siret="35600000000048",
                priority_grounds={PriorityGround.DALO, PriorityGround.G_BIS},
                data_sharing=DataSharing.LARGE_VIEW,
                identity=Identity(
                    surname="Martin", first_name="Camille", birth_date=date(1990, 5, 2)
                ),
                email="camille@example.org",
                created_on_alin=date(2024, 1, 15),
            ),
            offers=(
                Offer(
                    reference="IVRY-T3",
                    commune="94041",
                    typology="T3",
                    norm="PLUS",
                    rent=Rent(base="612.40", charges=85),
                    lessor="Office de l'habitat",
                    available=False,
                    housing_aid_zone=1,
                ),
                Offer(reference="Ajaccio", commune="2A004", typology="T12", rent=Rent(base=0)),
            ),
        )

    def test_bytes_are_utf_8_with_or_without_a_mark(self) -> None:
        for mark in ("", "\ufeff"):
            assert read_dossier(mark + FULL) == read_dossier(FULL)
            assert read_dossier((mark + FULL).encode()) == read_dossier(FULL)

    def test_the_date_may_be_left_to_the_caller(self) -> None:
        assert read_dossier(changed("on", None)).on is None

    def test_a_number_of_another_shape_is_kept(self) -> None:
        read = read_dossier(changed("demand.unique_number", {"opaque": " 97-1 "}))
        assert read.demand.unique_number == OpaqueNumber("97-1")

    def test_the_decimal_context_of_the_caller_does_not_matter(self) -> None:
        expected = read_dossier(FULL)
        with localcontext(Context(prec=2, traps=[Inexact])):
            assert read_dossier(FULL) == expected
            assert read_dossier(to_json(expected)) == expected

    @pytest.mark.parametrize("text", [None, 3, bytearray(b"{}")])
    def test_only_a_text_can_be_read(self, text: Any) -> None:
        with pytest.raises(WrongType):
            read_dossier(text)


class TestFaults:
    """One error lists every fault with its path; nothing is half read."""

    @pytest.mark.parametrize(
        ("path", "value", "where", "says"),
        [
            ("schema", "alin-core/2", "schema", "give 'alin-core/1'"),
            ("schema", 1, "schema", "give a text"),
            ("on", "2026-02-30", "on", "that day does not exist"),
            ("on", "20261123", "on", "give a day such as"),
            ("on", 20261123, "on", "20261123 is refused"),
            ("demand", None, "demand", "null is refused; give an object"),
            ("demand", "x", "demand", "a text is refused; give an object"),
            (
                "demand.household.applicant",
                "1990-05-02",
                "demand.household.applicant",
                "a text is refused; give an object",
            ),
            ("demand", 1110924000417, "demand", "a number is refused; give an object"),
            ("demand", 1110924000417.5, "demand", "a number is refused; give an object"),
            ("demand", True, "demand", "true is refused; give an object"),
            ("offers", "Camille", "offers", "a text is refused; give a list"),
            ("demand.unique_number", "12", "demand.unique_number", "18 characters"),
            (
                "demand.unique_number",
                12,
                "demand.unique_number",
                "a number is refused; give a text",
            ),
            ("demand.email", 12, "demand.email", "a number is refused; give a text"),
            ("demand.email", 1.5, "demand.email", "a number is refused; give a text"),
            ("demand.email", True, "demand.email", "true is refused; give a text"),
            (
                "demand.household.applicant.birth_date",
                19900502,
                "demand.household.applicant.birth_date",
                "a number is refused; give a day such as",
            ),
            ("demand.unique_number", [], "demand.unique_number", "a list is refused"),
            ("demand.unique_number", {"opaque": " "}, "demand.unique_number.opaque", "give"),
            ("demand.unique_number", {}, "demand.unique_number.opaque", "missing"),
            ("demand.unique_number", {"opaque": "1", "x": 1}, "demand.unique_number.x", "unknown"),
            ("demand.renewed_on", "2023-09-30", "demand", "renewed_on: 2023-09-30 is refused"),
            (
                "demand.attached_siret",
                "73282932000074",
                "demand",
                "attached_siret: a text like '99999999999999' is refused",
            ),
            ("demand.attached_siret", "35600000000049", "demand.attached_siret", "check sum"),
            ("demand.employment", {}, "demand.employment.employer", "missing"),
            ("demand.employment.employer.siret", 3, "demand.employment.employer.siret", "a text"),
            (
                "demand.employment.employer.sector",
                "private",
                "demand.employment.employer.sector",
                "give one of PRIVATE, AGRICULTURAL, PUBLIC",
            ),
            (
                "demand.employment.employer.headcount",
                -1,
                "demand.employment.employer.headcount",
                "give",
            ),
            ("demand.priority_grounds", "AD", "demand.priority_grounds", "give a list"),
            ("demand.priority_grounds.1", "Z", "demand.priority_grounds[1]", "give one of DALO"),
            ("demand.priority_grounds.1", [], "demand.priority_grounds[1]", "a list is refused"),
            ("demand.priority_grounds.1", "G_BIS", "demand.priority_grounds", "twice"),
            ("demand.data_sharing", 4, "demand.data_sharing", "give one of ANONYMOUS"),
            ("demand.email", "", "demand.email", "not empty"),
            ("demand.email", "\ud800", "demand.email", "half of a character"),
            ("demand.identity.surname", None, "demand.identity.surname", "null is refused"),
            ("demand.household.unborn", "3", "demand.household.unborn", "give a whole number"),
            ("demand.household.unborn", True, "demand.household.unborn", "true is refused"),
            ("demand.household.unborn", 3.0, "demand.household.unborn", "3.0 is refused"),
            ("demand.household.unborn", -1, "demand.household.unborn", "-1 is refused"),
            ("demand.household.partner", {"sex": 1}, "demand.household.partner.sex", "unknown key"),
            ("demand.household.applicant", {"a b": 1}, "demand.household.applicant['a b']", "unkn"),
            ("demand.household.dependants", {}, "demand.household.dependants", "an object is"),
            ("demand.household.dependants.0", 1, "demand.household.dependants[0]", "an object"),
            (
                "demand.household.dependants.0.disabled",
                1,
                "demand.household.dependants[0].disabled",
                "give true or false",
            ),
            (
                "demand.household.dependants.0.birth_date",
                "2026-11-24",
                "demand.household.dependants[0].birth_date",
                "not born on 2026-11-23",
            ),
            ("demand.resources.monthly_income", [1], "demand.resources.monthly_income", "a list"),
            ("demand.resources.housing_aid", None, "demand.resources.housing_aid", "null is"),
            ("demand.resources.housing_aid", 0.125, "demand.resources.housing_aid", "0.125 is"),
            (
                "demand.resources.reference_tax_income",
                [[2024, 1]],
                "demand.resources.reference_tax_income",
                "give an object of years",
            ),
            (
                "demand.resources.reference_tax_income.2024",
                "1e3",
                "demand.resources.reference_tax_income.2024",
                "'1e3' is refused",
            ),
            (
                "demand.resources.reference_tax_income.1492",
                1,
                "demand.resources.reference_tax_income.1492",
                "give a year from 1900",
            ),
            (
                "demand.resources.reference_tax_income.N-2",
                1,
                "demand.resources.reference_tax_income['N-2']",
                "four digits",
            ),
            ("offers", {}, "offers", "give a list"),
            ("offers.1", [], "offers[1]", "give an object"),
            ("offers.1.reference", " ", "offers[1].reference", "not empty"),
            ("offers.1.commune", "75013", "offers[1].commune", "75113"),
            ("offers.1.commune", 94041, "offers[1].commune", "give a text"),
            ("offers.1.typology", "F3", "offers[1].typology", "give T1"),
            ("offers.1.typology", 3, "offers[1].typology", "give T1"),
            ("offers.1.norm", "plus", "offers[1].norm", "give one of PLAI, PLUS"),
            ("offers.1.rent", 600, "offers[1].rent", "give an object"),
            ("offers.1.rent.base", -1, "offers[1].rent.base", "give zero or more"),
            ("offers.1.rent.charges", 10**12, "offers[1].rent.charges", "less than 10^12"),
            ("offers.1.available", 0, "offers[1].available", "give true or false"),
            ("offers.1.housing_aid_zone", 4, "offers[1].housing_aid_zone", "give 1, 2 or 3"),
        ],
    )
    def test_a_fault_says_where_it_is(
        self, path: str, value: object, where: str, says: str
    ) -> None:
        ((found, message),) = faults(changed(path, value))
        assert found == where
        assert says in message

    def test_a_co_applicant_who_is_absent_and_a_siret_of_nobody_are_listed_at_once(self) -> None:
        whole = json.loads(FULL)
        alone = whole["demand"]["household"]
        del alone["partner"], alone["co_applicants"]
        absent = "co_applicant_employment: Employment(employer=None) is refused; give household."
        ((where, message),) = faults(json.dumps(whole))
        assert (where, message.startswith(absent)) == ("demand", True)
        whole["demand"]["attached_siret"] = "73282932000074"
        whole["demand"]["renewed_on"] = "2020-01-01"
        told = faults(json.dumps(whole))
        assert [where for where, _ in told] == ["demand"] * 3
        assert {message.partition(":")[0] for _, message in told} == {
            "renewed_on", "attached_siret", "co_applicant_employment",
        }  # fmt: skip
        # A household that cannot be read is no household of one.
        alone["unborn"] = -1
        assert sorted(where for where, _ in faults(json.dumps(whole))) == [
            "demand", "demand", "demand.household.unborn",
        ]  # fmt: skip

    def test_two_offers_of_one_reference_are_refused_at_the_second(self) -> None:
        whole = json.loads(FULL)
        one, other = whole["offers"]
        whole["offers"] = [one, other, one, 3, {"reference": ["A"]}, other]
        told = [fault for fault in faults(json.dumps(whole)) if "bears it" in fault[1]]
        give = "bears it; give each offer its own reference"
        first, second = (json.dumps(offer["reference"])[1:-1] for offer in (one, other))
        assert told == [
            ("offers[2].reference", f"'{first}' is refused; offers[0] {give}"),
            ("offers[5].reference", f"'{second}' is refused; offers[1] {give}"),
        ]
        whole["offers"] = [one, other, one]
        with pytest.raises(DossierError, match=r"^offers\[2\]\.reference: .* offers\[0\] bears it"):
            read_dossier(json.dumps(whole))
        with pytest.raises(DossierError, match=r"^offers\[2\]\.reference: "):
            read_offers(json.dumps(whole))

    def test_all_five_are_listed_at_once(self) -> None:
        whole = json.loads(FULL)
        del whole["demand"]["household"]["applicant"]
        whole["demand"]["renewed_on"] = "2020-01-01"
        whole["demand"]["attached_siret"] = "73282932000074"
        whole["offers"][1]["rent"]["base"] = "free"
        whole["offer"] = []
        assert [path for path, _ in faults(json.dumps(whole))] == [
            "demand.household.applicant",
            "demand",
            "demand",
            "offers[1].rent.base",
            "offer",
        ]

    def test_they_are_listed_in_the_order_of_the_document(self) -> None:
        """What is missing, and what disagrees, comes after the rest of its object."""
        text = """{"x": 0, "offers": [{"rent": {"base": -1, "base": -1}, "typology": 3}],
        "demand": {"renewed_on": "2020-01-01", "lodged_on": "2021-01-01", "household": 0},
        "schema": "alin-core/2"}"""
        assert [f"{path}: {message}"[:40] for path, message in faults(text)] == [
            "x: unknown key; known are schema, on, de",
            "offers[0].rent.base: given more than onc",
            "offers[0].rent.base: -1 is refused; give",
            "offers[0].typology: 3 is refused; give T",
            "offers[0].reference: missing",
            "offers[0].commune: missing",
            "demand.household: a number is refused; g",
            "demand.resources: missing",
            "demand: renewed_on: 2020-01-01 is refuse",
            "schema: 'alin-core/2' is refused; give '",
        ]

    def test_employers_are_judged_whatever_the_household_is(self) -> None:
        employed = {"employer": {"siret": "35600000000048"}}
        path = "demand.household.applicant"
        whole = json.loads(FULL)
        whole["demand"] |= {"employment": employed, "attached_siret": "73282932000074"}
        whole["demand"]["household"]["applicant"] = 0
        found = faults(json.dumps(whole))
        assert [each for each, _ in found] == [path, "demand"]
        whole["demand"]["employment"] = 0  # of which nobody knows what SIRET it bears
        found = faults(json.dumps(whole))
        assert [each for each, _ in found] == [path, "demand.employment"]

    def test_the_name_of_an_event_is_given_once(self) -> None:
        event = '{"event": "Cancel", "at": "2026-11-23T10:00:00Z", "event": "Cancel"}'
        with pytest.raises(DossierError) as told:
            read_record(f'{{"schema": "alin-core/1", "history": [{event}]}}')
        assert str(told.value) == "history[0].event: given more than once"

    def test_an_error_prints_one_fault_a_line(self) -> None:
        with pytest.raises(DossierError) as caught:
            read_dossier("{}")
        assert str(caught.value) == "schema: missing\ndemand: missing\noffers: missing"

    def test_a_repeated_key_is_refused_where_it_is(self) -> None:
        text = FULL.replace('"base": 0', '"base": 0, "base": 1').replace(
            '"2024": 31000', '"2024": 31000, "2024": 31000, "2024": 0'
        )
        assert faults(text) == [
            ("demand.resources.reference_tax_income.2024", "given more than once"),
            ("offers[1].rent.base", "given more than once"),
        ]

    @pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e99999999999999999999", "9" * 5_000])
    @pytest.mark.parametrize(
        ("field", "path"),
        [
            ('"monthly_income": 2450', "demand.resources.monthly_income"),
            ('"unborn": 1', "demand.household.unborn"),
        ],
    )
    def test_a_number_that_is_none_is_refused_where_it_is(
        self, field: str, path: str, number: str
    ) -> None:
        text = FULL.replace(field, f"{field.partition(' ')[0]} {number}")
        ((found, message),) = faults(text)
        assert found == path
        assert len(message) < 150

    def test_a_text_that_is_not_json_says_where_it_stops(self) -> None:
        ((path, message),) = faults('{"schema":\n 1,\n   oops}')
        assert path == "line 3, column 4"
        assert message.startswith("not JSON: ")

    @pytest.mark.parametrize("text", ["", "null", "3", "[]", '"schema"', "true", "NaN"])
    def test_what_is_not_an_object_is_refused(self, text: str) -> None:
        assert len(faults(text)) == 1

    @pytest.mark.parametrize("opening", ["[", '{"demand":', '{"offers":['])
    def test_a_text_nested_too_deeply_is_refused(self, opening: str) -> None:
        assert faults(opening * 200_000) == [("", "nested too deeply")]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
    def test_another_encoding_is_refused(self, encoding: str) -> None:
        ((path, message),) = faults(FULL.replace("IVRY", "ÉVRY").encode(encoding))
        assert path == ""
        assert message.endswith("is not UTF-8; give JSON in UTF-8")


class TestDossier:
    def test_nobody_is_born_after_its_date(self) -> None:
        demand = evolve(BARE, household=CHILD)
        assert Dossier(on=date(2026, 11, 24), demand=demand, offers=()).demand is demand
        assert Dossier(demand=demand, offers=[]).offers == ()
        with pytest.raises(NotYetBorn):
            Dossier(on=date(2026, 11, 23), demand=demand, offers=())

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"on": "2026-11-23"}, NotADate),
            ({"demand": {}}, WrongType),
            ({"offers": [1]}, WrongType),
        ],
    )
    def test_it_holds_values_only(self, given: Any, error: type[Exception]) -> None:
        with pytest.raises(error):
            Dossier(**{"demand": BARE, "offers": (), **given})

    def test_each_of_its_offers_has_its_own_reference(self) -> None:
        one = read_dossier(FULL).offers[0]
        other = evolve(one, reference=f"{one.reference} bis")
        assert Dossier(demand=BARE, offers=[one, other]).offers == (one, other)
        twice = "offers 1 and 2 bear it; give each offer its own reference$"
        with pytest.raises(InvalidValue, match=f"^offers: '.*' is refused; {twice}"):
            Dossier(demand=BARE, offers=[other, one, evolve(one, available=False)])


class TestWriting:
    def test_a_dossier_comes_back(self) -> None:
        dossier = read_dossier(FULL)
        assert read_dossier(to_json(dossier)) == dossier

    def test_what_is_written_is_plain(self) -> None:
        written = json.loads(to_json(read_dossier(FULL)))
        assert list(written) == ["schema", "on", "demand", "offers"]
        demand, offer = written["demand"], written["offers"][0]
        assert demand["unique_number"] == "1111023000123GDPUB"
        assert demand["priority_grounds"] == ["DALO", "G_BIS"]
        assert demand["resources"]["reference_tax_income"] == {
            "2024": "31000.00",
            "2025": "28000.50",
        }
        assert demand["employment"]["employer"] == {
            "siret": "35600000000048",
            "sector": "PRIVATE",
            "headcount": "9.99",
        }
        assert offer["rent"] == {"base": "612.40", "charges": "85.00"}
        assert (offer["typology"], offer["norm"]) == ("T3", "PLUS")

    def test_an_opaque_number_is_written_apart(self) -> None:
        demand = evolve(BARE, unique_number=OpaqueNumber("97-1"))
        written = to_json(Dossier(demand=demand, offers=()))
        assert json.loads(written)["demand"]["unique_number"] == {"opaque": "97-1"}

    def test_letters_are_written_as_they_are(self) -> None:
        assert "Évry" in to_json(read_dossier(changed("offers.0.reference", "Évry")))


class TestVerdicts:
    """A verdict is for reading: there is no way to load one back."""

    def assessment(self) -> Assessment:
        dossier = read_dossier(FULL)
        return assess(dossier.demand, dossier.offers[0], on=date(2026, 11, 23))

    def test_a_verdict_says_all_it_found(self) -> None:
        assessment = self.assessment()
        written = json.loads(to_json(assessment))
        assert list(written) == [
            "offer",
            "on",
            "outcome",
            "passes",
            "findings",
            "priority",
            "remedies",
            "replay",
        ]
        assert (written["offer"], written["on"]) == ("IVRY-T3", "2026-11-23")
        assert (written["outcome"], written["passes"]) == (assessment.outcome, assessment.passes)
        assert [finding["rule"] for finding in written["findings"]] == [
            "income-ceiling",
            "typology",
            "affordability",
        ]
        ceiling = written["findings"][0]
        finding = assessment["income-ceiling"]
        assert ceiling["title_fr"] == finding.rule.title.fr
        assert ceiling["provenance"] == "LAW"
        assert ceiling["sources"] == [str(source) for source in finding.rule.sources]
        for name in ("observed", "threshold", "margin"):
            assert Decimal(ceiling[name]) == getattr(finding, name)
        assert ceiling["facts"]["edition"] == "2026-01-01"
        assert written["priority"]["tier"] == "LEGAL"
        assert written["priority"]["findings"][0]["facts"]["grounds"] == ["DALO", "G_BIS"]

    def test_figures_are_texts_and_what_is_unknown_is_null(self) -> None:
        offer = Offer(reference="1", commune="94041", typology="T1", rent=Rent(base=10**6))
        written = json.loads(to_json(assess(BARE, offer, on=date(2026, 11, 23))))
        ceiling, typology, affordability = written["findings"]
        assert ceiling["missing"] == ["offer.norm", "resources.reference_tax_income.2024"]
        assert (ceiling["observed"], written["passes"]) == (None, None)
        assert (typology["observed"], typology["threshold"]) == ("1", "T1–T2")
        assert affordability["outcome"] == "UNKNOWN"

    def test_remedies_are_told(self) -> None:
        demand = Demand(
            household=Household.of(),
            resources=Resources(reference_tax_income={2024: 30_000}, monthly_income=900),
        )
        offer = evolve(read_dossier(FULL).offers[0], typology=Typology(9))
        written = json.loads(to_json(assess(demand, offer, on=date(2026, 11, 23))))
        assert written["remedies"][1:] == [
            {
                "rule": "typology",
                "path": "offer.typology",
                "relation": "one of",
                "value": "T1–T2",
            },
            {
                "rule": "affordability",
                "path": "offer.rent",
                "relation": "at most",
                "value": "300.00",
            },
            {
                "rule": "affordability",
                "path": "resources.monthly_income",
                "relation": "at least",
                "value": "2092.20",
            },
        ]
        assert written["remedies"][0]["value"] == ["PLS"]

    def test_matches_keep_their_three_groups(self) -> None:
        dossier = read_dossier(FULL)
        matches: Matches = matching_offers(dossier.demand, dossier.offers, on=date(2026, 11, 23))
        written = json.loads(to_json(matches))
        assert list(written) == ["fitting", "undecided", "others"]
        assert [one["offer"] for one in written["others"]] == ["IVRY-T3"]

    def test_a_verdict_is_not_a_dossier(self) -> None:
        assert ("schema", "missing") in faults(to_json(self.assessment()))


def accepts_null(rule: dict[str, Any]) -> bool:
    return bool(Draft202012Validator({**rule, "$defs": SCHEMA["$defs"]}).is_valid(None))


def described(rule: Any) -> bool:
    return all(prop.get("description") for prop in rule.get("properties", {}).values())


class TestSchema:
    """The schema that ships says what the classes say."""

    def test_it_is_a_schema(self) -> None:
        Draft202012Validator.check_schema(SCHEMA)
        assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    def test_it_accepts_the_example(self) -> None:
        Draft202012Validator(SCHEMA).validate(json.loads(FULL))

    @pytest.mark.parametrize("name", CLASSES)
    def test_its_objects_are_the_classes(self, name: str) -> None:
        rule = SCHEMA["$defs"][name]
        given = [attribute for attribute in fields(CLASSES[name]) if attribute.init]
        assert list(rule["properties"]) == [attribute.name for attribute in given]
        assert rule["required"] == [one.name for one in given if one.default is NOTHING]
        assert rule["additionalProperties"] is False
        for attribute in given:
            optional = NoneType in get_args(attribute.type)
            assert accepts_null(rule["properties"][attribute.name]) is optional, attribute.name

    def test_it_is_a_dossier(self) -> None:
        names = [attribute.name for attribute in fields(Dossier)]
        assert list(SCHEMA["properties"]) == ["schema", *names]
        assert SCHEMA["required"] == ["schema", "demand", "offers"]
        assert SCHEMA["additionalProperties"] is False
        objects = {name for name, rule in SCHEMA["$defs"].items() if rule.get("type") == "object"}
        assert objects == {*CLASSES, "opaque"}

    @pytest.mark.parametrize(
        ("owner", "name", "kind"),
        [
            ("offer", "norm", RentalNorm),
            ("employer", "sector", Sector),
            ("demand", "data_sharing", DataSharing),
            ("demand", "priority_grounds", PriorityGround),
        ],
    )
    def test_its_words_are_the_enumerations(
        self, owner: str, name: str, kind: type[StrEnum]
    ) -> None:
        rule = SCHEMA["$defs"][owner]["properties"][name]
        words = rule["items"]["enum"] if "items" in rule else rule["enum"][:-1]
        assert words == list(kind.__members__)

    def test_every_field_is_described(self) -> None:
        assert described(SCHEMA)
        assert all(rule["description"] for rule in SCHEMA["$defs"].values())
        assert all(map(described, SCHEMA["$defs"].values()))

    def test_a_siret_of_the_values_is_one_of_the_schema(self) -> None:
        rule = Draft202012Validator(SCHEMA["$defs"]["siret"])
        assert rule.is_valid(str(Siret("356 000 000 00048")))
        assert not rule.is_valid("3560000000004")


def test_only_a_dossier_and_verdicts_are_written() -> None:
    others: tuple[Any, ...] = (None, [], Household.of(), {"demand": {}})
    for value in others:
        with pytest.raises(WrongType, match="give a dossier, a history or a verdict"):
            to_json(value)


AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
HISTORY: tuple[Event, ...] = (
    Submit(at=AT, offer="IVRY-T3", unique_number=OpaqueNumber("97-1")),
    Validate(at=AT),
    Transmit(at=AT),
    Decide(at=AT, ruling="D", refusal=Refusal("OTHER", "the dwelling burnt")),
    NotifyRefusal(at=AT),
    Submit(at=AT, offer="VITRY-T2", unique_number="111 10 23 000123 GDPUB"),
    Validate(at=AT),
    Transmit(at=AT),
    Decide(at=AT, ruling="B", rank=1),
    NotifyAward(at=AT, answer_by=date(2026, 12, 3)),
)


def stored(**changes: object) -> str:
    return json.dumps(json.loads(to_json(Record(HISTORY))) | changes)


def history_faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(DossierError) as caught:
        read_record(text)
    return [(fault.path, fault.message) for fault in caught.value.faults]


def event(name: str, **fields: object) -> dict[str, object]:
    return {"event": name, "at": "2026-11-23T10:00:00Z", **fields}


APPLIED = event("Submit", offer="A", unique_number="111102300012300000")


def test_a_dossier_is_made_of_a_list_of_offers_and_a_day() -> None:
    demand = read_dossier(FULL).demand
    several: list[Any] = [3, {}, set(), "IVRY-T3"]
    for mistaken in several:
        with pytest.raises(WrongType, match=r"^offers: .* give a list of offers$"):
            Dossier(demand=demand, offers=mistaken)
    text: Any = "2026-11-23"
    with pytest.raises(NotADate, match=r"^on: "):
        read_dossier(FULL, on=text)


class TestHistories:
    """A candidature and a record are stored as their events, and replayed."""

    def test_both_ways(self) -> None:
        assert read_record(to_json(Record(HISTORY))) == Record(HISTORY)
        assert read_candidature(to_json(Candidature(HISTORY[:5]))) == Candidature(HISTORY[:5])
        assert read_record(to_json(Record())) == Record()

    def test_an_event_is_written_by_its_fields(self) -> None:
        written = json.loads(to_json(Record(HISTORY)))
        assert list(written) == ["schema", "history"]
        assert written["history"][3] == {
            "event": "Decide",
            "at": "2026-11-23T10:00:00+00:00",
            "ruling": "D",
            "rank": None,
            "condition": None,
            "refusal": {"reason": "OTHER", "detail": "the dwelling burnt"},
        }
        assert written["history"][0]["unique_number"] == {"opaque": "97-1"}
        assert written["history"][9]["answer_by"] == "2026-12-03"

    def test_an_instant_is_read_in_any_zone(self) -> None:
        here = APPLIED | {"at": "2026-11-23T11:00:00.000000+01:00"}
        assert read_record(stored(history=[here])).history[0].at == AT

    @pytest.mark.parametrize(
        ("history", "path", "message"),
        [
            ([event("Apply")], "history[0].event", "'Apply' is refused; give one of Submit, Con"),
            ([{"at": "2026-11-23T10:00:00Z"}], "history[0].event", "null is refused; give one"),
            ([3], "history[0]", "a number is refused; give an object"),
            (3, "history", "a number is refused; give a list"),
            ([APPLIED, {"event": "Validate"}], "history[1].at", "missing"),
            ([APPLIED | {"rank": 1}], "history[0].rank", "unknown key; known are at, offer, uni"),
            ([APPLIED | {"at": "2026-11-23"}], "history[0].at", "'2026-11-23' is refused; give an"),
            ([APPLIED | {"at": "2026-11-23T10:00:00"}], "history[0].at", "'2026-11-23T10:00:00'"),
            ([APPLIED | {"at": "2026-11-31T10:00:00Z"}], "history[0].at",
             "'2026-11-31T10:00:00Z' is refused; that instant does not exist"),
            *(
                ([APPLIED | {"at": f"2026-11-23{written}"}], "history[0].at",
                 f"'2026-11-23{written}' is refused; give an instant with its offset")
                for written in (
                    "T10:00:00+01:60", "T10:00:00+24:00", "T10:00:00+1:000", "T10000000Z",
                    "T10:00:00.1234567Z", "T1:00:000Z", "T10:00:00+0100",
                )
            ),
            ([APPLIED | {"at": "2026-11-23T25:00:00Z"}], "history[0].at",
             "'2026-11-23T25:00:00Z' is refused; that instant does not exist"),
            ([APPLIED | {"at": "1900-01-01T00:00:00+01:00"}], "history[0].at",
             "1900-01-01 00:00:00+01:00 is refused; give a year from 1900 to 9000, in UTC"),
            ([APPLIED | {"at": "9500-01-01T10:00:00Z"}], "history[0].at",
             "9500-01-01 10:00:00+00:00 is refused; give a year from 1900 to 9000"),
            ([APPLIED | {"unique_number": None}], "history[0].unique_number", "null is refused"),
            ([APPLIED | {"unique_number": "12"}], "history[0].unique_number", "a text like '99'"),
            ([event("Decide", ruling="b")], "history[0].ruling", "'b' is refused; give one of A"),
            ([event("Decide", ruling="B")], "history[0]", "rank: null is refused; ruling B needs"),
            ([event("Decide", ruling="B", rank=0)], "history[0].rank", "0 is refused; give 1 to"),
            ([event("Invalidate", refusal={"reason": "OTHER"})], "history[0].refusal",
             "detail: null is refused; say in it what OTHER means"),
            ([event("Promote", answer_by="2026-12-02")], "history[0]",
             "answer_by: 2026-12-02 is refused; give 2026-12-03 or later"),
        ],
        ids=str,
    )  # fmt: skip
    def test_each_fault_has_its_path(self, history: object, path: str, message: str) -> None:
        ((where, what),) = history_faults(stored(history=history))
        assert where == path
        assert what.startswith(message)

    def test_a_repeated_event_is_told(self) -> None:
        text = stored().replace('"event": "Validate"', '"event": "Sign", "event": "Validate"', 1)
        assert history_faults(text) == [("history[1].event", "given more than once")]

    @pytest.mark.parametrize("place", range(1, len(HISTORY)))
    def test_an_impossible_history_names_its_first_bad_event(self, place: int) -> None:
        history = json.loads(to_json(Record(HISTORY)))["history"]
        history[place] = event("Sign")
        ((where, what),) = history_faults(stored(history=history))
        assert where == f"history[{place}]"
        assert what.startswith(f"event {place}, Sign at 2026-11-23T10:00:00+00:00, is refused in ")

    def test_two_active_candidatures_are_impossible(self) -> None:
        ((where, what),) = history_faults(stored(history=[APPLIED, APPLIED]))
        assert where == "history[1]"
        assert "the candidature for 'A' is active, and one at most may be" in what

    def test_a_candidature_has_its_submission(self) -> None:
        with pytest.raises(DossierError, match="history: give the events in their order, Submit"):
            read_candidature(stored(history=[]))

    @pytest.mark.parametrize("read", [read_record, read_candidature])
    def test_what_is_no_history_is_told(self, read: Callable[[str], object]) -> None:
        with pytest.raises(DossierError, match="schema: 'alin-core/2' is refused"):
            read(stored(schema="alin-core/2"))
        with pytest.raises(DossierError, match="line 1, column 1: not JSON"):
            read("")
        with pytest.raises(WrongType, match="text"):
            read(3)  # type: ignore[arg-type]


@frozen
class Events:
    history: tuple[Event, ...]


@given(strategies.events)
def test_any_event_is_written_and_read_as_itself(event: Event) -> None:
    plain = json.loads(json.dumps(plain_event(event)))
    assert structured({"history": [plain]}, Events).history == (event,)


class TestOffersAlone:
    """The offers of a dossier, for demands that come from elsewhere."""

    def test_are_those_of_the_dossier(self) -> None:
        assert read_offers(FULL) == read_dossier(FULL).offers

    def test_need_no_demand(self) -> None:
        tree = json.loads(FULL)
        del tree["demand"]
        assert read_offers(json.dumps(tree)) == read_dossier(FULL).offers

    def test_faults_of_the_rest_are_told_too(self) -> None:
        with pytest.raises(DossierError, match=r"demand\.household: missing"):
            read_offers('{"schema": "alin-core/1", "offers": [], "demand": {"resources": {}}}')
        with pytest.raises(DossierError, match="offers: missing"):
            read_offers('{"schema": "alin-core/1"}')
