import { minorOf } from "./amounts";
import { cellOf } from "./columns";
import { ESTIMATE, type Need, NO_FIGURES, type Problem, type Sink, type Subject } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { periodNeed } from "./needs";
import { allRows, cleanText, type Row, type Table } from "./parse";
import { decimalMarkIn, mergeProblems, readFigures, reconcile, revenueNeeds } from "./youtube-rows";
import { partsOf, type YoutubeColumns, youtubeColumnsOf } from "./youtube-words";

const WHY = "Only the chosen channel is imported.";

/** YouTube Studio of a network (content manager), by channel: one row per channel over the period of the export. */
export const YOUTUBE_NETWORK: FileFormat = {
  id: "youtube-network",
  family: "youtube",
  label: "YouTube Studio of a network: table of channels",
  detect(table) {
    const { at } = youtubeColumnsOf(table);
    const isOfYoutube = at.has("watchHours") || at.has("engagedViews") || at.has("revenue");
    const isByChannel = keyOf(at) !== undefined && !at.has("date") && !at.has("id");
    return isByChannel && isOfYoutube;
  },
  read: readChannels,
};

function readChannels(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = youtubeColumnsOf(table);
  const key = keyOf(columns.at) ?? 0;
  const { totals, data } = partsOf(allRows(table), key);
  const fatal = mergeProblems(columns, totals);
  const channels = new Map<string, Row>();
  for (const row of data) {
    const id = cleanText(row.cells[key] ?? "");
    const earlier = channels.get(id);
    if (earlier)
      fatal.push({
        line: row.line,
        column: table.header[key],
        message: `The channel ${id.slice(0, 40)} is also on line ${earlier.line}. Remove one of them.`,
      });
    else if (id !== "") channels.set(id, row);
  }
  if (channels.size === 0) fatal.push({ message: "The table holds no channel. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };

  const [only, ...others] = channels.keys();
  const subject = others.length === 0 ? only : options.subject;
  const row = subject === undefined ? undefined : channels.get(subject);
  const needs: Need[] = revenueNeeds(columns, options);
  if (!options.period) needs.push(periodNeed("YouTube Studio"));
  if (!row) {
    const message = `The table holds ${channels.size} channels. Say which of them is meant.`;
    needs.push({ what: "subject", options: subjectsOf(channels, columns), message });
  }

  const problems: Problem[] = [];
  const mark = decimalMarkIn(table, columns, options);
  const rows = data.flatMap(
    (each) => readFigures(table, each, columns, mark, each === row ? problems : []) ?? [],
  );
  const notices = reconcile(table, totals[0], rows, columns, mark, WHY);
  const figures = row ? readFigures(table, row, columns, mark, []) : null;
  const { period } = options;
  if (!row || !figures || !period) return { kind: "read", needs, problems, notices };

  const { revenue, ...traffic } = figures;
  const common = {
    // No name after a slash: a channel's days are paid once, by whichever name the network calls it.
    sourceKey: `yt:network:${subject}:${period.from}..${period.to}:${options.channelKey}`,
    platform: "youtube" as const,
    format: null,
    ...period,
    line: row.line,
  };
  if (Object.values(traffic).some((figure) => figure !== null))
    out.traffic({ ...common, videoExternalId: null, ...NO_FIGURES, ...traffic });
  const currency = columns.currency ?? options.currency;
  const minor = revenue && currency ? minorOf([revenue], currency) : null;
  if (minor && !minor.ok) problems.push({ line: row.line, message: minor.error });
  if (minor?.ok && currency)
    out.payout({ ...common, stream: "ads", minor: minor.value, currency, ...ESTIMATE, lines: [] });
  return { kind: "read", needs, problems, notices };
}

/** The channel's id where the table has it, else its title. */
function keyOf(at: YoutubeColumns["at"]): number | undefined {
  return at.get("channel") ?? at.get("channelTitle");
}

function subjectsOf(channels: ReadonlyMap<string, Row>, columns: YoutubeColumns): Subject[] {
  return [...channels].map(([value, row]) => {
    const title = cleanText(cellOf(row, columns, "channelTitle"));
    return { value, label: title === "" || title === value ? value : `${title} (${value})` };
  });
}
