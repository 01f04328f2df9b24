"""What is known of the small mail server of `conftest.py`."""

from dataclasses import dataclass, field


@dataclass
class MailServer:
    """What it answers to an address (RCPT), whether it hangs up at once, whose mail it took."""

    answer: str = "250 OK"
    is_away: bool = False
    taken: list[str] = field(default_factory=list)
