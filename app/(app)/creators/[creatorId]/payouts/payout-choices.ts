import "server-only";
import * as channels from "@/db/channels";
import type { Creator } from "@/db/creators";
import * as payouts from "@/db/payouts";
import * as videos from "@/db/videos";
import { money } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { type Currency, decimalOf } from "@/lib/model/money";
import { addMonths, monthOf } from "@/lib/model/month";
import {
  ENTRY_KIND_LABEL,
  FORMAT_LABEL,
  FORMATS,
  KINDS_OF_ENTRY,
  STATE_LABEL,
  STATES,
  STREAM_LABEL,
  STREAMS,
} from "@/lib/model/words";
import { channelOptions, currencyChoices, labelled } from "../options";
import { isWholeMonth, periodName } from "../period-name";
import { loadBelongs } from "./belongs-choices";
import { madeDefaults } from "./makings-text";
import type { PayoutChoices, PayoutDefaults } from "./payout-form";
import type { TaxSuggestion } from "./suggest-tax";
import { loadTerms } from "./terms";

/** How many payouts and videos a form offers; older ones are reached from their own pages. */
const OFFERED = 50;
const DAY_MS = 86_400_000;

type Shown = payouts.Payout & { lines?: readonly { videoId: string; title: string; minor: bigint }[] };

/** What the form's selects offer. `shown` is the payout at hand, whose own values must be among them. */
export async function loadChoices(
  viewer: Viewer,
  creator: Creator,
  locale: string,
  shown: Shown | null,
): Promise<PayoutChoices> {
  const [allChannels, earnings, recent, terms, belongs] = await Promise.all([
    channels.list(viewer, creator.id),
    payouts.list(viewer, creator.id, { filter: { kind: "earning" }, sort: "recorded", size: OFFERED }),
    videos.list(viewer, creator.id, { sort: "published", descending: true, size: OFFERED }),
    loadTerms(viewer, creator, locale),
    loadBelongs(viewer, creator.id, locale, shown),
  ]);
  const videoOptions = new Map(recent.rows.map(({ id, title }) => [id, title]));
  for (const { videoId, title } of shown?.lines ?? []) videoOptions.set(videoId, title);
  return {
    currencies: currencyChoices(shown?.currency, creator.currency, earnings.rows[0]?.currency),
    streams: labelled(STREAMS, STREAM_LABEL),
    channels: channelOptions(allChannels, shown?.channelId),
    formats: labelled(["all", ...FORMATS], FORMAT_LABEL),
    states: labelled(STATES, STATE_LABEL),
    kinds: labelled(
      KINDS_OF_ENTRY.filter((kind) => kind !== "void"),
      ENTRY_KIND_LABEL,
    ),
    abouts: earnings.rows.map((payout) => ({ value: payout.chainId, label: titleOf(payout, locale) })),
    videos: [...videoOptions].map(([value, label]) => ({ value, label })),
    belongs,
    terms,
  };
}

/**
 * A new payout begins where the last one ended: its channel, stream and currency always, its month too when it
 * was typed within the day; otherwise last month. The first one begins with the only channel, if there is one
 * only, and with what that platform pays. What stands folded away under More begins empty.
 */
export async function nextDefaults(
  viewer: Viewer,
  creator: Creator,
  last: payouts.Payout | null,
): Promise<PayoutDefaults> {
  const only = last === null ? await findOnlyChannel(viewer, creator.id) : null;
  const isSameSitting = last !== null && Date.now() - last.recordedAt.getTime() < DAY_MS;
  const lastMonth = addMonths(monthOf(creator.today), -1);
  return {
    amount: "",
    currency: last?.currency ?? creator.currency,
    stream: last?.stream ?? (only?.platform === "tiktok" ? "rewards" : "ads"),
    channelId: (last ? last.channelId : only?.id) ?? "",
    format: "all",
    month: isSameSitting && isWholeMonth(last) ? monthOf(last.fromDay) : lastMonth,
    fromDay: "",
    toDay: "",
    state: last?.state ?? "final",
    kind: "earning",
    about: "",
    note: "",
    estimated: "",
    settledOn: "",
    dealId: "",
    placementId: "",
    lines: [],
    made: {},
  };
}

async function findOnlyChannel(viewer: Viewer, creatorId: string): Promise<channels.Channel | null> {
  const active = (await channels.list(viewer, creatorId)).filter(({ archivedAt }) => archivedAt === null);
  return active.length === 1 ? (active[0] ?? null) : null;
}

/** The form that corrects an entry holds what the entry says. */
export function correctionDefaults(payout: Shown): PayoutDefaults {
  const currency = payout.currency as Currency;
  // What takes money away is typed without its minus; the kind says it.
  const isTaken = payout.minor < 0n && payout.kind !== "adjustment";
  const shown = (minor: bigint) => decimalOf(isTaken ? -minor : minor, currency);
  return {
    amount: shown(payout.minor),
    currency,
    stream: payout.stream,
    channelId: payout.channelId ?? "",
    format: payout.format,
    ...periodOf(payout),
    state: payout.state,
    kind: payout.kind,
    about: payout.about ?? "",
    note: payout.note,
    estimated: payout.estimatedMinor === null ? "" : decimalOf(payout.estimatedMinor, currency),
    settledOn: payout.settledOn ?? "",
    dealId: payout.dealId ?? "",
    placementId: payout.placementId ?? "",
    made: madeDefaults(payout.makings, currency),
    lines: (payout.lines ?? []).map(({ videoId, minor }) => ({ videoId, amount: shown(minor) })),
  };
}

/** A refund, fee … about a payout begins with the payout's own period, channel and currency, and a tax with its rule's. */
export function aboutDefaults(payout: payouts.Payout, tax: TaxSuggestion["form"]): PayoutDefaults {
  return {
    ...correctionDefaults({ ...payout, lines: [] }),
    amount: tax?.amount ?? "",
    kind: "withheld",
    about: payout.chainId,
    note: "",
    estimated: "",
    settledOn: "",
    dealId: "",
    placementId: "",
    made: tax?.made ?? {},
  };
}

/** "Ads, October 2026, $1,234.56": one payout in a list of choices. */
export function titleOf(payout: payouts.Payout, locale: string): string {
  return `${STREAM_LABEL[payout.stream]}, ${periodName(payout, locale)}, ${money(payout.minor, payout.currency as Currency, locale)}`;
}

function periodOf(payout: payouts.Payout): Pick<PayoutDefaults, "month" | "fromDay" | "toDay"> {
  const { fromDay, toDay } = payout;
  const month = monthOf(fromDay);
  return isWholeMonth(payout) ? { month, fromDay: "", toDay: "" } : { month, fromDay, toDay };
}
