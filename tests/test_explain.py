"""Every value has one verb: in both languages, on lines of any width, whole or the answer alone."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alin_core.candidature.events import Cancel, Submit, Validate
from alin_core.candidature.submission import Documents
from alin_core.changes.between import changes_between
from alin_core.eligibility import assess
from alin_core.errors import InvalidValue, WrongType
from alin_core.exchange.dossier import read_dossier, to_json
from alin_core.exchange.replay import verify
from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
from alin_core.law.catalogue import rule
from alin_core.law.rulebook import Rulebook
from alin_core.matching import matching_offers
from alin_core.national_xml.values import Note, NoteReason, SneDemand
from alin_core.ranking_moves import compare
from alin_core.record import Record
from alin_core.registration.journey import Journey
from alin_core.sne import read_demands
from alin_core.text import pages
from alin_core.text.page import Table
from alin_core.values.languages import Explained, Lang, Text, Told
from tests.ranked import candidate, criterion, policy, ranked
from tests.test_html import HOSTILE, read
from tests.told import LANGUAGES

ROOT = Path(__file__).parent.parent
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
NUMBER = "1111023000123GDPUB"

GIVEN = read_dossier((ROOT / "examples" / "refus-avec-remedes.json").read_bytes())
DEMAND, (SMALL,) = evolve(GIVEN.demand, unique_number=NUMBER), GIVEN.offers
LARGE = evolve(SMALL, reference=HOSTILE, typology="T3", norm="PLUS", commune="69381")
REFUSED = assess(DEMAND, SMALL, on=ON)
LAW = Rulebook.standard()
REFORM = evolve(LAW, rent_multiple="2.5", merged_communes_keep_their_zone=False)
RANKING = ranked(
    candidate(1, criteria={"F"}, points={"company": 7}),
    candidate(2, tier="LEGAL"),
    candidate(3, outcome="NOT_MET"),
    by=policy(criterion("F", 8), criterion("company", 12)),
    offer=HOSTILE,
)
FIRST, SECOND = RANKING.ranked
LATER = ranked(SECOND, candidate(4, tier="LEGAL"), offer=HOSTILE, draw_key="another")
RECORD = Record([Submit(at=AT, offer=HOSTILE, unique_number=NUMBER), Validate(at=AT)])
DOCUMENTS = Documents(confirmed=False, deposited=None)
VERDICT = to_json(matching_offers(DEMAND, [SMALL, LARGE], on=ON))
(READ,) = read_demands((ROOT / "examples" / "demande.xml").read_bytes())
assert isinstance(READ, SneDemand)

#: A value of every class that has a page, some in more than one state.
VALUES: dict[str, Told] = {
    "verdict": REFUSED,
    "verdict of a reform": evolve(REFUSED, rulebook=REFORM),
    "finding": REFUSED["affordability"],
    "remedy": REFUSED.remedies()[0],
    "priority": REFUSED.priority,
    "matches": matching_offers(DEMAND, [SMALL, LARGE], on=ON),
    "no match": matching_offers(DEMAND, [SMALL], on=ON),
    "candidature": RECORD.candidatures[0],
    "record": RECORD,
    "closed record": RECORD.after(Cancel(at=AT)),
    "submission": Record().submit(DEMAND, SMALL, at=AT, assessment=REFUSED, documents=DOCUMENTS),
    "journey": Journey(),
    "estimate": estimate_housing_aid(
        rent=470,
        zone=3,
        household=HousingAidHousehold(couple=False, dependants=2),
        resources=8_000,
        on=ON,
    ),
    "rule": rule("income-ceiling"),
    "rulebook": LAW,
    "rulebook of a reform": REFORM,
    "rulebook of other tables": evolve(REFORM.scaled_ceilings("1.1"), unborn_count_for_rooms=False),
    "changes": changes_between(date(2025, 12, 31), date(2026, 1, 1)),
    "ranking": RANKING,
    "first of a ranking": ranked(*RANKING.ranked, first=1, offer=HOSTILE),
    "place": RANKING.standing(FIRST),
    "set aside": RANKING.standing(candidate(3)),
    "pair": RANKING.between(FIRST, SECOND),
    "comparison": compare(RANKING, LATER),
    "comparison of the same": compare(RANKING, RANKING),
    "move": compare(RANKING, LATER)[SECOND],
    "verification": verify(VERDICT.replace('"passes": false', '"passes": true')),
    "note": Note("demandeLogement[1]/a", NoteReason.FLAT_SHARER, HOSTILE),
    "demand of the national XML": READ,
}

each_value = pytest.mark.parametrize("name", VALUES)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def words_of(text: str) -> list[str]:
    return re.sub(r"[-\s]+", " ", text).split()


def classes(kind: type) -> set[type]:
    inner: list[type] = kind.__subclasses__()
    return {kind}.union(*map(classes, inner))


def test_every_class_with_the_verb_is_among_the_values() -> None:
    known = {kind for kind in classes(Told) - {Told, Explained} if "alin_core" in kind.__module__}
    assert {type(value) for value in VALUES.values()} == known
    assert set(pages._HOMES) == {kind.__name__ for kind in known}


@each_language
@each_value
def test_lines_have_at_most_the_width_asked_for(name: str, lang: Lang) -> None:
    told = {width: VALUES[name].explain(lang, width=width) for width in (40, 60, 80)}
    for width, text in told.items():
        longer = [line.strip(" -") for line in text.splitlines() if len(line) > width]
        assert [line for line in longer if " " in line] == []  # a dotted name is not broken
    assert VALUES[name].explain(lang) == told[80]


@each_language
@each_value
def test_without_a_width_each_paragraph_is_one_line(name: str, lang: Lang) -> None:
    whole = VALUES[name].explain(lang, width=None)
    wrapped = VALUES[name].explain(lang)
    assert len(whole.splitlines()) <= len(wrapped.splitlines())
    # What is cut on a page is whole without one, and a row may be a list.
    if "…" not in wrapped and name != "rulebook of other tables":
        assert words_of(whole) == words_of(wrapped)


@each_language
@each_value
def test_the_answer_stands_before_the_details(name: str, lang: Lang) -> None:
    for width in (None, 40, 80):
        answer = VALUES[name].explain(lang, width=width, details=False)
        assert answer
        whole = VALUES[name].explain(lang, width=width)
        assert whole == answer or whole.startswith(f"{answer}\n\n")


@each_value
def test_both_languages_differ(name: str) -> None:
    for asked in ({}, {"width": None}, {"details": False}):
        french, english = (VALUES[name].explain(lang, **asked) for lang in LANGUAGES)
        assert french != english
        assert not re.search(r"[{}]|\bNone\b", french + english)


@each_value
def test_another_language_is_refused(name: str) -> None:
    lang: Any
    for lang in ("de", "FR", "", None, 1, []):
        with pytest.raises(InvalidValue, match=r"^lang: .* give fr or en$"):
            VALUES[name].explain(lang)


@pytest.mark.parametrize("width", [39, 0, -1])
def test_too_narrow_a_page_is_refused(width: int) -> None:
    with pytest.raises(InvalidValue, match=f"^width: {width} is refused; give 40 or more, or None"):
        REFUSED.explain("fr", width=width)


@pytest.mark.parametrize("asked", [{"width": "80"}, {"width": True}, {"details": "false"}])
def test_a_width_is_a_number_and_details_are_wanted_or_not(asked: dict[str, Any]) -> None:
    with pytest.raises(WrongType, match=f"^{next(iter(asked))}: "):
        REFUSED.explain("fr", **asked)


#: What `str` and a notebook show, in English.
SHOWN = {name: value for name, value in VALUES.items() if isinstance(value, Explained)}


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_shows_a_table_of_escaped_text_and_no_number(name: str) -> None:
    html = SHOWN[name]._repr_html_()
    shown = read(html)
    assert shown.seen <= {"table", "caption", "tbody", "tr", "th", "td"}
    assert "<script" not in html
    assert "GDPUB" not in html
    assert "1111023" not in html
    assert shown.text


@pytest.mark.parametrize("name", SHOWN)
def test_a_text_is_the_page_in_english_unless_it_has_a_number(name: str) -> None:
    text = str(SHOWN[name])
    assert "GDPUB" not in text
    if name not in ("ranking", "first of a ranking", "comparison", "comparison of the same"):
        assert text.endswith(SHOWN[name].explain("en", width=None if name == "note" else 80))
    else:
        assert text == repr(SHOWN[name])


@pytest.mark.parametrize("name", sorted(VALUES.keys() - SHOWN.keys()))
def test_what_a_file_says_of_a_person_is_told_to_who_asks_only(name: str) -> None:
    assert not hasattr(VALUES[name], "_repr_html_")
    assert str(VALUES[name]) == repr(VALUES[name])


def test_a_comparison_names_who_moved_and_a_notebook_only_where() -> None:
    comparison = compare(RANKING, LATER)
    told = comparison.explain("en")
    assert "1111023000002GDPUB" in told.replace(" ", "")
    assert "GDPUB" not in comparison.explain("en", details=False)
    shown = read(comparison._repr_html_()).text
    assert "BeforeAfter" in shown
    many = [candidate(each) for each in range(12)]
    moved = compare(ranked(*many), ranked(*many, candidate(99, tier="LEGAL")))
    html = moved._repr_html_()
    assert "The first 10 positions of 13." in html
    assert html.count("<tr>") == 1 + 10 + 2


def test_a_comparison_where_nobody_moved_has_no_table() -> None:
    same = compare(RANKING, RANKING)
    assert "<th" not in same._repr_html_()
    assert same.explain("en").count("\n\n") == 1


def test_the_law_differs_in_nothing_from_itself() -> None:
    assert LAW.explain("en") == LAW.explain("en", details=False)
    assert LAW.fingerprint in LAW.explain("fr")
    assert "Field" not in LAW._repr_html_()


def test_a_reform_is_told_field_by_field_beside_the_law() -> None:
    told = REFORM.explain("en", width=None).splitlines()[-3:]
    assert [re.split(" {2,}", line) for line in told] == [
        ["Field", "In force", "Here"],
        ["merged_communes_keep_their_zone", "yes", "no"],
        ["rent_multiple", "3", "2.5"],
    ]
    shown = read(REFORM._repr_html_()).text
    assert "FieldIn forceHeremerged_communes_keep_their_zoneyesno" in shown


def test_of_a_table_a_reform_tells_how_many_figures_are_others() -> None:
    scaled, one = LAW.scaled_ceilings("1.1"), LAW.plus.editions[-1]
    figures = sum(len(column) for each in LAW.plus.editions for column in each.columns)
    assert scaled.explain("en").count(f"{figures} other figures") == 2
    (amount, mark), *cells = one.columns[2]
    columns = (*one.columns[:2], ((amount + 1, mark), *cells))
    plus = evolve(LAW.plus, editions=(*LAW.plus.editions[:-1], evolve(one, columns=columns)))
    assert "1 other figure" in evolve(LAW, plus=plus).explain("en")
    fewer = evolve(LAW.plus, editions=LAW.plus.editions[:-1])
    assert "21 autres chiffres" in evolve(LAW, plus=fewer).explain("fr")


def test_offers_that_fit_are_told_at_a_glance_and_none_with_what_to_do() -> None:
    assert "BRON" not in VALUES["no match"].explain("en")
    told = VALUES["matches"].explain("en")
    assert told.startswith("2 offers for a lease on 23 November 2026: 1 fits your situation")
    assert "does not fit" in told


def test_a_row_of_one_cell_is_as_wide_as_the_table() -> None:
    html = VALUES["changes"]._repr_html_()  # type: ignore[attr-defined]
    assert html.count("<td colspan") > 10
    assert "colspan" not in VALUES["rule"]._repr_html_()  # type: ignore[attr-defined]


class TestTable:
    """Columns as wide as they need, as long as the first says which row it is."""

    ROWS = (("Offre", "Loyer"), ("VILLEURBANNE-T2", "  525 € par mois charges comprises"))
    #: Of the second column and the gap.
    OTHERS = 34 + 2

    def test_the_first_is_cut_to_fit(self) -> None:
        assert Table(self.ROWS).lines(self.OTHERS + 8)[1] == (
            "VILLEUR…    525 € par mois charges comprises"
        )

    def test_with_less_each_row_is_a_list(self) -> None:
        assert Table(self.ROWS).lines(self.OTHERS + 7) == [
            "VILLEURBANNE-T2",
            "  - Loyer  525 € par mois charges comprises",
        ]

    def test_a_short_first_column_needs_no_more_than_itself(self) -> None:
        rows = (("Nº", "Loyer"), ("12", "525 €"))
        assert Table(rows).lines(9) == ["Nº  Loyer", "12  525 €"]
        assert Table(rows).lines(8) != ["Nº  Loyer", "12  525 €"]

    def test_without_a_width_nothing_is_cut(self) -> None:
        assert Table(self.ROWS).lines(None)[1].startswith("VILLEURBANNE-T2    525")


def test_a_text_has_every_language() -> None:
    assert [Text("loyer", "rent")[lang] for lang in LANGUAGES] == ["loyer", "rent"]


def test_a_text_is_looked_up_by_its_language() -> None:
    text = Text("loyer", "rent")
    assert [text[lang] for lang in text] == ["loyer", "rent"]
    assert len(text) == 2
    assert "de" not in text
    with pytest.raises(LookupError, match="give fr or en"):
        text["de"]  # type: ignore[index]
