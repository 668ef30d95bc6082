import { expect, it } from "vitest";
import { mappingOf, type Role, rolesOf } from "../../app/(app)/creators/[creatorId]/imports/column-roles";
import { guessMapping } from "../../lib/import/mapping";
import { csvText, tableOf } from "../import/fixtures";

const FILES = {
  wide: [
    ["month", "pageviews", "adsense_usd", "amazon_usd", "total_usd"],
    ["2026-01", "5", "1.00", "2.00", "3.00"],
  ],
  long: [
    ["month", "views", "stream", "amount", "currency", "platform"],
    ["2026-01", "5", "ads", "1.00", "USD", "youtube"],
  ],
  "one amount, its currency beside it": [
    ["date", "revenue", "currency"],
    ["2026-01-03", "1.00", "USD"],
  ],
  "views alone": [
    ["month", "views", "watch hours", "format"],
    ["2026-01", "5", "2.5", "short"],
  ],
};

it.each(Object.entries(FILES))(
  "a guess (%s) survives the choices per column that stand for it",
  (_name, cells) => {
    const table = tableOf(csvText(cells));
    const mapping = guessMapping(table);
    expect(mappingOf(rolesOf(mapping, table.header), mapping)).toEqual(mapping);
  },
);

it("choosing the stream of an unknown column turns it into money", () => {
  const table = tableOf(
    csvText([
      ["month", "views", "einnahmen"],
      ["2026-01", "5", "1.00"],
    ]),
  );
  const mapping = guessMapping(table);
  const roles = rolesOf(mapping, table.header).map((each) =>
    each.column === "einnahmen" ? { ...each, role: "money:sponsorship" as Role, currency: "EUR" } : each,
  );
  expect(mappingOf(roles, mapping).amounts).toEqual({
    shape: "wide",
    columns: [{ column: "einnahmen", stream: "sponsorship", currency: "EUR" }],
  });
});
