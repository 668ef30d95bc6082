"use client";

import { keepPreviousData, QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { TextField } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import type { Order } from "@/lib/list-query";
import { listHref, type SearchParams } from "@/lib/list-query";
import type { RosterSort } from "@/lib/model/roster";
import { type Packed, unpack } from "@/lib/packed";
import { paths } from "@/lib/paths";
import type { RosterSheet } from "@/lib/roster-lines";
import { ROSTER_PAGE, type RosterColumn } from "@/lib/roster-query";
import { RosterBar } from "./roster-bar";
import { RosterTable } from "./roster-table";

/** As long as somebody types on, nothing is asked. */
const REST_MS = 200;

type RosterIslandProps = {
  agencyId: string;
  /** What the address says, and the sheet it asked for. */
  params: SearchParams;
  sheet: Packed<RosterSheet>;
  columns: readonly RosterColumn[];
  order: Order<RosterSort>;
  /** Filters beside the search; they are the address's. */
  filters: ReactNode;
  empty: ReactNode;
};

/** The table with its search: what is typed is found at once, and stands in the address when it rests. */
export function RosterIsland(props: RosterIslandProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Searched {...props} />
    </QueryClientProvider>
  );
}

function Searched({ agencyId, params, sheet, columns, order, filters, empty }: RosterIslandProps) {
  const given = typeof params.q === "string" ? params.q : "";
  const [typed, setTyped] = useState(given);
  const [asked, setAsked] = useState(given);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  const isGiven = asked.trim() === given.trim();
  const now: SearchParams = isGiven ? params : { ...params, q: asked, page: undefined };
  const search = listHref("", now, { page: isGiven ? pageOf(params) : null });
  useEffect(() => {
    const { pathname, search: shown } = window.location;
    if (search !== shown) window.history.replaceState(null, "", pathname + search);
  }, [search]);

  const found = useQuery({
    queryKey: ["roster", agencyId, search],
    queryFn: async ({ signal }): Promise<RosterSheet> => {
      const answer = await fetch(paths.rosterData(agencyId) + search, { signal });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    enabled: !isGiven,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const shown = isGiven || !found.data ? unpack(sheet) : found.data;
  const base = paths.roster(agencyId);
  return (
    <>
      <search className="block border-b border-line px-5 py-4 max-md:px-4">
        <form action={base} className="grid gap-3">
          <div className="flex flex-wrap items-end gap-3">
            <TextField
              type="search"
              name="q"
              label="Search creators"
              className="min-w-56 flex-1"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              placeholder="Name of a creator or a channel"
              autoComplete="off"
              aria-controls="roster"
            />
            {filters}
          </div>
        </form>
      </search>
      {found.isError && !isGiven && (
        <Notice tone="error" live className="m-4">
          The search was not answered. Check the connection, then type on or press Enter.
        </Notice>
      )}
      <div id="roster" aria-busy={found.isFetching} className={found.isFetching ? "opacity-60" : undefined}>
        <p role="status" className="sr-only">
          {shown.label}
        </p>
        <form id="roster-form" action={paths.rosterCompare(agencyId)}>
          <RosterBar
            csv={paths.rosterCsv(agencyId) + search}
            selection={paths.selection(agencyId)}
            isEmpty={shown.found === 0}
          />
          <RosterTable {...{ sheet: shown, columns, order, params: now, base, empty }} />
        </form>
        {shown.found > 0 && (
          <Pagination
            page={shown.page}
            pageSize={ROSTER_PAGE}
            total={shown.found}
            href={(page) => listHref(base, now, { page: page === 1 ? null : page })}
            label={shown.label}
          />
        )}
      </div>
    </>
  );
}

function pageOf({ page }: SearchParams): string | null {
  return typeof page === "string" ? page : null;
}
