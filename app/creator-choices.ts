import "server-only";
import { currencyName } from "@/lib/format";
import { CURRENCIES } from "@/lib/model/money";
import type { CreatorChoices } from "./creator-fields";

/** All currencies and zones, named for the reader. A zone in use stays in the list, whatever it is. */
export function creatorChoices(locale: string, zoneInUse?: string): CreatorChoices {
  const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...(zoneInUse ? [zoneInUse] : [])]);
  return {
    currencies: CURRENCIES.map((code) => ({ value: code, label: `${code} – ${currencyName(code, locale)}` })),
    timeZones: [...zones].sort().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
  };
}
