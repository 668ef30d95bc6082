import fc from "fast-check";
import { expect, test } from "vitest";
import { missingInvoiceNumbers, nextInvoiceNumber } from "../../lib/model/invoice-number";
import { dayOf } from "../../lib/model/month";

const today = dayOf("2026-11-26");

test("the first invoice of all is 2026-001, and the next follows the newest in its own manner", () => {
  expect(nextInvoiceNumber([], today)).toBe("2026-001");
  expect(nextInvoiceNumber(["2026-009"], today)).toBe("2026-010");
  expect(nextInvoiceNumber(["INV7", "INV6"], today)).toBe("INV8");
  expect(nextInvoiceNumber(["R/2026/99"], today)).toBe("R/2026/100");
});

test("a new year begins at 1, once", () => {
  expect(nextInvoiceNumber(["2025-041"], today)).toBe("2026-001");
  expect(nextInvoiceNumber(["2025-042", "2026-001"], today)).toBe("2026-002");
});

test("numbers without a digit at the end are passed over", () => {
  expect(nextInvoiceNumber(["Lumo", "2026-003"], today)).toBe("2026-004");
  expect(nextInvoiceNumber(["Lumo"], today)).toBe("2026-001");
});

test("001, 002, 005 lack 003 and 004; each prefix counts for itself", () => {
  expect(missingInvoiceNumbers(["2026-005", "2026-001", "2026-002", "A9", "A7"])).toEqual([
    ...["2026-003", "2026-004", "A8"],
  ]);
  expect(missingInvoiceNumbers(["A1", "A9999999"], 3)).toEqual(["A2", "A3", "A4"]);
  expect(missingInvoiceNumbers([])).toEqual([]);
});

test("a suggested number is never one in use", () => {
  const number = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^(2025|2026|INV|)-?\d{1,6}$/));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 10 }), (numbers) => {
      expect(numbers).not.toContain(nextInvoiceNumber(numbers, today));
    }),
  );
});
