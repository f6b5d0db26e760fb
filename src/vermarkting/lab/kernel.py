"""An IPython extension that our kernelspec names: what a lesson's cells import is there before the first one runs."""


def load_ipython_extension(_shell: object) -> None:
    """Called by IPython when the kernel starts."""
    from vermarkting import explorables, widgets  # noqa: F401
