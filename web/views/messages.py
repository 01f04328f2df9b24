"""What the service has told a person."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from notifications.models import Notification
from notifications.services import inbox
from web.access import SignedIn
from web.group_access import person_of
from web.views.page import ActionButton

PER_PAGE = 20


class Messages(SignedIn, TemplateView):
    """The person's messages, newest first. What was shown counts as read from then on."""

    template_name = "web/messages/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Notification.objects.filter(recipient=request.user.pk)
        new = mine.filter(read_at=None).count()
        only_new = request.GET.get("show") == "new"
        if only_new:
            mine = mine.filter(read_at=None)
        page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
        # Drawn from the rows as they were read: what is new says so this once.
        inbox.mark_read(shown)
        return self.render_to_response(
            self.get_context_data(page=page, shown=shown, new=new, only_new=only_new)
        )


class MessagesRead(SignedIn, ActionButton):
    """Nothing is new any more."""

    done = _("All messages are marked as read.")

    def perform(self) -> None:
        inbox.mark_all_read(person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:messages")
