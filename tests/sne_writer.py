"""Writes the national XML of demands, for the tests alone: what reading undoes."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from random import Random

from alin_core.values.demand import Demand
from alin_core.values.employment import Employment
from alin_core.values.household import Person

__all__ = ["file_of", "interface", "tree_of"]

FILE_DATE = "2026-11-02T09:15:00+01:00"

#: A name, then either what it holds or, under "@code", its code.
Tree = tuple[str, "str | Sequence[Tree] | Mapping[str, str]"]


def coded(name: str, code: str) -> Tree:
    return name, {"code": code}


def given(name: str, value: object) -> list[Tree]:
    return [] if value is None else [(name, str(value))]


def shares(total: Decimal, parts: int, random: Random) -> list[Decimal]:
    """Cut an amount at random, to the cent: the sum is the amount."""
    cuts = sorted(random.randint(0, int(total * 100)) for _ in range(parts - 1))
    edges = [0, *cuts, int(total * 100)]
    return [Decimal(b - a) / 100 for a, b in pairwise(edges)]


def incomes(by_year: Iterable[tuple[int, Decimal]]) -> Tree:
    ranks = dict(zip(("Moins2", "Moins1"), sorted(by_year), strict=False))
    return "revenuFiscal", [
        (f"{name}{rank}", str(value))
        for rank, pair in ranks.items()
        for name, value in zip(("annee", "montant"), pair, strict=True)
    ]


def lines(name: str, amounts: Iterable[tuple[str, Decimal]]) -> Tree:
    return name, [
        ("detailRessource", [coded("ressource", code), ("montant", str(amount))])
        for code, amount in amounts
    ]


def work(employment: Employment | None) -> list[Tree]:
    if employment is None:
        return []
    if employment.employer is None:
        return [("situationProfessionnelle", [coded("typeContratTravail", "CHO")])]
    siret = given("siret", employment.employer.siret)
    return [("situationProfessionnelle", [coded("typeContratTravail", "CDI"), *siret])]


def adults(demand: Demand, random: Random) -> list[list[Tree]]:
    """The applicant, the partner, the co-applicants, who share the resources at random."""
    household, resources = demand.household, demand.resources
    signing = [household.applicant, *filter(None, [household.partner]), *household.co_applicants]
    known = dict(resources.reference_tax_income)
    cut = {year: shares(amount, len(signing), random) for year, amount in known.items()}
    monthly = resources.monthly_income
    paid = Decimal(random.randint(0, 50_000)) / 100
    wages = None if monthly is None else shares(monthly + paid, 2 * len(signing), random)
    jobs = [demand.employment, demand.co_applicant_employment, *[None] * len(signing)]
    trees = []
    for rank, person in enumerate(signing):
        tree = [*given("dateNaissance", person.birth_date), *work(jobs[rank])]
        tree.append(incomes((year, parts[rank]) for year, parts in cut.items()))
        if wages is not None:
            own, of_dependants = wages[2 * rank : 2 * rank + 2]
            tree.append(lines("listeRessourceRecue", [("SAL", own)]))
            tree.append(lines("listeRessourceRecuePersACharge", [("AEEH", of_dependants)]))
        trees.append(tree)
    trees[0].append(lines("listeRessourceVersee", [("PAV", paid)]))
    return trees


def children(persons: Iterable[Person], name: str, *codes: Tree) -> list[Tree]:
    return [(name, [*given("dateNaissance", one.birth_date), *codes]) for one in persons]


def tree_of(demand: Demand, random: Random) -> Tree:
    """Write a demand as elements inside one another."""
    household, identity = demand.household, demand.identity
    applicant, *others = adults(demand, random)
    if identity is not None:
        applicant += [("nom", identity.surname), ("prenom", identity.first_name)]
    applicant += given("mel", demand.email)
    if household.partner is not None:
        link = random.choice(["M", "P", "C"])
        others[0].append(coded("lienDemandeur", link))
        applicant.append(coded("situationFamiliale", {"C": "U"}.get(link, link)))
    for other in others[household.partner is not None :]:
        other.append(coded("lienDemandeur", "L"))
    custody = [
        *children(
            (one for one in household.dependants if one.alternating_custody),
            "personneEnGarde", coded("coParentalite", "G"),
        ),
        *children(household.visiting_children, "personneEnGarde", coded("coParentalite", "D")),
    ]  # fmt: skip
    charged = [one for one in household.dependants if not one.alternating_custody]
    inside: list[Tree] = [
        ("demandeur", applicant),
        ("listePersonneACharge", children(charged, "personneACharge", coded("sexe", "F"))),
        ("listePersonneEnGarde", custody),
        ("listeCotitulaire", [("cotitulaire", other) for other in others]),
        ("personneANaitre", [("nombre", str(household.unborn))]),
    ]
    return "demandeLogement", [
        *given("numUnique", demand.unique_number),
        *given("dateCreationDemande", demand.lodged_on),
        ("personnePhysique", inside),
    ]


def shuffled(tree: Tree, random: Random) -> Tree:
    """Order says nothing, except among the members of a list."""
    name, held = tree
    if isinstance(held, str | Mapping):
        return tree
    inner = [shuffled(child, random) for child in held]
    if not name.startswith("liste"):
        random.shuffle(inner)
    return name, inner


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def written(tree: Tree, prefix: str, gap: str) -> str:
    name, held = tree
    tag = f"{prefix}{name}"
    if isinstance(held, Mapping):
        codes = "".join(f' {key}="{escaped(value)}"' for key, value in held.items())
        return f"{gap}<{tag}{codes}/>"
    if isinstance(held, str):
        return f"{gap}<{tag}>{gap}{escaped(held)}{gap}</{tag}>"
    inner = "".join(written(child, prefix, gap) for child in held)
    return f"{gap}<{tag}>{inner}{gap}</{tag}>" if inner else f"{gap}<{tag}/>"


def interface(inner: str, prefix: str = "", file_date: str | None = FILE_DATE) -> str:
    """Write the file that holds those demands."""
    space = f"xmlns{':' if prefix else ''}{prefix.rstrip(':')}"
    head = "" if file_date is None else written(("dateFichier", file_date), prefix, "")
    return (
        f'<{prefix}interfaceNuu versionInterface="02.00" {space}="http://nuu.application.i2/">'
        f"<{prefix}entete>{head}</{prefix}entete><{prefix}demande>{inner}</{prefix}demande>"
        f"</{prefix}interfaceNuu>"
    )


def file_of(demands: Iterable[Demand], random: Random, prefix: str = "") -> bytes:
    """Write a file of demands, laid out at random."""
    gap = random.choice(["", "\n", "\n\t  ", " "])
    trees = (shuffled(tree_of(demand, random), random) for demand in demands)
    inner = "".join(written(tree, prefix, gap) for tree in trees)
    return interface(inner, prefix).encode()
