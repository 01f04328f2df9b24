"""What kind of browser and device somebody uses, as far as the browser says.

Names only, by which people know their own device again: no versions, no models. For that a short
table is enough; libraries that know every browser there ever was are for counting them.
"""

from typing import NamedTuple

#: A word in what the browser says (RFC 9110, 10.1.5) → the name. The first that is there counts:
#: browsers also name those that they are like.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


class Device(NamedTuple):
    """Names of a browser and of what it runs on; '' where they are not known."""

    browser: str
    system: str


def device_of(user_agent: str) -> Device:
    """Give the names that stand for what a browser says of itself."""

    def first(names: tuple[tuple[str, str], ...]) -> str:
        return next((name for word, name in names if word in user_agent), "")

    return Device(first(_BROWSERS), first(_SYSTEMS))
