import { describe, expect, test } from "vitest";
import { FILE_FORMATS } from "../../lib/import/detect";
import { GENERIC } from "../../lib/import/generic";
import { SEEDS as ADSENSE } from "./adsense.fixtures";
import { tablesIn, utf8 } from "./fixtures";
import { SEEDS as MEDIAVINE } from "./mediavine.fixtures";
import { SEEDS as META } from "./meta.fixtures";
import { SEEDS as TIKTOK } from "./tiktok.fixtures";
import { SEEDS as TWITCH } from "./twitch.fixtures";
import { SEEDS as YOUTUBE } from "./youtube.fixtures";

type Seed = { name: string; text?: string; bytes?: Uint8Array };
const PLATFORMS: [string, readonly Seed[]][] = [
  ["youtube", YOUTUBE],
  ["tiktok", TIKTOK],
  ["meta", META],
  ["adsense", ADSENSE],
  ["twitch", TWITCH],
  ["mediavine", MEDIAVINE],
];

describe("no two platforms lay claim to one export, so that the order of their formats decides nothing", () => {
  test.each(
    PLATFORMS.flatMap(([platform, seeds]) => seeds.map((seed) => [platform, seed.name, seed] as const)),
  )("%s: %s", (platform, _, { text = "", bytes = utf8(text) }) => {
    for (const table of tablesIn(bytes)) {
      const found = FILE_FORMATS.filter((format) => format !== GENERIC && format.detect(table));
      const platforms = new Set(found.map(({ id }) => id.split("-")[0]));
      expect([...platforms]).toEqual([platform]);
    }
  });
});
