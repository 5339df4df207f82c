"""The law is a value: sourced field by field, standard by name, reformed by `evolve`."""

import copy
import gc
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from attrs import evolve, fields

from alin_core.eligibility import assess
from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.exchange.dossier import read_dossier, to_json
from alin_core.law.catalogue import Provenance
from alin_core.law.rulebook import Rulebook, kept
from alin_core.law.tables import CeilingTable, ceiling_table
from alin_core.matching import matching_offers
from alin_core.values.demand import Demand
from alin_core.values.housing import Typology, TypologyRange

EXAMPLE = Path(__file__).parent.parent / "examples" / "famille-martin.json"
STANDARD = Rulebook.standard()
FIGURES = fields(Rulebook)
#: One other value per field, as a reform would write it.
OTHER: dict[str, Any] = {
    "plus": ceiling_table("plus").scaled("1.05"),
    "plai": ceiling_table("plai").scaled("1.05"),
    "pls_factor": "1.40",
    "income_drop": Decimal("0.85"),
    "young_couple_ages": 60,
    "shifts_stack": True,
    "single_parent_further_from": 6,
    "disability_shift_past_six": True,
    "young_household_is_a_couple": False,
    "visiting_children_count": False,
    "unborn_count_for_rooms": True,
    "unborn_count_for_ceilings": True,
    "merged_communes_keep_their_zone": False,
    "alternatives_only_if_needed": True,
    "typologies": [TypologyRange(Typology(1), Typology(3)), TypologyRange(Typology(2), None)],
    "rent_multiple": Decimal("2.5"),
    "rent_tolerance": 0,
    "company_headcount": 20,
    "agricultural_headcount": "11",
    "priority_order": ["COMPANY", "LEGAL"],
    "account_fields": ["email"],
    "password_length": 12,
    "password_after_nfc": False,
    "user_name_ignores_case": False,
    "activation_hours": 48,
    "activation_last_instant": False,
    "security_code_before": date(2022, 1, 1),
    "large_view": ["household"],
    "demand_validity_years": 2,
    "anniversary_included": False,
    "strong_drop": "1.5",
    "common_tax_notice": False,
}

each_figure = pytest.mark.parametrize("name", [figure.name for figure in FIGURES])


class TestProvenance:
    """Every figure says where it comes from; every choice of ours is named."""

    @pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
    def test_each_figure_has_a_provenance_a_unit_and_a_source(self, figure: Any) -> None:
        assert figure.metadata.keys() == {"provenance", "unit", "source"}
        assert isinstance(figure.metadata["provenance"], Provenance)
        assert figure.metadata["unit"]
        assert figure.metadata["source"]

    def test_our_readings_and_assumptions_by_name(self) -> None:
        ours = {
            figure.name: figure.metadata["provenance"].value
            for figure in FIGURES
            if figure.metadata["provenance"] not in (Provenance.LAW, Provenance.GUIDE)
        }
        assert ours == {
            "shifts_stack": "READING",
            "single_parent_further_from": "READING",
            "disability_shift_past_six": "READING",
            "young_household_is_a_couple": "READING",
            "visiting_children_count": "READING",
            "unborn_count_for_rooms": "READING",
            "unborn_count_for_ceilings": "READING",
            "merged_communes_keep_their_zone": "READING",
            "alternatives_only_if_needed": "READING",
            "rent_tolerance": "ASSUMPTION",
            "priority_order": "READING",
            "account_fields": "ASSUMPTION",
            "password_after_nfc": "READING",
            "user_name_ignores_case": "READING",
            "activation_last_instant": "READING",
            "large_view": "ASSUMPTION",
            "anniversary_included": "READING",
            "strong_drop": "ASSUMPTION",
            "common_tax_notice": "READING",
        }


class TestStandard:
    """The figures of the texts, and our own readings."""

    def test_its_figures(self) -> None:
        assert STANDARD.plus is ceiling_table("plus")
        assert STANDARD.plai is ceiling_table("plai")
        assert STANDARD.pls_factor == Decimal("1.30")
        assert STANDARD.income_drop == Decimal("0.90")
        assert STANDARD.young_couple_ages == 55
        assert STANDARD.single_parent_further_from == 7
        assert STANDARD.rent_multiple == 3
        assert STANDARD.rent_tolerance == Decimal("0.10")
        assert STANDARD.company_headcount == 10
        assert STANDARD.agricultural_headcount == 50
        assert STANDARD.priority_order == ("LEGAL", "COMPANY")
        assert STANDARD.password_length == 8
        assert STANDARD.activation_hours == 24
        assert STANDARD.security_code_before == date(2021, 4, 20)
        assert STANDARD.demand_validity_years == 1

    def test_its_switches(self) -> None:
        on = [figure.name for figure in FIGURES if getattr(STANDARD, figure.name) is True]
        off = [figure.name for figure in FIGURES if getattr(STANDARD, figure.name) is False]
        assert on == [
            "young_household_is_a_couple",
            "visiting_children_count",
            "merged_communes_keep_their_zone",
            "password_after_nfc",
            "user_name_ignores_case",
            "activation_last_instant",
            "anniversary_included",
            "common_tax_notice",
        ]
        assert off == [
            "shifts_stack",
            "disability_shift_past_six",
            "unborn_count_for_rooms",
            "unborn_count_for_ceilings",
            "alternatives_only_if_needed",
        ]

    def test_its_typologies(self) -> None:
        """One person T1/T2, two T2/T3, three T3/T4, four T4/T5, five and more T5 and more."""
        edges = [
            (fit.smallest.rooms, fit.largest and fit.largest.rooms) for fit in STANDARD.typologies
        ]
        assert edges == [(1, 2), (2, 3), (3, 4), (4, 5), (5, None)]

    def test_there_is_one(self) -> None:
        assert Rulebook.standard() is STANDARD

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_it_pickles_as_its_name(self, protocol: int) -> None:
        written = pickle.dumps(STANDARD, protocol)
        assert pickle.loads(written) is STANDARD
        assert len(written) < 120

    def test_it_copies_as_itself(self) -> None:
        assert copy.copy(STANDARD) is STANDARD
        assert copy.deepcopy(STANDARD) is STANDARD


class TestReform:
    """Another rulebook is another value."""

    def test_each_figure_has_another_value_here(self) -> None:
        assert list(OTHER) == [figure.name for figure in FIGURES]

    @each_figure
    def test_one_figure_changed(self, name: str) -> None:
        reform = evolve(STANDARD, **{name: OTHER[name]})
        assert reform != STANDARD
        assert {figure.name for figure in FIGURES if changed(reform, figure.name)} == {name}

    @each_figure
    def test_it_pickles_and_copies_by_value(self, name: str) -> None:
        reform = evolve(STANDARD, **{name: OTHER[name]})
        for twin in (pickle.loads(pickle.dumps(reform)), copy.deepcopy(reform), copy.copy(reform)):
            assert twin == reform
            assert hash(twin) == hash(reform)

    def test_the_same_figures_are_the_same_law(self) -> None:
        same = evolve(STANDARD)
        assert same is not STANDARD
        assert (same, hash(same)) == (STANDARD, hash(STANDARD))
        assert pickle.loads(pickle.dumps(same)) == STANDARD

    @pytest.mark.parametrize(
        ("name", "given", "written"),
        [
            ("rent_multiple", "3.00", "3"),
            ("rent_multiple", "2.50", "2.5"),
            ("rent_multiple", "10.0", "10"),
            ("rent_multiple", "1.10", "1.1"),
            ("rent_multiple", "1E+2", "100"),
            ("company_headcount", Decimal("1E+1"), "10"),
            ("income_drop", "0.9", "0.90"),
            ("rent_tolerance", "0.00", "0"),
        ],
    )
    def test_equal_figures_are_written_alike(self, name: str, given: Any, written: str) -> None:
        assert str(getattr(evolve(STANDARD, **{name: given}), name)) == written

    def test_equal_tables_give_one_verdict_whichever_was_asked_first(self) -> None:
        def with_cents(table: CeilingTable) -> CeilingTable:
            editions = [
                evolve(
                    edition,
                    columns=[
                        [(f"{n}.00", mark) for n, mark in column] for column in edition.columns
                    ],
                )
                for edition in table.editions
            ]
            return evolve(table, editions=editions)

        same = evolve(STANDARD, plus=with_cents(STANDARD.plus), plai=with_cents(STANDARD.plai))
        assert (same, same.fingerprint) == (STANDARD, STANDARD.fingerprint)
        dossier = read_dossier(EXAMPLE.read_bytes())
        one, other = (
            to_json(
                matching_offers(dossier.demand, dossier.offers, on=date(2024, 2, 29), rulebook=law)
            )
            for law in (same, STANDARD)
        )
        assert one == other

    def test_a_hash_that_was_asked_for_is_not_pickled(self) -> None:
        reform = evolve(STANDARD, rent_multiple=4)
        assert {reform: 1}[pickle.loads(pickle.dumps(reform))] == 1

    def test_scaled_ceilings(self) -> None:
        reform = STANDARD.scaled_ceilings("1.05")
        assert reform.plus == STANDARD.plus.scaled("1.05")
        assert reform.plai == STANDARD.plai.scaled("1.05")
        assert evolve(reform, plus=STANDARD.plus, plai=STANDARD.plai) == STANDARD


class TestKept:
    """The answers that a rulebook keeps are no part of it, and die with it."""

    def assessed(self, reform: Rulebook) -> Rulebook:
        """Every rule has answered on it."""
        dossier = read_dossier(EXAMPLE.read_bytes())
        for offer in dossier.offers:
            verdict = assess(dossier.demand, offer, on=date(2026, 3, 1), rulebook=reform)
            assert verdict.priority.tier is not None
        return reform

    def test_nothing_of_a_reform_outlives_it(self) -> None:
        gc.disable()  # nothing may wait for the collector either
        try:
            reform = self.assessed(STANDARD.scaled_ceilings("1.05"))
            kept_by_it = len(reform._kept)
            gone = ref(reform)
            del reform
            assert (kept_by_it, gone()) == (4, None)
        finally:
            gc.enable()

    def test_it_is_neither_pickled_nor_copied_nor_compared(self) -> None:
        used, fresh = (STANDARD.scaled_ceilings("1.05") for _ in range(2))
        self.assessed(used)
        assert (used, hash(used), repr(used)) == (fresh, hash(fresh), repr(fresh))
        assert used.fingerprint == fresh.fingerprint
        assert len(pickle.dumps(used)) == len(pickle.dumps(fresh))
        for twin in (pickle.loads(pickle.dumps(used)), copy.copy(used), evolve(used)):
            assert twin._kept == {}

    def test_each_rulebook_answers_for_itself(self) -> None:
        def persons(rulebook: Rulebook, most: int) -> int:
            return most * len(rulebook.typologies)

        reform = evolve(STANDARD, typologies=STANDARD.typologies[:2])
        assert (kept(persons, reform)(3), kept(persons, STANDARD)(3)) == (6, 15)
        assert kept(persons, reform) is kept(persons, reform)


def changed(reform: Rulebook, name: str) -> bool:
    return bool(getattr(reform, name) != getattr(STANDARD, name))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plus", {2026: 26_920}),
        ("plai", None),
        ("pls_factor", 0),
        ("pls_factor", 1.3),
        ("income_drop", "1.01"),
        ("income_drop", "-0.9"),
        ("young_couple_ages", -1),
        ("young_couple_ages", "55"),
        ("young_couple_ages", True),
        ("shifts_stack", "no"),
        ("single_parent_further_from", 5),
        ("single_parent_further_from", 6.0),
        ("visiting_children_count", None),
        ("typologies", ()),
        ("typologies", ("T1",)),
        ("rent_multiple", 0),
        ("rent_multiple", Decimal("NaN")),
        ("rent_tolerance", 1),
        ("rent_tolerance", "-0.1"),
        ("company_headcount", -1),
        ("company_headcount", 0),
        ("company_headcount", False),
        ("demand_validity_years", 0),
        ("demand_validity_years", 100),
        ("demand_validity_years", True),
        ("priority_order", ("LEGAL",)),
        ("priority_order", ("LEGAL", "LEGAL")),
        ("priority_order", ("LEGAL", "COMPANY", "OTHER")),
        ("account_fields", ()),
        ("account_fields", ["surname"]),
        ("password_length", -1),
        ("activation_hours", "24"),
        ("activation_hours", -1),
        ("activation_hours", 100_000),
        ("activation_last_instant", 1),
        ("large_view", ()),
        ("large_view", ["identity", "household"]),
        ("large_view", ["colour"]),
        ("large_view", [["household"]]),
        ("large_view", [field.name for field in fields(Demand) if field.name != "identity"]),
    ],
)
def test_a_figure_that_no_rule_could_read(name: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as e:
        evolve(STANDARD, **{name: value})
    assert e.value.name == name


@pytest.mark.parametrize("name", ["typologies", "priority_order", "account_fields", "large_view"])
@pytest.mark.parametrize("value", [3, "email", {"email"}, {"email": False}])
def test_a_list_is_due(name: str, value: Any) -> None:
    with pytest.raises(WrongType, match=f"^{name}: .* give a tuple$"):
        evolve(STANDARD, **{name: value})


@each_figure
@pytest.mark.parametrize("value", [object(), 0.5, "?", None])
def test_each_field_refuses_what_is_none_of_its_kind(name: str, value: Any) -> None:
    with pytest.raises(AlinError, match=rf"^{name}: "):
        evolve(STANDARD, **{name: value})


@pytest.mark.parametrize(("name", "least", "most"), [
    ("income_drop", "0.01", 1), ("young_couple_ages", 0, 99_999), ("password_length", 0, 99_999),
    ("demand_validity_years", 1, 99),
])  # fmt: skip
def test_a_figure_may_be_at_either_end_of_its_range(name: str, least: Any, most: Any) -> None:
    for value in (least, most):
        assert str(getattr(evolve(STANDARD, **{name: value}), name)) == str(value)


def test_every_range_of_typologies_is_one() -> None:
    typologies: Any = (*STANDARD.typologies, "T5")
    with pytest.raises(InvalidValue, match=r"^typologies: "):
        evolve(STANDARD, typologies=typologies)


def test_the_standard_is_had_from_a_reform_too() -> None:
    assert evolve(STANDARD, rent_multiple=4).standard() is STANDARD
