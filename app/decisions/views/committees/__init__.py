"""Committees' pages: a member's own, requests, work programmes, meetings, agendas, packs, what came of them."""

from app.decisions.views.committees import agendas as agendas
from app.decisions.views.committees import asking as asking
from app.decisions.views.committees import extract as extract
from app.decisions.views.committees import meetings as meetings
from app.decisions.views.committees import mine as mine
from app.decisions.views.committees import outcomes as outcomes
from app.decisions.views.committees import packs as packs
from app.decisions.views.committees import panels as panels
from app.decisions.views.committees import requests as requests
