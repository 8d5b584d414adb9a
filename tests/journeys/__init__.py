"""Whole ways through the site, walked in a real browser: `make journey NAME=year`."""
