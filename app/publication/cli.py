"""``flask publication``: the council's registers as files."""

from flask.cli import AppGroup

group = AppGroup("publication", help="The files the council must publish of its register.")
