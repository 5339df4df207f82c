"""The national XML as a stream: one demand in memory at a time, and nothing hostile expanded."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from attrs import define, field

from alin_core.errors import AlinError, MissingExtra, must_be, shown
from alin_core.national_xml.elements import local, names
from alin_core.national_xml.texts import day
from alin_core.national_xml.tree import Malformed, parser_of
from alin_core.national_xml.values import SneError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, ParseError, TreeBuilder
    from xml.parsers.expat import ExpatError, XMLParserType

    from defusedxml.ElementTree import DefusedXMLParser

__all__ = ["Stream"]

_ROOT, _HEADER, _DATE = names("interfaceNuu"), names("entete"), names("dateFichier")
_DEMANDS, _DEMAND = names("demande"), names("demandeLogement")
#: Anywhere else, those elements would lose a demand without a word.
_NAMES = ("demande", "demandeLogement")
_STRAY = "a demand stands where none is read, or in another namespace"

# Technical bounds, far above any real file: what a hostile one may cost.
#: Bytes before the root element.
_LONGEST_HEAD = 65_536
#: Bytes of one demand, give or take what is parsed at once.
_LARGEST = 1_048_576
#: Elements inside one another; a demand takes nine.
_DEEPEST = 20
#: Bytes parsed at once before the root element, and after.
_SLICE, _CHUNK = 16, 65_536
#: What expat says of a text that stops early: no element found, unclosed token, half a
#: character, unclosed CDATA section.
_CUT = (3, 5, 6, 20)


class _Root:
    """The target of a parser that only waits for the root element."""

    found = False

    def start(self, *_element: object) -> None:
        self.found = True


def _tree_builder() -> "TreeBuilder":
    from xml.etree.ElementTree import TreeBuilder

    return TreeBuilder()


@define(eq=False)
class Stream:
    """A file being read: what its header says, and where it stands."""

    file: BinaryIO
    file_date: date | None = None
    #: What stands in the place of that date and is none.
    misdated: str | None = None
    #: As the root element says.
    version: str | None = None
    #: Demands that were read.
    count: int = 0
    #: The line reached.
    line: int = 1
    #: Bytes since an element below `demande` or its like ended.
    _size: int = 0
    _builder: "TreeBuilder" = field(factory=_tree_builder)
    #: Stands above the root element, whose tree grows as bytes are parsed.
    _top: "Element" = field(init=False)

    @_top.default
    def _begin(self) -> "Element":
        return self._builder.start("", {})

    def demands(self) -> "Iterator[Element]":
        """Each `demandeLogement`, whole; it is gone once the next one is asked for."""
        for parent, element in self._elements():
            if parent.tag in _HEADER and element.tag in _DATE:
                self._date(" ".join((element.text or "").split()))
            elif parent.tag in _DEMANDS and element.tag in _DEMAND:
                self.count += 1
                yield element
            elif any(local(inner) in _NAMES for inner in element.iter()):
                raise self._error(_STRAY, [*self._top, parent, element])

    def _elements(self) -> "Iterator[tuple[Element, Element]]":
        """The elements below `entete`, `demande` and the like, each when it is whole."""
        from xml.parsers.expat import ExpatError

        parser = parser_of(self._builder)
        self._head(parser)
        try:
            yield from self._whole(1)
            for data in iter(partial(self._bytes, _CHUNK), b""):
                parser.Parse(data, False)
                self.line += data.count(b"\n")
                self._size += len(data)
                yield from self._whole(1)
                if self._size > _LARGEST:
                    reason = f"more than {_LARGEST} bytes in one element"
                    raise self._error(reason, self._opened())
            parser.Parse(b"", True)
        except (ExpatError, Malformed) as error:
            opened = self._opened()
            yield from self._whole(int(len(opened) > 2))
            raise self._error(_why(error), opened, parser.CurrentLineNumber) from None
        yield from self._whole(0)

    def _whole(self, growing: int) -> "Iterator[tuple[Element, Element]]":
        """Take what is whole out of the tree: the last one of all may still be growing."""
        root = self._root()
        for parent in root:
            if parent.tag not in _DEMANDS and local(parent) in _NAMES:
                raise self._error(_STRAY, [root, parent])
            last = growing if parent is root[-1] else 0
            whole = parent[: len(parent) - last]
            for element in whole:
                self._measure(parent, element)
                yield parent, element
                self._size = 0
            del parent[: len(whole)]
        del root[: len(root) - 1]

    def _root(self) -> "Element":
        (root,) = self._top
        if root.tag not in _ROOT:
            raise self._error("the root element is not interfaceNuu", [root])
        self.version = root.get("versionInterface")
        return root

    def _measure(self, parent: "Element", element: "Element") -> None:
        """Those that hold others, level by level: recursion is what endless nesting aims at."""
        level, depth = [element], 3
        while level:
            if depth == _DEEPEST:
                reason = f"more than {_DEEPEST} elements inside one another"
                raise self._error(reason, [*self._top, parent, element])
            level, depth = [child for one in level for child in one if len(child)], depth + 1

    def _bytes(self, most: int) -> bytes:
        return must_be(self.file.read(most), bytes, "source")

    def _head(self, parser: "XMLParserType") -> None:
        """Parse up to the root element, the one part where a document type may stand.

        defusedxml refuses it, and every entity with it; slices are small, so that expat, which
        ends a slice before it stops, has nothing left to expand.
        It is given a slice after our own parser, which refuses what the root may not declare.
        After the root element no declaration is XML any more.
        """
        root = _Root()
        guard = _guard(root)
        while not root.found:
            data = self._bytes(_SLICE)
            self._try(parser, guard, data)
            self.line += data.count(b"\n")
            self._size += len(data)
            if self._size > _LONGEST_HEAD:
                raise self._error(f"no element in the first {_LONGEST_HEAD} bytes", [])

    def _try(self, parser: "XMLParserType", guard: "DefusedXMLParser", data: bytes) -> None:
        from xml.etree.ElementTree import ParseError
        from xml.parsers.expat import ExpatError

        from defusedxml import DefusedXmlException

        try:
            parser.Parse(data, not data)
            guard.feed(data)
        except (ExpatError, Malformed, ParseError) as error:
            raise self._error(_why(error), [], parser.CurrentLineNumber) from None
        except DefusedXmlException:
            reason = "a document type (DTD) is refused, and every entity with it"
            raise self._error(reason, [], guard.parser.CurrentLineNumber) from None
        except (LookupError, ValueError) as error:
            raise self._error(f"its encoding cannot be read: {error}", []) from None

    def _date(self, text: str) -> None:
        try:
            self.file_date = day(text) if text else None
        except AlinError:
            self.misdated = shown(text)

    def _opened(self) -> "list[Element]":
        """The elements that are open, from the root: one more would stand in the last."""
        probe = self._builder.start("", {})
        opened = [self._top]
        while opened[-1][-1] is not probe:
            opened.append(opened[-1][-1])
        del opened[-1][-1]
        return opened[1:]

    def _error(self, reason: str, at: "Sequence[Element]", line: int | None = None) -> SneError:
        steps = [local(element) for element in at[:_DEEPEST]]
        if len(at) > 2 and at[2].tag in _DEMAND:
            steps[2] += f"[{self.count + 1}]"
        return SneError(reason, self.line if line is None else line, "/".join(steps))


def _guard(root: _Root) -> "DefusedXMLParser":
    try:
        from defusedxml.ElementTree import DefusedXMLParser
    except ImportError:
        raise MissingExtra("sne") from None
    return DefusedXMLParser(target=root, forbid_dtd=True)


def _why(error: "ExpatError | Malformed | ParseError") -> str:
    from xml.parsers.expat import ErrorString

    if isinstance(error, Malformed):
        return str(error)
    if error.code in _CUT:
        return "the file stops before its end"
    return f"not XML: {ErrorString(error.code)}"
