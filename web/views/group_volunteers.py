"""Who is with a group in a role: since when, when next, who was there, the code at the door."""

import io
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from core import input as received
from core.errors import DomainError, NotFound
from placements import check_in, occasions, states, volunteering
from placements.disclosure import seen_by_group
from placements.models import Application, Attendance
from placements.occasions import Occasion
from placements.selectors import received_for
from placements.services import attendance, hours
from web.forms.fields import HoursField
from web.forms.volunteering import TheirHoursForm
from web.group_access import GroupsPeopleRequired, person_of
from web.views.page import QuestionPage

PER_PAGE = 25
#: So many times of a role are listed, to come and past; and past ones when earlier are asked for.
MOST_TIMES = 6
MOST_EARLIER = 100


class RoleVolunteers(GroupsPeopleRequired, TemplateView):
    """Everybody who has a place in a role, and its times."""

    template_name = "web/group/volunteers/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        placed = received_for(self.role).filter(state__in=sorted(states.PLACED))
        page = Paginator(placed.order_by("pk"), PER_PAGE).get_page(self.request.GET.get("page"))
        places = volunteering.placed_in(self.role, page.object_list, times=MOST_TIMES)
        rows = [(place, seen_by_group(place.application)) for place in places]
        has_all = "earlier" in self.request.GET
        lately = attendance.lately(self.role, most=MOST_EARLIER if has_all else MOST_TIMES)
        return super().get_context_data(
            group=self.group,
            role=self.role,
            page=page,
            rows=rows,
            ahead=attendance.said_of(self.role, occasions.ahead(self.role, most=MOST_TIMES)),
            lately=lately,
            may_be_earlier=not has_all and len(lately) == MOST_TIMES,
            open_hours=hours.open_for(self.group).count(),
            **kwargs,
        )


class OccasionRequired(GroupsPeopleRequired):
    """A page about one time of a role; gives `self.occasion`."""

    occasion: Occasion

    def prepare(self) -> None:
        super().prepare()
        try:
            self.occasion = occasions.named(self.role, self.kwargs["when"])
        except NotFound as error:
            raise Http404(error.message) from error


class RoleOccasion(OccasionRequired, TemplateView):
    """Who means to come; from its beginning on, who was there."""

    template_name = "web/group/volunteers/occasion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = attendance.at(self.occasion)
        rows = []
        for application in attendance.expected(self.occasion):
            row = known.get(application.pk)
            rows.append((application, seen_by_group(application).name, row))
        return super().get_context_data(
            group=self.group,
            role=self.role,
            occasion=self.occasion,
            rows=rows,
            choices=[(value, Attendance.State(value).label) for value in Attendance.RECORDED],
            needs_hours=self.occasion.minutes is None,
            open_hours=self._open_hours(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people = {
            int(name.removeprefix("person-")): str(value)
            for name, value in request.POST.items()
            if received.is_id(name.removeprefix("person-")) and name.startswith("person-") and value
        }
        try:
            recorded = attendance.record(
                occasion=self.occasion,
                people=people,
                minutes=self._minutes(),
                by=person_of(request),
            )
        except (DomainError, forms.ValidationError) as error:
            said = error.messages[0] if isinstance(error, forms.ValidationError) else error.message
            messages.error(request, said)
        else:
            messages.success(request, _said_of(recorded))
        return redirect(request.path)

    def _open_hours(self) -> int:
        """How many entries of this day wait that saving who was there does not confirm: people
        wrote them down themselves."""
        of_the_day = hours.open_for(self.group).filter(
            application__opportunity=self.role, day=self.occasion.day, attendance=None
        )
        return of_the_day.count() if self.occasion.has_begun else 0

    def _minutes(self) -> int | None:
        if self.occasion.minutes is not None:
            return None
        return HoursField(required=False).clean(self.request.POST.get("hours", ""))


class RoleCheckIn(OccasionRequired, TemplateView):
    """The code at the door, to show on a screen or to print."""

    template_name = "web/group/volunteers/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = check_in.code_of(self.occasion)
        address = settings.SITE_URL + reverse("web:check-in-code", args=[code])
        return super().get_context_data(
            group=self.group,
            role=self.role,
            occasion=self.occasion,
            code=f"{code[:3]} {code[3:]}",
            address=settings.SITE_URL + reverse("web:check-in"),
            picture=_picture(address),
            **kwargs,
        )


class RecordHours(GroupsPeopleRequired, QuestionPage):
    """Write down hours for somebody."""

    form_class = TheirHoursForm
    intro = gettext_lazy("They are confirmed at once. We tell the person, who can object.")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved. We told the person.")
    application: Application

    def prepare(self) -> None:
        super().prepare()
        self.application = get_object_or_404(
            received_for(self.role).filter(state__in=sorted(states.TAKEN_ON)),
            pk=self.kwargs["place_id"],
        )

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        hours.record(
            application=self.application,
            day=answers["day"],
            minutes=answers["hours"],
            what=answers["what"],
            by=person_of(self.request),
        )

    def back(self) -> str:
        return reverse("web:role-volunteers", args=[self.group.pk, self.role.pk])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = seen_by_group(self.application).name
        page = {
            "title": _("Write down hours for %(name)s") % {"name": name},
            "caption": self.role.title,
        }
        return super().get_context_data(**page | kwargs)


def _said_of(recorded: attendance.Recorded) -> str:
    if not recorded.changed:
        return _("Nothing has changed.")
    if not recorded.confirmed:
        return _("Saved. No hours are confirmed with it.")
    return ngettext(
        "Saved. The hours of %(count)s person are confirmed.",
        "Saved. The hours of %(count)s people are confirmed.",
        recorded.confirmed,
    ) % {"count": recorded.confirmed}


def _picture(address: str) -> str:
    """Give a QR code as SVG, black on white whatever the colours of the page."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=4, light="#fff", unit="", omitsize=True
    )
    return drawn.getvalue().decode()
