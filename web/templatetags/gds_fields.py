"""One field of a form in the pattern of GOV.UK, where a page lays a form out by itself."""

from crispy_forms_gds.layout import Size
from django import template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_gds(field: BoundField) -> SafeString:
    """Draw the field with its label, hint and errors."""
    return render_to_string(
        "gds/field.html",
        {
            "field": field,
            "template_pack": "gds",
            "form_show_labels": True,
            "form_show_errors": True,
            "label_size": Size.for_label(Size.SMALL),
            "legend_size": Size.for_legend(Size.SMALL),
            "checkboxes_small": True,
        },
    )
