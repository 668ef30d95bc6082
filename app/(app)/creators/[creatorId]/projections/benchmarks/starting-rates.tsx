import type { Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import * as channels from "@/db/channels";
import * as projections from "@/db/projections";
import { count, dayName, decimal, monthName } from "@/lib/format";
import { listHref, type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { isDay } from "@/lib/model/month";
import { isPooledVersion } from "@/lib/model/pooling";
import { NICHE_LABEL, PLATFORM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { installedBenchmarks } from "@/lib/server/benchmarks";
import { GRADE_TEXT, gradeName } from "./figure-text";
import { rowsOfVersion, splitByUse, type Version, versionsOf } from "./start-data";
import { StartTable } from "./start-table";

const GRADES = ["A", "B", "C", "D"] as const;

type StartingRatesProps = { viewer: Viewer; creatorId: string; asked: SearchParams; locale: string };

/** The table that projections begin from, the rows for this creator's channels first, and its versions. */
export async function StartingRates({ viewer, creatorId, asked, locale }: StartingRatesProps) {
  const installed = installedBenchmarks();
  const version = textParam(asked, "version") ?? installed.version;
  const [allChannels, used, { rows, isWhole }] = await Promise.all([
    channels.list(viewer, creatorId),
    projections.listPriorVersions(viewer, creatorId),
    rowsOfVersion(viewer, creatorId, version, installed),
  ]);
  const path = paths.benchmarks(creatorId);
  if (rows.length === 0)
    return (
      <EmptyState
        title="There is no such version"
        actions={<ButtonLink href={path}>Show the one in use</ButtonLink>}
      >
        No table and none of this creator's projections has the name “{version}”.
      </EmptyState>
    );
  const active = allChannels.filter(({ archivedAt }) => archivedAt === null);
  const platforms = new Set(active.map(({ platform }) => platform));
  const { mine, others } = isWhole ? splitByUse(rows, platforms) : { mine: [...rows], others: [] };
  return (
    <div className="grid gap-4">
      {version !== installed.version && (
        <Notice
          title={`This is version ${version}, not the one in use`}
          actions={
            <ButtonLink href={path} size="sm">
              Show the one in use
            </ButtonLink>
          }
        >
          {isWhole
            ? "Projections made from it keep it; new ones begin from the version in use."
            : isPooledVersion(version)
              ? "It was pooled from creators who agreed to it. Only the rows that your projections began from are kept, in the projections themselves."
              : "It had rows of this installation's own. Only those that your projections began from are kept, in the projections themselves."}
        </Notice>
      )}
      {mine.length > 0 && (
        <Card
          flush
          title="What the model starts from on your channels"
          note={
            isWhole
              ? "A projection begins here, in your audience's regions and your niche; your own payouts soon outweigh it."
              : undefined
          }
        >
          <StartTable caption="Starting rates for your channels" rows={mine} locale={locale} />
          {isWhole && active.length > 0 && (
            <p className="border-t border-line px-5 py-3 text-sm text-muted max-md:px-4">
              {nichesText(active, installed.niches, locale)}
            </p>
          )}
        </Card>
      )}
      {others.length > 0 && (
        <Card
          flush
          title={mine.length > 0 ? "On other platforms" : "What the model starts from"}
          note={
            mine.length > 0
              ? undefined
              : "There is no channel yet. With one, the rows it begins from stand first."
          }
        >
          <StartTable caption="Other starting rates" rows={others} locale={locale} />
        </Card>
      )}
      <p className="px-5 text-sm text-muted max-md:px-4">
        How good the sources are:{" "}
        {GRADES.map((grade) => `${gradeName(grade)}, ${GRADE_TEXT[grade]}`).join("; ")}.
      </p>
      <Card
        flush
        title="Versions"
        note="A projection keeps the name of the version it was made from. No version is ever changed."
      >
        <VersionTable path={path} versions={versionsOf(installed, used)} shown={version} locale={locale} />
      </Card>
    </div>
  );
}

type VersionTableProps = { path: string; versions: readonly Version[]; shown: string; locale: string };

function VersionTable({ path, versions, shown, locale }: VersionTableProps) {
  return (
    <Table
      caption="Versions of the starting rates"
      rows={versions}
      rowKey={({ version }) => version}
      columns={[
        {
          key: "version",
          header: "Version",
          lead: true,
          cell: ({ version, isInstalled }) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              {version === shown ? (
                version
              ) : (
                <Link
                  href={listHref(path, {}, { version: isInstalled ? null : version }) as Route}
                  className="link"
                >
                  {version}
                </Link>
              )}
              {isInstalled && <Badge tone="accent">In use</Badge>}
            </span>
          ),
        },
        {
          key: "since",
          header: "Since",
          className: "figures",
          cell: ({ since }) =>
            since && isDay(since) ? (
              dayName(since, locale)
            ) : (
              <span className="text-muted">set by the installation</span>
            ),
        },
        { key: "change", header: "What changed", cell: ({ change }) => change },
        {
          key: "used",
          header: "Your projections",
          cell: ({ used }) =>
            used ? (
              `${count(used.projections, locale)}, for ${monthName(used.from, locale, "short")} to ${monthName(used.to, locale, "short")}`
            ) : (
              <span className="text-muted">none</span>
            ),
        },
      ]}
    />
  );
}

/** "TikTok, Food × 1.1; YouTube, Gaming × 0.7": the model takes the niche of a platform's first channel. */
function nichesText(
  active: readonly channels.Channel[],
  niches: Readonly<Record<channels.Channel["niche"], number>>,
  locale: string,
): string {
  const parts = active.map(
    ({ platform, niche }) =>
      `${PLATFORM_LABEL[platform]}, ${NICHE_LABEL[niche]} × ${decimal(niches[niche], locale, 2)}`,
  );
  return `Rates per 1,000 are multiplied by the niche of the platform's first channel: ${[...new Set(parts)].join("; ")}.`;
}
