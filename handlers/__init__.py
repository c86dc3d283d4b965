"""The routing table: what leads where, and which right it needs. One screen."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from handlers import (
    aliases,
    answers,
    corrections,
    directives,
    drafts,
    exports,
    extensions,
    fields,
    finishing,
    help_,
    issued,
    letters,
    lookups,
    meetings,
    messages,
    minutes,
    notes,
    people,
    rapor,
    receipts,
    reports,
    sending,
    summary,
    tasks,
    verification,
)
from handlers.gate import Command, Gate, Press, Step
from handlers.office import Office
from handlers.pace import Pace, Rate
from handlers.rights import Deed
from handlers.waiting import with_a_way_out

COMMANDS = (
    Command("bantuan", help_.show_help, Deed.TALK, in_groups=True),
    Command("batal", help_.leave_off, Deed.TALK),
    Command("tugas", tasks.show_tasks, Deed.WORK),
    Command("lapor", reports.choose, Deed.WORK),
    Command("rapat", meetings.rapat, Deed.OPEN_MEETING),
    Command("arahan", directives.arahan, Deed.POST_DIRECTIVE),
    Command("notulen", minutes.notulen, Deed.POST_DIRECTIVE),
    Command("verifikasi", verification.show_desk, Deed.VERIFY),
    Command("pantau", lookups.watch, Deed.LOOK, in_groups=True),
    Command("terlambat", lookups.late, Deed.READ_SUMMARY),
    Command("ringkasan", summary.summary, Deed.READ_SUMMARY),
    Command("ekspor", exports.export, Deed.EXPORT),
    Command("rapor", rapor.rapor, Deed.LOOK),
    Command("bahan", letters.pack, Deed.VERIFY),
    Command("surat", letters.letters, Deed.VERIFY),
    Command("undang", people.invite, Deed.INVITE),
    Command("pengguna", people.show_people, Deed.SEE_PEOPLE),
)

PRESSES = (
    # a task's card
    Press("accept", tasks.accept, Deed.WORK),
    Press("report", reports.ask, Deed.WORK),
    Press("obstacle", reports.ask_obstacle, Deed.WORK),
    Press("extension", extensions.ask, Deed.WORK),
    Press("finish", finishing.finish, Deed.WORK),
    Press("finish_bare", finishing.finish_without_evidence, Deed.WORK),
    Press("tasks", tasks.show_more, Deed.WORK),
    # a report's receipt
    Press("is_about", reports.is_about, Deed.WORK),
    Press("is_none", reports.is_none, Deed.WORK),
    Press("percent", receipts.ask_percent, Deed.WORK),
    Press("percent_is", receipts.percent_is, Deed.WORK),
    Press("no_obstacle", receipts.no_obstacle, Deed.WORK),
    Press("receipt", receipts.back, Deed.WORK),
    Press("other_task", receipts.other_task, Deed.WORK),
    Press("move_to", receipts.move_to, Deed.WORK),
    Press("withdraw", receipts.withdraw, Deed.WORK),
    Press("unfinish", receipts.unfinish, Deed.WORK),
    Press("extension_yes", extensions.accept_offer, Deed.WORK),
    Press("extension_no", extensions.decline_offer, Deed.WORK),
    # meetings, and drafts of directives
    Press("meetings", meetings.browse, Deed.OPEN_MEETING),
    Press("meeting_new", meetings.ask_new, Deed.OPEN_MEETING),
    Press("meeting_use", meetings.use, Deed.OPEN_MEETING),
    Press("meeting_change", meetings.ask_change, Deed.OPEN_MEETING),
    Press("drafts_send", sending.send, Deed.POST_DIRECTIVE),
    Press("drafts_change", drafts.change, Deed.POST_DIRECTIVE),
    Press("drafts_discard", drafts.discard_all, Deed.POST_DIRECTIVE),
    Press("drafts_restore", drafts.restore, Deed.POST_DIRECTIVE),
    Press("drafts_complete", drafts.complete, Deed.POST_DIRECTIVE),
    Press("drafts_page", drafts.page, Deed.POST_DIRECTIVE),
    Press("drafts_overlooked", drafts.take_overlooked, Deed.POST_DIRECTIVE),
    Press("drafts_day", drafts.use_day, Deed.POST_DIRECTIVE),
    Press("draft", drafts.look, Deed.POST_DIRECTIVE),
    Press("draft_fields", drafts.fields, Deed.POST_DIRECTIVE),
    Press("draft_choose", drafts.choose, Deed.POST_DIRECTIVE),
    Press("draft_lead", drafts.lead, Deed.POST_DIRECTIVE),
    Press("draft_programme", drafts.programme, Deed.POST_DIRECTIVE),
    Press("draft_priority", drafts.priority, Deed.POST_DIRECTIVE),
    Press("draft_drop", drafts.drop, Deed.POST_DIRECTIVE),
    Press("draft_unit_is", drafts.unit_is, Deed.POST_DIRECTIVE),
    Press("draft_due_right", drafts.due_is_right, Deed.POST_DIRECTIVE),
    Press("draft_reword", drafts.reword, Deed.POST_DIRECTIVE),
    Press("draft_ignore", drafts.ignore, Deed.POST_DIRECTIVE),
    Press("draft_ask", fields.ask, Deed.POST_DIRECTIVE),
    Press("draft_group", fields.group_chosen, Deed.POST_DIRECTIVE),
    Press("draft_due", fields.due_chosen, Deed.POST_DIRECTIVE),
    Press("draft_fix", corrections.complete, Deed.POST_DIRECTIVE),
    Press("alias_keep", aliases.keep, Deed.POST_DIRECTIVE),
    Press("alias_no", aliases.leave, Deed.POST_DIRECTIVE),
    Press("issued", issued.manage, Deed.POST_DIRECTIVE),
    Press("issued_ask", issued.ask, Deed.POST_DIRECTIVE),
    # the secretariat's desk
    Press("desk", verification.desk_page, Deed.VERIFY),
    Press("verification", verification.open_one, Deed.VERIFY),
    Press("approve", verification.approve, Deed.VERIFY),
    Press("return", verification.ask_reason, Deed.VERIFY),
    Press("return_for", verification.return_for, Deed.VERIFY),
    Press("evidence", verification.show_evidence, Deed.LOOK),
    Press("extension_open", verification.open_extension, Deed.VERIFY),
    Press("grant", extensions.grant, Deed.VERIFY),
    Press("refuse", extensions.ask_refusal, Deed.VERIFY),
    # looking deeper
    Press("late", lookups.late_page, Deed.LOOK),
    Press("blocked", lookups.blocked_page, Deed.LOOK),
    Press("units", lookups.units, Deed.LOOK),
    Press("unit", lookups.unit, Deed.LOOK),
    Press("programmes", lookups.programmes, Deed.LOOK),
    Press("programme", lookups.programme, Deed.LOOK),
    Press("search", lookups.search_page, Deed.LOOK),
    Press("overview", lookups.overview_here, Deed.LOOK),
    Press("statuses", lookups.all_statuses, Deed.LOOK),
    Press("status", lookups.status, Deed.LOOK),
    Press("meetings_seen", lookups.meetings, Deed.LOOK),
    Press("meeting", lookups.meeting, Deed.LOOK),
    Press("look_directive", lookups.directive, Deed.LOOK),
    Press("look_task", lookups.task, Deed.LOOK),
    # pimpinan
    Press("note_choose", notes.choose, Deed.NOTE),
    Press("note", notes.ask, Deed.NOTE),
    Press("explain", notes.ask_question, Deed.NOTE),
    Press("explain_usual", notes.ask_usual, Deed.NOTE),
    Press("praise", notes.praise, Deed.NOTE),
    Press("praise_usual", notes.praise_usual, Deed.NOTE),
    Press("answer", answers.ask, Deed.WORK),
    Press("summary_pdf", summary.summary_pdf, Deed.READ_SUMMARY),
    Press("rapor", rapor.show, Deed.LOOK),
    Press("rapor_pdf", rapor.paper, Deed.LOOK),
    Press("unit_reply", rapor.ask_reply, Deed.WORK),
    Press("letters", letters.letters_page, Deed.VERIFY),
    Press("letters_of", letters.letters_of, Deed.VERIFY),
    Press("warn", letters.warn, Deed.VERIFY),
    Press("letter_number", letters.ask_number, Deed.VERIFY),
    Press("record", letters.record, Deed.VERIFY),
    Press("not_joined", people.not_joined, Deed.SEE_PEOPLE),
    Press("export", exports.choose, Deed.EXPORT),
    Press("matrix", exports.matrix, Deed.EXPORT),
    Press("bundle", exports.bundle, Deed.EXPORT),
    Press("order_cancel", exports.cancel, Deed.TALK),
    # people
    Press("invite_role", people.invite_role, Deed.INVITE),
    Press("invite_to", people.invite_to, Deed.INVITE),
    Press("invite_all", people.invite_all, Deed.INVITE),
    Press("people", people.people_page, Deed.SEE_PEOPLE),
    Press("person", people.show_member, Deed.SEE_PEOPLE),
    Press("revoke", people.ask_revoke, Deed.SEE_PEOPLE),
    Press("revoke_yes", people.revoke, Deed.SEE_PEOPLE),
    Press("end_holding", people.end_holding, Deed.SEE_PEOPLE),
)

STEPS = (
    Step("report", messages.report, Deed.WORK),
    Step("answer", answers.receive, Deed.WORK),
    Step("percent", receipts.percent_written, Deed.WORK),
    Step("finish", reports.receive_evidence, Deed.WORK),
    Step("extension", extensions.receive, Deed.WORK),
    Step("extension_reason", extensions.receive_reason, Deed.WORK),
    Step("meeting_new", meetings.receive_new, Deed.OPEN_MEETING),
    Step("meeting_change", meetings.receive_change, Deed.OPEN_MEETING),
    Step("directive_text", directives.receive_text, Deed.POST_DIRECTIVE),
    Step("notulen", minutes.receive, Deed.POST_DIRECTIVE),
    Step("drafts", corrections.receive, Deed.POST_DIRECTIVE),
    Step("draft_field", fields.receive, Deed.POST_DIRECTIVE),
    Step("issued_change", issued.receive, Deed.POST_DIRECTIVE),
    Step("return_reason", verification.return_in_words, Deed.VERIFY),
    Step("extension_refusal", extensions.refuse, Deed.VERIFY),
    Step("letter_number", letters.receive_number, Deed.VERIFY),
    Step("unit_reply", rapor.receive_reply, Deed.WORK),
    Step("note", notes.receive, Deed.NOTE),
    Step("note_number", notes.number_written, Deed.NOTE),
    Step("invite_unit", people.invite_unit, Deed.INVITE),
)


def register(application: Application[Any, Any, Any, Any, Any, Any], office: Office) -> Gate:
    """Lead every update of the application through the gate."""
    limits = office.settings.limits
    gate = Gate(
        office=office,
        commands={command.name: command for command in COMMANDS},
        presses={press.verb: press for press in PRESSES},
        steps={step.name: with_a_way_out(step) for step in STEPS},
        unprompted=messages.unprompted,
        edited=messages.edited,
        messages_pace=Pace(Rate(limits.burst, limits.per_minute)),
        # Going through a notulen by taps is quicker than writing.
        presses_pace=Pace(Rate(2 * limits.burst, 4 * limits.per_minute)),
    )
    application.add_handler(CallbackQueryHandler(gate.on_press))
    application.add_handler(ChatMemberHandler(gate.on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, gate.on_edited))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, gate.on_message))
    return gate
