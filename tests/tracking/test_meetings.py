"""Interviews over their life: fixed, moved, doubted, cancelled, held; who is there and who arranged it."""

from __future__ import annotations

from mailbot.reading.statements import Reading
from mailbot.tracking import track
from mailbot.tracking.application import Application, EventKind, Meeting, MeetingStatus
from tests.tracking.build import Box, Facet, Format, Kind, Part, Writer, person

TESSA = "Tessa Moran <tessa@northwind.test>"
HUGO = "Hugo Lindt <hugo@northwind.test>"
ROBOT = "Northwind <no-reply@northwind.test>"
WHOLE = {"company": "Northwind", "role": "Buyer"}
RECRUITER = person(TESSA, Part.RECRUITER)


def only(box: Box) -> Application:
    (application,) = track(box.readings).applications
    return application


def meeting(box: Box) -> Meeting:
    (found,) = only(box).meetings
    return found


def fixed(box: Box, at: str) -> Reading:
    """Tessa's mail of 2 March that fixes the interview."""
    return box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk(at)])


def test_confirmation_invitation_and_reminder_are_one_meeting() -> None:
    box = Box()
    text = fixed(box, "2026-03-10 14:00")
    event = box.heard(
        "2026-03-02 09:05",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        calendar=True,
        interviews=[box.talk("2026-03-10 14:00", 45, uid="u")],
    )
    reminder = box.heard(
        "2026-03-09 09:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 14:00")],
    )
    found = meeting(box)
    assert found.fixed_by == (text.message_id, event.message_id, reminder.message_id)
    assert found.over_at == box.at("2026-03-10 14:45")


def test_without_a_known_end_an_hour_counts_and_three_quarters_by_phone() -> None:
    for form, over in ((None, "15:00"), (Format.VIDEO, "15:00"), (Format.PHONE, "14:45")):
        box = Box()
        box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_CONFIRMED,
            **WHOLE,
            interviews=[box.talk("2026-03-10 14:00", form=form)],
        )
        assert meeting(box).over_at == box.at(f"2026-03-10 {over}")


def test_the_calendars_sequence_counts_not_the_arrival() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00", uid="u")]
    )
    box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.INTERVIEW_RESCHEDULED,
        **WHOLE,
        interviews=[box.talk("2026-03-12 15:30", uid="u", sequence=2)],
    )
    box.heard(
        "2026-03-03 09:30",
        TESSA,
        Kind.INTERVIEW_RESCHEDULED,
        **WHOLE,
        interviews=[box.talk("2026-03-11 11:00", uid="u", sequence=1)],
    )
    assert meeting(box).start == box.at("2026-03-12 15:30")


def test_a_move_in_words_keeps_the_length_and_the_occasion() -> None:
    box = Box()
    first = box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00", 30)]
    )
    second = box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.INTERVIEW_RESCHEDULED,
        **WHOLE,
        answers=first,
        interviews=[box.talk("2026-03-11 10:00")],
    )
    found = meeting(box)
    assert found.over_at == box.at("2026-03-11 10:30")
    assert found.fixed_by == (first.message_id, second.message_id)


def test_who_calls_off_the_only_talk_in_its_thread_means_it_whatever_hour_they_name() -> None:
    box = Box()
    told = fixed(box, "2026-03-10 10:00")
    shut = box.talk("2026-03-09 19:00", cancelled=True)
    box.heard("2026-03-09 17:00", TESSA, Kind.INTERVIEW_CANCELLED, **WHOLE, answers=told, interviews=[shut])
    found = meeting(box)
    assert found.status is MeetingStatus.CANCELLED
    assert found.start == box.at("2026-03-10 10:00")


def test_a_robots_reminder_never_revives_what_a_human_cancelled() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    off = box.heard("2026-03-05 09:00", TESSA, Kind.INTERVIEW_CANCELLED, **WHOLE)
    box.heard(
        "2026-03-09 09:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 10:00")],
    )
    found = meeting(box)
    assert found.status is MeetingStatus.CANCELLED
    assert found.cancelled_by == off.message_id


def test_a_robots_reminder_of_the_old_time_undoes_no_move() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    box.heard(
        "2026-03-05 09:00",
        TESSA,
        Kind.INTERVIEW_RESCHEDULED,
        **WHOLE,
        answers=first,
        interviews=[box.talk("2026-03-12 10:00")],
    )
    box.heard(
        "2026-03-09 09:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 10:00")],
    )
    assert meeting(box).start == box.at("2026-03-12 10:00")


def test_a_human_revives_what_was_cancelled() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    box.heard(
        "2026-03-05 09:00",
        TESSA,
        Kind.INTERVIEW_CANCELLED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00", cancelled=True)],
    )
    box.heard("2026-03-06 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    assert meeting(box).status is MeetingStatus.FIXED


def test_in_doubt_from_either_sides_wish_to_move_until_a_time_is_fixed() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    wish = box.wrote("2026-03-05 09:00", Kind.OWN_REPLY, to=TESSA, answers=first, facets=[Facet.DOUBTS_INTERVIEW])
    assert meeting(box).status is MeetingStatus.DOUBT
    box.heard(
        "2026-03-05 12:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        answers=wish,
        interviews=[box.talk("2026-03-11 16:00")],
    )
    found = meeting(box)
    assert (found.status, found.start) == (MeetingStatus.FIXED, box.at("2026-03-11 16:00"))


def test_a_time_that_no_mail_has_named_is_proposed_and_not_called_off() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    wish = box.wrote("2026-03-05 09:00", Kind.OWN_REPLY, to=TESSA, answers=first, facets=[Facet.DOUBTS_INTERVIEW])
    asked = box.heard(
        "2026-03-05 12:00",
        TESSA,
        Kind.INTERVIEW_RESCHEDULED,
        **WHOLE,
        answers=wish,
        facets=[Facet.ASKS],
        interviews=[box.talk("2026-03-12 09:00", cancelled=True)],
    )
    slot = [box.slot("2026-03-12 09:00")]
    box.wrote(
        "2026-03-05 13:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=slot, facets=[Facet.TIMES_AGREED]
    )
    found = meeting(box)
    assert (found.status, found.start) == (MeetingStatus.FIXED, box.at("2026-03-12 09:00"))


def test_a_robots_reminder_ends_no_doubt() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    box.heard("2026-03-05 09:00", TESSA, Kind.INTERVIEW_RESCHEDULED, **WHOLE, answers=first)
    box.heard(
        "2026-03-09 09:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 10:00")],
    )
    assert meeting(box).status is MeetingStatus.DOUBT


def test_a_message_that_shows_it_was_held_ends_the_doubt() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    box.heard("2026-03-09 09:00", TESSA, Kind.RECRUITER_REPLY, answers=first, facets=[Facet.DOUBTS_INTERVIEW])
    box.heard("2026-03-11 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, facets=[Facet.INTERVIEW_HELD])
    found = meeting(box)
    assert (found.status, found.held_said) == (MeetingStatus.FIXED, True)


def test_a_choice_of_an_offered_time_fixes_it() -> None:
    box = Box()
    asked = box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_REQUEST,
        **WHOLE,
        proposed=[box.slot("2026-03-10 10:00"), box.slot("2026-03-11 15:00", 30)],
    )
    picked = box.wrote(
        "2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-11 15:00")]
    )
    found = meeting(box)
    assert (found.start, found.over_at) == (box.at("2026-03-11 15:00"), box.at("2026-03-11 15:30"))
    assert found.fixed_by == (picked.message_id,)
    assert found.interviewers[0].email == "tessa@northwind.test"


def test_a_choice_that_nobody_offered_or_of_two_times_fixes_nothing() -> None:
    for picks in (["2026-03-12 09:00"], ["2026-03-10 10:00", "2026-03-11 15:00"]):
        box = Box()
        asked = box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_REQUEST,
            **WHOLE,
            proposed=[box.slot("2026-03-10 10:00"), box.slot("2026-03-11 15:00")],
        )
        box.wrote("2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot(one) for one in picks])
        assert only(box).meetings == ()


def test_their_yes_to_the_persons_only_offer_fixes_it() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    offer = box.wrote(
        "2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, proposed=[box.slot("2026-03-11 15:00")]
    )
    box.heard("2026-03-02 11:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, answers=offer, facets=[Facet.TIMES_AGREED])
    assert meeting(box).start == box.at("2026-03-11 15:00")


def test_their_confirmation_replaces_what_the_person_only_picked() -> None:
    box = Box()
    asked = box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, proposed=[box.slot("2026-03-11 09:00", 180)]
    )
    picked = box.wrote(
        "2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-11 10:00")]
    )
    box.heard(
        "2026-03-02 11:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        answers=picked,
        interviews=[box.talk("2026-03-11 10:30")],
    )
    assert meeting(box).start == box.at("2026-03-11 10:30")


def test_the_second_round_is_another_meeting() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    box.heard(
        "2026-03-12 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        answers=first,
        interviews=[box.talk("2026-03-17 10:00")],
    )
    assert [one.round for one in only(box).meetings] == [1, 2]


def test_talks_fixed_together_are_one_round() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00"), box.talk("2026-03-11 10:00")],
    )
    assert [one.round for one in only(box).meetings] == [1, 1]


def test_who_fixed_the_time_and_takes_no_part_arranged_it() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00")],
        people=[RECRUITER, person(HUGO)],
    )
    found = meeting(box)
    assert [one.name for one in found.interviewers] == ["Hugo Lindt"]
    assert found.arranger is not None
    assert found.arranger.name == "Tessa Moran"


def test_who_writes_of_a_panel_arranges_what_it_asks_unless_they_sit_on_it() -> None:
    for facets, names in (
        ([], ["Tessa Moran"]),
        ([Facet.BY_OTHERS], []),
        ([Facet.BY_OTHERS, Facet.TAKES_PART], ["Tessa Moran"]),
    ):
        box = Box()
        box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_CONFIRMED,
            **WHOLE,
            interviews=[box.talk("2026-03-10 10:00")],
            people=[RECRUITER],
            facets=facets,
        )
        found = meeting(box)
        assert [one.name for one in found.interviewers] == names
        assert (found.arranger is None) is bool(names)


def test_a_new_time_beside_the_word_that_the_old_one_is_off_moves_the_interview() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 14:00")
    box.heard(
        "2026-03-06 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        answers=first,
        interviews=[box.talk("2026-03-13 15:00")],
        facets=[Facet.DOUBTS_INTERVIEW],
    )
    assert meeting(box).start == box.at("2026-03-13 15:00")


def test_what_a_mail_calls_off_by_the_way_of_moving_it_is_the_old_time() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 12:00")
    moved = box.says(Kind.INTERVIEW_RESCHEDULED, **WHOLE, interviews=(box.talk("2026-03-12 12:00"),))
    off = box.says(Kind.INTERVIEW_CANCELLED, **WHOLE)
    box.heard("2026-03-09 17:00", TESSA, Kind.INTERVIEW_RESCHEDULED, answers=first, statements=(moved, off))
    assert (meeting(box).status, meeting(box).start) == (MeetingStatus.FIXED, box.at("2026-03-12 12:00"))


def test_colleagues_in_copy_ask_the_questions_where_the_mail_says_so() -> None:
    stranger = "Ann Fox <ann@fox.test>"
    for facets, names in (([Facet.WITH_COPIED], ["Hugo Lindt"]), ([], ["Tessa Moran"])):
        box = Box()
        box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_CONFIRMED,
            **WHOLE,
            interviews=[box.talk("2026-03-10 10:00")],
            people=[RECRUITER],
            copied=[HUGO, stranger],
            facets=facets,
        )
        assert [one.name for one in meeting(box).interviewers] == names


def test_a_manager_who_says_so_asks_the_questions_too() -> None:
    manager = person(TESSA, Part.HIRING_MANAGER)
    for facets, names in (([], ["Hugo Lindt"]), ([Facet.TAKES_PART], ["Tessa Moran", "Hugo Lindt"])):
        box = Box()
        box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_CONFIRMED,
            **WHOLE,
            interviews=[box.talk("2026-03-10 10:00")],
            people=[manager, person(HUGO)],
            facets=facets,
        )
        assert [one.name for one in meeting(box).interviewers] == names


def test_who_says_that_they_take_part_asks_the_questions_whatever_they_are() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00")
    people = [person(TESSA, Part.CONTACT), person(HUGO)]
    facets = [Facet.TAKES_PART]
    box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[talk], people=people, facets=facets
    )
    assert [one.name for one in meeting(box).interviewers] == ["Tessa Moran", "Hugo Lindt"]


def test_a_robot_arranges_nothing_but_who_sent_the_booking_page_does() -> None:
    box = Box()
    robot = {"writer": Writer.ROBOT, "interviews": [box.talk("2026-03-10 10:00", 30)], "people": [person(HUGO)]}
    box.heard("2026-03-02 12:00", ROBOT, Kind.INTERVIEW_CONFIRMED, **WHOLE, **robot)
    assert meeting(box).arranger is None
    box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, facets=[Facet.BOOKING_LINK], people=[RECRUITER]
    )
    arranger = meeting(box).arranger
    assert arranger is not None
    assert arranger.name == "Tessa Moran"


def test_who_invites_with_nobody_else_named_is_the_interviewer() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00")],
        people=[RECRUITER],
    )
    found = meeting(box)
    assert [one.name for one in found.interviewers] == ["Tessa Moran"]
    assert found.arranger is None


def test_a_coordinator_with_nobody_named_only_arranged_it() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00")],
        people=[person(TESSA, Part.COORDINATOR)],
    )
    found = meeting(box)
    assert found.interviewers == ()
    assert found.arranger is not None


def test_the_invitation_names_who_will_ask() -> None:
    box = Box()
    asked = box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, people=[RECRUITER, person("Hugo Lindt")]
    )
    box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        answers=asked,
        interviews=[box.talk("2026-03-10 10:00")],
    )
    assert [one.name for one in meeting(box).interviewers] == ["Hugo Lindt"]


def test_who_declined_or_was_replaced_is_not_expected() -> None:
    box = Box()
    calendar = {"calendar": True, "company": "Northwind"}
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **calendar,
        interviews=[box.talk("2026-03-10 10:00", uid="u")],
        people=[RECRUITER, person(HUGO), person("Ines Cole <ines@northwind.test>")],
    )
    box.heard(
        "2026-03-04 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **calendar,
        interviews=[box.talk("2026-03-10 10:00", uid="u", sequence=1)],
        people=[RECRUITER, person("Ines Cole <ines@northwind.test>"), person("Raj Mehta <raj@northwind.test>")],
    )
    box.heard(
        "2026-03-05 09:00",
        "Ines Cole <ines@northwind.test>",
        Kind.UNRELATED,
        writer=Writer.CALENDAR,
        people=[person("Ines Cole <ines@northwind.test>", declined=True)],
    )
    assert [one.name for one in meeting(box).interviewers] == ["Raj Mehta"]


def test_a_withdrawal_calls_off_what_was_to_come() -> None:
    box = Box()
    first = fixed(box, "2026-03-10 10:00")
    box.wrote("2026-03-05 09:00", Kind.OWN_WITHDRAWAL, to=TESSA, answers=first)
    assert meeting(box).status is MeetingStatus.CANCELLED


def test_one_clock_time_in_words_and_calendar_is_one_meeting_in_the_calendars_zone() -> None:
    east, west = Box(), Box(zone="America/Los_Angeles")
    east.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[east.talk("2026-03-10 10:00")])
    east.heard(
        "2026-03-02 09:05",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[west.talk("2026-03-10 10:00", uid="u")],
    )
    assert meeting(east).start == west.at("2026-03-10 10:00")


def test_what_was_agreed_on_in_words_and_the_event_that_moves_there_are_one_meeting() -> None:
    box = Box()
    event = [box.talk("2026-03-10 14:00", 60, uid="u")]
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, calendar=True, interviews=event)
    asked = box.heard(
        "2026-03-11 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, proposed=[box.slot("2026-03-17 09:00")]
    )
    box.wrote(
        "2026-03-11 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-17 09:00")], **WHOLE
    )
    moved = [box.talk("2026-03-17 09:00", 60, uid="u", sequence=1)]
    box.heard("2026-03-11 11:00", TESSA, Kind.INTERVIEW_RESCHEDULED, **WHOLE, calendar=True, interviews=moved)
    box.heard("2026-03-16 09:00", TESSA, Kind.INTERVIEW_CANCELLED, **WHOLE)
    assert meeting(box).status is MeetingStatus.CANCELLED


def test_a_talk_that_was_agreed_on_and_is_over_is_not_moved_by_the_next_invitation() -> None:
    box = Box()
    asked = box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, proposed=[box.slot("2026-03-05 09:00")]
    )
    box.wrote(
        "2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-05 09:00")], **WHOLE
    )
    box.heard("2026-03-06 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-12 15:00")])
    assert [one.start for one in only(box).meetings] == [box.at("2026-03-05 09:00"), box.at("2026-03-12 15:00")]


def test_a_word_by_the_way_about_moving_leaves_what_was_held() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    said = (box.says(Kind.STATUS_UPDATE, **WHOLE), box.says(Kind.INTERVIEW_RESCHEDULED, **WHOLE))
    box.heard("2026-03-08 09:00", TESSA, Kind.STATUS_UPDATE, statements=said)
    assert meeting(box).status is MeetingStatus.FIXED


def test_an_agencys_word_of_a_talk_is_of_its_own_where_none_with_the_client_was_asked_for() -> None:
    for asked, held in ((False, False), (True, True)):
        box = Box()
        agent = "Priya Nair <priya@brightstaff.test>"
        client = WHOLE | {"agency": "Brightstaff"}
        if asked:
            box.heard("2026-03-02 09:00", agent, Kind.INTERVIEW_REQUEST, **client)
        box.heard("2026-03-05 09:00", agent, Kind.STATUS_UPDATE, **client, facets=[Facet.INTERVIEW_HELD])
        kinds = {one.kind for one in only(box).events}
        assert (EventKind.INTERVIEW_HELD in kinds) is held


def test_whose_feedback_is_passed_on_is_not_at_the_next_talk_with_the_writer() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-05 09:00")],
        people=[person(HUGO)],
    )
    box.heard(
        "2026-03-06 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 09:00")],
        people=[person(HUGO), person(TESSA, Part.CONTACT)],
        facets=[Facet.TAKES_PART, Facet.GIVES_FEEDBACK],
    )
    first, second = only(box).meetings
    assert [[one.name for one in each.interviewers] for each in (first, second)] == [["Hugo Lindt"], ["Tessa Moran"]]


def test_the_next_talk_moves_none_that_was_held() -> None:
    """A weak word of moving beside the matter, or a plain one in a mail that says how the last talk was."""
    for main, facets in ((Kind.INTERVIEW_CONFIRMED, ()), (Kind.INTERVIEW_RESCHEDULED, (Facet.INTERVIEW_HELD,))):
        box = Box()
        fixed(box, "2026-03-05 09:00")
        said = (
            box.says(main, **WHOLE, interviews=[box.talk("2026-03-12 15:00")], facets=facets),
            box.says(Kind.INTERVIEW_RESCHEDULED, **WHOLE),
        )
        box.heard("2026-03-06 09:00", TESSA, main, statements=said)
        assert [one.start for one in only(box).meetings] == [box.at("2026-03-05 09:00"), box.at("2026-03-12 15:00")]


def test_what_did_not_take_place_is_moved_after_its_hour() -> None:
    for main, facets in ((Kind.INTERVIEW_RESCHEDULED, ()), (Kind.INTERVIEW_CONFIRMED, (Facet.DOUBTS_INTERVIEW,))):
        box = Box()
        fixed(box, "2026-03-05 09:00")
        box.heard(
            "2026-03-06 09:00", TESSA, main, **WHOLE, interviews=[box.talk("2026-03-12 15:00")], facets=list(facets)
        )
        assert [one.start for one in only(box).meetings] == [box.at("2026-03-12 15:00")]


def two_rounds(later: str, said: dict[str, object]) -> list[MeetingStatus]:
    """An interview of Thursday, 5 March, 9 to 10, and a mail that gives a time on the 12th as if it moved one."""
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    again = [box.talk("2026-03-12 15:00")]
    box.heard(later, TESSA, Kind.INTERVIEW_RESCHEDULED, **WHOLE, interviews=again, **said)
    return [one.status for one in only(box).meetings]


def test_days_after_an_interview_another_time_is_the_next_rounds() -> None:
    assert two_rounds("2026-03-09 09:00", {}) == [MeetingStatus.FIXED, MeetingStatus.FIXED]
    assert two_rounds("2026-03-05 12:00", {"facets": [Facet.ADVANCES]}) == [MeetingStatus.FIXED, MeetingStatus.FIXED]


def test_what_did_not_take_place_is_moved_days_later_and_without_a_word_within_the_day() -> None:
    assert two_rounds("2026-03-09 09:00", {"facets": [Facet.DOUBTS_INTERVIEW]}) == [MeetingStatus.FIXED]
    assert two_rounds("2026-03-05 12:00", {}) == [MeetingStatus.FIXED]


def test_what_the_person_gave_thanks_for_is_not_moved() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    box.wrote("2026-03-05 11:00", Kind.OWN_THANK_YOU, to=TESSA, **WHOLE)
    moved = [box.talk("2026-03-12 15:00")]
    box.heard("2026-03-05 12:00", TESSA, Kind.INTERVIEW_RESCHEDULED, **WHOLE, interviews=moved)
    assert len(only(box).meetings) == 2
