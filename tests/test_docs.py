"""The docs cannot fall behind: every command, option and record key stands in them."""

from __future__ import annotations

import dataclasses
import re

import click
import pytest
import typer.main

from nlp_rotation import types
from nlp_rotation.annotate.components import FIELDS, STEPS
from nlp_rotation.present.cli import app
from nlp_rotation.records import encode


def commands(command=None, path=()):
    """Yield (words, command) for every command that can be run."""
    command = command or typer.main.get_command(app)
    if isinstance(command, click.Group) or hasattr(command, "commands"):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))
    else:
        yield path, command


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=lambda value: str(value)[:40])
def test_every_command_and_option_is_documented(root, path, command):
    text = (root / "docs" / "cli.md").read_text("utf-8")
    heading = re.search(rf"^## `nlp-rotation {' '.join(path)}[ `]", text, re.M)
    assert heading, f"no section for {' '.join(path)}"
    section = text[heading.end() :].split("\n## ", 1)[0]
    for option in command.params:
        for name in (opt for opt in option.opts if opt.startswith("--") and opt != "--help"):
            assert f"`{name}" in section, f"{name} of {' '.join(path)} is not documented"
    assert command.help


SECTIONS = {
    "published": types.Publication,
    "sentences": types.Sentence,
    "mentions": types.Mention,
    "moves": types.Move,
    "drivers": types.Driver,
    "rotations": types.Rotation,
    "sentiment": types.ArticleSentiment,
}


@pytest.mark.parametrize(("section", "kind"), SECTIONS.items())
def test_every_field_is_documented(root, section, kind):
    text = (root / "docs" / "records.md").read_text("utf-8")
    body = text.split(f"\n## `{section}`", 1)[1].split("\n## ", 1)[0]
    for field in dataclasses.fields(kind):
        assert f"`{field.name.removesuffix('_')}`" in body


def test_every_key_of_a_record_is_documented(root):
    article = types.Article(id="a", source_path=None, text="", published=types.Publication())
    table = (root / "docs" / "records.md").read_text("utf-8").split("## `published`")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.M) == list(encode(types.Record(article=article)))


def test_every_component_is_documented(root):
    text = (root / "docs" / "components.md").read_text("utf-8")
    for name in (*STEPS, *(f"rotation_{field}" for field in FIELDS)):
        assert f"`{name}`" in text or f"doc._.{name}" in text


def test_local_links_lead_somewhere(root):
    for page in [root / "README.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
