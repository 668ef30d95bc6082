/** A pattern for ILIKE that finds the text anywhere and takes none of it as a wildcard. */
export function like(search: string): string {
  return `%${search.replace(/[\\%_]/g, "\\$&")}%`;
}
