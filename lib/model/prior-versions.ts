import { type BenchmarkTable, BUILT_IN } from "./benchmarks";

/** A built-in table that projections may name, the one in use or an older one. */
export type PriorVersion = BenchmarkTable & {
  /** The day it came into use. */
  readonly since: string;
  readonly change: string;
};

/**
 * Every version of the built-in table, the newest first. When the table changes, a copy of the old one goes into
 * a file of its own, named after its version, and stays here for good: projections made from it still name it.
 */
export const PRIOR_VERSIONS: readonly PriorVersion[] = [
  { ...BUILT_IN, since: "2026-11-23", change: "The first table." },
];

/** The built-in table of a version, or null: then it is an installation's own. */
export function priorVersion(version: string): PriorVersion | null {
  return PRIOR_VERSIONS.find((each) => each.version === version) ?? null;
}
