"""Spending a fixed sum on projects: one module a rule."""
