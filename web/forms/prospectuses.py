"""Whether somebody who acts for a group is mailed about people who could help it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.base import PageForm


class ProspectusMailForm(PageForm):
    """Yes or no. The words under the question are kept with the answer."""

    wants = forms.ChoiceField(
        label=_("May we email you when people near your group want to help?"),
        help_text=_(
            "We write at most twice a month, to you alone. Each email says about how many people "
            "there are and what they would like to do, never who they are, with a role ready to "
            "edit. Each has a link that stops them. If you say no, you still find it here."
        ),
        choices=[("yes", _("Yes, email me")), ("no", _("No, I look here"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
