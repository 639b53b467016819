"""Lists of units from a file: read, judged cell by cell, entered at once, undone while nobody refers to them."""
