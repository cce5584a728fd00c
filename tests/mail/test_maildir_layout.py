"""Every usual layout is understood: which folder is for what, where drafts go, and what is asked when in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.errors import ActionNeeded
from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.maildir_layout import place_of, read_layout
from mailbot.mail.port import Capability, DraftPresence, Place
from tests.mail.conformance.letters import mail
from tests.mail.conformance.maildir_world import make_maildir
from tests.mail.tree import tree

INBOX, SENT, DRAFTS, TRASH, JUNK, OTHER = Place

# What each program leaves on disk; the folders' own order is that of `read_layout`.
LAYOUTS: dict[str, dict[str, Place]] = {
    "Maildir++ (Dovecot, Courier)": {
        "": INBOX,
        ".Archive": OTHER,
        ".Drafts": DRAFTS,
        ".Junk": JUNK,
        ".Sent": SENT,
        ".Trash": TRASH,
    },
    "Maildir++ below INBOX": {
        "": INBOX,
        ".INBOX.Drafts": DRAFTS,
        ".INBOX.Jobs": OTHER,
        ".INBOX.Sent": SENT,
        ".INBOX.Trash": TRASH,
    },
    "Maildir++ in German, modified UTF-7": {
        "": INBOX,
        ".Entw&APw-rfe": DRAFTS,
        ".Gesendete Objekte": SENT,
        ".Papierkorb": TRASH,
        ".Unerw&APw-nscht": JUNK,
    },
    "mbsync Verbatim": {"Drafts": DRAFTS, "INBOX": INBOX, "Sent": SENT, "Trash": TRASH, "Work/Offers": OTHER},
    "mbsync Verbatim with Gmail": {
        "INBOX": INBOX,
        "[Gmail]/All Mail": OTHER,
        "[Gmail]/Bin": TRASH,
        "[Gmail]/Drafts": DRAFTS,
        "[Gmail]/Sent Mail": SENT,
        "[Gmail]/Spam": JUNK,
    },
    "mbsync Legacy": {
        "Drafts": DRAFTS,
        "INBOX": INBOX,
        "Sent": SENT,
        "Sent/.2025": SENT,
        "Work": OTHER,
        "Work/.Old": OTHER,
    },
    "offlineimap": {"Drafts": DRAFTS, "INBOX": INBOX, "INBOX.Jobs": OTHER, "Sent Items": SENT, "Trash": TRASH},
    "offlineimap below INBOX": {
        "INBOX": INBOX,
        "INBOX.Drafts": DRAFTS,
        "INBOX.Sent": SENT,
        "INBOX.Trash": TRASH,
        "INBOX.spam": JUNK,
    },
    "offlineimap with Gmail": {
        "INBOX": INBOX,
        "[Gmail].All Mail": OTHER,
        "[Gmail].Drafts": DRAFTS,
        "[Gmail].Sent Mail": SENT,
        "[Gmail].Trash": TRASH,
    },
    "a folder called new": {"Drafts": DRAFTS, "INBOX": INBOX, "new": OTHER},
    "neomutt": {"drafts": DRAFTS, "inbox": INBOX, "sent": SENT, "trash": TRASH},
    "mutt with postponed": {"": INBOX, "postponed": DRAFTS, "sent-mail": SENT},
    "mu4e in French": {"Brouillons": DRAFTS, "Corbeille": TRASH, "INBOX": INBOX, "Éléments envoyés": SENT},
    "Evolution": {"": INBOX, ".Drafts": DRAFTS, ".Outbox": OTHER, ".Sent": SENT, ".Templates": OTHER},
    "Thunderbird": {
        "Archives": OTHER,
        "Drafts": DRAFTS,
        "Inbox": INBOX,
        "Inbox.sbd/Jobs": OTHER,
        "Sent": SENT,
        "Trash": TRASH,
    },
    "KMail": {
        ".inbox.directory/Jobs": OTHER,
        "drafts": DRAFTS,
        "inbox": INBOX,
        "sent-mail": SENT,
        "trash": TRASH,
    },
    "Exchange by mbsync": {
        "Deleted Items": TRASH,
        "Drafts": DRAFTS,
        "INBOX": INBOX,
        "Junk Email": JUNK,
        "Outbox": OTHER,
        "Sent Items": SENT,
    },
}
layouts = pytest.mark.parametrize("folders", LAYOUTS.values(), ids=LAYOUTS.keys())


def build(root: Path, folders: dict[str, Place]) -> Path:
    for name in folders:
        make_maildir(root / name)
        if (root / "Inbox").is_dir():
            (root / name / "new").rmdir()  # Thunderbird's folders have none
    return root


@layouts
def test_each_program_s_folders_are_understood(tmp_path: Path, folders: dict[str, Place]) -> None:
    layout = read_layout(build(tmp_path, folders), {})
    assert {str(folder.path.relative_to(tmp_path)): folder.place for folder in layout.folders} == {
        name or ".": place for name, place in folders.items()
    }


@layouts
def test_a_draft_lies_in_that_program_s_drafts_folder(tmp_path: Path, folders: dict[str, Place]) -> None:
    mailbox = MaildirMailbox("m", build(tmp_path, folders))
    mailbox.place_draft(mail("own"), mailbox.snapshot())
    (placed,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert placed.parent == tmp_path / next(name for name, place in folders.items() if place is DRAFTS) / "cur"
    assert placed.name.endswith(":2,DS")


@layouts
def test_a_withdrawn_draft_lies_in_trash_where_there_is_one(tmp_path: Path, folders: dict[str, Place]) -> None:
    mailbox = MaildirMailbox("m", build(tmp_path, folders))
    trash = [name for name, place in folders.items() if place is TRASH]
    assert (Capability.RECOVERABLE in mailbox.capabilities) is bool(trash)
    assert mailbox.withdraw_draft(mailbox.place_draft(mail("own"), mailbox.snapshot()))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent for path in files] == [tmp_path / name / "cur" for name in trash]


@pytest.mark.parametrize("name", ["Drafts", "DRAFTS", "INBOX.drafts", ".INBOX.Drafts", "[Google Mail]/Drafts", "草稿"])
def test_upper_case_containers_and_language_do_not_matter(name: str) -> None:
    assert place_of(name) is DRAFTS


@pytest.mark.parametrize("name", ["Old Drafts", "Drafts 2024", "Jobs/Drafts", "Drafts/Old", "&&&", "x&-y", "Dra\udcff"])
def test_only_the_whole_name_counts(name: str) -> None:
    assert place_of(name) is OTHER


def test_a_folder_named_by_the_person_comes_before_one_known_by_its_name(tmp_path: Path) -> None:
    build(tmp_path, {"INBOX": INBOX, "Drafts": DRAFTS, "Later": OTHER, "Gone": OTHER})
    named = {DRAFTS: "Later", TRASH: "Gone"}
    mailbox = MaildirMailbox("m", tmp_path, folders=named)
    ref = mailbox.place_draft(mail("own"), mailbox.snapshot())
    assert len(list((tmp_path / "Later/cur").iterdir())) == 1
    assert mailbox.withdraw_draft(ref)
    assert len(list((tmp_path / "Gone/cur").iterdir())) == 1


@pytest.mark.parametrize("given", ["Letters", ".Letters", "Letters/"])
def test_a_maildir_pp_folder_may_be_named_with_or_without_its_dot(tmp_path: Path, given: str) -> None:
    build(tmp_path, {"": INBOX, ".Letters": OTHER})
    layout = read_layout(tmp_path, {DRAFTS: given})
    assert layout.drafts() == layout.at(DRAFTS)[0]


def test_a_folder_named_by_the_person_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ActionNeeded, match="`drafts`"):
        MaildirMailbox("m", build(tmp_path, {"INBOX": INBOX}), folders={DRAFTS: "Nowhere"}).drafts()


def test_two_drafts_folders_are_a_question(tmp_path: Path) -> None:
    mailbox = MaildirMailbox("m", build(tmp_path, {"INBOX": INBOX, "Drafts": DRAFTS, "Entwürfe": DRAFTS}))
    with pytest.raises(ActionNeeded, match="'Drafts' and 'Entwürfe'"):
        mailbox.snapshot()
    mailbox = MaildirMailbox("m", tmp_path, folders={DRAFTS: "Entwürfe"})
    assert mailbox.draft_state(mailbox.place_draft(mail("own"), mailbox.snapshot())) is DraftPresence.PRESENT


@pytest.mark.parametrize("folders", [{"": INBOX, ".Sent": SENT}, {"INBOX": INBOX, "Sent": SENT}, {"INBOX": INBOX}])
def test_a_missing_drafts_folder_is_asked_for_by_its_key(tmp_path: Path, folders: dict[str, Place]) -> None:
    mailbox = MaildirMailbox("m", build(tmp_path, folders))
    before = tree(tmp_path)
    with pytest.raises(ActionNeeded, match="`drafts = "):
        mailbox.place_draft(mail("own"), "")
    assert tree(tmp_path) == before


def test_a_plain_maildir_gets_a_drafts_folder_with_the_first_draft(tmp_path: Path) -> None:
    mailbox = MaildirMailbox("m", build(tmp_path, {"": INBOX}))
    snapshot = mailbox.snapshot()
    assert not (tmp_path / ".Drafts").exists()
    ref = mailbox.place_draft(mail("own"), snapshot)
    assert (tmp_path / ".Drafts/maildirfolder").is_file()
    assert mailbox.find_drafts("<own@mail.example>", snapshot) == (ref,)
    assert mailbox.drafts() == (ref,)


@pytest.mark.parametrize("made", [False, True])
def test_where_there_is_no_maildir_the_path_is_asked_for(tmp_path: Path, made: bool) -> None:
    root = tmp_path / "mail"
    if made:
        root.mkdir()
    with pytest.raises(ActionNeeded, match="`path`"):
        MaildirMailbox("m", root).changes_since(None)


def test_symbolic_links_are_no_folders(tmp_path: Path) -> None:
    root = build(tmp_path / "mail", {"INBOX": INBOX})
    make_maildir(tmp_path / "elsewhere")
    (root / "Drafts").symlink_to(tmp_path / "elsewhere")
    (root / "loop").symlink_to(root)
    assert [folder.path for folder in read_layout(root, {}).folders] == [root / "INBOX"]
