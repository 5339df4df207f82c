"""What leads out of the project: there is no network here, so form alone is checked."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
#: Names of vocabularies, which nobody opens.
NAMESPACES = {
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/XML/1998/namespace",
    "http://nuu.application.i2/",
}
READ = [
    path
    for pattern in (
        "*.md",
        "docs/*.md",
        "docs/*.py",
        "src/**/*.py",
        "src/**/*.toml",
        "src/**/*.json",
    )
    for path in ROOT.glob(pattern)
]
LINKS = sorted(
    {
        found.rstrip(".,;:")
        for path in READ
        for found in re.findall(r"https?://[^\s\]\"'<>)`}]+", path.read_text(encoding="utf-8"))
    }
    - NAMESPACES
)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_is_https_to_a_host_that_may_exist(link: str) -> None:
    parts = urlsplit(link)
    assert parts.scheme == "https"
    assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", parts.netloc)
    assert re.fullmatch(r"[\w./~%#?=&+-]*", parts.path + parts.query + parts.fragment)


#: Pages that the site does not build, whose links it therefore does not check.
OUTSIDE = sorted(path for path in ROOT.glob("*.md")) + sorted(ROOT.glob("[!.]*/README.md"))


@pytest.mark.parametrize("page", OUTSIDE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_link_between_files_resolves(page: Path) -> None:
    targets = re.findall(r"\]\((?!https:)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_no_link_is_spelt_in_two_ways() -> None:
    plain = [re.sub(r"^https?://(www\.)?|/$", "", link.lower()) for link in LINKS]
    assert len(set(plain)) == len(LINKS) > 4
