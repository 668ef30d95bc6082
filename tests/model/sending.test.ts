import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterMiss, MAX_TRIES, waitAfter } from "../../lib/model/sending";

const code = fc.option(fc.integer({ min: 400, max: 599 }), { nil: null });
const tries = fc.integer({ min: 1, max: 20 });

describe("what becomes of a mail whose try went wrong", () => {
  it("is another try where nobody knows whether the server took it: a copy is told by its name, a lost mail by nobody", () => {
    fc.assert(
      fc.property(tries, (n) => {
        const { state, isInDoubt } = afterMiss({ code: null, wasHanded: true, tries: n });
        return isInDoubt && state === (n < MAX_TRIES ? "waiting" : "failed");
      }),
      { numRuns: 50 },
    );
  });

  it("is never doubt where the server gave an answer, or had not got the end", () => {
    fc.assert(
      fc.property(code, fc.boolean(), tries, (code, wasHanded, tries) => {
        const isAnswered = code !== null || !wasHanded;
        return !isAnswered || !afterMiss({ code, wasHanded, tries }).isInDoubt;
      }),
      { numRuns: 200 },
    );
  });

  it("is an end after a refusal for good, and after the last try", () => {
    expect(afterMiss({ code: 550, wasHanded: false, tries: 1 }).state).toBe("failed");
    expect(afterMiss({ code: 451, wasHanded: true, tries: 1 }).state).toBe("waiting");
    expect(afterMiss({ code: null, wasHanded: false, tries: MAX_TRIES }).state).toBe("failed");
  });

  it("waits 1, 3, 9, 27 minutes … and never more than eight hours: 1 min + 3 + 9 + 27 + 81 + 243 + 2 × 480 = 22 h", () => {
    const waits = Array.from({ length: MAX_TRIES - 1 }, (_, n) => waitAfter(n + 1) / 60);
    expect(waits).toEqual([1, 3, 9, 27, 81, 243, 480, 480]);
    expect(waits.reduce((sum, each) => sum + each, 0)).toBe(22 * 60 + 4);
  });
});
