"use client";

import { useSyncExternalStore } from "react";
import { instant } from "@/lib/format";

type InstantProps = { at: Date; locale: string };

/** A moment by the reader's own clock, for pages that belong to no zone; until the browser says which, by UTC's. */
export function Instant({ at, locale }: InstantProps) {
  const zone = useSyncExternalStore(neverChanges, zoneOfBrowser, () => null);
  return (
    <time dateTime={at.toISOString()}>
      {zone === null ? `${instant(at, locale, "UTC")} UTC` : instant(at, locale, zone)}
    </time>
  );
}

const neverChanges = () => () => {};

function zoneOfBrowser(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
