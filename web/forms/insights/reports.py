"""Under which name a copy of a report is kept."""

from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.clock import today
from core.dates import full_day
from insights.models.kept_report import NAME_LENGTH
from web.forms.base import PageForm


class CopyForm(PageForm):
    """What it is called."""

    name = forms.CharField(
        label=_("What is the copy called?"),
        help_text=_("For example, whom it was given to. Leave out people’s names."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Give the copy a name.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.text("name", field_width=Fluid.TWO_THIRDS))

    @staticmethod
    def of_today() -> dict[str, str]:
        """What it is called where nobody says otherwise."""
        return {"name": _now("As of %(day)s") % {"day": full_day(today())}}
