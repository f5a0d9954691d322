"""The questions about documents."""

from pathlib import Path
from typing import Any

from app.core.forms import (
    FileField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    VersionedForm,
    answered,
    choices_of,
    needed,
)
from app.register.commands.documents import DocumentWanted, Sent
from app.register.file_kinds import ACCEPT, ENDINGS, MEGABYTE
from app.register.models import Document, DocumentKind

HINTS = {
    DocumentKind.SPECIFICATION: "What the service has to be and do",
    DocumentKind.CONTRACT: "The agreement itself",
    DocumentKind.VARIATION: "A change to it that was agreed",
    DocumentKind.DECISION: "The decision it rests on",
    DocumentKind.PLAN: "For example, a mobilisation, exit or business plan",
    DocumentKind.EVIDENCE: "What shows how it goes",
}


class AboutDocumentForm(VersionedForm):
    """What a document is."""

    title = TextField("What is it called?", [needed("Enter a title")])
    kind = RadiosField[DocumentKind](
        "What kind of document is it?", [needed("Choose a kind")], choices=choices_of(DocumentKind, hints=HINTS)
    )
    not_open = TickField("Only those entitled to exempt values may see that it is there and open it")


class DocumentForm(AboutDocumentForm):
    """A document to file."""

    url = TextField("Where can it be read?", hint="An address that begins with https://", max_length=1000)
    file = FileField("Or which file is it?", accept=ACCEPT)

    def to_command(self, folder: Path, megabytes: int) -> DocumentWanted:
        return DocumentWanted(
            kind=answered(self.kind),
            title=answered(self.title),
            url=self.url.data,
            sent=sent_in(self.file, folder, megabytes),
            not_open=bool(self.not_open.data),
        )


def sent_in(field: FileField, folder: Path, megabytes: int) -> Sent | None:
    """The file, read no further than a little over what is taken."""
    sent = field.data
    if sent is None:
        return None
    return Sent(sent.filename or "", sent.stream.read(megabytes * MEGABYTE + 1), folder, megabytes)


def said_limits(megabytes: int) -> str:
    return f"Up to {megabytes:,} MB, and one of these kinds: {ENDINGS}"


def new_form(version: int, megabytes: int, **more: Any) -> DocumentForm:
    form = DocumentForm(data={"version": version, **more})
    form.file.hint = said_limits(megabytes)
    return form


def about_form(document: Document, **more: Any) -> AboutDocumentForm:
    return AboutDocumentForm(
        version=document.version, title=document.title, kind=document.kind, not_open=document.not_open, **more
    )


class WithdrawDocumentForm(VersionedForm):
    """Why a document is taken out."""

    reason = LongTextField("Why?", [needed("Say why")], rows=3, max_length=1000)
