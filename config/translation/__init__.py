"""Messages and their translations: read from the code, kept in catalogues, compiled.

    python -m config.translation update     catalogues get new messages and lose old ones
    python -m config.translation compile    what is read at run time is made (`make setup` does it)
    python -m config.translation check      what each catalogue lacks

It needs no GNU gettext, so that it works wherever the service does. Catalogues are
`web/locale/LANGUAGE/LC_MESSAGES/django.po`.
"""
