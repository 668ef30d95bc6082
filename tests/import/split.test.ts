import { describe, expect, it } from "vitest";
import { readNow } from "../../lib/import/read";
import { sourceInMemory } from "../../lib/import/source";
import { type SplitOptions, splitSource } from "../../lib/import/split";
import { OPTIONS } from "./fixtures";

const bytes = (text: string) => new TextEncoder().encode(text);

function split(text: string, options: SplitOptions = {}) {
  const texts: string[] = [];
  const outcome = splitSource(sourceInMemory(bytes(text)), "roster.csv", options, (part, of) => {
    texts[part] = of;
  });
  if (outcome.kind === "refused") throw new Error(outcome.problems[0]?.message);
  return { ...outcome, texts };
}

const ROSTER = `Creator,Channel,month,views,stream,amount,currency
Mira Cooks,@mira,2026-01,1000,ads,10.00,USD
Bo Plays,@bo,2026-01,2000,ads,20.00,USD
mira  cooks,@mira,2026-02,1100,ads,11.00,USD
,@lost,2026-02,1,ads,1.00,USD
Bo Plays,@bo2,2026-02,2100,ads,not money,USD
`;

describe("a file of many creators", () => {
  it("is one text per creator and channel, however a name is spelled; rows without a name are counted", () => {
    const { column, parts, unnamed, texts } = split(ROSTER);
    expect(column).toBe("Creator");
    expect(unnamed).toBe(1);
    expect(parts.map(({ creator, channel, rows }) => [creator, channel, rows])).toEqual([
      ["Mira Cooks", "@mira", 2],
      ["Bo Plays", "@bo", 1],
      ["Bo Plays", "@bo2", 1],
    ]);
    expect(texts.join(""), "no part holds a word of another creator").not.toMatch(/Mira|Bo|@/);
    expect(texts[0]).toBe(
      "month,views,stream,amount,currency\n2026-01,1000,ads,10.00,USD\n\n2026-02,1100,ads,11.00,USD\n",
    );
  });

  it("keeps each row's line, so that what is refused is found in the file that was brought", () => {
    const { texts } = split(ROSTER);
    const outcome = readNow(bytes(texts[2] ?? ""), "bo2.csv", OPTIONS);
    expect(outcome).toMatchObject({ kind: "read", problems: [{ line: 6 }] });
    const quoted = split(
      'Creator,month,note,ads_usd\nA,2026-01,"two\nlines",1\nB,2026-01,x,2\nA,2026-02,y,oops\n',
    );
    const second = readNow(bytes(quoted.texts[0] ?? ""), "a.csv", OPTIONS);
    expect(second).toMatchObject({ kind: "read", problems: [{ line: 5 }] });
  });

  it("puts names together that mean one creator, and leaves out those that mean none", () => {
    const { parts } = split(ROSTER, { keyOf: { "bo plays": "1", "mira cooks": "1" } });
    expect(parts.map(({ names, rows }) => [names, rows])).toEqual([
      [["mira cooks"], 2],
      [["bo plays"], 1],
      [["bo plays"], 1],
    ]);
    const whole = split(ROSTER.replaceAll(/@\w+/g, "@one"), {
      keyOf: { "bo plays": "1", "mira cooks": "1" },
    });
    expect(whole.parts.map(({ names, rows }) => [names, rows])).toEqual([[["mira cooks", "bo plays"], 4]]);
    expect(split(ROSTER, { keyOf: { "bo plays": "1" } }).parts).toHaveLength(2);
  });

  it("asks which column names the creator where none is called so, and takes the one that is chosen", () => {
    const text = "who;month;ads_eur\nA;2026-01;1,5\n";
    expect(split(text)).toMatchObject({ column: null, header: ["who", "month", "ads_eur"], parts: [] });
    expect(split(text, { column: "who" }).texts).toEqual(["month;ads_eur\n2026-01;1,5\n"]);
  });

  it("is refused in words when it is cut or no table", () => {
    expect(() => split("")).toThrow("The file is empty");
  });
});
