import { expect, it } from "vitest";
import type { Statement, StatementFigure, StatementFigureKey } from "../../lib/report/statement";
import { rosterLinesOf } from "../../lib/run-lines";

const figure = (key: StatementFigureKey, minor: string, currency = "USD"): StatementFigure => ({
  ...{ key, section: null, label: key, kind: "money", note: "" },
  cell: { minor, currency },
});
const earnedOf = (...summary: StatementFigure[]) => {
  const creator = { id: "", name: "Mira", currency: "USD" };
  return rosterLinesOf({ creator, summary } as unknown as Statement).map(({ currency, earned }) => [
    currency,
    earned,
  ]);
};

it("what is booked was earned, but where adjustments are in it: of yen without a rate it is then not known, which is not all of them", () => {
  expect(earnedOf(figure("booked", "10000"), figure("booked", "700", "JPY"))).toEqual([
    ["USD", "10000"],
    ["JPY", "700"],
  ]);
  expect(
    earnedOf(
      figure("booked", "10000"),
      figure("earned", "9000"),
      figure("adjustments", "1000"),
      figure("booked", "700", "JPY"),
    ),
  ).toEqual([
    ["USD", "9000"],
    ["JPY", null],
  ]);
});
