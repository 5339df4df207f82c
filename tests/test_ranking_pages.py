"""What is told of a ranking, as its readers see it."""

import re
from datetime import date
from pathlib import Path

from alin_core.ranking_pages import ranking_html
from tests.ranked import candidate, criterion, policy, ranked

GOLDEN = Path(__file__).parent / "golden" / "ranking.txt"
POLICY = policy(
    criterion("F", 8),
    criterion("late", -3),
    criterion("company", 2_000),
    tiers=["LEGAL", "OTHER", None],
)
RANKED = [
    candidate(1, tier="LEGAL", criteria={"F", "late"}),
    candidate(2, criteria={"F"}, points={"company": 1_200}, lodged_on=date(2020, 3, 1)),
    candidate(3, criteria={"F"}, points={"company": 1_200}, lodged_on=date(2021, 3, 1)),
    candidate(4, points={"company": 1_200}, data_sharing="ANONYMOUS"),
    candidate(5, tier=None, criteria={"late"}),
]
ASIDE = [
    candidate(6, outcome="NOT_MET"),
    candidate(7, lodged_on=None),
    candidate(8, tier="COMPANY"),
]
RANKING = ranked(*RANKED, *ASIDE, by=POLICY)
FIRST = ranked(*RANKED, by=POLICY, first=2)
NEUTRAL = ranked(*RANKED[:2], ASIDE[0])
POINTS_ONLY = ranked(*RANKED[:2], by=policy(criterion("F", 8), tiers=()))


def _read(html: str) -> str:
    """The rows of a table, a line each, its cells between bars."""
    cells = re.sub(r"</t[hd]><t[hd][^>]*>", " | ", html)
    return re.sub(r"(<[^>]*>)+", "\n", cells).strip()


def pages() -> str:
    """Everything that can be told, in both languages."""
    told = [
        page
        for lang in ("fr", "en")
        for page in (
            RANKING.summary(lang),
            *(RANKING.explain(each, lang) for each in (*RANKED, *ASIDE)),
            FIRST.summary(lang),
            FIRST.explain(RANKED[1], lang),
            NEUTRAL.summary(lang),
            NEUTRAL.explain(RANKED[1], lang),
            POINTS_ONLY.summary(lang),
            POINTS_ONLY.explain(RANKED[1], lang),
            _read(ranking_html("A", POLICY, 5, RANKING.places, RANKING.set_aside, lang)),
            _read(ranking_html("A", POLICY, 5, FIRST.places, (), lang)),
            *(
                _read(ranking_html("A", one.policy, 2, one.places, (), lang))
                for one in (NEUTRAL, POINTS_ONLY)
            ),
        )
    ]
    return f"\n\n{'=' * 80}\n\n".join(told) + "\n"


def test_the_pages_are_those_that_were_read() -> None:
    # To print them anew, and read them: python -m tests.test_ranking_pages
    assert pages() == GOLDEN.read_text(encoding="utf-8")


def test_no_line_is_longer_than_80_columns() -> None:
    told = (RANKING.summary("fr"), *(RANKING.explain(each, "fr") for each in (*RANKED, *ASIDE)))
    assert max(len(line) for page in told for line in page.splitlines()) <= 80


if __name__ == "__main__":
    GOLDEN.write_text(pages(), encoding="utf-8")
