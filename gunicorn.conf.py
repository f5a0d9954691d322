"""How gunicorn serves the register: read by itself wherever it starts in this folder; a flag overrules it."""

workers = 2
#: Browsers open connections ahead of need, and a worker without threads would wait on them.
threads = 4
#: Seconds. A workbook of a whole large register takes longer than gunicorn's own 30.
timeout = 180
