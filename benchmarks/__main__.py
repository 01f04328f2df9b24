"""The list of benchmarks for the documentation, from what each says of itself.

python -m benchmarks > docs/reference/benchmarks.md
"""

import ast
from pathlib import Path
from textwrap import dedent

FOLDER = Path(__file__).parent
_RUNS = '__name__ == "__main__"'
_HEAD = """# Benchmarks

Each script says what it measures and prints its own figures; ratios are measured in one run. Sizes
can be made smaller with the options in brackets. Run them on a machine that does nothing else. This
page is made from the scripts: `python -m benchmarks > docs/reference/benchmarks.md`.

`manage.py simulate_season` and `manage.py evaluate_text` measure what is no question of speed: see
`make evaluate`."""


def scripts() -> list[Path]:
    """Those that can be run; the others are what these share."""
    return sorted(
        path for path in FOLDER.glob("[!_]*.py") if _RUNS in path.read_text(encoding="utf-8")
    )


def page() -> str:
    """Markdown of all scripts."""
    return "\n\n".join([_HEAD, *map(_section, scripts())]) + "\n"


def _section(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraphs = [_paragraph(text) for text in said.split("\n\n")]
    return "\n\n".join([f"## {path.stem}", *paragraphs])


def _paragraph(text: str) -> str:
    """A paragraph as it is; an indented one, which is a command, as code."""
    if not text.startswith("    "):
        return text
    return f"```\n{dedent(text)}\n```"


if __name__ == "__main__":
    print(page(), end="")
