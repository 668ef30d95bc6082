import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { csvText, OPTIONS, readTable, realData, utf8 } from "./fixtures";

function adviceFor(bytes: Uint8Array): string {
  const outcome = readNow(bytes, "file.csv", OPTIONS);
  return outcome.kind === "not_useful" ? outcome.message : outcome.kind;
}

describe("an export that tells neither videos nor money is recognised, and one sentence says what to bring", () => {
  test.each([
    ...["City", "Device type", "Traffic source", "Viewer age", "Revenue source"].map(
      (dimension): [string, string[][], RegExp] => [
        dimension,
        [
          [dimension, "Views", "Watch time (hours)"],
          ["Total", "9", "2"],
          ["X", "9", "2"],
        ],
        new RegExp(`table by ${dimension}`),
      ],
    ),
    [
      "a breakdown of an unknown name",
      [
        ["Sharing service", "Views", "Watch time (hours)"],
        ["Total", "9", "2"],
        ["X", "9", "2"],
      ],
      /table by Sharing service/,
    ],
    [
      "chart of countries",
      [
        ["Date", "Geography", "Views"],
        ["2020-12-31", "AD", "0"],
      ],
      /chart file.*Geography/,
    ],
    [
      "chart of videos",
      [
        ["Data", "Conteúdo", "Título do vídeo", "Horário de publicação do vídeo", "Receita estimada (USD)"],
        ["2024-01-01", "a", "b", "", "1"],
      ],
      /chart file/,
    ],
  ])("%s", (_, rows, what) => {
    const advice = adviceFor(utf8(csvText(rows)));
    expect(advice).toMatch(what);
    expect(advice).toMatch(/take the tab Content or Date .* with the metric Estimated revenue/);
    expect(advice.match(/\.(\s|$)/g)).toHaveLength(1);
  });

  test("a table of one's own in small letters is not taken for YouTube's", () => {
    expect(readTable("date,views\n2020-12-31,31964\n").found.fileFormat).toBe("generic");
  });
});

const folder = realData("youtube-studio-geography-en");
if (folder) {
  describe("an unchanged export by geography", () => {
    test("its chart is known for what it is", () => {
      expect(adviceFor(readFileSync(path.join(folder, "Chart data.csv")))).toMatch(
        /^This is the chart file .*Geography.*Estimated revenue/,
      );
    });
    test("its totals are the channel's views of 365 days", () => {
      const { drafts, problems } = readTable(readFileSync(path.join(folder, "Totals.csv")));
      expect([drafts.traffic.length, problems]).toEqual([365, []]);
    });
  });
}
