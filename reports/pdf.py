"""Annexes as a tagged PDF, made from the HTML document."""

from reports.annex_set import AnnexSet
from reports.html import to_html


def to_pdf(annexes: AnnexSet) -> bytes:
    """Print the HTML document. Slow and large beyond a thousand rows: run it as a job."""
    import weasyprint

    document = weasyprint.HTML(string=to_html(annexes), url_fetcher=_nothing_else)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _nothing_else(url: str) -> dict[str, object]:
    """The document needs no other file, and text in it may not make the server fetch one."""
    message = f"A report fetches nothing: {url}"
    raise ValueError(message)
