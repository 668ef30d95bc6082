/** Colours of a brand, judged before they are printed: by WCAG 2.2, text needs a contrast of 4.5 to its paper. */

/** The house's own, where a brand says none. */
export const HOUSE = { accent: "#2f52c4", paper: "#ffffff", ink: "#1b1f2a" } as const;

export const LEAST_CONTRAST = 4.5;

/** "#2F52C4", "2f52c4" and "#abc" as "#rrggbb" in small letters; null for anything else. */
export function readHex(text: string): string | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (!digits) return null;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}

/** From 1 (the same) to 21 (black on white), whichever is the lighter. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** What would be hard to read, by the field that is to change; null when all is well. */
export function colourTrouble({
  accent,
  paper,
}: {
  accent: string | null;
  paper: string | null;
}): { field: "accent" | "paper"; message: string } | null {
  const sheet = paper ?? HOUSE.paper;
  if (contrast(HOUSE.ink, sheet) < LEAST_CONTRAST)
    return { field: "paper", message: "Text would be hard to read on this paper. Choose a lighter one." };
  const found = contrast(accent ?? HOUSE.accent, sheet);
  if (found >= LEAST_CONTRAST) return null;
  return {
    field: "accent",
    message: `On this paper the contrast is ${(Math.floor(found * 10) / 10).toFixed(1)}; text needs ${LEAST_CONTRAST}. Choose a darker accent.`,
  };
}

/** Relative luminance of an "#rrggbb". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
