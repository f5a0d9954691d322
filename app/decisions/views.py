"""The decisions room's pages."""

from flask import Blueprint

bp = Blueprint("decisions", __name__)
