"""Every figure of an estimate of the APL, by its symbol, in the order of the texts."""

from decimal import Decimal

from alin_core.housing_aid.scale import AidScale, of_percent
from alin_core.values.amounts import CENT, add, divide, multiply, rounded_half_up, subtract

__all__ = ["aid_steps", "reduced_steps"]

_ZERO, _MONTHS = Decimal(0), Decimal(12)


def aid_steps(scale: AidScale, rent: Decimal) -> dict[str, Decimal]:
    """Up to the aid without reduction of the rent (CCH D823-16 and D823-17)."""
    counted = scale.counted(rent)
    ratio, minimum = scale.rent_ratio(counted), scale.minimum_share(counted)
    by_rent = scale.rent_rate(ratio)
    rate = add(scale.family_rate, by_rent)
    personal = scale.personal_share(minimum, rate)
    aid = scale.before_taper(counted, personal)
    return {
        "R": scale.resources,
        "ceiling": scale.ceiling,
        "L": counted,
        "C": scale.charges,
        "P0": minimum,
        "LR": scale.reference_rent,
        "RL": ratio,
        "TL": by_rent,
        "TF": scale.family_rate,
        "Tp": rate,
        "R0": scale.allowance,
        "Pp": personal,
        "Af": aid,
        **_paid_steps(scale, rent, aid),
    }


def _paid_steps(scale: AidScale, rent: Decimal, aid: Decimal) -> dict[str, Decimal]:
    tapered = scale.tapered(aid, rent)
    reduced = scale.reduced(tapered)
    crds, paid = scale.crds(reduced), scale.paid(reduced)
    return {
        "d1": scale.taper_from,
        "d2": scale.zero_from,
        "taper": tapered,
        "A": reduced,
        "crds": crds,
        "N": paid,
        "G": add(paid, crds),
    }


def reduced_steps(scale: AidScale, gross: Decimal) -> dict[str, Decimal]:
    """The solidarity rent reduction, if the resources open it, and the aid it leaves.

    Strictly below its ceiling (L442-2-1); cut off the aid after that was rounded to the euro
    (D823-16). The reduction is granted in full, even where no aid is left.
    """
    law, family = scale.law, scale.family
    most = law.rls_income_ceiling.by_family(*family)
    steps = {"Rm": divide(scale.resources, _MONTHS), "rls_ceiling": most}
    if scale.resources >= multiply(most, _MONTHS):
        return {**steps, "rls": _ZERO}
    reduction = law.rls_amount.by_family(*family)
    ((percent,),) = law.rls_share.rows
    cut = rounded_half_up(multiply(of_percent(percent), reduction), CENT)
    left = max(_ZERO, subtract(gross, cut))
    crds = scale.crds(left)
    net = subtract(left, crds)
    return {**steps, "rls": reduction, "cut": cut, "G_rls": left, "crds_rls": crds, "net": net}
