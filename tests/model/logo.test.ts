import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colourTrouble, contrast, HOUSE, readHex } from "../../lib/model/colour";
import { MAX_LOGO_BYTES, readLogo } from "../../lib/model/logo";

const text = (words: string) => new TextEncoder().encode(words.padEnd(60));

function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(57);
  bytes.set(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.write("IEND", 49, "latin1");
  return bytes;
}

/** As cameras write it: a segment of notes before the frame that knows the size. */
function jpeg(width: number, height: number): Uint8Array {
  const frame = Buffer.from("ffc0001108000000000300000000000000000000", "hex");
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from("ffd8ffe1000645786966", "hex"), frame, Buffer.from("ffd9", "hex")]);
}

describe("a logo is known by its bytes", () => {
  it("a PNG and a JPEG by their own headers, whatever their names say", () => {
    expect(readLogo(png(300, 80))).toEqual({ type: "image/png", width: 300, height: 80 });
    expect(readLogo(jpeg(640, 480))).toEqual({ type: "image/jpeg", width: 640, height: 480 });
  });

  it.each([
    [
      "an SVG, whose scripts would run",
      text("<?xml version='1.0'?><svg onload='x()'/>"),
      /SVG can carry scripts/,
    ],
    ["an SVG behind a mark of its encoding", text("\uFEFF<svg/>"), /SVG can carry scripts/],
    ["a WebP, which reports cannot print", text("RIFF\u0000\u0000\u0000\u0000WEBPVP8 "), /WebP/],
    ["a GIF", text("GIF89a"), /GIF/],
    ["a page that calls itself a picture", text("<!doctype html><script>"), /no whole PNG or JPEG/],
    ["a PNG that was cut off", png(300, 80).subarray(0, 50), /no whole PNG or JPEG/],
    ["one side too long: 1,025 of 1,024 pixels", png(1_025, 10), /1025 × 10 pixels/],
    ["no side at all", png(0, 10), /0 × 10 pixels/],
    ["one byte too many", Buffer.concat([png(3, 3), new Uint8Array(MAX_LOGO_BYTES)]), /at most 200 kB/],
  ])("refuses %s", (_what, bytes, reason) => {
    expect(readLogo(bytes)).toMatch(reason);
  });

  it("whatever the bytes, the answer is a size within the limits or a sentence", () => {
    const head = fc.constantFrom(png(9, 9).subarray(0, 16), jpeg(9, 9).subarray(0, 12), new Uint8Array());
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const found = readLogo(Buffer.concat([start, rest]));
        if (typeof found === "string") expect(found).toMatch(/\.$/);
        else expect(Math.max(found.width, found.height)).toBeLessThanOrEqual(1_024);
      }),
      { numRuns: 300 },
    );
  });
});

describe("colours that can be read", () => {
  it("black on white is 21, a colour on itself 1, #777777 on white 4.48: just too faint", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#123456", "#123456")).toBe(1);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(colourTrouble({ accent: "#777777", paper: null })).toMatchObject({ field: "accent" });
    expect(colourTrouble({ accent: "#767676", paper: null })).toBeNull();
    expect(colourTrouble({ accent: "#ffffff", paper: "#000000" })).toMatchObject({ field: "paper" });
    expect(colourTrouble({ accent: null, paper: null })).toBeNull();
  });

  it("are read as people copy them, and nothing else is", () => {
    expect(["#2F52C4", "2f52c4", " #abc "].map(readHex)).toEqual([HOUSE.accent, HOUSE.accent, "#aabbcc"]);
    for (const wrong of ["", "red", "#12345", "#12345g", "url(x)", "#2f52c4;}"])
      expect(readHex(wrong)).toBeNull();
  });
});
