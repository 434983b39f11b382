"""The code on the pages runs, and what does not run says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.code import MARKS, blocks_of, carry_out, clone, code
from tests.docs.pages import pages
from tests.repository.tree import ROOT

QUICK = [page for page in pages() if any(block.runs for block in code(page))]
LONG = {"docs/tutorial/own-intervention.md", "docs/tutorial/own-region.md"}
"""Pages whose quick blocks together take too long for every check."""
SLOW = [page for page in pages() if any(block.slow for block in code(page))]


@pytest.mark.parametrize("page", [pytest.param(page, marks=pytest.mark.slow if page in LONG else ()) for page in QUICK])
def test_the_blocks_of_a_page_run(page: str, tmp_path: Path) -> None:
    clone(tmp_path)
    carry_out(code(page), tmp_path, slow=False)


@pytest.mark.slow
@pytest.mark.parametrize("page", SLOW)
def test_the_slow_blocks_of_a_page_run(page: str, tmp_path: Path) -> None:
    clone(tmp_path)
    carry_out(code(page), tmp_path, slow=True)


def test_every_tutorial_runs() -> None:
    tutorials = {page for page in pages() if page.startswith("docs/tutorial/")}
    assert len(tutorials) == 5
    assert tutorials <= {*QUICK, *SLOW}


def test_what_does_not_run_says_why() -> None:
    found = [(page, block) for page in pages() for block in code(page) if block.mark]
    assert found
    for page, block in found:
        assert block.mark in MARKS, (page, block.mark)
        assert len(block.said) > 5, (page, block.code)
        if block.mark == "run by":
            assert (ROOT / block.said).is_file(), (page, block.said)


def test_a_block_that_fails_is_noticed(tmp_path: Path) -> None:
    text = "<!-- file: a.txt -->\n```text\nhello\n```\n\n```sh\ncat a.txt\n```\n\n"
    text += "<!-- not run: no -->\n```sh\nfalse\n```\n"
    assert carry_out(blocks_of(text), tmp_path, slow=True) == "hello\n"
    for wrong in ("```sh\nfalse | true\n```\n", "```python\nassert not 1\n```\n"):
        with pytest.raises(AssertionError):
            carry_out(blocks_of(wrong), tmp_path, slow=False)
    carry_out(blocks_of("<!-- slow: long -->\n```sh\nfalse\n```\n"), tmp_path, slow=False)
