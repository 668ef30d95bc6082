import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { type EcbDay, ecbRate, readEcbFile, readEcbText } from "../../lib/ecb";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";

const [EUR, USD, GBP, JPY] = [currencyOf("EUR"), currencyOf("USD"), currencyOf("GBP"), currencyOf("JPY")];
const XML = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"><gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time="2026-11-25"><Cube currency="USD" rate="1.0853"/><Cube currency="GBP" rate="0.8341"/></Cube>
<Cube time='2026-11-24'><Cube rate='1.0840' currency='USD'/><Cube currency='XXX' rate='5'/></Cube></Cube></gesmes:Envelope>`;
const TODAY = "Date, USD, JPY, GBP, \r\n25 November 2026, 1.0853, 163.45, 0.8341, \r\n";
const PAST =
  "Date,USD,JPY,CYP,GBP,\n2026-11-25,1.0853,163.45,N/A,0.8341,\n1999-01-04,1.1789,133.73,0.58231,0.7111,\n";

const read = (text: string) => {
  const days = readEcbText(text);
  return days.ok ? days.value.map(({ day, perEuro }) => [day, Object.fromEntries(perEuro)]) : days.error;
};
const zipped = (name: string, text: string) => zipSync({ [name]: new TextEncoder().encode(text) });

describe("the ECB's files", () => {
  test("XML: each day with the currencies we know, whatever the order of names and the quotes", () => {
    expect(read(XML)).toEqual([
      ["2026-11-25", { USD: "1.0853", GBP: "0.8341" }],
      ["2026-11-24", { USD: "1.0840" }],
    ]);
  });

  test("CSV: today's with its written month and trailing commas, and the past's, where N/A is no rate", () => {
    expect(read(TODAY)).toEqual([["2026-11-25", { USD: "1.0853", JPY: "163.45", GBP: "0.8341" }]]);
    expect(read(PAST)).toEqual([
      ["2026-11-25", { USD: "1.0853", JPY: "163.45", GBP: "0.8341" }],
      ["1999-01-04", { USD: "1.1789", JPY: "133.73", GBP: "0.7111" }],
    ]);
  });

  test("a zip of either is read like the file in it", () => {
    const days = readEcbFile(zipped("eurofxref.csv", TODAY));
    expect(days.ok && days.value[0]?.perEuro.get(USD)).toBe("1.0853");
  });

  test("anything else is refused with what to bring instead, and never throws", () => {
    for (const text of [
      "",
      "hello",
      "<Cube>",
      "Date\n",
      "Date,USD\nyesterday,1\n",
      "Date,USD\n2026-11-25,0\n",
    ])
      expect(read(text), text).toMatch(/Bring eurofxref\.zip/);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readEcbFile(bytes)));
    fc.assert(fc.property(fc.string(), (text) => void readEcbText(`<Cube time="2026-01-01">${text}`)));
  });
});

describe("a day's rate", () => {
  const day: EcbDay = {
    day: dayOf("2026-11-25"),
    perEuro: new Map([
      [USD, "1.0853"],
      [GBP, "0.8341"],
      [JPY, "163.45"],
    ]),
  };

  test("with the euro is the published one, to the letter and in the published direction", () => {
    expect(ecbRate(day, EUR, USD)).toEqual({ day: "2026-11-25", base: "EUR", quote: "USD", rate: "1.0853" });
    expect(ecbRate(day, USD, EUR)).toEqual({ day: "2026-11-25", base: "EUR", quote: "USD", rate: "1.0853" });
  });

  test("between two others goes over the euro: 1.0853 / 0.8341 = 1.3011629301", () => {
    expect(ecbRate(day, GBP, USD)?.rate).toBe("1.3011629301");
  });

  test("of a currency that is not published is none", () => {
    expect(ecbRate(day, currencyOf("KWD"), USD)).toBeNull();
    expect(ecbRate(day, EUR, currencyOf("KWD"))).toBeNull();
  });
});
