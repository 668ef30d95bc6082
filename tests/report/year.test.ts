import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyOf, exponentOf, parseMoney } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import { STREAMS } from "../../lib/model/words";
import { type MonthLadder, netOf, yearOf } from "../../lib/model/year";
import { yearCsv } from "../../lib/report/year";

const [USD, EUR, JPY] = [currencyOf("USD"), currencyOf("EUR"), currencyOf("JPY")];
const cell = (given: Partial<MonthLadder>): MonthLadder => ({
  ...{ month: monthOf("2026-01"), stream: "ads", currency: EUR, finalMinor: 0n, estimatedMinor: 0n },
  ...{ refundMinor: 0n, clawbackMinor: 0n, adjustmentMinor: 0n, withheldMinor: 0n, feeMinor: 0n, made: null },
  ...given,
});

describe("the accountant's CSV", () => {
  test("100.01 - 15.00 withheld - 0.01 fee = 85.00 EUR, received 80.00, x 1.05 = 89.25 USD with its rate", () => {
    const year = yearOf(
      [cell({ finalMinor: 10_001n, withheldMinor: -1_500n, feeMinor: -1n })],
      [{ month: monthOf("2026-01"), stream: "ads", currency: EUR, minor: 8_000n }],
      USD,
      (currency, month) => ({ currency, month, day: "2026-01-30", rate: "1.05", source: "ECB" }),
    );
    const [header, line] = yearCsv(year, USD).split("\r\n");
    expect(header).toContain(
      "Tax withheld,Fees,Net,Received in month,Net in USD,Rate,Day of rate,Source of rate",
    );
    expect(line).toBe(
      "2026-01,Ads,EUR,100.01,0.00,0.00,0.00,0.00,-15.00,-0.01,85.00,80.00,89.25,1.05,2026-01-30,ECB",
    );
  });

  test("without a rate the last cells are empty, which is not zero", () => {
    const line = yearCsv(
      yearOf([cell({ finalMinor: 1n })], [], USD, () => null),
      USD,
    ).split("\r\n")[1];
    expect(line).toMatch(/,0\.01,0\.00,,,,$/);
  });

  test("its net column sums to the ledger's, to the minor unit, whatever is in it", () => {
    const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    const anyCell = fc
      .record({
        month: fc.constantFrom(...["2026-01", "2026-02", "2026-12"].map(monthOf)),
        stream: fc.constantFrom(...STREAMS),
        currency: fc.constantFrom(USD, EUR, JPY),
        finalMinor: amount,
        estimatedMinor: amount,
        withheldMinor: amount,
        feeMinor: amount,
        refundMinor: amount,
      })
      .map(cell);
    const idOf = ({ month, stream, currency }: MonthLadder) => `${month} ${stream} ${currency}`;
    fc.assert(
      fc.property(fc.uniqueArray(anyCell, { selector: idOf, maxLength: 30 }), (cells) => {
        const lines = yearCsv(
          yearOf(cells, [], USD, () => null),
          USD,
        )
          .split("\r\n")
          .slice(1, -1);
        for (const currency of [USD, EUR, JPY]) {
          const sum = lines
            .map((line) => line.split(","))
            .filter(([, , code]) => code === currency)
            .reduce((total, columns) => {
              const minor = parseMoney(columns[10] ?? "", currency, ".");
              return total + (minor.ok ? minor.value : 10n ** 30n);
            }, 0n);
          const ledger = cells.filter((each) => each.currency === currency).map(netOf);
          expect([exponentOf(currency), sum]).toEqual([
            exponentOf(currency),
            ledger.reduce((total, minor) => total + minor, 0n),
          ]);
        }
      }),
    );
  });
});
