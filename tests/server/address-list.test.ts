import { describe, expect, it } from "vitest";
import { idWithin, readAddresses } from "../../lib/server/address-list";

describe("a pasted list of addresses", () => {
  it("is read with lines, commas, semicolons and names around them; what is no address keeps its place", () => {
    const text =
      "mira@example.com, Kenji <KENJI@example.com>\n\nnot an address; ines@example.com\r\nMIRA@example.com,";
    expect(readAddresses(text)).toEqual([
      { typed: "mira@example.com", email: "mira@example.com" },
      { typed: "Kenji <KENJI@example.com>", email: "kenji@example.com" },
      { typed: "not an address", email: null },
      { typed: "ines@example.com", email: "ines@example.com" },
    ]);
  });

  it("the same form asks the same address under the same id, another form under another", () => {
    const form = "5f3a2f6e-0000-4000-8000-000000000001";
    const id = idWithin(form, "mira@example.com");
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(idWithin(form, "mira@example.com")).toBe(id);
    expect(idWithin(form, "kenji@example.com")).not.toBe(id);
    expect(idWithin(form.replace("1", "2"), "mira@example.com")).not.toBe(id);
  });
});
