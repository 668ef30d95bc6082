import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Table } from "@/components/ui/table";
import * as rates from "@/db/rates";
import { count, dayName } from "@/lib/format";
import { listHref, pageParam, type SearchParams } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { currencyChoices } from "../options";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { RateFile } from "./rate-file";
import { RateForm } from "./rate-form";

export const metadata: Metadata = { title: "Exchange rates" };

const PAGE_SIZE = 50;

type RatesPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function RatesPage({ params, searchParams }: RatesPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Exchange rates",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const page = pageParam(asked);
  const [{ rows, total }, use] = await Promise.all([
    rates.list(viewer, creator.id, { page, size: PAGE_SIZE }),
    rates.use(viewer, creator.id, rates.ECB),
  ]);
  const newest = Object.values(use.latest).sort().at(-1);
  const last = rows[0];
  const base = last?.base ?? (creator.currency === "USD" ? "EUR" : "USD");
  return (
    <>
      <PageHeader
        title="Exchange rates"
        note={`What turns other currencies into ${creator.currency} in reports: a month uses the rate of its last day, or the latest one before.`}
      />
      <div className="grid gap-6">
        {mayWrite ? (
          <Card title="Add a rate">
            <RateForm
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              defaults={{
                base,
                quote: last?.quote ?? creator.currency,
                source: rows.find(({ source }) => source !== rates.ECB)?.source ?? "",
              }}
              currencies={currencyChoices(base, creator.currency).map(({ code }) => ({
                value: code,
                label: code,
              }))}
            />
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <Card
          title="Reference rates of the European Central Bank"
          note={
            newest
              ? `Here up to ${dayName(newest, locale)}, for the currencies in use. They are fetched each night where there is a network.`
              : "None yet. They are fetched each night where there is a network, for the currencies in use; its file works without one."
          }
        >
          {mayWrite && <RateFile creatorId={creator.id} />}
        </Card>
        <Card flush>
          <Table
            caption="Exchange rates"
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="No rate yet">
                {mayWrite
                  ? `Not needed while all payouts are in ${creator.currency}. For another currency, add the rate of each month's last day.`
                  : "Rates appear here once they are added."}
              </EmptyState>
            }
            columns={[
              { key: "day", header: "Day", lead: true, cell: ({ day }) => dayName(day, locale) },
              {
                key: "rate",
                header: "Rate",
                numeric: true,
                cell: ({ base, quote, rate }) => `1 ${base} = ${rate} ${quote}`,
              },
              { key: "source", header: "Source", cell: ({ source }) => source },
            ]}
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(paths.rates(creator.id), asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} rates`, locale)}
            />
          )}
        </Card>
        <p className="text-sm text-muted">
          A rate is never changed: to correct one, add another for the same day. Yours stands before the ECB’s
          of that day, and of yours the newest. A closed month keeps the rates it was closed with.
        </p>
      </div>
    </>
  );
}
