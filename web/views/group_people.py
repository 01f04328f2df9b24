"""Who acts for a group: invite, let in, change, take off, leave; and how somebody joins."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.errors import NotAllowed, NotFound
from opportunities import policies
from opportunities.links import group_in
from opportunities.models import GroupInvitation, JoinRequest, Membership, Organisation
from opportunities.services import people
from web.access import SignedIn
from web.forms.base import PageForm
from web.forms.group_people import InviteForm, LeaveForm, MembershipForm
from web.group_access import GroupRequired, person_of
from web.views.page import ActionButton, QuestionPage

Role = Membership.Role


class GroupPeople(GroupRequired, TemplateView):
    """Everybody who acts for the group, who was invited, and who asks to join."""

    template_name = "web/group/people/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = list(self.group.memberships.select_related("user").order_by("created_at"))
        manages = policies.can_manage_people(person_of(self.request), self.group)
        asked = self.group.join_requests.waiting()
        return super().get_context_data(
            group=self.group,
            memberships=memberships,
            manages=manages,
            own=any(one.user_id == self.request.user.pk for one in memberships),
            invitations=self.group.invitations.standing() if manages else [],
            requests=asked.select_related("user") if manages else [],
            **kwargs,
        )


class PeopleManaged(GroupRequired):
    """A page for those who say who acts for the group."""

    kwargs: dict[str, Any]

    def prepare(self) -> None:
        try:
            policies.check_can_manage_people(person_of(self.request), self.group)  # type: ignore[attr-defined]  # a view
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error

    def people_address(self) -> str:
        return reverse("web:group-people", args=[self.group.pk])


class PersonInvite(PeopleManaged, QuestionPage):
    form_class = InviteForm
    title = gettext_lazy("Invite somebody to act for the group")
    button = gettext_lazy("Send the invitation")

    def perform(self, form: Form) -> None:
        people.invite(organisation=self.group, by=person_of(self.request), **form.cleaned_data)
        messages.success(
            self.request,
            _("We send an invitation to %(email)s.") % {"email": form.cleaned_data["email"]},
        )

    def back(self) -> str:
        return self.people_address()

    def get_success_url(self) -> str:
        return self.people_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, **kwargs)


class InvitationWithdraw(PeopleManaged, ActionButton):
    done = gettext_lazy("The invitation is taken back. Its link does not work any more.")
    invitation: GroupInvitation

    def prepare(self) -> None:
        super().prepare()
        standing = self.group.invitations.select_related("organisation")
        self.invitation = get_object_or_404(standing, pk=self.kwargs["invitation_id"])

    def perform(self) -> None:
        people.withdraw_invitation(invitation=self.invitation, by=person_of(self.request))

    def next_page(self) -> str:
        return self.people_address()


class RequestAnswer(PeopleManaged, ActionButton):
    """Let in somebody who asks to join, or not."""

    join_request: JoinRequest

    def prepare(self) -> None:
        super().prepare()
        asked = self.group.join_requests.select_related("organisation", "user")
        self.join_request = get_object_or_404(asked, pk=self.kwargs["request_id"])

    def perform(self) -> None:
        people.answer_request(
            request=self.join_request, by=person_of(self.request), accept=self.kwargs["accept"]
        )

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        if self.kwargs["accept"]:
            return _("They act for the group now. We told them.")
        return _("They do not act for the group. We told them.")

    def next_page(self) -> str:
        return self.people_address()


class PersonRequired(PeopleManaged):
    """A page about one person who acts for the group; gives `self.membership`."""

    membership: Membership

    def prepare(self) -> None:
        super().prepare()
        of_group = self.group.memberships.select_related("user", "organisation")
        self.membership = get_object_or_404(of_group, pk=self.kwargs["membership_id"])


class PersonChange(PersonRequired, QuestionPage):
    template_name = "web/group/people/change.html"
    form_class = MembershipForm
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.membership.role}

    def perform(self, form: Form) -> None:
        people.change_role(
            membership=self.membership, by=person_of(self.request), **form.cleaned_data
        )

    def back(self) -> str:
        return self.people_address()

    def get_success_url(self) -> str:
        return self.people_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=str(self.membership.user),
            caption=self.group.name,
            membership=self.membership,
            group=self.group,
            **kwargs,
        )


class PersonRemove(PersonRequired, QuestionPage):
    template_name = "web/group/people/remove.html"
    form_class = PageForm
    done = gettext_lazy("They no longer act for the group. We told them.")

    def perform(self, form: Form) -> None:
        people.remove(membership=self.membership, by=person_of(self.request))

    def back(self) -> str:
        return self.people_address()

    def get_success_url(self) -> str:
        return self.people_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Take %(person)s off the group?") % {"person": self.membership.user}
        return super().get_context_data(title=title, caption=self.group.name, **kwargs)


class GroupLeave(GroupRequired, QuestionPage):
    """Stop acting for a group. The last owner says who looks after it from now on."""

    template_name = "web/group/people/leave.html"
    form_class = LeaveForm
    title = gettext_lazy("Stop acting for this group")
    done = gettext_lazy("You no longer act for the group.")

    def prepare(self) -> None:
        if not self.group.memberships.filter(user=person_of(self.request)).exists():
            raise Http404

    @cached_property
    def heirs(self) -> QuerySet[Membership] | None:
        """Who can take over; None where nobody has to: there is another owner, or the group is
        stopped.
        """
        others = self.group.memberships.select_related("user").exclude(user=person_of(self.request))
        own = self.group.memberships.get(user=person_of(self.request))
        another_owner = others.filter(role=Role.OWNER, user__is_active=True).exists()
        stays_looked_after = another_owner or self.group.suspended_at is not None
        return None if own.role != Role.OWNER or stays_looked_after else others

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"heirs": self.heirs}

    def perform(self, form: Form) -> None:
        people.leave(
            organisation=self.group,
            user=person_of(self.request),
            hand_over_to=form.cleaned_data.get("hand_over_to"),
        )

    def back(self) -> str:
        return reverse("web:group-people", args=[self.group.pk])

    def get_success_url(self) -> str:
        return reverse("web:groups")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alone = self.heirs is not None and not self.heirs.exists()
        return super().get_context_data(
            caption=self.group.name, group=self.group, is_alone=alone, **kwargs
        )


class GroupJoin(SignedIn, QuestionPage):
    """Where the link of an invitation leads."""

    form_class = PageForm
    button = gettext_lazy("Yes, I will")
    group: Organisation

    @cached_property
    def invitation(self) -> GroupInvitation:
        try:
            return people.invitation_for(self.kwargs["invitation"])
        except NotFound as error:
            raise Http404(error.message) from error

    def perform(self, form: Form) -> None:
        self.group = people.accept_invitation(
            token=self.kwargs["invitation"], user=person_of(self.request)
        )

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return _("You act for %(group)s now.") % {"group": self.group.name}

    def get_success_url(self) -> str:
        return reverse("web:group-detail", args=[self.group.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {
            "group": self.invitation.organisation.name,
            "person": self.invitation.invited_by or _("Somebody"),
        }
        return super().get_context_data(
            title=_("Do you want to act for %(group)s?") % names,
            intro=_(
                "%(person)s asks you to help look after %(group)s: to write its roles and answer "
                "people who ask for them."
            )
            % names,
            **kwargs,
        )


class AskTakeBack(SignedIn, ActionButton):
    """No longer ask to act for a group."""

    done = gettext_lazy("Taken back. You no longer ask to act for the group.")

    def perform(self) -> None:
        people.take_request_back(request_id=self.kwargs["request_id"], user=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:groups")


class GroupAsk(SignedIn, QuestionPage):
    """Ask a group that is registered already to let one act for it."""

    form_class = PageForm
    title = gettext_lazy("Ask to act for this group")
    button = gettext_lazy("Ask them")

    @cached_property
    def group(self) -> Organisation:
        return get_object_or_404(Organisation, pk=group_in(self.kwargs["found"]) or 0)

    def perform(self, form: Form) -> None:
        people.ask_to_join(organisation=self.group, user=person_of(self.request))

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return _("We asked the people who look after %(group)s. You hear when they answer.") % {
            "group": self.group.name
        }

    def back(self) -> str:
        return reverse("web:group-register")

    def get_success_url(self) -> str:
        return reverse("web:groups")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = _(
            "The people who look after it see your name and say yes or no. If nobody does, the "
            "volunteer centre is asked."
        )
        return super().get_context_data(caption=self.group.name, intro=intro, **kwargs)
