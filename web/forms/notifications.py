"""How a person wants to be told."""

from datetime import time
from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.models import ByMail
from notifications.quiet import Hours
from notifications.topics import NEVER_WAIT, Topic, topic_of
from web.dates import time_in_words
from web.forms.base import PageForm


class TopicForm(PageForm):
    """How one topic comes; with a `mobile` number, whether by text message too."""

    by_mail = forms.ChoiceField(
        label=gettext_lazy("How should we tell you?"),
        help_text=gettext_lazy("You always find it under “Messages” when you sign in, too."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we should tell you.")},
    )
    by_text = forms.BooleanField(required=False)

    def __init__(self, topic: Topic, mobile: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [ByMail.NOW]
        if topic.can_wait:
            choices += [ByMail.DAILY, ByMail.WEEKLY]
        if topic.can_stop:
            choices.append(ByMail.NEVER)
        if any(topic_of(kind) == topic for kind in NEVER_WAIT):
            self.fields["by_mail"].help_text = _(
                "You always find it under “Messages” when you sign in, too. What is of no use "
                "later does not wait: we send it at once."
            )
        self.fields["by_mail"].choices = [(each.value, each.label) for each in choices]  # type: ignore[attr-defined]  # a ChoiceField
        if topic.can_text and mobile:
            self.fields["by_text"].label = _("Send a text message to %(number)s too") % {
                "number": mobile
            }
        else:
            del self.fields["by_text"]

    def layout(self) -> Layout:
        return Layout(*self.fields)


_HOURS = [(f"{hour:02}:00", time(hour)) for hour in range(24)]


class QuietHoursForm(PageForm):
    """From when to when; the same hour twice for never."""

    starts = forms.TypedChoiceField(
        label=gettext_lazy("From"), coerce=time.fromisoformat, choices=()
    )
    ends = forms.TypedChoiceField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Choose the same time twice if we may write at any time."),
        coerce=time.fromisoformat,
        choices=(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts", "ends"):
            self.fields[name].choices = [  # type: ignore[attr-defined]  # a ChoiceField
                (value, time_in_words(hour)) for value, hour in _HOURS
            ]

    @staticmethod
    def answers_of(hours: Hours) -> dict[str, str]:
        """Give the hours as the form shows them."""
        return {
            "starts": hours.starts.isoformat("minutes"),
            "ends": hours.ends.isoformat("minutes"),
        }
