import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repairedText } from "../../lib/import/mojibake";
import { CONTENT_ROWS, contentText, OPTIONS, readTable } from "./fixtures";

/** UTF-8 read as Windows-1252, which is what a spreadsheet does to it. */
function broken(text: string): string {
  const letters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
  return Array.from(Buffer.from(text, "utf8").toString("latin1"), (letter) => {
    const at = letter.charCodeAt(0) - 0x80;
    return (at >= 0 && letters[at]) || letter;
  }).join("");
}

describe("broken letters are put right", () => {
  test.each(["Größe zählt", "Où ça ? – l’été", "日本の動画", "Прогулка", "🎬 clip", "Canción nº 5 · 10 €"])(
    "%j, broken once and twice",
    (text) => {
      expect(repairedText(broken(text))).toBe(text);
      expect(repairedText(broken(broken(text)))).toBe(text);
    },
  );

  test.each(["Größe", "Ça va, Écran?", "CAFÉ»", "São João", "£5 – 10 €", "Ångström", "naïve Â"])(
    "%j is whole and stays",
    (text) => {
      expect(repairedText(text)).toBe(text);
    },
  );

  test("putting right twice is putting right once, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const repaired = repairedText(text);
        expect(repairedText(repaired)).toBe(repaired);
      }),
    );
  });
});

describe("in a file it is told with an example and offered, never done unasked", () => {
  const text = broken(contentText());
  test("as it is", () => {
    const { found, notices, drafts } = readTable(text);
    expect(found.mojibake).toEqual({ line: 5, broken: broken("Größe zählt"), repaired: "Größe zählt" });
    expect(notices.at(-1)).toMatchObject({ line: 5, message: expect.stringMatching(/for "Größe zählt"/) });
    expect(drafts.videos[2]?.title).toBe(broken("Größe zählt"));
  });

  test("put right: the videos are those of the whole file", () => {
    const { drafts, notices } = readTable(text, { ...OPTIONS, repair: true });
    expect(drafts).toEqual(readTable(contentText()).drafts);
    expect(notices.filter(({ message }) => message.includes("broken"))).toEqual([]);
    expect(CONTENT_ROWS[3]?.[1]).toBe("Größe zählt");
  });

  test("a file without any says so", () => {
    expect(readTable(contentText()).found.mojibake).toBeNull();
  });
});
