import { type Currency, convert } from "./model/money";
import { monthOf, monthsFrom } from "./model/month";
import { eRpm } from "./model/rpm";
import type { BookedCell, OpenPart, StatementFacts } from "./model/statement";
import {
  ENTRY_KIND_LABEL,
  type EntryKind,
  type PayoutState,
  PLATFORM_LABEL,
  PLATFORMS,
  STATE_LABEL,
  STREAM_LABEL,
} from "./model/words";
import {
  NOTE_COLUMN,
  type StatementCell,
  type StatementColumn,
  type StatementRow,
  type StatementSection,
} from "./report/statement";
import {
  type Conversion,
  cash,
  column,
  currenciesOf,
  grouped,
  inOrder,
  reported,
  reportedCash,
  section,
  sumOf,
  totalRows,
} from "./statement-tables";

/** The tables of a statement that are money: what was earned, taken off, received and is open. Pure. */

/** A statement of a small creator lists all its videos; of a large one the rest is one row. */
const MOST_VIDEOS = 50;

/** What was earned in the range and booked in it; the rest of the booked is about earlier months. */
export function ownCells({ cells, range }: StatementFacts): BookedCell[] {
  return cells.filter(({ month }) => month >= range.from);
}

export function streamSection(
  facts: StatementFacts,
  conversion: Conversion,
  keepsReceipts: boolean,
): StatementSection {
  const { reporting } = conversion;
  const own = ownCells(facts);
  const isMixed = own.some(({ currency }) => currency !== reporting);
  const fill = (cells: readonly BookedCell[], currency: Currency): StatementRow => ({
    ...byState(cells, currency),
    received: keepsReceipts
      ? cash(
          sumOf(
            facts.parts.filter(
              (part) => part.currency === currency && cells.some(({ stream }) => stream === part.stream),
            ),
          ),
          currency,
        )
      : null,
    reported: reportedCash(cells, conversion),
  });
  const rows = grouped(inOrder(own, reporting), ({ stream, currency }) => `${stream} ${currency}`);
  return section("streams", {
    note: "What the period earned, without adjustments to earlier months. Received: what had arrived of it by the last day.",
    columns: [
      column("stream", "Stream"),
      ...STATES_AND_TOTAL,
      column("received", "Received", "money"),
      ...(isMixed ? [column("reported", `In ${reporting}`, "money")] : []),
    ],
    rows: rows.map((cells) => ({
      stream: STREAM_LABEL[cells[0]!.stream],
      ...fill(cells, cells[0]!.currency),
    })),
    totals: [
      ...totalRows(own, reporting, "stream", fill),
      ...(isMixed
        ? [
            {
              stream: `All, converted to ${reporting}`,
              reported: cash(reported(own, conversion).minor, reporting),
            },
          ]
        : []),
    ],
    empty: "Nothing that was earned in the period is booked.",
    picture: { kind: "bars", label: "stream", value: isMixed ? "reported" : "total" },
  });
}

/** A column for each currency. null for a single month: it would say what the streams say. */
export function monthSection(facts: StatementFacts, conversion: Conversion): StatementSection | null {
  const { range, today } = facts;
  if (range.from === range.to) return null;
  const { reporting } = conversion;
  const own = ownCells(facts);
  const currencies = currenciesOf(own, reporting);
  const isMixed = own.some(({ currency }) => currency !== reporting);
  const current = monthOf(today);
  const amounts = (cells: readonly BookedCell[], absent: StatementCell): StatementRow => ({
    ...Object.fromEntries(
      currencies.map((currency) => {
        const part = cells.filter((cell) => cell.currency === currency);
        return [currency, part.length === 0 ? absent : cash(sumOf(part), currency)];
      }),
    ),
    reported: cells.length === 0 ? absent : reportedCash(cells, conversion),
  });
  return section("months", {
    columns: [
      column("month", "Earned in", "month"),
      ...currencies.map((currency) => column(currency, currency, "money")),
      ...(isMixed ? [column("reported", `All in ${reporting}`, "money")] : []),
      column("state", "State"),
    ],
    rows: monthsFrom(range.from, range.to).map((month) => {
      const cells = own.filter((cell) => cell.month === month);
      const absent = month > current ? ({ notYet: true } as const) : null;
      return { month, ...amounts(cells, absent), state: cells.length === 0 ? absent : stateOf(cells) };
    }),
    totals:
      own.length === 0
        ? []
        : [
            {
              month: "All months",
              ...amounts(own, null),
              reported: cash(reported(own, conversion).minor, reporting),
            },
          ],
    empty: "",
    picture: { kind: "bars", label: "month", value: isMixed ? "reported" : reporting },
  });
}

function stateOf(cells: readonly BookedCell[]): string {
  const isEstimated = cells.some(({ state }) => state === "estimated");
  if (!isEstimated) return STATE_LABEL.final;
  return cells.some(({ state }) => state === "final") ? "Estimated in part" : STATE_LABEL.estimated;
}

const TAKEN_OFF = [
  "refund",
  "clawback",
  "adjustment",
  "fee",
  "withheld",
] as const satisfies readonly EntryKind[];
const TAKEN_OFF_HEADER: Readonly<Record<(typeof TAKEN_OFF)[number], string>> = {
  refund: "Refunds",
  clawback: "Clawbacks",
  adjustment: "Adjustments",
  fee: "Fees",
  withheld: "Tax withheld",
};

export function ladderSection(facts: StatementFacts, { reporting }: Conversion): StatementSection {
  const own = ownCells(facts);
  const kinds = TAKEN_OFF.filter((kind) => own.some((cell) => cell.kind === kind));
  const ofKind = (cells: readonly BookedCell[], kind: EntryKind) =>
    sumOf(cells.filter((cell) => cell.kind === kind));
  const fill = (cells: readonly BookedCell[], currency: Currency): StatementRow => ({
    credited: cash(ofKind(cells, "earning"), currency),
    ...Object.fromEntries(kinds.map((kind) => [kind, cash(ofKind(cells, kind), currency)])),
    net: cash(sumOf(cells), currency),
  });
  const touched = own.filter(({ stream, currency }) =>
    own.some((cell) => cell.stream === stream && cell.currency === currency && cell.kind !== "earning"),
  );
  return section("ladder", {
    note: "Only streams of which something was taken off or added. Tax and fees that a platform kept are negative.",
    columns: [
      column("stream", "Stream"),
      column("credited", "Credited", "money"),
      ...kinds.map((kind) => column(kind, TAKEN_OFF_HEADER[kind], "money")),
      column("net", "Net", "money"),
    ],
    rows: grouped(inOrder(touched, reporting), ({ stream, currency }) => `${stream} ${currency}`).map(
      (cells) => ({ stream: STREAM_LABEL[cells[0]!.stream], ...fill(cells, cells[0]!.currency) }),
    ),
    totals: totalRows(touched, reporting, "stream", fill),
    empty: "Nothing was refunded, taken back, withheld or adjusted: what was credited is the net.",
  });
}

export function platformSection(facts: StatementFacts, { reporting }: Conversion): StatementSection {
  const own = [...ownCells(facts)].sort((a, b) => placeOf(a) - placeOf(b));
  return section("platforms", {
    columns: [column("platform", "Platform"), ...STATES_AND_TOTAL],
    rows: grouped(own, (cell) => `${placeOf(cell)} ${cell.currency}`).map((cells) => ({
      platform: platformOf(cells[0]!),
      ...byState(cells, cells[0]!.currency),
    })),
    totals: totalRows(own, reporting, "platform", byState),
    empty: "Nothing that was earned in the period is booked.",
  });
}

export function channelSection(facts: StatementFacts, { reporting }: Conversion): StatementSection {
  const own = ownCells(facts);
  const rows = grouped(own, ({ channel, currency }) => `${channel?.id ?? ""} ${currency}`);
  rows.sort((a, b) => placeOf(a[0]!) - placeOf(b[0]!) || (nameOf(a[0]!) < nameOf(b[0]!) ? -1 : 1));
  return section("channels", {
    columns: [column("channel", "Channel"), column("platform", "Platform"), ...STATES_AND_TOTAL],
    rows: rows.map((cells) => ({
      channel: nameOf(cells[0]!),
      platform: platformOf(cells[0]!),
      ...byState(cells, cells[0]!.currency),
    })),
    totals: totalRows(own, reporting, "channel", byState),
    empty: "Nothing that was earned in the period is booked.",
  });
}

/** What the videos' lines say, most first, and what no line says: together all that the range earned. */
export function videoSection(
  facts: StatementFacts,
  { reporting }: Conversion,
  views: ReadonlyMap<string, number | null>,
): StatementSection {
  const own = ownCells(facts);
  const ranked = currenciesOf(facts.videos, reporting).flatMap((currency) =>
    facts.videos.filter((video) => video.currency === currency),
  );
  const [shown, rest] = [ranked.slice(0, MOST_VIDEOS), ranked.slice(MOST_VIDEOS)];
  const lines = facts.videos.length === 0 ? [] : currenciesOf(own, reporting);
  return section("videos", {
    note: "By the lines of the payouts; what no line names is not attributed. Views are those of the period.",
    columns: [
      column("video", "Video"),
      column("channel", "Channel"),
      column("published", "Published", "day"),
      column("views", "Views", "count"),
      column("amount", "Earned", "money"),
      column("rate", "Per 1,000 views", "rate"),
    ],
    rows: [
      ...shown.map(({ id, title, channelName, publishedOn, currency, minor }) => {
        const count = views.get(id) ?? null;
        const rate = eRpm(minor, count, currency);
        return {
          video: title,
          channel: channelName,
          published: publishedOn,
          views: count === null ? null : String(count),
          amount: cash(minor, currency),
          rate: rate === null ? null : { per1000: rate, currency },
        };
      }),
      ...grouped(rest, ({ currency }) => currency).map((videos) => ({
        video: videos.length === 1 ? "1 more video" : `${videos.length} more videos`,
        amount: cash(sumOf(videos), videos[0]!.currency),
      })),
      ...lines.map((currency) => {
        const all = sumOf(own.filter((cell) => cell.currency === currency));
        const named = sumOf(facts.videos.filter((video) => video.currency === currency));
        return { video: "Not attributed to a video", amount: cash(all - named, currency) };
      }),
    ],
    totals: lines.map((currency) => ({
      video: `Total in ${currency}`,
      amount: cash(sumOf(own.filter((cell) => cell.currency === currency)), currency),
    })),
    empty: "No payout of the period says what each video earned.",
  });
}

export function earlierSection(facts: StatementFacts, conversion: Conversion): StatementSection {
  const { reporting } = conversion;
  const late = facts.cells.filter(({ month }) => month < facts.range.from);
  return section("earlier", {
    note: "What came to be known of months that were closed already. It is booked here; their statements stay as they were.",
    columns: [
      column("month", "Closed month", "month"),
      column("stream", "Stream"),
      column("channel", "Channel"),
      column("what", "What"),
      column("entries", "Entries", "count"),
      column(NOTE_COLUMN, "Note"),
      column("amount", "Amount", "money"),
    ],
    rows: facts.late.map(({ month, stream, channelName, what, entries, note, currency, minor }) => ({
      ...{ month, stream: STREAM_LABEL[stream], channel: channelName, note: note || null },
      what: CHANGE_LABEL[what],
      entries: String(entries),
      amount: cash(minor, currency),
    })),
    totals: [
      ...totalRows(late, reporting, "month", (cells, currency) => ({ amount: cash(sumOf(cells), currency) })),
      ...(late.some(({ currency }) => currency !== reporting)
        ? [
            {
              month: `All, converted to ${reporting}`,
              amount: cash(reported(late, conversion).minor, reporting),
            },
          ]
        : []),
    ],
    empty: "Nothing about closed months was booked in the period.",
  });
}

const CHANGE_LABEL: Readonly<Record<EntryKind | "correction", string>> = {
  ...ENTRY_KIND_LABEL,
  earning: "Late payout",
  correction: "Correction",
  void: "Taken back",
};

export function receivedSection({ received }: StatementFacts, { reporting }: Conversion): StatementSection {
  return section("received", {
    note: "By the day on which the money arrived, whenever it was earned.",
    columns: [
      column("day", "Received on", "day"),
      column("paid", "For"),
      column("from", "Earned from", "day"),
      column("to", "Earned to", "day"),
      column("fee", "Fee", "money"),
      column("amount", "Received", "money"),
      column("rate", "Bank's rate", "decimal"),
      column(NOTE_COLUMN, "Note"),
    ],
    rows: received.map(({ day, minor, currency, feeMinor, rate, note, paid }) => ({
      ...{ day, rate, note: note || null },
      paid: [...new Set(paid.map(({ stream }) => STREAM_LABEL[stream]))].join(", ") || null,
      from: paid.reduce<string | null>(
        (first, { fromDay }) => (first === null || fromDay < first ? fromDay : first),
        null,
      ),
      to: paid.reduce<string | null>(
        (last, { toDay }) => (last === null || toDay > last ? toDay : last),
        null,
      ),
      fee: cash(feeMinor, currency),
      amount: cash(minor, currency),
    })),
    totals: totalRows(received, reporting, "day", (rows, currency) => ({
      fee: cash(
        rows.reduce((sum, { feeMinor }) => sum + feeMinor, 0n),
        currency,
      ),
      amount: cash(sumOf(rows), currency),
    })),
    empty: "No receipt is dated in the period.",
  });
}

/** Daily payouts would fill pages, so those of a month, stream and channel are one row. */
export function outstandingSection(
  { open }: StatementFacts,
  { reporting }: Conversion,
  keepsReceipts: boolean,
): StatementSection {
  const known = keepsReceipts ? open : [];
  const fill = (parts: readonly OpenPart[], currency: Currency): StatementRow => {
    const due = parts.reduce((sum, { dueMinor }) => sum + dueMinor, 0n);
    const paid = parts.reduce((sum, { paidMinor }) => sum + paidMinor, 0n);
    return {
      payouts: String(parts.length),
      due: cash(due, currency),
      received: cash(paid, currency),
      open: cash(due - paid, currency),
    };
  };
  return section("outstanding", {
    note: "Payouts earned up to the last day, less what receipts had covered by then.",
    columns: [
      column("month", "Earned up to", "month"),
      column("stream", "Stream"),
      column("channel", "Channel"),
      column("state", "State"),
      column("payouts", "Payouts", "count"),
      column("due", "Due", "money"),
      column("received", "Received", "money"),
      column("open", "Open", "money"),
    ],
    rows: grouped(known, ({ toDay, stream, channelName, state, currency }) =>
      JSON.stringify([monthOf(toDay), stream, channelName, state, currency]),
    ).map((parts) => {
      const { toDay, stream, channelName, state, currency } = parts[0]!;
      return {
        month: monthOf(toDay),
        stream: STREAM_LABEL[stream],
        channel: channelName,
        state: STATE_LABEL[state],
        ...fill(parts, currency),
      };
    }),
    totals: totalRows(known, reporting, "month", fill),
    empty: keepsReceipts
      ? "Nothing is open: receipts cover all that was earned."
      : "No receipt was ever logged, so what is outstanding is not known.",
  });
}

export function withheldSection(facts: StatementFacts, { reporting, rateOf }: Conversion): StatementSection {
  const withheld = facts.cells.filter(({ kind }) => kind === "withheld");
  const isMixed = withheld.some(({ currency }) => currency !== reporting);
  const groups = grouped(
    inOrder(withheld, reporting),
    (cell) => `${cell.month} ${cell.stream} ${cell.currency}`,
  );
  groups.sort((a, b) => (a[0]!.month < b[0]!.month ? -1 : a[0]!.month > b[0]!.month ? 1 : 0));
  return section("withheld", {
    note: "What platforms kept for a tax office, as it was booked in the period.",
    columns: [
      column("month", "Earned in", "month"),
      column("stream", "Stream"),
      column("amount", "Withheld", "money"),
      ...(isMixed ? [column("reported", `In ${reporting}`, "money")] : []),
    ],
    rows: groups.map((cells) => {
      const { month, stream, currency } = cells[0]!;
      const rate = currency === reporting ? "1" : rateOf(currency, month)?.rate;
      const sum = sumOf(cells);
      return {
        ...{ month, stream: STREAM_LABEL[stream], amount: cash(sum, currency) },
        reported: rate ? cash(convert(sum, currency, reporting, rate), reporting) : null,
      };
    }),
    totals: totalRows(withheld, reporting, "month", (cells, currency) => ({
      amount: cash(sumOf(cells), currency),
    })),
    empty: "No withheld tax is booked in the period.",
  });
}

export function rateSection({ cells }: StatementFacts, { reporting, rateOf }: Conversion): StatementSection {
  const pairs = grouped(
    cells.filter(({ currency }) => currency !== reporting),
    ({ currency, month }) => `${currency} ${month}`,
  ).map((group) => group[0]!);
  pairs.sort((a, b) => (`${a.currency} ${a.month}` < `${b.currency} ${b.month}` ? -1 : 1));
  return section("rates", {
    note: `${reporting} for 1 unit of the currency, of the last day of the month that it was earned in, else the latest before.`,
    columns: [
      column("currency", "Currency"),
      column("month", "For", "month"),
      column("rate", `${reporting} for 1`, "decimal"),
      column("day", "Of", "day"),
      column("source", "Source"),
    ],
    rows: pairs.map(({ currency, month }) => {
      const used = rateOf(currency, month);
      return {
        ...{ currency, month, rate: used?.rate ?? null, day: used?.day ?? null },
        source: used?.source ?? "none known",
      };
    }),
    empty: `Everything is in ${reporting}; nothing was converted.`,
  });
}

const STATES_AND_TOTAL: readonly StatementColumn[] = [
  column("estimated", "Estimated", "money"),
  column("final", "Final", "money"),
  column("total", "Total", "money"),
];

/** A state without entries is missing, which is not zero. */
function byState(cells: readonly BookedCell[], currency: Currency): StatementRow {
  const inState = (wanted: PayoutState) => {
    const part = cells.filter(({ state }) => state === wanted);
    return part.length === 0 ? null : cash(sumOf(part), currency);
  };
  return { estimated: inState("estimated"), final: inState("final"), total: cash(sumOf(cells), currency) };
}

function placeOf({ channel }: BookedCell): number {
  return channel === null ? PLATFORMS.length : PLATFORMS.indexOf(channel.platform);
}

function platformOf({ channel }: BookedCell): string {
  return channel === null ? "On no platform" : PLATFORM_LABEL[channel.platform];
}

function nameOf({ channel }: BookedCell): string {
  return channel?.name ?? "On no channel";
}
