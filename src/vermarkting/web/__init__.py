"""The module as a folder of plain pages: ``vermarkting site FOLDER``.

A page is made from a notebook (``notebook_page``): its text, and the first state of its widgets, which are run once
here. In the reader's browser the same cells run again in Python (``page_kernel``, in a worker) and take over. What is
particular to a page stands in this folder only; lessons, widgets, models and answers do not know where they run.
"""
