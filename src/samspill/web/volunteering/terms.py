"""How long things last, and from how many a number of persons is shown."""

import datetime

from samspill.web.municipality.matches import AFTER

OFFER_LASTS = datetime.timedelta(days=90)
REMINDED_BEFORE = datetime.timedelta(days=14)
"""Before an offer expires the person is asked whether it still stands."""
ERASED_AFTER = datetime.timedelta(days=30)
"""After an offer expired, or was declined, what is known of the person is erased."""
REMINDED_AFTER = datetime.timedelta(days=7)
"""An organisation that has not answered is asked once more."""
GIVEN_UP_AFTER = datetime.timedelta(days=14)
"""An organisation that has not answered is taken to have no room; the offer waits again."""
FOLLOWED_UP_AFTER = AFTER
"""After a gathering, or a match made without one, where no other day is agreed."""
SMALLEST_SHOWN = 5
"""Persons are told of to anyone in steps of this many."""
AN_HOUR = 3600
OFFERS_AN_HOUR = 20
"""From one address; a library or a reception centre may share one."""
