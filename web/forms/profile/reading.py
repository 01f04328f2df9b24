"""Text to read skills from, and what was read."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Activity, Language, Skill
from volunteers.reading import MOST_CHARACTERS, Suggested
from web.forms.base import PageForm
from web.forms.fields import CodesField


class PasteForm(PageForm):
    text = forms.CharField(
        label=_("Paste your text here"),
        help_text=_(
            "For example your CV, or what you say about yourself on LinkedIn. We look for skills, "
            "activities and languages in it, show you what we found, and do not keep the text."
        ),
        max_length=MOST_CHARACTERS,
        error_messages={
            "required": _("Paste some text."),
            "max_length": _("The text is too long. Paste up to 20,000 characters."),
        },
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(Field.textarea("text", rows=12, max_characters=MOST_CHARACTERS, threshold=90))


class FoundForm(PageForm):
    """What was found, to be ticked; only what is ticked is added.

    Nothing is ticked at first. Of ten things that are found about one is wrong: left ticked by
    somebody who does not look closely, it would be told to groups as what the person can do. A
    right one that nobody ticks costs little, and can be ticked later.
    """

    skills = CodesField(Skill, label=_("Skills"))
    activities = CodesField(Activity, label=_("What you like doing"))
    languages = CodesField(Language, label=_("Languages you speak"))

    @classmethod
    def showing(cls, found: Suggested) -> "FoundForm":
        """Give the form with just what was found."""
        form = cls()
        for name in cls.base_fields:
            field: Any = form.fields[name]
            codes = getattr(found, name)
            field.choices = [choice for choice in field.choices if choice[0] in codes]
            if not codes:
                del form.fields[name]
        return form

    def layout(self) -> Layout:
        return Layout(*self.fields)
