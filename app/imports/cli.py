"""The imports room's commands."""

from flask.cli import AppGroup

group = AppGroup("imports", help="")
