import { regionOfCountry as regionOfCode } from "../model/benchmarks";
import type { Region } from "../model/words";
import { cleanText } from "./parse";

/** The languages in which exports were seen to name countries. */
const LANGUAGES = ["en", "de", "es", "es-419", "pt", "pt-PT", "fr", "it"];
/** Two letters that stand for no country, or for one that has another code by now. */
const NOT_COUNTRIES = new Set("AN BU CS DD DY EU EZ FX HV NH QO RH SU TP UN VD XA XB YD YU ZR ZZ".split(" "));

/** Names that exports and people use beside those of the Unicode CLDR, by code. */
const ALIASES: Readonly<Record<string, string>> = {
  US: "usa|united states of america|u s a|u s|eua|ee uu|etats unis d amerique|vereinigte staaten von amerika",
  GB: "uk|great britain|england|scotland|wales|northern ireland|united kingdom of great britain and northern ireland|grossbritannien|gran bretagna|gran bretana|gra bretanha|grande bretagne|inghilterra|inglaterra|angleterre",
  KR: "korea|republic of korea|korea republic of|coree|corea|sudkorea|coreia",
  KP: "korea democratic people s republic of|democratic people s republic of korea",
  RU: "russian federation|russische foderation",
  CZ: "czech republic|tschechische republik|republica checa|republica tcheca|repubblica ceca|republique tcheque",
  TR: "turkey|turkiye",
  VN: "viet nam|vietnam|vietnam socialist republic of",
  CI: "ivory coast|elfenbeinkuste|costa de marfil|costa do marfim|costa d avorio",
  MM: "burma|myanmar|birmania",
  MK: "macedonia",
  NL: "holland|the netherlands|olanda|holanda",
  AE: "uae|emirates",
  HK: "hong kong|hongkong",
  MO: "macau|macao",
  TW: "taiwan province of china|chinese taipei",
  CN: "mainland china|people s republic of china|festland china",
  PS: "state of palestine|palestine",
  SZ: "swaziland",
  CV: "cabo verde",
  CD: "dr congo|democratic republic of the congo|congo kinshasa|congo democratic republic of the",
  CG: "congo|republic of the congo",
  TZ: "tanzania united republic of",
  VE: "venezuela bolivarian republic of",
  BO: "bolivia plurinational state of",
  IR: "iran islamic republic of",
  SY: "syrian arab republic",
  LA: "lao people s democratic republic",
  MD: "moldova republic of|republic of moldova",
  BY: "belorussia|weissrussland",
  BN: "brunei darussalam",
  VA: "holy see",
};

let codes: ReadonlyMap<string, string> | undefined;

/** The two-letter ISO 3166-1 code of a country named in one of the languages or by its code; null for any other text. */
export function countryCodeOf(text: string): string | null {
  codes ??= codesByName();
  return text.length > 100 ? null : (codes.get(wordsOf(text)) ?? null);
}

/** The region of a country named or given by its code; null where no country is known ("Others"). */
export function regionOfCountry(text: string): Region | null {
  const code = countryCodeOf(text);
  return code === null ? null : regionOfCode(code);
}

/** Made at the first use: some two thousand names, from the Unicode CLDR data that Node carries. */
function codesByName(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const keep = (name: string, code: string) => {
    const words = wordsOf(name);
    if (words !== "" && !found.has(words)) found.set(words, code);
  };
  const known = isoCodes();
  for (const code of known) keep(code, code);
  for (const [code, names] of Object.entries(ALIASES)) for (const name of names.split("|")) keep(name, code);
  for (const language of LANGUAGES)
    for (const style of ["long", "short"] as const) {
      const names = new Intl.DisplayNames(language, { type: "region", style });
      for (const code of known) {
        const name = names.of(code) ?? "";
        keep(name, code);
        // "Myanmar (Burma)" is also written without its second name.
        keep(name.replace(/\s*\(.*\)$/, ""), code);
      }
    }
  return found;
}

function isoCodes(): string[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters
    .flatMap((first) => letters.map((second) => `${first}${second}`))
    .filter((code) => code !== "UK" && !NOT_COUNTRIES.has(code) && names.of(code) !== undefined);
}

/** Small letters without accents, marks as spaces, no article: "the Côte d’Ivoire" is "cote d ivoire". */
function wordsOf(text: string): string {
  const plain = cleanText(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
  const words = plain
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return words.replace(/^the /, "");
}
