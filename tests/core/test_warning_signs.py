"""The warning signs as data."""

from __future__ import annotations

from runnersknee_tui.core.warning_signs import (
    CLINICIAN_WORDS,
    EMERGENCIES,
    EMERGENCY_WORDS,
    WARNING_SIGNS,
    advice,
)


def test_the_signs_have_their_own_ids_and_one_sentence_each() -> None:
    assert len({sign.id for sign in WARNING_SIGNS}) == len(WARNING_SIGNS)
    for sign in WARNING_SIGNS:
        assert sign.words.count(".") == 1
        assert sign.words.endswith(".")
        assert "!" not in sign.words


def test_what_cannot_wait_comes_first_and_says_so() -> None:
    emergency = [sign.emergency for sign in WARNING_SIGNS]
    assert emergency == sorted(emergency, reverse=True)
    assert {"locked", "hot-and-ill", "cannot-bear-weight", "deformed", "badly-swollen"} <= EMERGENCIES
    assert {"groin-or-thigh", "bone-point"} <= {sign.id for sign in WARNING_SIGNS} - EMERGENCIES
    assert advice(["swelling", "locked"]) == EMERGENCY_WORDS == "Get medical help today."
    assert advice(["swelling"]) == CLINICIAN_WORDS
    assert advice(["a sign of a later version"]) == CLINICIAN_WORDS
    assert advice([]) is None
