"""A group: its registration, its home, the people who act for it."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from core.clock import LONDON, today
from insights.selectors import over_asked, prospectuses
from insights.selectors.yearly_question import answer_of, put_to
from matching.wording import how_it_answers
from opportunities import policies
from opportunities.models import JoinRequest, Opportunity, Organisation
from opportunities.services import organisations
from placements.answering import roles_with_waiting
from placements.selectors import unread_of_group
from placements.services import hours
from web.access import SignedIn
from web.forms.groups import GroupChangeForm, answers_of
from web.forms.registration import STEPS, RegistrationStep
from web.group_access import GroupRequired, person_of
from web.prospectus_words import kind_of
from web.views.page import QuestionPage

Status = Opportunity.Status
#: So many roles are on one page of a group's home.
ROLES_PER_PAGE = 20
#: So many prospectuses that wait are shown on a group's home, the newest first.
MOST_PROSPECTUSES = 2


class GroupList(SignedIn, ListView):
    """The groups a person acts for, and those that they ask to; with one alone, straight to it."""

    template_name = "web/group/list.html"
    context_object_name = "groups"

    def get_queryset(self) -> Any:
        return Organisation.objects.of(self.request.user.pk).order_by("name")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        groups = self.get_queryset()[:2]
        if len(groups) == 1 and not self.asked.exists():
            return redirect("web:group-detail", group_id=groups[0].pk)
        return super().get(request, *args, **kwargs)

    @property
    def asked(self) -> QuerySet[JoinRequest]:
        waiting = JoinRequest.objects.waiting().filter(user=self.request.user.pk)
        return waiting.select_related("organisation").order_by("created_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = [(one, one.created_at.astimezone(LONDON).date()) for one in self.asked]
        return super().get_context_data(asked=asked, **kwargs)


class GroupRegister(SignedIn, QuestionPage):
    """Register a group in three steps. What was answered is kept for the visit: whoever comes back
    goes on where they were.
    """

    template_name = "web/group/register.html"
    title = gettext_lazy("Register your group")
    group: Organisation | None = None
    _KEPT = "group-registration"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            if self.step not in STEPS:
                raise Http404
            if before := [name for name in self._order[: self._number] if name not in self._kept]:
                return redirect(_step_address(before[0]))
        return super().dispatch(request, *args, **kwargs)

    @property
    def step(self) -> str:
        return str(self.kwargs.get("step", self._order[0]))

    @property
    def _order(self) -> list[str]:
        return list(STEPS)

    @property
    def _number(self) -> int:
        return self._order.index(self.step)

    @property
    def _kept(self) -> dict[str, dict[str, Any]]:
        kept: dict[str, dict[str, Any]] = self.request.session.get(self._KEPT, {})
        return kept

    def get_form_class(self) -> type[RegistrationStep]:
        return STEPS[self.step]

    def get_initial(self) -> dict[str, Any]:
        return self._kept.get(self.step, {})

    def perform(self, form: Form) -> None:
        answers = self._kept | {self.step: cast(RegistrationStep, form).answers()}
        self.request.session[self._KEPT] = answers
        if self.step != self._order[-1]:
            return
        person = person_of(self.request)
        fields = {name: value for step in self._order for name, value in answers[step].items()}
        self.group = organisations.register(user=person, by=person, **fields)
        del self.request.session[self._KEPT]
        messages.success(self.request, _("%(group)s is registered.") % {"group": self.group.name})

    def back(self) -> str:
        if self._number:
            return _step_address(self._order[self._number - 1])
        return reverse("web:start")

    def get_success_url(self) -> str:
        if self.group is not None:
            return reverse("web:group-detail", args=[self.group.pk])
        return _step_address(self._order[self._number + 1])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number, of = self._number + 1, len(STEPS)
        last = number == of
        return super().get_context_data(
            caption=_("Step %(number)s of %(of)s") % {"number": number, "of": of},
            is_first=number == 1,
            asks_for_number=self.step == "place",
            button=_("Register the group") if last else _("Save and continue"),
            **kwargs,
        )


def _step_address(step: str) -> str:
    if step == next(iter(STEPS)):
        return reverse("web:group-register")
    return reverse("web:group-register-step", args=[step])


class GroupDetail(GroupRequired, TemplateView):
    """The group's home: how it stands, what to do next, its roles page by page; closed ones where
    they are asked for.
    """

    template_name = "web/group/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = roles_with_waiting(self.group)
        to_do = list(roles.filter(Q(waiting__gt=0) | Q(status=Status.DRAFT)))
        number = self.group.opportunities.aggregate(
            all=Count("pk"), closed=Count("pk", filter=Q(status=Status.CLOSED))
        )
        shows_closed = self.request.GET.get("roles") == "closed"
        listed = roles.filter(status=Status.CLOSED) if shows_closed else _shown_first(roles)
        page = Paginator(listed, ROLES_PER_PAGE).get_page(self.request.GET.get("page"))

        def among(*statuses: Status) -> list[Opportunity]:
            return [role for role in page.object_list if role.status in statuses]

        manages = policies.can_manage_people(person_of(self.request), self.group)
        question = put_to(self.group)
        has_answered = question is not None and bool(answer_of(question, self.group))
        return super().get_context_data(
            group=self.group,
            shown=among(Status.OPEN, Status.FULL),
            unfinished=among(Status.DRAFT, Status.IN_REVIEW),
            closed=among(Status.CLOSED),
            page=page,
            shows_closed=shows_closed,
            number_closed=number["closed"],
            drafts=[role for role in to_do if role.status == Status.DRAFT],
            waiting=sorted(filter(_waiting_since, to_do), key=_waiting_since),
            unread=[] if self.group.suspended_at else unread_of_group(self.group),
            hours_to_confirm=hours.open_for(self.group).count(),
            asking_to_join=self.group.join_requests.waiting().count() if manages else 0,
            answering=how_it_answers(self.group),
            prospectuses=[
                {"prospectus": one, "kind": kind_of(one)}
                for one in prospectuses.waiting_of(self.group)[:MOST_PROSPECTUSES]
            ],
            yearly_question=None if has_answered else question,
            has_answered=has_answered,
            over_asked=over_asked.over_asked(self.group.opportunities.all()),
            is_new=not number["all"],
            checked_by=policies.checked_by(self.group),
            is_late=policies.checked_by(self.group) < today(),
            **kwargs,
        )


class GroupUpdate(GroupRequired, QuestionPage):
    form_class = GroupChangeForm
    title = gettext_lazy("Change what people read about the group")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return answers_of(self.group)

    def perform(self, form: Form) -> None:
        organisations.update(
            organisation=self.group, by=person_of(self.request), **form.cleaned_data
        )

    def back(self) -> str:
        return reverse("web:group-detail", args=[self.group.pk])

    def get_success_url(self) -> str:
        return self.back()


def _shown_first(roles: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Those that are not closed, what people can see before what is not shown yet."""
    is_shown = Q(status__in=[Status.OPEN, Status.FULL])
    by_kind = Case(When(is_shown, then=0), default=1)
    return roles.exclude(status=Status.CLOSED).order_by(by_kind, F("waiting").desc(), "title", "pk")


def _waiting_since(role: Opportunity) -> Any:
    return role.waiting_since  # type: ignore[attr-defined]  # annotated by roles_with_waiting
