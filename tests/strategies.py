"""Valid values of every kind; refused ones are written out by hand in the tests."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from alin_core.candidature.events import Decide, Event, Invalidate, Offered, Submit
from alin_core.candidature.rulings import Reason, Refusal, Ruling
from alin_core.candidature.transitions import TRANSITIONS
from alin_core.housing_aid.estimate import HousingAidHousehold
from alin_core.law.tables import ceiling_table
from alin_core.registration.company import Company
from alin_core.rules.findings import Outcome
from alin_core.rules.priority import Tier
from alin_core.standing.policy import Criterion, RankingPolicy
from alin_core.standing.score import Candidate
from alin_core.values.demand import DataSharing, Demand, Identity, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.resources import Resources
from tests.days import FIRST, LAST, LAST_OF_AID, NEWEST, day_after


def cents(most: int) -> st.SearchStrategy[Decimal]:
    """Euros exact to the cent, from zero to that many."""
    return st.integers(0, 100 * most).map(lambda whole: Decimal(whole) / 100)


def _with_luhn(digits: str) -> str:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    return f"{digits}{-(sum(doubled) + sum(map(int, digits[-2::-2]))) % 10}"


def _siret(siren: int, nic: int) -> Siret:
    return Siret(_with_luhn(_with_luhn(f"{siren:08}") + f"{nic:04}"))


def _unique_number(territory: str, month: int, year: int, sequence: int, desk: str) -> UniqueNumber:
    return UniqueNumber(f"{territory}{month:02}{year:02}{sequence:06}{desk}")


#: The whole domain of an amount.
amounts = cents(999_999_999_999)
#: On the scale of a household: a year's income, a month's.
yearly_incomes = cents(150_000)
monthly_incomes = cents(12_000)

#: Days that the tables of ceilings answer for; everyone is born before the first of them.
days = st.dates(FIRST, LAST)
births = st.dates(date(1900, 1, 1), date(2009, 12, 31))
income_years = st.integers(2008, NEWEST.year - 1)

persons = st.builds(
    Person,
    birth_date=st.none() | births,
    disabled=st.booleans(),
    alternating_custody=st.booleans(),
)
several_persons = st.lists(persons, max_size=4)
households = st.builds(
    Household,
    applicant=persons,
    partner=st.none() | persons,
    co_applicants=several_persons,
    dependants=several_persons,
    visiting_children=several_persons,
    unborn=st.integers(0, 3),
)

resources_ = st.builds(
    Resources,
    reference_tax_income=st.dictionaries(income_years, yearly_incomes),
    last_twelve_months=st.none() | yearly_incomes,
    monthly_income=st.none() | monthly_incomes,
    housing_aid=cents(1_000),
    housing_aid_base=st.none() | yearly_incomes,
)

sirets = st.builds(_siret, st.integers(0, 10**8 - 1), st.integers(0, 9_999))
sectors = st.sampled_from(Sector)
headcounts = cents(1_000)
employers = st.builds(
    Employer,
    siret=st.none() | sirets,
    sector=st.none() | sectors,
    headcount=st.none() | headcounts,
)
employments = st.builds(Employment, st.none() | employers)

norms = st.sampled_from(RentalNorm)
typologies = st.builds(Typology, st.integers(1, 9_999))
#: One at least in each zone, and two that have none.
communes = st.sampled_from(
    ["75056", "75113", "94041", "93059", "77288", "69123", "2A004", "97411", "97502", "98818"]
)
rents = st.builds(Rent, base=cents(3_000), charges=st.none() | cents(500))
names = st.text(min_size=1, max_size=20).filter(str.strip)
offers = st.builds(
    Offer,
    reference=names,
    commune=communes,
    typology=typologies | st.builds(Typology, st.integers(1, 6)),
    norm=st.none() | norms,
    rent=rents,
    lessor=st.none() | names,
    available=st.booleans(),
    housing_aid_zone=st.none() | st.integers(1, 3),
)

unique_numbers = st.builds(
    _unique_number,
    st.sampled_from(["059", "075", "111", "02A"]),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 999_999),
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=5, max_size=5),
)
opaque_numbers = st.builds(
    OpaqueNumber,
    names.map(str.strip).filter(lambda text: text.isprintable() and text.strip(" .-|")),
)
grounds = st.frozensets(st.sampled_from(PriorityGround), max_size=4)
identities = st.builds(Identity, surname=names, first_name=names, birth_date=births)
#: Domains of any kind would take as long as the rest of a demand.
emails = st.emails(domains=st.sampled_from(["example.org", "xn--dmo-bma.example"]))


@st.composite
def _demands(draw: st.DrawFn) -> Demand:
    employment = draw(st.none() | employments)
    household = draw(households)
    co_applicant_employment = draw(st.none() | employments) if household.adults > 1 else None
    attachable = [
        held.employer.siret
        for held in (employment, co_applicant_employment)
        if held is not None and held.employer is not None and held.employer.siret is not None
    ]
    lodged_on, renewed_on = sorted(draw(st.tuples(days, days)))
    return Demand(
        unique_number=draw(st.none() | unique_numbers | opaque_numbers),
        lodged_on=draw(st.sampled_from([None, lodged_on])),
        renewed_on=draw(st.sampled_from([None, renewed_on])),
        household=household,
        resources=draw(resources_),
        employment=employment,
        co_applicant_employment=co_applicant_employment,
        attached_siret=draw(st.sampled_from([None, *attachable])),
        priority_grounds=draw(grounds),
        data_sharing=draw(st.none() | st.sampled_from(DataSharing)),
        identity=draw(st.none() | identities),
        email=draw(st.none() | emails),
        created_on_alin=draw(st.none() | days),
    )


demands = _demands()

#: Codes, company codes: any text that says something.
code_texts = st.text(min_size=1, max_size=12).filter(str.strip)
companies = st.one_of(
    st.builds(
        Company,
        siret=sirets,
        code=st.none() | code_texts,
        access=st.sampled_from([None, True]),
    ),
    st.builds(
        Company,
        siret=sirets,
        code=st.none() | code_texts,
        access=st.just(False),
        refusal=names,
    ),
)
#: Instants of a few weeks, some of them equal, across a change of clocks.
instants = st.builds(
    lambda minutes: datetime(2026, 3, 15, tzinfo=UTC) + timedelta(minutes=30 * minutes),
    st.integers(0, 2_000),
)
refusals = st.builds(Refusal, st.sampled_from(Reason), names)
_RULINGS = st.one_of(
    st.just({"ruling": Ruling.A}),
    st.builds(lambda rank: {"ruling": Ruling.B, "rank": rank}, st.integers(1, 3)),
    st.builds(lambda condition: {"ruling": Ruling.C, "condition": condition}, names),
    st.builds(
        lambda ruling, refusal: {"ruling": ruling, "refusal": refusal},
        st.sampled_from([Ruling.D, Ruling.E]),
        refusals,
    ),
)


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Events of one kind, with what it needs."""
    needs: dict[type[Event], dict[str, st.SearchStrategy[Any]]] = {
        Submit: {"offer": names, "unique_number": unique_numbers | opaque_numbers},
        Invalidate: {"refusal": refusals},
    }
    if kind is Decide:
        return st.builds(lambda at, ruling: Decide(at=at, **ruling), instants, _RULINGS)
    if issubclass(kind, Offered):
        return st.builds(_offered, st.just(kind), instants, st.integers(11, 20))
    return st.builds(kind, at=instants, **needs.get(kind, {}))


def _offered(kind: type[Offered], at: datetime, days: int) -> Offered:
    return kind(at=at, answer_by=at.date() + timedelta(days=days))


events = st.sampled_from([row.event for row in TRANSITIONS]).flatmap(events_of)

#: Days that the tables of the housing aid answer for.
aid_days = st.dates(date(2020, 2, 1), LAST_OF_AID)
aid_households = st.builds(
    HousingAidHousehold,
    couple=st.booleans(),
    dependants=st.integers(0, 8),
    disability_benefit=st.booleans(),
)
aid_zones = st.integers(1, 3)
#: From one cent to beyond the rent from which there is no aid.
aid_rents = st.integers(1, 300_000).map(lambda whole: Decimal(whole) / 100)
#: From none to beyond the resources from which there is no aid.
aid_resources = cents(40_000)
#: Few codes and days, so that candidatures tie and share criteria.
codes = st.sampled_from(["A", "B", "C", "D", "company"])
criteria = st.builds(
    Criterion,
    code=codes,
    label_fr=st.just("un critère"),
    label_en=st.just("a criterion"),
    points=st.integers(-5, 20),
    group=st.none() | st.sampled_from(["housing", "work"]),
    needs_proof=st.booleans(),
)


@st.composite
def _policies(draw: st.DrawFn) -> RankingPolicy:
    counted = draw(st.lists(criteria, max_size=5, unique_by=lambda criterion: criterion.code))
    groups = sorted({criterion.group for criterion in counted if criterion.group is not None})
    tiers: list[Tier | None] = [*Tier, None]
    return RankingPolicy(
        name="any",
        version="1",
        source="nobody",
        official=draw(st.booleans()),
        outcomes=draw(st.sets(st.sampled_from(Outcome), min_size=1)),
        tiers=draw(st.lists(st.sampled_from(tiers), unique=True)),
        criteria=counted,
        highest_only=draw(st.sets(st.sampled_from(groups))) if groups else (),
        counts_unproved=draw(st.booleans()),
    )


policies = _policies()
#: Nobody is set aside for an outcome or a tier.
open_policies = st.builds(
    lambda policy, tiers: evolve(policy, outcomes=tuple(Outcome), tiers=tiers),
    policies,
    st.just(()) | st.permutations([*Tier, None]),
)


@st.composite
def _candidates(draw: st.DrawFn, rankable: bool) -> Candidate:
    sequence = draw(st.integers(0, 99))
    number = UniqueNumber(f"0590120{sequence:06}GDPUB")
    other = OpaqueNumber(f"n° {sequence}") if rankable else None
    held = draw(st.dictionaries(codes, st.none() | st.integers(0, 30)))
    lodged_on = date(2020, 1, draw(st.integers(1, 3)))
    return Candidate(
        unique_number=draw(st.sampled_from([number, other])),
        tier=draw(st.none() | st.sampled_from(Tier)),
        outcome=draw(st.sampled_from(Outcome)),
        lodged_on=lodged_on if rankable else draw(st.sampled_from([lodged_on, None])),
        criteria={code for code, points in held.items() if points is None},
        points={code: points for code, points in held.items() if points is not None},
        proved=draw(st.sets(codes)),
        data_sharing=draw(st.none() | st.sampled_from(DataSharing)),
    )


def _number_or_self(candidate: Candidate) -> object:
    return candidate.unique_number or candidate


candidates = _candidates(rankable=False)
#: On one offer: nobody twice.
several_candidates = st.lists(
    _candidates(rankable=True) | candidates, max_size=6, unique_by=_number_or_self
)
several_rankable = st.lists(
    _candidates(rankable=True), min_size=2, max_size=6, unique_by=_number_or_self
)

#: What the national XML can say of a demand: no disability, no aid, two income years at most.
xml_names = st.text(st.characters(categories=["L", "Nd", "P"]), min_size=1, max_size=20)
_adults = st.builds(Person, birth_date=st.none() | births)
_several_adults = st.lists(_adults, max_size=2)
_alternating = st.builds(Person, birth_date=st.none() | births, alternating_custody=st.just(True))
_xml_employments = st.none() | st.builds(
    Employment, st.none() | st.builds(Employer, siret=st.none() | sirets)
)


@st.composite
def _xml_demands(draw: st.DrawFn) -> Demand:
    household = Household(
        applicant=draw(_adults),
        partner=draw(st.none() | _adults),
        co_applicants=draw(_several_adults),
        dependants=[*draw(_several_adults), *draw(st.lists(_alternating, max_size=2))],
        visiting_children=draw(_several_adults),
        unborn=draw(st.integers(0, 3)),
    )
    birth = household.applicant.birth_date
    known = st.builds(Identity, surname=xml_names, first_name=xml_names, birth_date=st.just(birth))
    alone = household.adults == 1
    return Demand(
        unique_number=draw(st.none() | unique_numbers),
        lodged_on=draw(st.none() | days),
        household=household,
        resources=Resources(
            reference_tax_income=draw(st.dictionaries(income_years, yearly_incomes, max_size=2)),
            monthly_income=draw(st.none() | monthly_incomes),
        ),
        employment=draw(_xml_employments),
        co_applicant_employment=None if alone else draw(_xml_employments),
        identity=None if birth is None else draw(st.none() | known),
        email=draw(st.none() | xml_names),
    )


xml_demands = _xml_demands()

#: Rows of a frame, an input or null in each cell, near the edges of the rules.
edge_days = st.sampled_from(
    [
        date(2009, 12, 31),
        date(2010, 1, 1),
        NEWEST - timedelta(days=1),
        NEWEST,
        date(2026, 11, 23),
        LAST,
        day_after(LAST),
    ]
)


def _newest_cells(table: str, category: int) -> Iterator[Decimal]:
    """Yield the ceilings of a category in each zone, in the newest edition of a table."""
    for column in ceiling_table(table).editions[-1].columns:
        yield column[category - 1][0]


_cents_off = st.sampled_from([Decimal("-0.01"), Decimal(0), Decimal("0.01")])
_edge_incomes = st.builds(
    lambda ceiling, share, cents_off: ceiling * share + cents_off,
    st.sampled_from(
        [
            # Of PLUS, PLAI and PLS in 2026, then of PLUS and PLAI in the newest edition.
            *(23_403, 26_920, 31_254, 40_233, 48_362, 37_584, 12_870, 18_753, 30_424),
            *(cell for number in (1, 2, 3) for cell in _newest_cells("plus", number)),
            *(cell for number in (1, 2) for cell in _newest_cells("plai", number)),
        ]
    ),
    st.sampled_from([Decimal(1), Decimal("0.9")]),
    _cents_off,
)
_edge_rents = st.sampled_from([Decimal(0), Decimal("333.33"), Decimal("612.40"), Decimal(700)])
_edge_means = st.builds(
    lambda rent, share, cents_off: max(round(rent * share, 2) + cents_off, Decimal(0)),
    _edge_rents,
    st.sampled_from([Decimal(3), Decimal("2.7"), Decimal("2.5"), Decimal(1)]),
    _cents_off,
)
_young_births = st.sampled_from(
    [
        date(1996, 2, 29),
        date(1998, 11, 23),
        date(1998, 11, 24),
        date(1970, 6, 1),
        date(2009, 12, 31),
    ]
)
frame_rows = st.fixed_dictionaries(
    {
        "adults": st.none() | st.integers(1, 4) | st.just(2) | st.integers(1, 12),
        "couple": st.none() | st.booleans(),
        "applicant_birth_date": st.none() | births | _young_births,
        "partner_birth_date": st.none() | births | _young_births,
        "dependants": st.none() | st.just(0) | st.integers(0, 9),
        "visiting_children": st.none() | st.just(0) | st.integers(0, 3),
        "unborn": st.none() | st.integers(0, 2),
        "disabled": st.none() | st.booleans(),
        "visiting_child_disabled": st.none() | st.booleans(),
        "reference_tax_income": st.none() | yearly_incomes | _edge_incomes,
        "last_year_tax_income": st.none() | _edge_incomes,
        "last_twelve_months": st.none() | _edge_incomes,
        "monthly_income": st.none() | monthly_incomes | _edge_means,
        "housing_aid": st.none() | st.just(Decimal(0)) | cents(500),
        "employed": st.none() | st.booleans(),
        "sector": st.none() | sectors.map(str),
        "headcount": st.none() | headcounts | st.sampled_from([Decimal("9.99"), Decimal(10)]),
        "legal_priority": st.none() | st.booleans(),
        "commune": st.none() | communes,
        "norm": st.none() | norms.map(str),
        "rooms": st.none() | st.integers(1, 8) | st.integers(1, 9_999),
        "rent": st.none() | _edge_rents | cents(3_000),
        "charges": st.none() | st.just(Decimal(0)) | cents(500),
    }
)
