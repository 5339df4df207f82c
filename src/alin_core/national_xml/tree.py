"""The tree of a file as expat finds it: names get their namespace here, and are bounded.

Expat, asked for namespaces, writes the whole of one before each name, as long as it is: before
anybody can refuse it, each attribute of one tag costs as much as the namespace of its prefix.
So it is asked for names as the file writes them, and a namespace is refused where it is declared.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers.expat import XMLParserType

__all__ = ["Malformed", "parser_of"]

_XML = "http://www.w3.org/XML/1998/namespace"

# Technical bounds, far above any real file: what a hostile one may cost.
#: Characters of a namespace.
_LONGEST_SPACE = 200
#: Names of elements and attributes in a file, as it writes them, which expat keeps until its end;
#: a demand takes some eighty. And characters of one.
_MOST_NAMES, _LONGEST_NAME = 2_000, 1_000

#: A name with one prefix at most: expat looks at each character, and not at colons.
_NAME = re.compile(r"[^:]+(?::[^\W\d][^:]*)?")


class Malformed(Exception):
    """Why a file that expat reads is no XML with namespaces, or beyond the bounds."""


def parser_of(builder: "TreeBuilder") -> "XMLParserType":
    """A parser that builds the tree of what it is fed; it raises `ExpatError` and `Malformed`."""
    from xml.parsers.expat import ParserCreate

    written: dict[str, str] = {}
    names = _Names(written)
    # Called for each element: what they use is at hand.
    tags, are_plain, begin, finish = names.tags, names.plain.issuperset, builder.start, builder.end
    declared: list[tuple[str, ...]] = []
    opened, closed = declared.append, declared.pop

    def start(name: str, attributes: dict[str, str]) -> None:
        if not attributes or are_plain(attributes):
            opened(())
        else:
            opened(names.declare(attributes))
            attributes = names.named(attributes)
        begin(tags.get(name) or names.tag(name), attributes)

    def end(name: str) -> None:
        finish(tags.get(name) or names.tag(name))
        if prefixes := closed():
            names.forget(prefixes)

    parser = ParserCreate(intern=written)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    return parser


class _Names:
    """The names of elements and attributes, each in the namespace that holds where it stands."""

    def __init__(self, written: dict[str, str]) -> None:
        #: Every name of the file, kept once, by expat.
        self.written = written
        #: Elements, by the name that is written, as long as no prefix changes.
        self.tags: dict[str, str] = {}
        #: Attributes that are in no namespace, and declare none.
        self.plain: set[str] = set()
        #: The namespaces of each prefix, the innermost last; "" is that of no prefix.
        self._spaces = {"": [""], "xml": [_XML]}

    def declare(self, attributes: dict[str, str]) -> tuple[str, ...]:
        """Bind the prefixes that an element declares, and return them."""
        self._check(*attributes)
        prefixes = {name[6:]: value for name, value in attributes.items() if _declares(name)}
        for prefix, space in prefixes.items():
            if len(space) > _LONGEST_SPACE:
                raise Malformed(f"a namespace of more than {_LONGEST_SPACE} characters")
            self._spaces.setdefault(prefix, []).append(space)
            self.tags.clear()
        return tuple(prefixes)

    def forget(self, prefixes: tuple[str, ...]) -> None:
        """Unbind the prefixes of an element that ends."""
        for prefix in prefixes:
            self._spaces[prefix].pop()
        self.tags.clear()

    def named(self, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes that declare nothing; those with a prefix are in its namespace."""
        due = [name for name in attributes if not _declares(name)]
        self.plain.update(name for name in due if ":" not in name)
        named = {self._in_space(name) if ":" in name else name: attributes[name] for name in due}
        if len(named) < len(due):
            raise Malformed("not XML: duplicate attribute")
        return named

    def tag(self, name: str) -> str:
        """An element, in the namespace of its prefix or in that of no prefix."""
        self._check(name)
        tag = self.tags[name] = self._in_space(name)
        return tag

    def _in_space(self, name: str) -> str:
        prefix, _, inner = name.rpartition(":")
        spaces = self._spaces.get(prefix)
        if spaces and spaces[-1]:
            return f"{{{spaces[-1]}}}{inner}"
        if prefix:
            raise Malformed("not XML: unbound prefix")
        return name

    def _check(self, *names: str) -> None:
        if len(self.written) > _MOST_NAMES:
            raise Malformed(f"more than {_MOST_NAMES} names of elements and attributes")
        if max(map(len, names)) > _LONGEST_NAME:
            raise Malformed(f"a name of more than {_LONGEST_NAME} characters")
        if not all(map(_NAME.fullmatch, names)):
            raise Malformed("not XML: not well-formed (invalid token)")


def _declares(name: str) -> bool:
    return name == "xmlns" or name.startswith("xmlns:")
