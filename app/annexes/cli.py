"""The annexes room's commands."""

from flask.cli import AppGroup

group = AppGroup("annexes", help="")
