"""The demonstration's one password; shown on the sign-in page while, and only while, the demo council is loaded."""

DEMO_PASSWORD = "purple-harbour-lantern"  # noqa: S105 - meant to be known
