"""The register's questions, in the council's words: one module a subject."""
