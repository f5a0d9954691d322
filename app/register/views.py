"""The register room's pages."""

from flask import Blueprint

bp = Blueprint("register", __name__)
