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
    of_the_desk = {Message("I told them"), Message("They no longer have the time")}
    assert not of_the_desk & found
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


def entry(said: Message, *forms: str) -> str:
    """A message in a catalogue, in one form or in those of a plural."""
    if not said.many:
        return f'msgid "{said.text}"\nmsgstr "{forms[0]}"\n\n'
    lines = [f'msgstr[{number}] "{form}"' for number, form in enumerate(forms)]
    return "\n".join([f'msgid "{said.text}"', f'msgid_plural "{said.many}"', *lines, "\n"])


PLACES = Message("%(count)s place in %(role)s", "%(count)s places in %(role)s")
BOTH = "%(count)s w %(role)s"


@pytest.mark.parametrize(
    ("said", "forms", "is_right"),
    [
        (Message("For %(role)s of %(group)s"), ["%(group)s: %(role)s"], True),
        (Message("For %(role)s of %(group)s"), ["%(role)s"], False),
        (Message("For %(role)s"), ["%(rola)s"], False),
        (Message("For %(role)s"), ["Dla roli"], False),
        (Message("Hello"), ["Cześć %(name)s"], False),
        (Message("%s of %s"), ["%s z %s"], True),
        (Message("%s of %s"), ["%s z wielu"], False),
        (Message("About {people}"), ["Około {people}"], True),
        (Message("About {people}"), ["Około {osoby}"], False),
        (Message("%(share)s%% of all"), ["%(share)s%% wszystkich"], True),
        (Message("All 100%% said"), ["Wszystkie sto procent"], True),
        (PLACES, [BOTH, BOTH, BOTH], True),
        (PLACES, ["Jedno w %(role)s", BOTH, BOTH], True),
        (PLACES, ["Jedno", BOTH, BOTH], False),
        (PLACES, [BOTH, BOTH, "wiele w %(role)s"], False),
        (PLACES, ["%(number)s w %(role)s", BOTH, BOTH], False),
    ],
)
def test_what_is_put_into_words_is_what_is_put_into_the_english(
    tmp_path: Path, said: Message, forms: list[str], is_right: bool
) -> None:
    path = tmp_path / "django.po"
    head = PO_FILE.partition('msgid "Yes"')[0]
    path.write_text(head + entry(said, *forms), encoding="utf-8")
    found = catalogues.faults([said], catalogues.read(path, "pl"))
    assert found == ([] if is_right else [f"other placeholders: {said.text}"])


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
