"""HTML as text, everything escaped that is not made here: one widget for a whole table instead of one a cell."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

__all__ = ["table", "tag"]

_EMPTY = {"br", "hr", "img", "input"}


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """An element; attributes end in ``_`` where Python forbids the name, ``_`` inside becomes ``-``, None leaves out.

    Args:
        name: of the element.
        children: text, which is escaped, or markup.
        attributes: ``cls`` is the class.
    """
    parts = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        said = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
        parts.append(Markup(" {}").format(Markup(said)) + ("" if value is True else Markup('="{}"').format(value)))
    inner = Markup("").join(escape(child) for child in children)
    opened = Markup("<{}{}>").format(Markup(name), Markup("").join(parts))
    return opened if name in _EMPTY else opened + inner + Markup("</{}>").format(Markup(name))


def table(
    caption: str, heads: Sequence[object], rows: Sequence[Sequence[object]], cls: str = "", hidden: bool = True
) -> Markup:
    """A table in a box that scrolls; the first cell of a row names it.

    Args:
        caption: what it shows.
        heads: of columns.
        rows: cells, the first of each the head of the row.
        cls: class of the table besides ``dp-table``.
        hidden: whether the caption is for screen readers only.
    """
    head = tag("thead", tag("tr", *(tag("th", one, scope="col") for one in heads)))
    lines = (
        tag("tr", *(tag("th", one, scope="row") if k == 0 else tag("td", one) for k, one in enumerate(row)))
        for row in rows
    )
    title = tag("caption", caption, cls="dp-unseen" if hidden else None)
    inside = tag("table", title, head, tag("tbody", *lines), cls=f"dp-table {cls}".strip())
    return tag("div", inside, cls="dp-scroll", tabindex="0", role="region", aria_label=caption)
