import { expect, test } from "vitest";
import { type Invoice, invoicePdf } from "../../lib/report/invoice";
import { readPdf } from "./read-pdf";

const madeAt = new Date("2026-03-01T00:00:00Z");
const invoice = (given: Partial<Invoice> = {}): Invoice => ({
  number: "2026-007",
  from: "Mira Cooks\nHauptstraße 1\n10115 Berlin",
  to: "Lumo Pans GmbH\nWien",
  facts: [
    ["Date", "Mar 1, 2026"],
    ["Due", "Mar 31, 2026"],
  ],
  lines: [
    { what: "The content itself", detail: "One video", amount: "$450.00" },
    { what: "Usage rights", detail: "90 days", amount: "$550.00" },
  ],
  total: "$1,000.00",
  payTo: "IBAN DE00 0000",
  notes: "Thank you.",
  ...given,
});
const textOf = async (given: Partial<Invoice>, size: "a4" | "letter" = "a4") => {
  const read = await readPdf(await invoicePdf(invoice(given), { size, madeAt }));
  return { ...read, text: read.pages.flat().join("\n") };
};

test("every word and amount can be selected again: 450.00 + 550.00 = 1,000.00, tagged, titled, on one page", async () => {
  const { text, title, isTagged, pages, size } = await textOf({});
  for (const word of [
    "Invoice 2026-007",
    "Mira Cooks",
    "Hauptstraße 1",
    "Lumo Pans GmbH",
    "Due: Mar 31, 2026",
  ])
    expect(text).toContain(word);
  for (const amount of ["$450.00", "$550.00", "$1,000.00"]) expect(text).toContain(amount);
  expect([title, isTagged, pages.length, text.includes("page 1 of 1")]).toEqual([
    ...["Invoice 2026-007", true, 1, true],
  ]);
  expect(size.map(Math.round), "A4").toEqual([595, 842]);
  expect((await textOf({}, "letter")).size, "Letter").toEqual([612, 792]);
});

test("names keep their letters in Latin, Greek, Cyrillic, Vietnamese, Hebrew and Arabic", async () => {
  const names = ["Łukasz Żółć", "Ελένη Παππά", "Анна Щукина", "Nguyễn Thị Hạnh", "Æsa Þórðardóttir"];
  const { text } = await textOf({ to: names.join("\n") });
  // Where one font follows another within a word, readers differ in what they make of a space.
  const letters = (line: string) => line.replace(/[\s\p{Cc}]/gu, "");
  for (const name of names) expect(letters(text)).toContain(letters(name));
  const { text: turned } = await textOf({ to: "שלום עולם 123" });
  expect(turned).toContain("שלום");
  const { text: arabic } = await textOf({ to: "مرحبا" });
  expect(arabic.normalize("NFKC")).toMatch(/[\u0600-\u06ff]/);
});

test("what no font can draw is a question mark, never an empty box", async () => {
  expect((await textOf({ to: "Party 🎉 ꙮ now" })).text).toContain("Party ?");
});

test("hostile text stays text: controls, half characters, PDF syntax, direction marks, endless words", async () => {
  const hostile = [
    ") Tj ET endstream endobj 7 0 obj << /JS (app.alert(1)) >>",
    "\u202eevil\u202c \u0000\u0007\u001b[31m \ud800 \udfff",
    "x".repeat(2_000),
    "<script>alert(1)</script> %PDF-1.7 {{7*7}}",
  ].join("\n");
  const { text, pages } = await textOf({ to: hostile, notes: hostile, number: ")(\\" });
  expect(text).toContain("<script>alert(1)</script> %PDF-1.7 {{7*7}}");
  expect(text).toContain("endobj 7 0 obj");
  expect(text.split("x").length - 1).toBeGreaterThan(3_990);
  expect(pages.length).toBeGreaterThan(1);
});

test("200 lines break into pages that all say how many there are, and no line is lost", async () => {
  const lines = Array.from({ length: 200 }, (_, n) => ({
    what: `Line ${n + 1}.`,
    detail: "",
    amount: "1.00",
  }));
  const { text, pages } = await textOf({ lines });
  for (const { what } of lines) expect(text).toContain(what);
  expect(pages.length).toBeGreaterThan(4);
  for (const [index, page] of pages.entries())
    expect(page.join("\n")).toContain(`page ${index + 1} of ${pages.length}`);
});

test("the same invoice is the same file, byte for byte", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => invoicePdf(invoice(), { size: "a4", madeAt })));
  expect(one?.equals(other!)).toBe(true);
});
