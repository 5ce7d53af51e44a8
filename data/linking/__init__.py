"""What each role requires, linked from its task statements to published skill statements.

``python -m data.linking`` rebuilds our own part of the starter data from the pinned data
packages: ``data/starter/links`` (requirements), ``data/starter/similar`` (likeness between
roles) and ``data/starter/kin.csv`` (kinship between statements). It runs when the starter
data are renewed, never when the product serves. ``docs/requirements.md`` tells the method.
"""
