"""Bring roles in from a spreadsheet: a mapping of columns, rows checked one by one, one write."""
