"""The decisions room's commands."""

from flask.cli import AppGroup

group = AppGroup("decisions", help="")
