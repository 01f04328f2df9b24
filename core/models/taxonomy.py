"""The words people choose from: causes, activities, skills and languages.

The lists themselves are files in `core/taxonomy/data/`; `core.taxonomy.loading` keeps these tables
equal to them after every `migrate`.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import pgettext

#: How the UK Charity Activity Tags write a code: `AR`, `AR101`.
UKCAT_CODE = r"^[A-Z]{2}(\d{3})?$"
#: How the International Classification of Non-profit and Third Sector Organizations does: `A10`.
ICNPTSO_CODE = r"^[A-L]\d{2}$"


def name_in_words(name: str) -> str:
    """Give the name of an item in the language of whoever reads. Catalogues have all names of the
    lists (`config.translation.reading`)."""
    return pgettext("taxonomy", name)


class TaxonomyItem(models.Model):
    """One item of a list: a stable `code` for data, a `name` for people, a place in the list."""

    code = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the language of whoever reads."""
        return name_in_words(self.name)


class TermedItem(TaxonomyItem):
    """An item with the plain English words that people use for it, parted by `|`."""

    terms = models.TextField(blank=True, default="")

    class Meta(TaxonomyItem.Meta):
        abstract = True

    @property
    def term_list(self) -> list[str]:
        """The terms one by one, in the order of the list; empty when there are none."""
        return [term for term in self.terms.split("|") if term]


class Cause(TermedItem):
    """What the work is for. Two levels: a cause without `parent` is a heading and a choice too."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    ukcat_code = models.CharField(max_length=5, validators=[RegexValidator(UKCAT_CODE)])
    icnptso_code = models.CharField(max_length=3, validators=[RegexValidator(ICNPTSO_CODE)])

    class Meta(TermedItem.Meta):
        abstract = False


class Activity(TermedItem):
    """What people do in a role."""

    class Meta(TermedItem.Meta):
        abstract = False
        verbose_name_plural = "activities"


class Skill(TermedItem):
    """What a person can do, or can learn in a role."""

    class Meta(TermedItem.Meta):
        abstract = False


class Language(TaxonomyItem):
    """A language; `code` is ISO 639-1."""

    class Meta(TaxonomyItem.Meta):
        abstract = False


class UkcatTag(models.Model):
    """One row of the official list of UK Charity Activity Tags, where somebody loaded it."""

    code = models.CharField(max_length=5, unique=True, validators=[RegexValidator(UKCAT_CODE)])
    name = models.CharField(max_length=100)
    category = models.CharField(max_length=100)
    #: 1 for a category, 2 for a group of tags inside it, 3 for a tag.
    level = models.PositiveSmallIntegerField()
    #: One or more codes parted by `;`, or '' where the list gives none.
    icnptso_code = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("code",)
        verbose_name = "UKCAT tag"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
