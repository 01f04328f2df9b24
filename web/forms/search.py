"""What a person looks for among the roles. Its answers stand in the page's address."""

from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.models import Activity, Cause
from core.places import postcodes
from core.places.postcodes import Location
from core.week import DAY_CODES, PART_CODES, day_name, part_name
from opportunities.models import Opportunity
from opportunities.search.addresses import MILES, slots_of
from opportunities.search.criteria import SearchCriteria
from web.forms.base import PageForm


def _causes() -> list[tuple[str, Any]]:
    groups: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for cause in Cause.objects.all():
        if cause.parent_id is None:
            everything = _now("%(cause)s: all") % {"cause": cause.label}
            groups[cause.pk] = (cause.label, [(cause.code, everything)])
        else:
            groups[cause.parent_id][1].append((cause.code, cause.label))
    return [("", _now("Any")), *groups.values()]


def _activities() -> list[tuple[str, str]]:
    return [("", _now("Any")), *((one.code, one.label) for one in Activity.objects.all())]


class SearchForm(PageForm):
    """`home` is where distances count from when the person gives no postcode."""

    q = forms.CharField(
        label=_("What would you like to do?"),
        help_text=_("For example gardening, children, food bank"),
        required=False,
        max_length=200,
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    miles = forms.TypedChoiceField(
        label=_("Distance"),
        choices=[("", _("Any distance")), *((n, _("Up to %s miles") % n) for n in MILES)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    cause = forms.ChoiceField(label=_("For"), required=False)
    activity = forms.ChoiceField(label=_("Doing"), required=False)
    place = forms.ChoiceField(
        label=_("In person or from home"),
        choices=[("", _("Both")), ("there", _("In person")), ("home", _("From home"))],
        required=False,
    )
    commitment = forms.ChoiceField(
        label=_("How often"),
        choices=[("", _("Any")), ("regular", _("Regularly")), ("one_off", _("Once"))],
        required=False,
    )
    day = forms.MultipleChoiceField(
        label=_("Days"),
        choices=lambda: [(code, day_name(day)) for day, code in enumerate(DAY_CODES)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    part = forms.MultipleChoiceField(
        label=_("Time of day"),
        choices=lambda: [(code, part_name(part)) for part, code in enumerate(PART_CODES)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    age = forms.IntegerField(
        label=_("Your age"),
        help_text=_("To leave out roles that are for older or younger people"),
        required=False,
        min_value=0,
        max_value=120,
        error_messages={"invalid": _("Enter your age in years, for example 34.")},
    )
    access = forms.MultipleChoiceField(
        label=_("What the place has to have"),
        choices=Opportunity.Access.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    full = forms.BooleanField(label=_("Also show roles that are full"), required=False)
    closed = forms.BooleanField(label=_("Also show roles that are closed"), required=False)
    exact = forms.BooleanField(required=False, widget=forms.HiddenInput)
    view = forms.ChoiceField(
        choices=[("", ""), ("map", "")], required=False, widget=forms.HiddenInput
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Best match first")),
            ("newest", _("Newest first")),
            ("nearest", _("Nearest first")),
            ("closing", _("Closing soonest first")),
            ("places", _("Most places left first")),
        ],
        required=False,
    )

    #: Fields that the page keeps folded away, so that results are not far down on a phone.
    FOLDED = (
        *("cause", "activity", "place", "commitment", "age"),
        *("day", "part", "access", "full", "closed"),
    )

    def __init__(self, *args: Any, home: Location | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        self.near = home
        # Read once, though the page looks at them twice.
        self.fields["cause"].choices = _causes()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["activity"].choices = _activities()  # type: ignore[attr-defined]  # likewise
        self._name_first_order()

    def _name_first_order(self) -> None:
        """Without words there is no best match: then the newest come first, said once."""
        if str(self.data.get("q", "")).strip():
            return
        # An address from a search with words may say "newest", which means the same.
        first = "newest" if self.data.get("order") == "newest" else ""
        order: Any = self.fields["order"]
        order.choices = [(first, _("Newest first")), *order.choices[2:]]

    def layout(self) -> Layout:
        small = {"checkboxes_small": True}
        return Layout(
            Field.text("q"),
            Field.text("postcode", field_width=Fixed.TEN),
            "miles",
            *(Field(name, context=small) for name in (*self.FOLDED, "order")),
        )

    def clean_postcode(self) -> str:
        text: str = self.cleaned_data["postcode"]
        if text:
            self.near = postcodes.locate(text)
            if self.near is None:
                raise forms.ValidationError(
                    _now("We cannot find this postcode. Check it, for example HA1 2XY.")
                )
            return self.near.postcode
        return text

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.near is None and "postcode" in answers:
            if answers.get("miles"):
                self.add_error("postcode", _now("Enter a postcode to search by distance."))
            elif answers.get("order") == "nearest":
                self.add_error("postcode", _now("Enter a postcode to see the nearest first."))
        return answers

    @property
    def folded_in_use(self) -> int:
        """How many of the folded fields narrow or widen the search."""
        return sum(bool(self[name].data) for name in self.FOLDED)

    @property
    def is_folded_wrong(self) -> bool:
        """Whether there is a mistake in one of them, so that they have to be seen."""
        return any(name in self.errors for name in self.FOLDED)

    def criteria(self) -> SearchCriteria:
        """Give the search; a field with a mistake in it does not narrow it."""
        answers: dict[str, Any] = getattr(self, "cleaned_data", {})
        near = self.near if "postcode" in answers else self.home
        place = answers.get("place")
        return SearchCriteria(
            text=answers.get("q", ""),
            exact=answers.get("exact", False),
            causes=_one(answers.get("cause")),
            activities=_one(answers.get("activity")),
            from_home={"home": True, "there": False}.get(place or ""),
            commitment=answers.get("commitment", ""),
            slots=slots_of(answers.get("day", ()), answers.get("part", ())),
            near=near,
            within_miles=answers.get("miles") if near else None,
            age=answers.get("age"),
            access=tuple(answers.get("access", ())),
            places_left=not answers.get("full"),
            with_closed=answers.get("closed", False),
            order=answers.get("order", ""),
        )


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()
