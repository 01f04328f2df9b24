"""The languages of the pages. Each calls itself by its own name.

A language is offered once its catalogue is complete for the pages of everybody, volunteers and
groups; tests/architecture/test_messages.py holds it to that.
"""

#: Languages that the service is to speak: those of many people in Harrow.
KNOWN = {
    "en-gb": "English",
    "gu": "ગુજરાતી",
    "ta": "தமிழ்",
    "hi": "हिन्दी",
    "ro": "Română",
    "pl": "Polski",
    "ar": "العربية",
}
#: Those besides English whose catalogue in web/locale is complete.
COMPLETE: tuple[str, ...] = ("gu", "ta", "hi", "ro", "pl", "ar")

LANGUAGES = [(code, name) for code, name in KNOWN.items() if code in ("en-gb", *COMPLETE)]
