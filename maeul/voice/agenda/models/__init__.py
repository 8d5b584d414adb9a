from maeul.voice.agenda.models.item import STAFF, AgendaItem
from maeul.voice.agenda.models.joining_in import Offer, Support
from maeul.voice.agenda.models.photo import Photo
from maeul.voice.agenda.models.uptake import Uptake

__all__ = ["STAFF", "AgendaItem", "Offer", "Photo", "Support", "Uptake"]
