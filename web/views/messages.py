"""What the service has told a person."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from notifications.models import Notification
from notifications.services import inbox
from web.access import SignedIn

PER_PAGE = 20


class Messages(SignedIn, TemplateView):
    """The person's messages, newest first. What was shown counts as read from then on."""

    template_name = "web/messages/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Notification.objects.filter(recipient=request.user.pk)
        page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
        # Drawn from the rows as they were read: what is new says so this once.
        inbox.mark_read(shown)
        return self.render_to_response(self.get_context_data(page=page, shown=shown))
