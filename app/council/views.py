"""The council room's pages."""

from flask import Blueprint

bp = Blueprint("council", __name__)
