"""A file per kind of page: everywhere (search, a matter), the village, mine."""
