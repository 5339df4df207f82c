"""The site: Sphinx, MyST and furo; nothing is fetched while it is built or read."""

import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

from docutils import nodes
from docutils.nodes import Node, document
from docutils.parsers.rst.directives.body import Container
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import SphinxDirective

project = "alin_core"
html_title = "alin_core"
project_copyright = "alin_core contributors"

extensions = ["myst_nb", "sphinx.ext.autodoc"]
# Notebooks are executed at each build, and a cell that fails fails it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300  # Spark takes a minute
# What Spark says while it starts names the machine.
nb_output_stderr = "remove"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_search_language = "fr-en"
html_search_scorer = str(Path(__file__).parent / "scorer.js")

nitpicky = True
nitpick_ignore_regex = [
    # Names of other packages would need their inventories, hence the network.
    ("py:.*", r"(?!alin_core\b).*"),
    # Type variables of a module are private to it.
    ("py:class", r"alin_core\..*\._[A-Z]"),
]
autodoc_member_order = "bysource"
# A name between backquotes is code, not a reference: many are values such as `fr` or `94041`.
default_role = "code"

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
# The tools that read the catalogue and the tests.
sys.path.insert(0, str(ROOT))


def api(module: Path) -> str:
    """Give the part of the API page for one module; a door shows only its docstring."""
    parts = module.relative_to(SOURCE).with_suffix("").parts
    is_door = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_door else parts)
    members = "" if is_door else ":members:\n"
    return f"\n## `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n   {members}```\n"


def list_modules(_app: Sphinx, docname: str, source: list[str]) -> None:
    if docname == "api":
        modules = sorted(SOURCE.glob("alin_core/**/*.py"))
        source[0] += "".join(api(module) for module in modules if module.stem != "__main__")


def generated(*_: object) -> list[str]:
    """Give the pages to write anew each time: most of their text comes from elsewhere."""
    return ["api", "guide", "invariants", "rules"]


def list_catalogue(_app: Sphinx, docname: str, source: list[str]) -> None:
    from tools.catalogue_pages import guide_markdown, rules_markdown
    from tools.invariants import invariants_markdown

    pages = {"guide": guide_markdown, "invariants": invariants_markdown, "rules": rules_markdown}
    if docname in pages:
        source[0] += pages[docname]()


class Search(SearchEnglish):
    """Both languages in one index: accents do not matter, and an article such as R441-1 is a word.

    Words are cut alike when the index is made, here, and when it is asked, in the browser.
    """

    lang = "fr-en"
    js_splitter_code = r"""
var splitQuery = (query) =>
  query.normalize("NFD").replace(/\p{M}/gu, "")
    .match(/[A-Za-z]\d+(?:-\d+)+|[\p{L}\p{N}_]+/gu) || [];
"""

    def split(self, text: str) -> list[str]:
        plain = "".join(
            sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
        )
        return re.findall(r"[A-Za-z]\d+(?:-\d+)+|\w+", plain)


class InLanguage(Container):
    """Prose in the language that the directive is named after: `:::{fr}`, then `:::{en}`."""

    required_arguments = 0
    optional_arguments = 0

    def run(self) -> list[Node]:
        self.arguments = [f"language-{self.name}"]  # written as the attribute `lang`
        return super().run()


class PrintedTable(SphinxDirective):
    """A decision table, made anew at each build: `{decision-table} typology`."""

    required_arguments = 1

    def run(self) -> list[Node]:
        from tools.decision_tables import printed

        self.env.note_reread()
        return self.parse_text_to_nodes(printed(self.arguments[0]))


class LawTable(SphinxDirective):
    """A dated table, or what is newest in some, made anew at each build: `{law-table} plus`."""

    required_arguments = 1

    def run(self) -> list[Node]:
        from tools.table_pages import printed

        self.env.note_reread()
        return self.parse_text_to_nodes(printed(self.arguments[0]))


class CatalogueEntries(SphinxDirective):
    """Links to the entries of the rules that a page is about: `{catalogue} typology`."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[Node]:
        from tools.catalogue_pages import entries_markdown

        return self.parse_text_to_nodes(entries_markdown(self.arguments[0].split()))


class WorkflowTable(SphinxDirective):
    """The table of a candidature, as `alin workflow` prints it."""

    def run(self) -> list[Node]:
        from alin_core.candidature.transitions import transitions_markdown

        self.env.note_reread()
        return self.parse_text_to_nodes(transitions_markdown())


def draw(_app: Sphinx) -> None:
    """Draw the pictures of the pages anew, into a folder that git ignores."""
    from alin_core.housing_aid.estimate import HousingAidHousehold
    from alin_core.plots import aid_picture

    pictures = Path(__file__).parent / "build"
    pictures.mkdir(exist_ok=True)
    family = HousingAidHousehold(couple=False, dependants=1)
    picture = aid_picture(family, zone=2, on=date(2026, 11, 23), lang="en")
    picture.savefig(pictures / "housing-aid.svg")


def hold_lines_together(_app: Sphinx, doctree: document) -> None:
    """No line begins with the point between two languages, nor parts a quotation from its marks."""
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.comment):
            held = text.replace(" · ", "\u00a0· ").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
            text.parent.replace(text, nodes.Text(held))


def setup(app: Sphinx) -> None:
    app.add_search_language(Search)
    app.add_directive("fr", InLanguage)
    app.add_directive("en", InLanguage)
    app.add_directive("catalogue", CatalogueEntries)
    app.add_directive("decision-table", PrintedTable)
    app.add_directive("law-table", LawTable)
    app.add_directive("workflow-table", WorkflowTable)
    app.connect("builder-inited", draw)
    app.connect("env-get-outdated", generated)
    app.connect("doctree-read", hold_lines_together)
    app.connect("source-read", list_modules)
    app.connect("source-read", list_catalogue)
