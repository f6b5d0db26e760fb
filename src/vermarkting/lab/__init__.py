"""The JupyterLab profile: how the module looks and comes to life in JupyterLab.

``jupyter/`` holds what every Jupyter of this environment finds (installed as shared data): the kernel ``vermarkting``
and the extension that brings a lesson to life. ``profile/`` holds the settings that only our own command uses.
"""
