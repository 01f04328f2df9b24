"""What is known of the small mail server of `conftest.py`."""

from dataclasses import dataclass, field
from threading import Event


@dataclass
class MailServer:
    """What it answers to an address (RCPT), whether it hangs up at once or says nothing at all,
    how often it was asked, whose mail it took.
    """

    answer: str = "250 OK"
    is_away: bool = False
    is_silent: bool = False
    asked: int = 0
    taken: list[str] = field(default_factory=list)
    #: What each mail said, headers and all, as the taken.
    said: list[str] = field(default_factory=list)
    #: Set when the test is over.
    over: Event = field(default_factory=Event)
