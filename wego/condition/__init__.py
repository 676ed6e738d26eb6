"""How the house is: one line for everything that must be well, each saying what to do when not.

The page System, Today and `manage.py doctor` show the same lines.
"""
