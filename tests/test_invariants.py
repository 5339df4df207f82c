"""Every invariant is listed by the name of its test, in both languages."""

import pytest

from tools.invariants import french, invariants, invariants_markdown, main

LISTED = invariants()


def test_the_invariants_are_those_of_the_tests() -> None:
    names = {(one.module, one.name) for one in LISTED}
    assert len(names) == len(LISTED)
    assert {
        ("workflow_model", "an_answer_comes_in_time"),
        ("candidatures", "one_at_most_blocks"),
        ("ranking", "more_points"),
        ("missing", "priority"),
    } <= names


def test_the_model_and_its_list_have_the_same_invariants() -> None:
    from tests.test_workflow_model import INVARIANTS

    asked = {holds.__name__ for holds, _ in INVARIANTS}
    walked = [one for one in LISTED if one.module == "workflow_model"]
    assert asked == {one.name for one in walked[: len(asked)]}


def test_each_is_said_in_french_and_nothing_else_is() -> None:
    """A test added to a file of invariants needs its line in docs/invariants.toml."""
    words = {
        (module, name)
        for module, lines in french().items()
        for name in lines
        if name not in ("title_fr", "title_en", "about_fr")
    }
    assert words == {(one.module, one.name) for one in LISTED}


def test_the_page_names_each_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    page = capsys.readouterr().out
    assert page.strip() == invariants_markdown().strip()
    for one in LISTED:
        assert f"`{one.name}`, {one.line}\n" in page + "\n"
        assert f"`{one.path} <../{one.path}>`" in page
