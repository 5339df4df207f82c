"""The house of docs/design.md is the one that stands in src/."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import takewhile
from pathlib import Path

import pytest

import alin_core

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]

FORBIDDEN_MODULES = {"asyncio", "getpass", "http", "locale", "os", "platform", "random"} | {
    "secrets",
    "socket",
    "ssl",
    "subprocess",
    "time",
    "urllib",
    "uuid",
}
FORBIDDEN_METHODS = {"now", "today", "utcnow"}
LOADED_LATE = {"cattrs", "dateutil", "importlib.resources", "json", "tomllib"}


def module_name(path: str) -> str:
    """Give the dotted name of a file of src/.

    `__init__.py` bears the name of its folder.
    """
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def house() -> list[str]:
    """Read the modules off the plan of docs/design.md, from the ground up."""
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    (plan,) = re.findall(r"```text\n(src/alin_core/\n.*?)```", page, re.DOTALL)
    names, folders = [], dict[int, str]()
    for indent, name in re.findall(r"^( *)(\S+)", plan, re.MULTILINE):
        folder = folders.get(len(indent) - 2, "")
        if name.endswith("/"):
            folders[len(indent)] = folder + name
        elif name.endswith(".py"):
            names.append(module_name(folder + name).removeprefix("src."))
    return names


HOUSE = house()
FILES = {
    module_name(path.relative_to(SOURCE).as_posix()): path
    for path in sorted(SOURCE.glob("alin_core/**/*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
FOLDERS = [name for name, path in FILES.items() if path.stem == "__init__" and name != "alin_core"]
MODULES = [name for name in FILES if name not in FOLDERS]
DOORS = ["alin_core", "alin_core.eligibility"]
#: The one way up: text stands above the values, and each value has the verb that asks for it.
WAY_UP = ("alin_core.values.languages", "alin_core.text.pages")

each_module = pytest.mark.parametrize("module", MODULES)


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give each import, wherever it stands, as the module it reaches and the name it binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner if inner in HOUSE else str(node.module)), alias.asname or alias.name


def exported(tree: ast.Module) -> list[str] | None:
    for statement in map(ast.unparse, tree.body):
        if statement.startswith("__all__"):
            return list(ast.literal_eval(statement.partition(" = ")[2]))
    return None


def at_import(tree: ast.Module) -> list[ast.stmt]:
    """Leave out what waits for a call."""
    return [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]


def without_docstring(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    return node.body if ast.get_docstring(node) is None else node.body[1:]


@each_module
def test_a_module_imports_only_modules_above_it(module: str) -> None:
    own = {reached for reached, _ in imports(TREES[module]) if re.match(r"alin_core\b", reached)}
    below = own - set(takewhile(module.__ne__, HOUSE))
    assert below == {up for asks, up in [WAY_UP] if asks == module}


def test_the_one_way_up_is_opened_when_a_value_is_explained() -> None:
    tree = TREES[WAY_UP[0]]
    assert WAY_UP[1] not in {reached for reached, _ in imports(ast.Module(at_import(tree), []))}


def test_few_functions_take_a_language() -> None:
    """Most take words: what is told is chosen once, at the door."""
    asked = [
        f"{module}.{node.name}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and "lang" in {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
    ]
    assert len(asked) <= 30


@each_module
def test_no_language_is_whatever_another_is_not(module: str) -> None:
    compared = [
        ast.unparse(node)
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and side.value in ("fr", "en")
    ]
    assert compared == []


@each_module
def test_every_module_is_on_the_plan_once(module: str) -> None:
    assert HOUSE.count(module) == 1


def test_few_modules_stand_beside_the_folders() -> None:
    assert sum(path.suffix == ".py" for path in (SOURCE / "alin_core").iterdir()) <= 16


@each_module
def test_every_module_lists_its_names(module: str) -> None:
    assert module.endswith(".__main__") or exported(TREES[module]) is not None


@pytest.mark.parametrize("module", [name for name in MODULES if name not in DOORS])
def test_a_name_has_one_home(module: str) -> None:
    bound = {name for _, name in imports(TREES[module])}
    assert bound.isdisjoint(exported(TREES[module]) or [])


def test_the_front_door_only_hands_names_on() -> None:
    tree = TREES["alin_core"]
    kinds = [type(node).__name__ for node in without_docstring(tree)]
    assert list(dict.fromkeys(kinds)) == ["ImportFrom", "If", "Assign", "FunctionDef"]
    handed = {name for reached, name in imports(tree) if reached.startswith("alin_core")}
    assert sorted(handed) == sorted(exported(tree) or [])


def test_the_front_door_opens_late_for_what_a_verdict_does_not_need() -> None:
    tree = TREES["alin_core"]
    later, opener = (node for node in without_docstring(tree) if isinstance(node, ast.If))
    assert ast.unparse(later.test) == "TYPE_CHECKING"
    assert ast.unparse(opener.test) == "not TYPE_CHECKING"
    promised = {name: reached for reached, name in imports(ast.Module(later.body, []))}
    assert {name: f"alin_core.{module}" for name, module in alin_core._LATER.items()} == promised
    for name, module in promised.items():
        assert getattr(alin_core, name) is getattr(import_module(module), name)
        assert name in dir(alin_core)


def test_the_front_door_has_no_other_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'unheard_of'"):
        _ = alin_core.unheard_of  # type: ignore[attr-defined]


def test_no_name_of_the_front_door_hides_a_module() -> None:
    modules = {name.removeprefix("alin_core.") for name in FILES}
    assert modules.isdisjoint(alin_core.__all__)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_hands_nothing_on(folder: str) -> None:
    assert list(imports(TREES[folder])) == []
    assert not exported(TREES[folder])


@each_module
def test_nothing_reads_the_clock_the_network_or_the_environment(module: str) -> None:
    reached = {name.partition(".")[0] for name, _ in imports(TREES[module])}
    asked = {node.attr for node in ast.walk(TREES[module]) if isinstance(node, ast.Attribute)}
    assert reached.isdisjoint(FORBIDDEN_MODULES)
    assert asked.isdisjoint(FORBIDDEN_METHODS)


WATCHED_IMPORT = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
before = set(sys.modules)
import alin_core
print(*sorted(sys.modules.keys() - before), *opened, sep="\\n")
"""


def test_importing_is_light() -> None:
    watched = subprocess.run(
        [sys.executable, "-c", WATCHED_IMPORT], capture_output=True, check=True, text=True
    )
    said = watched.stdout.splitlines()
    assert "alin_core" in said
    assert LOADED_LATE.isdisjoint(said)
    own = [line for line in said if str(SOURCE / "alin_core") in line]
    assert [line for line in own if not re.search(r"\.pyc?(\.\d+)?$", line)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_hides_code_from_the_tests(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    languages = set(re.findall(r"^ *```(.*)$", text, re.MULTILINE)[::2])
    directives = {language for language in languages if language.startswith("{")}
    assert languages - directives <= {"python", "console", "json", "sh", "text", "toml"}
    unread = re.sub(r"```python\n.*?```", "", text, flags=re.DOTALL)
    assert not re.search(r"^ *(alin|>>>) ", unread, re.MULTILINE)


def test_no_module_loads_the_pictures() -> None:
    others = [tree for name, tree in TREES.items() if not re.search(r"\.(plots|pictures)\b", name)]
    reached = {name for tree in others for name, _ in imports(tree)}
    assert not {name for name in reached if re.search(r"\.(plots|pictures)\b|matplotlib", name)}
