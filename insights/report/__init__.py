"""The annual report: one set of contents, as a page, a PDF and a workbook.

`contents.report` gives what it says; `document.pdf_of` and `workbook.workbook_of` write it. All
numbers come from the selectors that the pages read, so that none differs from theirs.
"""
