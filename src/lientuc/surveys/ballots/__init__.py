"""Anonymous answers, one a person: blind signatures, printed ballots, and a box that shuffles before anything is readable."""
