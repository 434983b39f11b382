"""What the pages point to exists: files, commands, parameters, words."""

from __future__ import annotations

import ast
import fnmatch
import re
import shlex

import click
import pytest

from experiments.catalogue import packaged
from experiments.cli import main
from sim.model import RegionModel
from sim.parameters import load_parameters
from sim.region import load_region
from tests.docs.pages import blocks, folder, inline, links, pages, read, tables
from tests.repository.tree import ROOT, project

DESCRIPTION = {"docs/model.md": 100, "docs/workforce.md": 100, "docs/practices.md": 50}
"""Pages that describe the model, and parameters that each names at least."""


@pytest.mark.parametrize("page", pages())
def test_links_lead_somewhere(page: str) -> None:
    broken = [target for target in links(page) if not (folder(page) / target).exists()]
    assert broken == []


def test_links_are_found_at_all() -> None:
    assert {"docs/twente.svg", *DESCRIPTION, "LICENSE"} <= set(links("README.md"))


def shell(page: str) -> list[str]:
    """Lines of shell code of a page, in fences or indented, without comments."""
    indented = re.findall(r"^    (\S.*)$", read(page), re.MULTILINE)
    lines = [line for body in blocks(page, "sh") for line in body.replace("\\\n", " ").splitlines()]
    lines += indented
    return [
        shlex.join(words) for line in lines if "uv run" in line and (words := _one(shlex.split(line, comments=True)))
    ]


def _one(words: list[str]) -> list[str]:
    """The first command of a line of several."""
    return next((words[:k] for k, word in enumerate(words) if word in {"|", "||", "&&", ">", ">>"}), words)


def own_commands(page: str) -> list[str]:
    """What a page says after `deltaplan`, in blocks and in sentences."""
    lines = [line.split("deltaplan ", 1)[1] for line in shell(page) if " deltaplan " in line]
    return lines + [
        piece.removeprefix("uv run ").removeprefix("deltaplan ")
        for piece in inline(page)
        if re.match(r"(uv run )?deltaplan [a-z-]", piece)
    ]


def accept(command: str) -> None:
    """Let the command line read a command, without doing it.

    Raises:
        click.ClickException: there is no such command or option, or a value is refused.
    """
    words = shlex.split(command)
    if words[0].startswith("-"):
        return
    found = main.get_command(click.Context(main), words[0])
    if found is None:
        raise click.UsageError(f"no command {words[0]!r}")
    try:
        found.make_context(words[0], words[1:])
    except click.MissingParameter:
        if len(words) > 1:  # a sentence may name a command alone
            raise


@pytest.mark.parametrize("page", pages())
def test_commands_exist(page: str) -> None:
    for command in own_commands(page):
        try:
            accept(command)
        except click.ClickException as error:
            pytest.fail(f"{page}: `deltaplan {command}`: {error.format_message()}")


def test_commands_are_found_and_wrong_ones_refused() -> None:
    said = own_commands("README.md")
    assert said[0] == "compare twente twente-deltaplan"
    assert {command.split()[0] for command in said} >= {"list", "run", "show", "targets", "indicators", "evidence"}
    for wrong in ("walk twente", "run twente --decades 1", "run twente --years none", "stroll x"):
        with pytest.raises(click.ClickException):
            accept(wrong)


def test_every_command_is_in_the_readme() -> None:
    assert {command.split()[0] for command in own_commands("README.md")} == set(main.commands)


def test_readme_needs_two_commands() -> None:
    first, second = (body.strip() for body in blocks("README.md", "sh")[:2])
    assert (first, second) == ("uv run deltaplan compare twente twente-deltaplan", "uv run pytest -n 2")
    before = read("README.md").split("```sh")[0]
    assert "uv sync" not in before and "install" not in before
    assert re.findall(r"uv run pytest[^`\n]*", read("README.md"))[0] == "uv run pytest -n 2"  # the one that CI takes
    assert "pytest" in project()["dependency-groups"]["dev"]


def test_readme_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("README.md", "python")
    exec(compile(code, "README.md", "exec"), {})
    numbers = [float(word) for word in re.findall(r"\d+\.?\d*", capsys.readouterr().out)]
    agents, old, age, frailty, largest = numbers
    assert 31_000 < agents < 33_000 and 300 < old < 2_000 and age == 85
    assert 0.7 < frailty < 1.4 and 3_000 < largest < 20_000


# the description of the model


def named_parameters(page: str) -> set[str]:
    """What a page names that looks like a parameter."""
    topics = {name.split(".")[0] for name in load_parameters()}
    return {piece for piece in inline(page) if re.fullmatch(rf"({'|'.join(topics)})\.[a-z0-9_*]+", piece)}


@pytest.mark.parametrize(("page", "least"), DESCRIPTION.items())
def test_the_parameters_that_the_description_names_exist(page: str, least: int) -> None:
    known, said = load_parameters(), named_parameters(page)
    assert len(said) > least
    assert sorted(name for name in said if not fnmatch.filter(known, name)) == []


@pytest.mark.parametrize("topic", ["careers", "training", "succession", "parties", "staff", "money", "workforce"])
def test_the_description_names_every_parameter_of_gps_and_practices(topic: str) -> None:
    said = set().union(*(named_parameters(page) for page in DESCRIPTION))
    ours = {name for name in load_parameters() if name.startswith(f"{topic}.")}
    assert sorted(ours - said) == []


def test_the_description_names_every_kind_of_event() -> None:
    page = read("docs/practices.md")
    begun = set(re.findall(r"\| ([\w ]+)(?:, ends)? \|", page)) | set(
        re.findall(r"\*([\w ]+?)\*", " ".join(page.split()))
    )
    assert sorted(kind for kind in event_kinds() if kind.replace(" ends", " begins") not in begun) == []


CHANGE_OF_ROLE = re.compile(r"\w+ to (locum|employed|owner)")
"""A cause, not a kind."""


def event_kinds() -> set[str]:
    """What the sources write into the event log, as far as they say it in words on the spot."""
    found: set[str] = set()
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
                "log",
                "_log",
            }:
                words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                found.update(word for word in words[:1] if not CHANGE_OF_ROLE.fullmatch(word))
    return found


def test_event_kinds_are_found() -> None:
    assert {
        "owner announces stop",
        "practice closes",
        "people move to practice",
        "GP arrives",
        "trainee begins",
        "premises ready",
    } <= event_kinds()


def test_the_files_and_methods_that_pages_name_exist() -> None:
    for page in ("README.md", "CONTRIBUTING.md", *DESCRIPTION, "docs/region-format.md"):
        for piece in inline(page):
            if re.fullmatch(r"(sim|experiments|docs|tests|scenarios|viz)/[\w/.]*", piece):
                assert (ROOT / piece).exists(), f"{page}: {piece}"
            elif piece.startswith("RegionModel."):
                assert callable(getattr(RegionModel, piece.split(".")[1])), f"{page}: {piece}"


def test_the_numbers_of_the_model_page_are_those_of_twente() -> None:
    region = load_region(packaged() / "regions" / "twente", load_parameters())
    said = {row[0].split(" (")[0]: row[1] for row in tables("docs/model.md")[0]}
    expected = {
        "person": f"{region.population:,}",
        "practice": f"{region.setting('practices'):.0f}",
        "GP": f"{region.setting('gps_regular'):.0f} and {region.setting('gps_changing_locum'):.0f}",
        "out-of-hours post": f"{len(region.post_name)}, one organisation",
        "node": str(len(region.node_name)),
    }
    assert {name: said.get(name) for name in expected} == expected
    assert len(region.organisations) == 1
    assert f"{len(region.municipalities)} municipalities, {region.population:,} inhabitants" in read("README.md")


# words


def dutch(cell: str) -> set[str]:
    """The terms in a cell, without explanations in brackets."""
    return {term.strip() for term in re.split(r"[;,]", re.sub(r"\([^)]*\)", "", cell))}


def test_the_glossary_has_a_word_for_every_term() -> None:
    said = [row for table in tables("docs/glossary.md") for row in table]
    assert len(said) > 40
    assert [row for row in said if not row[0] or not row[1]] == []
    terms = [row[0] for row in said]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_the_words_of_the_readme_are_in_the_glossary() -> None:
    known = set().union(*(dutch(row[0]) for table in tables("docs/glossary.md") for row in table))
    bracketed = {
        term for table in tables("docs/glossary.md") for row in table for term in re.findall(r"\((.*?)\)", row[0])
    }
    (words,) = tables("README.md")
    assert len(words) >= 5
    said = set().union(*(dutch(row[0]) for row in words))
    assert sorted(term for term in said if not any(term in word for word in known | bracketed)) == []
