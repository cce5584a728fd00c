"""Which messages are one application."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.reading.statements import Evidence, Reading
from mailbot.tracking import track
from mailbot.tracking.application import Constraint, Tracked
from tests.tracking.build import Box, Facet, Kind, Part, Writer, person

ATS = "Northwind Foods <no-reply@us.greenhouse-mail.io>"
TESSA = "Tessa Moran <tessa.moran@northwind.test>"
BOARD = "LinkedIn <jobs-noreply@linkedin.com>"
TOOL = "no-reply@ashbyhq.com"
HUGO = "Hugo Lindt <hugo.lindt@northwind.test>"
AGENT = "Priya Nair <priya@brightstaff.test>"
CALENDLY = "Calendly <notifications@calendly.com>"


def grouped(tracked: Tracked) -> list[list[str]]:
    return [[one.message_id for one in each.readings] for each in tracked.applications]


def ids(*readings: Reading) -> list[str]:
    return [one.message_id for one in readings]


def test_robot_recruiter_manager_and_calendar_tool_are_one_application() -> None:
    box = Box()
    receipt = box.heard(
        "2026-03-02 09:00", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Northwind Foods", role="Buyer"
    )
    asked = box.heard("2026-03-04 10:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Buyer")
    reply = box.wrote("2026-03-04 11:00", Kind.OWN_REPLY, to=TESSA, answers=asked)
    booked = box.heard(
        "2026-03-04 12:00",
        CALENDLY,
        Kind.INTERVIEW_CONFIRMED,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 14:00", 30, uid="x")],
        people=[person(TESSA, Part.RECRUITER)],
    )
    manager = box.heard("2026-03-11 12:00", HUGO, Kind.RECRUITER_REPLY, company="Northwind Foods")
    tracked = track(box.readings)
    assert grouped(tracked) == [ids(receipt, asked, reply, booked, manager)]
    assert tracked.applications[0].company == "Northwind Foods"


def test_two_roles_at_one_company_stay_two() -> None:
    box = Box()
    for role, when in (("Instructional Designer", "09:00"), ("Curriculum Editor", "09:20")):
        box.heard(
            f"2026-03-02 {when}", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Northwind", role=role
        )
    designer = box.heard(
        "2026-03-05 10:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Instructional Designer"
    )
    editor = box.heard("2026-03-06 10:00", HUGO, Kind.INTERVIEW_REQUEST, company="Northwind", role="Curriculum Editor")
    plain = box.heard("2026-03-09 10:00", HUGO, Kind.STATUS_UPDATE, company="Northwind")
    first, second = grouped(track(box.readings))
    assert designer.message_id in first
    assert editor.message_id in second
    assert plain.message_id in second


def test_receipts_of_two_additions_to_one_title_are_two_applications() -> None:
    box = Box()
    for role, when in (("Engineer, Search", "09:00"), ("Engineer, Payments", "09:20")):
        box.heard(
            f"2026-03-02 {when}", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Northwind", role=role
        )
    assert len(track(box.readings).applications) == 2


def test_a_providers_thread_of_two_receipts_is_two_applications() -> None:
    box = Box()
    for role, when in (("Cook", "09:00"), ("Porter", "09:20")):
        box.heard(
            f"2026-03-02 {when}",
            ATS,
            Kind.APPLICATION_RECEIVED,
            writer=Writer.ROBOT,
            company="Northwind",
            role=role,
            thread="t1",
        )
    assert len(track(box.readings).applications) == 2


def test_one_recruiter_for_two_clients_is_two_applications() -> None:
    box = Box()
    one = box.heard(
        "2026-03-02 09:00", AGENT, Kind.INTERVIEW_REQUEST, company="Calder Water", agency="Brightstaff", role="Analyst"
    )
    two = box.heard(
        "2026-03-03 09:00",
        AGENT,
        Kind.INTERVIEW_REQUEST,
        company="Tern Insurance",
        agency="Brightstaff",
        role="Analyst",
    )
    reply = box.wrote("2026-03-03 10:00", Kind.OWN_REPLY, to=AGENT, answers=two)
    tracked = track(box.readings)
    assert grouped(tracked) == [ids(one), ids(two, reply)]
    assert [each.agency for each in tracked.applications] == ["Brightstaff", "Brightstaff"]


def test_an_agencys_second_client_in_one_thread_is_another_application() -> None:
    box = Box()
    one = box.heard(
        "2026-03-02 09:00", AGENT, Kind.INTERVIEW_REQUEST, company="Calder Water", agency="Brightstaff", role="Clerk"
    )
    two = box.heard(
        "2026-03-03 09:00",
        AGENT,
        Kind.INTERVIEW_REQUEST,
        answers=one,
        company="Tern Insurance",
        agency="Brightstaff",
        role="Clerk",
    )
    assert grouped(track(box.readings)) == [ids(one), ids(two)]


def test_one_desk_for_two_clients_is_two_applications_though_nobody_calls_it_an_agency() -> None:
    box = Box()
    one = box.wrote("2026-03-02 09:00", Kind.OWN_APPLICATION, to=AGENT, company="Calder Water", role="Buyer")
    two = box.wrote("2026-03-04 09:00", Kind.OWN_REPLY, to=AGENT, company="Tern Insurance", role="Payroll Clerk")
    talk = box.heard("2026-03-05 09:00", AGENT, Kind.INTERVIEW_CONFIRMED, answers=two, company="Brightstaff")
    written = [write_out(each) for each in (one, two)]
    assert grouped(track([*written, talk])) == [ids(one), ids(two, talk)]


def test_a_role_that_is_named_with_the_no_to_another_begins_its_own_application() -> None:
    box = Box()
    said = {"company": "Northwind", "role": "Buyer"}
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **said)
    mine = box.wrote("2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked, **said)
    no = box.heard(
        "2026-03-09 09:00", TESSA, Kind.REJECTION, answers=mine, company="Northwind", role="Warehouse Planner"
    )
    other = box.heard("2026-03-16 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Warehouse Planner")
    assert grouped(track(box.readings)) == [ids(asked, mine, no), ids(other)]


def write_out(one: Reading) -> Reading:
    """The same, the employer's name standing in its text."""
    proof = (Evidence("company", one.main.company or ""),)
    return replace(one, statements=(replace(one.main, evidence=proof),))


def test_a_year_later_is_a_new_application() -> None:
    box = Box()
    for year in ("2025", "2026"):
        box.heard(
            f"{year}-03-02 09:00",
            ATS,
            Kind.APPLICATION_RECEIVED,
            writer=Writer.ROBOT,
            company="Northwind",
            role="Buyer",
        )
    invited = box.heard("2026-03-10 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    first, second = grouped(track(box.readings))
    assert len(first) == 1
    assert invited.message_id in second


def test_a_new_receipt_after_a_no_is_a_new_application() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Northwind", role="Buyer"
    )
    box.heard("2026-03-12 09:00", ATS, Kind.REJECTION, writer=Writer.ROBOT, company="Northwind", role="Buyer")
    box.heard(
        "2026-04-20 09:00", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Northwind", role="Buyer"
    )
    assert [len(each) for each in grouped(track(box.readings))] == [2, 1]


def test_what_the_person_sent_and_its_receipt_are_one() -> None:
    box = Box()
    box.wrote("2026-03-02 09:00", Kind.OWN_APPLICATION, to="jobs@northwind.test", company="Northwind", role="Buyer")
    box.heard(
        "2026-03-02 09:01",
        "Northwind <jobs@northwind.test>",
        Kind.APPLICATION_RECEIVED,
        writer=Writer.ROBOT,
        company="Northwind",
    )
    assert len(track(box.readings).applications) == 1


def test_two_companies_of_which_one_name_holds_the_other_stay_two() -> None:
    box = Box()
    one = box.heard("2026-03-02 09:00", "Ana Ruiz <ana@harbor.test>", Kind.INTERVIEW_REQUEST, company="Harbor")
    two = box.heard("2026-03-03 09:00", "Bo Chen <bo@harborlabs.test>", Kind.INTERVIEW_REQUEST, company="Harbor Labs")
    assert grouped(track(box.readings)) == [ids(one), ids(two)]


def test_a_shorter_name_with_the_same_domain_is_the_same_company() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind Foods", role="Buyer")
    box.heard("2026-03-03 09:00", HUGO, Kind.STATUS_UPDATE, company="Northwind")
    assert len(track(box.readings).applications) == 1


def test_a_known_persons_mail_without_company_joins_the_living_application() -> None:
    box = Box()
    recruiter = "Tessa Moran <tessa.moran@gmail.com>"
    box.heard("2025-01-02 09:00", recruiter, Kind.INTERVIEW_REQUEST, company="Calder Water", role="Clerk")
    box.heard("2025-02-02 09:00", recruiter, Kind.REJECTION, company="Calder Water", role="Clerk")
    box.heard("2026-03-02 09:00", recruiter, Kind.INTERVIEW_REQUEST, company="Tern Insurance", role="Clerk")
    late = box.heard("2026-03-05 09:00", recruiter, Kind.STATUS_UPDATE)
    assert late.message_id in grouped(track(box.readings))[1]


ROLES = ("Baker", "Clerk", "Driver", "Editor", "Florist", "Gardener", "Welder", "Plumber", "Mason")


def test_a_mail_that_fits_two_living_applications_is_a_question() -> None:
    box = Box()
    for role in ("Designer", "Editor"):
        box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role=role)
    unclear = box.heard("2026-03-05 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, interviews=[box.talk("2026-03-09 10:00")])
    tracked = track(box.readings)
    assert [len(each) for each in grouped(tracked)] == [1, 1]
    assert tracked.questions[0].message_ids == (unclear.message_id,)
    assert "mailbot merge" in tracked.questions[0].command


def test_of_many_that_a_mail_fits_the_question_names_those_who_wrote_last_and_counts_the_rest() -> None:
    box = Box()
    for number in range(9):
        day = f"2026-03-0{number + 1} 09:00"
        box.heard(day, TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role=ROLES[number])
    box.heard("2026-03-10 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, interviews=[box.talk("2026-03-16 10:00")])
    (question,) = track(box.readings).questions
    assert question.candidates == tuple(f"northwind-{one.lower()}" for one in reversed(ROLES))
    assert question.text.endswith(
        "fits northwind-mason or northwind-plumber or northwind-welder or one of 6 more (mailbot status --json names"
        " them) equally well: which is it?"
    )
    assert question.command.count("mailbot merge") == 3


def test_the_offered_time_tells_which_application_is_meant() -> None:
    box = Box()
    for role, day in (("Designer", "09"), ("Editor", "10")):
        box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_REQUEST,
            company="Northwind",
            role=role,
            proposed=[box.slot(f"2026-03-{day} 10:00")],
        )
    fixed = box.heard("2026-03-05 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, interviews=[box.talk("2026-03-10 10:00")])
    tracked = track(box.readings)
    meant = next(each for each in tracked.applications if fixed in each.readings)
    assert meant.role == "Editor"


def test_an_unanswered_outreach_is_no_application() -> None:
    box = Box()
    pitch = box.heard("2026-03-02 09:00", AGENT, Kind.RECRUITER_OUTREACH, agency="Brightstaff", role="Clerk")
    assert track(box.readings).applications == ()
    box.wrote("2026-03-02 10:00", Kind.OWN_REPLY, to=AGENT, answers=pitch)
    assert len(track(box.readings).applications) == 1


def pitched(box: Box, *more: Facet) -> Reading:
    """What asks for a talk about a post, and says how its writer came upon the person."""
    about = {"agency": "Brightstaff", "company": "Northwind", "role": "Controller"}
    said = (
        box.says(Kind.INTERVIEW_REQUEST, **about, facets=[Facet.ASKS, *more]),
        box.says(Kind.RECRUITER_OUTREACH, **about),
    )
    return box.heard("2026-03-12 09:00", AGENT, Kind.INTERVIEW_REQUEST, statements=said)


def test_a_talk_about_a_post_that_a_stranger_pitches_is_no_invitation() -> None:
    box = Box()
    asked = pitched(box)
    assert track(box.readings).applications == ()
    box.wrote("2026-03-12 10:00", Kind.OWN_REPLY, to=AGENT, answers=asked)
    assert len(track(box.readings).applications) == 1


@pytest.mark.parametrize("known", ["they say so", "by address", "by employer"])
def test_a_pitch_about_what_the_person_applied_for_is_one(known: str) -> None:
    box = Box()
    if known == "by address":
        box.wrote("2026-03-02 09:00", Kind.OWN_APPLICATION, to=AGENT, agency="Brightstaff", role="Clerk")
    if known == "by employer":
        box.heard("2026-03-02 09:00", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Northwind")
    pitched(box, *([Facet.ANSWERED_APPLICATION] if known == "they say so" else []))
    asked = [ask.what for one in track(box.readings).applications for ask in one.asks]
    assert asked == ["invitation"]


def test_a_declined_outreach_is_no_application() -> None:
    box = Box()
    pitch = box.heard("2026-03-02 09:00", AGENT, Kind.RECRUITER_OUTREACH, agency="Brightstaff", role="Clerk")
    box.wrote("2026-03-02 10:00", Kind.OWN_WITHDRAWAL, to=AGENT, answers=pitch)
    assert track(box.readings).applications == ()


def test_outreach_that_answers_an_application_is_one() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00", TESSA, Kind.RECRUITER_OUTREACH, company="Northwind", facets=[Facet.ANSWERED_APPLICATION]
    )
    assert len(track(box.readings).applications) == 1


def test_alerts_and_unrelated_mail_never_join_but_in_a_known_thread() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    chat = box.heard("2026-03-03 09:00", TESSA, Kind.UNRELATED, answers=asked)
    box.heard("2026-03-04 09:00", TESSA, Kind.UNRELATED)
    box.heard("2026-03-05 09:00", ATS, Kind.JOB_ALERT, answers=asked, company="Northwind")
    assert grouped(track(box.readings)) == [ids(asked, chat)]


def test_mail_with_ones_own_from_outside_sent_counts_for_nothing() -> None:
    from dataclasses import replace

    from mailbot.mail.message import Direction

    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    forged = box.wrote("2026-03-03 09:00", Kind.OWN_WITHDRAWAL, to=TESSA, answers=asked)
    readings = [asked, replace(forged, direction=Direction.NOBODY)]
    assert grouped(track(readings)) == [ids(asked)]


def test_no_word_from_anybody_attaches_but_makes_no_application() -> None:
    box = Box()
    away = box.heard("2026-03-01 09:00", TESSA, Kind.RECRUITER_REPLY, writer=Writer.AUTO_REPLY, company="Northwind")
    assert track(box.readings).applications == ()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    accepted = box.heard("2026-03-03 09:00", HUGO, Kind.UNRELATED, writer=Writer.CALENDAR, answers=asked)
    tracked = track(box.readings)
    assert grouped(tracked) == [ids(asked, accepted)]
    assert away.message_id not in grouped(tracked)[0]


def test_the_person_can_join_and_split() -> None:
    box = Box()
    one = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Designer")
    two = box.heard("2026-03-03 09:00", AGENT, Kind.INTERVIEW_REQUEST, company="Tern Insurance", role="Clerk")
    joined = track(box.readings, constraints=[Constraint(True, (one.message_id, two.message_id))])
    assert grouped(joined) == [ids(one, two)]
    three = box.heard("2026-03-04 09:00", TESSA, Kind.STATUS_UPDATE, answers=one, company="Northwind", role="Designer")
    split = track(box.readings, constraints=[Constraint(False, (one.message_id, three.message_id))])
    assert sorted(grouped(split)) == sorted([ids(one), ids(two), ids(three)])


def test_a_bounced_letter_was_never_sent() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    reply = box.wrote("2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked)
    report = box.heard(
        "2026-03-02 10:01",
        "Mail Delivery <mailer-daemon@home.test>",
        Kind.UNRELATED,
        writer=Writer.BOUNCE,
        bounced=("tessa.moran@northwind.test", reply.message_id),
    )
    (application,) = track(box.readings).applications
    assert ids(*application.readings) == ids(asked, report)
    assert application.asks[0].answered_by is None


def test_what_came_back_makes_no_application() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Buyer")
    astray = "Tessa Moran <tessa.moran@nortwhind.test>"
    lost = box.wrote("2026-03-16 10:00", Kind.OWN_CHECK_IN, to=astray, company="Nortwhind", role="Buyer")
    assert len(track(box.readings).applications) == 2  # as long as nobody says that it came back
    box.heard(
        "2026-03-16 10:01",
        "Mail Delivery <mailer-daemon@home.test>",
        Kind.UNRELATED,
        writer=Writer.BOUNCE,
        bounced=("tessa.moran@nortwhind.test",),
    )
    (application,) = track(box.readings).applications
    assert asked.message_id in ids(*application.readings)
    assert lost.message_id not in ids(*application.readings)


def test_what_a_test_platform_says_of_a_test_without_naming_anybody_belongs_where_the_test_does() -> None:
    platform = "Code Trials <support@hackerrankforwork.com>"
    for role, found in (("Buyer", 1), ("Designer", 2)):
        box = Box()
        asked = {"writer": Writer.ROBOT, "company": "Northwind", "role": "Buyer"}
        box.heard("2026-03-02 09:00", platform, Kind.ASSESSMENT, **asked)
        box.heard("2026-03-05 09:00", platform, Kind.STATUS_UPDATE, writer=Writer.ROBOT, role=role)
        assert len(track(box.readings).applications) == found


def test_the_receipt_of_a_test_begins_no_application() -> None:
    box = Box()
    post = {"company": "Northwind", "role": "Buyer"}
    box.heard("2026-03-02 09:00", ATS, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, **post)
    box.heard("2026-03-06 09:00", TESSA, Kind.INTERVIEW_REQUEST, **post)
    test = box.heard("2026-03-24 09:00", TESSA, Kind.ASSESSMENT, company="Northwind")
    done = box.wrote("2026-03-26 09:00", Kind.OWN_REPLY, to=TESSA, answers=test, company="Northwind")
    box.heard("2026-03-27 09:00", TESSA, Kind.APPLICATION_RECEIVED, answers=test, company="Northwind")
    (application,) = track(box.readings).applications
    assert done in application.readings


def test_who_knows_the_person_and_asks_for_a_talk_about_another_post_is_no_stranger() -> None:
    for company, debts in (("Northwind", ["invitation"]), ("Tern Insurance", [])):
        box = Box()
        asked = box.heard("2026-01-06 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Buyer")
        box.wrote("2026-01-06 10:00", Kind.OWN_REPLY, to=TESSA, answers=asked)
        box.heard("2026-01-22 09:00", TESSA, Kind.REJECTION, answers=asked, company="Northwind", role="Buyer")
        box.heard(
            "2026-04-01 09:00", TESSA, Kind.RECRUITER_OUTREACH, company=company, role="Planner", facets=[Facet.ASKS]
        )
        later = [one for one in track(box.readings).applications if one.role == "Planner"]
        assert [ask.what for one in later for ask in one.asks] == debts


def test_a_domain_that_spells_the_companys_name_joins_mail_that_names_none() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        ATS,
        Kind.APPLICATION_RECEIVED,
        writer=Writer.ROBOT,
        company="Northwind Foods",
        role="Buyer",
    )
    box.heard("2026-03-05 09:00", "Tessa Moran <tessa@northwindfoods.test>", Kind.INTERVIEW_REQUEST)
    assert len(track(box.readings).applications) == 1


def test_a_robots_lone_mail_without_role_and_human_is_no_application() -> None:
    box = Box()
    shop = "Marlow Bank <offers@marlowbank.test>"
    box.heard("2026-03-02 09:00", shop, Kind.OFFER, writer=Writer.ROBOT, company="Marlow Bank")
    assert track(box.readings).applications == ()
    box.heard("2026-03-02 10:00", shop, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, company="Calder Water")
    assert len(track(box.readings).applications) == 1


def test_the_persons_own_mail_to_somebody_known_joins_whatever_it_says() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    own = box.wrote("2026-03-04 09:00", Kind.UNRELATED, to=TESSA)
    box.wrote("2026-03-04 10:00", Kind.UNRELATED, to="Kim <kim@friends.test>")
    assert grouped(track(box.readings)) == [ids(asked, own)]


def test_the_person_can_put_even_unrelated_mail_somewhere() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    other = box.heard("2026-03-04 09:00", "Kim <kim@friends.test>", Kind.UNRELATED)
    joined = track(box.readings, constraints=[Constraint(True, (asked.message_id, other.message_id))])
    assert grouped(joined) == [ids(asked, other)]


def test_what_is_joined_step_by_step_is_one() -> None:
    box = Box()
    people = ("Ana Ruiz <ana@harbor.test>", TESSA, AGENT)
    readings = [
        box.heard(f"2026-03-0{at} 09:00", who, Kind.INTERVIEW_REQUEST, company=f"Firm {at} Works")
        for at, who in enumerate(people, 1)
    ]
    one, two, three = ids(*readings)
    steps = [Constraint(True, (one, two)), Constraint(True, (two, three))]
    assert grouped(track(box.readings, constraints=steps)) == [[one, two, three]]


def test_an_absence_notice_in_a_thread_of_its_own_hangs_on_to_its_senders_application() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Buyer")
    away = box.heard("2026-03-20 09:00", TESSA, Kind.UNRELATED, writer=Writer.AUTO_REPLY)
    assert grouped(track(box.readings)) == [ids(asked, away)]


def test_anothers_appointment_at_the_hour_of_an_interview_is_not_that_interview() -> None:
    box = Box()
    at = [box.talk("2026-03-10 14:00")]
    talk = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", interviews=at)
    library = "Town Library <desk@library.test>"
    other = box.heard("2026-03-03 09:00", library, Kind.INTERVIEW_CONFIRMED, company="Town Library", interviews=at)
    assert grouped(track(box.readings)) == [ids(talk), ids(other)]


def test_two_employers_on_one_job_board_are_two_though_the_board_calls_itself_the_same() -> None:
    box = Box()
    board = {"writer": Writer.ROBOT, "role": "Buyer"}
    one = box.heard("2026-03-02 09:00", BOARD, Kind.APPLICATION_RECEIVED, company="Northwind", **board)
    two = box.heard("2026-03-03 09:00", BOARD, Kind.APPLICATION_RECEIVED, company="Calder Water", **board)
    assert grouped(track(box.readings)) == [ids(one), ids(two)]


def test_one_name_in_another_spacing_is_the_same_employer() -> None:
    box = Box()
    robot = {"writer": Writer.ROBOT, "role": "Buyer"}
    one = box.heard("2026-03-02 09:00", TOOL, Kind.APPLICATION_RECEIVED, company="7 Sails Ship", **robot)
    two = box.heard("2026-03-09 09:00", TOOL, Kind.REJECTION, company="7Sails", **robot)
    assert grouped(track(box.readings)) == [ids(one, two)]


def test_a_number_in_the_subject_tells_which_of_two_posts_a_mail_is_about() -> None:
    box = Box()
    robot = "Northwind Foods <no-reply@northwind.test>"
    receipt = {"writer": Writer.ROBOT, "company": "Northwind Foods"}
    first = box.heard(
        "2026-03-02 09:00", robot, Kind.APPLICATION_RECEIVED, role="Buyer", subject="Buyer (NF-310)", **receipt
    )
    other = box.heard(
        "2026-03-02 09:30", robot, Kind.APPLICATION_RECEIVED, role="Packer", subject="Packer (NF-315)", **receipt
    )
    asked = box.heard(
        "2026-03-04 10:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind Foods", subject="NF-310: a talk?"
    )
    assert grouped(track(box.readings)) == [ids(first, asked), ids(other)]


def test_a_branch_that_writes_from_the_employers_domain_is_the_employer() -> None:
    box = Box()
    receipt = box.heard(
        "2026-03-02 09:00",
        "Northwind Foods <no-reply@applitrack.com>",
        Kind.APPLICATION_RECEIVED,
        writer=Writer.ROBOT,
        company="Northwind Foods",
        role="Store Manager",
    )
    asked = box.heard(
        "2026-03-04 10:00",
        "Olga Brandt <olga@northwindfoods.test>",
        Kind.INTERVIEW_REQUEST,
        company="Harbour Street Market",
        role="Store Manager",
    )
    assert grouped(track(box.readings)) == [ids(receipt, asked)]


def test_an_employers_name_before_a_title_makes_no_other_role() -> None:
    box = Box()
    receipt = box.heard(
        "2026-03-02 09:00",
        ATS,
        Kind.APPLICATION_RECEIVED,
        writer=Writer.ROBOT,
        company="Northwind Foods",
        role="Buyer, Tea",
    )
    booked = box.heard(
        "2026-03-04 12:00",
        CALENDLY,
        Kind.INTERVIEW_CONFIRMED,
        writer=Writer.ROBOT,
        company="Northwind Foods",
        role="Northwind Foods, Buyer",
        interviews=[box.talk("2026-03-10 14:00", 30)],
    )
    assert grouped(track(box.readings)) == [ids(receipt, booked)]


def test_a_job_boards_receipt_from_the_agency_belongs_to_its_clients_application() -> None:
    box = Box()
    receipt = box.heard(
        "2026-03-02 09:00",
        "JobHub <noreply@jobstreet.com>",
        Kind.APPLICATION_RECEIVED,
        writer=Writer.ROBOT,
        company="Brightstaff",
        role="Buyer",
    )
    asked = box.heard(
        "2026-03-04 10:00",
        AGENT,
        Kind.INTERVIEW_REQUEST,
        company="Northwind Foods",
        agency="Brightstaff",
        role="Buyer",
    )
    tracked = track(box.readings)
    assert grouped(tracked) == [ids(receipt, asked)]
    assert (tracked.applications[0].company, tracked.applications[0].agency) == ("Northwind Foods", "Brightstaff")


def test_one_recruiters_mail_about_the_other_of_two_posts_is_that_posts() -> None:
    box = Box()
    robot = "Northwind Foods <no-reply@northwind.test>"
    receipt = {"writer": Writer.ROBOT, "company": "Northwind Foods"}
    first = box.heard("2026-03-02 09:00", robot, Kind.APPLICATION_RECEIVED, role="Buyer", **receipt)
    other = box.heard("2026-03-02 09:30", robot, Kind.APPLICATION_RECEIVED, role="Packer", **receipt)
    asked = box.heard("2026-03-04 10:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind Foods", role="Buyer")
    fixed = box.heard("2026-03-06 10:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind Foods", role="Packer")
    assert grouped(track(box.readings)) == [ids(first, asked), ids(other, fixed)]


def test_what_calls_off_talks_and_speaks_to_nobody_is_no_application() -> None:
    for calls_reader, found in (("", []), ("Sam", [1])):
        box = Box()
        box.heard(
            "2026-03-02 09:00",
            "Quayside Rowing <office@quayside.test>",
            Kind.INTERVIEW_CANCELLED,
            writer=Writer.SHARED,
            company="Quayside Rowing",
            role="Cox",
            calls_reader=calls_reader,
        )
        assert [len(one) for one in grouped(track(box.readings))] == found
