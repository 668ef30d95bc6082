/** The columns of a ledger file: what a download of everything writes and an import of it reads, by these names. */
export const LEDGER_COLUMNS = {
  /** video, traffic, payout, share (a payout's part by video, after its payout), reading or audience */
  entry: "Entry",
  channel: "Channel",
  platform: "Platform",
  format: "Format",
  video: "Video",
  link: "Link",
  title: "Title",
  published: "Published",
  seconds: "Length in seconds",
  from: "From",
  to: "To",
  stream: "Stream",
  kind: "Kind",
  state: "State",
  amount: "Amount",
  currency: "Currency",
  estimated: "Estimated amount",
  settled: "Settled",
  /** how the amount came about, as JSON */
  makings: "Makings",
  note: "Note",
  /** names the entry: the same one in every download */
  reference: "Reference",
  /** the reference of the payout that a refund, a withheld tax or the like is about */
  about: "About",
  views: "Views",
  qualifiedViews: "Qualified views",
  engagedViews: "Engaged views",
  adImpressions: "Ad impressions",
  watchSeconds: "Watch time in seconds",
  likes: "Likes",
  comments: "Comments",
  shares: "Shares",
  followers: "Followers",
  /** "us_ca_au 600000, unknown 400000": parts per million by region */
  audience: "Audience",
} as const;

/** Stands in a reference for the id of the entry's channel, so that it is the same name in the ledger it is brought to. */
export const CHANNEL_IN_REFERENCE = "{channel}";

export type LedgerColumn = keyof typeof LEDGER_COLUMNS;
export const LEDGER_ENTRIES = ["video", "traffic", "payout", "share", "reading", "audience"] as const;
export type LedgerEntry = (typeof LEDGER_ENTRIES)[number];

/** One entry as it is kept: amounts in minor units of its currency, days ISO, null where it has no such thing. */
export type LedgerRow = Readonly<Record<LedgerColumn, string | null>>;
