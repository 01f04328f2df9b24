"""One role: what it is, how it fits whoever looks, and how likely a place is."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.generic import TemplateView

from core.clock import now
from matching.models import Impression, Suggestion
from matching.recommender.live_rule import enough_have_asked
from matching.recommender.odds import answer_of
from matching.selectors import fit_for, suggestions_to
from matching.services import impressions
from matching.why_not import standing_of
from matching.wording import chance_of_an_answer, wish
from opportunities.models import Opportunity, RoleSkill, Session
from opportunities.offers import certain_offers
from opportunities.policies import can_act_for
from opportunities.selectors import open_roles_like
from placements import policies, queues
from placements.models import Application, WaitingListEntry
from placements.services import blocks
from placements.services.catching_up import MOST_LATE
from placements.states import Mover
from placements.time_limits import ANSWER_WITHIN
from volunteers.models import Volunteer
from web.access import volunteer_of
from web.role_access import roles_seen_by
from web.where_to_change import gates_with_addresses

Access = Opportunity.Access


#: So many open roles are shown instead of one that is closed.
LIKE_IT = 3


class RoleDetail(TemplateView):
    """The page of a role. Of one that is over it says so, with open ones like it: people come by a
    link or a poster. It is gone (410) to search engines.
    """

    template_name = "web/role/detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            over = Opportunity.objects.over().select_related("organisation")
            role = over.filter(pk=kwargs["role"]).first()
            if role is None:
                raise
            like = open_roles_like(role, most=LIKE_IT)
            context = {"role": role, "like": like}
            page = render(request, "web/role/closed.html", context, status=HTTPStatus.GONE)
            # It may be opened again at the same address.
            patch_cache_control(page, no_cache=True)
            return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = get_object_or_404(_for_detail(roles_seen_by(self.request)), pk=kwargs.pop("role"))
        volunteer = volunteer_of(self.request)
        return super().get_context_data(
            role=role,
            is_public=role.is_public,
            acts_for_group=can_act_for(self.request.user, role.organisation),
            skills=_by_need(role),
            offers=_offers(role),
            answering=chance_of_an_answer(*answer_of(role.organisation)),
            access=[Access(code).label for code in role.access if code in Access.values],
            waiting=partial(queues.waiting_for, role),
            kept_places=partial(queues.kept_places, role),
            most_late=MOST_LATE,
            answer_within=ANSWER_WITHIN.days,
            next_address=f"{reverse('account_login')}?next={self.request.path}",
            **(self._for_volunteer(volunteer, role) if volunteer else {}),
            **kwargs,
        )

    def _for_volunteer(self, volunteer: Volunteer, role: Opportunity) -> dict[str, Any]:
        if role.is_public:
            impressions.opened(volunteer, role, surface=Impression.Surface.PAGE)
        fit = fit_for(volunteer, role)
        return {
            "volunteer": volunteer,
            "fit": fit,
            "gates": gates_with_addresses(fit, volunteer, role),
            "has_blocked": blocks.has_blocked(
                Mover.VOLUNTEER, volunteer=volunteer, organisation=role.organisation
            ),
            "standing": standing_of(volunteer, role, fit) if role.is_public else None,
            "enough_have_asked": role.is_public and enough_have_asked(role),
            "can_wait": policies.can_wait_for(policies.door(volunteer, role)),
            "offer": queues.live_offers_of(volunteer).filter(opportunity=role).first(),
            "suggestion": suggestions_to(volunteer)
            .filter(opportunity=role, state=Suggestion.State.SENT, answer_by__gt=now())
            .first(),
            "entry": WaitingListEntry.objects.live()
            .filter(volunteer=volunteer, opportunity=role)
            .first(),
            "application": _latest(volunteer, role),
        }


def _latest(volunteer: Volunteer, role: Opportunity) -> Application | None:
    return Application.objects.filter(volunteer=volunteer, opportunity=role).first()


def _for_detail(roles: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    coming = Session.objects.filter(ends_at__gt=now()).order_by("starts_at")
    return roles.select_related("organisation").prefetch_related(
        "causes",
        "activities",
        "languages",
        Prefetch("role_skills", queryset=RoleSkill.objects.select_related("skill")),
        Prefetch("sessions", queryset=coming, to_attr="upcoming_sessions"),
    )


def _offers(role: Opportunity) -> list[str]:
    """Give what the role lets people do for themselves, such as "meet people"."""
    needs = {link.need for link in role.role_skills.all()}
    offered = certain_offers(
        role.offers,
        activities={activity.code for activity in role.activities.all()},
        teaches=RoleSkill.Need.GAINED in needs,
        from_home=role.from_home,
    )
    return [wish(code) for code in offered]


def _by_need(role: Opportunity) -> dict[str, list[str]]:
    """Give the names of the role's skills under needed, useful and gained."""
    names: dict[str, list[str]] = {need.value: [] for need in RoleSkill.Need}
    for link in role.role_skills.all():
        names[link.need].append(link.skill.label)
    return names
