import { describe, expect, test } from "vitest";
import { countryCodeOf, regionOfCountry } from "../../lib/import/countries";

describe("a country is known by its code and by its name in six languages, so that an audience is no guess", () => {
  test.each([
    ["US", "US"],
    ["us", "US"],
    ["UK", "GB"],
    ["United States", "US"],
    ["the United Kingdom", "GB"],
    ["USA", "US"],
    ["Vereinigte Staaten", "US"],
    ["Estados Unidos", "US"],
    ["États-Unis", "US"],
    ["Stati Uniti", "US"],
    ["EE. UU.", "US"],
    ["Deutschland", "DE"],
    ["Alemania", "DE"],
    ["Alemanha", "DE"],
    ["Allemagne", "DE"],
    ["Germania", "DE"],
    ["Österreich", "AT"],
    ["Suiza", "CH"],
    ["Brasil", "BR"],
    ["México", "MX"],
    ["Mexico", "MX"],
    ["Vietname", "VN"],
    ["Viet Nam", "VN"],
    ["Côte d'Ivoire", "CI"],
    ["Ivory Coast", "CI"],
    ["Turkey", "TR"],
    ["Türkiye", "TR"],
    ["Myanmar (Burma)", "MM"],
    ["Hong Kong", "HK"],
    ["Hong Kong SAR China", "HK"],
    ["South Korea", "KR"],
    ["Czech Republic", "CZ"],
    ["Russian Federation", "RU"],
    ["Weißrussland", "BY"],
  ])("%s is %s", (text, code) => {
    expect(countryCodeOf(text)).toBe(code);
  });

  test.each(["Others", "", "ZZ", "EU", "Atlantis", "Total", "x".repeat(1000)])("%j is no country", (text) => {
    expect([countryCodeOf(text), regionOfCountry(text)]).toEqual([null, null]);
  });

  test("a region follows from the country; one that the published rates do not name is elsewhere", () => {
    expect(
      ["Kanada", "Royaume-Uni", "Giappone", "Argentina", "Indonesia", "Fiji"].map(regionOfCountry),
    ).toEqual(["us_ca_au", "uk_de_nordics", "fr_es_jp", "latam_east_europe", "asia_africa", "unknown"]);
  });
});
