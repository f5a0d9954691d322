"""What a person chose for one import: kept as JSON with the run, read back typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from app.core.text import fold
from app.imports.answers import Answer, Answers
from app.imports.targets import Target


@dataclass(frozen=True)
class Choices:
    """The answers to patterns, the columns' meanings, and what to do with names the register does not know."""

    answers: Answers = field(default_factory=Answers)
    #: Directorates and providers the register lacks are made; services never.
    create_missing: bool = False
    #: A category becomes a service within its directorate or division.
    services_from_category: bool = False
    #: Arrangements suggested among the contracts it makes are made with them.
    confirm_arrangements: bool = False
    #: {"provider:name folded": "12", "unit:name folded": "division:3"}, as a person matched them.
    matches: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> Self:
        """Read what ``dump`` wrote."""
        return cls(
            Answers(
                patterns={code: Answer(word) for code, word in kept.get("patterns", {}).items()},
                columns={heading: Target(word) for heading, word in kept.get("columns", {}).items()},
                unit=kept.get("unit", ""),
                sheet=kept.get("sheet", ""),
                header_row=kept.get("header_row"),
            ),
            create_missing=bool(kept.get("create_missing")),
            services_from_category=bool(kept.get("services_from_category")),
            confirm_arrangements=bool(kept.get("confirm_arrangements")),
            matches=dict(kept.get("matches", {})),
        )

    def dump(self) -> dict[str, Any]:
        return {
            "patterns": {code: str(answer) for code, answer in self.answers.patterns.items()},
            "columns": {heading: str(target) for heading, target in self.answers.columns.items()},
            "unit": self.answers.unit,
            "sheet": self.answers.sheet,
            "header_row": self.answers.header_row,
            "create_missing": self.create_missing,
            "services_from_category": self.services_from_category,
            "confirm_arrangements": self.confirm_arrangements,
            "matches": dict(self.matches),
        }

    def over(self, kept: Mapping[str, str], columns: Mapping[str, str]) -> Self:
        """These choices, and beneath them what was kept for the source."""
        patterns = {code: Answer(word) for code, word in kept.items() if word in set(Answer)}
        matched = {name: place for name, place in kept.items() if name.startswith("unit:")}
        known = {heading: Target(word) for heading, word in columns.items() if word in set(Target)}
        answers = replace(
            self.answers,
            patterns={**patterns, **self.answers.patterns},
            columns={**known, **self.answers.columns},
        )
        return replace(self, answers=answers, matches={**matched, **self.matches})

    def matched(self, kind: str, name: str) -> str:
        return self.matches.get(f"{kind}:{fold(name)}", "")
