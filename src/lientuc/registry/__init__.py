"""People, posts, licences, leave, providers' authority, functions, techniques."""
