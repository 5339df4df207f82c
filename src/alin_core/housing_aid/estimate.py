"""The APL of a social tenancy, estimated: an exact function of resources that are given."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import field

from alin_core.errors import AlinError, InvalidValue, MissingInput, is_a, must_be
from alin_core.frozen import frozen
from alin_core.housing_aid.scale import AidScale, aid_scale
from alin_core.housing_aid.steps import aid_steps, reduced_steps
from alin_core.housing_aid.tables import AidEdition, aid_law
from alin_core.law.catalogue import load
from alin_core.law.zones import NoZone, Zone, zone_of
from alin_core.values.amounts import Amount, AmountError, euros, euros_field
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand
from alin_core.values.household import Household, check_count
from alin_core.values.housing import Offer, RentalNorm
from alin_core.values.languages import Explained, Text
from alin_core.values.lookup import Keyed, NotFound

__all__ = [
    "AidStep",
    "HousingAidEstimate",
    "HousingAidHousehold",
    "NotCovered",
    "estimate_for",
    "estimate_housing_aid",
    "refuse_dwelling",
]

_ZERO = Decimal(0)
#: From this age on, a child is no dependant of the aid (R823-4).
_GROWN = 21
#: Norms of « conventionné » dwellings, whose aid is the APL; unknown is one, as the caveats say.
_COVERED = (None, RentalNorm.PLAI, RentalNorm.PLUS, RentalNorm.PLS)


@frozen
class NotCovered(AlinError, LookupError):
    """A case that the formula is not for; there is no estimate, which is not an aid of zero."""

    #: In English; `[word.no_estimate]` has each in both languages.
    reason: str

    def __str__(self) -> str:
        return f"no estimate of the housing aid: {self.reason}; ask the CAF or the MSA"


@frozen(kw_only=True)
class HousingAidHousehold:
    """The household as the aid sees it (CCH R823-4): not that of the ceilings or of the rooms.

    >>> HousingAidHousehold(couple=False, dependants=2).dependants
    2
    """

    #: Married, PACS partners or cohabitants; it changes nothing from one dependant on.
    couple: bool = field(validator=is_a(bool))
    #: Children under 21 and the other persons of R823-4, none in alternating custody.
    dependants: int = field()
    #: One of the couple receives the AAH or the AEEH (D823-16).
    disability_benefit: bool = field(default=False, validator=is_a(bool))

    @dependants.validator
    def _is_a_count(self, _attribute: object, value: int) -> None:
        check_count(value, "dependants")


@frozen
class AidStep:
    """One figure of an estimate, under the letter that the texts or their notices give it.

    >>> print(AidStep("P0", Decimal("40.01")).text)
    arrêté du 27 septembre 2019, art. 13
    """

    symbol: str
    #: Exact, rounded only where a text rounds. Euros, but: RL in percent, TL, TF and Tp as plain
    #: numbers.
    value: Decimal

    @property
    def label(self) -> Text:
        """What it is."""
        return Text(**_steps()[self.symbol]["label"])

    @property
    def unit(self) -> str:
        """`euros`, `share`, `percent` or `number`: how it is written."""
        return str(_steps()[self.symbol]["unit"])

    @property
    def text(self) -> str:
        """The article that orders it."""
        return str(_steps()[self.symbol]["text"])


@cache
def _steps() -> dict[str, Any]:
    return load("aid_steps")


def _rent(value: Amount) -> Decimal:
    rent = euros(value, "rent")
    if not rent:
        raise AmountError("rent", value, "give more than zero")
    return rent


def _zone(value: int) -> int:
    if must_be(value, int, "zone") not in (1, 2, 3):
        raise InvalidValue("zone", value, "give 1, 2 or 3")
    return value


def _household(value: HousingAidHousehold) -> HousingAidHousehold:
    return must_be(value, HousingAidHousehold, "household")


@frozen(kw_only=True)
class HousingAidEstimate(Keyed, Explained):
    """An estimate of the APL, with every step that led to it; only the CAF or the MSA decides.

    >>> one = HousingAidHousehold(couple=False, dependants=0)
    >>> estimate = estimate_housing_aid(
    ...     rent=470, zone=3, household=one, resources=0, on=date(2025, 10, 1))
    >>> estimate.before_rls, estimate["A"].value
    (Decimal('286'), Decimal('288.15'))

    It maps the symbols of its steps to the steps.
    A changed copy (`attrs.evolve`) is computed anew.
    """

    #: Euros per month, without charges, before any solidarity rent reduction.
    rent: Decimal = field(converter=_rent)
    #: 1, with 1 bis, 2 or 3.
    zone: int = field(converter=_zone)
    household: HousingAidHousehold = field(converter=_household)
    #: Annual base, euros; taken as it is given.
    resources: Decimal = field(converter=euros_field)
    #: Any day of the month the aid is due for.
    on: date
    landlord_applies_rls: bool = field(default=False, validator=is_a(bool))
    #: Every figure after its symbol, in the order of the computation.
    #: Never given, always made from the inputs.
    figures: tuple[tuple[str, Decimal], ...] = field(init=False, eq=False, repr=False)

    @figures.default
    def _computed(self) -> tuple[tuple[str, Decimal], ...]:
        scale = self.scale
        if scale.family_rate < 0:
            raise NotCovered("the scale does not go to so many dependants")
        figures = aid_steps(scale, self.rent)
        if self.landlord_applies_rls:
            figures |= reduced_steps(scale, figures["G"])
        return tuple(figures.items())

    @property
    def steps(self) -> tuple[AidStep, ...]:
        """The same figures, each with its words and its text."""
        return tuple(AidStep(symbol, value) for symbol, value in self.figures)

    @property
    def before_rls(self) -> Decimal:
        """Whole euros per month, without the solidarity rent reduction."""
        return dict(self.figures)["N"]

    @property
    def rent_reduction(self) -> Decimal:
        """Solidarity rent reduction (RLS), euros per month; 0: none."""
        return dict(self.figures).get("rls", _ZERO)

    @property
    def monthly(self) -> Decimal:
        """What would be paid each month, after the solidarity rent reduction if there is one."""
        return dict(self.figures).get("net", self.before_rls)

    @property
    def editions(self) -> tuple[tuple[str, AidEdition], ...]:
        """The edition of each article used, after the name of its table."""
        return aid_law(self.on).editions

    @property
    def caveats(self) -> tuple[str, ...]:
        """What the figure does not say, by name; `explain` tells them."""
        always = ("estimate", "resources", "dwelling", "household", "first_month", "review")
        return (*always, "rls_order") if self.rent_reduction else always

    @property
    def scale(self) -> AidScale:
        """The formula for this household, whatever the rent."""
        return aid_scale(
            aid_law(self.on),
            zone=self.zone,
            couple=self.household.couple,
            dependants=self.household.dependants,
            disability_benefit=self.household.disability_benefit,
            resources=self.resources,
        )

    @explained
    def __getitem__(self, symbol: str) -> AidStep:
        """The step of that symbol; raises `NotFound` for another one."""
        figures = dict(self.figures)
        if symbol not in figures:
            raise NotFound("symbol", symbol, f"give one of {', '.join(figures)}")
        return AidStep(symbol, figures[symbol])

    def __iter__(self) -> Iterator[str]:
        return (symbol for symbol, _ in self.figures)

    def __len__(self) -> int:
        return len(self.figures)


def estimate_housing_aid(
    *,
    rent: Amount,
    zone: int,
    household: HousingAidHousehold,
    resources: Amount,
    on: date,
    landlord_applies_rls: bool = False,
) -> HousingAidEstimate:
    """The APL of a household that alone rents the whole of an unfurnished social dwelling.

    LAW: CCH D823-16 and D823-17, arrêté du 27 septembre 2019, art. 7 to 15; metropolitan France.
    Rent in euros per month without charges, resources in euros per year (R822-2 to R822-22).
    READING: the ceiling of the RLS is held against R, which is rounded; the text does not say.
    Raises `NotInForce` for a day without tables, `NotCovered` where the scale ends, and
    `AmountError`, `InvalidValue`, `WrongType` or `NotADate` for a broken call.
    """
    return HousingAidEstimate(
        rent=rent,
        zone=zone,
        household=household,
        resources=resources,
        on=on,
        landlord_applies_rls=landlord_applies_rls,
    )


@explained
def estimate_for(demand: Demand, offer: Offer, *, on: date) -> HousingAidEstimate:
    """The estimate of the APL that a demand leads to in the dwelling of an offer.

    The base of resources is `resources.housing_aid_base`; the zone, `offer.housing_aid_zone`.
    READING: other adults who sign would each share the rent and claim for their part: not covered.
    Raises `NotCovered`, `MissingInput` with the paths of what is unknown, and `NotInForce`.
    """
    household, base = demand.household, demand.resources.housing_aid_base
    zone = offer.housing_aid_zone
    refuse_dwelling(offer)
    ages_are_known = _refuse_household(household, on)
    aid_law(on)  # on a day without tables, no input would help
    unknown = {
        "household.dependants.birth_date": not ages_are_known,
        "offer.housing_aid_zone": zone is None,
        "resources.housing_aid_base": base is None,
    }
    if base is None or zone is None or not ages_are_known:
        raise MissingInput(tuple(path for path, is_unknown in unknown.items() if is_unknown))
    family = HousingAidHousehold(
        couple=household.partner is not None, dependants=len(household.dependants)
    )
    return estimate_housing_aid(
        rent=offer.rent.base, zone=zone, household=family, resources=base, on=on
    )


def refuse_dwelling(offer: Offer) -> None:
    """Raises `NotCovered` for a dwelling that gives no APL."""
    try:
        overseas = zone_of(offer.commune) is Zone.OVERSEAS
    except NoZone:
        overseas = True
    if overseas:
        raise NotCovered("the dwelling is overseas")
    if offer.norm not in _COVERED:
        raise NotCovered("a dwelling of that norm does not give the APL")
    if not offer.rent.base:
        raise NotCovered("there is no rent")


def _refuse_household(household: Household, on: date) -> bool:
    """Refuse a household that the formula is not for; are the ages of its dependants known?"""
    if household.co_applicants:
        raise NotCovered("other adults sign the lease")
    if any(dependant.alternating_custody for dependant in household.dependants):
        raise NotCovered("a child is in alternating custody")
    ages = [dependant.age(on) for dependant in household.dependants]
    if any(age is not None and age >= _GROWN for age in ages):
        raise NotCovered("a dependant is 21 or older")
    return None not in ages
