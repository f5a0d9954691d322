"""The annexes of a directorate business plan: rows in, documents out. Knows no web server, no database and no clock.

Everything about how an annex reads is decided here: columns, order, groups, totals, footnotes, and what an open edition
leaves out. A caller only fetches rows, in any order, exempt and embargoed ones too:

    AnnexSet(                        reports.annex_set
        context=Context(...),        reports.context: council, directorate (None: all of them), year (2015 for 2015-16),
                                     as_at, threshold, edition (open or exempt), status, version, prepared_by ...
        services=(Annex1Row...),     every service; ``contracts`` holds its rows of Annex 2, smaller ones are counted
        commissioned=(Annex2Row...), what passes the annex threshold, an arrangement once
        forthcoming=(Annex3Row...),  confirmed key decisions over the threshold inside the horizon, undated ones too
        agreements=(Annex4Row...),   service level agreements with trading companies
        statements=(Annex5Statement...), commitments=(Annex5Row...),
        notes=("...",),              remarks on the whole set
        gaps=(Gap...),               the data quality sheet of a draft
        annexes=(1, 2, 3, 4, 5),     which of them this round prints
    )

What the parts of a row mean (``reports.values``):

- ``unit``: the directorate and division, with their places in the structure chart; a blank division comes last.
- ``Money(low, high)``: exact pounds. ``Money(x)`` is one figure, ``Money()`` a figure not known (``why_blank`` is
  the reason); ``None`` in its place means that no such figure applies. ``at_least``: an option has no value.
  ``withheld=Withheld("Sch 12A para 3", band)`` marks it exempt: always pass the amount itself; the open edition drops
  it, and every other amount of the same contract, before anything is added.
- ``ref``: what other annexes point to. It must be unique within the set: where the council's own reference is blank or
  repeated, make one ("R123"). Other rows' ``ref``, ``agreement_ref``, ``contract_ref``, ``changes`` use it.
- ``value`` of a ``ServiceContract`` is the ``total`` of its Annex 2 row, so that both annexes add up to the same sum;
  ``counted_elsewhere`` under any service but the lead one.
- ``per_year`` on an activity keeps an annual estimate out of sums of whole-life ones.
- ``contract_ref`` on an agreement means that Annex 2 prints it too and counts its money.
- ``length``, ``basis`` and other texts come ready, in words; posts, never people.
- ``embargoed_until``: an open edition leaves the row out until that day, and says how many it left out.
- ``record``: the path of the row's page ("/contracts/12"); only ``reports.html.fragments`` links to it.

Then ``reports.files.files(annexes, Format.XLSX)`` gives named files in any format, and
``reports.html.fragments(annexes)[2]`` the section that a page of the product embeds. Lists of any length are downloaded
through ``reports.listing``. A new annex is a module with a row dataclass and a ``table`` function, and a line in
``reports.catalogue``.
"""
