"""When it is done."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fieldset, Fixed, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.clock import LONDON
from opportunities.models import Opportunity
from web.forms.fields import DayField, WeekField, WholeNumberField
from web.forms.roles.base import RoleForm
from web.forms.roles.marks import marks_under

Commitment = Opportunity.Commitment
_DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y"]
_TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]


class TimeForm(RoleForm):
    commitment = forms.ChoiceField(
        label=_("How often do people come?"),
        choices=(
            Choice(
                Commitment.REGULAR, _("Regularly"), hint=_("For example every week or every month.")
            ),
            Choice(Commitment.ONE_OFF, _("Once"), hint=_("For a day, or for an event.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often people come.")},
    )
    weekly_slots = WeekField(
        label=_("At which times of the week?"),
        help_text=_(
            "Tick every time that would do; one person need not come to all. Leave it empty if "
            "any time suits, or if it is only on certain dates: those come next."
        ),
    )
    hours_a_week = WholeNumberField(
        label=_("About how many hours a week is it for one person? (optional)"),
        required=False,
        min_value=1,
        max_value=40,
        error_messages={
            "min_value": _("Enter a number of hours from 1 to 40."),
            "max_value": _("Enter a number of hours from 1 to 40."),
        },
    )
    closes_on = DayField(
        label=_("Until when can people ask for it? (optional)"),
        help_text=_("The role closes by itself after this day. For example, 27 3 2027."),
        required=False,
    )

    def layout(self) -> Layout:
        return Layout(
            "commitment",
            Field("weekly_slots", template="components/fields/week.html"),
            marks_under("weekly_slots"),
            Field.text("hours_a_week", field_width=Fixed.THREE),
            "closes_on",
        )


class DatesForm(RoleForm):
    """Dated sessions, one row each. Rows left empty count for nothing, so that emptying one takes
    its date out. `rows` says how many rows the page had."""

    worked_out = ("sessions",)
    EMPTY_ROWS = 3
    MOST_ROWS = 60

    repeat = forms.ChoiceField(
        label=_("Does the last date come again? (optional)"),
        help_text=_("Say “every week” and until when, and you need not type each date."),
        choices=(("", _("No")), ("1", _("Every week")), ("2", _("Every two weeks"))),
        required=False,
    )
    repeat_until = forms.DateField(
        label=_("Until when?"),
        required=False,
        input_formats=_DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)

    def __init__(self, *args: Any, more: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self._rows_shown()
        if more:
            # The page with more rows, and what was typed so far.
            self.initial = {
                **{name: self.data[name] for name in self.data},
                "rows": shown + self.EMPTY_ROWS,
            }
            self.is_bound = False
            shown = min(self.MOST_ROWS, shown + self.EMPTY_ROWS)
        self.initial["rows"] = shown
        for row in range(shown):
            self.fields |= _row_fields(row)
        self.row_count = shown

    def _rows_shown(self) -> int:
        if not self.is_bound:
            return int(self.initial.get("rows", self.EMPTY_ROWS))
        try:
            sent = int(self.data.get("rows", ""))
        except ValueError:
            sent = 1
        return min(self.MOST_ROWS, max(1, sent))

    def layout(self) -> Layout:
        rows = [
            Fieldset(
                Field(f"day_{row}", css_class="govuk-input"),
                Field(f"starts_{row}", css_class="govuk-input"),
                Field(f"ends_{row}", css_class="govuk-input"),
                legend=_now("Date %(number)s") % {"number": row + 1},
                legend_size="s",
                css_class="hv-dates",
            )
            for row in range(self.row_count)
        ]
        return Layout("rows", *rows, "repeat", Field.text("repeat_until", field_width=Fixed.TEN))

    @classmethod
    def answers_of(cls, role: Opportunity) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        sessions = list(role.sessions.all())
        for row, session in enumerate(sessions):
            start, end = session.starts_at.astimezone(LONDON), session.ends_at.astimezone(LONDON)
            answers |= {
                f"day_{row}": start.date(),
                f"starts_{row}": start.time(),
                f"ends_{row}": end.time(),
            }
        return {**answers, "rows": min(cls.MOST_ROWS, len(sessions) + cls.EMPTY_ROWS)}

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for row in range(self.row_count):
            self._check_row(row, answers)
        if answers.get("repeat"):
            self._check_repeat(answers)
        return answers

    def role_fields(self) -> dict[str, Any]:
        rows = (_times(self.cleaned_data, row) for row in range(self.row_count))
        sessions = [times for times in rows if times is not None]
        return {"sessions": [*sessions, *self._repeated(sessions)]}

    def _repeated(
        self, sessions: list[tuple[datetime, datetime]]
    ) -> list[tuple[datetime, datetime]]:
        """The last date again and again, at the same time by the clock in London."""
        weeks, until = self.cleaned_data.get("repeat"), self.cleaned_data.get("repeat_until")
        if not (weeks and until and sessions):
            return []
        again = []
        starts, ends = (moment.replace(tzinfo=None) for moment in max(sessions))
        step = timedelta(weeks=int(weeks))
        while (starts := starts + step).date() <= until:
            ends += step
            again.append((starts.replace(tzinfo=LONDON), ends.replace(tzinfo=LONDON)))
        return again

    def _check_repeat(self, answers: Mapping[str, Any]) -> None:
        days = [answers[f"day_{row}"] for row in range(self.row_count) if answers.get(f"day_{row}")]
        until = answers.get("repeat_until")
        if not days:
            self.add_error("repeat", _now("Enter the first date above."))
        elif until is None:
            if "repeat_until" not in self.errors:
                self.add_error("repeat_until", _now("Enter until when it comes again."))
        elif until <= max(days):
            self.add_error("repeat_until", _now("This has to be after the last date above."))
        elif len(days) + (until - max(days)).days // (7 * int(answers["repeat"])) > self.MOST_ROWS:
            self.add_error(
                "repeat_until",
                _now("That is more than %(count)s dates. Enter an earlier day.")
                % {"count": self.MOST_ROWS},
            )

    def _check_row(self, row: int, answers: Mapping[str, Any]) -> None:
        names = (f"day_{row}", f"starts_{row}", f"ends_{row}")
        if any(name in self.errors for name in names):
            return
        values = {name: answers.get(name) for name in names}
        if not any(value is not None for value in values.values()):
            return
        sentences = (
            _now("Enter the day."),
            _now("Enter when it starts."),
            _now("Enter when it ends."),
        )
        for (name, value), sentence in zip(values.items(), sentences, strict=True):
            if value is None:
                self.add_error(name, sentence)
        starts, ends = values[names[1]], values[names[2]]
        if starts is not None and ends is not None and ends <= starts:
            self.add_error(names[2], _now("The end has to be after the start."))


def _row_fields(row: int) -> dict[str, forms.Field]:
    clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return {
        f"day_{row}": forms.DateField(
            label=_("Day"),
            required=False,
            input_formats=_DAY_FORMATS,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        ),
        f"starts_{row}": forms.TimeField(
            label=_("Starts"),
            required=False,
            input_formats=_TIME_FORMATS,
            widget=clock,
        ),
        f"ends_{row}": forms.TimeField(
            label=_("Ends"),
            required=False,
            input_formats=_TIME_FORMATS,
            widget=clock,
        ),
    }


def _times(answers: Mapping[str, Any], row: int) -> tuple[datetime, datetime] | None:
    """Give start and end of a row by the clock in London, None for an empty row."""
    day: date | None = answers[f"day_{row}"]
    if day is None:
        return None
    starts: time = answers[f"starts_{row}"]
    ends: time = answers[f"ends_{row}"]
    return (
        datetime.combine(day, starts, tzinfo=LONDON),
        datetime.combine(day, ends, tzinfo=LONDON),
    )
