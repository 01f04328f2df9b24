"""Who reads the statistics through the API, and who acts on them; nobody else finds an address."""

from typing import Any

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from api.people import person
from insights import policies

_READING = ("GET", "HEAD")


class OfStatistics(APIView):
    """An address for the delivery group, the volunteer centre and administrators to read, and for
    the first and the last to act on; for anybody else there is nothing."""

    permission_classes = [IsAuthenticated]
    #: Whether only those who may act may read.
    is_for_steering = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = request.method or ""
        if method == "OPTIONS" or not hasattr(self, method.lower()):
            # A wrong method is one for everybody.
            return
        if method in _READING and not self.is_for_steering:
            policies.check_can_read(person(request))
        else:
            policies.check_can_steer(person(request))


class OfSteering(OfStatistics):
    """An address for the delivery group and administrators alone."""

    is_for_steering = True
