"""Between Telegram and the handlers: what comes in is written down, dealt with, and answered; nothing is lost.

Invariants, each with tests under tests/delivery/ on both engines:

1.  Telegram may forget an update only after it is committed to `inbox`; the same update twice is one row.
2.  What a handler changes, what it says (outbox rows) and that its update is done are committed together or not at all.
3.  Within a chat updates are dealt with in order, one at a time, also while one waits for another try.
4.  A handler that raises is tried again, three times in all; then its update is set aside and the person is told.
5.  An update over which a process dies is tried again alone, at growing distances, and set aside when that goes on.
6.  `sending` is committed before the call. After a crash or a lost response the call is made again and marked
    `possible_repeat`, unless its kind says otherwise; what provably was not delivered is never in doubt.
7.  One message to a chat is under way at a time, and what became of it is written down before the next is taken.
8.  Telegram's limits are kept over any window, and a refusal (429) costs time, never a message.
9.  Urgent rows overtake others at once, and yet none starves.
10. Whoever lost its lease, or is no longer the leader, commits nothing and calls nothing more.
11. One process per SQLite database; on PostgreSQL one leader, and another within ten seconds when it is gone.
12. The token stands in no log line.

What this promises: no update lost; every effect once; every message at least once, and more than once only when the
process died, or Telegram's answer was lost, between its acceptance and our commit; then the row says `possible_repeat`.

The way of a message: `intake` or `webhook` (in), `inbox` + `dispatcher` (handling), `outbox` + `sender` (out), with
`decisions` and `pacing` as the sender's pure parts, `leadership` deciding who sends, and `engine` tying them together.
"""
