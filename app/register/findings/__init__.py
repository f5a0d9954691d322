"""What a contract's record lacks, and what the law or the council's settings ask of it: a file for each topic.

Importing the package declares them all.
"""

from app.register.findings import ahead as ahead
from app.register.findings import changes as changes
from app.register.findings import completing as completing
from app.register.findings import confirming as confirming
from app.register.findings import life as life
from app.register.findings import notices as notices
from app.register.findings import parties as parties
from app.register.findings import performance as performance
from app.register.findings import promises as promises
from app.register.findings import record as record
from app.register.findings import spend as spend
