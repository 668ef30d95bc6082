import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { type SearchParams, textParam } from "@/lib/list-query";
import { pack } from "@/lib/packed";
import { getStanding } from "@/lib/server/creator";
import { openCreator } from "../../open-creator";
import { ProjectionTabs } from "../projection-tabs";
import { Explorer } from "./explorer";
import { readExplorer } from "./explorer-data";

export const metadata: Metadata = { title: "Explorer" };

type ExplorerPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** What if: the model of the projections under other circumstances, and the price of a sponsorship. */
export default async function ExplorerPage({ params, searchParams }: ExplorerPageProps) {
  const { viewer, creator, locale, notShared } = await openCreator(
    (await params).creatorId,
    "figures",
    "Explorer",
  );
  if (notShared) return notShared;
  const data = await readExplorer(viewer, await getStanding(creator.id), locale);
  return (
    <>
      <PageHeader title="Explorer" />
      <ProjectionTabs creatorId={creator.id} current="explorer" />
      <Explorer key={creator.id} data={pack(data)} search={searchIn(await searchParams)} />
    </>
  );
}

/** The address as it came, for the first picture; afterwards the browser keeps it. */
function searchIn(asked: SearchParams): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(asked)) query.set(name, textParam(asked, name) ?? "");
  return query.toString();
}
