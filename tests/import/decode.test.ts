import { describe, expect, test } from "vitest";
import { decode } from "../../lib/import/decode";
import { bytesOf, FileFault, sourceInMemory } from "../../lib/import/source";
import { refusalOf, tablesIn, utf8, utf16, windows1252 } from "./fixtures";

function decoded(bytes: Uint8Array) {
  const { blocks, bytes: _, ...rest } = decode(bytesOf(sourceInMemory(bytes)));
  return { ...rest, text: [...blocks()].join("") };
}

function refusal(bytes: Uint8Array) {
  try {
    tablesIn(bytes);
    return null;
  } catch (error) {
    if (error instanceof FileFault) return error.problem;
    throw error;
  }
}

test.each([
  ["old Excel", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], /Save it as \.xlsx or CSV/],
  ["a PDF", [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31], /This is a PDF/],
  ["a screenshot", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], /This is a picture/],
  ["a photograph", [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10], /This is a picture/],
])("%s is called by its name, with what to bring instead", (_, bytes, message) => {
  expect(refusalOf(Uint8Array.from(bytes))?.message).toMatch(message);
});

describe("the encoding is found from the bytes, and said", () => {
  const text = "Größe;Wert\nä;1\n";
  test.each([
    ["utf-8", utf8(text)],
    ["utf-8", utf8(`\uFEFF${text}`)],
    ["utf-16le", utf16(text)],
    ["utf-16be", utf16(text, "be")],
    ["utf-16le", utf16(text).subarray(2)],
    ["utf-16be", utf16(text, "be").subarray(2)],
    ["windows-1252", windows1252(text)],
  ])("%s", (encoding, bytes) => {
    expect(decoded(bytes)).toEqual({
      text,
      encoding,
      isAscii: false,
      delimiter: ";",
      hasDelimiterLine: false,
    });
  });

  test("Windows-1252's own letters survive: byte 0x80 is the euro sign, not a control character", () => {
    expect(decoded(Uint8Array.of(0x80, 0x2c, 0x93, 0x0a)).text).toBe("€,“\n");
  });
});

describe("Windows-1251 is told from 1252 by whether words are whole", () => {
  /** Cyrillic letters as Windows-1251 writes them. */
  const windows1251 = (text: string) =>
    Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
    });
  test("Russian words are made of Cyrillic letters alone", () => {
    const text = "Видео,Просмотры\nПрогулка по Москве,5\n";
    expect(decoded(windows1251(text))).toMatchObject({ text, encoding: "windows-1251" });
  });

  test.each(["Größe,Zähler,über\n1,2,3\n", "vidéo,à,où\nété,2,3\n", "ÄÖÜ,größer,mäßig,öfter\n"])(
    "%j mixes them with plain ones",
    (text) => {
      expect(decoded(windows1252(text))).toMatchObject({ text, encoding: "windows-1252" });
    },
  );
});

describe("the delimiter is found outside quotes in the first line with content", () => {
  test.each([
    ["a,b,c\n1,2,3\n", ","],
    ["a;b\n1,5;2\n", ";"],
    ["a\tb\n", "\t"],
    ['\n"x;y;z",b\n', ","],
    ["a|b,c|d\n", "|"],
    ["only\n", ","],
  ])("%j", (text, delimiter) => {
    expect(decoded(utf8(text)).delimiter).toBe(delimiter);
  });

  test("a sep= line decides, is no header, and still counts as line 1", () => {
    const [table] = tablesIn(utf8("sep=;\r\na,b;c\r\n1;2\r\n"));
    expect(table).toMatchObject({
      delimiter: ";",
      header: ["a,b", "c"],
      headerLine: 2,
      rows: [{ line: 3 }],
    });
  });
});

describe("a file that is no whole text is refused as a whole, with the place and the remedy", () => {
  test.each([
    ["empty", utf8(""), /empty/],
    ["blank", utf8("\n  \n"), /empty/],
    ["a NUL byte", utf8("a,b\n1,\0\n"), /Line 2 holds a NUL byte/],
    ["UTF-16 cut in a character", utf16("a,b\n1,2\n").slice(0, -1), /ends in the middle/],
    ["UTF-8 cut in a character", utf8("ä,b\n1,日").slice(0, -1), /ends in the middle/],
    ["an open quote", utf8('a,b\n1,2\n3,"x\n5,6\n'), /opens on or after line 3 and never closes/],
    ["a quote inside a cell", utf8('a,b\n1,x"y\n'), /Line 2 has a quote mark in the middle/],
    ["a last row that stops short", utf8("a,b,c\n1,2,3\n4,5"), /ends in the middle/],
    ["an endless line", utf8(`a,b\n${"x".repeat(1_000_001)}`), /Line 2 is longer than 1,000,000/],
    ["too many columns", utf8(`${"a,".repeat(500)}b\n`), /501 columns; at most 500/],
    ["too many columns in a row", utf8(`a,b\n${"1,".repeat(600)}2\n`), /Line 2 has 601 columns/],
    ["too many rows", utf8(`a\n${"1\n".repeat(2_000_001)}`), /more than 2,000,000 rows/],
  ])("%s", (_, bytes, message) => {
    expect(refusal(bytes)?.message).toMatch(message);
  });
});
