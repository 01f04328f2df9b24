from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from core.outbox.followers import follow  # noqa: PLC0415  # models are loaded by now
        from notifications.services import failing  # noqa: PLC0415  # likewise

        follow(
            "notification.created",
            given_up=failing.mail_failed,
            tried_again=failing.mail_is_on_its_way,
        )
        follow(
            "digest.due",
            given_up=failing.digest_failed,
            tried_again=failing.digest_is_on_its_way,
        )
