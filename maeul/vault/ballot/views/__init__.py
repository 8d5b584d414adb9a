"""Pages of the ballot box: for everybody, for electors, for officers."""
