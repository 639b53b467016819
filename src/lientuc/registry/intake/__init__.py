"""Lists of staff as units send them: read, judged cell by cell, taken in one go or parked until cleaned."""
