"""How gunicorn serves the register: read by itself wherever it starts in this folder; a flag overrules it."""

import gc

workers = 2
#: Browsers open connections ahead of need, and a worker without threads would wait on them.
threads = 4
#: Seconds. A workbook of a whole large register takes longer than gunicorn's own 30.
timeout = 180


def post_worker_init(_worker: object) -> None:
    """Leave what the app loaded out of every later search for garbage: none of it ever becomes any."""
    gc.collect()
    gc.freeze()
