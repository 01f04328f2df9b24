"""A role that many more ask for than there are places: what its group could do, and doing it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from insights.selectors import over_asked
from insights.selectors.over_asked import Proposal
from opportunities.models import MoreRoom, Opportunity
from opportunities.services import more_room
from web import more_room_words
from web.forms.more_room import JobShareForm, RoomForm, SecondGroupForm, ShiftsForm, TurnsForm
from web.group_access import GroupRoleRequired, person_of
from web.views.page import ActionButton, QuestionPage

Kind = MoreRoom.Kind

_FORMS: dict[str, type[RoomForm]] = {
    Kind.SHIFTS: ShiftsForm,
    Kind.JOB_SHARE: JobShareForm,
    Kind.TURNS: TurnsForm,
    Kind.SECOND_GROUP: SecondGroupForm,
}
_SERVICES: dict[str, Callable[..., MoreRoom]] = {
    Kind.SHIFTS: more_room.add_shifts,
    Kind.JOB_SHARE: more_room.share_places,
    Kind.TURNS: more_room.take_turns,
    Kind.SECOND_GROUP: more_room.ask_for_second_group,
}
_DONE: dict[str, str | Promise] = {
    Kind.SHIFTS: gettext_lazy("The drafts are here. Look each over, then send it."),
    Kind.JOB_SHARE: gettext_lazy("Two people can share a place now, and there are more places."),
    Kind.TURNS: gettext_lazy("People can take turns now, and there are more places."),
    Kind.SECOND_GROUP: gettext_lazy(
        "The volunteer centre has your question, and asks the other group."
    ),
}


class RoleMoreRoom(GroupRoleRequired, TemplateView):
    """What the group could do, and what it did."""

    template_name = "web/group/more_room/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = self.role.more_room.standing().select_related("other_group")
        return super().get_context_data(
            group=self.group,
            role=self.role,
            over_asked=in_words(self.role),
            done=done.prefetch_related("drafts"),
            **kwargs,
        )


class RoleMakeRoom(GroupRoleRequired, QuestionPage):
    """One proposal, looked over and done."""

    template_name = "web/group/more_room/do.html"
    button = gettext_lazy("Do this")
    kwargs: dict[str, Any]

    @cached_property
    def proposal(self) -> Proposal | None:
        found = over_asked.proposals_for(self.role)
        return found.proposal(self.kwargs["kind"]) if found else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.proposal else self._not_now()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.proposal else self._not_now()

    def _not_now(self) -> HttpResponse:
        messages.error(self.request, _("There is no need for this now."))
        return redirect(self.back())

    def get_form_class(self) -> type[RoomForm]:
        return _FORMS[self.kwargs["kind"]]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"proposal": self.proposal, "role": self.role}

    def perform(self, form: forms.Form) -> None:
        kind = self.kwargs["kind"]
        answers = cast(RoomForm, form).answers()
        _SERVICES[kind](opportunity=self.role, by=person_of(self.request), **answers)
        messages.success(self.request, str(_DONE[kind]))

    def back(self) -> str:
        return _address(self)

    def get_success_url(self) -> str:
        return _address(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal = cast(Proposal, self.proposal)
        return super().get_context_data(
            title=Kind(self.kwargs["kind"]).label,
            caption=self.role.title,
            what=more_room_words.what(proposal, self.role),
            brings=more_room_words.brings(proposal),
            told=more_room_words.told(proposal),
            kind=self.kwargs["kind"],
            **kwargs,
        )


class RoleRoomUndo(GroupRoleRequired, ActionButton):
    """Take one step back."""

    done = gettext_lazy("Undone.")
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        super().prepare()
        self.step = get_object_or_404(self.role.more_room, pk=self.kwargs["done"])

    def perform(self) -> None:
        more_room.undo(done=self.step, by=person_of(self.request))

    def next_page(self) -> str:
        return _address(self)


def in_words(role: Opportunity) -> dict[str, Any] | None:
    """How many more ask for a role than there are places, and what is proposed, in words; None
    where there is nothing to propose."""
    found = over_asked.proposals_for(role)
    if found is None:
        return None
    return {
        "asking": found.asking,
        "left": role.places_left,
        "proposals": [
            {
                "kind": proposal.kind,
                "title": proposal.kind.label,
                "what": more_room_words.what(proposal, role),
                "brings": more_room_words.brings(proposal),
                "address": reverse(
                    f"web:group-role-room-{proposal.kind}", args=[role.organisation_id, role.pk]
                ),
            }
            for proposal in found.proposals
        ],
    }


def _address(page: GroupRoleRequired) -> str:
    return reverse("web:group-role-more-room", args=[page.group.pk, page.role.pk])
