"""A fictional council with everything in it: plain tables, dates laid around the financial year it is loaded in.

Nobody and no company here exists. It writes to every room, so it stands in the top one.
"""
