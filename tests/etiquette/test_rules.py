# ruff: noqa: E501 - one rule a line
"""Every rule of planning, and the test that holds it."""

from __future__ import annotations

import importlib

import pytest

# The rule in its own words -> where it is held: the file, and the test (or the class of tests) in it.
RULES = {
    # Follow-ups: thank_you
    "each interviewer whose address is known, one draft each": "thanks.test_each_interviewer_with_an_address_is_thanked_when_the_interview_ends",
    "interviewers without a known address are thanked by name in the arranger's letter": "thanks.test_interviewers_without_an_address_are_thanked_by_name_in_the_arrangers_letter",
    "else in the first interviewer's": "thanks.test_without_an_arranger_they_are_thanked_in_the_first_interviewers_letter",
    "whoever fixed the time, if a human who is not among the interviewers, gets a short one too": "thanks.test_whoever_fixed_the_time_gets_a_short_one_too",
    "one who arranged several interviews of one round gets one, after the last": "thanks.test_one_who_arranged_several_interviews_of_a_round_gets_one_after_the_last",
    "more than four interviewers: at most four own letters, hiring manager first": "thanks.test_of_more_than_four_interviewers_four_get_their_own_the_hiring_manager_first",
    "known end; else start + 1 h, phone + 45 min": "thanks.test_an_interview_of_unknown_length_ends_after_an_hour_by_phone_after_45_minutes",
    "not when cancelled": "thanks.test_not_when_the_interview_is_cancelled",
    "not when moved": "thanks.test_a_moved_interview_is_thanked_for_at_its_new_end_only",
    "not when in doubt": "thanks.test_not_while_it_is_in_doubt_until_a_time_is_fixed_again",
    "not when the person already thanked them": "thanks.test_not_where_the_person_already_thanked_them_even_before_the_planned_end",
    "not to an attendee who declined": "thanks.test_an_attendee_who_declined_is_not_thanked",
    "not to a role address from which no named person has written": "contacts.TestWhoMayBeAddressed.test_a_role_address_only_if_a_named_person_wrote_from_it",
    "still placed until the end of the second working day after": "thanks.test_it_is_placed_until_the_end_of_the_second_working_day_after",
    # formal_letter
    "3 to 5 working days after the interview, until the 7th": "thanks.TestFormalLetter.test_it_is_due_on_the_third_working_morning_until_the_end_of_the_seventh",
    "not after a next round, a no, an offer or a closing": "thanks.TestFormalLetter.test_not_after_a_next_round_a_no_an_offer_or_a_closing",
    "a courtesy answer or a new promise does not count": "thanks.TestFormalLetter.test_a_courtesy_answer_or_a_new_promise_does_not_count",
    # check_in
    "past the last promised day, by the preset": "check_ins.test_after_a_promise_it_is_due_by_the_presets_days",
    "no promise: days after the last interview, by the preset": "check_ins.test_without_a_promise_it_is_due_by_the_presets_days_after_the_interview",
    "or after handing in an assessment": "check_ins.test_a_handed_in_test_starts_the_days",
    "calendar days, then on to a working day": "check_ins.test_calendar_days_move_on_to_a_working_day",
    "not when any word from them answers": "check_ins.TestNotWhen.test_their_word_that_answers",
    "not when re-dated": "check_ins.test_a_new_promise_replaces_the_old_one",
    "not when withdrawn": "check_ins.TestNotWhen.test_the_person_withdrew",
    "not when the person asked already": "check_ins.TestNotWhen.test_the_person_asked_already",
    "not when the person owes them something": "check_ins.TestNotWhen.test_the_person_owes_an_answer",
    "a wish in passing is no request, a calendar invitation not accepted is no debt": "turns.TestDebts.test_a_passing_wish_and_a_calendar_invitation_are_none",
    "not when a later interview of that application is fixed": "check_ins.TestNotWhen.test_a_later_interview_is_fixed",
    "until 14 days after due": "check_ins.test_it_is_placed_until_fourteen_days_after_it_fell_due",
    # second_check_in
    "7 days after the first was sent": "check_ins.TestSecond.test_it_is_due_seven_days_after_the_first_was_sent",
    "never if the first was not sent": "check_ins.TestSecond.test_never_if_the_first_was_not_sent",
    "after a promise given in answer to a check_in was broken: by the new date": "check_ins.TestSecond.test_after_a_broken_promise_in_answer_to_the_first_it_goes_by_the_new_date",
    # answers
    "invitation_reply: the human who invites, in the thread, at once": "answers.test_a_humans_message_that_asks_is_answered_at_once_in_its_thread",
    "not a robot": "answers.test_a_robots_invitation_is_a_debt_with_its_link_and_no_draft",
    "not when already answered": "answers.test_not_where_the_person_already_answered",
    "cold outreach never": "answers.test_cold_outreach_never",
    "until the day asked for": "answers.test_or_to_the_end_of_the_day_asked_for",
    "else 5 working days": "answers.test_it_is_placed_for_five_working_days",
    "a message that fixes a time and asks whether it suits is an invitation that asks": "answers.test_a_time_that_is_fixed_and_asks_whether_it_suits_is_an_invitation_that_asks",
    "what only asks to confirm, sets a time or confirms need not be answered": "answers.test_what_only_confirms_sets_a_time_or_asks_to_confirm_gets_none",
    "nor a move without a question, or the sending of a test": "answers.test_a_move_without_a_question_a_test_and_news_that_asks_nothing_get_none",
    "offer_reply: the human who offers, at once": "answers.TestOffer.test_it_is_answered_at_once",
    "not when the person already answered anyone there": "answers.TestOffer.test_not_where_the_person_answered_anyone_there",
    # rejection_thanks
    "the human who rejects, at once": "endings.TestRejectionThanks.test_a_humans_no_after_an_interview_is_thanked_for_at_once",
    "if a robot does, the main contact": "endings.TestRejectionThanks.test_a_robots_no_after_an_interview_goes_to_the_main_contact",
    "if there was an interview or a personal exchange": "endings.TestRejectionThanks.test_a_personal_exchange_is_enough",
    "not a robot's no without either": "endings.TestRejectionThanks.test_a_robots_no_without_either_gets_none",
    "rejection_thanks for 5 working days": "endings.TestRejectionThanks.test_it_is_placed_for_five_working_days",
    "a role closed or on hold after an interview: a rejection_thanks may be drafted": "endings.TestRejectionThanks.test_a_role_closed_or_on_hold_after_an_interview_may_be_thanked_for",
    # stay_in_touch
    "45 days after a rejection that followed an interview": "endings.TestStayInTouch.test_it_is_due_45_days_after_a_no_that_followed_an_interview",
    "or after the last check-in sent went unanswered": "endings.TestStayInTouch.test_after_a_check_in_that_went_unanswered",
    "not where another application there lives": "endings.TestStayInTouch.test_not_where_another_application_there_lives",
    "a date that they named replaces day 45": "endings.TestStayInTouch.test_a_date_that_they_named_replaces_day_45",
    "until day 60": "endings.TestStayInTouch.test_until_day_60",
    # offer_elsewhere
    "every other application in which an interview took place and no decision has come": "endings.TestOfferElsewhere.test_every_other_process_with_an_interview_and_no_decision_is_told_at_once",
    "one letter a person": "limits.test_one_person_in_two_processes_hears_of_an_offer_once",
    "on an offer in an application in which an interview was held": "endings.TestOfferElsewhere.test_not_where_the_offer_came_without_an_interview",
    "not to the company that made the offer": "endings.TestOfferElsewhere.test_not_to_the_company_that_made_the_offer",
    "nor to the agency or person": "endings.TestOfferElsewhere.test_not_to_the_agency_that_made_it",
    "for 3 working days": "endings.TestOfferElsewhere.test_for_three_working_days",
    # interview_notes
    "18:00 the evening before an interview": "turns.TestNotes.test_they_are_due_at_six_the_evening_before",
    "fixed later: at once": "turns.TestNotes.test_at_once_where_it_was_fixed_later",
    "until the interview's end": "turns.TestNotes.test_until_the_interviews_end",
    # Presets and strikes
    "the unprompted letters of each preset": "presets.test_the_letters_of_each_preset",
    "answers, notes and the arranger's thank_you hold in every preset": "answers.test_answers_and_the_arrangers_thanks_hold_in_every_preset",
    "each number names its guide; a person can override every number": "presets.test_a_person_can_override_every_number",
    "the thank-yous of one interview, the arranger's included, are one strike": "limits.TestStrikes.test_the_thank_yous_of_one_interview_are_one",
    "at most three strikes since the other side's last word": "limits.TestStrikes.test_at_most_three_since_their_last_word",
    "never more than three unanswered messages to one person": "limits.TestStrikes.test_never_more_than_three_unanswered_mails_to_one_person",
    "answers and rejection_thanks are no strikes": "limits.TestStrikes.test_answers_and_thanks_for_a_no_are_none",
    # Decided points
    "main contact: where an agency acts, its recruiter": "contacts.TestMainContact.test_where_an_agency_acts_its_recruiter_whoever_wrote_last_at_the_client",
    "of the recruiters and coordinators that have written, the one who wrote last": "contacts.TestMainContact.test_of_recruiters_and_coordinators_the_one_who_wrote_last",
    "where none has, the interviewer who wrote last": "contacts.TestMainContact.test_where_none_has_written_the_interviewer_who_wrote_last",
    "a shared mailbox is a robot unless a person signs": "contacts.TestWhoMayBeAddressed.test_a_shared_mailbox_that_nobody_signs_is_a_robot",
    "nobody can be addressed: the person is told": "check_ins.test_nobody_to_address_the_person_is_told",
    "the newest thread in which that person wrote": "contacts.TestThread.test_the_newest_thread_in_which_that_person_wrote",
    "else was addressed": "contacts.TestThread.test_else_in_which_they_were_addressed",
    "never a calendar mail's own thread; else a new one": "contacts.TestThread.test_never_a_calendar_mails_own_else_a_new_one",
    "answers keep the Cc of people at the same organisation": "answers.test_an_answer_keeps_people_of_the_same_organisation_in_copy",
    "unprompted letters have none": "contacts.TestThread.test_unprompted_letters_have_no_copy",
    "holidays by the zone; country and region override": "workdays.test_whose_holidays_hold_follows_from_the_zone",
    "in doubt, until a message shows that it was held": "thanks.test_in_doubt_until_a_message_shows_that_it_was_held",
    "in doubt: no notes": "turns.TestNotes.test_none_while_it_is_in_doubt",
    "a range counts to its last day": "check_ins.test_a_range_counts_from_its_last_day",
    "a promise that a human makes without any interview makes a check_in due": "check_ins.test_a_humans_promise_without_any_interview_counts_like_any_other",
    "a robot's receipt promises nothing": "check_ins.test_a_robots_receipt_promises_nothing",
    "an undated 'still deciding' starts the days anew": "check_ins.test_an_undated_still_deciding_after_an_interview_starts_the_days_anew",
    "'soon' does not": "check_ins.test_soon_starts_nothing_anew",
    "an older promise delivered late never overrides a newer one": "check_ins.test_an_older_promise_delivered_late_overrides_nothing",
    "overtaken by the person's own message, wherever written": "thanks.test_thanks_in_another_letter_or_in_copy_count_too",
    "a thank_you is taken back after 5 working days": "limits.TestLying.test_thanks_lie_five_working_days",
    "a check-in after 21 days": "limits.TestLying.test_check_ins_lie_twenty_one_days",
    "the later letter takes in what still holds of the earlier one": "limits.TestOneLetterAPerson.test_the_later_letter_takes_in_the_earlier",
    "a formal_letter takes in thanks still lying": "thanks.TestFormalLetter.test_it_takes_in_thanks_still_lying",
    "an offer_elsewhere takes in thanks still lying": "endings.TestOfferElsewhere.test_it_takes_in_thanks_still_lying",
    "a no, an offer or a closing takes back every unsent thank_you": "thanks.test_a_decision_takes_back_every_unsent_thank_you",
    "absence notices, bounces, calendar answers and list copies are no word": "check_ins.TestNotWhen.test_no_answer_is_an_absence_notice_a_bounce_a_calendars_answer_or_a_list_copy",
    "a bounced message counts as not sent": "thanks.test_bounced_thanks_count_as_not_sent",
    "an absence with a return date moves a check_in": "check_ins.test_an_absence_with_a_return_date_moves_it_to_the_second_working_day_after",
    "rest days": "workdays.TestRestDays",
    "a withdrawal, an acceptance ends everything for that application": "limits.TestTheEnd.test_the_persons_own_end_ends_everything_there",
    "after an acceptance nothing unprompted for the others": "limits.TestTheEnd.test_after_an_acceptance_nothing_unprompted_is_drafted_elsewhere",
    "how long an application may be silent": "limits.test_patience_is_the_presets",
    "what the phone brought": "phone.test_what_the_person_tells_makes_the_same_follow_ups_due",
    "'they asked for a call' stands in plan": "turns.TestDebts.test_a_call_they_asked_for_stands_there_in_their_words",
    "what the person owes leads plan, also what a robot asks": "turns.TestDebts.test_what_a_robot_asks_is_owed_too_with_its_day_and_link",
    "a notice on the second working day before and on the day": "turns.TestDebts.test_a_notice_comes_on_the_second_working_day_before_and_on_the_day",
    "no English letter to a person who writes another language": "contacts.TestLanguage.test_no_english_letter_to_a_person_whose_last_words_are_not_english",
    "nor in such a thread": "contacts.TestLanguage.test_nor_in_such_a_thread_to_one_who_wrote_nothing",
    "done when sent": "contacts.TestLanguage.test_it_is_done_when_the_person_sent_it",
    "the letter to an agency's recruiter is a debrief": "thanks.test_an_agencys_recruiter_gets_a_debrief_and_the_client_letters_of_its_own",
    "through the agency, the client's interviewers get none": "thanks.test_through_the_agency_the_clients_interviewers_get_none_of_their_own",
    # Never
    "two drafts for one follow-up": "never.test_each_follow_up_is_there_once",
    "nobody has two unsent drafts on one application": "never.test_nobody_has_two_drafts_on_one_application",
    "a follow-up after its question was answered": "never.test_never_a_check_in_after_its_question_was_answered",
    "a draft to a robot, to oneself": "never.test_no_letter_goes_to_a_robot_a_stranger_or_oneself",
    "an address that only a Reply-To names": "contacts.TestWhoMayBeAddressed.test_a_stranger_that_only_a_reply_to_names_must_be_vouched_for",
    "unless it is already known in that application": "contacts.TestWhoMayBeAddressed.test_an_address_already_known_there_needs_nobody_to_vouch",
    "a thank_you for what was cancelled or has not ended": "never.test_thanks_only_for_what_was_held_and_is_over",
    "what waits for a working morning falls due on one": "never.test_what_waits_for_a_working_morning_falls_due_on_one",
    # Hints
    "LinkedIn words after the interview and on day 45 of silence": "turns.TestHints.test_linkedin_after_the_interview_and_on_day_45_of_silence",
    "phone instead of mail": "turns.TestHints.test_the_phone_instead_of_a_mail",
    "talk it over with a friend before the one-follow-up check_in": "turns.TestHints.test_a_friend_before_the_one_follow_up",
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_test(rule: str) -> None:
    module, *path = RULES[rule].split(".")
    found: object = importlib.import_module(f"tests.etiquette.test_{module}")
    for name in path:
        found = getattr(found, name)
    assert callable(found)
