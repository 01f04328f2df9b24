from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = "Matching"

    def ready(self) -> None:
        post_migrate.connect(forget_taxonomy, sender=self)


def forget_taxonomy(sender: AppConfig, **_kwargs: object) -> None:
    """The taxonomy is loaded after each `migrate`: what this process keeps of it may be old."""
    from matching.datasets import tags  # noqa: PLC0415  - needs the models, which come after apps

    tags.cache_clear()
