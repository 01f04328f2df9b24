"""What fields, accounts and scripts say of what cannot be taken is ours, in every language."""

import re
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pkgutil import walk_packages

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation

import web.forms
from config.languages import COMPLETE
from core.plain_words import PLAIN
from web.adapters import AccountAdapter, SecondStepAdapter
from web.forms.base import PageForm, PageFormMixin
from web.forms.fields import DayField, HoursField
from web.forms.plain_words import say_plainly

#: Of kinds of fields that raise these of their own accord; all say how many or how much.
LIMITS = {"limit_value": 3}
#: English only: the desk's and the statistics'.
IN_ENGLISH = ("web.forms.desk", "web.forms.insights")


def _is_read_in_translation(kind: object) -> bool:
    if not (isinstance(kind, type) and issubclass(kind, forms.Form)):
        return False
    return kind.__module__.startswith("web.") and not kind.__module__.startswith(IN_ENGLISH)


def _forms() -> Iterator[type[forms.Form]]:
    for module in walk_packages(web.forms.__path__, "web.forms."):
        yield from filter(_is_read_in_translation, vars(import_module(module.name)).values())


FORMS = sorted(set(_forms()), key=lambda kind: f"{kind.__module__}.{kind.__name__}")


class PlainForm(PageForm):
    """One field of each kind whose form can be wrong."""

    number = forms.IntegerField(min_value=3, max_value=9)
    part = forms.FloatField()
    day = forms.DateField()
    clock = forms.TimeField()
    email = forms.EmailField()
    site = forms.URLField(assume_scheme="https")
    words = forms.CharField(max_length=3)
    longer = forms.CharField(min_length=2, error_messages={"min_length": "Write more."})
    one = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])


def test_every_kind_of_field_says_in_our_words_what_is_wrong() -> None:
    wrong = dict.fromkeys(PlainForm.base_fields, "x") | {"words": "four"}
    assert PlainForm(wrong | {"several": ["x"]}).errors == {
        "number": ["Enter a whole number in digits, for example 3."],
        "part": ["Enter a number in digits, for example 2.5."],
        "day": ["Enter a date, for example 27/3/2027."],
        "clock": ["Enter a time, for example 18:30."],
        "email": ["Enter an email address in the right form, like name@example.com."],
        "site": ["Enter a web address in the right form, like https://www.example.org."],
        "words": ["Use 3 characters or fewer."],
        "longer": ["Write more."],
        "one": ["Choose one of the answers."],
        "several": ["Choose one of the answers."],
    }
    assert PlainForm({"number": "2"}).errors["number"] == ["Enter 3 or more."]
    assert PlainForm({"number": "10"}).errors["number"] == ["Enter 9 or less."]
    assert PlainForm({}).errors["words"] == ["Answer this question."]


def test_fields_that_are_asked_by_themselves_do_so_too() -> None:
    with pytest.raises(ValidationError, match="Use 10 characters or fewer"):
        HoursField().clean("1" * 11)
    with pytest.raises(ValidationError, match="Enter the day, the month and the year"):
        DayField().clean(["", "", ""])


@pytest.mark.parametrize("form", FORMS)
def test_no_field_of_any_form_has_words_of_a_library(form: type[forms.Form]) -> None:
    assert issubclass(form, PageFormMixin)
    for name, declared in form.base_fields.items():
        field = deepcopy(declared)
        say_plainly(field)
        codes = {getattr(one, "code", "") for one in field.validators} - {"invalid"}
        assert codes <= set(field.error_messages), name
        for code, sentence in field.error_messages.items():
            with translation.override("gu"):
                said = str(sentence % LIMITS)
            assert re.search("[\u0a80-\u0aff]", said), (name, code, said)


@pytest.mark.parametrize("language", COMPLETE)
def test_what_is_wrong_is_said_in_each_language(language: str) -> None:
    english = {code: str(said) for code, said in PLAIN.items() if "length" not in code}
    with translation.override(language):
        for code, said in english.items():
            assert str(PLAIN[code]) != said
        assert str(PLAIN["max_length"] % {"limit_value": 200}) != "Use 200 characters or fewer."  # type: ignore[operator]  # a lazy plural is put together once its number is known


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(AccountAdapter, DefaultAccountAdapter), (SecondStepAdapter, DefaultMFAAdapter)],
)
def test_accounts_say_nothing_in_words_of_allauth(ours: type, theirs: type) -> None:
    # Nobody here has a user name, or signs in with a phone number.
    left = {
        code
        for code, said in ours.error_messages.items()  # type: ignore[attr-defined]  # both have them
        if theirs.error_messages.get(code) is said  # type: ignore[attr-defined]  # likewise
        and not re.search("username|phone", code)
    }
    assert left == set()


@pytest.mark.parametrize("language", ["en-gb", *COMPLETE])
def test_characters_left_are_said_for_each_plural_of_the_language(language: str) -> None:
    box = PageForm()
    box.fields["words"] = forms.CharField(widget=forms.Textarea)
    with translation.override(language):
        drawn = render_to_string(
            "gds/field.html", {"field": box["words"], "max_characters": 10, "template_pack": "gds"}
        )
    plurals = Locale.parse(language.replace("gb", "GB"), sep="-").plural_form.tags | {"other"}
    for name in ("characters-under-limit", "characters-over-limit"):
        said = dict(re.findall(rf'data-i18n\.{name}\.(\w+)="([^"]+)"', drawn))
        assert set(said) == plurals
        assert all("%{count}" in sentence for sentence in said.values())
    assert "data-i18n.characters-at-limit=" in drawn
