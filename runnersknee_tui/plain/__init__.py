"""The session without a screen: one line a phase, for screen readers, dumb terminals and pipes."""
