import "server-only";
import * as payouts from "@/db/payouts";
import { Doubt } from "@/lib/errors";
import { money } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { misfitOf, readMakings } from "@/lib/model/makings";
import type { Currency } from "@/lib/model/money";
import { currentUser } from "@/lib/server/viewer";
import { answerFor, asTyped } from "./input";
import { madeWords } from "./makings-text";

/**
 * Asks once when what is said of a payout's making gives another amount. Throws the question; whoever answers it
 * with yes sends `sure`, which holds for that amount alone. A correction that changes neither is not asked about.
 */
export async function askFit(
  viewer: Viewer,
  creatorId: string,
  entry: payouts.NewPayout,
  sure: string,
): Promise<void> {
  const makings = readMakings(entry.makings ?? null);
  const currency = entry.currency as Currency;
  const misfit = makings && misfitOf(makings, entry.minor, currency);
  const answer = answerFor(sizeOf(entry.minor), currency);
  if (!misfit || sure === asTyped(answer)) return;
  if (entry.replaces && (await isSaidAlready(viewer, creatorId, entry.replaces, entry))) return;
  const locale = (await currentUser())?.locale ?? "en-US";
  const shown = (minor: bigint) => money(sizeOf(minor), currency, locale);
  const given = sizeOf(misfit.gives);
  const isSameWay = misfit.gives > 0n === entry.minor > 0n;
  const more = given > sizeOf(entry.minor) ? "more" : "less";
  throw new Doubt(
    `What you say of its making gives ${money(entry.minor < 0n ? -misfit.gives : misfit.gives, currency, locale)}, you typed ${shown(entry.minor)}: ${shown(misfit.off)} ${isSameWay ? more : "apart"}. Which is right?`,
    [
      ...(isSameWay
        ? [{ name: "instead", value: `${given} for ${answer}`, label: `Save ${shown(given)} instead` }]
        : []),
      { name: "sure", value: asTyped(answer), label: `Save ${shown(entry.minor)} as typed` },
    ],
  );
}

async function isSaidAlready(
  viewer: Viewer,
  creatorId: string,
  id: string,
  { minor, currency, makings }: payouts.NewPayout,
): Promise<boolean> {
  const before = await payouts.get(viewer, creatorId, id);
  const said = (json: typeof makings) => madeWords(json ?? null, currency as Currency);
  return before.minor === minor && before.currency === currency && said(before.makings) === said(makings);
}

function sizeOf(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
