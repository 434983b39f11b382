"""The desk: runs for many sessions at once, soon on a sample and then surely on the whole region."""

from viz.desk.answer import Answer, answer_of
from viz.desk.desk import Desk
from viz.desk.ticket import Standing, Ticket

__all__ = ["Answer", "Desk", "Standing", "Ticket", "answer_of"]
