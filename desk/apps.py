from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "The volunteer centre’s desk"

    def ready(self) -> None:
        from core.outbox.followers import follow  # noqa: PLC0415  # models are loaded by now
        from desk import untold  # noqa: PLC0415  # likewise
        from notifications.services import failing  # noqa: PLC0415  # likewise

        follow(
            "notification.created",
            given_up=failing.mail_failed,
            tried_again=untold.mail_again,
            put_off=failing.mail_is_late,
        )
        follow(
            "digest.due",
            given_up=failing.digest_failed,
            tried_again=untold.mail_digest_again,
        )
