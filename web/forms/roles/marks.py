"""The place under a field where marks on its words are shown."""

from crispy_forms_gds.layout import HTML


def marks_under(name: str) -> HTML:
    """A part of a form's layout: what `web.views.writing_page` has to say about this field."""
    return HTML(
        "{% include 'web/group/role/marks_here.html' with "
        f"name='{name}' marks=looked.marks.{name} %}}"
    )
