// Dates as people in Asahan write them; the regency lives on WIB wherever the browser is.

const ZONE = "Asia/Jakarta";
const format = (options) => new Intl.DateTimeFormat("id-ID", { timeZone: ZONE, ...options });

const TIME = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const LONG = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const DAY = format({ year: "numeric", month: "2-digit", day: "2-digit" });

/** "09.00", from a Date. */
export const timeOfDay = (date) => TIME.format(date).replace(":", ".");
/** "Jumat, 23 Januari 2026" */
export const longDate = (date) => LONG.format(date);
/** "Jum, 23 Jan 2026" */
export const shortDate = (date) => SHORT.format(date);
/** A key that two moments share when they fall on the same day in WIB. */
export const dayKey = (date) => DAY.format(date);
/** A Bot API date: seconds since 1970, UTC. */
export const fromUnix = (seconds) => new Date(seconds * 1000);
