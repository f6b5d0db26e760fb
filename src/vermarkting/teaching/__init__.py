"""What a lecturer takes along: the questions for a learning platform, and pages for the room."""
