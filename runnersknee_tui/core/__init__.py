"""The pure floor: what is asked, what is done, and the rules. No clock, no file, no random, no screen."""
