"""The annexes of a directorate business plan: rows in, documents out. Knows no web server, no database and no clock.

A caller fetches rows as the frozen dataclasses ``Annex1Row`` to ``Annex5Row``, puts them with a ``Context`` into an
``AnnexSet``, and hands it to a writer. Everything about how an annex reads is decided here: columns, order, grouping,
totals, footnotes, and what an open edition leaves out. So rows may come in any order, exempt and embargoed ones too.
"""
