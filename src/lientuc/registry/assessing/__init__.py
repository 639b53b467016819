"""What a unit does of the functions of its kind: stated on a phone, confirmed by who employs it (dispatch 2319, 1a)."""
