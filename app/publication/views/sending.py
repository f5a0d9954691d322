"""Frozen files, as they are sent."""

from pathlib import Path

from flask import Response, abort, current_app, send_file

from app.core.errors import Refusal
from app.core.files import path_of
from app.publication.rules.periods import Period


def files_folder() -> Path:
    folder: Path = current_app.extensions["settings"].files_dir
    return folder


def sent(sha256: str, name: str, media_type: str) -> Response:
    """As an attachment; what the browser makes of it runs nothing."""
    kept = path_of(files_folder(), sha256)
    if not kept.exists():
        abort(404)
    answer = send_file(kept, mimetype=media_type, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def period_or_404(text: str) -> Period:
    try:
        return Period.parse(text)
    except Refusal:
        abort(404)
