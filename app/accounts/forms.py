"""Questions about people: signing in, setting a password."""

from app.core.forms import EmailField, PasswordField, QuestionForm, needed


class SignInForm(QuestionForm):
    email = EmailField("E-mail address", [needed("Enter your e-mail address")], autocomplete="username")
    password = PasswordField("Password", [needed("Enter your password")], autocomplete="current-password")


class SetPasswordForm(QuestionForm):
    password = PasswordField(
        "New password",
        [needed("Enter a new password")],
        hint="At least 12 characters. Three random words do well.",
        autocomplete="new-password",
    )
