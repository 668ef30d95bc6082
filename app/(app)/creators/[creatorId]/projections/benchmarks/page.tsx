import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import { choiceParam, listHref, type SearchParams } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openCreator } from "../../open-creator";
import { ProjectionTabs } from "../projection-tabs";
import { PublishedFigures } from "./published-figures";
import { StartingRates } from "./starting-rates";

export const metadata: Metadata = { title: "Benchmarks" };

type BenchmarksPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

const PARTS = [
  { part: "start", label: "Starting rates" },
  { part: "published", label: "Published figures" },
] as const;

/** Where projections begin before a creator's own payouts decide, and what others say; both with their sources. */
export default async function BenchmarksPage({ params, searchParams }: BenchmarksPageProps) {
  const { viewer, creator, locale, notShared } = await openCreator(
    (await params).creatorId,
    "figures",
    "Benchmarks",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const path = paths.benchmarks(creator.id);
  const part = choiceParam(asked, "part", ["start", "published"]) ?? "start";
  return (
    <>
      <PageHeader
        title="Benchmarks"
        actions={
          <Segments
            label="Part"
            tabs={PARTS.map((each) => ({
              href: listHref(path, {}, { part: each.part === "start" ? null : each.part }),
              label: each.label,
              current: each.part === part,
            }))}
          />
        }
      />
      <ProjectionTabs creatorId={creator.id} current="benchmarks" />
      {part === "start" ? (
        <StartingRates viewer={viewer} creatorId={creator.id} asked={asked} locale={locale} />
      ) : (
        <PublishedFigures path={path} asked={asked} locale={locale} />
      )}
    </>
  );
}
