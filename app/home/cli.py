"""The home room's commands."""

from flask.cli import AppGroup

group = AppGroup("home", help="")
