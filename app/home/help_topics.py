"""The pages of help, and the words by which the search finds them."""

from dataclasses import dataclass

from app.core.text import words


@dataclass(frozen=True)
class Topic:
    title: str
    url: str
    about: str = ""


TOPICS = (
    Topic("Finding things", "/help#finding", "search filter sort download saved views columns start page bookmark"),
    Topic("Dates and money", "/help#dates", "financial year quarter pounds day month write"),
    Topic("Three values of a contract", "/help#values", "awarded current maximum options VAT"),
    Topic("What is coming", "/help#coming", "proposals key decision lead time forthcoming dismiss accept"),
    Topic("Changes", "/help#changes", "history undo withdrawn conflict versions"),
    Topic("Who may do what", "/help#roles", "permissions roles administrator rights"),
    Topic("The rules of importing", "/import/rules", "import spreadsheet csv excel template columns"),
    Topic("Accessibility statement", "/accessibility", "keyboard screen reader wcag"),
)


def topics_found(terms: list[str]) -> list[Topic]:
    """Topics that hold every word, the last one perhaps unfinished."""
    return [topic for topic in TOPICS if _holds(words(f"{topic.title} {topic.about}"), terms)]


def _holds(there: list[str], terms: list[str]) -> bool:
    return all(term in there for term in terms[:-1]) and any(word.startswith(terms[-1]) for word in there)
