"""The formula of the APL in a social tenancy, for one household in one zone; the rent is open."""

from decimal import Decimal

from alin_core.frozen import frozen
from alin_core.housing_aid.tables import AidLaw
from alin_core.values.amounts import (
    CENT,
    EURO,
    add,
    divide,
    multiply,
    rounded_down,
    rounded_half_up,
    rounded_up,
    subtract,
)

__all__ = ["AidScale", "aid_scale", "of_percent"]

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
#: The reference rent of article 14 is the ceiling of this zone, at each date checked.
_REFERENCE_ZONE = 2
#: Article 14 rounds TL to three decimals of a percent.
_THREE_DECIMALS = Decimal("0.001")


def of_percent(percent: Decimal) -> Decimal:
    """A percentage as a plain number."""
    return multiply(percent, CENT)


@frozen(kw_only=True)
class AidScale:
    """What the law makes of a household and a zone before it looks at the rent.

    CCH D823-16 and D823-17; arrêté du 27 septembre 2019, art. 7 to 15. Euros per month, except
    resources and allowance, per year. Exact: it rounds only where the texts do.
    """

    law: AidLaw
    #: Couple, dependants, column of the zone: where the tables are read.
    family: tuple[bool, int, int]
    #: R, rounded up to the hundred (D823-17 4°).
    resources: Decimal
    #: Highest rent counted (art. 7).
    ceiling: Decimal
    #: C (art. 9).
    charges: Decimal
    #: LR (art. 14).
    reference_rent: Decimal
    #: TF, a plain number (art. 14 1°).
    family_rate: Decimal
    #: R0 (art. 15).
    allowance: Decimal
    #: Where the fall of dear rents begins and ends, d1 and d2 (art. 10); no fall for who receives
    #: the AAH or the AEEH (D823-16).
    taper_from: Decimal
    zero_from: Decimal
    tapers: bool

    def counted(self, rent: Decimal) -> Decimal:
        """L: the rent, up to the ceiling (D823-16 2°)."""
        return min(rent, self.ceiling)

    def minimum_share(self, counted: Decimal) -> Decimal:
        """P0: a share of rent and charges, and at least an amount (art. 13)."""
        ((percent, least),) = self.law.minimum_share.rows
        return max(multiply(of_percent(percent), add(counted, self.charges)), least)

    def rent_ratio(self, counted: Decimal) -> Decimal:
        """RL: L over LR, in percent, half up to two decimals (art. 14 2°)."""
        return rounded_half_up(divide(multiply(counted, _HUNDRED), self.reference_rent), CENT)

    def rent_rate(self, ratio: Decimal) -> Decimal:
        """TL: progressive on RL, a plain number; the percentage has three decimals (art. 14 2°)."""
        brackets = self.law.rent_rate.rows
        ends = (*(start for start, _ in brackets[1:]), ratio)
        rate = _ZERO
        for (start, percent), end in zip(brackets, ends, strict=True):
            part = max(_ZERO, subtract(min(ratio, end), start))
            rate = add(rate, multiply(of_percent(percent), part))
        return of_percent(rounded_half_up(rate, _THREE_DECIMALS))

    def rate(self, counted: Decimal) -> Decimal:
        """Tp: TF plus TL (D823-17 3°)."""
        return add(self.family_rate, self.rent_rate(self.rent_ratio(counted)))

    def personal_share(self, minimum: Decimal, rate: Decimal) -> Decimal:
        """Pp: P0, and the rate on what the resources exceed the allowance by (D823-17)."""
        above = max(_ZERO, subtract(self.resources, self.allowance))
        return add(minimum, multiply(rate, above))

    def before_taper(self, counted: Decimal, personal: Decimal) -> Decimal:
        """Af: L plus C less Pp, never below zero (D823-16)."""
        return max(_ZERO, subtract(add(counted, self.charges), personal))

    def tapered(self, aid: Decimal, rent: Decimal) -> Decimal:
        """The aid to the cent, falling in a straight line between d1 and d2 (art. 10)."""
        if self.tapers and rent > self.taper_from:
            left = max(_ZERO, subtract(self.zero_from, rent))
            width = subtract(self.zero_from, self.taper_from)
            aid = divide(multiply(aid, left), width)
        return rounded_half_up(aid, CENT)

    def reduced(self, tapered: Decimal) -> Decimal:
        """A: less the flat deduction, never below zero (art. 11)."""
        ((deduction,),) = self.law.flat_deduction.rows
        return max(_ZERO, subtract(tapered, deduction))

    def crds(self, aid: Decimal) -> Decimal:
        """The CRDS on an aid, cut to the cent."""
        ((percent,),) = self.law.crds_rate.rows
        return rounded_down(multiply(of_percent(percent), aid))

    def paid(self, aid: Decimal) -> Decimal:
        """N: the aid less its CRDS, cut to the euro (D823-16)."""
        return rounded_down(subtract(aid, self.crds(aid)), EURO)

    def most(self, lowest: Decimal, highest: Decimal) -> Decimal:
        """An upper bound of N for every rent between two; N itself when they are equal.

        It takes each part at its better end: L plus C less P0 only grows with the rent, the rate
        too, and the fall of dear rents leaves less and less.
        """
        rate, counted = self.rate(self.counted(lowest)), self.counted(highest)
        personal = self.personal_share(self.minimum_share(counted), rate)
        aid = self.before_taper(counted, personal)
        return self.paid(self.reduced(self.tapered(aid, lowest)))


def aid_scale(
    law: AidLaw,
    *,
    zone: int,
    couple: bool,
    dependants: int,
    disability_benefit: bool,
    resources: Decimal,
) -> AidScale:
    """The scale of a household, with its exact annual resources."""
    family, column = (couple, dependants), zone - 1
    ceiling = law.rent_ceiling.by_family(*family, column)
    ((base, each_dependant),) = law.flat_charges.rows
    taper_from, zero_from = (
        rounded_half_up(multiply(ceiling, row[column]), CENT) for row in law.taper.rows
    )
    return AidScale(
        law=law,
        family=(*family, column),
        resources=multiply(rounded_up(divide(resources, _HUNDRED), EURO), _HUNDRED),
        ceiling=ceiling,
        charges=add(base, multiply(each_dependant, Decimal(dependants))),
        reference_rent=law.rent_ceiling.by_family(*family, _REFERENCE_ZONE - 1),
        family_rate=of_percent(law.family_rate.by_family(*family)),
        allowance=law.income_allowance.by_family(*family),
        taper_from=taper_from,
        zero_from=zero_from,
        tapers=not disability_benefit,
    )
