/** How numbers and dates may be written; of one language the usual region first. The words are English. */
export const LOCALES = [
  { code: "en-US", label: "English (United States)" },
  { code: "en-GB", label: "English (United Kingdom)" },
  { code: "en-AU", label: "English (Australia)" },
  { code: "en-CA", label: "English (Canada)" },
  { code: "en-IN", label: "English (India)" },
  { code: "cs-CZ", label: "Čeština" },
  { code: "da-DK", label: "Dansk" },
  { code: "de-DE", label: "Deutsch (Deutschland)" },
  { code: "de-AT", label: "Deutsch (Österreich)" },
  { code: "de-CH", label: "Deutsch (Schweiz)" },
  { code: "es-ES", label: "Español (España)" },
  { code: "es-MX", label: "Español (México)" },
  { code: "fi-FI", label: "Suomi" },
  { code: "fil-PH", label: "Filipino" },
  { code: "fr-FR", label: "Français (France)" },
  { code: "fr-CA", label: "Français (Canada)" },
  { code: "hi-IN", label: "हिन्दी" },
  { code: "id-ID", label: "Bahasa Indonesia" },
  { code: "it-IT", label: "Italiano" },
  { code: "ja-JP", label: "日本語" },
  { code: "ko-KR", label: "한국어" },
  { code: "ms-MY", label: "Bahasa Melayu" },
  { code: "nb-NO", label: "Norsk" },
  { code: "nl-NL", label: "Nederlands" },
  { code: "pl-PL", label: "Polski" },
  { code: "pt-BR", label: "Português (Brasil)" },
  { code: "pt-PT", label: "Português (Portugal)" },
  { code: "ro-RO", label: "Română" },
  { code: "sv-SE", label: "Svenska" },
  { code: "th-TH", label: "ไทย" },
  { code: "tr-TR", label: "Türkçe" },
  { code: "uk-UA", label: "Українська" },
  { code: "vi-VN", label: "Tiếng Việt" },
  { code: "zh-CN", label: "中文（简体）" },
  { code: "zh-TW", label: "中文（繁體）" },
] as const;

/** The first listed one that a browser's Accept-Language names, by region, then by language; else en-US. */
export function localeFrom(acceptLanguage: string | null): string {
  const wanted = (acceptLanguage ?? "").split(",").map((part) => part.split(";")[0]?.trim() ?? "");
  for (const tag of wanted) {
    const [language = ""] = tag.split("-");
    const found =
      LOCALES.find(({ code }) => code.toLowerCase() === tag.toLowerCase()) ??
      LOCALES.find(({ code }) => code.split("-")[0] === language.toLowerCase());
    if (found) return found.code;
  }
  return "en-US";
}
