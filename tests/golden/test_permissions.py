"""The table of permissions in the documents is the one the program keeps."""

import os
from pathlib import Path

import pytest
from flask import Flask

from app.accounts import permissions

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_the_page_of_permissions_says_what_the_program_does(app: Flask) -> None:
    """Changed on purpose? `make golden`, and read the difference."""
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(permissions.markdown(app), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == permissions.markdown(app)


def test_the_command_prints_it_as_a_page_and_as_a_list(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["accounts", "permissions", "--markdown"]).output == permissions.markdown(app)
    listed = runner.invoke(args=["accounts", "permissions"]).output
    assert "/admin/people,GET,manage people and their roles,where the role holds,yes,," in listed
