"""A role on one page: what is left to say when it was begun from a template or an earlier role."""

from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Layout

from opportunities.models import Opportunity
from web.forms.roles.base import RoleForm
from web.forms.roles.marks import marks_under
from web.forms.roles.people import PeopleForm, SupportForm
from web.forms.roles.place import PlaceForm, with_place, with_postcode
from web.forms.roles.time import TimeForm
from web.forms.roles.work import WorkForm


class EssentialsForm(RoleForm):
    """The questions that differ from group to group; the rest is said already."""

    worked_out = ("from_home",)

    title = WorkForm.base_fields["title"]
    description = WorkForm.base_fields["description"]
    where = PlaceForm.base_fields["where"]
    postcode = PlaceForm.base_fields["postcode"]
    commitment = TimeForm.base_fields["commitment"]
    weekly_slots = TimeForm.base_fields["weekly_slots"]
    hours_a_week = TimeForm.base_fields["hours_a_week"]
    places = PeopleForm.base_fields["places"]
    supervision = SupportForm.base_fields["supervision"]
    expenses = SupportForm.base_fields["expenses"]

    def layout(self) -> Layout:
        return Layout(
            "title",
            marks_under("title"),
            Field.textarea("description", rows=10, max_characters=6000, threshold=75),
            marks_under("description"),
            "where",
            Field.text("postcode", field_width=Fixed.TEN),
            "commitment",
            Field("weekly_slots", template="components/fields/week.html"),
            marks_under("weekly_slots"),
            Field.text("hours_a_week", field_width=Fixed.THREE),
            Field.text("places", field_width=Fixed.THREE),
            Field.textarea("supervision", rows=3),
            marks_under("supervision"),
            "expenses",
            marks_under("expenses"),
        )

    @classmethod
    def answers_of(cls, role: Opportunity) -> dict[str, Any]:
        place = PlaceForm.answers_of(role)
        others = {
            name: getattr(role, name)
            for name in cls.base_fields
            if name not in {"where", "postcode"}
        }
        return {**others, "where": place["where"], "postcode": place["postcode"]}

    def clean(self) -> dict[str, Any]:
        super().clean()
        return with_postcode(self)

    def role_fields(self) -> dict[str, Any]:
        return with_place(super().role_fields())
