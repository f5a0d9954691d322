"""The dated settings that legal dates and confirmations rest on, read for a day."""

from datetime import date

from sqlalchemy.orm import Session

from app.council import settings
from app.council.queries import value_on
from app.register.confirming import ConfirmRule
from app.register.notices import Duties


def duties_on(session: Session, today: date) -> Duties:
    return Duties(
        details_days=value_on(session, settings.DETAILS_DAYS, today),
        details_days_light_touch=value_on(session, settings.DETAILS_DAYS_LIGHT_TOUCH, today),
        copy_days=value_on(session, settings.COPY_DAYS, today),
        copy_days_light_touch=value_on(session, settings.COPY_DAYS_LIGHT_TOUCH, today),
        termination_days=value_on(session, settings.TERMINATION_DAYS, today),
        payment_days=value_on(session, settings.PAYMENT_DAYS, today),
        assessment_months=value_on(session, settings.ASSESSMENT_MONTHS, today),
        standstill_days=value_on(session, settings.STANDSTILL_DAYS, today),
        indicators=value_on(session, settings.INDICATORS_LEAST, today),
        copy_over=value_on(session, settings.COPY_OVER, today),
        indicators_over=value_on(session, settings.INDICATORS_OVER, today),
        notifiable_from=value_on(session, settings.NOTIFIABLE_FROM, today),
        payment_over=value_on(session, settings.PAYMENT_OVER, today),
        warning_days=value_on(session, settings.LEGAL_WARNING, today),
    )


def confirm_rule_on(session: Session, today: date) -> ConfirmRule:
    return ConfirmRule(
        often=value_on(session, settings.CONFIRM_OFTEN, today),
        usual=value_on(session, settings.CONFIRM_MONTHS, today),
        ending=value_on(session, settings.CONFIRM_ENDING, today),
    )
