/**
 * The tables. Two families:
 *
 * - Accounts (`users`, `sessions`, `tokens`, `tries`): no row-level security; only db/auth.ts reaches them,
 *   by a login role of its own. The app's role has no grant on them.
 * - Everything else belongs to a creator and leads with `creator_id`, in keys and foreign keys too, so a row
 *   can never point at another creator's row. Policies, triggers and grants stand in drizzle/*_walls.sql.
 *
 * `entry` tables (payouts, traffic, receipts, readings, audience, rates, deals, events, projections, pool_offsets,
 * pool_starts, audit_log) are
 * append-only: a correction is a new row that `replaces` the old one.
 */
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  bigserial,
  boolean,
  char,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { LOGO_TYPES, MAX_LOGO_BYTES } from "../lib/model/logo";
import type { PooledStart, PoolOffset } from "../lib/model/pooling";
import { MAIL_STATES, PACES, type RosterRow, SEND_KINDS } from "../lib/model/sending";
import { STATEMENT_FORMATS } from "../lib/model/statement";
import {
  AGENCY_ROLES,
  ALERT_KINDS,
  COMMISSION_ANSWERS,
  COMMISSION_PAYEES,
  DEAL_STATES,
  EVENT_EFFECTS,
  EVENT_KINDS,
  FACTS,
  FORMATS,
  KINDS_OF_ENTRY,
  NICHES,
  NOTE_AUDIENCES,
  NOTE_SUBJECTS,
  PLATFORMS,
  ROLES,
  RULE_KINDS,
  STATES,
  STREAMS,
  TAG_COLOURS,
  UPLOAD_STATES,
} from "../lib/model/words";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Money: integer minor units of the row's currency. */
const minor = (name: string) => bigint(name, { mode: "bigint" });
/** Counts stay below 2^53, so a plain number is exact. */
const count = (name: string) => bigint(name, { mode: "number" });
const day = (name: string) => date(name, { mode: "string" });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const currency = (name = "currency") => char(name, { length: 3 });

const oneOf = (column: AnyPgColumn, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`;
const among = (column: AnyPgColumn, values: readonly string[]) =>
  sql`${column} <@ array[${sql.raw(values.map((value) => `'${value}'`).join(", "))}]::text[]`;
const isMonth = (column: AnyPgColumn) => sql`${column} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`;
const isCurrency = (column: AnyPgColumn) => sql`${column} ~ '^[A-Z]{3}$'`;

const FORMATS_AND_ALL = [...FORMATS, "all"] as const;

// ---------------------------------------------------------------- accounts

export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  passwordHash: text("password_hash").notNull(),
  locale: text("locale").notNull().default("en-US"),
  createdAt: instant("created_at").notNull().defaultNow(),
  disabledAt: instant("disabled_at"),
  version: integer("version").notNull().default(1),
});

/** A signed-in browser. Its id goes into the token; without the row the token is worth nothing. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text("user_agent").notNull().default(""),
    createdAt: instant("created_at").notNull().defaultNow(),
    seenAt: instant("seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** One-time links (password reset). The secret itself is never stored. */
export const tokens = pgTable(
  "tokens",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose").notNull(),
    secretHash: bytea("secret_hash").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [index("tokens_user").on(table.userId)],
);

/** Failed or costly attempts, counted per key ("sign-in:<account>", "sign-in:<address>", …). */
export const tries = pgTable(
  "tries",
  {
    id: bigserial("id", { mode: "bigint" }).primaryKey(),
    key: text("key").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [index("tries_key").on(table.key, table.at)],
);

// ---------------------------------------------------------------- who may see whom

export const creators = pgTable(
  "creators",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    currency: currency().notNull(),
    timeZone: text("time_zone").notNull(),
    isSample: boolean("is_sample").notNull().default(false),
    /** an owner agreed to share how far the rates lie from the published ones, and to begin from those of others */
    pools: boolean("pools").notNull().default(false),
    createdBy: uuid("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    check("creators_currency", isCurrency(table.currency)),
    // Made-up figures are nobody's to learn from.
    check("creators_pools", sql`not (${table.pools} and ${table.isSample})`),
  ],
);

export const members = pgTable(
  "members",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    userId: uuid("user_id").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    removedAt: instant("removed_at"),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.userId] }),
    check("members_role", oneOf(table.role, ROLES)),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    email: text("email").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    secretHash: bytea("secret_hash").notNull(),
    invitedBy: uuid("invited_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    check("invitations_role", oneOf(table.role, ROLES)),
  ],
);

/**
 * The flat answer to "who may see what", written only by triggers on memberships and representations.
 * Every tenant policy reads it; nothing else decides. `via` names what granted the row: "member", "operator", or
 * "representation:" and its id.
 */
export const access = pgTable(
  "access",
  {
    userId: uuid("user_id").notNull(),
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    via: text("via").notNull(),
    role: text("role").notNull(),
    /** null = all streams */
    streams: text("streams").array(),
    amounts: boolean("amounts").notNull().default(true),
    notes: boolean("notes").notNull().default(true),
    until: instant("until"),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.creatorId, table.via] }),
    index("access_creator").on(table.creatorId, table.via),
  ],
);

// ---------------------------------------------------------------- agencies and whom they represent

/** An agency's own rows lead with `agency_id`: they stay with it when a representation ends. */
export const agencies = pgTable(
  "agencies",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    /** the roster is summed up in it */
    currency: currency().notNull(),
    /** on reports; null: the agency's name */
    brandName: text("brand_name"),
    /** a picture whose bytes were looked at, with its type */
    logo: bytea("logo"),
    logoType: text("logo_type", { enum: LOGO_TYPES }),
    /** "#rrggbb", readable on the paper; null: the house's own */
    accent: text("accent"),
    paper: text("paper"),
    createdBy: uuid("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    check("agencies_currency", isCurrency(table.currency)),
    check(
      "agencies_logo",
      sql`(${table.logo} is null) = (${table.logoType} is null) and octet_length(${table.logo}) <= ${sql.raw(String(MAX_LOGO_BYTES))}`,
    ),
    check("agencies_logo_type", oneOf(table.logoType, LOGO_TYPES)),
    check("agencies_colours", sql`${table.accent} ~ '^#[0-9a-f]{6}$' and ${table.paper} ~ '^#[0-9a-f]{6}$'`),
  ],
);

export const agencyMembers = pgTable(
  "agency_members",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    userId: uuid("user_id").notNull(),
    role: text("role", { enum: AGENCY_ROLES }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    removedAt: instant("removed_at"),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.userId] }),
    check("agency_members_role", oneOf(table.role, AGENCY_ROLES)),
  ],
);

export const agencyInvitations = pgTable(
  "agency_invitations",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    email: text("email").notNull(),
    role: text("role", { enum: AGENCY_ROLES }).notNull(),
    secretHash: bytea("secret_hash").notNull(),
    invitedBy: uuid("invited_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    check("agency_invitations_role", oneOf(table.role, AGENCY_ROLES)),
  ],
);

/** As `access`, for agencies: written only by the trigger on their members. */
export const agencyAccess = pgTable(
  "agency_access",
  {
    userId: uuid("user_id").notNull(),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    role: text("role", { enum: AGENCY_ROLES }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.agencyId] })],
);

export const teams = pgTable(
  "teams",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    version: integer("version").notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.agencyId, table.id] })],
);

export const teamMembers = pgTable(
  "team_members",
  {
    agencyId: uuid("agency_id").notNull(),
    teamId: uuid("team_id").notNull(),
    userId: uuid("user_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.teamId, table.userId] }),
    foreignKey({ columns: [table.agencyId, table.teamId], foreignColumns: [teams.agencyId, teams.id] }),
    foreignKey({
      name: "team_members_member",
      columns: [table.agencyId, table.userId],
      foreignColumns: [agencyMembers.agencyId, agencyMembers.userId],
    }),
  ],
);

/**
 * An agency sees a creator, as far as the creator says. Asked for by one side (the other is null until then), taken
 * up by the other, ended by either. Triggers turn it into rows of `access`, in the same transaction.
 */
export const representations = pgTable(
  "representations",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id").references(() => agencies.id),
    creatorId: uuid("creator_id").references(() => creators.id),
    /** whose members see the creator beside the admins; null: the admins alone */
    teamId: uuid("team_id"),
    /** null = all streams */
    streams: text("streams", { enum: STREAMS }).array(),
    amounts: boolean("amounts").notNull(),
    notes: boolean("notes").notNull(),
    mayEdit: boolean("may_edit").notNull(),
    /** the agency made the creator, and its people own it until it is handed over */
    runs: boolean("runs").notNull().default(false),
    /** the last day, in the creator's zone; null: until it is ended */
    toDay: day("to_day"),
    email: text("email").notNull(),
    secretHash: bytea("secret_hash").notNull(),
    invitedBy: uuid("invited_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by"),
    endedAt: instant("ended_at"),
    endedBy: uuid("ended_by"),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    foreignKey({ columns: [table.agencyId, table.teamId], foreignColumns: [teams.agencyId, teams.id] }),
    uniqueIndex("representations_open")
      .on(table.agencyId, table.creatorId)
      .where(sql`${table.acceptedAt} is not null and ${table.endedAt} is null`),
    index("representations_creator").on(table.creatorId),
    // Both sides are known from the moment it is accepted, one of them before.
    check(
      "representations_sides",
      sql`num_nonnulls(${table.agencyId}, ${table.creatorId}) = case when ${table.acceptedAt} is null then 1 else 2 end`,
    ),
    check(
      "representations_streams",
      sql`${table.streams} <@ array[${sql.raw(STREAMS.map((stream) => `'${stream}'`).join(", "))}]::text[]`,
    ),
  ],
);

/** How somebody likes to look at an agency's roster: the filters, order and columns of the page's address. */
export const rosterViews = pgTable(
  "roster_views",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    userId: uuid("user_id").notNull(),
    name: text("name").notNull(),
    query: text("query").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    unique("roster_views_name").on(table.agencyId, table.userId, table.name),
  ],
);

/** A creator run by an agency is offered to the person it is about, who becomes its owner by accepting. */
export const handovers = pgTable(
  "handovers",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    representationId: uuid("representation_id")
      .notNull()
      .references(() => representations.id),
    email: text("email").notNull(),
    secretHash: bytea("secret_hash").notNull(),
    invitedBy: uuid("invited_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.id] })],
);

// ---------------------------------------------------------------- channels and videos (editable, versioned)

export const channels = pgTable(
  "channels",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    platform: text("platform", { enum: PLATFORMS }).notNull(),
    name: text("name").notNull(),
    handle: text("handle").notNull().default(""),
    niche: text("niche", { enum: NICHES }).notNull().default("other"),
    createdAt: instant("created_at").notNull().defaultNow(),
    archivedAt: instant("archived_at"),
    version: integer("version").notNull().default(1),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    check("channels_platform", oneOf(table.platform, PLATFORMS)),
    check("channels_niche", oneOf(table.niche, NICHES)),
  ],
);

export const videos = pgTable(
  "videos",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    externalId: text("external_id"),
    url: text("url").notNull().default(""),
    title: text("title").notNull(),
    publishedOn: day("published_on"),
    format: text("format", { enum: FORMATS }).notNull(),
    /** overrides the channel's niche */
    niche: text("niche", { enum: NICHES }),
    durationSeconds: integer("duration_seconds"),
    importId: uuid("import_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    removedAt: instant("removed_at"),
    version: integer("version").notNull().default(1),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    uniqueIndex("videos_external")
      .on(table.creatorId, table.channelId, table.externalId)
      .where(sql`${table.externalId} is not null and ${table.removedAt} is null`),
    index("videos_published").on(table.creatorId, table.publishedOn),
    check("videos_format", oneOf(table.format, FORMATS)),
    check("videos_niche", sql`${table.niche} is null or ${oneOf(table.niche, NICHES)}`),
  ],
);

// ---------------------------------------------------------------- entries (append-only)

/** Where a channel's audience sits, for one month: { region: parts per million }. The latest row wins. */
export const audience = pgTable(
  "audience",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    month: text("month").notNull(),
    /** empty: unknown again */
    shares: jsonb("shares").$type<Record<string, number>>().notNull(),
    importId: uuid("import_id"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    index("audience_month").on(table.creatorId, table.channelId, table.month, table.recordedAt),
    check("audience_month", isMonth(table.month)),
  ],
);

/** A dated "so far" of a channel (video_id null) or a video: never traffic itself, only differences are. */
export const readings = pgTable(
  "readings",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    videoId: uuid("video_id"),
    day: day("day").notNull(),
    views: count("views"),
    likes: count("likes"),
    comments: count("comments"),
    shares: count("shares"),
    followers: count("followers"),
    importId: uuid("import_id"),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({
      columns: [table.creatorId, table.videoId],
      foreignColumns: [videos.creatorId, videos.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("readings_replaces").on(table.creatorId, table.replaces),
    index("readings_subject").on(table.creatorId, table.channelId, table.videoId, table.day),
    index("readings_import").on(table.creatorId, table.importId),
  ],
);

/** Views over a period of a channel (video_id null) or a video. Null = unknown, never zero. */
export const traffic = pgTable(
  "traffic",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    videoId: uuid("video_id"),
    format: text("format", { enum: FORMATS_AND_ALL }).notNull(),
    fromDay: day("from_day").notNull(),
    toDay: day("to_day").notNull(),
    views: count("views"),
    qualifiedViews: count("qualified_views"),
    engagedViews: count("engaged_views"),
    adImpressions: count("ad_impressions"),
    watchSeconds: count("watch_seconds"),
    likes: count("likes"),
    comments: count("comments"),
    shares: count("shares"),
    /** views that reached the end, in parts per million of the views */
    finishPpm: integer("finish_ppm"),
    /** typed, import, or reading (the difference of two readings) */
    origin: text("origin", { enum: ["typed", "import", "reading"] }).notNull(),
    sourceKey: text("source_key"),
    importId: uuid("import_id"),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({
      columns: [table.creatorId, table.videoId],
      foreignColumns: [videos.creatorId, videos.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("traffic_replaces").on(table.creatorId, table.replaces),
    index("traffic_subject").on(table.creatorId, table.channelId, table.videoId, table.fromDay),
    index("traffic_source").on(table.creatorId, table.sourceKey),
    index("traffic_import").on(table.creatorId, table.importId),
    check("traffic_format", oneOf(table.format, FORMATS_AND_ALL)),
    check("traffic_period", sql`${table.fromDay} <= ${table.toDay}`),
    check(
      "traffic_counts",
      sql`least(${table.views}, ${table.qualifiedViews}, ${table.engagedViews}, ${table.adImpressions}, ${table.watchSeconds}) >= 0`,
    ),
  ],
);

/**
 * The ledger. `replaces` makes a chain whose newest row counts; `chain_id` is the chain's first id.
 * `about` adds a signed entry to its original. A row of kind `void` ends a chain (undo).
 */
export const payouts = pgTable(
  "payouts",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    chainId: uuid("chain_id").notNull(),
    channelId: uuid("channel_id"),
    format: text("format", { enum: FORMATS_AND_ALL }).notNull().default("all"),
    stream: text("stream", { enum: STREAMS }).notNull(),
    kind: text("kind", { enum: KINDS_OF_ENTRY }).notNull(),
    state: text("state", { enum: STATES }).notNull(),
    fromDay: day("from_day").notNull(),
    toDay: day("to_day").notNull(),
    minor: minor("minor").notNull(),
    currency: currency().notNull(),
    note: text("note").notNull().default(""),
    sourceKey: text("source_key"),
    /** what the platform estimated before the amount was final, where it told both */
    estimatedMinor: minor("estimated_minor"),
    /** the day on which the platform settled it */
    settledOn: day("settled_on"),
    /** how the amount came about, in the stream's own terms (lib/model/makings.ts) */
    makings: jsonb("makings").$type<Record<string, unknown>>(),
    /** the first entry of the deal's or the placement's chain */
    dealId: uuid("deal_id"),
    placementId: uuid("placement_id"),
    importId: uuid("import_id"),
    replaces: uuid("replaces"),
    about: uuid("about"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    foreignKey({ columns: [table.creatorId, table.about], foreignColumns: [table.creatorId, table.id] }),
    unique("payouts_replaces").on(table.creatorId, table.replaces),
    index("payouts_period").on(table.creatorId, table.toDay, table.id),
    index("payouts_chain").on(table.creatorId, table.chainId),
    index("payouts_source").on(table.creatorId, table.sourceKey),
    index("payouts_import").on(table.creatorId, table.importId),
    index("payouts_about").on(table.creatorId, table.about),
    index("payouts_deal").on(table.creatorId, table.dealId).where(sql`${table.dealId} is not null`),
    index("payouts_placement")
      .on(table.creatorId, table.placementId)
      .where(sql`${table.placementId} is not null`),
    check("payouts_format", oneOf(table.format, FORMATS_AND_ALL)),
    check("payouts_stream", oneOf(table.stream, STREAMS)),
    check("payouts_kind", oneOf(table.kind, KINDS_OF_ENTRY)),
    check("payouts_state", oneOf(table.state, STATES)),
    check("payouts_currency", isCurrency(table.currency)),
    check(
      "payouts_period",
      sql`${table.fromDay} <= ${table.toDay} and ${table.toDay} - ${table.fromDay} < 1100`,
    ),
    check(
      "payouts_void",
      sql`${table.kind} <> 'void' or (${table.replaces} is not null and ${table.minor} = 0)`,
    ),
    check("payouts_about", sql`${table.about} is null or ${table.kind} not in ('earning')`),
  ],
);

/** A payout's share by video; the sum is at most the payout, the rest is "not attributed". */
export const payoutLines = pgTable(
  "payout_lines",
  {
    creatorId: uuid("creator_id").notNull(),
    payoutId: uuid("payout_id").notNull(),
    videoId: uuid("video_id").notNull(),
    minor: minor("minor").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.payoutId, table.videoId] }),
    foreignKey({
      columns: [table.creatorId, table.payoutId],
      foreignColumns: [payouts.creatorId, payouts.id],
    }),
    foreignKey({
      columns: [table.creatorId, table.videoId],
      foreignColumns: [videos.creatorId, videos.id],
    }),
    index("payout_lines_video").on(table.creatorId, table.videoId),
  ],
);

/** Money that arrived. Its allocations say which payouts it pays, in part or whole. */
export const receipts = pgTable(
  "receipts",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    receivedOn: day("received_on").notNull(),
    minor: minor("minor").notNull(),
    currency: currency().notNull(),
    feeMinor: minor("fee_minor").notNull(),
    /** the bank's own rate: units of this currency for 1 unit of the payouts' currency */
    rate: numeric("rate", { precision: 20, scale: 10 }),
    note: text("note").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("receipts_replaces").on(table.creatorId, table.replaces),
    index("receipts_received").on(table.creatorId, table.receivedOn),
    check("receipts_currency", isCurrency(table.currency)),
    check("receipts_fee", sql`${table.feeMinor} >= 0`),
  ],
);

export const allocations = pgTable(
  "allocations",
  {
    creatorId: uuid("creator_id").notNull(),
    receiptId: uuid("receipt_id").notNull(),
    /** the payout's chain, so that a later correction of the payout keeps what was paid */
    chainId: uuid("chain_id").notNull(),
    /** in the payout's currency */
    minor: minor("minor").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.receiptId, table.chainId] }),
    foreignKey({
      columns: [table.creatorId, table.receiptId],
      foreignColumns: [receipts.creatorId, receipts.id],
    }),
    foreignKey({
      columns: [table.creatorId, table.chainId],
      foreignColumns: [payouts.creatorId, payouts.id],
    }),
    index("allocations_chain").on(table.creatorId, table.chainId),
  ],
);

export const closedMonths = pgTable(
  "closed_months",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    month: text("month").notNull(),
    closedBy: uuid("closed_by").notNull(),
    closedAt: instant("closed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.month] }),
    check("closed_months_month", isMonth(table.month)),
  ],
);

/** What a month said when it was closed, byte for byte. Closed again after a reopening, it gets the next number. */
export const statements = pgTable(
  "statements",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    month: text("month").notNull(),
    revision: integer("revision").notNull(),
    /** canonical JSON: never parsed by the database, so that its bytes stay what they were */
    data: text("data").notNull(),
    /** of the data's bytes in UTF-8; worked out by the database */
    sha256: bytea("sha256").notNull(),
    codeVersion: text("code_version").notNull(),
    closedBy: uuid("closed_by").notNull(),
    closedAt: instant("closed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    unique("statements_revision").on(table.creatorId, table.month, table.revision),
    check("statements_month", isMonth(table.month)),
  ],
);

/** Why a closed month was opened again. */
export const reopenings = pgTable(
  "reopenings",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    month: text("month").notNull(),
    reason: text("reason").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    index("reopenings_month").on(table.creatorId, table.month),
    check("reopenings_month", isMonth(table.month)),
  ],
);

/**
 * A secret address that shows a statement as it was when the address was made, and of it nothing but the chosen
 * sections: the rest is not in the row. The secret itself is never stored.
 */
export const statementShares = pgTable(
  "statement_shares",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    /** for whom, as its owner calls it */
    label: text("label").notNull().default(""),
    /** the months of the statement, as its address says them */
    range: text("range").notNull(),
    sections: text("sections").array().notNull(),
    data: text("data").notNull(),
    sha256: bytea("sha256").notNull(),
    /** the closed month it was taken from; null: the month was open */
    statementId: uuid("statement_id"),
    secretHash: bytea("secret_hash").notNull(),
    /** argon2id; null: the address alone opens it */
    passphraseHash: text("passphrase_hash"),
    expiresAt: instant("expires_at").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.statementId],
      foreignColumns: [statements.creatorId, statements.id],
    }),
  ],
);

/** How often a shared statement was looked at, by the creator's day; by whom is not kept. */
export const statementShareOpens = pgTable(
  "statement_share_opens",
  {
    creatorId: uuid("creator_id").notNull(),
    shareId: uuid("share_id").notNull(),
    day: day("day").notNull(),
    opens: integer("opens").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.shareId, table.day] }),
    foreignKey({
      columns: [table.creatorId, table.shareId],
      foreignColumns: [statementShares.creatorId, statementShares.id],
    }),
  ],
);

/** Units of `quote` for 1 unit of `base` on a day. The latest recorded row of a day wins. */
export const rates = pgTable(
  "rates",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    day: day("day").notNull(),
    base: currency("base").notNull(),
    quote: currency("quote").notNull(),
    rate: numeric("rate", { precision: 20, scale: 10 }).notNull(),
    source: text("source").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    index("rates_pair").on(table.creatorId, table.base, table.quote, table.day),
    check("rates_positive", sql`${table.rate} > 0 and ${table.base} <> ${table.quote}`),
    check("rates_base", isCurrency(table.base)),
    check("rates_quote", isCurrency(table.quote)),
  ],
);

/** A brand collaboration as it was known when the row was recorded; the newest row of a chain counts. */
export const deals = pgTable(
  "deals",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id"),
    brand: text("brand").notNull(),
    feeMinor: minor("fee_minor").notNull(),
    currency: currency().notNull(),
    expectedOn: day("expected_on").notNull(),
    state: text("state", { enum: DEAL_STATES }).notNull(),
    /** what of the fee is for usage rights, exclusivity, whitelisting, rush: [{ what, minor, days }] */
    extras: jsonb("extras").$type<Record<string, unknown>[]>().notNull().default([]),
    /** [{ id, what, dueOn, deliveredOn, videoId }] */
    deliverables: jsonb("deliverables").$type<Record<string, unknown>[]>().notNull().default([]),
    promisedViews: count("promised_views"),
    /** commission beside the fee, in parts per million of the order value */
    commissionPpm: integer("commission_ppm"),
    invoiceNumber: text("invoice_number").notNull().default(""),
    invoicedOn: day("invoiced_on"),
    /** days after the invoice until it is due: net 30 and the like */
    termsDays: integer("terms_days"),
    /** whom the invoice is made out to, in lines */
    billTo: text("bill_to").notNull().default(""),
    note: text("note").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("deals_replaces").on(table.creatorId, table.replaces),
    index("deals_expected").on(table.creatorId, table.expectedOn),
    check("deals_state", oneOf(table.state, DEAL_STATES)),
    check("deals_currency", isCurrency(table.currency)),
    check("deals_fee", sql`${table.feeMinor} >= 0`),
  ],
);

/** Something that happened on a day, and what the model makes of it. A null stream or platform means all. */
export const events = pgTable(
  "events",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    day: day("day").notNull(),
    label: text("label").notNull(),
    kind: text("kind", { enum: EVENT_KINDS }).notNull(),
    stream: text("stream", { enum: STREAMS }),
    platform: text("platform", { enum: PLATFORMS }),
    effect: text("effect", { enum: EVENT_EFFECTS }).notNull(),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("events_replaces").on(table.creatorId, table.replaces),
    index("events_day").on(table.creatorId, table.day),
    check("events_kind", oneOf(table.kind, EVENT_KINDS)),
    check("events_effect", oneOf(table.effect, EVENT_EFFECTS)),
    check("events_stream", sql`${table.stream} is null or ${oneOf(table.stream, STREAMS)}`),
    check("events_platform", sql`${table.platform} is null or ${oneOf(table.platform, PLATFORMS)}`),
  ],
);

/** A place where a link earns commission; what it earned are payouts that name it. The newest row of a chain counts. */
export const placements = pgTable(
  "placements",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id"),
    videoId: uuid("video_id"),
    merchant: text("merchant").notNull(),
    label: text("label").notNull().default(""),
    /** parts per million of the order value */
    ratePpm: integer("rate_ppm"),
    fromDay: day("from_day").notNull(),
    toDay: day("to_day"),
    dealId: uuid("deal_id"),
    note: text("note").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({
      columns: [table.creatorId, table.videoId],
      foreignColumns: [videos.creatorId, videos.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("placements_replaces").on(table.creatorId, table.replaces),
    index("placements_merchant").on(table.creatorId, table.merchant),
    check("placements_rate", sql`${table.ratePpm} between 0 and 1000000`),
    check("placements_period", sql`${table.toDay} is null or ${table.fromDay} <= ${table.toDay}`),
  ],
);

/** A LIVE: how long, and what viewers gave. Its money is a payout. */
export const lives = pgTable(
  "lives",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    videoId: uuid("video_id"),
    day: day("day").notNull(),
    seconds: integer("seconds").notNull(),
    /** what viewers gave, in the platform's own unit (diamonds, stars) */
    units: count("units"),
    viewers: count("viewers"),
    note: text("note").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({
      columns: [table.creatorId, table.videoId],
      foreignColumns: [videos.creatorId, videos.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("lives_replaces").on(table.creatorId, table.replaces),
    index("lives_day").on(table.creatorId, table.channelId, table.day),
    check("lives_counts", sql`${table.seconds} >= 0 and least(${table.units}, ${table.viewers}) >= 0`),
  ],
);

/**
 * A rule as it stands from a day on: thresholds, country lists, platform shares, days of payment, withholding, lock
 * of a product's commission. What lib/model knows itself is where none is written here.
 */
export const rules = pgTable(
  "rules",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    kind: text("kind", { enum: RULE_KINDS }).notNull(),
    /** what it is about: a programme, a stream on a platform, a product */
    subject: text("subject").notNull(),
    fromDay: day("from_day").notNull(),
    body: jsonb("body").$type<Record<string, unknown>>().notNull(),
    source: text("source").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("rules_replaces").on(table.creatorId, table.replaces),
    index("rules_subject").on(table.creatorId, table.kind, table.subject, table.fromDay),
    check("rules_kind", oneOf(table.kind, RULE_KINDS)),
  ],
);

/** Something dated about a creator or a channel that no other table knows: year of birth, country, kind of account. */
export const facts = pgTable(
  "facts",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id"),
    what: text("what", { enum: FACTS }).notNull(),
    day: day("day").notNull(),
    value: text("value").notNull(),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("facts_replaces").on(table.creatorId, table.replaces),
    index("facts_what").on(table.creatorId, table.what, table.day),
    check("facts_what", oneOf(table.what, FACTS)),
  ],
);

/** What somebody wants to earn in a month, or over several. */
export const goals = pgTable(
  "goals",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    fromMonth: text("from_month").notNull(),
    toMonth: text("to_month").notNull(),
    /** null = all */
    stream: text("stream", { enum: STREAMS }),
    minor: minor("minor").notNull(),
    currency: currency().notNull(),
    note: text("note").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("goals_replaces").on(table.creatorId, table.replaces),
    index("goals_month").on(table.creatorId, table.fromMonth),
    check(
      "goals_months",
      sql`${isMonth(table.fromMonth)} and ${isMonth(table.toMonth)} and ${table.fromMonth} <= ${table.toMonth}`,
    ),
    check("goals_minor", sql`${table.minor} > 0`),
    check("goals_currency", isCurrency(table.currency)),
    check("goals_stream", sql`${table.stream} is null or ${oneOf(table.stream, STREAMS)}`),
  ],
);

/** Something that needs a person, raised once per subject; who has seen it stands in alert_reads. */
export const alerts = pgTable(
  "alerts",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    kind: text("kind", { enum: ALERT_KINDS }).notNull(),
    /** what it is about, so that it is raised once: "payout:<chain>", "month:2026-03" */
    subject: text("subject").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
    raisedAt: instant("raised_at").notNull().defaultNow(),
    /** when it was no longer so */
    endedAt: instant("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    unique("alerts_subject").on(table.creatorId, table.kind, table.subject),
    check("alerts_kind", oneOf(table.kind, ALERT_KINDS)),
  ],
);

/** What a person did with an alert: saw it, was mailed it (once). */
export const alertReads = pgTable(
  "alert_reads",
  {
    creatorId: uuid("creator_id").notNull(),
    alertId: uuid("alert_id").notNull(),
    userId: uuid("user_id").notNull(),
    seenAt: instant("seen_at"),
    mailedAt: instant("mailed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.alertId, table.userId] }),
    foreignKey({
      columns: [table.creatorId, table.alertId],
      foreignColumns: [alerts.creatorId, alerts.id],
    }),
  ],
);

/** Which alerts a person wants, and how; without a row: in the app and by mail. */
export const alertChoices = pgTable(
  "alert_choices",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    userId: uuid("user_id").notNull(),
    kind: text("kind", { enum: ALERT_KINDS }).notNull(),
    inApp: boolean("in_app").notNull(),
    byMail: boolean("by_mail").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.userId, table.kind] }),
    check("alert_choices_kind", oneOf(table.kind, ALERT_KINDS)),
  ],
);

/** A secret address under which a calendar shows when money is due. The secret itself is never stored. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    label: text("label").notNull().default(""),
    secretHash: bytea("secret_hash").notNull(),
    /** figures in it too, not only that something is due */
    amounts: boolean("amounts").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.id] })],
);

/** When statements go out by themselves, with exactly what in them. Removed ones stay, for the history's sake. */
export const statementSchedules = pgTable(
  "statement_schedules",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    pace: text("pace", { enum: PACES }).notNull(),
    /** of the month from 1 to 28, or of the week from 1, Monday */
    day: integer("day").notNull(),
    hour: integer("hour").notNull(),
    timeZone: text("time_zone").notNull(),
    attachments: text("attachments", { enum: STATEMENT_FORMATS }).array().notNull(),
    /** parts of the statement; null is all of them */
    sections: text("sections").array(),
    /** how numbers and dates are written */
    locale: text("locale").notNull(),
    /** what the owner writes above the summary */
    note: text("note").notNull().default(""),
    /** null = paused, or removed */
    nextAt: instant("next_at"),
    removedAt: instant("removed_at"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    index("statement_schedules_due").on(table.nextAt).where(sql`${table.nextAt} is not null`),
    check("statement_schedules_pace", oneOf(table.pace, PACES)),
    check(
      "statement_schedules_day",
      sql`${table.day} between 1 and case ${table.pace} when 'month' then 28 else 7 end and ${table.hour} between 0 and 23`,
    ),
    check("statement_schedules_attachments", among(table.attachments, STATEMENT_FORMATS)),
  ],
);

/** Somebody without an account who gets the statements of a schedule. */
export const statementRecipients = pgTable(
  "statement_recipients",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    scheduleId: uuid("schedule_id").notNull(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    /** unsubscribed by the recipient; nobody else can take that back */
    offAt: instant("off_at"),
    removedAt: instant("removed_at"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      name: "statement_recipients_schedule",
      columns: [table.creatorId, table.scheduleId],
      foreignColumns: [statementSchedules.creatorId, statementSchedules.id],
    }),
    uniqueIndex("statement_recipients_address")
      .on(table.creatorId, table.scheduleId, table.email)
      .where(sql`${table.removedAt} is null`),
  ],
);

/** One statement on its way to everybody who gets it: what was asked for, and what was made of it. */
export const statementSends = pgTable(
  "statement_sends",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    scheduleId: uuid("schedule_id").notNull(),
    kind: text("kind", { enum: SEND_KINDS }).notNull(),
    /** the month or the week in whose turn it goes */
    period: text("period").notNull(),
    /** the month that the statement is about */
    month: char("month", { length: 7 }).notNull(),
    attachments: text("attachments", { enum: STATEMENT_FORMATS }).array().notNull(),
    sections: text("sections").array(),
    locale: text("locale").notNull(),
    note: text("note").notNull(),
    /** the summary in the mail's body, once it is made */
    summary: jsonb("summary").$type<string[]>(),
    madeAt: instant("made_at"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      name: "statement_sends_schedule",
      columns: [table.creatorId, table.scheduleId],
      foreignColumns: [statementSchedules.creatorId, statementSchedules.id],
    }),
    uniqueIndex("statement_sends_once")
      .on(table.creatorId, table.scheduleId, table.period)
      .where(sql`${table.kind} = 'due'`),
    check("statement_sends_kind", oneOf(table.kind, SEND_KINDS)),
    check("statement_sends_month", isMonth(table.month)),
  ],
);

/** What was attached, byte by byte: every recipient and every further try gets the same. */
export const statementFiles = pgTable(
  "statement_files",
  {
    creatorId: uuid("creator_id").notNull(),
    sendId: uuid("send_id").notNull(),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    /** hex */
    sha256: text("sha256").notNull(),
    bytes: bytea("bytes").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.sendId, table.name] }),
    foreignKey({
      name: "statement_files_send",
      columns: [table.creatorId, table.sendId],
      foreignColumns: [statementSends.creatorId, statementSends.id],
    }),
  ],
);

/** One mail of a send to one address. Its id makes its Message-ID. */
export const statementMails = pgTable(
  "statement_mails",
  {
    creatorId: uuid("creator_id").notNull(),
    id: uuid("id").notNull(),
    sendId: uuid("send_id").notNull(),
    /** null: a test, to who asked for it */
    recipientId: uuid("recipient_id"),
    email: text("email").notNull(),
    name: text("name").notNull(),
    state: text("state", { enum: MAIL_STATES }).notNull().default("waiting"),
    tries: integer("tries").notNull().default(0),
    /** when it is looked at again, at the earliest */
    tryAt: instant("try_at").notNull().defaultNow(),
    /** how many tries ended without an answer though the mail's end was given: as many copies may have come */
    doubts: integer("doubts").notNull().default(0),
    /** the last line was about to be given to the mail server; from here on it may have it */
    handedAt: instant("handed_at"),
    endedAt: instant("ended_at"),
    /** what the mail server said, or why it was not reached */
    reply: text("reply").notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      name: "statement_mails_send",
      columns: [table.creatorId, table.sendId],
      foreignColumns: [statementSends.creatorId, statementSends.id],
    }),
    foreignKey({
      name: "statement_mails_recipient",
      columns: [table.creatorId, table.recipientId],
      foreignColumns: [statementRecipients.creatorId, statementRecipients.id],
    }),
    index("statement_mails_open").on(table.tryAt).where(sql`${table.state} in ('waiting', 'handed')`),
    index("statement_mails_of_send").on(table.creatorId, table.sendId),
    check("statement_mails_state", oneOf(table.state, MAIL_STATES)),
  ],
);

/** When the statements of a roster are made by themselves, and for whom: each gets a run of his own, with his own rights. */
export const rosterSchedules = pgTable(
  "roster_schedules",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    /** of the month, from 1 to 28 */
    day: integer("day").notNull(),
    hour: integer("hour").notNull(),
    timeZone: text("time_zone").notNull(),
    attachments: text("attachments", { enum: STATEMENT_FORMATS }).array().notNull(),
    /** users; who is no member when it is due is left out */
    people: uuid("people").array().notNull(),
    nextAt: instant("next_at"),
    removedAt: instant("removed_at"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    index("roster_schedules_due").on(table.nextAt).where(sql`${table.nextAt} is not null`),
    check("roster_schedules_day", sql`${table.day} between 1 and 28 and ${table.hour} between 0 and 23`),
    check("roster_schedules_attachments", among(table.attachments, STATEMENT_FORMATS)),
  ],
);

/** One run that makes the statements of a whole roster, as far as who began it sees it; nobody else sees the run. */
export const rosterRuns = pgTable(
  "roster_runs",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    month: char("month", { length: 7 }).notNull(),
    attachments: text("attachments", { enum: STATEMENT_FORMATS }).array().notNull(),
    startedBy: uuid("started_by").notNull(),
    /** null: begun by hand */
    scheduleId: uuid("schedule_id"),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** its files are gone, the row stays */
    sweptAt: instant("swept_at"),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    foreignKey({
      name: "roster_runs_schedule",
      columns: [table.agencyId, table.scheduleId],
      foreignColumns: [rosterSchedules.agencyId, rosterSchedules.id],
    }),
    uniqueIndex("roster_runs_once").on(table.agencyId, table.scheduleId, table.month, table.startedBy),
    index("roster_runs_open").on(table.startedAt).where(sql`${table.finishedAt} is null`),
    check("roster_runs_month", isMonth(table.month)),
    check("roster_runs_attachments", among(table.attachments, STATEMENT_FORMATS)),
  ],
);

/** The mail that says a run by schedule is ready, to the one whose run it is. The run's id makes its Message-ID. */
export const rosterMails = pgTable(
  "roster_mails",
  {
    agencyId: uuid("agency_id").notNull(),
    runId: uuid("run_id").notNull(),
    state: text("state", { enum: MAIL_STATES }).notNull().default("waiting"),
    tries: integer("tries").notNull().default(0),
    tryAt: instant("try_at").notNull().defaultNow(),
    doubts: integer("doubts").notNull().default(0),
    handedAt: instant("handed_at"),
    endedAt: instant("ended_at"),
    reply: text("reply").notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.runId] }),
    foreignKey({
      name: "roster_mails_run",
      columns: [table.agencyId, table.runId],
      foreignColumns: [rosterRuns.agencyId, rosterRuns.id],
    }),
    index("roster_mails_open").on(table.tryAt).where(sql`${table.state} in ('waiting', 'handed')`),
    check("roster_mails_state", oneOf(table.state, MAIL_STATES)),
  ],
);

/** One creator's place in a run; part 0 is the roster's own workbook. Named without the creator's key: it survives him. */
export const rosterParts = pgTable(
  "roster_parts",
  {
    agencyId: uuid("agency_id").notNull(),
    runId: uuid("run_id").notNull(),
    part: integer("part").notNull(),
    /** null: the workbook */
    representedId: uuid("represented_id"),
    name: text("name").notNull(),
    /** the creator's line in the workbook */
    row: jsonb("row").$type<RosterRow>(),
    /** why there is no statement, in words */
    problem: text("problem"),
    madeAt: instant("made_at"),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.runId, table.part] }),
    foreignKey({
      name: "roster_parts_run",
      columns: [table.agencyId, table.runId],
      foreignColumns: [rosterRuns.agencyId, rosterRuns.id],
    }),
  ],
);

export const rosterFiles = pgTable(
  "roster_files",
  {
    agencyId: uuid("agency_id").notNull(),
    runId: uuid("run_id").notNull(),
    part: integer("part").notNull(),
    name: text("name").notNull(),
    /** hex */
    sha256: text("sha256").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.runId, table.part, table.name] }),
    foreignKey({
      name: "roster_files_part",
      columns: [table.agencyId, table.runId, table.part],
      foreignColumns: [rosterParts.agencyId, rosterParts.runId, rosterParts.part],
    }),
  ],
);

/** A file that was brought; the rows it made carry its id. Only its undoing is written later. */
export const imports = pgTable(
  "imports",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id"),
    fileName: text("file_name").notNull(),
    fileSha256: text("file_sha256").notNull(),
    format: text("format").notNull(),
    /** what was chosen in the preview, and what came of it */
    options: jsonb("options").$type<Record<string, unknown>>().notNull(),
    counts: jsonb("counts").$type<Record<string, number>>().notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    undoneBy: uuid("undone_by"),
    undoneAt: instant("undone_at"),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({
      columns: [table.creatorId, table.channelId],
      foreignColumns: [channels.creatorId, channels.id],
    }),
  ],
);

/**
 * A file on its way: brought whole, looked at, not imported yet. With its pieces it is gone (drop_upload) as soon
 * as it is imported or put aside; nothing of it stays.
 */
export const uploads = pgTable(
  "uploads",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    /** becomes the import's */
    id: uuid("id").notNull(),
    fileName: text("file_name").notNull(),
    bytes: count("bytes").notNull(),
    /** hex; of what arrived, once all has */
    fileSha256: text("file_sha256"),
    state: text("state", { enum: UPLOAD_STATES }).notNull(),
    /** of the work under way, from 0 to 1 */
    share: doublePrecision("share").notNull().default(0),
    /** what was chosen so far, and what the last look at it said */
    choices: jsonb("choices").$type<Record<string, unknown>>().notNull(),
    result: jsonb("result").$type<Record<string, unknown>>(),
    /** the piece of work that may write this row; another one has none of its say */
    run: uuid("run"),
    /** its last sign of life */
    beatAt: instant("beat_at").notNull().defaultNow(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    check("uploads_state", oneOf(table.state, UPLOAD_STATES)),
    check("uploads_bytes", sql`${table.bytes} > 0`),
  ],
);

/** The bytes of an upload, in pieces counted from 0. */
export const uploadParts = pgTable(
  "upload_parts",
  {
    creatorId: uuid("creator_id").notNull(),
    uploadId: uuid("upload_id").notNull(),
    part: integer("part").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.uploadId, table.part] }),
    foreignKey({
      columns: [table.creatorId, table.uploadId],
      foreignColumns: [uploads.creatorId, uploads.id],
    }),
  ],
);

/** What the columns of somebody's own table meant the last time a table with this header was imported. */
export const importMappings = pgTable(
  "import_mappings",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    /** the column names as they are compared, in order */
    header: text("header").notNull(),
    mapping: jsonb("mapping").$type<Record<string, unknown>>().notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.header] })],
);

/** What was projected for a month, with all it was made from, frozen before the month began. */
export const projections = pgTable(
  "projections",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    targetMonth: text("target_month").notNull(),
    horizon: integer("horizon").notNull(),
    asOf: instant("as_of").notNull(),
    madeAt: instant("made_at").notNull().defaultNow(),
    /** "total" for the sum over streams, in the reporting currency */
    stream: text("stream").notNull(),
    platform: text("platform").notNull(),
    format: text("format").notNull(),
    currency: currency().notNull(),
    basis: text("basis").notNull(),
    denominator: text("denominator").notNull(),
    viewsProjected: count("views_projected"),
    medianMinor: minor("median_minor").notNull(),
    lo50Minor: minor("lo50_minor"),
    hi50Minor: minor("hi50_minor"),
    lo80Minor: minor("lo80_minor"),
    hi80Minor: minor("hi80_minor"),
    lo95Minor: minor("lo95_minor"),
    hi95Minor: minor("hi95_minor"),
    mu: doublePrecision("mu"),
    sd: doublePrecision("sd"),
    df: integer("df"),
    x: doublePrecision("x"),
    mix: doublePrecision("mix"),
    season: doublePrecision("season"),
    rateId: uuid("rate_id"),
    rate: numeric("rate", { precision: 20, scale: 10 }),
    modelVersion: text("model_version").notNull(),
    priorVersion: text("prior_version").notNull(),
    inputHash: text("input_hash").notNull(),
    /** the whole projection of lib/model, state included, as it was made */
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    // The roster reads many creators' totals at once.
    index("projections_totals")
      .on(table.creatorId, table.targetMonth)
      .where(sql`${table.stream} = 'total' and ${table.horizon} = 1`),
    unique("projections_key").on(
      table.creatorId,
      table.targetMonth,
      table.horizon,
      table.stream,
      table.platform,
      table.format,
      table.currency,
    ),
    check("projections_month", isMonth(table.targetMonth)),
  ],
);

// ---------------------------------------------------------------- commission

/**
 * What an agency proposes to take of a creator's money; lib/model/commission-terms.ts says what each part means.
 * It counts once a creator's owner has accepted it (commission_answers).
 */
export const commissionTerms = pgTable(
  "commission_terms",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    representationId: uuid("representation_id")
      .notNull()
      .references(() => representations.id),
    claim: text("claim").notNull(),
    payee: text("payee", { enum: COMMISSION_PAYEES }).notNull(),
    /** the names of those who take it, as they were */
    parties: text("parties").array().notNull(),
    split: text("split", { enum: ["even", "full"] }).notNull(),
    /** of each payout, in parts per million of `base`; null: a flat amount */
    ppm: integer("ppm"),
    base: text("base", { enum: ["gross", "net"] }),
    flatMinor: minor("flat_minor"),
    currency: currency(),
    /** null = all streams */
    streams: text("streams", { enum: STREAMS }).array(),
    /** the first entry of the deal's chain */
    dealId: uuid("deal_id"),
    fromDay: day("from_day").notNull(),
    toDay: day("to_day"),
    /** for so many days after the last one, or after the representation's end, what was agreed before still counts */
    sunsetDays: integer("sunset_days"),
    note: text("note").notNull().default(""),
    /** the terms that it takes the place of, once it is accepted */
    replaces: uuid("replaces"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    foreignKey({
      name: "commission_terms_replaced",
      columns: [table.agencyId, table.replaces],
      foreignColumns: [table.agencyId, table.id],
    }),
    index("commission_terms_representation").on(table.representationId),
    check("commission_terms_payee", oneOf(table.payee, COMMISSION_PAYEES)),
    check("commission_terms_parties", sql`cardinality(${table.parties}) between 1 and 10`),
    check("commission_terms_split", oneOf(table.split, ["even", "full"])),
    check(
      "commission_terms_amount",
      sql`num_nonnulls(${table.ppm}, ${table.flatMinor}) = 1 and (${table.ppm} is null) = (${table.base} is null) and (${table.flatMinor} is null) = (${table.currency} is null) and least(${table.ppm}, ${table.flatMinor}) > 0 and ${table.ppm} <= 1000000`,
    ),
    check("commission_terms_base", oneOf(table.base, ["gross", "net"])),
    check(
      "commission_terms_days",
      sql`${table.fromDay} - 1 <= ${table.toDay} and ${table.sunsetDays} between 1 and 3650`,
    ),
    check(
      "commission_terms_streams",
      sql`${table.streams} <@ array[${sql.raw(STREAMS.map((stream) => `'${stream}'`).join(", "))}]::text[]`,
    ),
  ],
);

/** What became of proposed terms, said once: an owner accepts or refuses them, or the agency takes them back. */
export const commissionAnswers = pgTable(
  "commission_answers",
  {
    agencyId: uuid("agency_id").notNull(),
    termId: uuid("term_id").notNull(),
    answer: text("answer", { enum: COMMISSION_ANSWERS }).notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.termId] }),
    foreignKey({
      name: "commission_answers_term",
      columns: [table.agencyId, table.termId],
      foreignColumns: [commissionTerms.agencyId, commissionTerms.id],
    }),
    check("commission_answers_answer", oneOf(table.answer, COMMISSION_ANSWERS)),
  ],
);

/**
 * What each change did to the commission on a payout: signed, so that their sum is what is owed now. Written by
 * triggers alone. They lead with the agency, and stay with it when it no longer sees the creator: that is why the
 * payout's day and stream and the creator's name stand here as they were.
 */
export const commissionRecords = pgTable(
  "commission_records",
  {
    agencyId: uuid("agency_id").notNull(),
    id: uuid("id").notNull().defaultRandom(),
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    creatorName: text("creator_name").notNull(),
    representationId: uuid("representation_id").notNull(),
    termId: uuid("term_id").notNull(),
    claim: text("claim").notNull(),
    payee: text("payee", { enum: COMMISSION_PAYEES }).notNull(),
    party: text("party").notNull(),
    /** as the terms had it */
    ppm: integer("ppm"),
    base: text("base", { enum: ["gross", "net"] }),
    flatMinor: minor("flat_minor"),
    /** the payout's first entry */
    chainId: uuid("chain_id").notNull(),
    stream: text("stream", { enum: STREAMS }).notNull(),
    /** the last day of what the payout pays for */
    earnedOn: day("earned_on").notNull(),
    /** the month it was earned in, or the first open one when that was closed */
    bookedMonth: text("booked_month").notNull(),
    currency: currency().notNull(),
    accruedMinor: minor("accrued_minor").notNull(),
    /** of it, what is due because the payout was paid */
    dueMinor: minor("due_minor").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    foreignKey({
      name: "commission_records_term",
      columns: [table.agencyId, table.termId],
      foreignColumns: [commissionTerms.agencyId, commissionTerms.id],
    }),
    foreignKey({
      name: "commission_records_payout",
      columns: [table.creatorId, table.chainId],
      foreignColumns: [payouts.creatorId, payouts.id],
    }),
    index("commission_records_chain").on(table.creatorId, table.chainId),
    index("commission_records_earned").on(table.agencyId, table.earnedOn),
  ],
);

/** Commission that reached the agency: what it is owed goes down by it. Kept by the agency, seen by the creator. */
export const commissionPayments = pgTable(
  "commission_payments",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    /** as it was; a trigger fills it in */
    creatorName: text("creator_name").notNull().default(""),
    paidOn: day("paid_on").notNull(),
    minor: minor("minor").notNull(),
    currency: currency().notNull(),
    /** the agency kept it of money that went through its hands */
    isWithheld: boolean("is_withheld").notNull(),
    note: text("note").notNull().default(""),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    foreignKey({
      name: "commission_payments_replaced",
      columns: [table.agencyId, table.replaces],
      foreignColumns: [table.agencyId, table.id],
    }),
    unique("commission_payments_replaces").on(table.agencyId, table.replaces),
    index("commission_payments_creator").on(table.creatorId),
    check("commission_payments_minor", sql`${table.minor} > 0`),
    check("commission_payments_currency", isCurrency(table.currency)),
  ],
);

// ---------------------------------------------------------------- kept by triggers, never by hand

/**
 * What an entry does to the months: its own amount by earned month (split by day, to the cent), and, when it
 * replaces another, the reversal of that one. `of_id` is the entry whose cell is meant (itself or the replaced
 * one). `booked_month` is the earned month, or the first open one when that was closed at entry.
 */
export const postings = pgTable(
  "postings",
  {
    creatorId: uuid("creator_id").notNull(),
    payoutId: uuid("payout_id").notNull(),
    ofId: uuid("of_id").notNull(),
    earnedMonth: text("earned_month").notNull(),
    bookedMonth: text("booked_month").notNull(),
    minor: minor("minor").notNull(),
    entries: integer("entries").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.payoutId, table.ofId, table.earnedMonth] }),
    foreignKey({
      columns: [table.creatorId, table.payoutId],
      foreignColumns: [payouts.creatorId, payouts.id],
    }),
    foreignKey({ columns: [table.creatorId, table.ofId], foreignColumns: [payouts.creatorId, payouts.id] }),
    index("postings_of").on(table.creatorId, table.ofId),
  ],
);

export const totals = pgTable(
  "totals",
  {
    creatorId: uuid("creator_id").notNull(),
    earnedMonth: text("earned_month").notNull(),
    bookedMonth: text("booked_month").notNull(),
    channelId: uuid("channel_id"),
    format: text("format").notNull(),
    stream: text("stream", { enum: STREAMS }).notNull(),
    currency: currency().notNull(),
    state: text("state", { enum: STATES }).notNull(),
    minor: minor("minor").notNull(),
    entries: count("entries").notNull(),
  },
  (table) => [
    unique("totals_cell")
      .on(
        table.creatorId,
        table.earnedMonth,
        table.bookedMonth,
        table.channelId,
        table.format,
        table.stream,
        table.currency,
        table.state,
      )
      .nullsNotDistinct(),
    index("totals_empty").on(table.creatorId).where(sql`${table.entries} = 0`),
  ],
);

/** The small rollup for rosters of whole scope. */
export const rollups = pgTable(
  "rollups",
  {
    creatorId: uuid("creator_id").notNull(),
    earnedMonth: text("earned_month").notNull(),
    currency: currency().notNull(),
    minor: minor("minor").notNull(),
    entries: count("entries").notNull(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.earnedMonth, table.currency] })],
);

/**
 * Traffic of a channel in a month, nothing twice: per day the channel's own rows where present, else the sum
 * of its videos. `all` is the channel's whole; a named format is a part of it and never added to it.
 */
export const trafficMonths = pgTable(
  "traffic_months",
  {
    creatorId: uuid("creator_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    month: text("month").notNull(),
    format: text("format", { enum: FORMATS_AND_ALL }).notNull(),
    days: integer("days").notNull(),
    views: count("views"),
    qualifiedViews: count("qualified_views"),
    engagedViews: count("engaged_views"),
    adImpressions: count("ad_impressions"),
    watchSeconds: count("watch_seconds"),
    likes: count("likes"),
    comments: count("comments"),
    shares: count("shares"),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.month, table.channelId, table.format] })],
);

/**
 * The transactions that changed a creator's ledger last, kept by triggers: mostly one row, more after writers that
 * ran at once. While the set is the same, nothing has changed. No writer waits for another because of it.
 */
export const revisions = pgTable(
  "revisions",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id, { onDelete: "cascade" }),
    transaction: bigint("transaction", { mode: "bigint" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.transaction] })],
);

/** How far a creator's own rates lie from the published ones, as the nightly job found them; the newest row counts. */
export const poolOffsets = pgTable(
  "pool_offsets",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    offsets: jsonb("offsets").$type<readonly PoolOffset[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.recordedAt] })],
);

/** What was pooled for a creator from the others who agreed to it; the newest row counts. */
export const poolStarts = pgTable(
  "pool_starts",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    /** the table of starting rates that they are offsets to */
    priorVersion: text("prior_version").notNull(),
    starts: jsonb("starts").$type<readonly PooledStart[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.recordedAt] })],
);

export const auditLog = pgTable(
  "audit_log",
  {
    creatorId: uuid("creator_id").notNull(),
    id: bigserial("id", { mode: "bigint" }).notNull(),
    at: instant("at").notNull().defaultNow(),
    actor: uuid("actor").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.id] })],
);

/** On which days a person of an agency looked at a creator's amounts: written before they are shown, never changed. */
export const looks = pgTable(
  "looks",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    userId: uuid("user_id").notNull(),
    /** in the creator's zone */
    day: day("day").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.creatorId, table.agencyId, table.userId, table.day] })],
);

// ---------------------------------------------------------------- an agency and its creators, working together

/**
 * What somebody said of a creator, a month, a payout or a deal, to those whom `audience` names. Append-only; its
 * audience and its subject stay the same when it is corrected.
 */
export const notes = pgTable(
  "notes",
  {
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    id: uuid("id").notNull(),
    audience: text("audience", { enum: NOTE_AUDIENCES }).notNull(),
    /** the one that reads it; null: the creator's members alone */
    agencyId: uuid("agency_id").references(() => agencies.id),
    about: text("about", { enum: NOTE_SUBJECTS }).notNull(),
    /** the month, or the first entry of the payout's or the deal's chain; blank of a creator */
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    replaces: uuid("replaces"),
    isVoid: boolean("is_void").notNull().default(false),
    /** who wrote it, as he was called then: a reader may know neither the person nor the house */
    byline: text("byline").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creatorId, table.id] }),
    foreignKey({ columns: [table.creatorId, table.replaces], foreignColumns: [table.creatorId, table.id] }),
    unique("notes_replaces").on(table.creatorId, table.replaces),
    index("notes_subject").on(table.creatorId, table.about, table.subject),
    check("notes_audience", oneOf(table.audience, NOTE_AUDIENCES)),
    check("notes_agency", sql`(${table.agencyId} is null) = (${table.audience} = 'members')`),
    check("notes_about", oneOf(table.about, NOTE_SUBJECTS)),
  ],
);

/** Something to be done: by a member of the agency, or by the creator when it is asked of her. */
export const tasks = pgTable(
  "tasks",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    creatorId: uuid("creator_id").references(() => creators.id),
    title: text("title").notNull(),
    detail: text("detail").notNull().default(""),
    /** asked of the creator, whose members see it and may say that it is done */
    ofCreator: boolean("of_creator").notNull(),
    /** a member of the agency; null: nobody yet, or the creator */
    assignee: uuid("assignee"),
    dueOn: day("due_on"),
    doneAt: instant("done_at"),
    doneBy: text("done_by").notNull().default(""),
    /** who asked, as he was called then */
    byline: text("byline").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    foreignKey({
      name: "tasks_assignee",
      columns: [table.agencyId, table.assignee],
      foreignColumns: [agencyMembers.agencyId, agencyMembers.userId],
    }),
    index("tasks_creator").on(table.creatorId),
    check(
      "tasks_of_creator",
      sql`not ${table.ofCreator} or (${table.creatorId} is not null and ${table.assignee} is null)`,
    ),
  ],
);

/** What an agency sends by mail: to a creator's owners, or (without a creator) to one of its own people. */
export const letters = pgTable(
  "letters",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    creatorId: uuid("creator_id").references(() => creators.id),
    taskId: uuid("task_id"),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    byline: text("byline").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    bodyHash: bytea("body_hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    foreignKey({
      name: "letters_task",
      columns: [table.agencyId, table.taskId],
      foreignColumns: [tasks.agencyId, tasks.id],
    }),
    index("letters_creator").on(table.creatorId),
  ],
);

/** Whom a letter goes to, once. */
export const letterMails = pgTable(
  "letter_mails",
  {
    agencyId: uuid("agency_id").notNull(),
    letterId: uuid("letter_id").notNull(),
    userId: uuid("user_id").notNull(),
    mailedAt: instant("mailed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.letterId, table.userId] }),
    foreignKey({
      name: "letter_mails_letter",
      columns: [table.agencyId, table.letterId],
      foreignColumns: [letters.agencyId, letters.id],
    }),
    index("letter_mails_waiting").on(table.letterId).where(sql`${table.mailedAt} is null`),
  ],
);

/** Words by which an agency sorts its creators; never seen by them. */
export const tags = pgTable(
  "tags",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agencies.id),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    colour: text("colour", { enum: TAG_COLOURS }).notNull(),
    removedAt: instant("removed_at"),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    uniqueIndex("tags_name")
      .on(table.agencyId, sql`lower(${table.name})`)
      .where(sql`${table.removedAt} is null`),
    check("tags_colour", oneOf(table.colour, TAG_COLOURS)),
  ],
);

export const creatorTags = pgTable(
  "creator_tags",
  {
    agencyId: uuid("agency_id").notNull(),
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => creators.id),
    tagId: uuid("tag_id").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.creatorId, table.tagId] }),
    foreignKey({
      name: "creator_tags_tag",
      columns: [table.agencyId, table.tagId],
      foreignColumns: [tags.agencyId, tags.id],
    }),
  ],
);
