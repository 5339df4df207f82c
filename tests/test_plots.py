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
    drawn = BytesIO()
    picture.savefig(drawn, format="svg")
    assert b"</svg>" in drawn.getvalue()
