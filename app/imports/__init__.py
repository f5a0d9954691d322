"""Import: a list comes in, every row accounted for. Nothing here may load Flask: the reading child imports it.

The pure half, in the order a file passes through it. It knows no web, no database and no clock.

1. ``reading.read(path, name=..., limits=Limits(...)) -> Workbook``
   A CSV, XLSX, XLSM, XLS or ODS, read in a child process with bounded memory and time. Raises ``reading.FileRefused``
   (a ``Refusal`` of one line: the command's exit 2) for a file that cannot be used at all. ``Workbook.warnings`` are
   for the person. Rows keep the number they have in a spreadsheet, cells keep their text.
2. ``headings.find_list(workbook, answers, columns) -> found.FoundList``
   Finds sheet, heading row and columns. ``columns`` is {index: Target}, a person's choices, and comes before
   ``Answers.columns`` ({heading or letter: Target}), which a source keeps. Each ``MappedColumn`` says its target, how,
   why, and three samples. ``headings.refuse_unusable(found, name)`` raises FileRefused for a list without titles, or of
   payments: call it where nobody can choose columns. ``profiling.profile(found)`` counts texts and shapes by column
   (with pandas: in a job or behind a button, never in a list page).
3. ``understanding.understand(found, answers) -> Understanding``
   ``rows``: a ``RowUnderstood`` for each row, with its original cells, ``contract`` (a ``ContractRow`` of typed fields;
   what is empty says nothing and erases nothing), ``outcome``, ``problems``, ``held_by``, ``pounds`` and ``key``.
   ``left_out``: what is no row of the list, with the reason. ``patterns``: each question once, with count, examples
   and the answer that counts. ``counts`` and ``pounds`` add up.
4. ``KnownNames(names).exact(name) / .near(name)`` of ``app.register.similar``: names that may be one provider's, for
   a person to choose.

Answers (``answers.Answers``; a file of them is read by ``load_answers`` and written by ``dump_answers``) are JSON::

    {
      "patterns": {"no_end": "no_end", "no_end:current_end_on:rolling": "hold", "unreadable:sme": "blank"},
      "columns": {"Agreement label": "title", "F": "unit"},
      "unit": "Corporate Resources",
      "sheet": "Register",
      "header_row": 4
    }

A pattern is named by kind, by "kind:target", or by "kind:target:text"; the closest counts (``PatternKey.codes``).
``answers.QUESTIONS`` holds each question's words, what may be answered, and first the answer that stands until
another is given. Only nought ("the value is not known"), an unsaid basis ("for the whole contract") and dates over 30
years ahead ("no end date", "not known") go on unanswered; everything else holds its rows, and what cannot be read
refuses them. The last five kinds (changed value, later end, edited since, unknown unit, unknown provider) are not
asked here: they arise where a row meets the register.

What counts as a row read: every row below the headings, except blank ones (``blank_rows``) and those in ``left_out``
(headings again, nothing but noughts; with them stand the titles above the headings, which are no rows either).
Totals, notes and headings of groups are read and refused, with their pounds: they look like contracts to whoever adds
the column up. Pounds of a row: what its value cell prints (the high end of a range), else its annual value; below
nought it counts below nought. ``value_repeats_row`` names an earlier *ready* row with the same reference, title,
start and value under another provider: its pounds are "repeated". If that row is later held or refused by the
register, the first repeat takes its place.

A row's key is ``source + RowKey.code``: folded reference (or notice id), a hash of folded title, provider and start,
and the occurrence in the file. Where ``contract.register_id`` is given it wins.
"""
