import type { Option } from "@/components/ui/select";
import { CURRENCIES, decimalText } from "@/lib/model/money";
import { PLATFORM_LABEL, type Platform } from "@/lib/model/words";

/** What the selects of a form offer, made on the server so that no list travels as code. */

/** Those in use first, then all. */
export function currencyChoices(...inUse: (string | null | undefined)[]): { code: string }[] {
  const first = inUse.filter((code): code is string => Boolean(code));
  return [...new Set([...first, ...CURRENCIES])].map((code) => ({ code }));
}

export function channelName(channel: { name: string; platform: Platform }): string {
  return `${channel.name} · ${PLATFORM_LABEL[channel.platform]}`;
}

/** Archived channels stay choosable only where one is chosen already. */
export function channelOptions(
  channels: readonly { id: string; name: string; platform: Platform; archivedAt: Date | null }[],
  chosen?: string | null,
): Option[] {
  return channels
    .filter(({ id, archivedAt }) => archivedAt === null || id === chosen)
    .map((channel) => ({ value: channel.id, label: channelName(channel) }));
}

export function labelled<T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, string>>,
): Option[] {
  return values.map((value) => ({ value, label: labels[value] }));
}

/** Parts per million as a percentage that can be typed again: 125000 → "12.5". */
export function percentText(ppm: number | null): string {
  return ppm === null ? "" : decimalText(BigInt(ppm), 4).replace(/\.?0+$/, "");
}
