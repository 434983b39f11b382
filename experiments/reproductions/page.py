"""The page of reproductions: every published case with both numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from experiments.reproductions.base import Answer, Reproduction, Verdict

__all__ = ["HEAD", "page", "row"]

HEAD = (
    "# Reproductions",
    "",
    "Published cases held against the model. Written by `deltaplan reproductions docs/reproductions.md` from the "
    "declarations in `experiments/reproductions`; change them there.",
    "",
    "What a case is judged by is no setting of the intervention that it tests: a test compares evidence ids. "
    "*Within* means that the model's figure lies in the published range, *smaller* and *larger* that it does not; "
    "nothing was tuned to make it so, and a case that the model misses or lacks stays in the table.",
    "",
    "| case | unit | published | model | verdict |",
    "|---|---|---|---|---|",
)


def page(answers: Mapping[Reproduction, tuple[Answer | None, Verdict]]) -> str:
    """The page in Markdown."""
    lines = [*HEAD, *(row(one, *found) for one, found in answers.items()), ""]
    for one in answers:
        lines += _section(one)
    return "\n".join(lines)


def row(one: Reproduction, answer: Answer | None, said: Verdict) -> str:
    """Its line of the table."""
    model = "-" if answer is None else _range(answer.value, answer.low, answer.high)
    return f"{published(one)} {model} | {said} |"


def published(one: Reproduction) -> str:
    """The part of its line that needs no run."""
    what = one.published
    return f"| [{one.title}](#{one.id}) | {what.unit} | {_range(what.value, what.low, what.high)} |"


def _section(one: Reproduction) -> Iterator[str]:
    kinds = ", ".join(f"[`{kind}`](interventions/{kind}.md)" for kind in one.interventions)
    yield from (f'## <a id="{one.id}"></a>{one.title}', "", one.about, "")
    if one.remark:
        yield from (one.remark, "")
    rows = f" ({', '.join(one.published.evidence)})" if one.published.evidence else ""
    source = f"Published: {one.published.source}{rows}."
    yield from (source + (f" Tests {kinds}." if kinds else ""), "")


def _range(value: float, low: float, high: float) -> str:
    if low == high:
        return f"{value:.3g}"
    return f"{value:.3g} ({low:.3g} to {high:.3g})"
