"""Mail and texts that this machine keeps instead of sending: in a local installation only."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from notifications.models import Notification, SealedMail, SentMail, SentText

PER_PAGE = 25


class LocalOnly:
    """Does not exist where mail is really sent."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.LOCAL_OUTBOX:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # before a View


class Outbox(LocalOnly, TemplateView):
    template_name = "web/outbox/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = Paginator(SentMail.objects.defer("text", "html"), PER_PAGE)
        # What is ready and not sent yet: soon, in the morning, or with a digest.
        waiting = Notification.objects.filter(email_state__in=["waiting", "digest"]).count()
        waiting += SealedMail.objects.count()
        return super().get_context_data(
            page=sent.get_page(self.request.GET.get("page")), waiting=waiting, **kwargs
        )


class OutboxTexts(LocalOnly, TemplateView):
    template_name = "web/outbox/texts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = Paginator(SentText.objects.all(), PER_PAGE)
        return super().get_context_data(page=sent.get_page(self.request.GET.get("page")), **kwargs)


class OutboxMail(LocalOnly, TemplateView):
    template_name = "web/outbox/mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = get_object_or_404(SentMail, pk=kwargs.pop("mail"))
        return super().get_context_data(mail=mail, **kwargs)
