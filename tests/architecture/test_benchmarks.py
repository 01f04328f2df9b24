"""The page of the benchmarks lists each script with its command."""

from django.conf import settings

from benchmarks.__main__ import page, scripts

PAGE = settings.BASE_DIR / "docs" / "reference" / "benchmarks.md"


def test_the_page_is_made_from_the_scripts_that_there_are():
    """Fails where a script is new, gone, or says something else: make the page anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_script_gives_its_command():
    names = [script.stem for script in scripts()]
    sections = dict(section.split("\n", 1) for section in page().split("\n## ") if "```" in section)

    assert {"full_pipeline", "full_rerank"} <= set(names)
    for name in names:
        assert f"benchmarks.{name}" in sections[name] or f"benchmarks/{name}.py" in sections[name]
