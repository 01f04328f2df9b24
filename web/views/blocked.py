"""Block a group or a person, and undo it."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from opportunities.models import Organisation
from placements.selectors import groups_blocked_by, groups_known_to
from placements.services import blocks
from placements.states import Mover
from web.access import VolunteerRequired
from web.forms.base import PageForm
from web.group_access import person_of
from web.views.applicants import ApplicantRequired
from web.views.page import QuestionPage


class BlockQuestion(QuestionPage):
    """Whether to block the other side, or where that is done, to undo it."""

    form_class = PageForm
    side: Mover

    def pair(self) -> dict[str, Any]:
        """Give the person and the group."""
        raise NotImplementedError

    def other(self) -> str:
        """Give the name of the other side."""
        raise NotImplementedError

    @cached_property
    def is_done(self) -> bool:
        """Whether it is blocked as the page is opened."""
        return blocks.has_blocked(self.side, **self.pair())

    def perform(self, form: forms.Form) -> None:
        act = blocks.unblock if self.is_done else blocks.block
        act(**self.pair(), side=self.side, by=person_of(self.request))

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        names = {"name": self.other()}
        if self.is_done:
            return _("%(name)s is not blocked any more.") % names
        return _("%(name)s is blocked.") % names

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {"name": self.other()}
        page = {
            "title": (_("Undo: block %(name)s?") if self.is_done else _("Block %(name)s?")) % names,
            "intro": self.what_follows(),
            "button": _("Undo the block") if self.is_done else _("Block"),
            "cancel": self.back(),
        }
        return super().get_context_data(**page | kwargs)

    def what_follows(self) -> str:
        """Give what blocking or undoing it does."""
        raise NotImplementedError


class BlockGroup(VolunteerRequired, BlockQuestion):
    side = Mover.VOLUNTEER

    @cached_property
    def group(self) -> Organisation:
        known = groups_known_to(self.volunteer)
        return get_object_or_404(known, pk=self.kwargs["group"])

    def pair(self) -> dict[str, Any]:
        return {"volunteer": self.volunteer, "organisation": self.group}

    def other(self) -> str:
        return self.group.name

    def what_follows(self) -> str:
        if self.is_done:
            return _("Its roles can be suggested to you again, and you can write to each other.")
        return _(
            "Its roles are not suggested to you and you cannot ask for them. Neither of you can "
            "write to the other. The group is not told. What you asked for before stays as it is, "
            "so withdraw where you do not want it. You can undo this at any time."
        )

    def back(self) -> str:
        return reverse("web:blocked-groups")

    def get_success_url(self) -> str:
        return self.back()


class BlockedGroups(VolunteerRequired, TemplateView):
    """The groups that the person has blocked."""

    template_name = "web/volunteer/blocked.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(blocked=groups_blocked_by(self.volunteer), **kwargs)


class BlockPerson(ApplicantRequired, BlockQuestion):
    side = Mover.GROUP

    def pair(self) -> dict[str, Any]:
        return {"volunteer": self.application.volunteer, "organisation": self.group}

    def other(self) -> str:
        return self.name

    def what_follows(self) -> str:
        if self.is_done:
            return _("They can ask for your roles again, and you can write to each other.")
        return _(
            "They cannot ask for your roles, and neither of you can write to the other. They are "
            "not told. Please still answer what they asked for. You can undo this at any time."
        )

    def back(self) -> str:
        return self.list_address()

    def get_success_url(self) -> str:
        return self.back()
