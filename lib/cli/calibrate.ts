import { predict, reach, start, update } from "../model/filter";
import { type Kind, seasonOf } from "../model/kinds";
import { addMonths, monthOf } from "../model/month";
import { type Random, random } from "../model/random";

/** How the simulated creators differ from what the model assumes. */
export type World = {
  noise(source: Random): number;
  /** A lasting change of the level in this month, in noise standard deviations. */
  jump(source: Random): number;
};

/** The world the model assumes: its own prior, normal noise of unknown size, a level that walks. */
export const OWN: World = { noise: (source) => source.normal(), jump: () => 0 };

/** Heavier tails, 3 % outliers 3.3 times as wide, and 2 % months in which the level breaks. */
export const ROUGH: World = {
  noise: (source) => (source.studentT(4) / Math.SQRT2) * (source.uniform() < 0.03 ? 3.3 : 1),
  jump: (source) => (source.uniform() < 0.02 ? 3.3 * source.normal() : 0),
};

const MONTHS = 37;

/** Percent of months, over many simulated creators, that fell inside the 80 and 95 % band. */
export function coverage(kind: Kind, world: World, series: number): { inside80: number; inside95: number } {
  const source = random(20261123);
  let [in80, in95] = [0, 0];
  for (let each = 0; each < series; each++) {
    // Noise variance as the prior has it: s0^2 with 3 degrees of freedom.
    const chi = source.normal() ** 2 + source.normal() ** 2 + source.normal() ** 2;
    const sigma = kind.s0 * Math.sqrt(3 / chi);
    const scale = sigma / kind.s0;
    let level = kind.tau * scale * source.normal();
    const beta = kind.beta.mean + kind.beta.sd * scale * source.normal();
    const kappa = kind.kappa.mean + kind.kappa.sd * scale * source.normal();
    let state = start(0, kind);
    let x = 0.5 * source.normal();
    for (let index = 0; index < MONTHS; index++) {
      const at = { x, season: seasonOf(addMonths(monthOf("2023-01"), (each % 12) + index)) };
      const y = level + beta * x + kappa * at.season + sigma * world.noise(source);
      const prediction = predict(state, kind, at);
      if (Math.abs(y - prediction.mu) <= reach(prediction, 80)) in80++;
      if (Math.abs(y - prediction.mu) <= reach(prediction, 95)) in95++;
      state = update(state, kind, y, at).state;
      level += Math.sqrt(kind.rho) * sigma * source.normal() + sigma * world.jump(source);
      x = 0.8 * x + 0.3 * source.normal();
    }
  }
  const all = series * MONTHS;
  return { inside80: (100 * in80) / all, inside95: (100 * in95) / all };
}
