"""A language that is offered has all messages of the pages of everybody, volunteers and groups."""

from pathlib import Path

import pytest

from config.languages import COMPLETE, KNOWN, LANGUAGES
from config.translation import catalogues
from config.translation.reading import Message, messages_of, of_python, of_template

ROOT = Path(__file__).parents[2]


def test_english_is_offered_and_every_other_language_only_when_it_is_complete() -> None:
    assert [code for code, _ in LANGUAGES] == ["en-gb", *(c for c in KNOWN if c in COMPLETE)]
    assert set(COMPLETE) <= set(KNOWN) - {"en-gb"}
    messages = messages_of(ROOT)
    for code in COMPLETE:
        path = catalogues.path_of(ROOT, code)
        assert not catalogues.faults(messages, catalogues.read(path, code)), code
        assert path.with_suffix(".mo").exists(), code


def test_messages_are_found_in_code_templates_and_lists() -> None:
    found = set(messages_of(ROOT))
    assert {
        Message("Roles that suit you"),
        Message("You are under 16, so a parent or guardian has to confirm first."),
        Message("%(count)s place left", "%(count)s places left"),
        Message("weekday", context="before mornings"),
        Message("Gardening", context="taxonomy"),
    } <= found
    assert len(found) > 1000


def test_calls_and_tags_are_read() -> None:
    code = (
        '_("a" "b"); gettext(name); ngettext("one", "many", 2); pgettext("c", "d"); f"{_(\'pm\')}"'
    )
    assert list(of_python(code)) == [
        Message("ab"),
        Message("one", "many"),
        Message("d", context="c"),
        Message("pm"),
    ]
    template = (
        "{% load i18n %}{% translate 'Say \"yes\"' %}"
        "{% blocktranslate trimmed with a=b %}\n  Dear {{ a }},\n  hello\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} role{% plural %}{{ n }} roles{% endblocktranslate %}"
    )
    assert {
        Message('Say "yes"'),
        Message("Dear %(a)s, hello"),
        Message("%(n)s role", "%(n)s roles"),
    } <= set(of_template(template))


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
msgstr[2] ""

msgctxt "list"
msgid "Yes"
msgstr "Owszem"

msgid ""
"Two "
"lines"
msgstr ""
"Dwie "
"linie"
"""


def test_what_is_missing_in_doubt_or_stale_is_named(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text(PO_FILE, encoding="utf-8")
    said = {
        *(Message("Yes"), Message("Yes", context="list"), Message("No"), Message("New")),
        *(Message("Not translated"), Message("%(count)s place", "%(count)s places")),
    }

    assert catalogues.faults(said, catalogues.read(path, "pl")) == [
        "not translated: %(count)s place",
        "not translated: New",
        "not translated: No",
        "not translated: Not translated",
        "stale: Two lines",
    ]


def test_catalogues_follow_the_code_and_keep_what_is_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = catalogues.path_of(tmp_path, "pl")
    path.parent.mkdir(parents=True)
    path.write_text(PO_FILE, encoding="utf-8")
    said = {Message("Yes"): "a.py", Message("New"): "b.py"}
    monkeypatch.setattr(catalogues, "messages_of", lambda root: said)

    missing = dict(catalogues.update(tmp_path))

    assert missing == {code: (1 if code == "pl" else 2) for code in KNOWN if code != "en-gb"}
    text = path.read_text(encoding="utf-8")
    assert 'msgid "Yes"\nmsgstr "Tak"' in text
    assert "Two lines" not in text
    assert "open to correction" in text
    assert catalogues.compile_all(tmp_path) == len(missing)
    assert path.with_suffix(".mo").exists()
    assert catalogues.compile_all(tmp_path) == 0


@pytest.mark.parametrize("code", [code for code in KNOWN if code != "en-gb"])
def test_every_known_language_has_a_name_of_its_own(code: str) -> None:
    assert KNOWN[code] != KNOWN["en-gb"]
