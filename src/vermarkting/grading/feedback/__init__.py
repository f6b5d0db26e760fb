"""Feedback for students: ``nbgrader generate_feedback`` makes one page per hand-in, in Dutch, without any script.

A page is made from three things: the grading report (what was answered and found), the gradebook (what it earned) and
the release (what was asked). The graded notebook, with its hidden checks, is not read.
"""

from vermarkting.grading.feedback.convert import AnswerFeedback, install
from vermarkting.grading.feedback.release import AnswerReleaseFeedback

__all__ = ["AnswerFeedback", "AnswerReleaseFeedback", "install"]
