"""PDF documents: tagged, in any of our scripts, and safe from what people wrote."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from core.documents import pdf

TAGGED = b"<pdfuaid:part>1</pdfuaid:part>"


@pytest.fixture
def letter(tmp_path: Path, settings) -> Path:
    """A short template of the kind that apps have, in a project's root of its own."""
    paper = Path(settings.BASE_DIR) / "core" / "documents" / "paper.typ"
    (tmp_path / "core" / "documents").mkdir(parents=True)
    (tmp_path / "core" / "documents" / "paper.typ").write_bytes(paper.read_bytes())
    template = tmp_path / "letter.typ"
    template.write_text(
        '#import "/core/documents/paper.typ": paper, data\n#show: paper\n'
        "= #data.title\nDear #data.name, #data.words\n"
    )
    settings.BASE_DIR = tmp_path
    return template


def test_document_has_tags_for_screen_readers_and_its_language(letter: Path) -> None:
    with translation.override("en-gb"):
        made = pdf(letter, {"name": "Demo", "words": "hello"}, title="A letter")

    assert made.startswith(b"%PDF-")
    assert TAGGED in made
    assert b"/Lang (en)" in made or b"/Lang(en)" in made


@pytest.mark.parametrize("name", ["தமிழ்", "ગુજરાતી", "हिन्दी", "عربي", "Łukasz Șerban"])
def test_names_in_the_languages_of_the_borough_have_their_letters(letter: Path, name: str) -> None:
    assert TAGGED in pdf(letter, {"name": name, "words": "x"}, title="A letter")


def test_letters_that_no_font_has_do_not_refuse_the_document(letter: Path) -> None:
    made = pdf(letter, {"name": "漢字 🎉", "words": "x"}, title="A letter")

    assert made.startswith(b"%PDF-")
    assert TAGGED not in made


def test_what_people_write_is_text_and_no_markup(letter: Path) -> None:
    words = '#panic("x") ] } *bold* $x$ #read("/etc/passwd") \\ "'

    assert TAGGED in pdf(letter, {"name": words, "words": words}, title=words)


def test_template_that_lacks_what_it_asks_for_is_an_error(letter: Path) -> None:
    with pytest.raises(ValueError, match=r"letter\.typ"):
        pdf(letter, {"name": "Demo"}, title="A letter")


def test_fonts_of_documents_are_there_with_their_licences() -> None:
    fonts = {path.name for path in settings.DOCUMENT_FONTS.iterdir()}

    assert {"AtkinsonHyperlegibleNext_400Regular.ttf", "NotoSansTamil-LICENSE.txt"} <= fonts
