"""What must never be in a file of this repository, and what every file keeps to."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (ROOT / name).is_file()
]
TEXT = {".py", ".toml", ".lock", ".json", ".yaml", ".yml", ".md", ".html", ".js", ".mjs", ".css", ".typ", ".txt", ""}
REGISTRIES = ("pypi", "pythonhosted", "npmjs")
REGISTRY = re.compile(rf"(?:{'|'.join(REGISTRIES)})[.]org|--index-url|\"resolved\"\s*:", re.IGNORECASE)
BANNED = {"ModelForm", "ModelAdmin", "CreateView", "UpdateView", "mark_safe", "RawSQL"}
MARKUP_MAKERS = {"src/desmigratif/desk/templatetags/desk_ui.py"}  # the one place that builds markup from parts
SOURCES = [file for file in FILES if file.suffix == ".py" and "src" in file.relative_to(ROOT).parts]


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.suffix in TEXT else ""


@pytest.mark.parametrize(
    "file", [f for f in FILES if f.name != Path(__file__).name], ids=lambda f: str(f.relative_to(ROOT))
)
def test_no_file_names_a_registry(file: Path) -> None:
    assert not REGISTRY.search(text_of(file))


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_generated_screens_and_no_unsafe_markup(file: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(text_of(file))) if isinstance(node, ast.Name)}
    allowed = {"mark_safe"} if file.relative_to(ROOT).as_posix() in MARKUP_MAKERS else set()

    assert not names & (BANNED - allowed)


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".html"], ids=lambda f: str(f.relative_to(ROOT)))
def test_templates_have_no_inline_code_and_no_outside_host(file: Path) -> None:
    text = text_of(file)

    assert "|safe" not in text
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>|<style", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
