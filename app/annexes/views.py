"""The annexes room's pages."""

from flask import Blueprint

bp = Blueprint("annexes", __name__)
