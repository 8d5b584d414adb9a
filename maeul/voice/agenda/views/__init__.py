"""Pages, a file for each who comes: readers, speakers, staff."""
