/** The closed lists of the domain, used by the database, the forms and the model alike, and their labels. */

export const PLATFORMS = ["tiktok", "youtube", "instagram", "facebook", "other"] as const;
export type Platform = (typeof PLATFORMS)[number];
export const PLATFORM_LABEL: Readonly<Record<Platform, string>> = {
  tiktok: "TikTok",
  youtube: "YouTube",
  instagram: "Instagram",
  facebook: "Facebook",
  other: "Other",
};

/** Totals also know the value "all"; a video never does. */
export const FORMATS = ["short", "long", "live"] as const;
export type Format = (typeof FORMATS)[number];
export const FORMAT_LABEL: Readonly<Record<Format | "all", string>> = {
  short: "Short",
  long: "Long",
  live: "Live",
  all: "All formats",
};

export const STREAMS = [
  "ads",
  "rewards",
  "sponsorship",
  "affiliate",
  "super_like",
  "gift",
  "shop",
  "subscription",
  "other",
] as const;
export type Stream = (typeof STREAMS)[number];
export const STREAM_LABEL: Readonly<Record<Stream, string>> = {
  ads: "Ads",
  rewards: "Platform rewards",
  sponsorship: "Sponsorship",
  affiliate: "Affiliate",
  super_like: "Super likes",
  gift: "Gifts",
  shop: "Shop",
  subscription: "Subscriptions",
  other: "Other",
};

/** "Platform rewards, TikTok, Short": only what tells it from others. */
export function streamName(of: {
  readonly stream: Stream;
  /** null: earned by the creator as a whole. */
  readonly platform: Platform | null;
  readonly format: Format | "all";
}): string {
  const platform = of.platform ? [PLATFORM_LABEL[of.platform]] : [];
  const format = of.format === "all" ? [] : [FORMAT_LABEL[of.format]];
  return [STREAM_LABEL[of.stream], ...platform, ...format].join(", ");
}

/** Whether a payout may still be corrected by the platform. */
export const STATES = ["estimated", "final"] as const;
export type PayoutState = (typeof STATES)[number];
export const STATE_LABEL: Readonly<Record<PayoutState, string>> = { estimated: "Estimated", final: "Final" };

/** What a ledger entry does: an earning, or something signed that adds to its original. */
export const KINDS_OF_ENTRY = [
  "earning",
  "refund",
  "clawback",
  "adjustment",
  "withheld",
  "fee",
  "void",
] as const;
export type EntryKind = (typeof KINDS_OF_ENTRY)[number];
export const ENTRY_KIND_LABEL: Readonly<Record<EntryKind, string>> = {
  earning: "Earning",
  refund: "Refund",
  clawback: "Clawback",
  adjustment: "Adjustment",
  withheld: "Withheld tax",
  fee: "Fee",
  void: "Undone",
};

/** Where a brand collaboration stands, in the order it goes through. */
export const DEAL_STATES = ["pitched", "agreed", "delivered", "invoiced", "paid", "lost"] as const;
export type DealState = (typeof DEAL_STATES)[number];
export const DEAL_STATE_LABEL: Readonly<Record<DealState, string>> = {
  pitched: "Pitched",
  agreed: "Agreed",
  delivered: "Delivered",
  invoiced: "Invoiced",
  paid: "Paid",
  lost: "Lost",
};
/** Promised and not paid: money that a projection of its month may count on. A paid one is a payout. */
export const BOOKED_STATES = ["agreed", "delivered", "invoiced"] as const satisfies readonly DealState[];

/** What sort of thing happened to a creator's money that figures alone do not tell. */
export const EVENT_KINDS = ["rule_change", "country_list", "joined_programme", "other"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export const EVENT_KIND_LABEL: Readonly<Record<EventKind, string>> = {
  rule_change: "Rule change",
  country_list: "Country list",
  joined_programme: "Joined a programme",
  other: "Other",
};

/** What an event does to a stream's level: nothing, a year's drift at once, or a new beginning from the prior. */
export const EVENT_EFFECTS = ["none", "widen", "restart"] as const;
export type EventEffect = (typeof EVENT_EFFECTS)[number];
export const EVENT_EFFECT_LABEL: Readonly<Record<EventEffect, string>> = {
  none: "Only marked",
  widen: "Less certain",
  restart: "Begun anew",
};

/** An admin sees the whole roster, the others their teams' creators; an assistant changes nothing. */
export const AGENCY_ROLES = ["admin", "manager", "assistant"] as const;
export type AgencyRole = (typeof AGENCY_ROLES)[number];
export const AGENCY_ROLE_LABEL: Readonly<Record<AgencyRole, string>> = {
  admin: "Admin",
  manager: "Manager",
  assistant: "Assistant",
};

export const ROLES = ["owner", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];
export const ROLE_LABEL: Readonly<Record<Role, string>> = {
  owner: "Owner",
  editor: "Editor",
  viewer: "Viewer",
};

export const NICHES = [
  "finance",
  "business",
  "technology",
  "education",
  "lifestyle",
  "beauty",
  "food",
  "entertainment",
  "gaming",
  "music",
  "sports",
  "news",
  "other",
] as const;
export type Niche = (typeof NICHES)[number];
export const NICHE_LABEL: Readonly<Record<Niche, string>> = {
  finance: "Finance",
  business: "Business",
  technology: "Technology",
  education: "Education",
  lifestyle: "Lifestyle",
  beauty: "Beauty",
  food: "Food",
  entertainment: "Entertainment",
  gaming: "Gaming",
  music: "Music",
  sports: "Sports",
  news: "News",
  other: "Other",
};

/** Groups of countries that published ad rates treat alike; the lists behind them are in benchmarks.ts. */
export const REGIONS = [
  "us_ca_au",
  "uk_de_nordics",
  "fr_es_jp",
  "latam_east_europe",
  "asia_africa",
  "unknown",
] as const;
export type Region = (typeof REGIONS)[number];
export const REGION_LABEL: Readonly<Record<Region, string>> = {
  us_ca_au: "US, Canada, Australia, Switzerland, Norway",
  uk_de_nordics: "UK, Germany, Netherlands, Nordics",
  fr_es_jp: "France, Spain, Italy, Japan, South Korea",
  latam_east_europe: "Latin America, eastern Europe",
  asia_africa: "South and South-East Asia, Africa",
  unknown: "Elsewhere or unknown",
};

/** A file that was brought: on its way here, here, being read, its preview being ready, being imported, or not readable. */
export const UPLOAD_STATES = ["arriving", "arrived", "reading", "read", "importing", "failed"] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** What a dated rule settles. */
export const RULE_KINDS = [
  "programme",
  "share",
  "payment",
  "withholding",
  "commission",
  "convention",
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** What is known of a creator or a channel beside counts. */
export const FACTS = ["birth_year", "country", "account_type", "tax_form"] as const;
export type FactKind = (typeof FACTS)[number];

/** What needs a person. */
export const ALERT_KINDS = [
  "late_payout",
  "late_deal",
  "unusual_month",
  "lost_monetisation",
  "threshold_reached",
  "goal_at_risk",
  "import_failed",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Who takes a commission: the agency itself, named managers of it, or somebody else (a lawyer, a second agency). */
export const COMMISSION_PAYEES = ["agency", "managers", "external"] as const;
export type CommissionPayee = (typeof COMMISSION_PAYEES)[number];

/** What became of proposed terms. Without one they wait. */
export const COMMISSION_ANSWERS = ["accepted", "refused", "withdrawn"] as const;
export type CommissionAnswer = (typeof COMMISSION_ANSWERS)[number];

/** Who may read a note: the creator's own members, the one agency that wrote it, or that agency and the members. */
export const NOTE_AUDIENCES = ["members", "agency", "both"] as const;
export type NoteAudience = (typeof NOTE_AUDIENCES)[number];

/** What a note is about. */
export const NOTE_SUBJECTS = ["creator", "month", "payout", "deal"] as const;
export type NoteSubject = (typeof NOTE_SUBJECTS)[number];

/** The colours of an agency's tags. */
export const TAG_COLOURS = ["neutral", "accent", "good", "warn", "bad"] as const;
export type TagColour = (typeof TAG_COLOURS)[number];
export const TAG_COLOUR_LABEL: Readonly<Record<TagColour, string>> = {
  neutral: "Grey",
  accent: "Blue",
  good: "Green",
  warn: "Amber",
  bad: "Red",
};
