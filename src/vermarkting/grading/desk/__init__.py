"""Where a lecturer marks by hand: one question across all students, and formgrader, made safe and in Dutch.

``nbgrader_config.py`` calls :func:`install`.
"""

from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

from vermarkting.grading.desk import dutch, formgrader, handlers

__all__ = ["install"]


def install() -> None:
    """Put the desk beside formgrader, and our page in formgrader. May be called again."""
    formgrader.install()
    if getattr(FormgradeExtension.init_handlers, "ours", False):
        return
    stock = FormgradeExtension.init_handlers

    def init_handlers(self, webapp) -> None:
        base = webapp.settings["base_url"]
        webapp.add_handlers(".*$", [*dutch.scripts(base), *handlers.handlers(base)])  # what comes first counts
        stock(self, webapp)

    init_handlers.ours = True
    FormgradeExtension.init_handlers = init_handlers
