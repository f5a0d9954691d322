"""What the home room's pages hang on, whichever of its folders they stand in."""

from flask import Blueprint

bp = Blueprint("home", __name__, cli_group=None)
