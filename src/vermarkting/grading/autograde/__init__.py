"""``nbgrader autograde`` without running a hand-in: read, judge, rebuild, write into the gradebook."""
