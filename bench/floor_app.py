"""The least a page could do: bare Flask, raw sqlite3, the same rows joined as text. Never part of the product."""

import os
import sqlite3

from flask import Flask

app = Flask(__name__)
PAGE = (
    "SELECT title, reference, current_end_on, current_high FROM contract "
    "WHERE withdrawn_at IS NULL ORDER BY title_key, id LIMIT 25"
)


@app.get("/floor")
def floor() -> str:
    with sqlite3.connect(os.environ["BENCH_FILE"]) as connection:
        rows = connection.execute(PAGE).fetchall()
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<!doctype html><title>Floor</title><table>{cells}</table>"
