"""Pictures say what they draw, in both languages."""

from datetime import date
from io import BytesIO

import pytest

from alin_core.housing_aid import HousingAidHousehold
from alin_core.law.wording import texts
from alin_core.plots import aid_picture

ALONE = HousingAidHousehold(couple=False, dependants=0)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_aid_and_the_effort_against_income_and_rent(lang: str) -> None:
    words = texts(lang)["plot"]["aid"]
    picture = aid_picture(ALONE, zone=1, on=date(2026, 11, 23), lang=lang)
    left, right = picture.axes
    assert (left.get_title(), right.get_title()) == (words["aid"], words["effort"])
    assert left.get_ylabel() == words["rent"]
    assert picture.get_supxlabel() == words["income"]
    assert left.get_xlim() == right.get_xlim() == (500, 3_000)
    labels = {text.get_text() for text in left.texts}
    assert "200\u00a0€" in labels
    assert not any(text.get_clip_on() for axes in picture.axes for text in axes.texts)


def test_it_is_read_without_colours() -> None:
    picture = aid_picture(ALONE, zone=1, on=date(2026, 11, 23), lang="fr")
    for axes in picture.axes:
        labels = [text.get_text() for text in axes.texts]
        assert len(labels) > 3
        assert len({text.get_color() for text in axes.texts}) == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_can_be_saved(lang: str) -> None:
    picture = aid_picture(ALONE, zone=1, on=date(2026, 11, 23), lang=lang)
    drawn = BytesIO()
    picture.savefig(drawn, format="svg")
    assert b"</svg>" in drawn.getvalue()
