/** Which creator a name in somebody's table means. */

export interface Named {
  readonly creatorId: string;
  /** the creator's own name, those of channels, handles, addresses */
  readonly names: readonly string[];
}

/** How names are compared: without case, marks of a handle, or spaces that nobody sees. */
export function nameKey(name: string): string {
  return name.normalize("NFC").trim().replace(/^@/, "").replace(/\s+/g, " ").toLowerCase();
}

/** The creator whom each name means, by the name as given; a name that means two, or none, is not there. */
export function matchNames(names: readonly string[], known: readonly Named[]): ReadonlyMap<string, string> {
  const owners = new Map<string, Set<string>>();
  for (const { creatorId, names } of known) {
    for (const key of names.map(nameKey)) {
      if (key === "") continue;
      owners.set(key, (owners.get(key) ?? new Set()).add(creatorId));
    }
  }
  return new Map(
    names.flatMap((name) => {
      const [only, another] = owners.get(nameKey(name)) ?? [];
      return only !== undefined && another === undefined ? [[name, only] as const] : [];
    }),
  );
}
