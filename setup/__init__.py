"""How a machine becomes able to run the house.

Only the standard library: these scripts run before anything is installed.
Each prints one plain line a step.
"""
