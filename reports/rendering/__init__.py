"""A frozen report → PDF and Word file. Pure: no database, no request; `document.py` says what a document holds."""
