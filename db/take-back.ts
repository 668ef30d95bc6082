/** Which entries an import's undoing takes back, and what stands in their place afterwards. Pure. */

export interface ChainEntry {
  id: string;
  replaces: string | null;
  importId: string | null;
  isVoid: boolean;
  /** a person built on it after the import: a refund about it, a receipt that pays it */
  isBuiltUpon: boolean;
}

export interface TakenBack<Entry> {
  /** the newest of its chain, made by the import */
  head: Entry;
  /** what counted before the import; null when there was nothing */
  before: Entry | null;
}

/**
 * `entries` are whole chains, each of which holds an entry of the import. What imports undone earlier had left
 * under this one is skipped, so that undoing two imports in any order ends where neither was made.
 */
export function takeBack<Entry extends ChainEntry>(
  entries: readonly Entry[],
  importId: string,
  undoneImports: ReadonlySet<string>,
): { taken: TakenBack<Entry>[]; left: Entry[] } {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const replaced = new Set(entries.map((entry) => entry.replaces));
  const isGone = (entry: Entry) =>
    entry.importId !== null && (entry.importId === importId || undoneImports.has(entry.importId));

  const taken: TakenBack<Entry>[] = [];
  const left: Entry[] = [];
  for (const head of entries) {
    if (replaced.has(head.id)) continue;
    if (head.importId !== importId || head.isBuiltUpon) {
      // A person who took an entry back himself has nothing left to be told about.
      if (!head.isVoid) left.push(head);
      continue;
    }
    let before: Entry | undefined = head;
    while (before && isGone(before)) before = before.replaces ? byId.get(before.replaces) : undefined;
    taken.push({ head, before: before && !before.isVoid ? before : null });
  }
  return { taken, left };
}
