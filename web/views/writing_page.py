"""A page with a form of a role; beside it, while it is written, marks on its words and who could do
it.
"""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matching.live_counts import asks_about_people, counts_for
from opportunities.models import Opportunity, Organisation
from opportunities.wording_marks import TEXT_FIELDS, Mark, marks_of_role
from web.forms.roles import RoleForm
from web.views.page import QuestionPage

#: The name of the button that asks without JavaScript.
LOOK = "look"
#: Fields that marks are put under.
_MARKED = frozenset({*TEXT_FIELDS, "weekly_slots", "maximum_age", "skills_needed"})


class WritingPage(QuestionPage):
    """Asked by htmx, or by the button, it says what there is to say of the answers as they stand,
    and saves nothing.
    """

    template_name = "web/group/role/write.html"
    group: Organisation

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form()
        if _is_typed(request):
            return render(request, "web/group/role/beside.html", self._beside(form))
        if LOOK in request.POST:
            page = self.get_context_data(form=form, looked=self._beside(form))
            return self.render_to_response(page)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form: RoleForm = kwargs.get("form") or self._form()
        page: dict[str, Any] = {
            "form": form,
            "can_count": _can_count(form),
            "can_mark": not _MARKED.isdisjoint(form.fields),
        }
        if "looked" not in kwargs:
            page["looked"] = self._beside(form)
        return super().get_context_data(**page | kwargs)

    @property
    def _saved(self) -> Opportunity | None:
        """The role that is being changed; None for a new one."""
        return getattr(self, "role", None)

    def _form(self) -> RoleForm:
        return cast(RoleForm, self.get_form())

    def _beside(self, form: RoleForm) -> dict[str, Any]:
        """Of what was typed; of what is saved where nothing was typed yet."""
        if form.is_bound:
            form.is_valid()
            answers = form.answers_so_far()
            marks = marks_of_role(answers)
        else:
            answers = {}
            # What is not said yet is no matter before somebody has begun.
            marks = [mark for mark in marks_of_role(dict(form.initial)) if mark.quote]
        by_field: dict[str, list[Mark]] = {name: [] for name in form.fields if name in _MARKED}
        for mark in marks:
            by_field.setdefault(mark.field, []).append(mark)
        return {
            "counts": counts_for(organisation=self.group, role=self._saved, fields=answers)
            if _can_count(form)
            else None,
            "marks": by_field,
        }


def only_looks(request: HttpRequest) -> bool:
    """Whether what was sent is only to be looked at, and nothing of it saved."""
    return _is_typed(request) or LOOK in request.POST


def _is_typed(request: HttpRequest) -> bool:
    """Whether the form is sent while it is written, for what stands beside it."""
    return bool(getattr(request, "htmx", False))


def _can_count(form: RoleForm) -> bool:
    """Whether an answer of this form changes who could do the role."""
    return asks_about_people(set(form.fields) | set(form.worked_out))
