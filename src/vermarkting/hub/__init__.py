"""A class on one server: JupyterHub with real accounts, set up by the folder that ``vermarkting klas`` is given.

In that folder stand ``klas.toml`` (the settings, written by people), ``hub/`` (what JupyterHub keeps, for root) and
``uitwisseling/`` (nbgrader's exchange, where hand-ins arrive).
"""
