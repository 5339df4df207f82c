"""No text of the library shows a password, a code, or what names a person (SECURITY.md)."""

import json
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alin_core as alin
from alin_core.candidature.events import (
    Accept,
    Cancel,
    Decide,
    Invalidate,
    NotifyAward,
    Sign,
    Submit,
    Transmit,
    Validate,
)
from alin_core.candidature.rulings import Refusal
from alin_core.errors import AlinError
from alin_core.exchange.dossier import read_candidature, read_record
from alin_core.exchange.ranking import read_ranking
from alin_core.exchange.replay import verify
from alin_core.record import Record
from alin_core.registration.codes import ActivationCode, SecurityCode, check_activation_code
from alin_core.registration.company import check_attachment, company_access
from alin_core.values.amounts import euros
from alin_core.values.identifiers import OpaqueNumber, UniqueNumber, is_text, siret
from alin_core.values.languages import Explained, Told
from alin_core.values.privacy import hidden, is_private, masked
from tests import strategies
from tests.every_value import classes, parts

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON = date(2026, 11, 23)

#: Each example makes hundreds of errors.
FEW = settings(max_examples=settings().max_examples // 10)

#: The fields that are private wherever they stand.
PRIVATE = {"surname", "first_name", "birth_name", "birth_date", "email", "sent_to", "kept"} | {
    "attached_siret",
    "current_dwelling",
    "opaque",
    "siret",
    "unique_number",
    # Free texts, in which whoever writes may name somebody.
    "condition",
    "detail",
}
#: Free texts that name no person: what a lessor publishes, a policy, a version.
OPEN = {"Offer.reference", "Offer.lessor", "Submit.offer", "Candidate.offer", "Ranking.offer"} | {
    "RankingPolicy.name",
    "RankingPolicy.version",
    "RankingPolicy.source",
    "Criterion.label_fr",
    "Criterion.label_en",
}
#: No word of the library, and nothing that a shape could show.
words = st.text("bcdfghjklmnpqrstvwxz", min_size=8, max_size=12).map(str.capitalize)


@attrs.frozen(kw_only=True)
class Secrets:
    """What must never be seen."""

    surname: str
    first_name: str
    birth_date: date
    email: str
    number: UniqueNumber
    siret: str
    password: str
    code: str
    free: str

    @property
    def texts(self) -> list[str]:
        """Each in every writing that a `repr` or a message could have."""
        born = self.birth_date
        dates = [born.isoformat(), f"{born.year}, {born.month}, {born.day}", f"{born:%Y%m%d}"]
        number = self.number.text
        names = [self.surname, self.first_name, self.email, self.password, self.code, self.free]
        return [*names, number, number[7:], self.siret, self.siret[:9], *dates]

    @property
    def identity(self) -> dict[str, Any]:
        return {
            "surname": self.surname,
            "first_name": self.first_name,
            "birth_date": self.birth_date,
        }


secrets = st.builds(
    Secrets,
    surname=words,
    first_name=words,
    birth_date=st.dates(date(1900, 1, 1), date(2005, 12, 31)),
    email=words.map("{}@example.org".format),
    number=strategies.unique_numbers.filter(lambda number: len(set(number.text[7:])) > 5),
    siret=strategies.sirets.map(str).filter(lambda text: len(set(text[:9])) > 4),
    password=words.map("{}0!".format),
    code=words,
    free=words,
)


def shows(secret: Secrets, *told: str) -> list[str]:
    """The secrets that a text shows."""
    shown = "\n".join(told).casefold()
    return [text for text in secret.texts if text.casefold() in shown]


def texts_of(error: BaseException) -> list[str]:
    """Whatever of an error gets into a log."""
    return [str(error), repr(error), *traceback.format_exception(error)]


def demand_of(secret: Secrets, **known: Any) -> alin.Demand:
    adult = alin.Person(birth_date=secret.birth_date)
    given_: dict[str, Any] = {
        "household": alin.Household(applicant=adult, partner=adult, dependants=(adult,)),
        "resources": alin.Resources(reference_tax_income={2024: 31_000}, monthly_income=2_450),
        "employment": alin.Employment(alin.Employer(siret=secret.siret, sector="PRIVATE")),
        "attached_siret": secret.siret,
        "unique_number": secret.number,
        "lodged_on": date(2026, 1, 2),
        "identity": alin.Identity(**secret.identity),
        "email": secret.email,
        "data_sharing": "IDENTITY",
    }
    return alin.Demand(**(given_ | known))


OFFER = alin.Offer(
    reference="A", commune="94041", typology="T4", norm="PLS", rent=alin.Rent(base=600, charges=85)
)


def record_of(secret: Secrets) -> Record:
    return Record([Submit(at=AT, offer="A", unique_number=secret.number), Validate(at=AT)])


def xml_of(secret: Secrets) -> bytes:
    """The file of the examples, its applicant made secret."""
    person = (
        f"<nom>{secret.surname}</nom><nomPatronymique>{secret.surname}</nomPatronymique>"
        f"<prenom>{secret.first_name}</prenom>"
        f"<dateNaissance>{secret.birth_date}</dateNaissance><mel>{secret.email}</mel>"
        f"<telPortable>{secret.code}</telPortable><inconnu>{secret.password}</inconnu>"
        "<situationProfessionnelle><typeContratTravail code='CDI'/>"
        f"<siret>{secret.siret}</siret></situationProfessionnelle>"
        f"<listeRessourceRecue><detailRessource><ressource code='{secret.free}'/>"
        "<montant>900</montant></detailRessource></listeRessourceRecue>"
    )
    return (
        "<interfaceNuu versionInterface='02.00'><demande><demandeLogement>"
        f"<numUnique>{secret.number}</numUnique>"
        "<personnePhysique>"
        f"<demandeur>{person}</demandeur>"
        f"<logementActuel><proprietaire>{secret.surname}</proprietaire></logementActuel>"
        "</personnePhysique></demandeLogement></demande></interfaceNuu>"
    ).encode()


def candidate_of(secret: Secrets) -> alin.Candidate:
    return alin.Candidate(
        outcome="MET", tier="OTHER", unique_number=secret.number, lodged_on=date(2026, 1, 2)
    )


def values_of(secret: Secrets) -> list[object]:
    """A value of every class that holds something private."""
    demand, record = demand_of(secret), record_of(secret)
    verdict = alin.assess(demand, OFFER, on=ON)
    (read,) = alin.read_demands(xml_of(secret))
    assert isinstance(read, alin.SneDemand)
    candidate = candidate_of(secret)
    ranking = alin.rank([candidate], alin.RankingPolicy.neutral(), offer="A", draw_key="k")
    documents = alin.Documents(confirmed=True, deposited=True)
    text = alin.to_json(alin.matching_offers(demand, [OFFER], on=ON))
    differing = {"unique_number": str(secret.number), **json.loads(text)}
    differing["unique_number"] = secret.number.text[::-1]
    company = alin.Company(siret=secret.siret, code=secret.code)
    refusing = alin.Company(siret=secret.siret, access=False, refusal=secret.free)
    return [
        alin.Dossier(on=ON, demand=demand, offers=[OFFER]),
        OpaqueNumber(secret.surname),
        ActivationCode.of(demand, secret.code, issued_at=AT),
        SecurityCode.of(demand, secret.code),
        company,
        refusing,
        company_access(refusing),
        Decide(at=AT, ruling="C", condition=secret.free),
        Invalidate(at=AT, refusal=Refusal("OTHER", secret.free)),
        check_attachment(demand, company, code=secret.code),
        alin.check_password(secret.password, secret.code, user_name=secret.email),
        verdict,
        alin.matching_offers(demand, [OFFER], on=ON),
        ranking,
        ranking.standing(candidate),
        alin.compare(ranking, ranking),
        ranking.places[0],
        candidate,
        record,
        record.active,
        record.submit(demand, OFFER, at=AT, assessment=verdict, documents=documents),
        read,
        verify(json.dumps(differing)),
    ]


@FEW
@given(secrets)
def test_no_repr_shows_a_secret(secret: Secrets) -> None:
    for value in parts(values_of(secret)):
        assert shows(secret, repr(value), f"{[value]!r}", f"{value!r:.5000}") == []


@FEW
@given(secrets)
def test_no_text_for_a_log_and_no_notebook_shows_a_secret(secret: Secrets) -> None:
    # A condition and the detail of a refusal are what a candidature says, also there.
    secret = attrs.evolve(secret, free="in the words of the commission")
    told = [value for value in parts(values_of(secret)) if isinstance(value, Told)]
    assert len({type(value) for value in told}) > 8
    for value in told:
        html = value._repr_html_() if isinstance(value, Explained) else ""
        assert set(shows(secret, str(value), html)) <= {secret.free}


def test_a_private_name_is_private_in_every_class() -> None:
    bare = [
        f"{one.__name__}.{field.name}"
        for one in classes()
        for field in attrs.fields(one)
        if field.name in PRIVATE and not is_private(field)
    ]
    assert bare == []


def test_a_free_text_is_private_unless_it_names_no_person() -> None:
    open_texts = {
        f"{one.__name__}.{field.name}"
        for one in classes()
        if not one.__name__.startswith("_")
        for field in attrs.fields(one)
        if field.validator is is_text and not is_private(field)
    }
    assert open_texts == OPEN


def test_every_class_with_something_private_is_among_the_values() -> None:
    secret = Secrets(
        surname="Zwxcvbnm",
        first_name="Qsdfghjk",
        birth_date=date(1990, 5, 2),
        email="zwxcvbnm@example.org",
        number=UniqueNumber("0751023000123GDPUB"),
        siret="73282932000074",
        password="Wxcvbnqs0!",
        code="Mlkjhgfd",
        free="Tgbvfrdc",
    )
    seen = {type(value) for value in parts(values_of(secret))}
    holders = {
        one
        for one in classes()
        if any(field.repr is hidden for field in attrs.fields(one))
        and not one.__name__.startswith("_")
    }
    assert {one.__name__ for one in holders - seen} == set()


def damaged(value: Any) -> list[Any]:
    """What somebody may give in the place of a private value."""
    text = str(value)
    odd = f"{text}\n{text}"
    return [
        [text],
        {"value": text},
        text.encode(),
        odd,
        f"{text}\ud800",
        f"{text}0",
        (value, value),
    ]


def broken_constructions(secret: Secrets) -> Iterator[Callable[[], object]]:
    """Each private field of each value, with each damage."""
    for value in parts(values_of(secret)):
        for field in attrs.fields(type(value)):
            if is_private(field) and field.init:
                for wrong in damaged(getattr(value, field.name)):
                    yield partial(attrs.evolve, value, **{field.name: wrong})


def broken_json(secret: Secrets) -> Iterator[Callable[[], object]]:
    """The JSON of a dossier and of a record, each private member damaged in turn."""
    dossier = alin.to_json(alin.Dossier(on=ON, demand=demand_of(secret), offers=[OFFER]))
    history = alin.to_json(record_of(secret))
    verdict = alin.to_json(alin.assess(demand_of(secret), OFFER, on=ON))
    candidates = json.dumps({"candidates": [{"unique_number": str(secret.number)}]})
    readers = (
        (dossier, alin.read_dossier),
        (history, read_record),
        (history, read_candidature),
        (verdict, verify),
        (candidates, read_ranking),
    )
    for text, read in readers:
        for wrong in json_damages(json.loads(text)):
            yield partial(read, wrong)


def json_damages(whole: Any) -> Iterator[str]:
    for holder, key in private_members(whole):
        right = holder[key]
        digits = "".join(filter(str.isdigit, str(right))) or "0"
        for wrong in (
            [right],
            {"opaque": [right]},
            {"opaque": f"{right}\n"},
            int(digits),
            f"{right}\ud800",
            f"{right}0",
            "2027-01-01",
        ):
            holder[key] = wrong
            yield json.dumps(whole)
        holder[key] = right


def private_members(value: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(value, list):
        for one in value:
            yield from private_members(one)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in PRIVATE and not isinstance(inner, dict | None):
                yield value, key
            yield from private_members(inner)


def broken_calls(secret: Secrets) -> Iterator[Callable[[], object]]:
    """Values that are right, in the wrong place or at the wrong time."""
    demand, record = demand_of(secret), record_of(secret)
    verdict = alin.assess(demand, OFFER, on=ON)
    identity: Any = demand.identity
    wrong: Any
    for wrong in (demand, identity, [identity], {"surname": secret.surname}, demand.unique_number):
        yield partial(alin.assess, demand, wrong, on=ON)
        yield partial(alin.assess, demand, OFFER, on=wrong)
        yield partial(alin.assess, identity, OFFER, on=ON)
        yield partial(alin.Household, applicant=wrong)
        yield partial(alin.Resources, monthly_income=wrong)
        yield partial(alin.Resources, reference_tax_income=wrong)
        yield partial(alin.Offer, reference=wrong, commune="94041", typology="T1", rent=wrong)
        yield partial(euros, wrong)
        yield partial(siret, wrong)
        yield partial(alin.read_dossier, wrong)
        yield partial(alin.to_json, wrong)
        yield partial(alin.rank, [wrong], alin.RankingPolicy.neutral(), offer="A", draw_key="k")
        yield partial(check_activation_code, wrong, wrong, at=AT)
        yield partial(alin.check_password, wrong, secret.password, user_name=secret.email)
        yield partial(record.after, wrong)
    yield partial(alin.Household(applicant=alin.Person(birth_date=secret.birth_date)).born_by,
                  date(1899, 1, 1))  # fmt: skip
    yield partial(alin.Person(birth_date=secret.birth_date).age, date(1899, 1, 1))
    yield partial(alin.assess, demand, OFFER, on=date(1899, 1, 1))
    submit = Submit(at=AT, offer="A", unique_number=secret.number)
    yield partial(record.after, submit)
    yield partial(Record, [*record.history, submit])
    yield partial(record.after, Sign(at=AT))
    yield partial(alin.Candidature, [Cancel(at=AT), submit])
    yield partial(Decide, at=AT, ruling="A", condition=secret.free)
    yield partial(alin.Company, siret=secret.siret, access=True, refusal=secret.free)
    award = [
        Transmit(at=AT),
        Decide(at=AT, ruling="A"),
        NotifyAward(at=AT, answer_by=date(2026, 12, 5)),
    ]
    leased = [*record.history, *award, Accept(at=AT), Sign(at=AT)]
    yield partial(Record, [*leased, submit])
    candidate = candidate_of(secret)
    ranking = alin.rank([candidate], alin.RankingPolicy.neutral(), offer="A", draw_key="k")
    other = attrs.evolve(candidate, unique_number=OpaqueNumber(secret.surname))
    neutral = alin.RankingPolicy.neutral()
    yield partial(alin.rank, [candidate, candidate], neutral, offer="A", draw_key="k")
    yield partial(ranking.__getitem__, other)
    yield partial(ranking.__getitem__, secret.surname)
    yield partial(ranking.between, candidate, candidate)
    yield partial(alin.compare(ranking, ranking).__getitem__, other)
    yield partial(alin.Candidate.of, attrs.evolve(demand, email=None), verdict)
    company = alin.Company(siret=secret.siret)
    elsewhere = demand_of(secret, employment=None, attached_siret=None)
    held = alin.Employment(alin.Employer(siret="35600000000048"))
    yield partial(demand_of, secret, employment=held)
    yield partial(check_attachment, attrs.evolve(elsewhere, employment=held), company)


def refused(secret: Secrets, call: Callable[[], object]) -> bool:
    error = error_of(call)
    assert error is None or shows(secret, *texts_of(error)) == []
    return error is not None


def error_of(call: Callable[[], object]) -> AlinError | None:
    try:
        call()
    except AlinError as error:
        return error
    return None


@pytest.mark.parametrize("calls", [broken_constructions, broken_json, broken_calls])
@FEW
@given(secret=secrets)
def test_no_error_shows_a_secret(
    calls: Callable[[Secrets], Iterator[Callable[[], object]]], secret: Secrets
) -> None:
    met = [refused(secret, call) for call in calls(secret)]
    assert sum(met) > len(met) / 2


@FEW
@given(secrets)
def test_a_refused_demand_of_a_national_xml_shows_no_secret(secret: Secrets) -> None:
    text = xml_of(secret).decode()
    born = secret.birth_date.isoformat()
    for right, wrong in (
        (f"<dateNaissance>{born}", f"<dateNaissance>{born}x"),
        (f"<dateNaissance>{born}", f"<dateNaissance>{born[:8]}00x"),
        (f"<siret>{secret.siret}", f"<siret>{secret.siret}0"),
        (f"<numUnique>{secret.number}", f"<numUnique>{secret.number}\u200b"),
        ("<demande>", "<entete><dateFichier>1899-01-01</dateFichier></entete><demande>"),
    ):
        assert right in text
        (read,) = alin.read_demands(text.replace(right, wrong).encode())
        assert isinstance(read, alin.RefusedDemand)
        assert shows(secret, str(read), repr(read), *texts_of(read.error)) == []
    with pytest.raises(alin.SneError) as caught:
        list(alin.read_demands(text.removesuffix("</interfaceNuu>").encode()))
    assert shows(secret, *texts_of(caught.value)) == []


@given(st.text(), words)
def test_a_shape_shows_no_letter_and_no_digit_but_its_own(text: str, word: str) -> None:
    shape = masked(text + word).shape
    assert set(shape) <= set("A9? -.,:/|@+'…")
    assert word.casefold() not in shape.casefold()


def test_a_shape_is_cut_at_eighty_signs() -> None:
    assert masked("x" * 80).shape == "A" * 80
    assert masked("x" * 81).shape == "A" * 80 + "…"


def test_nothing_of_what_is_private_is_told_but_whether_it_is_there() -> None:
    assert (hidden("x"), hidden(""), hidden(None), hidden(())) == ("…", "…", "None", "…")
