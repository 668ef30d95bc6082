import type { Kind } from "./kinds";
import { type Band, halfWidth } from "./student-t";

/**
 * What is known about one stream's rate: a Bayesian regression of log rate on (1, watch time x, season s) whose
 * level walks at random, with unknown noise (West & Harrison's dynamic linear model). Plain JSON; logs are
 * natural.
 */
export type FilterState = {
  /** level, beta, kappa. */
  readonly m: readonly [number, number, number];
  /** Covariance of m in units of S, upper triangle by rows: 00, 01, 02, 11, 12, 22. */
  readonly C: readonly [number, number, number, number, number, number];
  /** Degrees of freedom behind S, at most 20. */
  readonly n: number;
  /** Estimate of the noise variance. */
  readonly S: number;
  /** Payouts seen. */
  readonly t: number;
  /** Width factor of the bands, learned from hits and misses. */
  readonly w: number;
  /** What is left of the prior in the level, 1 before the first payout, 0 when forgotten. */
  readonly prior: number;
};

/** The circumstances of one month. */
export type Circumstances = {
  /** log(watch seconds per view / reference), 0 when unknown. */
  readonly x: number;
  /** The published season of the month, 0 when it plays no part. */
  readonly season: number;
  /** Months without an update since the last one. */
  readonly gap?: number;
  /** 1 for the next month, 2 for the one after. */
  readonly horizon?: number;
  /** Multiple of the noise variance in this month, 1 but for few views (smallViewsNoise). */
  readonly noise?: number;
};

export type Prediction = {
  readonly mu: number;
  readonly sd: number;
  readonly df: number;
};

const MAX_DF = 20;
const CLIP = 3;
const ADAPT_AFTER = 6;
const ADAPT_STEP = 0.05;

/** The state before any payout: `m0` is the log of the published rate, `tau` how far one's own may lie from it. */
export function start(m0: number, kind: Kind, tau: number = kind.tau): FilterState {
  const noise = kind.s0 ** 2;
  return {
    m: [m0, kind.beta.mean, kind.kappa.mean],
    C: [tau ** 2 / noise, 0, 0, kind.beta.sd ** 2 / noise, 0, kind.kappa.sd ** 2 / noise],
    n: 3,
    S: noise,
    t: 0,
    w: 1,
    prior: 1,
  };
}

/** Forecast of a month's log rate: median mu, spread sd and Student-t degrees of freedom. */
export function predict(state: FilterState, kind: Kind, at: Circumstances): Prediction {
  const { m, C } = state;
  const { x, season: s } = at;
  const c00 = C[0] + drift(state, kind, at);
  const spread =
    c00 + 2 * (C[1] * x + C[2] * s) + C[3] * x * x + 2 * C[4] * x * s + C[5] * s * s + (at.noise ?? 1);
  const ahead = kind.rho * ((at.horizon ?? 1) - 1);
  return {
    mu: m[0] + m[1] * x + m[2] * s,
    sd: state.w * Math.sqrt((spread + ahead) * state.S),
    df: Math.round(Math.min(state.n, MAX_DF)),
  };
}

/** Distance from the median to either end of a central band, in logs. */
export function reach(prediction: Prediction, band: Band): number {
  return halfWidth(band, prediction.df) * prediction.sd;
}

/**
 * Learns one payout: `y` is its log rate. An error beyond three standard deviations counts as three, and the
 * month is called unusual. The circumstances' horizon plays no part.
 */
export function update(
  state: FilterState,
  kind: Kind,
  y: number,
  at: Circumstances,
): { state: FilterState; unusual: boolean } {
  const { m, C, n, S, w } = state;
  const { x, season: s } = at;
  const c00 = C[0] + drift(state, kind, at);
  const f0 = c00 + C[1] * x + C[2] * s;
  const f1 = C[1] + C[3] * x + C[4] * s;
  const f2 = C[2] + C[4] * x + C[5] * s;
  const Q = f0 + f1 * x + f2 * s + (at.noise ?? 1);
  const error = y - (m[0] + m[1] * x + m[2] * s);
  const limit = CLIP * Math.sqrt(Q * S);
  const e = Math.min(limit, Math.max(-limit, error));
  const [a0, a1, a2] = [f0 / Q, f1 / Q, f2 / Q];
  const sd = w * Math.sqrt(Q * S);
  return {
    state: {
      m: [m[0] + a0 * e, m[1] + a1 * e, m[2] + a2 * e],
      C: [
        c00 - a0 * a0 * Q,
        C[1] - a0 * a1 * Q,
        C[2] - a0 * a2 * Q,
        C[3] - a1 * a1 * Q,
        C[4] - a1 * a2 * Q,
        C[5] - a2 * a2 * Q,
      ],
      n: Math.min(n + 1, MAX_DF),
      S: (S * (n + (e * e) / (Q * S))) / (n + 1),
      t: state.t + 1,
      w: state.t < ADAPT_AFTER ? w : adapted(w, Math.abs(error) > halfWidth(80, n) * sd),
      prior: state.prior * Math.min(1, Math.max(0, 1 - a0)),
    },
    unusual: Math.abs(error) > CLIP * sd,
  };
}

/** Share of the level that the creator's own payouts decide, 0..1; the rest is the published rate. */
export function ownWeight(state: FilterState): number {
  return 1 - state.prior;
}

/** Few views make a rate noisy: 1 from 1,000 views on, 1 + 1000/views below (a judgement, not measured). */
export function smallViewsNoise(views: number): number {
  return views > 0 && views <= 1000 ? 1 + 1000 / views : 1;
}

/** Before the first payout nothing has walked yet: the prior's own width stands for it. */
function drift(state: FilterState, kind: Kind, at: Circumstances): number {
  return state.t > 0 ? kind.rho * (1 + (at.gap ?? 0)) : 0;
}

/** Adaptive conformal inference (Gibbs & Candes 2021): widen after a miss of the 80 % band, narrow after a hit. */
function adapted(w: number, missed: boolean): number {
  return Math.min(1.6, Math.max(0.6, w * Math.exp(ADAPT_STEP * ((missed ? 1 : 0) - 0.2))));
}
