"""A language that is offered has all messages of the pages of everybody, volunteers and groups."""

from pathlib import Path

import pytest

from config.languages import COMPLETE, KNOWN, LANGUAGES
from tests.architecture.messages import catalogue, faults, in_code, of_python, of_template

ROOT = Path(__file__).parents[2]
PO = "LC_MESSAGES/django.po"


def test_english_is_offered_and_every_other_language_only_when_it_is_complete() -> None:
    assert [code for code, _ in LANGUAGES] == ["en-gb", *(c for c in KNOWN if c in COMPLETE)]
    assert set(COMPLETE) <= set(KNOWN) - {"en-gb"}
    messages = in_code(ROOT)
    for code in COMPLETE:
        text = (ROOT / "web/locale" / code / PO).read_text(encoding="utf-8")
        assert not faults(messages, catalogue(text)), code
        assert (ROOT / "web/locale" / code / PO).with_suffix(".mo").exists(), code


def test_messages_are_found_in_code_and_templates() -> None:
    found = in_code(ROOT)
    assert {
        "Roles that suit you",
        "You are under 16, so a parent or guardian has to confirm first.",
    } <= found
    assert "%(count)s place left" in found
    assert len(found) > 1000
    assert list(of_python('_("a" "b"); gettext(name); ngettext("one", "many", 2)')) == ["ab", "one"]
    template = (
        '{% load i18n %}{% translate "Say \\"yes\\"" %}'
        "{% blocktranslate trimmed with a=b %}\n  Dear {{ a }},\n  hello\n{% endblocktranslate %}"
    )
    assert "Dear %(a)s, hello" in set(of_template(template))


PO_FILE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Yes"
msgstr "Tak"

#, fuzzy
msgid "No"
msgstr "Nie"

msgid "Not translated"
msgstr ""

msgid "%(count)s place"
msgid_plural "%(count)s places"
msgstr[0] "%(count)s miejsce"
msgstr[1] ""

msgid ""
"Two "
"lines"
msgstr ""
"Dwie "
"linie"

#~ msgid "Obsolete"
#~ msgstr "Stare"
"""


def test_what_is_missing_in_doubt_or_stale_is_named() -> None:
    entries = catalogue(PO_FILE)
    assert set(entries) == {"Yes", "No", "Not translated", "%(count)s place", "Two lines"}
    assert entries["Two lines"].translations == ["Dwie linie"]
    said = {"Yes", "No", "Not translated", "%(count)s place", "New"}
    assert faults(said, entries) == [
        "not translated: %(count)s place",
        "not translated: New",
        "not translated: No",
        "not translated: Not translated",
        "stale: Two lines",
    ]


@pytest.mark.parametrize("code", [code for code in KNOWN if code != "en-gb"])
def test_every_known_language_has_a_name_of_its_own(code: str) -> None:
    assert KNOWN[code] != KNOWN["en-gb"]
