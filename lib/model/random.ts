/** A small seeded generator, so that a calibration measured today is the one measured tomorrow (mulberry32). */
export type Random = { uniform(): number; normal(): number; studentT(df: number): number };

export function random(seed: number): Random {
  let a = seed | 0;
  const uniform = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const studentT = (df: number) => {
    let chi = 0;
    for (let k = 0; k < df; k++) chi += normal() ** 2;
    return normal() / Math.sqrt(chi / df);
  };
  return { uniform, normal, studentT };
}
