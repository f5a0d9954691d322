"""The register room's pages: one module a subject, attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("register", __name__)

from app.register import findings as findings  # noqa: E402 - declares what needs doing
from app.register import posts as posts  # noqa: E402 - declares where the register names a post
from app.register.views import agreements as agreements  # noqa: E402
from app.register.views import approvals as approvals  # noqa: E402
from app.register.views import arrangements as arrangements  # noqa: E402
from app.register.views import assigning as assigning  # noqa: E402
from app.register.views import bulk as bulk  # noqa: E402
from app.register.views import confirming as confirming  # noqa: E402
from app.register.views import contract_acts as contract_acts  # noqa: E402
from app.register.views import contract_after as contract_after  # noqa: E402
from app.register.views import contract_forms as contract_forms  # noqa: E402
from app.register.views import contract_panels as contract_panels  # noqa: E402
from app.register.views import contract_record as contract_record  # noqa: E402
from app.register.views import contracts as contracts  # noqa: E402 - the pages hang themselves on bp
from app.register.views import control_tests as control_tests  # noqa: E402
from app.register.views import documents as documents  # noqa: E402
from app.register.views import in_house_units as in_house_units  # noqa: E402
from app.register.views import measures as measures  # noqa: E402
from app.register.views import merging as merging  # noqa: E402
from app.register.views import monitoring_panels as monitoring_panels  # noqa: E402
from app.register.views import notices as notices  # noqa: E402
from app.register.views import performance as performance  # noqa: E402
from app.register.views import provider_groups as provider_groups  # noqa: E402
from app.register.views import providers as providers  # noqa: E402
from app.register.views import reassigning as reassigning  # noqa: E402
from app.register.views import service_levels as service_levels  # noqa: E402
from app.register.views import service_life as service_life  # noqa: E402
from app.register.views import services as services  # noqa: E402
from app.register.views import social_value as social_value  # noqa: E402
from app.register.views import social_value_acts as social_value_acts  # noqa: E402
from app.register.views import spend as spend  # noqa: E402
from app.register.views import tags as tags  # noqa: E402
