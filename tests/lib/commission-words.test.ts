import { describe, expect, it } from "vitest";
import { exampleWords, partyWords, rateWords, scopeWords, timeWords } from "../../lib/commission-words";
import { type Stated, termOf } from "../../lib/model/commission-terms";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";

const USD = currencyOf("USD");
const stated = (given: Partial<Stated>): Stated => ({
  ...{ agencyId: "north", claim: "management", parties: ["Ana"], split: "even", ppm: 200_000, base: "gross" },
  ...{ flatMinor: null, currency: null, streams: null, dealId: null, fromDay: dayOf("2026-01-01") },
  ...{ toDay: null, sunsetDays: null },
  ...given,
});
const exampleOf = (...terms: Stated[]) =>
  exampleWords(
    terms.map(termOf),
    { currency: USD, stream: "ads", dealId: null, day: dayOf("2026-01-01") },
    "en-US",
  );

describe("terms in words", () => {
  it("say how much, to whom, of what and when, so that nobody accepts a number", () => {
    expect(rateWords({ ppm: 125_000, base: "net", flatMinor: null }, null, "en-US")).toBe("12.5% of the net");
    expect(rateWords({ ppm: null, base: null, flatMinor: 5_000n }, USD, "en-US")).toBe(
      "$50.00 of each payout",
    );
    expect(partyWords({ parties: ["Ana", "Ben"], split: "full" }, "en-US")).toBe("Ana and Ben, each in full");
    expect(scopeWords({ streams: ["ads", "gift"], dealId: null }, "en-US")).toBe("Ads and Gifts");
    expect(scopeWords({ streams: null, dealId: "x", brand: "Lumo" }, "en-US")).toBe(
      "Only the deal with Lumo",
    );
    expect(timeWords({ fromDay: dayOf("2026-01-01"), toDay: null, sunsetDays: 90 }, "en-US")).toBe(
      "From Jan 1, 2026; after the end 90 days for deals agreed before",
    );
    const never = { fromDay: dayOf("2026-01-02"), toDay: dayOf("2026-01-01"), sunsetDays: null };
    expect(timeWords(never, "en-US")).toBe("Ended before it began");
  });

  it("show what is left: 20% + 10% of 1,000.00 leave 700.00; one agency's claim stands once, two agencies' twice", () => {
    expect(exampleOf(stated({}), stated({ claim: "agency", parties: ["North"], ppm: 100_000 }))).toBe(
      "Of $1,000.00: $200.00 management (Ana) and $100.00 agency (North); $700.00 is left for the creator.",
    );
    expect(exampleOf(stated({}), stated({ claim: "Management" }))).toMatch(/\$800\.00 is left/);
    expect(exampleOf(stated({}), stated({ agencyId: "south" }))).toMatch(/\$600\.00 is left/);
  });

  it("say so when the claims are more than there is: 800.00 + 800.00 of 1,000.00 are 500.00 each", () => {
    expect(exampleOf(stated({ ppm: 800_000 }), stated({ claim: "b", ppm: 800_000 }))).toBe(
      "Of $1,000.00: $500.00 management (Ana) and $500.00 b (Ana); $0.00 is left for the creator. The claims are more than there is, so each is cut in proportion.",
    );
  });
});

describe("the end of terms", () => {
  it("is the earlier of their last day and the representation's, and the sunset counts from it", () => {
    const of = { toDay: dayOf("2026-12-31"), sunsetDays: 30, endedOn: dayOf("2026-06-30") };
    expect(termOf(stated(of))).toMatchObject({ toDay: "2026-06-30", sunsetUntil: "2026-07-30" });
    expect(termOf(stated({ ...of, endedOn: null }))).toMatchObject({ sunsetUntil: "2027-01-30" });
    expect(termOf(stated({ sunsetDays: 30 }))).toMatchObject({ toDay: null, sunsetUntil: null });
  });
});
