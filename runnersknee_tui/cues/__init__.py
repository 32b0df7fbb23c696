"""What is heard, and what keeps the machine awake to say it."""
