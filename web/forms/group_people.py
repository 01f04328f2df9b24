"""Who acts for a group."""

from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.models import Membership
from web.forms.base import PageForm

Role = Membership.Role
_ROLES = (
    Choice(Role.MEMBER, Role.MEMBER.label, hint=_("Writes roles and answers people.")),
    Choice(Role.OWNER, Role.OWNER.label, hint=_("Also says who else acts for the group.")),
)


class MembershipForm(PageForm):
    """What somebody may do."""

    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=_ROLES,
        initial=Role.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they may do.")},
    )


class InviteForm(MembershipForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("We send them a link. It works for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter an email address."),
            "invalid": _("Enter an email address in the right form, like name@example.com."),
        },
    )
    field_order = ["email", "role"]


class LeaveForm(PageForm):
    """Who becomes an owner when somebody leaves; asked of the last owner only."""

    hand_over_to = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who looks after the group from now on?"),
        help_text=_("They become an owner: they say who else acts for the group."),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose who looks after the group from now on.")},
    )

    def __init__(self, *args: Any, heirs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heirs is None:
            del self.fields["hand_over_to"]
        else:
            field = self.fields["hand_over_to"]
            field.queryset = heirs  # type: ignore[attr-defined]  # a ModelChoiceField
            field.label_from_instance = lambda membership: str(membership.user)  # type: ignore[attr-defined]  # likewise
