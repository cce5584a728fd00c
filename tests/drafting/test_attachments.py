"""What the person promised to send goes with the thank-you, and no letter speaks of what is not there."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from mailbot.drafting.letter import Attachment, Note
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.mime import parse
from mailbot.papers import Papers
from tests.drafting.desk_letters import Letters
from tests.etiquette.desk import OMAR, PRIYA

FILE = Attachment("/home/sam/Größe 1.pdf", "Größe 1.pdf", b"%PDF-1.7\r\n\x00\xff")


def desk() -> Letters:
    found = Letters()
    found.applied()
    fixed = found.interview("2026-03-12 14:00", 60, people=(PRIYA, OMAR))
    found.notes.append(Note((fixed.message_id,), "the case study", "priya.shah@acme.test", FILE.path))
    return found


def test_a_promised_file_is_named_and_attached_as_it_is() -> None:
    case = desk()
    case.files.append(FILE)
    for letter in case.every("2026-03-12 15:00", FollowUpKind.THANK_YOU, PRIYA):
        assert "the case study" in letter.body
        mail = message_from_bytes(letter.raw, policy=policy.default)
        (part,) = mail.iter_attachments()
        assert (part.get_filename(), part.get_payload(decode=True)) == (FILE.name, FILE.data)
        assert part.get_content_type() == "application/pdf"
        assert parse(letter.raw).text.split() == letter.body.split()


def test_a_file_goes_to_nobody_else_and_into_no_other_letter() -> None:
    case = desk()
    case.files.append(FILE)
    assert not case.letter("2026-03-12 15:00", FollowUpKind.THANK_YOU, OMAR).attachments
    assert not case.letter("2026-03-23 09:00", FollowUpKind.CHECK_IN).attachments


def test_where_the_file_is_gone_no_letter_speaks_of_it() -> None:
    for letter in desk().every("2026-03-12 15:00", FollowUpKind.THANK_YOU, PRIYA):
        assert not letter.attachments
        assert "attach" not in letter.body
        assert "case study" not in letter.body


def test_files_are_read_as_notes_name_them(tmp_path: Path) -> None:
    there, gone = tmp_path / "plan.pdf", tmp_path / "gone.pdf"
    there.write_bytes(b"plan")
    notes = [Note((), "", "", str(one)) for one in (there, gone, tmp_path)]
    assert Papers().files(notes) == (Attachment(str(there), "plan.pdf", b"plan"),)
