"""Draw the table of transitions: `python docs/draw_workflow.py > docs/workflow.svg`.

Where each state stands is chosen by hand; the arrows are those of the table.
"""

from collections.abc import Iterator, Mapping

from alin_core.candidature.transitions import TRANSITIONS, transitions_mermaid

#: Column and row of each state; the main line of a life is row 2.
PLACES: Mapping[str, tuple[float, float]] = {
    "SUBMITTED": (0, 2),
    "VALIDATED": (1, 2),
    "WITH_LESSOR": (2, 2),
    "DECIDED": (3, 2),
    "RANKED": (4, 1),
    "AWARDED_CONDITIONALLY": (4, 3),
    "AWARDED": (5, 2),
    "ACCEPTED": (6, 2),
    "LEASED": (7, 2),
    "INVALIDATED": (1, 4),
    "NOT_RETAINED": (3, 4),
    "DECLINED": (5, 4),
    "LAPSED": (6, 4),
    "OPEN": (6, 0.5),
    "CANCELLED": (7, 0),
    "WITHDRAWN": (7, 1),
}
CLOSED = {row.to.value for row in TRANSITIONS} - {row.state for row in TRANSITIONS}
WIDTH, HEIGHT, ACROSS, DOWN, LEFT, TOP = 150, 44, 215, 105, 20, 20
HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {7 * ACROSS + WIDTH + 2 * LEFT} \
{4 * DOWN + HEIGHT + 2 * TOP}" font-family="sans-serif" font-size="12" text-anchor="middle">
<title>The life of a candidature</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" \
orient="auto"><path d="M0 0 8 4 0 8z" fill="#445"/></marker></defs>
<rect width="100%" height="100%" fill="#fff"/>"""


def corner(state: str) -> tuple[float, float]:
    """The upper left corner of the box of a state."""
    column, row = PLACES[state]
    return LEFT + column * ACROSS, TOP + row * DOWN


def arrow(start: str, end: str, name: str) -> str:
    """From the side of one box to the side of another that faces it."""
    (x1, y1), (x2, y2) = corner(start), corner(end)
    if x1 == x2:
        x1, x2, y1, y2 = x1 + WIDTH / 2, x2 + WIDTH / 2, y1 + HEIGHT, y2
    elif x1 > x2:  # RANKED to NOT_RETAINED
        x1, x2, y1, y2 = x1 + WIDTH / 3, x2 + WIDTH * 3 / 4, y1 + HEIGHT, y2
    else:
        x1, y1, y2 = x1 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2
    along = 0.5 if y1 == y2 else 0.62
    x, y = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along - 5
    return (
        f'<path d="M{x1:g} {y1:g} {x2:g} {y2:g}" stroke="#445" marker-end="url(#tip)"/>\n'
        f'<text x="{x:g}" y="{y:g}" fill="#225" stroke="#fff" stroke-width="4" '
        f'paint-order="stroke">{name}</text>'
    )


def box(state: str, facts: list[str]) -> str:
    """A state; a closed one is filled, and what does not leave it is written in it."""
    x, y = corner(state)
    fill = "#dde" if state in CLOSED else "#fff"
    dash = ' stroke-dasharray="4"' if state == "OPEN" else ""
    name = "any open state" if state == "OPEN" else state
    size = 10 if len(name) > 14 else 12
    told = f'<text x="{x + WIDTH / 2:g}" y="{y + 36:g}" font-size="9">{", ".join(facts)}</text>'
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{fill}" '
        f'stroke="#445"{dash}/>\n<text x="{x + WIDTH / 2:g}" y="{y + (22 if facts else 27):g}" '
        f'font-size="{size}" font-weight="bold">{name}</text>' + (f"\n{told}" if facts else "")
    )


def drawn() -> Iterator[str]:
    """The picture, line by line, read off the Mermaid diagram."""
    lines = [line.split() for line in transitions_mermaid().splitlines() if "-->" in line]
    moves = [(line[0], line[2].rstrip(":"), line[-1]) for line in lines]
    moves = [move for move in moves if "[*]" not in move[:2]]
    yield HEAD
    yield from (arrow(*move) for move in moves if move[0] != move[1])
    for state in PLACES:
        yield box(state, [name for start, end, name in moves if start == end == state])
    yield "</svg>"


if __name__ == "__main__":
    print(*drawn(), sep="\n")
