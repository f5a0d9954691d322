"""Annexes as a tagged PDF, made from the HTML document; and what every PDF is printed by."""

from reports.annex_set import AnnexSet
from reports.html import to_html

PDF_VARIANT = "pdf/ua-1"


def to_pdf(annexes: AnnexSet) -> bytes:
    """Print the HTML document. Slow and large beyond a thousand rows: run it as a job."""
    import weasyprint

    document = weasyprint.HTML(string=to_html(annexes), url_fetcher=fetch_nothing)
    return bytes(document.write_pdf(pdf_variant=PDF_VARIANT))


def fetch_nothing(url: str) -> dict[str, object]:
    """The document needs no other file, and text in it may not make the server fetch one."""
    message = f"A report fetches nothing: {url}"
    raise ValueError(message)
