"""For whom the addresses of the administration pages are, as audiences.py says it of the others."""

from tests.architecture.routes import Route, form, page

#: Rows that the administration pages show. None is added here.
ADMIN_ROWS = (
    "accounts/auditentry",
    "accounts/user",
    "axes/accessattempt",
    "axes/accessfailurelog",
    "axes/accesslog",
    "core/activity",
    "core/cause",
    "core/fact",
    "core/language",
    "core/skill",
    "matching/allocationplan",
    "matching/invitation",
    "matching/learnedweights",
    "matching/modelversion",
    "matching/rankingrun",
    "notifications/notification",
    "opportunities/opportunity",
    "opportunities/organisation",
    "placements/application",
    "volunteers/volunteer",
)
#: Those that can be changed (staff roles, with an audit entry) and deleted (to unlock somebody).
ADMIN_CHANGEABLE = frozenset({"accounts/user", "axes/accessattempt"})
ADMIN_DELETABLE = frozenset({"axes/accessattempt"})


def _routes() -> dict[str, Route]:
    routes = {
        "administration/": form("administrators"),
        "administration/login/": form("administration_login"),
        "administration/logout/": Route(get="administration_logout", post="anyone"),
        "administration/password_change/": form("administrators"),
        "administration/password_change/done/": page("administrators"),
        "administration/autocomplete/": Route(get="administrators_403"),
        "administration/jsi18n/": page("administrators"),
        "administration/r/<path:content_type_id>/<path:object_id>/": form("administrators_404"),
        "administration/(?P<url>.*)$": Route(get="administrators_404", path="administration/x/"),
    }
    for rows in ADMIN_ROWS:
        one = f"administration/{rows}/<path:object_id>"
        changes = "administrators" if rows in ADMIN_CHANGEABLE else "administrators_403"
        deletes = "administrators" if rows in ADMIN_DELETABLE else "administrators_403"
        routes |= {
            f"administration/{rows}/": form("administrators"),
            f"administration/{rows}/add/": form("administrators_403"),
            f"{one}/": form("administrators", rows),
            f"{one}/history/": form("administrators", rows),
            f"{one}/change/": Route(get="administrators", post=changes, subject=rows),
            f"{one}/delete/": Route(get=deletes, post=deletes, subject=rows),
        }
    return routes


#: The addresses of the administration pages.
ADMINISTRATION = _routes()
