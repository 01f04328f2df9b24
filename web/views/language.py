"""Choose the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import View

from accounts.services import people

_A_YEAR = 365 * 24 * 60 * 60


class ChooseLanguage(View):
    """Keeps the choice in a cookie, and for whoever is signed in with their account, so that mail
    comes in it too. A language that is not offered changes nothing.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(self._next_page(request))
        language = request.POST.get("language", "")
        if language not in dict(settings.LANGUAGES):
            return response
        if request.user.is_authenticated:
            people.choose_language(user=request.user, language=language, by=request.user)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response

    @staticmethod
    def _next_page(request: HttpRequest) -> str:
        address = request.POST.get("next", "")
        ours = url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return address if ours else "/"
