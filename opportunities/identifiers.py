"""Registration numbers of groups, in org-id form (org-id.guide). Plain Python."""

import re

from opportunities.models import Organisation

Form = Organisation.LegalForm

CHARITY_ENGLAND = "GB-CHC"
COMPANY = "GB-COH"
CHARITY_SCOTLAND = "GB-SC"
CHARITY_NORTHERN_IRELAND = "GB-NIC"

_PATTERNS: dict[str, re.Pattern[str]] = {
    CHARITY_ENGLAND: re.compile(r"\d{6,7}"),
    COMPANY: re.compile(r"(?:\d{8}|(?:SC|NI|OC|IP|RS)\d{6})"),
    CHARITY_SCOTLAND: re.compile(r"SC\d{6}"),
    CHARITY_NORTHERN_IRELAND: re.compile(r"(?:NIC)?1\d{5}"),
}
_CHARITY_FIRST = (CHARITY_ENGLAND, CHARITY_SCOTLAND, CHARITY_NORTHERN_IRELAND)
#: Registers that a number may be from, the likelier one first.
_REGISTERS: dict[str, tuple[str, ...]] = {
    Form.CHARITY: _CHARITY_FIRST,
    Form.CIO: _CHARITY_FIRST,
    Form.FAITH: (*_CHARITY_FIRST, COMPANY),
    Form.CIC: (COMPANY,),
    Form.SOCIAL_ENTERPRISE: (COMPANY, *_CHARITY_FIRST),
    Form.UNINCORPORATED: _CHARITY_FIRST,
    Form.PUBLIC: (),
}


def org_id(number: str, legal_form: str) -> str | None:
    """Give the org-id identifier of a number as a person wrote it, '' for none, None if wrong.

    A complete identifier ("GB-CHC-1234567") is taken too. A CIO's dummy company number, which
    begins with CE, is no company number and is refused: its charity number is asked for.
    """
    plain = re.sub(r"[\s.]", "", number).upper()
    if not plain:
        return ""
    for register, pattern in _PATTERNS.items():
        if plain.startswith(f"{register}-"):
            rest = plain.removeprefix(f"{register}-")
            return plain if pattern.fullmatch(rest) else None
    for register in _REGISTERS.get(legal_form, ()):
        if _PATTERNS[register].fullmatch(plain):
            digits = plain.removeprefix("NIC") if register == CHARITY_NORTHERN_IRELAND else plain
            return f"{register}-{digits}"
    return None
