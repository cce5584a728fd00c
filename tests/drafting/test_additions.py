"""What a draft that the person edited lacks by now."""

from __future__ import annotations

from mailbot.drafting.additions import to_add
from mailbot.drafting.letter import Attachment, Letter, Note
from mailbot.etiquette.follow_up import FollowUpKind
from tests.drafting.desk_letters import Letters
from tests.etiquette.desk import PRIYA

AT = "2026-03-12 15:00"


def desk() -> Letters:
    found = Letters()
    found.applied()
    found.interview("2026-03-12 14:00", 60, people=(PRIYA,))
    return found


def thanks(found: Letters) -> Letter:
    return found.letter(AT, FollowUpKind.THANK_YOU, PRIYA)


def test_nothing_is_lacking_where_nothing_came_since() -> None:
    assert to_add(thanks(desk()).body, thanks(desk())) == ()


def test_a_note_gives_the_sentence_to_add_and_no_other() -> None:
    noted = desk()
    noted.note(noted.readings[-1], "the winter rota of Dr. Obi")
    noted.note(noted.readings[-1], "I have planned such a rota for three years")
    found = to_add(thanks(desk()).body, thanks(noted))
    assert len(found) == 2
    assert "the winter rota of Dr. Obi" in found[0]
    assert found[1] == "I have planned such a rota for three years."


def test_a_promised_file_is_named_to_be_attached() -> None:
    noted = desk()
    noted.notes.append(Note((noted.readings[-1].message_id,), "the case study", "", "/home/case.pdf"))
    noted.files.append(Attachment("/home/case.pdf", "case.pdf", b"%PDF"))
    found = to_add(thanks(desk()).body, thanks(noted))
    assert "the case study" in found[0]
    assert found[-1] == "(attach case.pdf)"


def test_a_letter_that_no_note_changes_lacks_nothing() -> None:
    letter = desk().asked_for(AT, FollowUpKind.WITHDRAWAL)
    assert to_add("something else", letter) == ()
