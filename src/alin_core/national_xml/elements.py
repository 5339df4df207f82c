"""An element of the national XML, read strictly: its values, and what its place does not know."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from alin_core.errors import AlinError, InvalidValue, NotYetBorn
from alin_core.frozen import frozen
from alin_core.national_xml.texts import day, is_part_of_day
from alin_core.national_xml.values import Kept, Note, NoteReason
from alin_core.values.privacy import masked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = [
    "Branch",
    "Names",
    "Refusal",
    "leaves",
    "local",
    "names",
]

_T = TypeVar("_T")

#: The namespace of the interface, whatever its prefix.
_SPACE = "{http://nuu.application.i2/}"
#: What XML schemas say of an element in place of its value: `xsi:nil`, that it has none.
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"
_NIL = f"{_SCHEMA}nil"
#: A code may bear the prefix.
_CODE = f"{_SPACE}code"

#: The tags that a place knows, each with its name.
Names = Mapping[str, str]


@cache
def names(text: str) -> Names:
    """The names of a text as tags, in the namespace of the interface or in none."""
    known = text.split()
    return {name: name for name in known} | {f"{_SPACE}{name}": name for name in known}


#: Technical bounds: a hostile name cannot make long paths of many short elements.
_LONGEST_NAME, _LONGEST_PATH = 80, 240


def _local(tag: str) -> str:
    return tag.rpartition("}")[2][:_LONGEST_NAME]


def local(element: "Element") -> str:
    """The name of an element, without its namespace."""
    return _local(element.tag)


@frozen
class Refusal(AlinError, ValueError):
    """An impossible value, and where it stands below its demand."""

    path: str
    error: AlinError

    def __str__(self) -> str:
        return f"{self.path}: {self.error}"


def _clean(text: str | None) -> str | None:
    """The text, each run of white space as one space; None: nothing else in it."""
    if not text or text.isalnum():
        return text or None
    return " ".join(text.split()) or None


def _string(element: "Element") -> str:
    """The text of an element, whatever elements cut it."""
    return (element.text or "") + "".join([child.tail or "" for child in element])


def _is_nil(element: "Element") -> bool:
    """Is it said to have no value, and has it none?"""
    nil = element.get(_NIL)
    return nil is not None and nil.strip() in ("true", "1") and not leaves(element)


# The keys of both caches are short: `tree` bounds a name and its namespace.
@lru_cache(maxsize=256)
def _below(path: str, tag: str) -> str:
    """The path of a child."""
    name = _local(tag)
    return f"{path}/{name}"[:_LONGEST_PATH] if path else name


@lru_cache(maxsize=16)
def _attribute(name: str) -> str | None:
    """What an attribute adds to the path of its element; None: it is no value."""
    return None if name.startswith(_SCHEMA) else f"@{_local(name)}"


def leaves(element: "Element", path: str = "") -> Kept:
    """Every text and attribute below an element, each with its path from there."""
    found: list[tuple[str, str]] = []
    _gather(element, path, found)
    return tuple(found)


def _gather(element: "Element", path: str, found: list[tuple[str, str]]) -> None:
    _gather_own(element.text, element.items(), path, found)
    for child in element:
        _gather(child, _below(path, child.tag), found)


def _gather_own(
    text: str | None,
    attributes: Iterable[tuple[str, str]],
    path: str,
    found: list[tuple[str, str]],
) -> None:
    if text and (text := _clean(text)):
        found.append((path, text))
    for name, value in attributes:
        end = _attribute(name)
        if end is not None:
            found.append((path + end, _clean(value) or ""))


class Branch:
    """An element with children: those its place knows, by name; the others are noted."""

    __slots__ = ("above", "children", "file_date", "notes")

    def __init__(
        self,
        element: "Element",
        above: str,
        known: Names,
        file_date: date | None,
        notes: list[Note],
    ) -> None:
        #: What the paths of its children begin with; empty for the demand itself.
        self.above = above
        #: The day the file was written; None: unknown.
        self.file_date = file_date
        #: Shared by the whole demand.
        self.notes = notes
        try:
            children = {known[child.tag]: child for child in element if child.get(_NIL) is None}
        except KeyError:
            children = {}
        self.children = children
        if len(children) < len(element):  # not each of them known, once, and with a value
            self._sort_out(element, known)
        # A model of dwelling, which knows no child, is its code.
        if known:
            self._keep_beside(element, above.removesuffix("/") or local(element))

    def _sort_out(self, element: "Element", known: Names) -> None:
        """Child by child, as each that is not known, or comes again, is noted."""
        self.children = children = dict[str, "Element"]()
        for child in element:
            name = known.get(child.tag)
            if name is None:
                self._aside(child, self.at(local(child)))
            elif name in children:
                self.note(name, NoteReason.REPEATED)
            elif not _is_nil(child):
                children[name] = child

    def _keep_beside(self, element: "Element", path: str) -> None:
        """Keep what is neither a child nor blank where children are due, and tell it."""
        text = _string(element)
        if element.keys() or text.strip():
            self._keep(path, text, element.items())

    def _keep(self, path: str, text: str, attributes: Iterable[tuple[str, str]]) -> None:
        """Keep the text and the attributes that have no place there, if any, and tell it."""
        found: list[tuple[str, str]] = []
        _gather_own(text, attributes, "", found)
        if found:
            self.notes.append(Note(path, NoteReason.UNKNOWN_ELEMENT, None, tuple(found)))

    def _aside(self, child: "Element", path: str) -> None:
        """Keep what is not known, and tell it."""
        self.notes.append(Note(path, NoteReason.UNKNOWN_ELEMENT, None, leaves(child)))

    def at(self, name: str) -> str:
        """The path of a child."""
        return self.above + name

    def note(self, name: str, reason: NoteReason, value: str | None = None) -> None:
        """Tell something of a child."""
        self.notes.append(Note(self.at(name), reason, value))

    def branch(self, name: str, known: Names) -> "Branch | None":
        """The child of that name, with its own children; None: not in the file."""
        child = self.children.get(name)
        if child is None:
            return None
        return Branch(child, f"{self.above}{name}/", known, self.file_date, self.notes)

    def members(self, name: str, member: str, known: Names) -> "list[Branch]":
        """The members of a list; none where there is no list in the file."""
        members: list[Branch] = []
        found = self.children.get(name)
        if found is None:
            return members
        above, tags = f"{self.above}{name}/", names(member)
        self._keep_beside(found, self.at(name))
        for child in found:
            if child.tag not in tags:
                self._aside(child, above + local(child))
            elif not _is_nil(child):
                path = f"{above}{member}[{len(members) + 1}]/"
                members.append(Branch(child, path, known, self.file_date, self.notes))
        return members

    def text(self, name: str) -> str | None:
        """The text of a child; None: none in the file. Raises `Refusal` where elements cut it."""
        child = self.children.get(name)
        if child is None:
            return None
        if child.keys():
            self._keep(self.at(name), "", child.items())
        if not len(child):
            return _clean(child.text)
        self._aside_in(name, child)
        text = _clean(_string(child))
        if text != _clean(child.text):
            error = InvalidValue(name, masked(text or ""), "give its text in one piece")
            raise Refusal(self.at(name), error)
        return text

    def code(self, name: str) -> str | None:
        """The code that a child bears; None: none in the file."""
        child = self.children.get(name)
        if child is None:
            return None
        if len(child):
            self._aside_in(name, child)
        if child.text or len(child):
            self._keep(self.at(name), _string(child), ())
        return _clean(child.get("code") or child.get(_CODE))

    def due(self, name: str, found: _T | None) -> _T | None:
        """What was found; noted when the file does not say it."""
        if found is None:
            self.note(name, NoteReason.ABSENT)
        return found

    def read(self, name: str, convert: Callable[[str], _T]) -> _T | None:
        """The value of a child; None: not in the file. Raises `Refusal` for an impossible one."""
        text = self.text(name)
        try:
            return None if text is None else convert(text)
        except AlinError as error:
            raise Refusal(self.at(name), error) from None

    def day(self, name: str, *, due: bool = True, private: bool = False) -> date | None:
        """The day of a child; None, and a note: not in the file, though due, or not whole."""
        text = self.text(name)
        if text is None:
            return self.due(name, None) if due else None
        try:
            return day(text)
        except InvalidValue as error:
            if not is_part_of_day(text):
                told = evolve(error, value=masked(text)) if private else error
                raise Refusal(self.at(name), told) from None
        self.note(name, NoteReason.PART_OF_DAY, text)
        return None

    def born(self) -> date | None:
        """The birth date, which the file cannot precede; None, and a note: it is not known."""
        birth = self.day("dateNaissance", private=True)
        if birth is not None and self.file_date is not None and birth > self.file_date:
            raise Refusal(self.at("dateNaissance"), NotYetBorn(self.file_date))
        return birth

    def kept(self, known: Iterable[str]) -> Kept:
        """Everything below those children, as the file writes it."""
        found: list[tuple[str, str]] = []
        for name in known:
            child = self.children.get(name)
            if child is not None:
                _gather(child, name, found)
        return tuple(found)

    def _aside_in(self, name: str, child: "Element") -> None:
        """Keep what stands in a child where a text or a code was due, and tell it."""
        for inner in child:
            self._aside(inner, f"{self.at(name)}/{local(inner)}")
