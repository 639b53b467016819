"""The workforce review (dispatch 2319/BYT-K2ĐT, point 1a): asked in `asking`, answered in `answer`, frozen in `freezing`."""
