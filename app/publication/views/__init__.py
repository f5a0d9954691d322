"""What is published, before and after: attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("publication", __name__)
