"""The lesson as a conversation: a class bets, talks and bets again, on one screen and without names.

A small service of its own. It asks what is in ``data/questions`` and shows how many answered what; no lesson knows of
it. ``offers`` says what can be asked, ``tally`` what may be shown, ``session`` keeps one conversation on disk, ``room``
is what happens in it, ``service`` speaks with browsers. ``panel`` is how a student takes part, in any page.
"""
