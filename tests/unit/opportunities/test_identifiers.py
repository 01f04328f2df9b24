"""Registration numbers in org-id form."""

import pytest

from opportunities.identifiers import org_id


@pytest.mark.parametrize(
    ("number", "legal_form", "identifier"),
    [
        ("", "charity", ""),
        ("1234567", "charity", "GB-CHC-1234567"),
        ("123 456", "cio", "GB-CHC-123456"),
        ("12345678", "cic", "GB-COH-12345678"),
        ("12345678", "charity", None),
        ("sc012345", "charity", "GB-SC-SC012345"),
        ("SC012345", "social_enterprise", "GB-COH-SC012345"),
        ("NIC100123", "charity", "GB-NIC-100123"),
        ("100123", "charity", "GB-CHC-100123"),
        ("GB-COH-12345678", "charity", "GB-COH-12345678"),
        ("GB-CHC-12", "charity", None),
        ("CE012345", "cio", None),
        ("CE012345", "social_enterprise", None),
        ("1234567", "public", None),
        ("hello", "charity", None),
        ("1234567; DROP TABLE", "charity", None),
    ],
)
def test_org_id(number: str, legal_form: str, identifier: str | None) -> None:
    assert org_id(number, legal_form) == identifier
