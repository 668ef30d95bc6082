import { readdirSync, readFileSync } from "node:fs";
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
    [
      "geography",
      [
        ["Geography", "Views", "Average view duration", "Watch time (hours)"],
        ["Total", "9", "0:04:34", "2"],
        ["US", "9", "0:05:42", "2"],
      ],
      /table by Geography/,
    ],
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
    [
      "totals without money",
      [
        ["Date", "Views"],
        ["2020-12-31", "31964"],
        ["2021-01-01", "37509"],
      ],
      /totals file/,
    ],
  ])("%s", (_, rows, what) => {
    const advice = adviceFor(utf8(csvText(rows)));
    expect(advice).toMatch(what);
    expect(advice).toMatch(/take the tab Content or Date .* with the metric Estimated revenue/);
    expect(advice.match(/\.(\s|$)/g)).toHaveLength(1);
  });

  test("whoever made such a table himself can have it read as his own", () => {
    const text = csvText([
      ["Date", "Views"],
      ["2020-12-31", "31964"],
      ["2021-01-01", "37509"],
    ]);
    expect(readTable(text, { ...OPTIONS, fileFormat: "generic" }).drafts.traffic).toHaveLength(2);
    expect(readTable(text.toLowerCase()).found.fileFormat).toBe("generic");
  });
});

const folder = realData("youtube-studio-geography-en");
if (folder) {
  describe("an unchanged export by geography", () => {
    test.each(readdirSync(folder).filter((name) => name.endsWith(".csv")))("%s", (name) => {
      expect(adviceFor(readFileSync(path.join(folder, name)))).toMatch(
        /^This is .*YouTube Studio.*Estimated revenue/,
      );
    });
  });
}
