"""Where each address leads."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# Administrators sign in where everybody does: with the second step, and behind the same limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Looked through in this order: what is told by its first word comes before the many pages.
urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/", include("api.urls")),
    path("administration/", admin.site.urls),
    path("", include("web.urls")),
]
