"""Which people the demonstration made; the row of each goes with the person."""

from core.personal_data import mentions

mentions("demonstration.Loading", made_people="the link goes with the person")
