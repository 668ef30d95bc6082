import { count } from "./format";

/** What can be changed in the explorer: how each field reads, refuses and slides. Pure. */

export const FIELDS = [
  "views",
  "paid",
  "watch",
  "engagement",
  "followers",
  "commission",
  "sales",
  "fee",
] as const;
export type FieldName = (typeof FIELDS)[number];

type Spec = {
  readonly label: string;
  readonly unit: string;
  readonly isWhole: boolean;
  readonly max: number;
  /** Zero is refused: the field is left blank when it is unknown. */
  readonly aboveZero: boolean;
  /** Linear from 0 to `to`; null: by proportion around where it starts. */
  readonly slide: { readonly to: number; readonly step: number } | null;
  /** Where the slider stands while the field is blank. */
  readonly usual: number;
};

const COUNT = { isWhole: true, aboveZero: false, slide: null, usual: 10_000 } as const;
const PERCENT = { unit: "%", isWhole: false, aboveZero: false, max: 100, usual: 5 } as const;
const AMOUNT = { unit: "", isWhole: false, aboveZero: false, max: 1e12, slide: null, usual: 1_000 } as const;

export const SPEC: Readonly<Record<FieldName, Spec>> = {
  views: { ...COUNT, label: "Views a month", unit: "", max: 1e11 },
  paid: { ...PERCENT, label: "Paid share of views", slide: { to: 100, step: 1 } },
  watch: {
    label: "Watch time per view",
    unit: "s",
    isWhole: false,
    max: 43_200,
    aboveZero: true,
    slide: null,
    usual: 25,
  },
  engagement: { ...PERCENT, label: "Engagement rate by views", slide: { to: 30, step: 0.1 } },
  followers: { ...COUNT, label: "Followers", unit: "", max: 1e10 },
  // Sellers may set 1 to 80 % (ads.tiktok.com, 2024-11).
  commission: {
    ...PERCENT,
    label: "Shop commission",
    aboveZero: true,
    max: 80,
    slide: { to: 80, step: 0.5 },
  },
  sales: { ...AMOUNT, label: "Sales through your links (GMV)" },
  fee: { ...AMOUNT, label: "Fee offered for a deal" },
};

/** What was typed: nothing, a number as plain digits with a point, or why it is refused. */
export type Typed =
  | { readonly kind: "blank" }
  | { readonly kind: "number"; readonly digits: string; readonly value: number }
  | { readonly kind: "refused"; readonly why: string };

/** Reads one field. The sentence of a refusal names the remedy. */
export function readField(name: FieldName, text: string, locale: string): Typed {
  const { label, isWhole, max, aboveZero, unit } = SPEC[name];
  return readNumber(text, { label, isWhole, max, aboveZero, unit, locale });
}

/** A region's share of the audience, 0 to 100. */
export function readShare(text: string, locale: string): Typed {
  const about = { label: "A share", isWhole: false, max: 100, aboveZero: false, unit: "%", locale };
  const typed = readNumber(text, about);
  return typed.kind === "blank" ? { kind: "refused", why: "Write a share from 0 to 100." } : typed;
}

function readNumber(
  text: string,
  about: Pick<Spec, "label" | "isWhole" | "max" | "aboveZero" | "unit"> & { locale: string },
): Typed {
  const { label, isWhole, max, aboveZero, unit, locale } = about;
  const refused = (why: string): Typed => ({ kind: "refused", why });
  const shown = text.trim();
  if (shown === "") return { kind: "blank" };
  const example = isWhole ? "120000" : "12.5";
  if (/^[-−]\s*[\d.,]/.test(shown))
    return refused(`${label} cannot be negative; write ${aboveZero ? "more than 0" : "0 or more"}.`);
  const digits = digitsOf(shown.replace(/%$/, "").replace(/[\s'’_]/g, ""), isWhole);
  if (digits === "twofold") return refused(`“${cut(shown)}” can be read two ways; write it without a comma.`);
  if (digits === null) return refused(`“${cut(shown)}” is not a number; write digits such as ${example}.`);
  const value = Number(digits);
  if (value > max)
    return refused(`At most ${count(max, locale)}${unit && ` ${unit}`}; check for extra digits.`);
  if (aboveZero && value === 0)
    return refused(`${label} must be above 0; leave it blank when it is unknown.`);
  return { kind: "number", digits, value };
}

/** Plain digits with a point; null when it is no number. A comma before three digits may group or divide. */
function digitsOf(bare: string, isWhole: boolean): string | "twofold" | null {
  if (/^\d{1,30}$/.test(bare)) return bare;
  if (/^\d{1,3}(,\d{3})+$/.test(bare) || /^\d{1,3}(\.\d{3})+$/.test(bare)) {
    const isGrouped = isWhole || bare.split(/[.,]/).length > 2;
    if (isGrouped) return bare.replace(/[.,]/g, "");
    return bare.includes(",") ? "twofold" : bare;
  }
  if (isWhole) return null;
  if (/^\d{0,30}[.,]\d{1,10}$/.test(bare)) return `0${bare.replace(",", ".")}`.replace(/^0(?=\d+\.)/, "");
  const grouped =
    /^(\d{1,3}(?:,\d{3})+)(\.\d{1,10})$/.exec(bare) ?? /^(\d{1,3}(?:\.\d{3})+)(,\d{1,10})$/.exec(bare);
  return grouped ? `${grouped[1]!.replace(/[.,]/g, "")}${grouped[2]!.replace(",", ".")}` : null;
}

/** Minor units of plain digits; decimals beyond the currency's are cut. */
export function minorOfDigits(digits: string, exponent: number): bigint {
  const [whole = "0", fraction = ""] = digits.split(".");
  return BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
}

/** How a number stands in its field: counts grouped, the rest plain, so that it reads back as itself. */
export function fieldText(name: FieldName, value: number | null, locale: string): string {
  if (value === null) return "";
  const { isWhole, slide } = SPEC[name];
  if (isWhole) return count(Math.round(value), locale);
  return String(Math.round(value * (slide ? 100 : 10)) / (slide ? 100 : 10));
}

export type Slider = {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly at: number;
};

const MIDDLE = 50;
/** Positions for a factor of ten; one step is about 10 %. */
const PER_TENFOLD = 25;

/** Where the slider stands; one by proportion has its start in the middle and zero at its end. */
export function sliderOf(name: FieldName, value: number | null, start: number | null): Slider {
  const { slide, usual } = SPEC[name];
  const now = value ?? start ?? usual;
  if (slide) return { min: 0, max: slide.to, step: slide.step, at: Math.min(slide.to, now) };
  const position = MIDDLE + PER_TENFOLD * Math.log10(now / (start || usual));
  return {
    min: 0,
    max: 2 * MIDDLE,
    step: 1,
    at: now > 0 ? Math.round(Math.min(100, Math.max(0, position))) : 0,
  };
}

/** The value at a place of the slider, with three digits that count; null: where it starts. */
export function slidTo(name: FieldName, at: number, start: number | null): number | null {
  const { slide, usual, isWhole, aboveZero, max } = SPEC[name];
  if (slide) return aboveZero ? Math.max(slide.step, at) : at;
  if (at === MIDDLE) return start ? null : usual;
  if (at === 0 && !aboveZero) return 0;
  const value = Math.min(
    max,
    Number(((start || usual) * 10 ** ((at - MIDDLE) / PER_TENFOLD)).toPrecision(3)),
  );
  // A field shows one decimal: less would read as zero.
  return isWhole ? Math.round(value) : aboveZero ? Math.max(0.1, value) : value;
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
