import type { Month } from "./month";
import { monthNumber } from "./month";
import type { Stream } from "./words";

/** Goes up with any change that alters a projection; stored with each one. docs/model.md lists the versions. */
export const MODEL_VERSION = "2";

/** How money from one sort of stream moves, in natural logs. */
export type Kind = {
  readonly name: string;
  /** False when views say nothing about the money (a retainer); then the model works on log money. */
  readonly perView: boolean;
  /** Variance the level gains per month, as a multiple of the noise variance. */
  readonly rho: number;
  /** First guess of the noise: standard deviation of one month's log rate. */
  readonly s0: number;
  /** Standard deviation of the published rate around a creator's own. */
  readonly tau: number;
  /** How much of log watch time per view reaches the rate. */
  readonly beta: Effect;
  /** How much of the ad season this stream feels. */
  readonly kappa: Effect;
  /** False for a judgement that no data has checked yet. */
  readonly measured: boolean;
};
type Effect = { readonly mean: number; readonly sd: number };

const ADS = { perView: true, tau: 0.9, beta: { mean: 0.8, sd: 0.25 }, kappa: { mean: 0.25, sd: 0.2 } };
const SALES = { perView: true, tau: 1.2, beta: { mean: 0, sd: 0.1 } };
const REGULAR = { perView: false, tau: 1.2, beta: { mean: 0, sd: 0.1 } };

export const KINDS = {
  ads: { name: "ads and rewards by month", ...ADS, rho: 1, s0: 0.15, measured: true },
  adsVideo: { name: "ads and rewards by video", ...ADS, rho: 0.1, s0: 0.3, measured: true },
  affiliate: {
    name: "affiliate",
    ...SALES,
    rho: 0.5,
    s0: 0.35,
    kappa: { mean: 0, sd: 0.15 },
    measured: true,
  },
  shop: {
    name: "shop commission",
    ...SALES,
    rho: 0.5,
    s0: 0.45,
    kappa: { mean: 0.1, sd: 0.2 },
    measured: false,
  },
  support: {
    name: "super likes and gifts",
    ...SALES,
    rho: 0.5,
    s0: 0.45,
    kappa: { mean: 0, sd: 0.1 },
    measured: false,
  },
  regular: {
    name: "regular money without views",
    ...REGULAR,
    rho: 0.3,
    s0: 0.6,
    kappa: { mean: 0.1, sd: 0.2 },
    measured: false,
  },
  deal: {
    name: "size of a deal",
    ...REGULAR,
    rho: 0.1,
    s0: 0.6,
    kappa: { mean: 0, sd: 0.1 },
    measured: false,
  },
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof KINDS;

const KIND_OF_STREAM: Readonly<Record<Stream, KindName>> = {
  ads: "ads",
  rewards: "ads",
  sponsorship: "deal",
  affiliate: "affiliate",
  super_like: "support",
  gift: "support",
  shop: "shop",
  subscription: "regular",
  other: "regular",
};

/** The row of KINDS for a stream; only ads and rewards have another one for single videos. */
export function kindOf(stream: Stream, grain: "month" | "video" = "month"): KindName {
  const kind = KIND_OF_STREAM[stream];
  return kind === "ads" && grain === "video" ? "adsVideo" : kind;
}

/** Log effect of the month on ad rates, January to December, summing to 0. */
const SEASON = [-0.22, -0.12, -0.02, -0.05, 0, 0.05, -0.1, -0.06, 0.03, 0.06, 0.18, 0.25] as const;

/** The published ad season S of a calendar month, in logs; a stream feels kappa of it. */
export function seasonOf(month: Month): number {
  return SEASON[monthNumber(month) - 1]!;
}
