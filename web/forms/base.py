"""What the forms of all pages have in common."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout, Size
from django import forms

from core.errors import DomainError
from web.forms.plain_words import say_plainly


class PageFormMixin:
    """A form as a part of a page that has the form tag, the button and the error summary."""

    fields: dict[str, forms.Field]
    label_size: str | None = Size.SMALL
    legend_size: str | None = Size.SMALL
    #: Whether the form's one question is the page's heading.
    has_heading = False

    @property
    def helper(self) -> FormHelper:
        """How crispy forms draws it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.label_size = self.label_size
        helper.legend_size = self.legend_size
        helper.layout = self.layout()
        return helper

    def full_clean(self) -> None:
        """Look at what was sent; what is wrong with it is said in our words."""
        for field in self.fields.values():
            say_plainly(field)
        super().full_clean()  # type: ignore[misc]  # that of the form which this is mixed into

    def layout(self) -> Layout:
        """Give the order and look of the fields; all of them as they come, unless overridden."""
        return Layout(*self.fields)


class PageForm(PageFormMixin, forms.Form):
    """A form in the pattern of GOV.UK."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def explain(form: forms.BaseForm, error: DomainError) -> None:
    """Put what the domain refused beside the fields that it speaks of, else on top of the form."""
    for name, sentences in error.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
    if not error.fields:
        form.add_error(None, error.message)
