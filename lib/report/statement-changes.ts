import { isMoney, NOTE_COLUMN, type Statement, type StatementRow, type StatementSection } from "./statement";

/** An amount that another drawing of the same statement says differently, in minor units; null: it has no such row. */
export type StatementChange = {
  readonly label: string;
  readonly currency: string;
  readonly before: bigint | null;
  readonly after: bigint | null;
};

/** Of the sections that say where money came from: what is worked out from them changes with them. */
const COMPARED: ReadonlySet<StatementSection["id"]> = new Set(["streams", "earlier"]);

/** Every amount by stream, and adjustment to an earlier month, that differs between two statements. */
export function statementChanges(before: Statement, after: Statement): StatementChange[] {
  const [then, now] = [amountsOf(before), amountsOf(after)];
  const names = new Set([...then.keys(), ...now.keys()]);
  return [...names].flatMap((name) => {
    const [a, b] = [then.get(name), now.get(name)];
    const { label, currency } = (b ?? a) as Amount;
    const change = { label, currency, before: a?.minor ?? null, after: b?.minor ?? null };
    return change.before === change.after ? [] : [change];
  });
}

type Amount = { label: string; currency: string; minor: bigint };

/** Amounts by what names them; rows of the same name add up. */
function amountsOf(statement: Statement): Map<string, Amount> {
  const amounts = new Map<string, Amount>();
  for (const section of statement.sections.filter(({ id }) => COMPARED.has(id))) {
    for (const row of section.rows) {
      for (const { key, header, kind } of section.columns) {
        const cell = row[key] ?? null;
        if (kind !== "money" || !isMoney(cell)) continue;
        const label = [...namesOf(section, row), header.toLowerCase()].join(", ");
        const name = `${section.id} ${label} ${cell.currency}`;
        const minor = (amounts.get(name)?.minor ?? 0n) + BigInt(cell.minor);
        amounts.set(name, { label, currency: cell.currency, minor });
      }
    }
  }
  return amounts;
}

/** Without notes: they name nothing, and not everybody who is told of a change is shown them. */
function namesOf({ columns }: StatementSection, row: StatementRow): string[] {
  return columns.flatMap(({ key, kind }) => {
    const cell = row[key];
    return (kind === "text" || kind === "month") && key !== NOTE_COLUMN && typeof cell === "string"
      ? [cell]
      : [];
  });
}
