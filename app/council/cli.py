"""The council room's commands."""

from flask.cli import AppGroup

group = AppGroup("council", help="")
