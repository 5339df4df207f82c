"""A sheet of paper, and marks that tell apart without colour, in print and to the colour-blind."""

from decimal import Decimal
from functools import partial
from io import BytesIO
from itertools import cycle, islice
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from alin_core.errors import MissingExtra
from alin_core.text.wording import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
__all__ = [
    "BETWEEN",
    "FAILS",
    "FITS",
    "bar_styles",
    "blank",
    "line_styles",
    "plain",
    "sheet",
    "signs",
    "titled",
]

# Okabe and Ito's colours.
_LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#000000")
_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
_MARKS = ("o", "s", "^", "D", "v", "P")
# Light, so that black hatches are seen on them; one hatch more than fills, so that none comes twice
# before the forty-third.
_FILLS = ("#56B4E9", "#FFFFFF", "#E69F00", "#CC79A7", "#66C2A5", "#F0E442")
_EDGE = {"edgecolor": "black", "linewidth": 0.8}
_HATCHES = ("", "////", "....", "\\\\\\\\", "xxx", "---", "||||")
#: What fits, what is in between, what does not fit.
FITS: dict[str, Any] = {"facecolor": "#56B4E9", "hatch": "", **_EDGE}
BETWEEN: dict[str, Any] = {"facecolor": "#F0E442", "hatch": "....", **_EDGE}
FAILS: dict[str, Any] = {"facecolor": "#E69F00", "hatch": "////", **_EDGE}


def blank(width: float, height: float) -> "Figure":
    """A white sheet, in inches; raises `MissingExtra` without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("plots") from None
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    # A notebook shows a figure by itself only once pyplot has chosen a backend.
    vars(figure)["_repr_png_"] = partial(_png, figure)
    return figure


def _png(figure: "Figure") -> bytes:
    written = BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def sheet(title: str, x: str, y: str, *, height: float = 5) -> "tuple[Figure, Axes]":
    """One pair of axes under a title."""
    figure = blank(8, height)
    titled(figure, title)
    axes = figure.subplots()
    axes.set(xlabel=x, ylabel=y)
    axes.grid(alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def titled(figure: "Figure", title: str) -> None:
    """Write the title on as many lines as it needs."""
    figure.suptitle(plain(title, width=int(figure.get_figwidth() * 10)))


def plain(text: str, width: int) -> str:
    r"""A text that somebody wrote, on lines of that width, letter by letter: `$` opens no formula.

    >>> print(plain("$x$ and so on", width=8))
    \$x\$ and
    so on
    """
    # At ordinary spaces only: a no-break space stays one.
    return "\n".join(wrap(text, width, break_on_hyphens=False)).replace("$", r"\$")


def signs(axes: "Axes", which: str, words: Words) -> None:
    """Write the figures of the axes, `x`, `y` or both, as the language does."""
    for name in which:
        # Six digits: what floats add behind is no figure.
        getattr(axes, f"{name}axis").set_major_formatter(
            lambda value, _place: words.number(Decimal(f"{value:.6g}"))
        )


def line_styles(count: int) -> list[dict[str, Any]]:
    """The styles of as many lines: each with its own dash and mark."""
    endless = zip(cycle(_LINES), cycle(_DASHES), cycle(_MARKS), strict=False)
    return [
        {"color": colour, "linestyle": dash, "marker": mark}
        for colour, dash, mark in islice(endless, count)
    ]


def bar_styles(count: int) -> list[dict[str, Any]]:
    """The styles of as many bars: each with its own fill and hatch."""
    endless = zip(cycle(_FILLS), cycle(_HATCHES), strict=False)
    return [
        {"facecolor": colour, "hatch": hatch, **_EDGE} for colour, hatch in islice(endless, count)
    ]
