"""Where a role stands on a person's list, and if it is not there, just what keeps it off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching import hiding, wording
from matching.models import Recommendation
from matching.recommender.items import NO_THRESHOLD, holding
from matching.selectors import RecommendedRoles, RoleFit, recommended_roles
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application
from volunteers.models import Volunteer


@dataclass(frozen=True)
class Barrier:
    """One thing that keeps a role off a list: the code of the rule that failed, or of what else it
    is, and the sentence to the person.

    Besides the rules (`matching.ranking.eligibility.RULE_CODES`): paused, hidden (they said that it
    is not for them), asked_before (they may ask again, and it is not recommended), being_made (the
    list is not there yet, or older than the profile or the role), many_wait (until the group
    answers), better_suited (the list is full of roles that suit them better).
    """

    code: str
    sentence: str


@dataclass(frozen=True)
class Standing:
    """`place` on the list, from 1, or None and at least one barrier."""

    place: int | None
    barriers: list[Barrier]


def standing_of(volunteer: Volunteer, role: Opportunity, fit: RoleFit) -> Standing:
    """Where this role stands on this person's list at the moment; `fit` as `fit_for` gives it.

    At most seven queries. Needs the role's group loaded.
    """
    if volunteer.paused_at is not None:
        words = _("You have paused, so you have no list now.")
        return Standing(None, [Barrier("paused", words)])
    listed = recommended_roles(volunteer)
    for item in listed.items:
        if item.opportunity.pk == role.pk:
            return Standing(item.rank, [])
    if hiding.is_hidden(volunteer, role):
        words = _("You hid this role, or all roles of this group.")
        return Standing(None, [Barrier("hidden", words)])
    barriers = _rules_that_fail(volunteer, role, fit)
    if not barriers and Application.objects.filter(volunteer=volunteer, opportunity=role).exists():
        barriers = [Barrier("asked_before", _("You have asked for this role before."))]
    barriers = barriers or [_no_rule_fails(volunteer, role, listed)]
    return Standing(None, barriers)


def _rules_that_fail(volunteer: Volunteer, role: Opportunity, fit: RoleFit) -> list[Barrier]:
    door = policies.door(volunteer, role)
    gates = [Barrier(gate.code, gate.sentence(door)) for gate in policies.closed_gates(door)]
    failed: Sequence[str] = fit.stored.get("failed", ())
    return gates + [
        Barrier(code, sentence)
        for code in failed
        if (sentence := wording.warning(code, volunteer, role, fit.km))
    ]


def _no_rule_fails(volunteer: Volunteer, role: Opportunity, listed: RecommendedRoles) -> Barrier:
    made = Recommendation.objects.filter(volunteer=volunteer)
    thresholds = list(made.values_list("threshold", flat=True))
    if not thresholds or listed.is_stale:
        return Barrier("being_made", _("Your list is being made. Look again in a minute."))
    if made.filter(role_ids__contains=holding(role.pk)).exists():
        return Barrier(
            "many_wait",
            _(
                "It suits you, but enough people are waiting for it just now. It comes back to "
                "your list when the group answers some of them."
            ),
        )
    if thresholds == [NO_THRESHOLD]:
        return Barrier(
            "being_made", _("It has opened or changed just now. Your list will follow in a moment.")
        )
    count = len(listed.items)
    return Barrier(
        "better_suited",
        ngettext(
            "Nothing speaks against it. %(count)s other role suits you better.",
            "Nothing speaks against it. %(count)s other roles suit you better.",
            count,
        )
        % {"count": count},
    )
