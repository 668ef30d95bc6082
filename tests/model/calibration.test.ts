import { describe, expect, test } from "vitest";
import { coverage, OWN, ROUGH } from "../../lib/cli/calibrate";
import { KINDS, type KindName } from "../../lib/model/kinds";

const SERIES = 2000;

describe.each<KindName>(["ads", "adsVideo", "affiliate"])("bands of %s mean what they say", (name) => {
  test("80 % holds 78 to 82 and 95 % holds 94 to 96 of 100 months in the world the model assumes", () => {
    const { inside80, inside95 } = coverage(KINDS[name], OWN, SERIES);
    expect(inside80).toBeGreaterThan(78);
    expect(inside80).toBeLessThan(82);
    expect(inside95).toBeGreaterThan(94);
    expect(inside95).toBeLessThan(96);
  });

  test("80 % holds 78 to 82 and 95 % at least 92 of 100 months among outliers and breaks", () => {
    const { inside80, inside95 } = coverage(KINDS[name], ROUGH, SERIES);
    expect(inside80).toBeGreaterThan(78);
    expect(inside80).toBeLessThan(82);
    expect(inside95).toBeGreaterThan(92);
  });
});
