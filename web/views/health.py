"""Is the service alive? For a monitor; no page, no session, no word about people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.outbox import health


@never_cache
@require_safe
def health_report(request: HttpRequest) -> JsonResponse:
    """Give 200 while the database answers, 503 otherwise.

    `work` says whether background jobs are done; pages go on without them, so that alone is no 503.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        problems = health.problems()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    return JsonResponse(
        {"status": "up", "database": "up", "work": "late" if problems else "up"}
        | ({"problems": problems} if problems else {})
    )
