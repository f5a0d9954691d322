"""The register room's commands."""

from flask.cli import AppGroup

group = AppGroup("register", help="")
